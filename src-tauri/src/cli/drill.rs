//! `war-room drill`: a rehearsal, in the window or without one.
//!
//! Owns: which drill is meant, how fast it passes, and what is printed of it. Must not know: how it is played
//! ([`Stage`]).

use std::io;
use std::time::Duration;

use serde_json::json;

use super::arguments::Drill;
use super::{Streams, exit};
use crate::controller::Stage;
use crate::drill::score::{Score, score};
use crate::drill::{Order, scenario};
use crate::example;
use crate::paths::Paths;
use crate::rooms::Rooms;
use crate::source;
use crate::wire::project::{self, Book};

/// What is said where no drill can be made.
type Sentence = String;

/// Lists the scenarios, or runs a drill without a window.
pub(super) fn drill(arguments: &Drill, streams: &mut Streams<'_>) -> io::Result<u8> {
    if arguments.list {
        for scenario in &scenario::SCENARIOS {
            if arguments.json {
                writeln!(
                    streams.out,
                    "{}",
                    json!({"scenario": scenario.id, "title": scenario.title, "words": scenario.words})
                )?;
            } else {
                writeln!(streams.out, "{}  {}: {}", scenario.id, scenario.title, scenario.words)?;
            }
        }
        return Ok(exit::GOOD);
    }
    let order = match order(arguments, true) {
        Ok(order) => order,
        Err(sentence) => {
            writeln!(streams.err, "{sentence}")?;
            return Ok(exit::UNREADABLE);
        }
    };
    let paths = Paths::of_this_user();
    let rooms = Rooms::at(paths.data());
    match Stage::set(order, paths, rooms) {
        Ok(mut stage) => play(&mut stage, arguments, streams),
        Err(sentence) => {
            writeln!(streams.err, "{sentence}")?;
            Ok(exit::UNREADABLE)
        }
    }
}

/// The drill that the arguments ask for.
pub(super) fn order(arguments: &Drill, is_alone: bool) -> Result<Order, Sentence> {
    let wanted = arguments.scenario.as_deref().unwrap_or("bad-canary");
    let scenario = scenario::of(wanted).ok_or_else(|| {
        let known = scenario::SCENARIOS.iter().map(|scenario| scenario.id).collect::<Vec<_>>().join(", ");
        format!("There is no scenario “{wanted}”: choose one of {known}.")
    })?;
    if is_alone && scenario.fault.is_none() {
        return Err(format!(
            "“{wanted}” is done by a person: run it with a window, without --headless, or choose another scenario."
        ));
    }
    let (file, text, settings) = match &arguments.checklist {
        None => (example::FILE.to_owned(), example::TEXT.to_owned(), Some(example::SETTINGS.to_owned())),
        Some(path) => {
            let read = source::read(path).map_err(|error| error.sentence(|path| path.display().to_string()))?;
            let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            (file, read.text, read.settings)
        }
    };
    let speed = arguments.speed.unwrap_or(crate::controller::DRILL_SPEED);
    Ok(Order { scenario, seed: arguments.seed, speed, is_alone, file, text, settings })
}

/// Plays to the end, and tells it.
fn play(stage: &mut Stage, arguments: &Drill, streams: &mut Streams<'_>) -> io::Result<u8> {
    let pause = Duration::from_secs(1) / stage.speed().max(1);
    if !arguments.json {
        writeln!(streams.err, "DRILL: made up from scenario and seed; nothing leaves this laptop.")?;
    }
    let mut told = 0;
    loop {
        told = tell(stage, told, arguments.json, streams)?;
        if !stage.second() {
            break;
        }
        wait(pause);
    }
    tell(stage, told, arguments.json, streams)?;
    let Some(room) = stage.room() else { return Ok(exit::UNREADABLE) };
    let result = score(room, stage.events());
    let head = stage.head().map(|head| journal::short(&head)).unwrap_or_default();
    let drill = room.opened().drill.clone();
    let (scenario, seed) = drill.map(|drill| (drill.scenario, drill.seed)).unwrap_or_default();
    if arguments.json {
        let summary = json!({
            "scenario": scenario,
            "seed": seed,
            "head": stage.head().map(|head| journal::hex(&head)).unwrap_or_default(),
            "score": result,
            "room": stage.path().display().to_string(),
        });
        writeln!(streams.out, "{summary}")?;
    } else {
        write!(streams.out, "{}", in_words(&result))?;
        writeln!(streams.out, "{scenario}, seed {seed}, head {head}\n{}", stage.path().display())?;
    }
    streams.out.flush()?;
    stage.leave();
    Ok(exit::GOOD)
}

