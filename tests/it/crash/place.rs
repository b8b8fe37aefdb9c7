//! A home for rooms that are killed: a checklist whose settings watch an address of this machine and have a command to arm,
//! a desktop that counts, and nothing that reaches further.

use std::{
    fs,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
};

use journal::Heads;
use serde_json::{Value, json};
use tests::{
    around::http::{Answer, Server},
    bus::Bus,
    home::Home,
};

use super::{desktop::Desktop, piped::Piped};

/// Checks to tick, about as many as the kills of one room do.
const CHECKS: usize = 80;

/// The command that is armed and disarmed; each time it runs it leaves a line that names the process that started it. What
/// one life started may end in the next: it is no act of that one.
pub(crate) const COMMAND: &str = "echo $PPID >> ran.txt";

/// What stands around the rooms of one home.
pub(crate) struct Place {
    pub(crate) home: Home,
    pub(crate) desktop: Desktop,
    web: Server,
    status: Arc<AtomicU16>,
}

impl Place {
    pub(crate) fn new() -> Self {
        let home = Home::new().expect("a home");
        let (address, folder) = (Bus::address_in(home.path()), home.path().display().to_string());
        let home = home.with([
            ("DBUS_SESSION_BUS_ADDRESS", address.clone()),
            // Where the laptop is asked to stay awake: nobody answers there.
            ("DBUS_SYSTEM_BUS_ADDRESS", address),
            ("XDG_RUNTIME_DIR", folder),
        ]);
        let desktop = Desktop::start(home.path());
        let status = Arc::new(AtomicU16::new(200));
        let answers = Arc::clone(&status);
        let web = Server::start(move |_| Answer { status: answers.load(Ordering::SeqCst), ..Answer::text("up") });
        let place = Self { home, desktop, web, status };
        let checks: String = (0..CHECKS).map(|number| format!("- [ ] check {number}\n")).collect();
        let text = format!("# Ship\n\n## Deploy\n\n{checks}\n## Rollback\n\n### CRITICAL\n- API is down\n");
        place.home.write("plan/day.md", text).expect("the checklist");
        let settings = format!(
            "version = 1\n\n[probes.web]\nkind = \"http\"\nurl = \"http://127.0.0.1:{}/\"\nevery = \"1s\"\n\n\
             [probes.mark]\nkind = \"command\"\ncommand = \"{COMMAND}\"\nevery = \"1s\"\n\n\
             [[bind]]\nitem = \"API is down\"\nprobe = \"web\"\nfire = \"1 of 1\"\n",
            place.web.port()
        );
        place.home.write("plan/war-room.toml", settings).expect("the settings");
        place
    }

    pub(crate) fn checklist(&self) -> PathBuf {
        self.home.path().join("plan/day.md")
    }

    fn data(&self) -> PathBuf {
        self.home.path().join("XDG_DATA_HOME/war-room")
    }

    /// The room that has a first event, where there is one.
    pub(crate) fn room(&self) -> Option<PathBuf> {
        let entries = fs::read_dir(self.data().join("rooms")).ok()?;
        let paths = entries.flatten().map(|entry| entry.path());
        let mut rooms = paths.filter(|path| path.extension().is_some_and(|end| end == "warroom"));
        rooms.find(|path| journal::read(path).is_ok_and(|log| !log.events.is_empty()))
    }

    pub(crate) fn heads(&self) -> Heads {
        Heads::at(&self.data().join("heads.log"))
    }

    /// Runs the program on its room, or on the checklist where there is none.
    pub(crate) fn start(&self) -> Piped {
        let mut command = Piped::command(&self.room().unwrap_or_else(|| self.checklist()));
        command.envs(self.home.variables());
        Piped::start(command)
    }

    /// From now on the watched address is well, or is not.
    pub(crate) fn web_is_well(&self, is_well: bool) {
        self.status.store(if is_well { 200 } else { 500 }, Ordering::SeqCst);
    }

    /// The processes that had the command run, each as often as it ran.
    pub(crate) fn ran(&self) -> Vec<String> {
        let text = fs::read_to_string(self.home.path().join("plan/ran.txt")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// Lets the rooms go, for the next to be begun.
    pub(crate) fn begin_anew(&self) {
        // There is none before the first.
        let _ = fs::remove_dir_all(self.data().join("rooms"));
    }
}

/// What makes a room of the checklist.
pub(crate) fn enter() -> Value {
    json!({ "kind": "enter", "start": "2026-01-21T06:30", "zone": "UTC" })
}
