//! A real secret service on a message bus of its own: GNOME Keyring.
//!
//! Owns: its password, its lock, its files. Must not know: what is kept in it.

use tempfile::TempDir;
use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::DBusProxy;

use super::program::Program;
use crate::bus::Bus;

const NAME: &str = "org.freedesktop.secrets";
/// Unlocks with the password that a person types at login; without it nobody is asked, for nobody is there.
const UNLOCKED: &str = "printf 'a password\\n' | gnome-keyring-daemon --foreground --unlock --components=secrets";
const LOCKED: &str = "gnome-keyring-daemon --foreground --components=secrets </dev/null";

/// A bus, and on it a keychain while it runs.
#[derive(Debug)]
pub struct Keychain {
    // In this order they end.
    program: Option<Program>,
    bus: DBusProxy<'static>,
    _bus: Bus,
    folder: TempDir,
}

impl Keychain {
    /// Starts one that is open, with nothing in it.
    #[must_use]
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let bus = Bus::start(folder.path()).unwrap_or_else(|words| panic!("{words}"));
        let connection = Builder::address(Bus::address_in(folder.path()).as_str()).and_then(Builder::build);
        let proxy = DBusProxy::new(&connection.expect("the bus")).expect("the bus itself");
        let mut keychain = Self { program: None, bus: proxy, _bus: bus, folder };
        keychain.unlock();
        keychain
    }

    /// What a program's environment needs so that this is its keychain.
    #[must_use]
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("DBUS_SESSION_BUS_ADDRESS", Bus::address_in(self.folder.path())),
            ("XDG_RUNTIME_DIR", self.folder.path().display().to_string()),
        ]
    }

    /// Nobody has typed its password.
    pub fn lock(&mut self) {
        self.run(LOCKED);
    }

    /// Its password was typed.
    pub fn unlock(&mut self) {
        self.run(UNLOCKED);
    }

    fn run(&mut self, script: &str) {
        if let Some(program) = self.program.take() {
            program.stop();
        }
        let (folder, bus) = (self.folder.path(), &self.bus);
        self.program = Some(Program::start(
            &["sh"],
            folder,
            |command| {
                command
                    .args(["-c", script])
                    .env("DBUS_SESSION_BUS_ADDRESS", Bus::address_in(folder))
                    .env("HOME", folder)
                    .env("XDG_DATA_HOME", folder)
                    .env("XDG_RUNTIME_DIR", folder);
            },
            || bus.name_has_owner(NAME.try_into().expect("a name")).unwrap_or(false),
        ));
    }
}