/// Tells the events that were not told yet.
fn tell(stage: &Stage, from: usize, is_json: bool, streams: &mut Streams<'_>) -> io::Result<usize> {
    let Some(room) = stage.room() else { return Ok(from) };
    let book = Book::of(room.plan());
    for recorded in stage.events().iter().skip(from) {
        let words = project::entry_words(&book, room, stage.events(), recorded);
        if is_json {
            let line = json!({
                "at": recorded.occurred_at.to_string(),
                "kind": recorded.event.kind(),
                "actor": recorded.actor,
                "text": words,
            });
            writeln!(streams.out, "{line}")?;
        } else {
            let at = recorded.occurred_at.to_zoned_datetime(room.resolved().zone.clone());
            writeln!(streams.out, "{} {}: {words}", at.strftime("%H:%M:%S %Z"), recorded.actor)?;
        }
    }
    streams.out.flush()?;
    Ok(stage.events().len())
}

/// Lets the wall's clock go on, so that a person can follow.
#[allow(clippy::disallowed_methods, reason = "the drill's own driver: nothing is decided by it, and no test waits")]
fn wait(pause: Duration) {
    std::thread::sleep(pause);
}

fn in_words(result: &Score) -> String {
    let clock = |seconds: Option<i64>| {
        seconds.map_or_else(|| "never".to_owned(), |seconds| format!("{:02}:{:02}", seconds / 60, seconds % 60))
    };
    let limit =
        result.limit_s.map(|limit_s| format!(" of {:02}:{:02}", limit_s / 60, limit_s % 60)).unwrap_or_default();
    format!(
        "\nSeen after {} (earliest {})\nDecided after {} more (earliest {})\nBack after {}{limit}\nTold {} of {}\n",
        clock(result.detect_s),
        clock(result.earliest_detect_s),
        clock(result.decide_s),
        clock(result.earliest_decide_s),
        clock(result.back_s),
        result.told,
        result.to_be_told
    )
}

#[cfg(test)]
mod tests {
    use journal::Hash;
    use room::{Event, Mode};

    use super::*;

    /// Played to its end: the stage, its folder, and the hash of its last event.
    fn played(seed: u64, checklist: Option<&str>) -> (Stage, tempfile::TempDir, Hash) {
        let folder = tempfile::tempdir().unwrap();
        let scenario = scenario::of("bad-canary").unwrap();
        let text = checklist.unwrap_or(example::TEXT).to_owned();
        let order =
            Order { scenario, seed, speed: 60, is_alone: true, file: example::FILE.to_owned(), text, settings: None };
        let home = folder.path().to_path_buf();
        let paths = Paths::from_environment(|_| None, Some(home));
        let rooms = Rooms::at(folder.path());
        let mut stage = Stage::set(order, paths, rooms).unwrap();
        let mut seconds = 0;
        while stage.second() {
            seconds += 1;
            assert!(seconds < 3600, "the drill never ends");
        }
        let head = stage.head().unwrap();
        (stage, folder, head)
    }

    fn kinds(stage: &Stage) -> Vec<&'static str> {
        stage.events().iter().map(|recorded| recorded.event.kind()).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_head_and_another_another() {
        let (_, _, one) = played(7, None);
        let (_, _, same) = played(7, None);
        let (_, _, other) = played(8, None);
        assert_eq!(one, same);
        assert_ne!(one, other);
    }

    #[test]
    fn a_canary_goes_wrong_is_seen_and_taken_back_in_time() {
        let (stage, ..) = played(7, None);
        let room = stage.room().unwrap();
        let result = score(room, stage.events());
        assert_eq!(result.outcome, "rolled_back");
        assert!(result.detect_s >= result.earliest_detect_s && result.earliest_detect_s > Some(0), "{result:?}");
        assert!(result.told > 0 && result.told <= result.to_be_told);
        for kind in ["gate_entered", "alert_fired", "notified", "alert_acknowledged", "rollback_began", "rolled_back"] {
            assert!(kinds(&stage).contains(&kind), "{kind}");
        }
        assert_eq!(room.mode(), Mode::Closed);
        let acted = stage.events().iter().filter(|recorded| recorded.actor == "RM");
        assert!(acted.count() > 5);
    }

