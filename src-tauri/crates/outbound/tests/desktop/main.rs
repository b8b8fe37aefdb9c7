//! Notifications, their sound and the inhibitor, on buses of the tests' own with services that write down what they are asked.
//!
//! Owns: what is promised of them. Must not know: this person's own bus, which no test touches: each runs itself again as a
//! process whose environment names its own buses, its own players and its own folders.

#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../../../../tests/support/bus.rs"]
#[allow(unreachable_pub, reason = "the tests' own support is a library")]
mod bus;
mod fake;

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use bus::Bus;
use fake::{Answer, Logind, Notifications, Tells, act};
use outbound::{Awake, Desktop, DoNotDisturb, Notification, Report, Urgency};

/// How long a test waits for anything: it fails then.
const PATIENCE: Duration = Duration::from_secs(30);
/// Names the folder of a test to its own process.
const FOLDER: &str = "OUTBOUND_TEST_FOLDER";
const NOBODY: &str = "no notification service answers on the session bus";
const ALL: [&str; 4] = ["actions", "body", "body-markup", "sound"];

/// Runs `test` with a folder and an environment of its own: the caller's test again, in another process.
fn alone(name: &str, test: impl FnOnce(&Path)) {
    if let Some(folder) = env::var_os(FOLDER) {
        test(&PathBuf::from(folder));
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let player = path.join("pw-play");
    fs::write(&player, "#!/bin/sh\necho sound >>\"$0.heard\"\n").expect("a player");
    fs::set_permissions(&player, fs::Permissions::from_mode(0o755)).expect("a player that runs");
    fs::create_dir(path.join("system")).expect("a folder");
    let output = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", name, "--nocapture"])
        .env(FOLDER, path)
        .env("DBUS_SESSION_BUS_ADDRESS", Bus::address_in(path))
        .env("DBUS_SYSTEM_BUS_ADDRESS", Bus::address_in(&path.join("system")))
        .env("XDG_RUNTIME_DIR", path)
        .env("PATH", env::join_paths([path, Path::new("/usr/bin"), Path::new("/bin")]).expect("folders"))
        .output()
        .expect("this program runs again");
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    // Without a test of this name none would fail.
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

fn bus(folder: &Path) -> Bus {
    Bus::start(folder).unwrap_or_else(|words| panic!("{words}"))
}

fn desktop() -> (Desktop, Receiver<Report>) {
    let (sender, reports) = channel();
    let desktop = Desktop::start(move |report| {
        let _ = sender.send(report);
    });
    (desktop, reports)
}

fn next(reports: &Receiver<Report>) -> Report {
    reports.recv_timeout(PATIENCE).expect("a report")
}

fn alarm(key: &str) -> Notification {
    Notification {
        key: key.into(),
        title: "HOLD: p95 > 500 ms".into(),
        body: "612 ms > 500 ms & rising\nsince 14:03".into(),
        urgency: Urgency::Normal,
        can_be_acknowledged: true,
        sounds: false,
    }
}

fn shown(key: &str) -> Report {
    Report::Shown { key: key.into(), has_actions: true, sound: None }
}

fn acknowledged(key: &str) -> Report {
    Report::Acknowledged { key: key.into() }
}

#[test]
fn a_service_that_can_all_is_asked_for_all() {
    alone("a_service_that_can_all_is_asked_for_all", |folder| {
        let _bus = bus(folder);
        let service = Notifications::start(&ALL, 0);
        let (desktop, reports) = desktop();
        desktop.show(Notification { urgency: Urgency::Critical, sounds: true, ..alarm("a") });
        let asked = service.asked();
        assert_eq!((asked.application.as_str(), asked.replaces), ("War Room", 0));
        assert_eq!(asked.title, "HOLD: p95 > 500 ms");
        assert_eq!(asked.body, "612 ms &gt; 500 ms &amp; rising\nsince 14:03");
        assert_eq!(asked.actions, ["default", "Open", "acknowledge", "Acknowledge", "open", "Open"]);
        assert_eq!((asked.urgency(), asked.timeout_ms), (Some(2), 0), "critical stays until it is dismissed");
        assert_eq!(asked.hint("sound-name").as_deref(), Some("alarm-clock-elapsed"));
        assert_eq!(asked.hint("desktop-entry").as_deref(), Some("War Room"));
        let sound = Some(Ok("the notification's sound".into()));
        assert_eq!(next(&reports), Report::Shown { key: "a".into(), has_actions: true, sound });

        desktop.show(Notification { urgency: Urgency::Low, can_be_acknowledged: false, ..alarm("b") });
        let asked = service.asked();
        assert_eq!(asked.actions, ["default", "Open", "open", "Open"]);
        assert_eq!((asked.urgency(), asked.timeout_ms), (Some(0), -1));
        assert_eq!(asked.hint("suppress-sound").as_deref(), Some("true"));
        assert_eq!(next(&reports), shown("b"));
    });
}

#[test]
fn a_service_that_can_little_is_asked_for_little() {
    alone("a_service_that_can_little_is_asked_for_little", |folder| {
        let _bus = bus(folder);
        let service = Notifications::start(&["body"], 0);
        let (desktop, reports) = desktop();
        desktop.show(Notification { sounds: true, ..alarm("a") });
        let asked = service.asked();
        assert_eq!(asked.body, "612 ms > 500 ms & rising\nsince 14:03");
        assert_eq!((asked.actions.len(), asked.urgency()), (0, Some(1)));
        assert_eq!((asked.hint("sound-name"), asked.hint("suppress-sound")), (None, None));
        let sound = Some(Ok("a bundled sound through pw-play".into()));
        assert_eq!(next(&reports), Report::Shown { key: "a".into(), has_actions: false, sound });
        assert_eq!(fs::read_to_string(folder.join("pw-play.heard")).expect("a sound"), "sound\n");
    });
}

#[test]
fn one_of_the_same_key_takes_the_place_of_the_one_before() {
    alone("one_of_the_same_key_takes_the_place_of_the_one_before", |folder| {
        let _bus = bus(folder);
        let service = Notifications::start(&ALL, 40);
        let (desktop, reports) = desktop();
        for (key, replaces) in [("a", 0), ("b", 0), ("a", 41), ("b", 42), ("a", 41)] {
            desktop.show(alarm(key));
            assert_eq!(next(&reports), shown(key));
            assert_eq!(service.asked().replaces, replaces, "{key}");
        }
        // What was dismissed comes anew. The action behind it tells that the dismissal was heard, and is all that is told.
        service.dismiss(41);
        service.act(42, "acknowledge");
        assert_eq!(next(&reports), acknowledged("b"));
        desktop.show(Notification { title: "ROLL BACK".into(), ..alarm("a") });
        assert_eq!(next(&reports), shown("a"));
        let asked = service.asked();
        assert_eq!((asked.replaces, asked.title.as_str()), (0, "ROLL BACK"));
    });
}

#[test]
fn what_a_person_presses_is_reported_and_dismissing_is_no_acknowledgement() {
    alone("what_a_person_presses_is_reported_and_dismissing_is_no_acknowledgement", |folder| {
        let _bus = bus(folder);
        let service = Notifications::start(&ALL, 0);
        let stranger = zbus::blocking::Connection::session().expect("the test's bus");
        let (desktop, reports) = desktop();
        for key in ["a", "b", "c"] {
            desktop.show(alarm(key));
            assert_eq!(next(&reports), shown(key));
        }
        service.dismiss(1);
        service.act(77, "acknowledge");
        service.act(1, "something else");
        act(&stranger, None, 2, "acknowledge");
        service.act(2, "default");
        service.act(2, "open");
        service.act(3, "acknowledge");
        let opened = || Report::Opened { key: "b".into() };
        assert_eq!([next(&reports), next(&reports), next(&reports)], [opened(), opened(), acknowledged("c")]);
        assert!(reports.try_recv().is_err());
    });
}

#[test]
fn a_service_that_tells_only_who_asked_is_heard_too() {
    alone("a_service_that_tells_only_who_asked_is_heard_too", |folder| {
        let _bus = bus(folder);
        let service = Notifications::start(&ALL, 0);
        let (desktop, reports) = desktop();
        let mut lines = BTreeSet::new();
        for (key, number) in [("a", 1), ("b", 2), ("a", 1)] {
            desktop.show(alarm(key));
            assert_eq!(next(&reports), shown(key));
            let line = service.asked().line;
            service.act_for(&line, number, "acknowledge");
            assert_eq!(next(&reports), acknowledged(key));
            lines.insert(line);
        }
        // GNOME takes away what was asked for on a line that ends.
        assert_eq!(lines.len(), 1, "one line for all");
    });
}

#[test]
fn numbers_of_a_service_that_has_ended_mean_nothing() {
    alone("numbers_of_a_service_that_has_ended_mean_nothing", |folder| {
        let _bus = bus(folder);
        let (desktop, reports) = desktop();
        let first = Notifications::start(&ALL, 0);
        desktop.show(alarm("a"));
        assert_eq!(next(&reports), shown("a"));
        first.end();
        let second = Notifications::start(&ALL, 0);
        // The second has given this number to somebody else.
        second.act(1, "acknowledge");
        desktop.show(alarm("b"));
        assert_eq!(next(&reports), shown("b"));
        assert_eq!(second.asked().replaces, 0);
        second.act(1, "acknowledge");
        assert_eq!(next(&reports), acknowledged("b"));
        desktop.show(alarm("a"));
        assert_eq!(second.asked().replaces, 0);
        assert_eq!(next(&reports), shown("a"));
    });
}

#[test]
fn where_nobody_shows_anything_it_is_said_and_tried_again() {
    alone("where_nobody_shows_anything_it_is_said_and_tried_again", |folder| {
        let (desktop, reports) = desktop();
        let failed = |report: Report| match report {
            Report::Failed { key, words, sound } => (key, words, sound),
            other => panic!("{other:?}"),
        };
        desktop.show(Notification { sounds: true, ..alarm("a") });
        let (key, words, sound) = failed(next(&reports));
        assert!(words.starts_with(&format!("{NOBODY}: the bus cannot be reached")), "{words}");
        assert_eq!((key.as_str(), sound), ("a", Some(Ok("a bundled sound through pw-play".into()))));

        let first = bus(folder);
        desktop.show(alarm("a"));
        assert_eq!(failed(next(&reports)), ("a".into(), NOBODY.into(), None));

        let service = Notifications::start(&ALL, 0);
        desktop.show(alarm("a"));
        assert_eq!(next(&reports), shown("a"));

        // The bus goes, and comes again with another service on it.
        drop((first, service));
        desktop.show(alarm("a"));
        let (_, words, _) = failed(next(&reports));
        assert!(words.starts_with(NOBODY), "{words}");
        let _second = bus(folder);
        let service = Notifications::start(&ALL, 6);
        desktop.show(alarm("a"));
        assert_eq!(next(&reports), shown("a"));
        assert_eq!(service.asked().replaces, 0);
        service.act(7, "acknowledge");
        assert_eq!(next(&reports), acknowledged("a"));
    });
}

#[test]
fn a_service_that_hangs_holds_up_nobody_for_ever() {
    alone("a_service_that_hangs_holds_up_nobody_for_ever", |folder| {
        let _bus = bus(folder);
        let service = Notifications::start(&ALL, 0);
        let (desktop, reports) = desktop();
        service.hang(true);
        desktop.show(alarm("hangs"));
        service.asked();
        service.hang(false);
        // All these wait behind it: as many as there is room for, and of the rest it is said.
        let keys: BTreeSet<String> = (0..80).map(|number| number.to_string()).collect();
        for key in &keys {
            desktop.show(alarm(key));
        }
        let words = "the notification service did not answer within 4 s".into();
        assert_eq!(next(&reports), Report::Failed { key: "hangs".into(), words, sound: None });
        let mut told = BTreeSet::new();
        let mut lost = 0;
        for _ in &keys {
            told.insert(match next(&reports) {
                Report::Shown { key, .. } => key,
                Report::Failed { key, words, .. } => {
                    assert_eq!(words, "too many notifications wait to be shown, and others press more");
                    lost += 1;
                    key
                }
                other => panic!("{other:?}"),
            });
        }
        assert_eq!((told, lost), (keys, 16));
    });
}

/// A call that nobody waits for any more goes on: what of the same key comes meanwhile waits for its number, or two of them
/// would stand there.
#[test]
fn a_service_that_takes_its_time_shows_one_of_a_key() {
    alone("a_service_that_takes_its_time_shows_one_of_a_key", |folder| {
        let _bus = bus(folder);
        let service = Notifications::start(&ALL, 40);
        let (desktop, reports) = desktop();
        service.hang(true);
        desktop.show(alarm("summary"));
        assert_eq!(service.asked().replaces, 0);
        assert!(matches!(next(&reports), Report::Failed { .. }), "nobody waits so long");
        desktop.show(Notification { title: "older words".into(), ..alarm("summary") });
        assert!(matches!(next(&reports), Report::Failed { .. }));
        desktop.show(Notification { title: "newer words".into(), ..alarm("summary") });
        assert!(matches!(next(&reports), Report::Failed { .. }));
        // Another is shown meanwhile.
        service.hang(false);
        desktop.show(alarm("another"));
        let asked = service.asked();
        assert_eq!((asked.replaces, asked.title), (0, alarm("another").title));
        // The first comes to its end at last.
        service.let_go();
        let asked = service.asked();
        assert_eq!((asked.replaces, asked.title.as_str()), (41, "newer words"));
        assert_eq!(next(&reports), shown("another"));
    });
}

#[test]
fn it_is_told_whether_the_desktop_holds_notifications_back() {
    alone("it_is_told_whether_the_desktop_holds_notifications_back", |folder| {
        let (desktop, reports) = desktop();
        let look = || {
            desktop.look();
            match next(&reports) {
                Report::DoNotDisturb(told) => told,
                other => panic!("{other:?}"),
            }
        };
        let DoNotDisturb::Unknown(words) = look() else { panic!("nobody is there to tell") };
        assert!(words.starts_with(NOBODY), "{words}");
        let _bus = bus(folder);
        assert_eq!(look(), DoNotDisturb::Unknown(NOBODY.into()), "and none was started");
        for (tells, on, off) in [
            (Tells::Paused(true), "dunst is paused", "dunst says so"),
            (Tells::Inhibited(true), "notifications are inhibited", "Plasma says so"),
        ] {
            let service = Notifications::start_telling(&ALL, 0, tells);
            assert_eq!(look(), DoNotDisturb::On(on.into()));
            service.hold_back(false);
            assert_eq!(look(), DoNotDisturb::Off(off.into()));
            service.end();
        }
        let service = Notifications::start(&ALL, 0);
        let words = "fake does not tell whether it holds notifications back";
        assert_eq!(look(), DoNotDisturb::Unknown(words.into()));
        service.end();
    });
}

#[test]
fn what_is_held_back_is_said_to_be_and_sounds_by_itself() {
    alone("what_is_held_back_is_said_to_be_and_sounds_by_itself", |folder| {
        let _bus = bus(folder);
        let service = Notifications::start_telling(&ALL, 0, Tells::Paused(true));
        let (desktop, reports) = desktop();
        let alarm = || Notification { urgency: Urgency::Critical, sounds: true, ..alarm("a") };
        let shown = |sound: &str| Report::Shown { key: "a".into(), has_actions: true, sound: Some(Ok(sound.into())) };
        desktop.show(alarm());
        assert_eq!(next(&reports), Report::DoNotDisturb(DoNotDisturb::On("dunst is paused".into())));
        assert_eq!(next(&reports), shown("a bundled sound through pw-play"));
        service.hold_back(false);
        desktop.show(alarm());
        assert_eq!(next(&reports), shown("the notification's sound"));
    });
}

#[test]
fn the_laptop_is_held_awake_until_it_is_let_go() {
    alone("the_laptop_is_held_awake_until_it_is_let_go", |folder| {
        let _bus = bus(&folder.join("system"));
        let logind = Logind::start(Answer::Gives);
        let awake = Awake::hold("a deployment is under way").expect("an inhibitor");
        let (asked, mut end) = logind.inhibited.recv_timeout(PATIENCE).expect("logind is asked");
        assert_eq!(asked, ["sleep:idle", "War Room", "a deployment is under way", "block"]);
        drop(awake);
        // Ends, since nobody holds the other end any more.
        assert_eq!(end.read(&mut [0]).expect("the end of the pipe"), 0);
    });
}

#[test]
fn it_is_said_why_the_laptop_may_sleep() {
    alone("it_is_said_why_the_laptop_may_sleep", |folder| {
        let words = || Awake::hold("a deployment is under way").expect_err("no inhibitor");
        let absent = words();
        assert!(absent.starts_with("the laptop is not kept awake: the system bus cannot be reached ("), "{absent}");
        let _bus = bus(&folder.join("system"));
        assert_eq!(words(), "the laptop is not kept awake: no logind answers on the system bus");
        for (answer, expected) in [
            (Answer::Refuses, "the laptop is not kept awake: logind refuses it (Permission denied)"),
            (Answer::Hangs, "the laptop is not kept awake: logind did not answer within 4 s"),
        ] {
            let logind = Logind::start(answer);
            assert_eq!(words(), expected);
            drop(logind);
        }
    });
}
