//! A long room opens from a snapshot of its state and is acted in at once; and one that was cut off says so in red.

use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use journal::{Device, Journal, Vault};
use room::Event;
use rusqlite::Connection;
use serde_json::json;
use tests::home::Home;
use tests::root;

use crate::pictures::{SIZES, every_look};
use crate::record::{click, room};
use crate::walk::{enter, page};
use crate::window::Window;

/// So many that reading them takes longer than a person needs for a key.
const NOTES: u64 = 40_000;
/// So many that it takes longer than the pictures of it.
const NOTES_IN_PICTURES: u64 = 1_000_000;
/// How long the program may take to read those: the dev build checks each.
const READS: Duration = Duration::from_secs(300);

/// Leaves a room of so many notes behind, as a long watch does.
fn long_room(home: &Home, notes: u64) {
    let path = root().join("tests/fixtures/harbour.md");
    enter(home, &path).close();
    let (mut journal, _) = Journal::open(&room(home), device(home)).expect("the window has let go of it");
    let now = Timestamp::now();
    for batch in 0..notes / 1_000 {
        let note = |number| (Event::Noted { text: format!("note {batch}-{number}: all as before") }, now);
        journal.append_all((0..1_000).map(note).collect(), now, "MK").expect("it is written");
    }
}

/// Nobody has a keychain on the tests' bus.
struct NoVault;

impl Vault for NoVault {
    fn get(&self, _: &str) -> Result<Option<String>, String> {
        Err("there is none".to_owned())
    }

    fn set(&self, _: &str, _: &str) -> Result<(), String> {
        Err("there is none".to_owned())
    }
}

/// The key of the home's laptop, which has no keychain.
pub(crate) fn device(home: &Home) -> Device {
    let key = home.path().join("XDG_DATA_HOME/war-room/device.key");
    Device::load_or_make(&key, &NoVault).expect("the device's key").0
}

fn snapshots(home: &Home) -> usize {
    std::fs::read_dir(home.path().join("XDG_CACHE_HOME/war-room/rooms")).map_or(0, Iterator::count)
}

/// Whether the program's own log says this.
fn is_logged(home: &Home, words: &str) -> bool {
    let files = std::fs::read_dir(home.path().join("XDG_STATE_HOME/war-room")).expect("the program's folder");
    let texts = files.flatten().map(|file| std::fs::read_to_string(file.path()).unwrap_or_default());
    texts.into_iter().any(|text| text.contains(words))
}

fn note(window: &Window, words: &str) {
    window.press("n");
    window.write(words);
    window.press("enter");
    window.wait_until("the field is empty again", |window| {
        window.script("return seen('note-field')[0].value", vec![]) == json!("")
    });
}

/// In both sizes: the counts of the rail, and of a moment of another day how long ago it was.
fn nothing_is_cut(window: &Window) {
    window.press("left");
    window.press("left");
    window.wait_for("past-banner");
    for size in SIZES {
        window.resize(size.0, size.1);
        let cut = window.script(CUT, vec![]);
        assert_eq!(cut, json!([]), "cut off at {size:?}");
    }
    window.resize(SIZES[0].0, SIZES[0].1);
    window.press("escape");
    window.wait_until_gone("past-banner");
}

/// What reaches out of its place, by its words; and whatever there is to scroll sideways.
const CUT: &str = "
    const rail = document.querySelector('[data-rail]');
    const ago = seen('past-at')[0].parentElement;
    const wide = [rail, ago].filter((element) => element.scrollWidth > element.clientWidth + 1);
    const place = rail.getBoundingClientRect();
    const out = [...rail.querySelectorAll('.count')].filter((element) => element.getBoundingClientRect().right > place.right);
    return [...wide, ...out].map(words);
";

fn picture(window: &Window, name: &str) {
    if let Some(folder) = env::var_os("WAR_ROOM_PICTURES") {
        let folder = Path::new(&folder);
        std::fs::create_dir_all(folder).expect("the pictures' folder");
        window.picture(&folder.join(name));
    }
}

#[test]
fn a_long_room_opens_from_its_snapshot_and_a_cut_one_says_so() {
    let home = Home::new().expect("a home");
    long_room(&home, NOTES);
    let file = room(&home);
    {
        let window = Window::open(&home, &[file.as_os_str()]);
        window.wait_for("room");
        window.wait_until("the state is kept", |_| snapshots(&home) == 1);
        window.close();
    }
    assert!(!is_logged(&home, "opened from a snapshot"));
    {
        let window = Window::open(&home, &[file.as_os_str()]);
        window.wait_for("room");
        assert!(is_logged(&home, "opened from a snapshot"));
        page(&window, "l", "log");
        picture(&window, "snapshot-being-read.png");
        note(&window, "the first word after a long night");
        let last = journal::read(&file).expect("the room").events.pop().expect("an event");
        assert_eq!(last.event, Event::Noted { text: "the first word after a long night".to_owned() });
        window.wait_for("log-entry");
        // What was found behind the opening knows nothing of the note yet.
        window.wait_until("its chain is whole", |window| window.text("chain").contains("events, chain whole"));
        click(&window, "verify");
        let all = format!("{},{:03} events, chain whole", last.seq / 1_000, last.seq % 1_000);
        window.wait_until("it is whole with the note", |window| window.text("chain").contains(&all));
        assert!(!window.is_there("doubted"));
        picture(&window, "snapshot-whole.png");
        nothing_is_cut(&window);
        window.close();
    }
    let whole = journal::read(&file).expect("the room").events.len();
    let connection = Connection::open(&file).expect("the file");
    let cut = "DROP TRIGGER events_are_not_removed; DROP TRIGGER seals_are_not_removed;
        DELETE FROM seals WHERE count = (SELECT max(seq) FROM events);
        DELETE FROM events WHERE seq = (SELECT max(seq) FROM events);";
    connection.execute_batch(cut).expect("it is cut");
    drop(connection);
    let window = Window::open(&home, &[file.as_os_str()]);
    window.wait_for("doubted");
    let words = window.text("doubted");
    assert!(words.contains(&format!("does not hold from event {whole} on")), "{words}");
    picture(&window, "cut-off.png");
    page(&window, "m", "messages");
    assert!(window.is_there("doubted"), "on every page");
    note(&window, "the night goes on");
}

#[test]
#[ignore = "makes pictures; cargo xtask screenshots runs it"]
fn pictures_of_a_log_that_is_being_read() {
    let out = PathBuf::from(env::var_os("WAR_ROOM_PICTURES").expect("WAR_ROOM_PICTURES names a folder"));
    let home = Home::new().expect("a home");
    long_room(&home, NOTES_IN_PICTURES);
    let file = room(&home);
    let window = Window::open(&home, &[file.as_os_str()]);
    window.wait_within(READS, "the state is kept", |_| snapshots(&home) == 1);
    window.close();
    let window = Window::open(&home, &[file.as_os_str()]);
    window.wait_for("room");
    window.press("l");
    window.wait_for("page-reading");
    every_look(&window, &out, "reading-the-log");
    assert!(window.is_there("page-reading"), "it was read before the pictures were taken");
}
