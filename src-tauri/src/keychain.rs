//! The system's keychain: what this user's secrets are kept in under names.
//!
//! Owns: asking it, and how long is waited. Must not know: what a secret is for.
//!
//! A keychain that is locked asks its user for a password, and answers when that is typed, or never. Nothing here waits for
//! that: who asks hears that it does not answer, and goes on. It is not asked again until its answer is there.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use keyring::{Entry, Error};

/// Under this name the system lists what is ours.
const SERVICE: &str = "war-room";
/// How long is waited for an answer. One that needs nobody comes within milliseconds.
const PATIENCE: Duration = Duration::from_secs(5);

/// A keychain, or none. Each copy is the same one.
#[derive(Clone)]
pub(crate) struct Keychain(Option<Arc<Asked>>);

struct Asked {
    store: Arc<dyn Store>,
    patience: Duration,
    /// One question at a time.
    turn: Mutex<()>,
    /// Whether an answer is outstanding for which nobody waits any more.
    is_silent: Arc<AtomicBool>,
}

/// What is behind it. A call may take as long as it likes.
trait Store: Send + Sync {
    fn get(&self, name: &str) -> Result<Option<String>, String>;
    fn set(&self, name: &str, secret: &str) -> Result<(), String>;
}

impl std::fmt::Debug for Keychain {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(if self.0.is_some() { "Keychain" } else { "no keychain" })
    }
}

impl PartialEq for Keychain {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}

impl Eq for Keychain {}

impl Keychain {
    /// The one of the system.
    #[must_use]
    pub(crate) fn of_the_system() -> Self {
        Self::of(Arc::new(System), PATIENCE)
    }

    /// None at all: for drills, which leave nothing behind, and for tests.
    #[must_use]
    pub(crate) fn none() -> Self {
        Self(None)
    }

    fn of(store: Arc<dyn Store>, patience: Duration) -> Self {
        Self(Some(Arc::new(Asked { store, patience, turn: Mutex::default(), is_silent: Arc::default() })))
    }

    fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn Store) -> Result<T, String> + Send + 'static,
    ) -> Result<T, String> {
        let Some(asked) = &self.0 else { return Err("none is asked".to_owned()) };
        let silent = || "it does not answer; it may wait for its password".to_owned();
        // Whoever broke off while it was his turn left nothing half done.
        let _turn = asked.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.is_silent.swap(true, Ordering::SeqCst) {
            return Err(silent());
        }
        let (store, is_silent) = (Arc::clone(&asked.store), Arc::clone(&asked.is_silent));
        let (sender, answer) = channel();
        let spawned = thread::Builder::new().name("keychain".to_owned()).spawn(move || {
            let answer = question(store.as_ref());
            is_silent.store(false, Ordering::SeqCst);
            // Nobody may wait any more.
            let _ = sender.send(answer);
        });
        if let Err(error) = spawned {
            asked.is_silent.store(false, Ordering::SeqCst);
            return Err(error.to_string());
        }
        match answer.recv_timeout(asked.patience) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => Err(silent()),
            Err(RecvTimeoutError::Disconnected) => Err("it broke off".to_owned()),
        }
    }
}

impl journal::Vault for Keychain {
    fn get(&self, name: &str) -> Result<Option<String>, String> {
        let name = name.to_owned();
        self.ask(move |store| store.get(&name))
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), String> {
        let (name, secret) = (name.to_owned(), secret.to_owned());
        self.ask(move |store| store.set(&name, &secret))
    }
}

/// Secret Service on Linux, Keychain Services on macOS.
struct System;

impl System {
    fn entry(name: &str) -> Result<Entry, String> {
        // Why there is none is said once, by whoever asks first.
        static STATUS: LazyLock<Result<(), String>> =
            LazyLock::new(|| Entry::store_status().as_ref().map(|&()| ()).map_err(words));
        STATUS.clone()?;
        Entry::new(SERVICE, name).map_err(|error| words(&error))
    }
}

