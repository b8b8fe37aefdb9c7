//! The key of the device lies in a real keychain; while that is locked another one signs, and the window says so.

use std::fs;
use std::path::Path;

use journal::{Heads, hex};
use serde_json::Value;
use tests::around::keychain::Keychain;
use tests::home::Home;
use tests::root;

use crate::pictures::every_look;
use crate::record::{room, verify};
use crate::walk::{enter, page};
use crate::window::Window;

/// The device's file, without the end of its line.
fn device_file(home: &Home) -> String {
    let path = home.path().join("XDG_DATA_HOME/war-room/device.key");
    fs::read_to_string(path).expect("the device's file").trim_end().to_owned()
}

/// What the log's page says of the key.
fn key(window: &Window) -> String {
    page(window, "l", "log");
    window.wait_for("key");
    said(window, "key")
}

fn said(window: &Window, name: &str) -> String {
    let said = window.script("return seen(arguments[0]).map(words).join(' ')", vec![Value::from(name)]);
    said.as_str().unwrap_or_default().to_owned()
}

fn pictures(window: &Window, name: &str) {
    if let Some(folder) = std::env::var_os("WAR_ROOM_PICTURES") {
        fs::create_dir_all(&folder).expect("the pictures' folder");
        every_look(window, Path::new(&folder), name);
        // The key stands at the side, which a small window shuts away.
        window.resize(1440, 900);
    }
}

#[test]
fn the_devices_key_lies_in_the_keychain_and_a_locked_one_stops_nobody() {
    let mut keychain = Keychain::start();
    let home = Home::new().expect("a home").with(keychain.variables());
    let own = {
        let window = enter(&home, &root().join("tests/fixtures/harbour.md"));
        let file = device_file(&home);
        let public = file.strip_prefix("keychain ").expect("the keychain has the key").to_owned();
        let own = public[..16].to_owned();
        assert_eq!(key(&window), format!("{own}, in the keychain"));
        window.close();
        let heads = Heads::at(&home.path().join("XDG_DATA_HOME/war-room/heads.log"));
        let log = journal::read(&room(&home)).expect("the room");
        let name = match &log.events[0].event {
            ::room::Event::Opened(opened) => opened.room.clone(),
            other => panic!("{other:?}"),
        };
        let signers: Vec<String> = heads.of(&name).iter().map(|head| hex(&head.public_key)).collect();
        assert!(!signers.is_empty() && signers.iter().all(|signer| *signer == public), "{signers:?}");
        own
    };

    keychain.lock();
    {
        let window = Window::open(&home, &[room(&home).as_os_str()]);
        window.wait_for("stands-in");
        let words = said(&window, "stands-in");
        assert!(
            words.starts_with(&format!("The keychain does not give this laptop's key {own} (it is locked)")),
            "{words}"
        );
        let key = key(&window);
        assert!(key.contains("device.spare.key, which only you may read. The keychain: it is locked"), "{key}");
        pictures(&window, "keychain-locked");
        // And one acts all the same.
        window.press("n");
        window.write("signed by the other one");
        window.press("enter");
        window.wait_until("the note is in the log", |window| window.all_words().contains("signed by the other one"));
        window.close();
    }
    assert!(device_file(&home).starts_with(&format!("keychain {own}")), "its own is where it was");

    keychain.unlock();
    let window = Window::open(&home, &[room(&home).as_os_str()]);
    window.wait_for("room");
    assert_eq!(key(&window), format!("{own}, in the keychain"));
    assert_eq!(said(&window, "stands-in"), "");
    pictures(&window, "keychain");
    window.close();
    let (code, words) = verify(&home, &[]);
    assert_eq!(code, 0, "a room that both have sealed holds: {words}");
}
