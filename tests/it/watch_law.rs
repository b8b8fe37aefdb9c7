//! The watch against a slow and obvious reference (`support/watched.rs`), over random days: readings good, bad, late and
//! missing, acts, silences, sleep, a clock that jumps, a source that is down, kills. And against planted bugs: a law that
//! lets one pass is worth nothing.

mod alarm;
mod clock;
mod later;
mod law;
mod settings;
mod tally;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use room::{
    AlertId, Event, Fault, HoldTurn, Intent, Measure, Memory, Mode, Opened, Person, Reading, Recorded, Room, Sample,
    Signal, Watch, decide,
};
use tests::long::{Progress, is_long};
use tests::watched::{Absence, Act, Answer, DAY, EVERY_S, GATES, Grave, Happening, METRICS, RULES, Settings, Watched};

use self::alarm::Told;
use self::later::Rounds;
use self::settings::{Mood, mood};
use self::tally::{Count, Tally};
use crate::kill::Chance;

/// Days in a plain run, and where there is time (`cargo xtask test --long`).
const DAYS: u64 = 32;
const DAYS_LONG: u64 = 400;

/// How long a day is, in seconds in which somebody looks.
const SECONDS: u64 = 540;

/// The first day's; each day has the next one. `WAR_ROOM_SEED` tries one day alone.
const SEED: u64 = 0x5eed_0100;

/// 2026-01-21 06:30 UTC, T0 of the day.
const START: i64 = 1_768_977_000;

/// 2 of 3 errors, and so on: what each metric may show. None stands on a bound.
const VALUES: [[f64; 4]; 2] = [[0.001, 0.015, 0.03, 0.12], [0.15, 0.16, 0.3, 0.6]];

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a second of this century")
}

impl Chance {
    fn index(&mut self, limit: usize) -> usize {
        usize::try_from(self.below(limit as u64)).expect("small")
    }

    fn seconds(&mut self, from: i64, to: i64) -> i64 {
        from + i64::try_from(self.below(u64::try_from(to - from).expect("ahead"))).expect("small")
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }
}

/// A bug between the world and the watch, or between the watch and the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bug {
    /// None.
    None,
    /// Who cannot be asked is taken to be well.
    MissingIsGood,
    /// Who cannot be asked is taken to be ill.
    ErrorIsBreach,
    /// A kill costs what stands beside the log.
    MemoryIsLost,
    /// A silence of one alert rests all of them.
    SilenceRestsAll,
    /// What was told once is not told again.
    ToldOnce,
    /// The watch is not told that the clock was set.
    ClockIsNotTold,
    /// Somebody seems to look while the laptop sleeps.
    SleepIsLookedAt,
    /// What was told of missed rounds is not kept.
    MissedIsForgotten,
    /// A gate is held for less than a person said.
    HoldIsCutAgain,
}

/// A room under watch, and the reference beside it.
struct Day {
    seed: u64,
    settings: Settings,
    room: Room,
    watch: Watch,
    reference: Watched,
    log: Vec<Recorded>,
    now: i64,
    /// The latest second that any clock ever showed: what was seen before it was set back was seen.
    furthest: i64,
    sequence: u64,
    /// Where the hold of the current gate was broken last.
    broken: Option<i64>,
    /// The deadline of each rule a moment ago, with the episode it is of.
    deadlines: [Option<(i64, i64)>; RULES.len()],
    told: Told,
    rounds: Rounds,
    bug: Bug,
    tally: Tally,
}

impl Day {
    fn of(seed: u64, chance: &mut Chance, bug: Bug) -> Self {
        let settings = settings::by_chance(chance);
        let text = settings::written(&settings);
        let (_, mistakes) = plan::config::parse(&text);
        assert!(mistakes.iter().all(|mistake| mistake.level == plan::Level::Note), "{mistakes:?}\n{text}");
        let opened = Opened {
            room: "0".repeat(32),
            file: "pay.md".to_owned(),
            path: "/pay.md".to_owned(),
            text: DAY.to_owned(),
            settings: Some(text),
            start: jiff::civil::date(2026, 1, 21).at(6, 30, 0, 0),
            zone: "UTC".to_owned(),
            moved_s: 0,
            zone_data: "none".to_owned(),
            reader: "law".to_owned(),
            drill: None,
        };
        let now = START - 30;
        let room = Room::open(opened.clone());
        let first = Recorded {
            seq: 1,
            occurred_at: at(now),
            recorded_at: at(now),
            actor: "login".to_owned(),
            event: Event::Opened(Box::new(opened)),
        };
        let (watch, events) = Watch::new(&room, Memory::default(), false, at(now));
        assert_eq!(events, []);
        let told = Told::new(&room, &watch, at(now));
        let mut day = Self {
            seed,
            settings,
            room,
            watch,
            reference: Watched::new(settings, START, now),
            log: vec![first],
            now,
            furthest: now,
            sequence: 0,
            broken: None,
            deadlines: [None; RULES.len()],
            told,
            rounds: Rounds::default(),
            bug,
            tally: Tally::default(),
        };
        let mira = Person { initials: "MK".to_owned(), name: "Mira".to_owned(), role: String::new() };
        day.take(vec![Event::PersonNamed(mira), Event::ActorChosen { initials: "MK".to_owned() }], "MK");
        day
    }

