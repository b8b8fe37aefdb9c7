//! Where the key ends up, and that it is the same device on the way there.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;

use super::*;

/// A keychain in memory, which may be locked.
#[derive(Default)]
struct Keychain {
    secrets: RefCell<BTreeMap<String, String>>,
    is_locked: Cell<bool>,
    /// It takes what it is given, and forgets it.
    forgets: bool,
}

impl Keychain {
    fn unlocked<T>(&self, value: T) -> Result<T, String> {
        if self.is_locked.get() { Err("it is locked".to_owned()) } else { Ok(value) }
    }
}

impl Vault for Keychain {
    fn get(&self, name: &str) -> Result<Option<String>, String> {
        self.unlocked(self.secrets.borrow().get(name).cloned())
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), String> {
        self.unlocked(())?;
        if !self.forgets {
            self.secrets.borrow_mut().insert(name.to_owned(), secret.to_owned());
        }
        Ok(())
    }
}

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("data/device.key")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.path()).unwrap()
    }

    fn of(&self, vault: &dyn Vault) -> (Device, Kept) {
        Device::load_or_make(&self.path(), vault).unwrap()
    }

    /// The names of the files beside the key, with their modes.
    fn files(&self) -> Vec<(String, u32)> {
        let files = fs::read_dir(self.folder.path().join("data")).unwrap().map(Result::unwrap);
        let about = |file: fs::DirEntry| {
            (file.file_name().into_string().unwrap(), file.metadata().unwrap().permissions().mode() & 0o777)
        };
        let mut files: Vec<_> = files.map(about).collect();
        files.sort();
        files
    }
}

fn locked() -> Keychain {
    let keychain = Keychain::default();
    keychain.is_locked.set(true);
    keychain
}

#[test]
fn a_new_key_goes_into_the_keychain_and_never_touches_the_disk() {
    let (place, keychain) = (Place::new(), Keychain::default());
    let (device, kept) = place.of(&keychain);
    assert_eq!(kept, Kept::Vault);
    assert_eq!(place.text(), format!("keychain {}\n", hex(&device.public_key())));
    assert_eq!(place.files(), [("device.key".to_owned(), 0o600)]);
    assert_eq!(keychain.secrets.borrow().keys().collect::<Vec<_>>(), [&format!("device {}", device.id())]);
    assert_eq!(place.of(&keychain).0.id(), device.id());
}

#[test]
fn without_a_keychain_it_lies_in_a_file_of_its_owner_and_says_why() {
    let place = Place::new();
    let (device, kept) = place.of(&locked());
    assert_eq!(kept, Kept::File { path: place.path(), why: "it is locked".to_owned() });
    assert_eq!(place.files(), [("device.key".to_owned(), 0o600)]);
    assert_eq!(place.text(), format!("{}\n", hex(device.seed())));
    assert_eq!(place.of(&locked()).0.id(), device.id());
    let other = Place::new();
    assert_ne!(other.of(&locked()).0.id(), device.id());
}

#[test]
fn a_keychain_is_asked_once_where_it_does_not_take_the_key() {
    /// Each question may put a dialog in front of a person.
    struct Counting(Cell<usize>);
    impl Vault for Counting {
        fn get(&self, _: &str) -> Result<Option<String>, String> {
            self.set("", "").map(|()| None)
        }
        fn set(&self, _: &str, _: &str) -> Result<(), String> {
            self.0.set(self.0.get() + 1);
            Err("it is locked".to_owned())
        }
    }
    let (place, asked) = (Place::new(), Counting(Cell::new(0)));
    assert!(matches!(place.of(&asked).1, Kept::File { .. }));
    assert_eq!(asked.0.get(), 1, "for a new key");
    assert!(matches!(place.of(&asked).1, Kept::File { .. }));
    assert_eq!(asked.0.get(), 2, "and for one that lies there");
}

