//! A message bus of a test's own, on a socket in a folder of the test. Nothing is started on it on demand, so that no service
//! of this machine comes in unasked. `outbound`'s own tests take this file as it is.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running bus. It ends with this value.
#[derive(Debug)]
pub struct Bus {
    process: Child,
}

impl Bus {
    /// Starts one with its socket in `folder`, and waits until it listens. Another may be started there after it.
    ///
    /// # Errors
    /// In words, why there is none.
    pub fn start(folder: &Path) -> Result<Self, String> {
        let socket = Self::socket(folder);
        let config = folder.join("bus.conf");
        let text = format!(
            "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n \
             \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n\
             <busconfig>\n<type>session</type>\n<listen>unix:path={}</listen>\n<auth>EXTERNAL</auth>\n\
             <policy context=\"default\">\n<allow send_destination=\"*\" eavesdrop=\"true\"/>\n\
             <allow eavesdrop=\"true\"/>\n<allow own=\"*\"/>\n</policy>\n</busconfig>\n",
            socket.display()
        );
        fs::write(&config, text).map_err(|error| format!("{} cannot be written: {error}", config.display()))?;
        // One that was killed leaves its socket behind.
        let _ = fs::remove_file(&socket);
        let mut process = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("dbus-daemon does not start ({error}): `cargo xtask test` installs it"))?;
        // It says its address once it listens.
        let mut said = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output)
                .read_line(&mut said)
                .map_err(|error| format!("dbus-daemon says nothing: {error}"))?;
        }
        if said.trim().is_empty() {
            let _ = process.kill();
            let _ = process.wait();
            return Err(String::from("dbus-daemon ended without listening"));
        }
        Ok(Self { process })
    }

    /// Where a bus in this folder is found, also while there is none.
    #[must_use]
    pub fn address_in(folder: &Path) -> String {
        format!("unix:path={}", Self::socket(folder).display())
    }

    fn socket(folder: &Path) -> PathBuf {
        folder.join("bus")
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