    fn here(&self) -> String {
        format!("seed {}, second {} of the day, {:?}", self.seed, self.now - START, self.settings)
    }

    fn rule_id(&self, rule: usize) -> AlertId {
        let found = self.watch.book().rules.iter().find(|known| known.text == RULES[rule].text);
        found.expect("the plan has the rule").id.clone()
    }

    fn item(&self, text: &str) -> plan::ItemId {
        self.room.plan().items.iter().find(|item| item.text == text).expect("the plan has the check").id.clone()
    }

    fn take(&mut self, events: Vec<Event>, actor: &str) {
        for event in events {
            match &event {
                Event::AlertFired(_) => self.tally.count(Count::Fired),
                Event::AlertResolved { .. } => self.tally.count(Count::Resolved),
                Event::DeadlinePassed { .. } => self.tally.count(Count::Overdue),
                Event::SilenceRanOut { .. } => self.tally.count(Count::SpokeAgain),
                Event::SuccessJudged(judged) => self.tally.judged[judged.outcome as usize] += 1,
                Event::HoldTurned { turn: HoldTurn::Broken, .. }
                    if self.settings.restarts || self.reference.goes_back() =>
                {
                    assert_eq!(self.watch.memory().hold().held_ms(), 0, "{}", self.here());
                    self.broken = Some(self.now);
                }
                _ => {}
            }
            self.watch.applied(&event);
            let event = self.planted(event);
            let (seq, now) = (self.room.last() + 1, at(self.now));
            let recorded = Recorded { seq, occurred_at: now, recorded_at: now, actor: actor.to_owned(), event };
            self.room.apply(&recorded);
            self.log.push(recorded);
        }
    }

    fn look(&mut self) {
        let events = self.watch.tick(&self.room, at(self.now));
        // Time alone resolves nothing but what is over with its purpose, and blindness never.
        for event in &events {
            let is_seen = matches!(event, Event::AlertResolved { seen: Some(_), .. });
            assert!(!is_seen, "nothing was heard, and {event:?}: {}", self.here());
        }
        self.take(events, "War Room");
        self.reference.happens(Happening::Looked, self.now);
        self.hold_the_law();
        self.tell();
    }

    fn hear(&mut self, metric: usize, answer: Answer, is_late: bool) {
        let outcome = match answer {
            Answer::Value(value, taken_at, good_until) => Ok(Sample {
                measure: Measure::Number(value),
                at: at(taken_at),
                good_until: at(good_until),
                too_few: None,
            }),
            Answer::TooFew => Ok(Sample {
                measure: Measure::Number(VALUES[metric][0]),
                at: at(self.now),
                good_until: at(self.now + 12),
                too_few: Some((1.0, 20.0)),
            }),
            Answer::Absent => Err(Fault::Empty),
            Answer::Unreachable => Err(Fault::TimedOut { after: Duration::from_secs(3) }),
        };
        let says_something = match answer {
            Answer::Value(..) => true,
            Answer::Absent => self.settings.absence != Absence::Blind,
            Answer::TooFew | Answer::Unreachable => false,
        };
        self.sequence += 1;
        // Long overtaken: but for the first of all it says nothing.
        let sequence = if is_late { 1 } else { self.sequence + 1 };
        let outcome = match (self.bug, outcome) {
            (Bug::MissingIsGood, Err(fault)) if !fault.is_absence() => Ok(self.made_up(VALUES[metric][0])),
            (Bug::ErrorIsBreach, Err(fault)) if !fault.is_absence() => Ok(self.made_up(VALUES[metric][3])),
            (_, outcome) => outcome,
        };
        let signal = Signal::Metric(METRICS[metric].to_owned());
        let is_dropped = is_late && self.watch.signal(&signal).is_some();
        let reading = Reading { signal, sequence, at: at(self.now), outcome };
        let events = self.watch.hear(&self.room, &reading, at(self.now));
        for event in &events {
            let is_seen = matches!(event, Event::AlertResolved { seen: Some(_), .. });
            assert!(!is_seen || (says_something && !is_dropped), "missing never resolves: {event:?}, {}", self.here());
        }
        self.take(events, "War Room");
        if is_dropped {
            self.reference.happens(Happening::Overtaken, self.now);
            return;
        }
        self.reference.happens(Happening::Heard(metric, answer), self.now);
        self.hold_the_law();
        self.tell();
    }

