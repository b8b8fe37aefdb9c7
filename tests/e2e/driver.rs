//! tauri-driver and WebKitWebDriver, started for one window and ended with it.
//!
//! Owns: ports, processes, the wait until somebody listens. Must not know: what is in the window.

use std::env;
use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tests::around::free_port;
use tests::home::Home;
use tests::root;
use tokio::runtime::Runtime;

/// How long something may take before the test gives up: CI has two cores and other work.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is looked again.
pub(crate) const LOOK: Duration = Duration::from_millis(25);

/// A running tauri-driver.
#[derive(Debug)]
pub(crate) struct Driver {
    process: Child,
    address: String,
}

impl Driver {
    /// Starts it on free ports, with `home` for all that the program keeps, and waits until it listens.
    pub(crate) fn start(runtime: &Runtime, home: &Home) -> Self {
        let (port, native) = (free_port(), free_port());
        let program =
            env::var_os("WAR_ROOM_TAURI_DRIVER").map_or_else(|| root().join(".tools/bin/tauri-driver"), PathBuf::from);
        let process = Command::new(&program)
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .envs(home.variables())
            .env("NO_AT_BRIDGE", "1")
            .stdin(Stdio::null())
            // A group of its own, so that what it starts ends with it.
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| {
                panic!("{} does not start ({error}): `cargo xtask test` installs it", program.display())
            });
        let driver = Self { process, address: format!("http://127.0.0.1:{port}") };
        for port in [port, native] {
            wait_until(runtime, "tauri-driver listens", || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok());
        }
        driver
    }

    /// Whether the program that it started for the window still runs.
    pub(crate) fn has_program(&self) -> bool {
        !self.programs().is_empty()
    }

    /// Kills the program that it started for the window.
    pub(crate) fn kill_program(&self) {
        for process in self.programs() {
            let _ = Command::new("kill").args(["-KILL", &process]).status();
        }
    }

    /// The processes of the program; a zombie has ended.
    fn programs(&self) -> Vec<String> {
        let group = self.process.id().to_string();
        let processes = fs::read_dir("/proc").expect("the list of processes").flatten();
        let stats = processes.filter_map(|process| fs::read_to_string(process.path().join("stat")).ok());
        stats
            .filter_map(|stat| {
                // "4711 (war-room) S PARENT GROUP …"
                let (id, rest) = stat.split_once(" (war-room) ")?;
                let fields: Vec<&str> = rest.split(' ').collect();
                (fields[0] != "Z" && fields[2] == group).then(|| id.to_owned())
            })
            .collect()
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        for signal in ["-TERM", "-KILL"] {
            let group = format!("-{}", self.process.id());
            let _ = Command::new("kill").args([signal, "--", &group]).stderr(Stdio::null()).status();
        }
        let _ = self.process.wait();
    }
}

/// Looks again and again until `is_so`, and fails with `what` where that does not come.
pub(crate) fn wait_until(runtime: &Runtime, what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < PATIENCE, "not within {} s: {what}", PATIENCE.as_secs());
        runtime.block_on(async { tokio::time::sleep(LOOK).await });
    }
}
