//! The watch after go-live: how much of the first stretch is over, what a signal showed in a round, the worst of what is
//! stored, and the week.

use jiff::SignedDuration;
use room::{Measure, Reading, Sample, Signal};

use super::acting::done;
use super::watching::watched;
use super::*;
use crate::rooms::Trends;
use crate::wire::{Act, OnDemand, RoutinesView};

const TEXT: &str = "# Ship pay

## Phase 2: Deployment (Jan 21, 2026, 6:30 AM)
- [ ] Deployment started

## After the deployment

### First 24 hours
**Every 1 hour:**
- [ ] Look at the dashboards
- [ ] Error rate <1%

**Key metrics to watch:**
```
Error Rate: <1%
```

## Rollback
### CRITICAL
- Error rate >10%
### HIGH
- P95 latency >500ms
";

/// A room under watch that went live at 06:30.
fn live() -> Table {
    let before = watched();
    let (config, _) = plan::config::parse(before.settings.as_deref().unwrap());
    let (plan, findings) = plan::read(TEXT, &config);
    let id = plan.items[0].id.to_string();
    let mut table = Table::laid();
    table.now = "2026-01-21T06:30:00Z".parse().unwrap();
    table.subscribe();
    table.read(Checklist { text: TEXT.to_owned(), plan, findings, ..before });
    table.enter("2026-01-21T06:30");
    assert_eq!(table.answer(), Some(Ok(())));
    done(&mut table, Act::State { item: id, saw: String::new() });
    let (initials, name) = ("MK".to_owned(), "Mira Kos".to_owned());
    done(&mut table, Act::NamePerson { initials, name, role: String::new() });
    done(&mut table, Act::ChooseActor { initials: "MK".to_owned() });
    done(&mut table, Act::DeclareGoLive { reason: "by agreement".to_owned() });
    table
}

impl Table {
    fn rounds_page(&mut self) -> RoutinesView {
        self.subscribe().routines.unwrap()
    }

    fn head_lines(&mut self) -> Vec<String> {
        self.subscribe().header.unwrap().verdict.lines
    }

    /// Both are seen, and that counts for longer than a test lasts.
    fn is_seen_for_hours(&mut self) {
        let reading = |name: &str, value: f64| Reading {
            signal: Signal::Metric(name.to_owned()),
            sequence: u64::try_from(self.now.as_second()).unwrap() + 1,
            at: self.now,
            outcome: Ok(Sample {
                measure: Measure::Number(value),
                at: self.now,
                good_until: self.now + SignedDuration::from_hours(20),
                too_few: None,
            }),
        };
        let readings = vec![reading("error_rate", 0.001), reading("latency_p95", 0.151)];
        self.wake(Wake::Heard { number: 1, readings });
    }

    /// What the driver does with what is to be read beside the disk.
    fn reads_the_ends(&mut self, effects: Vec<Effect>) -> bool {
        let mut was_read = false;
        for effect in effects {
            if let Effect::ReadEnds(asked) = effect {
                let outcome = ends::read(&asked);
                assert!(outcome.is_ok(), "{outcome:?}");
                self.wake(Wake::Ends { path: asked.path, outcome });
                was_read = true;
            }
        }
        was_read
    }
}

#[test]
fn the_head_says_how_much_of_the_first_stretch_is_over() {
    let mut table = live();
    for _ in 0..3 {
        table.both(0.001, 0.151);
    }
    assert_eq!(table.head_lines()[1], "First 24 hours: 00:00 of 24:00");
    table.is_seen_for_hours();
    table.now += SignedDuration::from_mins(454);
    assert_eq!(table.head_lines()[1], "First 24 hours: 07:34 of 24:00");
    let mut table = live();
    for _ in 0..3 {
        table.both(0.001, 0.612);
    }
    let lines = table.head_lines();
    assert!(lines[1].starts_with("Roll back in 29:"), "a deadline comes first: {lines:?}");
}

#[test]
fn a_check_that_a_signal_showed_is_observed_in_its_round_and_no_tick() {
    let mut table = live();
    table.now += SignedDuration::from_secs(3600);
    for _ in 0..3 {
        table.both(0.002, 0.151);
    }
    let round = table.rounds_page().rounds.remove(0);
    let (look, rate) = (round.items[0].id.clone(), round.items[1].id.clone());
    assert_ne!(round.items[1].reading, "", "what is observed stands beside the box with its age: {:?}", round.items[1]);
    done(&mut table, Act::State { item: rate, saw: "0.2 %".to_owned() });
    assert_eq!(
        table.rounds_page().grids[0].rows[1].cells[0].state,
        "done",
        "before the round is finished nothing is kept"
    );
    done(&mut table, Act::State { item: look, saw: String::new() });
    let cells = table.rounds_page().grids[0].rows.iter().map(|row| row.cells[0].clone()).collect::<Vec<_>>();
    assert_eq!((cells[0].state.as_str(), cells[1].state.as_str()), ("done", "observed"));
    assert_eq!(cells[1].words, "MK 07:30:15: 0.2 % · observed: 0.2 % at 07:30:15, 0 s before");
}

