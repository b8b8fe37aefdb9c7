//! Pictures of the review over several rooms: `cargo xtask screenshots`.
//!
//! Owns: four releases of one service, each week another, as their rooms were left: one that went well, one that was rolled
//! back, one whose file is damaged, and the one that is open. Must not know: how a room is counted.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use journal::Journal;
use plan::{ItemId, Severity};
use room::{Event, Fired, GoLiveDeclared, HoldTurn, Opened, RehearsalBegan, Room, RoomClosed, Rulebook};
use rusqlite::Connection;
use tests::home::Home;
use tests::root;

use crate::pictures::{SIZES, THEMES, every_look, file, give_theme};
use crate::record::click;
use crate::resumed::device;
use crate::walk::page;
use crate::window::Window;

const SETTINGS: &str = "version = 1\n[sources.prod]\nkind = \"prometheus\"\nurl = \"http://127.0.0.1:9\"\n\
    [metrics.error_rate]\nsource = \"prod\"\nquery = \"errors\"\nunit = \"ratio\"\n\
    [metrics.latency_p95]\nsource = \"prod\"\nquery = \"latency\"\nunit = \"s\"\n";

/// A room that is being left behind, in minutes after its T0.
struct Past {
    journal: Journal,
    room: Room,
    start: Timestamp,
}

impl Past {
    fn open(home: &Home, version: &str, days_ago: i64) -> Result<Self, Box<dyn Error>> {
        let then = Timestamp::now() - SignedDuration::from_hours(24 * days_ago);
        let day = then.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
        let start: DateTime = day.at(6, 0, 0, 0);
        let text = fs::read_to_string(root().join("tests/fixtures/harbour.md"))?;
        let opened = Opened {
            room: format!("{days_ago:02}").repeat(16),
            file: "harbour.md".to_owned(),
            path: home.path().join("harbour.md").display().to_string(),
            text,
            settings: Some(format!("{SETTINGS}[plan]\nservice = \"harbour\"\nrelease = \"{version}\"\n")),
            start,
            zone: "UTC".to_owned(),
            moved_s: 0,
            zone_data: "2026a".to_owned(),
            reader: "1".to_owned(),
            drill: None,
        };
        let name = format!("harbour-{}-1.warroom", day.strftime("%Y%m%d"));
        let path = home.path().join("XDG_DATA_HOME/war-room/rooms").join(name);
        let device = device(home);
        let room = Room::open(opened.clone());
        let start = room.resolved().start;
        let (journal, _) = Journal::create(&path, device, opened, "login", start - SignedDuration::from_hours(20))?;
        Ok(Self { journal, room, start })
    }

    fn at(&mut self, minutes: i64, event: Event) -> Result<(), journal::Failure> {
        let at = self.start + SignedDuration::from_mins(minutes);
        self.journal.append(event, at, at, "MK").map(|_| ())
    }

    /// A criterion of this severity burns so long.
    fn burns(&mut self, severity: Severity, from: i64, to: i64) -> Result<(), Box<dyn Error>> {
        let rules = Rulebook::of(&self.room).rules;
        let rule = rules.into_iter().find(|rule| rule.severity == severity).ok_or("no rule of this severity")?;
        let since = self.start + SignedDuration::from_mins(from);
        let fired = Fired {
            alert: rule.id.clone(),
            name: rule.name,
            text: rule.text,
            severity,
            since,
            seen: None,
            deadline: None,
            why: "above its limit".to_owned(),
            first: None,
            since_before: None,
        };
        self.at(from, Event::AlertFired(Box::new(fired)))?;
        self.at(to, Event::AlertResolved { alert: rule.id, seen: None })?;
        Ok(())
    }

    /// Each gate's hold, from these minutes on, passed after these.
    fn passes(&mut self, gates: &[(i64, i64)]) -> Result<(), Box<dyn Error>> {
        let items: Vec<ItemId> = self.room.plan().gates.iter().map(|gate| gate.item.clone()).collect();
        for (gate, (from, to)) in items.into_iter().zip(gates) {
            let turn = HoldTurn::Started;
            self.at(*from, Event::HoldTurned { gate: gate.clone(), turn, held_ms: 0, why: String::new() })?;
            let held_ms = u64::try_from((to - from) * 60_000)?;
            let readings = Vec::new();
            self.at(*to, Event::GatePassed { gate, held_ms, on_word: false, fetched_ms: 0, readings })?;
        }
        Ok(())
    }