#[test]
fn a_key_of_before_moves_into_the_keychain_and_is_the_same_device() {
    let (place, keychain) = (Place::new(), Keychain::default());
    let (device, _) = place.of(&locked());
    let (moved, kept) = place.of(&keychain);
    assert_eq!((moved.id(), kept), (device.id(), Kept::Vault));
    assert_eq!(place.text(), format!("keychain {}\n", hex(&device.public_key())), "its file holds it no longer");
    assert_eq!(place.of(&keychain).0.id(), device.id());
}

#[test]
fn a_keychain_that_forgets_is_not_trusted_with_the_only_key() {
    let place = Place::new();
    let (device, _) = place.of(&locked());
    let forgetful = Keychain { forgets: true, ..Keychain::default() };
    let (kept_device, kept) = place.of(&forgetful);
    assert_eq!(kept_device.id(), device.id());
    assert_eq!(kept, Kept::File { path: place.path(), why: "it has no such entry".to_owned() });
    assert_eq!(place.text(), format!("{}\n", hex(device.seed())), "and its file is as it was");
}

#[test]
fn a_locked_keychain_is_no_laptop_without_a_key() {
    let (place, keychain) = (Place::new(), Keychain::default());
    let (own, _) = place.of(&keychain);
    let marker = place.text();
    keychain.is_locked.set(true);
    let (spare, kept) = place.of(&keychain);
    let path = place.path().with_file_name("device.spare.key");
    assert_ne!(spare.id(), own.id());
    assert_eq!(kept, Kept::Spare { path, own: own.id(), why: "it is locked".to_owned() });
    assert_eq!(place.of(&keychain).0.id(), spare.id(), "the same one stands in again");
    assert_eq!(place.files(), [("device.key".to_owned(), 0o600), ("device.spare.key".to_owned(), 0o600)]);
    assert_eq!(place.text(), marker);
    keychain.is_locked.set(false);
    assert_eq!(place.of(&keychain), (own, Kept::Vault), "and the own one is back with the keychain");
}

#[test]
fn an_entry_that_is_gone_or_another_is_said() {
    let (place, keychain) = (Place::new(), Keychain::default());
    let (own, _) = place.of(&keychain);
    let why = |keychain: &Keychain| match place.of(keychain).1 {
        Kept::Spare { why, .. } => why,
        kept => panic!("{kept:?}"),
    };
    let another = hex(Device::from_seed([7; 32]).seed());
    keychain.set(&format!("device {}", own.id()), &another).unwrap();
    assert_eq!(why(&keychain), "its entry holds another key");
    keychain.secrets.borrow_mut().clear();
    assert_eq!(why(&keychain), "it has no such entry");
}

#[test]
fn a_file_that_holds_no_key_is_left_as_it_is() {
    let place = Place::new();
    place.of(&locked());
    let short = "0".repeat(63);
    for nonsense in ["nonsense".as_bytes(), b"", b"keychain 12", short.as_bytes(), b"\0", b"\xff\xfe"] {
        fs::write(place.path(), nonsense).unwrap();
        let failure = Device::load_or_make(&place.path(), &Keychain::default()).unwrap_err();
        assert!(failure.to_string().contains("it holds no key"), "{failure}");
        assert_eq!(fs::read(place.path()).unwrap(), nonsense);
    }
}

#[test]
fn of_two_programs_that_make_one_at_the_same_time_one_is_it() {
    /// While it is asked, another program is a moment earlier.
    struct Meanwhile(PathBuf);
    impl Vault for Meanwhile {
        fn get(&self, _: &str) -> Result<Option<String>, String> {
            Err("there is none".to_owned())
        }
        fn set(&self, _: &str, _: &str) -> Result<(), String> {
            if !self.0.exists() {
                write(&self.0, &line(&Device::from_seed([7; 32])), Taken::Stays).unwrap();
            }
            Err("there is none".to_owned())
        }
    }
    let place = Place::new();
    assert_eq!(place.of(&Meanwhile(place.path())).0.id(), Device::from_seed([7; 32]).id());
    assert_eq!(place.files().len(), 1, "and nothing is left beside it");
}