#[test]
fn what_is_said_against_the_signal_is_no_observation_and_says_so() {
    let mut table = live();
    table.now += SignedDuration::from_secs(3600);
    for _ in 0..3 {
        table.both(0.02, 0.151);
    }
    let round = table.rounds_page().rounds.remove(0);
    let (look, rate) = (round.items[0].id.clone(), round.items[1].id.clone());
    done(&mut table, Act::Override { item: rate, reason: "one client".to_owned() });
    done(&mut table, Act::State { item: look, saw: String::new() });
    let cell = table.rounds_page().grids[0].rows[1].cells[0].clone();
    assert_eq!(cell.state, "overridden");
    assert!(cell.words.contains("the signal showed 2 % at ") && cell.words.ends_with(": not met"), "{}", cell.words);
}

#[test]
fn what_was_missed_while_nobody_looked_is_told_as_fetched_and_the_round_stays_missed() {
    let mut table = live();
    let effects = table.both(0.001, 0.151);
    assert!(table.reads_the_ends(effects));
    table.now = "2026-01-21T07:29:50Z".parse().unwrap();
    let mut effects = Vec::new();
    for _ in 0..4 {
        effects.extend(table.both(0.002, 0.151));
    }
    assert!(table.reads_the_ends(effects));
    table.now = "2026-01-21T08:31:00Z".parse().unwrap();
    let slept = room::Interruption::Slept {
        from: "2026-01-21T07:00:00Z".parse().unwrap(),
        to: "2026-01-21T08:30:00Z".parse().unwrap(),
    };
    let effects = table.wake(Wake::Interrupted(slept));
    let effects: Vec<_> = effects.into_iter().chain(table.pass(2)).collect();
    assert!(table.reads_the_ends(effects));
    let grid = table.rounds_page().grids.remove(0);
    assert_eq!(grid.columns[0].state, "asleep");
    let (look, rate) = (&grid.rows[0].cells[0], &grid.rows[1].cells[0]);
    assert_eq!((look.state.as_str(), look.words.as_str()), ("asleep", ""));
    assert_eq!(
        (rate.state.as_str(), rate.words.as_str()),
        ("fetched", "fetched afterwards: 0.2 %; nobody did the round")
    );
}

#[test]
fn the_worst_is_that_of_what_is_stored_also_where_no_round_saw_it() {
    let mut table = live();
    let effects = table.both(0.05, 0.151);
    assert!(table.reads_the_ends(effects));
    for _ in 0..3 {
        table.both(0.001, 0.151);
    }
    let rate = table.rounds_page().metrics.remove(0);
    assert_eq!((rate.worst.as_str(), rate.worst_at.as_str()), ("5 %", "06:30:05"), "to the second where that is known");
    assert!(!table.pass(60).iter().any(|effect| matches!(effect, Effect::ReadEnds(_))), "not each minute");
    // The program is started again: of what was then only what is stored is known.
    table.act(Intent::Leave);
    table.now += SignedDuration::from_mins(40);
    let id = table.subscribe().start.unwrap().rooms[0].id.clone();
    table.act(Intent::EnterRoom { id });
    let effects = table.pass(2);
    assert!(table.reads_the_ends(effects));
    let view = table.rounds_page();
    assert!(
        view.metrics_words.starts_with("worst of all that is stored since go-live, read 07:11 UTC"),
        "{}",
        view.metrics_words
    );
    let rate = &view.metrics[0];
    assert_eq!((rate.worst.as_str(), rate.worst_at.as_str(), rate.worst_breaks), ("5 %", "about 06:30", true));
}

#[test]
fn the_week_counts_what_fired() {
    let mut table = live();
    for _ in 0..3 {
        table.both(0.001, 0.612);
    }
    assert_eq!(table.subscribe().review, None, "nobody looks at it");
    let effects = table.act(Intent::Show { what: OnDemand::Review, shown: true });
    let review = table.subscribe().review.unwrap();
    assert_eq!(review.rooms, None, "the others are read first");
    assert_eq!(review.words, "21 Jan 06:30 UTC to now, day 1 of 7");
    assert_eq!(review.alerts_words, "1 time, 1 criterion, 1 burns still");
    let [Effect::ReadTrends { known, .. }, ..] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(known.rooms, []);
    let path = table.controller.room().unwrap().path().to_path_buf();
    table.wake(Wake::Trends { path: "/rooms/another.warroom".into(), trends: Trends::default() });
    assert_eq!(table.subscribe().review.unwrap().rooms, None, "that was read for a room that was left");
    table.wake(Wake::Trends { path, trends: Trends::default() });
    let rooms = table.subscribe().review.unwrap().rooms.unwrap();
    assert_eq!(rooms.words, "1 room, the last 8 weeks, drills left out");
    assert_eq!((rooms.rooms[0].here, rooms.rooms[0].alerts, rooms.rooms[0].critical), (true, 1, 0));
    table.act(Intent::Show { what: OnDemand::Review, shown: false });
    assert_eq!(table.subscribe().review, None, "nobody looks at it any more");
    let fired = table.kinds().iter().position(|kind| kind == "alert_fired").unwrap() + 1;
    assert_eq!(usize::try_from(review.alerts[0].event).unwrap(), fired);
}