    fn rehearse(&mut self, minutes: i64) -> Result<(), Box<dyn Error>> {
        self.at(-900, Event::RehearsalBegan(Box::new(RehearsalBegan { way: 1 })))?;
        self.at(-900 + minutes, Event::RolledBack)?;
        Ok(())
    }

    fn goes_live(&mut self, minutes: i64) -> Result<(), Box<dyn Error>> {
        let declared = GoLiveDeclared { reason: String::new(), open: Vec::new() };
        self.at(minutes, Event::GoLiveDeclared(Box::new(declared)))?;
        Ok(())
    }

    fn close(&mut self, minutes: i64, outcome: &str) -> Result<PathBuf, Box<dyn Error>> {
        if !outcome.is_empty() {
            let closed = RoomClosed { outcome: outcome.to_owned(), open: Vec::new() };
            self.at(minutes, Event::Closed(Box::new(closed)))?;
        }
        self.journal.seal(self.start + SignedDuration::from_mins(minutes))?;
        self.journal.rest();
        Ok(self.journal.path().to_path_buf())
    }
}

/// Leaves the rooms, and says where the one is that is opened.
fn rooms(home: &Home) -> Result<PathBuf, Box<dyn Error>> {
    let mut well = Past::open(home, "3.0", 23)?;
    well.rehearse(6)?;
    well.passes(&[(10, 13), (15, 22)])?;
    well.burns(Severity::Medium, 11, 12)?;
    well.goes_live(60)?;
    well.close(8 * 24 * 60, "3.0 is live; a quiet week")?;

    let mut back = Past::open(home, "3.1", 16)?;
    back.rehearse(8)?;
    back.passes(&[(10, 31)])?;
    back.burns(Severity::High, 20, 29)?;
    back.burns(Severity::Critical, 40, 55)?;
    back.at(41, Event::RollbackBegan { criterion: None, reason: "errors above 20 %".to_owned(), way: 1 })?;
    back.at(56, Event::RolledBack)?;
    back.close(
        120,
        "Rolled back: the pool of connections was too small for the new version, and the limit was not in the plan",
    )?;

    let mut damaged = Past::open(home, "3.1.1", 9)?;
    damaged.passes(&[(10, 13)])?;
    damaged.burns(Severity::Medium, 5, 9)?;
    damaged.goes_live(60)?;
    let path = damaged.close(70, "")?;
    drop(damaged);
    spoil(&path)?;

    let mut own = Past::open(home, "3.2", 2)?;
    own.rehearse(7)?;
    own.passes(&[(10, 13), (15, 34)])?;
    for (severity, from, to) in [(Severity::High, 20, 25), (Severity::Medium, 26, 31), (Severity::Medium, 700, 745)] {
        own.burns(severity, from, to)?;
    }
    own.goes_live(62)?;
    own.close(1500, "")
}

/// Changes a word of its last event.
fn spoil(path: &Path) -> Result<(), Box<dyn Error>> {
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "DROP TRIGGER events_are_not_changed; UPDATE events SET actor = 'XX' WHERE seq = (SELECT max(seq) FROM events);",
    )?;
    Ok(())
}

#[test]
#[ignore = "makes pictures; cargo xtask screenshots runs it"]
fn pictures_of_the_review_over_rooms() {
    let out = PathBuf::from(env::var_os("WAR_ROOM_PICTURES").expect("WAR_ROOM_PICTURES names a folder"));
    let home = Home::new().expect("a home");
    let own = rooms(&home).expect("the rooms are left behind");
    let window = Window::open(&home, &[own.as_os_str()]);
    window.wait_for("room");
    page(&window, "shift+u", "routines");
    click(&window, "to-review");
    window.wait_until("the rooms are read", |window| window.texts("trends").concat().contains("4 rooms"));
    every_look(&window, &out, "review-of-rooms");
    for size in SIZES {
        window.resize(size.0, size.1);
        window.script("seen('trends-unread')[0].scrollIntoView()", vec![]);
        for theme in THEMES {
            give_theme(&window, theme);
            window.picture(&file(&out, "review-of-rooms-below", size, theme));
        }
    }
    let rows = window.texts("week-rooms").concat();
    for told in ["harbour 3.0", "harbour 3.1", "harbour 3.1.1", "harbour 3.2 (this room)", "not whole"] {
        assert!(rows.contains(told), "{told} in {rows}");
    }
}
