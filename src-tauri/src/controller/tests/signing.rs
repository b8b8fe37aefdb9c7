//! Whose key signs, and that it is said.

use std::sync::atomic::Ordering;

use super::*;
use crate::wire::RecordView;

fn record(table: &mut Table) -> RecordView {
    table.subscribe().record.expect("a room is open")
}

fn entered(table: &mut Table) -> RecordView {
    table.subscribe();
    table.read_sample();
    table.enter("2026-01-21T06:30");
    record(table)
}

#[test]
fn a_key_in_the_keychain_is_told_as_such_and_signs_the_room() {
    let (keychain, is_locked) = Keychain::in_memory();
    let mut table = Table::with_keychain(keychain.clone());
    let record = entered(&mut table);
    let device = DeviceKey::of(table.controller.laptop.paths.data(), keychain).device().unwrap().0;
    assert_eq!((record.key, record.stands_in), (format!("{}, in the keychain", device.id()), String::new()));
    let file = table.folder.path().join("data/war-room/device.key");
    assert_eq!(std::fs::read_to_string(file).unwrap(), format!("keychain {}\n", journal::hex(&device.public_key())));
    let heads = std::fs::read_to_string(table.folder.path().join("data/war-room/heads.log")).unwrap();
    assert!(heads.contains(&journal::hex(&device.public_key())), "{heads}");
    assert!(!is_locked.load(Ordering::SeqCst));
}

#[test]
fn without_a_keychain_the_file_is_named() {
    let mut table = Table::laid();
    let record = entered(&mut table);
    let device = table.device().id();
    assert!(record.key.starts_with(&format!("{device}, in ")), "{}", record.key);
    assert!(
        record.key.ends_with("device.key, which only you may read. The keychain: none is asked."),
        "{}",
        record.key
    );
    assert_eq!(record.stands_in, "");
}

#[test]
fn while_the_keychain_is_locked_another_key_signs_and_the_room_says_so_until_it_is_opened_again() {
    let (keychain, is_locked) = Keychain::in_memory();
    let mut table = Table::with_keychain(keychain.clone());
    let own = DeviceKey::of(table.controller.laptop.paths.data(), keychain).device().unwrap().0.id();
    is_locked.store(true, Ordering::SeqCst);
    let file = table.folder.path().join("data/war-room/rooms/payments-api-20260121-1.warroom");
    let said = entered(&mut table).stands_in;
    assert!(said.starts_with(&format!("The keychain does not give this laptop's key {own} (it is locked)")), "{said}");
    is_locked.store(false, Ordering::SeqCst);
    table.act(Intent::Leave);
    table.wake(Wake::Path { path: file.clone(), given: Given::default(), origin: Origin::CommandLine });
    let record = record(&mut table);
    assert_eq!((record.key, record.stands_in), (format!("{own}, in the keychain"), String::new()));
    let log = journal::read(&file).unwrap();
    assert!(log.damage.is_none(), "and its log holds with both");
}
