//! A desktop's message bus with a real notification service on it: dunst, whose menu is answered by a script.
//!
//! Owns: what a person does there, and what dunst remembers. Must not know: who shows what.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use tempfile::TempDir;
use zbus::Message;
use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::zvariant::{OwnedValue, Value};

use super::monitor::Monitor;
use super::program::Program;
use super::wait_until;
use crate::bus::Bus;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// Dunst's own interface.
const DUNST: &str = "org.dunstproject.cmd0";

/// A notification that dunst has closed: it remembers no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// Dunst's number for it.
    pub number: i32,
    /// Who is said to have sent it.
    pub application: String,
    /// Its head line.
    pub title: String,
    /// Without escapes that dunst has read, with its own for what it draws.
    pub body: String,
}

/// A message bus and a dunst on the display that the tests run on.
#[derive(Debug)]
pub struct Desktop {
    // In this order they end.
    dunst: Option<Program>,
    monitor: Monitor,
    connection: Connection,
    _bus: Bus,
    folder: TempDir,
}

impl Desktop {
    /// Starts both and waits until dunst answers.
    #[must_use]
    pub fn start() -> Self {
        assert!(env::var_os("DISPLAY").is_some(), "dunst needs a display: `cargo xtask test` gives one");
        let folder = tempfile::tempdir().expect("a folder");
        let bus = Bus::start(folder.path()).unwrap_or_else(|words| panic!("{words}"));
        let address = Bus::address_in(folder.path());
        let monitor = Monitor::start(&address);
        let connection = Builder::address(address.as_str()).and_then(Builder::build).expect("the bus");
        let mut desktop = Self { dunst: None, monitor, connection, _bus: bus, folder };
        desktop.write_settings();
        desktop.start_service();
        desktop
    }

    /// What a program's environment needs so that this is its desktop. No sound service is reached from it.
    #[must_use]
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("DBUS_SESSION_BUS_ADDRESS", Bus::address_in(self.folder.path())),
            ("XDG_RUNTIME_DIR", self.folder.path().display().to_string()),
        ]
    }

    /// A person lets dunst hold notifications back, or not any more.
    pub fn pause(&self, is_paused: bool) {
        let asked = (DUNST, "paused", Value::Bool(is_paused));
        let properties = Some("org.freedesktop.DBus.Properties");
        self.connection.call_method(Some(NAME), PATH, properties, "Set", &asked).expect("dunst is told");
    }

    /// What was asked for on the bus.
    #[must_use]
    pub fn bus(&self) -> &Monitor {
        &self.monitor
    }

    /// How many are on the screen.
    #[must_use]
    pub fn displayed(&self) -> u32 {
        self.count("displayedLength")
    }

    /// How many wait for room on the screen.
    #[must_use]
    pub fn waiting(&self) -> u32 {
        self.count("waitingLength")
    }

    /// What dunst remembers, newest first.
    #[must_use]
    pub fn history(&self) -> Vec<Closed> {
        let reply = self.call(DUNST, "NotificationListHistory");
        let history: Vec<HashMap<String, OwnedValue>> = reply.body().deserialize().expect("dunst's history");
        history
            .iter()
            .map(|closed| {
                let text = |name: &str| closed.get(name).and_then(|value| <&str>::try_from(value).ok());
                let text = |name: &str| text(name).unwrap_or_default().to_owned();
                let number = closed.get("id").and_then(|number| i32::try_from(number).ok()).unwrap_or_default();
                Closed { number, application: text("appname"), title: text("summary"), body: text("body") }
            })
            .collect()
    }

    /// Dismisses all that are on the screen.
    pub fn close_all(&self) {
        self.call(DUNST, "NotificationCloseAll");
        wait_until("dunst has closed all", || self.displayed() == 0 && self.waiting() == 0);
    }

    /// Opens dunst's menu and picks Acknowledge of the notification whose title has these words in it.
    pub fn acknowledge(&self, title: &str) {
        self.pick("Acknowledge", title);
    }

    /// Opens dunst's menu and picks an action of the notification whose title has these words in it.
    pub fn pick(&self, label: &str, title: &str) {
        fs::write(self.file("label"), label).expect("the choice");
        fs::write(self.file("title"), title).expect("the choice");
        let _ = fs::remove_file(self.file("picked"));
        self.call(DUNST, "ContextMenuCall");
        wait_until("dunst's menu was answered", || self.file("picked").exists());
        let picked = fs::read_to_string(self.file("picked")).expect("what was picked");
        let offered = fs::read_to_string(self.file("offered")).unwrap_or_default();
        assert!(!picked.trim().is_empty(), "dunst's menu has no {label} of {title:?}, but:\n{offered}");
    }

    /// Ends dunst: nobody answers on the bus any more.
    pub fn stop_service(&mut self) {
        if let Some(dunst) = self.dunst.take() {
            dunst.stop();
        }
    }

    /// Starts dunst, with nothing remembered.
    pub fn start_service(&mut self) {
        if self.dunst.is_some() {
            return;
        }
        let (connection, settings, address) =
            (self.connection.clone(), self.file("dunstrc"), Bus::address_in(self.folder.path()));
        self.dunst = Some(Program::start(
            &["dunst"],
            self.folder.path(),
            |command| {
                command.arg("-config").arg(settings).env("DBUS_SESSION_BUS_ADDRESS", address);
            },
            || connection.call_method(Some(NAME), PATH, Some(DUNST), "Ping", &()).is_ok(),
        ));
    }

    fn write_settings(&self) {
        let menu = self.file("menu");
        // It gets a line for each action, and prints the one that is picked.
        let script = "#!/bin/sh\nhere=$(dirname \"$0\")\ncat >\"$here/offered\"\n\
                      picked=$(grep -F -- \"$(cat \"$here/label\")\" \"$here/offered\" | grep -F -- \"$(cat \"$here/title\")\" | head -n 1)\n\
                      printf '%s\\n' \"$picked\"\nprintf '%s\\n' \"$picked\" >\"$here/picking\"\nmv \"$here/picking\" \"$here/picked\"\n";
        fs::write(&menu, script).expect("the menu");
        fs::set_permissions(&menu, fs::Permissions::from_mode(0o755)).expect("a menu that runs");
        let settings = format!(
            "[global]\n    dmenu = {}\n    idle_threshold = 0\n    notification_limit = 0\n    history_length = 0\n    \
             sticky_history = yes\n    markup = full\n    format = \"<b>%s</b>\\n%b\"\n    monitor = 0\n    \
             follow = none\n    font = Monospace 9\n\
             [urgency_low]\n    timeout = 0\n[urgency_normal]\n    timeout = 0\n[urgency_critical]\n    timeout = 0\n",
            menu.display()
        );
        fs::write(self.file("dunstrc"), settings).expect("dunst's settings");
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn call(&self, interface: &str, member: &str) -> Message {
        self.connection
            .call_method(Some(NAME), PATH, Some(interface), member, &())
            .unwrap_or_else(|error| panic!("dunst does not answer {member}: {error}"))
    }

    fn count(&self, name: &str) -> u32 {
        let reply = self
            .connection
            .call_method(Some(NAME), PATH, Some("org.freedesktop.DBus.Properties"), "Get", &(DUNST, name))
            .unwrap_or_else(|error| panic!("dunst does not say its {name}: {error}"));
        let count: OwnedValue = reply.body().deserialize().expect("a number");
        u32::try_from(&count).expect("a number")
    }
}