    fn made_up(&self, value: f64) -> Sample {
        let (at, good_until) = (at(self.now), at(self.now + 12));
        Sample { measure: Measure::Number(value), at, good_until, too_few: None }
    }

    fn act(&mut self, intent: &Intent, act: Act) {
        let sight = self.watch.sight(&self.room, at(self.now));
        if let Ok((event, _)) = decide(&self.room, intent, &sight, at(self.now)) {
            if let Event::GatePassed { held_ms, .. } = &event
                && let Some((gate, entered)) = self.reference.current_gate()
            {
                self.tally.count(Count::Passed);
                let covered_s = self.reference.covered_s(gate, (entered, self.furthest), self.now);
                assert!(
                    covered_s >= self.reference.hold_s(gate),
                    "passed on {covered_s} s, {held_ms} ms: {}",
                    self.here()
                );
            }
            self.take(vec![event], "MK");
            self.reference.happens(Happening::Acted(act), self.now);
            if matches!(act, Act::Enter(_) | Act::Leave(_) | Act::Back(_) | Act::Attempt(_)) {
                self.broken = None;
            }
            self.look();
        }
    }

    fn act_by_chance(&mut self, chance: &mut Chance) {
        let gate = self.room.next_gate().map(|gate| gate.text.clone());
        let gate = gate.and_then(|text| GATES.iter().position(|(known, ..)| *known == text)).unwrap_or(0);
        let item = self.item(GATES[gate].0);
        let word = |of: usize| if RULES[of].metric == 0 { "0.3 %" } else { "120 ms" };
        match chance.below(25) {
            0 => self.act(&Intent::State { item: self.item("Started"), saw: None }, Act::Start),
            1 | 2 => self.act(&Intent::EnterGate { gate: item }, Act::Enter(gate)),
            3..=6 => {
                if let Some(text) = GATES[gate].1 {
                    self.act(
                        &Intent::State { item: self.item(text), saw: Some("fine".to_owned()) },
                        Act::Word(gate, None),
                    );
                }
            }
            7..=9 => {
                let of = chance.index(RULES.len());
                if RULES[of].gate == Some(gate) {
                    let item = self.item(RULES[of].text);
                    self.act(&Intent::State { item, saw: Some(word(of).to_owned()) }, Act::Word(gate, Some(of)));
                }
            }
            10..=12 => self.act(&Intent::PassGate { gate: item }, Act::Leave(gate)),
            13 if chance.one_in(8) => {
                self.act(&Intent::OverrideGate { gate: item, reason: "agreed".to_owned() }, Act::Leave(gate));
            }
            14 => {
                let until = self.now + chance.seconds(30, 300);
                let alert = self.rule_id(4);
                let intent = Intent::ExtendDeadline { alert, until: at(until), reason: "it warms up".to_owned() };
                self.act(&intent, Act::Extend(4, until));
            }
            16 | 17 => {
                let rule = chance.index(RULES.len());
                let until = self.now + [chance.seconds(-5, 90), chance.seconds(1, 2_000)][chance.index(2)];
                let (alert, reason) = (self.rule_id(rule), "known".to_owned());
                let intent = Intent::Silence { alert: alert.clone(), until: at(until), reason };
                self.act(&intent, Act::Silence(rule, until));
                if self.reference.silenced(rule) == Some(until) {
                    let demands_the_way_back =
                        RULES[rule].grave == Grave::Critical || self.room.alerts()[&alert].is_overdue;
                    assert!(!demands_the_way_back || until - self.now <= 900, "silenced for long: {}", self.here());
                    self.tally.count(Count::Silenced);
                }
            }
            18 => {
                let rule = chance.index(RULES.len());
                let intent = Intent::LiftSilence { alert: self.rule_id(rule), reason: String::new() };
                self.act(&intent, Act::Lift(rule));
            }
            19.. => self.act_on_the_day(chance, (gate, item)),
            15 if self.room.mode() == Mode::Closed => {
                self.act(&Intent::Reopen { reason: "too early".to_owned() }, Act::Close(false));
            }
            15 if chance.one_in(12) => self.act(&Intent::Close { outcome: "done".to_owned() }, Act::Close(true)),
            _ => {}
        }
    }
}

