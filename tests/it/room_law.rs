//! The room against a slow and obvious reference (`support/reference.rs`), over random days: asks good and bad, what is
//! found, hours and nights in which nobody asks, clocks that are changed, a program that is started anew. And against
//! planted bugs: a law that lets one pass is worth nothing.

mod asks;
mod ids;
mod seen;

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use room::{Alarm, Event, Memory, NotifyOutcome, Opened, Recorded, Refusal, Room, Watch, Way, decide};
use tests::long::{Progress, is_long};
use tests::reference::{
    Ask, CHECKS, DAY, FINDER, GATES, MissedSeen, PHASES, PLACES, PROPOSALS, Place, ROUTINES, Reference, SETTINGS,
    STEPS, Seen,
};

use self::asks::{Step, days};
use self::ids::{Day, Ids};
use self::seen::seen;

const WAYS: [Way; 4] = [Way::Phone, Way::Mail, Way::Chat, Way::Pager];

/// Days in a plain run, and where there is time (`cargo xtask test --long`).
const DAYS: u64 = 128;
const DAYS_LONG: u64 = 4_000;

/// The first day's; each day has the next one. `WAR_ROOM_SEED` tries one day alone.
const SEED: u64 = 0x5eed_0200;

/// A bug between what is decided and the room, or between the room and the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bug {
    /// None.
    None,
    /// What was missed is not kept, and is told again after each start.
    MissedIsForgotten,
    /// A new attempt takes a pass of the one before along.
    PassIsKept,
    /// What is open below a check keeps nobody from ticking it.
    OpenBelowIsTicked,
    /// The clock of the zone is never changed.
    ClockIsNotChanged,
    /// A rehearsal is taken for the way back.
    RehearsalIsTrue,
    /// A shortened hold is cut for the next gate, too.
    CutIsForAll,
    /// Standing down is the end of the way back.
    StoodDownIsBack,
    /// A correction takes back what it corrects.
    CorrectedIsTakenBack,
}