impl Store for System {
    fn get(&self, name: &str) -> Result<Option<String>, String> {
        match Self::entry(name)?.get_password() {
            Ok(secret) => Ok(Some(secret)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(words(&error)),
        }
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), String> {
        Self::entry(name)?.set_password(secret).map_err(|error| words(&error))
    }
}

fn words(error: &Error) -> String {
    match error {
        Error::NoStorageAccess(_) => "it is locked".to_owned(),
        Error::PlatformFailure(why) => match why.to_string() {
            // No message bus, or nobody on it who keeps secrets.
            why if why.contains("Failed to connect") || why.contains("ServiceUnknown") => {
                "there is none on this machine".to_owned()
            }
            why => format!("it fails ({why})"),
        },
        Error::Ambiguous(_) => "it has two entries of that name".to_owned(),
        // What an entry holds is never told.
        Error::BadEncoding(_) => "its entry is no text".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
impl Keychain {
    /// One in memory, and its lock.
    pub(crate) fn in_memory() -> (Self, Arc<AtomicBool>) {
        let memory = Memory::default();
        let lock = Arc::clone(&memory.is_locked);
        (Self::of(Arc::new(memory), Duration::from_secs(60)), lock)
    }
}

#[cfg(test)]
#[derive(Default)]
struct Memory {
    secrets: Mutex<std::collections::BTreeMap<String, String>>,
    is_locked: Arc<AtomicBool>,
}

#[cfg(test)]
impl Store for Memory {
    fn get(&self, name: &str) -> Result<Option<String>, String> {
        let is_locked = self.is_locked.load(Ordering::SeqCst);
        if is_locked { Err("it is locked".to_owned()) } else { Ok(self.secrets.lock().unwrap().get(name).cloned()) }
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), String> {
        if self.is_locked.load(Ordering::SeqCst) {
            return Err("it is locked".to_owned());
        }
        self.secrets.lock().unwrap().insert(name.to_owned(), secret.to_owned());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender};

    use journal::Vault;

    use super::*;

    /// One that answers when it is let to.
    struct Locked(Mutex<Receiver<()>>);

    impl Store for Locked {
        fn get(&self, name: &str) -> Result<Option<String>, String> {
            let _ = self.0.lock().unwrap().recv();
            Ok(Some(format!("secret of {name}")))
        }

        fn set(&self, _: &str, _: &str) -> Result<(), String> {
            Ok(())
        }
    }

    fn locked(patience: Duration) -> (Keychain, Sender<()>) {
        let (unlock, receiver) = channel();
        (Keychain::of(Arc::new(Locked(Mutex::new(receiver))), patience), unlock)
    }

    #[test]
    fn nobody_waits_for_a_password_and_it_is_asked_again_once_it_answered() {
        let (keychain, unlock) = locked(Duration::ZERO);
        let silent = Err("it does not answer; it may wait for its password".to_owned());
        assert_eq!(keychain.get("a"), silent);
        assert_eq!(keychain.get("a"), silent);
        // The second question was not put: one answer is outstanding, and no copy waits for it.
        assert_eq!(keychain.clone().set("a", "b"), silent.map(drop));
        let Keychain(Some(asked)) = &keychain else { panic!("it is one") };
        unlock.send(()).unwrap();
        while asked.is_silent.load(Ordering::SeqCst) {
            thread::yield_now();
        }
        let patient = Keychain(Some(Arc::new(Asked {
            store: Arc::clone(&asked.store),
            patience: Duration::from_secs(60),
            turn: Mutex::default(),
            is_silent: Arc::clone(&asked.is_silent),
        })));
        unlock.send(()).unwrap();
        assert_eq!(patient.get("a"), Ok(Some("secret of a".to_owned())));
        assert_eq!(patient.set("a", "b"), Ok(()));
    }

    #[test]
    fn where_there_is_none_it_says_so() {
        assert_eq!(Keychain::none().get("a"), Err("none is asked".to_owned()));
    }
}