fn live(seed: u64, bug: Bug) -> Tally {
    let mut chance = Chance(seed);
    let mut day = Day::of(seed, &mut chance, bug);
    let mut moods = [Mood::Good; 2];
    // On some days all goes well until the first criteria of success are judged.
    let calm_for = [0, 0, 0, 330][chance.index(4)];
    for second in 0..SECONDS {
        // Somebody looks each second, or sleeps for longer than a look may take; seldom the clock is set back.
        let step = match chance.below(240) {
            0 => chance.seconds(11, 200),
            1..=5 => chance.seconds(11, 25),
            _ => 1,
        };
        if chance.one_in(60) && day.reference.may_set_clock(day.now) {
            let by = [chance.seconds(-250, -3), chance.seconds(3, 4_000), chance.seconds(3, 60)][chance.index(3)];
            // Before T0 the deployment would not have begun, and before its end the window would be judged again.
            if day.now + by > day.reference.start() + 300
                && day.rounds.live.is_none_or(|live| day.now + by > live + 300)
            {
                // Set forward while the program is down it looks like a longer rest.
                day.set_clock(by, by < 0 && chance.one_in(2));
            }
        }
        if day.bug == Bug::SleepIsLookedAt && step > 10 {
            day.seem_to_look(step);
        }
        day.now += step;
        day.furthest = day.furthest.max(day.now);
        if chance.one_in(150) && second >= calm_for {
            // Nothing that has both its mood: the source that both come from is down.
            moods = [Mood::Silent(Answer::Unreachable); 2];
        }
        for metric in 0..METRICS.len() {
            if chance.one_in(40) && second >= calm_for {
                moods[metric] = mood(&mut chance);
            }
            if !chance.one_in(4) {
                continue;
            }
            let value = match moods[metric] {
                Mood::Good => VALUES[metric][0],
                Mood::Mixed => VALUES[metric][chance.index(4)],
                Mood::Bad(how) => VALUES[metric][how],
                Mood::Silent(answer) => {
                    day.hear(metric, answer, false);
                    continue;
                }
            };
            // Seldom older than the one before, sometimes of the same time.
            let taken_at = day.now - chance.seconds(0, 4);
            let good_until = taken_at + [8, 12, 30, 40][chance.index(4)];
            day.hear(metric, Answer::Value(value, taken_at, good_until), chance.one_in(30));
        }
        if second > 20 && chance.one_in(4) {
            day.act_by_chance(&mut chance);
        }
        day.look();
        if chance.one_in(60) {
            let before = day.watch.verdict(&day.room, at(day.now));
            day.restart(&before);
        }
    }
    day.fold();
    day.tally
}

#[test]
fn a_watch_says_what_was_seen() {
    if let Some(seed) = std::env::var("WAR_ROOM_SEED").ok().and_then(|seed| seed.parse().ok()) {
        eprintln!("{:?}", live(seed, Bug::None));
        return;
    }
    let days = if is_long() { DAYS_LONG } else { DAYS };
    let progress = Progress::of("days watched", days);
    let mut all = Tally::default();
    for seed in SEED..SEED + days {
        let tally = live(seed, Bug::None);
        let add = |sums: &mut [usize], counts: &[usize]| sums.iter_mut().zip(counts).for_each(|(sum, one)| *sum += one);
        add(&mut all.words, &tally.words);
        add(&mut all.judged, &tally.judged);
        add(&mut all.counts, &tally.counts);
        progress.step();
    }
    eprintln!("{days} days from seed {SEED}: {all:?}");
    assert!(
        all.counts.iter().chain(&all.words).chain(&all.judged).all(|count| *count > 0),
        "each must have come: {all:?}"
    );
}

#[test]
fn a_planted_bug_is_caught() {
    let bugs = [
        Bug::MissingIsGood,
        Bug::ErrorIsBreach,
        Bug::MemoryIsLost,
        Bug::SilenceRestsAll,
        Bug::ToldOnce,
        Bug::ClockIsNotTold,
        Bug::SleepIsLookedAt,
        Bug::MissedIsForgotten,
        Bug::HoldIsCutAgain,
    ];
    for bug in bugs {
        // What the law says of it is not what is wrong with this test.
        let caught = (SEED..SEED + DAYS).find(|seed| std::panic::catch_unwind(|| live(*seed, bug)).is_err());
        let caught = caught.unwrap_or_else(|| panic!("{bug:?} was not caught in {DAYS} days"));
        eprintln!("{bug:?} is caught on day {} of {DAYS}", caught - SEED + 1);
    }
}

#[test]
fn the_facts_of_the_watched_day_are_what_the_plan_reads() {
    let mut chance = Chance(SEED);
    let day = Day::of(SEED, &mut chance, Bug::None);
    let rules: Vec<&str> = day.watch.book().rules.iter().map(|rule| rule.text.as_str()).collect();
    assert_eq!(rules, RULES.map(|rule| rule.text));
    let gates: Vec<(&str, Option<i64>)> =
        day.room.plan().gates.iter().map(|gate| (gate.text.as_str(), gate.hold_s.map(u64::cast_signed))).collect();
    assert_eq!(gates, GATES.map(|(text, _, hold_s)| (text, Some(hold_s))));
    assert_eq!(day.room.resolved().start, at(START));
    assert_eq!(
        SignedDuration::from_secs(EVERY_S),
        SignedDuration::try_from(day.watch.book().rules[0].every).expect("short")
    );
}