    #[test]
    fn nothing_of_a_drill_leaves_and_everything_bears_its_mark() {
        let (stage, folder, _) = played(7, None);
        let room = stage.room().unwrap();
        assert_eq!(room.opened().drill.as_ref().map(|drill| drill.scenario.as_str()), Some("bad-canary"));
        let name = stage.path().file_name().unwrap().to_string_lossy().into_owned();
        assert!(name.starts_with("drill-"), "{name}");
        assert!(!folder.path().join("heads.log").exists(), "a drill's head is no head of the day");
        assert!(!folder.path().join("device.key").exists(), "and the laptop's own key signs nothing of it");
        let sheet = std::fs::read_to_string(stage.path().with_extension("html")).unwrap();
        assert!(sheet.contains("DRILL"), "the sheet says what it is");
    }

    #[test]
    fn a_checklist_of_its_own_is_drilled_with_its_own_thresholds_and_people() {
        let text = "# Ship ledger\n\n## Deployment (2026-05-01 10:00 UTC)\n- [ ] Begun\n- [ ] 25% traffic\n  - [ ] Error \
                    rate < 3 %\n  - [ ] Hold for 3 minutes\n\n## Rollback (within 5 minutes)\n### Critical\n- Error rate > \
                    23 %\n### Option 1: Undo\n```bash\nkubectl rollout undo deployment/ledger\n```\n\n## Escalation\n- \
                    **Captain**: Nemo - +1 555 0100 - nemo@example.org\n";
        let (stage, ..) = played(7, Some(text));
        let room = stage.room().unwrap();
        let fired = stage.events().iter().find_map(|recorded| match &recorded.event {
            Event::AlertFired(fired) if fired.severity == plan::Severity::Critical => Some(fired.clone()),
            _ => None,
        });
        let seen = fired.expect("the plan's own threshold is breached").seen.unwrap().words;
        let value: f64 = seen.trim_end_matches(" %").parse().unwrap();
        assert!(value > 23.0, "{seen}");
        let told: Vec<_> = stage
            .events()
            .iter()
            .filter_map(|recorded| match &recorded.event {
                Event::Told { whom, .. } => Some(whom.clone()),
                _ => None,
            })
            .collect();
        assert_eq!(told, [room.plan().contacts[0].id.to_string()]);
    }

    #[test]
    fn a_checklist_without_a_threshold_is_refused_in_words() {
        let scenario = scenario::of("bad-canary").unwrap();
        let text = "# x\n- [ ] y\n".to_owned();
        let order =
            Order { scenario, seed: 1, speed: 1, is_alone: true, file: "x.md".to_owned(), text, settings: None };
        let why = order.prepare().unwrap_err();
        assert!(why.starts_with("This checklist names no decision criterion with a number"), "{why}");
    }

    #[test]
    fn verify_is_good_and_finds_what_was_changed() {
        let (mut stage, folder, head) = played(7, None);
        let path = stage.path().to_path_buf();
        stage.leave();
        let heads = journal::Heads::at(&folder.path().join("heads.log"));
        let known = journal::hex(&head);
        let whole = journal::verify(&path, &heads, Some(&known)).unwrap();
        assert!(matches!(whole.integrity, journal::Integrity::Whole), "{whole:?}");
        assert_eq!(whole.complete_to, Some(u64::try_from(stage.events().len()).unwrap()));
        let tamper = |sql: &str| {
            let copy = folder.path().join("copy.warroom");
            std::fs::copy(&path, &copy).unwrap();
            let connection = rusqlite::Connection::open(&copy).unwrap();
            let triggers: Vec<String> = connection
                .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                .unwrap()
                .query_map([], |row| row.get(0))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            for trigger in triggers {
                connection.execute_batch(&format!("DROP TRIGGER \"{trigger}\"")).unwrap();
            }
            connection.execute_batch(sql).unwrap();
            drop(connection);
            let found = journal::verify(&copy, &heads, Some(&known)).unwrap();
            (!matches!(found.integrity, journal::Integrity::Whole), found.complete_to)
        };
        let (is_broken, _) = tamper("UPDATE events SET actor = 'XX' WHERE seq = 9");
        assert!(is_broken, "an edited byte");
        let (is_broken, _) = tamper("DELETE FROM events WHERE seq = 9");
        assert!(is_broken, "a removed event");
        let (is_broken, complete_to) = tamper("DELETE FROM events WHERE seq > 20");
        assert!(is_broken || complete_to.is_none(), "a cut tail");
    }
}