fn opened(place: Place) -> Opened {
    Opened {
        room: "0".repeat(32),
        file: "pay.md".to_owned(),
        path: "/pay.md".to_owned(),
        text: DAY.to_owned(),
        settings: Some(SETTINGS.to_owned()),
        start: at(place.start).to_zoned_datetime(jiff::tz::TimeZone::UTC).datetime(),
        zone: place.zone.to_owned(),
        moved_s: 0,
        zone_data: "none".to_owned(),
        reader: "law".to_owned(),
        drill: None,
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a second of this century")
}

fn alarm(room: &Room, now: i64) -> Alarm {
    let (watch, _) = Watch::new(room, Memory::default(), false, at(now));
    Alarm::new(room, &watch, at(now))
}

/// What was tried: each kind of ask that was accepted, each mode and standing that came to be, and how often.
type Tally = BTreeMap<String, usize>;

/// What must have come in a plain run, so that the law is known to have been tried.
const TRIED: &str = "Accept AddContact AddEvidence Arm BeginAttempt ChooseWay Confirm ConfirmSection Correct CutHold \
                     DeclareGoLive DeclareRolledBack DeclareSuccess Defer Disarm DropBinding EnterGate ExplainRounds \
                     Finds GoBack LiftSilence MoveStart MoveWindow NoteLesson OverrideGate PassGate Rehearse RollBack \
                     Silence StandDown State StateStep Tell TickRound TryContact Undo UndoStep UntickRound \
                     prepare live rolling·back rolled·back watch closed \
                     ahead due overdue missed unfinished done explained slept-over told-missed told-due restarted stored";

fn count(tally: &mut Tally, ask: Option<&Ask>, seen: &Seen) {
    let mut one = |what: &str| *tally.entry(what.to_owned()).or_default() += 1;
    if let Some(ask) = ask {
        let words = format!("{ask:?}");
        one(words.split(['(', ' ']).next().unwrap_or_default());
    }
    one(&seen.mode.replace(' ', "·"));
    for round in seen.rounds.iter().flatten() {
        one(round.standing);
        if round.why.is_some() {
            one("explained");
        }
        if round.was_away {
            one("slept-over");
        }
    }
}

/// A room, its log, and who tells of rounds.
struct Lived {
    room: Room,
    log: Vec<Recorded>,
    alarm: Alarm,
    day: Day,
    bug: Bug,
}

impl Lived {
    fn new(place: Place, bug: Bug, now: i64) -> Self {
        let mut opened = opened(place);
        if bug == Bug::ClockIsNotChanged && place.zone == "Europe/Berlin" {
            opened.zone = if place.wall(now) - now == 3_600 { "Etc/GMT-1" } else { "Etc/GMT-2" }.to_owned();
        }
        let room = Room::open(opened.clone());
        let event = Event::Opened(Box::new(opened));
        let first = Recorded { seq: 1, occurred_at: at(now), recorded_at: at(now), actor: "login".to_owned(), event };
        Self { alarm: alarm(&room, now), day: Day::of(&room, place), room, log: vec![first], bug }
    }

    fn take(&mut self, event: Event, occurred_at: Timestamp, actor: &str, now: i64) {
        let event = match (self.bug, event) {
            (Bug::MissedIsForgotten, Event::RoundsMissed(_)) => Event::KeptAwake { held: true, why: String::new() },
            (Bug::RehearsalIsTrue, Event::RehearsalBegan(began)) => {
                Event::RollbackBegan { criterion: None, reason: "rehearsed before the day".to_owned(), way: began.way }
            }
            (Bug::StoodDownIsBack, Event::StoodDown { .. }) => Event::RolledBack,
            (_, event) => event,
        };
        let (seq, actor) = (self.room.last() + 1, actor.to_owned());
        let recorded = Recorded { seq, occurred_at, recorded_at: at(now), actor, event };
        self.room.apply(&recorded);
        let is_pass = |one: &&Recorded| matches!(one.event, Event::GatePassed { .. } | Event::GateOverridden { .. });
        if self.bug == Bug::PassIsKept
            && matches!(recorded.event, Event::AttemptBegan(_))
            && let Some(pass) = self.log.iter().rfind(is_pass)
        {
            self.room.apply(&Recorded { seq, ..pass.clone() });
        }
        if let (Bug::CutIsForAll, Event::ScheduleChanged(changed)) = (self.bug, &recorded.event)
            && let room::Change::Hold { gate, to_s, .. } = &changed.change
            && let Some(next) = self.room.plan().gates.iter().rfind(|next| next.item != *gate)
        {
            let change = room::Change::Hold { gate: next.item.clone(), from_s: next.hold_s.unwrap_or(0), to_s: *to_s };
            let changed = room::ScheduleChanged { change, ..changed.as_ref().clone() };
            self.room.apply(&Recorded { event: Event::ScheduleChanged(Box::new(changed)), ..recorded.clone() });
        }
        if let (Bug::CorrectedIsTakenBack, Event::Corrected(corrected)) = (self.bug, &recorded.event) {
            let event = Event::Undone { event: corrected.event };
            self.room.apply(&Recorded { event, ..recorded.clone() });
        }
        self.log.push(recorded);
    }

    /// Whoever reads the log, from its stored words and all at once.
    fn folded(&self) -> Room {
        let mut log = self.log.clone();
        for recorded in &mut log {
            let stored = serde_json::to_string(&recorded.event).expect("an event can be written");
            recorded.event = serde_json::from_str(&stored).expect("what was written can be read");
        }
        Room::fold(&log).expect("the log begins with the opening")
    }

    /// Somebody looks: what is told of rounds.
    fn look(&mut self, is_restart: bool, now: i64) -> MissedSeen {
        if is_restart {
            self.room = self.folded();
            if let Some(stored) = stored(&self.room) {
                // From here on everything follows from what was stored, and must be what follows from the log.
                self.room = stored;
            }
            self.alarm = alarm(&self.room, now);
        }
        let mut told = MissedSeen::default();
        if let Some(event) = self.alarm.missed_rounds(&self.room, at(now)) {
            if let Event::RoundsMissed(missed) = &event {
                for run in &missed.runs {
                    let tables = self.room.timetables();
                    let table = tables.iter().find(|table| table.key == run.routine).expect("it repeats");
                    let from = table.at(run.from).expect("a round").number;
                    let count = i64::try_from(run.count).expect("few");
                    let dues = (from..from + count).map(|number| table.nth(number).expect("a round").due);
                    told.missed.extend(dues.map(|due| (table.index, due.as_second())));
                }
            }
            self.take(event, at(now), FINDER, now);
        }
        told.missed.sort_unstable();
        if let Some(notice) = self.alarm.rounds_due(&self.room, at(now)) {
            let missed = notice.body.lines().filter(|line| line.contains(" missed")).count();
            let words = notice.title.replace("Round due; ", "").replace(" rounds due", "");
            let words = words.rsplit("; ").next().and_then(|words| words.split(' ').next()).unwrap_or_default();
            let many = if missed == 0 { 0 } else { words.parse().expect("how many were missed") };
            told.notice = Some((notice.body.lines().count() - missed, many));
            let (key, title) = (notice.key, notice.title);
            let event = Event::Notified { key, title, outcome: NotifyOutcome::Shown, words: String::new() };
            self.take(event, at(now), FINDER, now);
        }
        told
    }
}

/// The room as it comes back from its bytes, which must be all of it, and the same bytes again; `None` where it has none.
fn stored(room: &Room) -> Option<Room> {
    let bytes = room.to_bytes()?;
    let stored = Room::of_bytes(&bytes).expect("what was put can be read");
    assert!(stored == *room, "{stored:#?}\nis not\n{room:#?}");
    assert_eq!(stored.to_bytes(), Some(bytes), "the same state has the same bytes");
    Some(stored)
}

/// The real room and the reference accept the same asks, and say the same after each; and whoever reads the log
/// afterwards, or in the middle of the day, sees the same room.
fn live((place, first_s, steps): &(usize, i64, Vec<Step>), bug: Bug, tally: &mut Tally) -> Result<(), TestCaseError> {
    let place = PLACES[*place];
    let mut now = place.instant(place.start) + first_s;
    let mut reference = Reference::new(place);
    let mut lived = Lived::new(place, bug, now);
    same(&seen(&lived.room, &lived.day, now), &reference.seen(now), "at first")?;
    for Step { wait_s, is_restart, ask, sight } in steps {
        now += wait_s;
        let told = lived.look(*is_restart, now);
        let what =
            [(*is_restart, "restarted"), (!told.missed.is_empty(), "told-missed"), (told.notice.is_some(), "told-due")];
        for (_, what) in what.into_iter().filter(|(is_so, _)| *is_so) {
            *tally.entry(what.to_owned()).or_default() += 1;
        }
        prop_assert_eq!(told, reference.look(*is_restart, now), "told of rounds at {}", now);
        // A round is meant by how far it is from the one that is due.
        let ask = match ask.clone() {
            Ask::TickRound(routine, count, check, said) => {
                Ask::TickRound(routine, reference.round_from(routine, count, now), check, said)
            }
            Ask::UntickRound(routine, count, check) => {
                Ask::UntickRound(routine, reference.round_from(routine, count, now), check)
            }
            ask => ask,
        };
        let ids = Ids(&lived.room, &lived.day);
        let decision = match &ask {
            Ask::Finds(found) => Ok((ids.event(found, now), at(now))),
            _ => decide(&lived.room, &ids.intent(&ask, now), &ids.sight(sight), at(now)),
        };
        let decision = match (bug, decision, &ask) {
            (Bug::OpenBelowIsTicked, Err(Refusal::OpenBelow { .. }), Ask::State { check, .. }) => {
                let (item, answer, values) = (ids.check(*check), None, Vec::new());
                Ok((Event::Stated { item, saw: None, answer, values }, at(now)))
            }
            (_, decision, _) => decision,
        };
        prop_assert_eq!(
            decision.is_ok(),
            reference.ask(&ask, sight, now),
            "{:?} {:?} at {}: {:?}",
            &ask,
            sight,
            now,
            decision
        );
        let accepted = decision.is_ok().then_some(&ask);
        if let Ok((event, occurred_at)) = decision {
            let actor = if matches!(ask, Ask::Finds(_)) { FINDER } else { lived.room.actor().unwrap_or("login") };
            let actor = actor.to_owned();
            lived.take(event, occurred_at, &actor, now);
        }
        let seen = seen(&lived.room, &lived.day, now);
        same(&seen, &reference.seen(now), &format!("after {ask:?} at {now}"))?;
        count(tally, accepted, &seen);
    }
    same(&seen(&lived.folded(), &lived.day, now), &seen(&lived.room, &lived.day, now), "when it is read")?;
    if stored(&lived.room).is_some() {
        *tally.entry("stored".to_owned()).or_default() += 1;
    }
    Ok(())
}

/// What the room and the reference say differently, and nothing else.
fn same(room: &Seen, reference: &Seen, when: &str) -> Result<(), TestCaseError> {
    if room == reference {
        return Ok(());
    }
    let (room, reference) = (format!("{room:#?}"), format!("{reference:#?}"));
    let lines = |text: &str| text.lines().map(str::trim).map(str::to_owned).collect::<Vec<_>>();
    let (room, reference) = (lines(&room), lines(&reference));
    let begins = room.iter().zip(&reference).take_while(|(one, other)| one == other).count();
    let ends = room.iter().rev().zip(reference.iter().rev()).take_while(|(one, other)| one == other).count();
    let part =
        |lines: &[String]| lines[begins.saturating_sub(8)..(lines.len() - ends).max(begins).min(begins + 60)].join(" ");
    Err(TestCaseError::fail(format!("{when}\nthe room: {}\nthe reference: {}", part(&room), part(&reference))))
}

/// One day, by its seed. What is wrong is told of the shortest day on which it is.
fn day(seed: u64, bug: Bug) -> Result<Tally, String> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let shrinks = if bug == Bug::None { 2_000 } else { 0 };
    let config =
        ProptestConfig { cases: 1, failure_persistence: None, max_shrink_iters: shrinks, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let tally = RefCell::new(Tally::new());
    match runner.run(&days(), |day| live(&day, bug, &mut tally.borrow_mut())) {
        Ok(()) => Ok(tally.into_inner()),
        Err(TestError::Fail(why, (place, first_s, steps))) => {
            let steps: Vec<String> = steps.iter().map(|step| format!("{step:?}")).collect();
            Err(format!("seed {seed}: {why}\n{:?}, {first_s}:\n{}", PLACES[place], steps.join("\n")))
        }
        Err(TestError::Abort(why)) => Err(format!("seed {seed}: {why}")),
    }
}

#[test]
fn a_room_is_what_was_accepted_in_it() {
    if let Some(seed) = std::env::var("WAR_ROOM_SEED").ok().and_then(|seed| seed.parse().ok()) {
        eprintln!("{:?}", day(seed, Bug::None).unwrap_or_else(|why| panic!("{why}")));
        return;
    }
    let days = if is_long() { DAYS_LONG } else { DAYS };
    let progress = Progress::of("days in a room", days);
    let mut all = Tally::new();
    for seed in SEED..SEED + days {
        for (what, times) in day(seed, Bug::None).unwrap_or_else(|why| panic!("{why}")) {
            *all.entry(what).or_default() += times;
        }
        progress.step();
    }
    eprintln!("{days} days from seed {SEED}: {all:?}");
    let untried: Vec<&str> = TRIED.split_whitespace().filter(|what| !all.contains_key(*what)).collect();
    assert!(untried.is_empty(), "each must have come: {untried:?}");
}

#[test]
fn a_planted_bug_of_the_room_is_caught() {
    let bugs = [
        Bug::MissedIsForgotten,
        Bug::PassIsKept,
        Bug::OpenBelowIsTicked,
        Bug::ClockIsNotChanged,
        Bug::RehearsalIsTrue,
        Bug::CutIsForAll,
        Bug::StoodDownIsBack,
        Bug::CorrectedIsTakenBack,
    ];
    for bug in bugs {
        let caught = (SEED..SEED + DAYS).find(|seed| day(*seed, bug).is_err());
        let caught = caught.unwrap_or_else(|| panic!("{bug:?} was not caught in {DAYS} days"));
        eprintln!("{bug:?} is caught on day {} of {DAYS}", caught - SEED + 1);
    }
}

#[test]
fn the_facts_of_the_day_are_what_the_plan_reads() {
    let room = Room::open(opened(PLACES[0]));
    let day = Day::of(&room, PLACES[0]);
    let texts: Vec<&str> = room.plan().items.iter().map(|item| item.text.as_str()).collect();
    assert_eq!(texts, CHECKS.iter().map(|check| check.text).collect::<Vec<_>>());
    let phases: Vec<&str> = room.plan().phases.iter().map(|phase| phase.title.as_str()).collect();
    assert_eq!(phases, PHASES);
    for (at, check) in CHECKS.iter().enumerate() {
        let id = Ids(&room, &day).check(at);
        let phase = room.plan().phases.iter().position(|phase| phase.items.contains(&id));
        assert_eq!(phase, check.phase, "{}", check.text);
    }
    let gates = room.plan().gates.iter().map(|gate| (gate.item.clone(), gate.conditions.clone(), gate.hold_s));
    let ids = Ids(&room, &day);
    let facts = GATES.iter().map(|gate| {
        let conditions = gate.conditions.iter().map(|check| ids.check(*check)).collect();
        (ids.check(gate.check), conditions, Some(gate.hold_s))
    });
    assert_eq!(gates.collect::<Vec<_>>(), facts.collect::<Vec<_>>());
    let routines = room.plan().routines.iter();
    let routines = routines.map(|routine| routine.items.clone()).collect::<Vec<_>>();
    let repeating = ROUTINES.iter().map(|(_, checks)| checks.iter().map(|check| ids.check(*check)).collect::<Vec<_>>());
    assert_eq!(routines, repeating.collect::<Vec<_>>());
    let below = |check: usize| CHECKS.iter().enumerate().filter(move |(_, facts)| facts.above == Some(check));
    for (at, check) in CHECKS.iter().enumerate() {
        let children = below(at).map(|(below, _)| ids.check(below)).collect::<Vec<_>>();
        assert_eq!(room.plan().item(&ids.check(at)).expect("a check").children.as_slice(), children, "{}", check.text);
    }
    assert_eq!(room.plan().rollback.success, [33, 34].map(|mark| ids.check(mark)));
    assert_eq!(room.plan().rollback.ways.len(), 2);
    assert!((0..STEPS).all(|step| ids.step(step) != "none") && ids.step(STEPS) == "none");
    let proposals = plan::propose(room.plan(), room.own_config()).proposals;
    let texts = proposals.iter().map(|one| one.text.as_str()).collect::<Vec<_>>();
    assert_eq!((texts, PROPOSALS), (vec![CHECKS[13].text], 1));
}
