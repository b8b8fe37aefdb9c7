//! Given, when, then: what comes of readings and of time.

mod answers;
mod backfill;
mod bound;
mod debounce;
mod follows;
mod gates;
mod interruption;
mod reread;
mod silence;
mod success;

use jiff::{SignedDuration, Timestamp};

use super::{Memory, Watch};
use crate::decide::{Sight, decide};
use crate::event::{Event, Opened, Person, Recorded};
use crate::gate::{ConditionState, HoldTurn};
use crate::intent::Intent;
use crate::reading::{Fault, Measure, Reading, Sample, Signal};
use crate::state::{Room, Standing};
use crate::verdict::VerdictWord;

const TEXT: &str = "# Ship pay (Jan 21, 2026)

## Rollout (6:30 AM)
- [ ] Started
- [ ] **10% traffic**
  - [ ] Pods look well
  - [ ] Hold for 5 minutes
- [ ] **50% traffic**
  - [ ] Error rate <1%
  - [ ] P95 latency <200ms
  - [ ] Hold for 10 minutes

## Rollback
### CRITICAL (roll back now)
- Error rate >10%
### HIGH
- P95 latency >500ms
### MEDIUM
- P95 latency 200-500ms
";

const SETTINGS: &str = "version = 1
[sources.prod]
kind = \"prometheus\"
url = \"http://127.0.0.1:9\"
every = \"5s\"
timeout = \"3s\"
[metrics.error_rate]
source = \"prod\"
query = \"errors\"
unit = \"ratio\"
[metrics.latency_p95]
source = \"prod\"
query = \"latency\"
unit = \"s\"
";

/// A room under watch; time goes on by seconds from T0.
pub(crate) struct Day {
    pub(crate) room: Room,
    pub(crate) watch: Watch,
    pub(crate) now: Timestamp,
    sequence: u64,
    /// The log, without its first event.
    log: Vec<Recorded>,
    /// All that was found, in words short enough to be compared.
    found: Vec<String>,
}

impl Day {
    pub(crate) fn of(settings: &str) -> Self {
        Self::with(TEXT, settings)
    }

    pub(crate) fn with(text: &str, settings: &str) -> Self {
        let opened = Opened {
            room: "0".repeat(32),
            file: "pay.md".to_owned(),
            path: "/pay.md".to_owned(),
            text: text.to_owned(),
            settings: Some(settings.to_owned()),
            start: "2026-01-21T06:30".parse().unwrap(),
            zone: "UTC".to_owned(),
            moved_s: 0,
            zone_data: "2026a".to_owned(),
            reader: "1".to_owned(),
            drill: None,
        };
        let room = Room::open(opened);
        let now = t0();
        let (watch, events) = Watch::new(&room, Memory::default(), false, now);
        assert_eq!(events, []);
        let mut day = Self { room, watch, now, sequence: 0, log: Vec::new(), found: Vec::new() };
        day.act(&Intent::NamePerson(Person {
            initials: "MK".to_owned(),
            name: "Mira".to_owned(),
            role: String::new(),
        }));
        day.act(&Intent::ChooseActor { initials: "MK".to_owned() });
        day
    }

    /// A day on which the deployment has begun.
    pub(crate) fn begun() -> Self {
        let mut day = Self::of(SETTINGS);
        day.state("Started", None);
        day
    }

    /// A day on which the 10 % gate was overridden and the 50 % gate was entered.
    fn at_50() -> Self {
        Self::at_50_with(SETTINGS)
    }

    fn at_50_with(settings: &str) -> Self {
        let mut day = Self::of(settings);
        day.state("Started", None);
        let gate = day.item("10%");
        day.act(&Intent::OverrideGate { gate, reason: "by agreement".to_owned() });
        let gate = day.item("50%");
        day.act(&Intent::EnterGate { gate });
        day.found.clear();
        day
    }

    fn item(&self, text: &str) -> plan::ItemId {
        self.room.plan().items.iter().find(|item| item.text.starts_with(text)).expect(text).id.clone()
    }

    pub(crate) fn state(&mut self, text: &str, saw: Option<&str>) {
        let item = self.item(text);
        self.act(&Intent::State { item, saw: saw.map(str::to_owned) });
    }

    pub(crate) fn act(&mut self, intent: &Intent) {
        assert_eq!(self.try_it(intent), "", "{intent:?}");
    }

    fn try_it(&mut self, intent: &Intent) -> String {
        let sight = self.watch.sight(&self.room, self.now);
        match decide(&self.room, intent, &sight, self.now) {
            Err(refusal) => refusal.to_string(),
            Ok((event, _)) => {
                self.take(event, "MK");
                let events = self.watch.tick(&self.room, self.now);
                self.take_all(events);
                String::new()
            }
        }
    }

    fn take_all(&mut self, events: Vec<Event>) {
        for event in events {
            self.take(event, "War Room");
        }
    }

    pub(crate) fn take(&mut self, event: Event, actor: &str) {
        self.take_of(event, self.now, actor);
    }

    fn take_of(&mut self, event: Event, occurred_at: Timestamp, actor: &str) {
        self.found.extend(short(&self.room, &event));
        self.watch.applied(&event);
        let recorded =
            Recorded { seq: self.room.last() + 1, occurred_at, recorded_at: self.now, actor: actor.to_owned(), event };
        self.room.apply(&recorded);
        self.log.push(recorded);
    }

    /// Time goes on, second by second.
    pub(crate) fn pass(&mut self, seconds: i64) {
        for _ in 0..seconds {
            self.now += SignedDuration::from_secs(1);
            let events = self.watch.tick(&self.room, self.now);
            self.take_all(events);
        }
    }

    /// Nobody looks for so long.
    fn sleep(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
    }

    pub(crate) fn hear(&mut self, metric: &str, outcome: Result<Sample, Fault>) {
        self.hear_of(Signal::Metric(metric.to_owned()), outcome);
    }

    fn hear_of(&mut self, signal: Signal, outcome: Result<Sample, Fault>) {
        self.sequence += 1;
        let reading = Reading { signal, sequence: self.sequence, at: self.now, outcome };
        let events = self.watch.hear(&self.room, &reading, self.now);
        self.take_all(events);
    }

    fn sample(&self, value: f64) -> Sample {
        Sample {
            measure: Measure::Number(value),
            at: self.now,
            good_until: self.now + SignedDuration::from_secs(12),
            too_few: None,
        }
    }

    pub(crate) fn sees(&mut self, metric: &str, value: f64) {
        let sample = self.sample(value);
        self.hear(metric, Ok(sample));
    }

    /// Five seconds with a reading of both at their end.
    pub(crate) fn both(&mut self, errors: f64, latency: f64) {
        self.pass(5);
        self.sees("error_rate", errors);
        self.sees("latency_p95", latency);
    }

    pub(crate) fn both_for(&mut self, seconds: i64, errors: f64, latency: f64) {
        for _ in 0..seconds / 5 {
            self.both(errors, latency);
        }
    }

    fn verdict(&self) -> (VerdictWord, String) {
        let verdict = self.watch.verdict(&self.room, self.now);
        (verdict.word, self.watch.reason(&self.room, &verdict))
    }

    fn word(&self) -> VerdictWord {
        self.verdict().0
    }

    fn held_s(&self) -> u64 {
        self.watch.memory().hold().held_ms() / 1000
    }

    /// Killed and started anew: what was kept beside the log and the log itself are all that is left.
    fn restart(&mut self, keep_memory: bool) {
        let text = serde_json::to_string(self.watch.memory()).unwrap();
        let memory = if keep_memory { serde_json::from_str(&text).unwrap() } else { Memory::default() };
        let (watch, events) = Watch::new(&self.room, memory, false, self.now);
        self.watch = watch;
        self.take_all(events);
    }
}

fn t0() -> Timestamp {
    "2026-01-21T06:30:00Z".parse().unwrap()
}

/// An event in a few words; acts of the test itself are left out.
fn short(room: &Room, event: &Event) -> Option<String> {
    let second = |at: Timestamp| at.duration_since(t0()).as_secs();
    let name = |alert: &crate::AlertId| {
        let found = room.plan().criteria.iter().find(|criterion| criterion.id.as_str() == alert.as_str());
        found.map_or_else(|| alert.to_string(), |criterion| criterion.text.clone())
    };
    let item = |id: &plan::ItemId| room.plan().item(id).map_or_else(String::new, |item| item.text.to_string());
    Some(match event {
        Event::AlertFired(fired) => format!("fired {} since {}", name(&fired.alert), second(fired.since)),
        Event::AlertResolved { alert, .. } => format!("resolved {}", name(alert)),
        Event::DeadlinePassed { alert } => format!("overdue {}", name(alert)),
        Event::Blinded { names, since, why } => format!("blind {} since {}: {why}", names.join(","), second(*since)),
        Event::SeenAgain { .. } => "seen again".to_owned(),
        Event::NotLooked { from, to } => format!("not looked {}-{}", second(*from), second(*to)),
        Event::Slept { from, to } => format!("slept {}-{}", second(*from), second(*to)),
        Event::Stalled { from, to } => format!("stalled {}-{}", second(*from), second(*to)),
        Event::ClockJumped { by_ms } => format!("clock jumped by {by_ms} ms"),
        Event::StretchFetched(stretch) => {
            let unseen = stretch.unseen.iter().map(|one| format!(", not {}: {}", one.metric, one.why));
            let fetched = stretch.fetched.join(", ");
            format!("fetched {}-{} {fetched}{}", second(stretch.from), second(stretch.to), unseen.collect::<String>())
        }
        Event::Observed { item: id, seen } => format!("observed {}: {}", item(id), seen.words),
        Event::ObservationLost { item: id, why, .. } => format!("lost {}: {why}", item(id)),
        Event::HoldTurned { turn, held_ms, .. } => format!("hold {turn:?} {}", held_ms / 1000),
        Event::VerdictTurned { word, .. } => format!("verdict {word}"),
        Event::SilenceRanOut { alert, .. } => format!("silence over {}", name(alert)),
        Event::SuccessJudged(judged) => format!(
            "judged {}: {:?}, breached {} s, unseen {} s",
            judged.text,
            judged.outcome,
            judged.breached_ms / 1000,
            judged.unseen_ms / 1000
        ),
        _ => return None,
    })
}

#[test]
fn one_bad_sample_among_three_stays_quiet_and_two_fire() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.15);
    assert_eq!(day.word(), VerdictWord::Go);
    day.found.clear();
    day.both(0.001, 0.612);
    day.both(0.001, 0.15);
    day.both(0.001, 0.15);
    assert_eq!(day.found, Vec::<String>::new());
    day.both(0.001, 0.612);
    day.both(0.001, 0.15);
    day.both(0.001, 0.612);
    assert_eq!(day.found, ["fired P95 latency >500ms since 35", "verdict HOLD"]);
    let (word, reason) = day.verdict();
    assert_eq!((word, reason.as_str()), (VerdictWord::Hold, "P95 latency 612 ms, > 500 ms"));
}

#[test]
fn a_sample_of_the_same_time_is_no_new_sample() {
    let mut day = Day::begun();
    day.both(0.001, 0.15);
    day.both(0.001, 0.612);
    let sample = Sample { at: day.now, ..day.sample(0.612) };
    for _ in 0..5 {
        day.pass(2);
        day.sees("error_rate", 0.001);
        day.hear("latency_p95", Ok(sample.clone()));
    }
    assert!(!day.found.iter().any(|found| found.starts_with("fired")), "{:?}", day.found);
}

#[test]
fn a_ratio_is_held_against_percent_in_one_unit() {
    // 0.004 as a ratio is 0.4 %, a breach of < 0.1 %; as a bare number it would pass.
    let mut day = Day::at_50();
    day.both_for(15, 0.02, 0.15);
    assert!(day.found.contains(&"fired Error rate <1% since 5".to_owned()), "{:?}", day.found);
    let mut day = Day::at_50();
    day.both_for(15, 0.004, 0.15);
    assert!(day.found.contains(&"observed Error rate <1%: 0.4 %".to_owned()), "{:?}", day.found);
}

#[test]
fn a_critical_breach_means_the_way_back_once_the_deployment_has_begun() {
    let mut day = Day::of(SETTINGS);
    day.both_for(15, 0.12, 0.15);
    let (word, reason) = day.verdict();
    assert_eq!((word, reason.as_str()), (VerdictWord::Hold, "do not start: Error rate 12 %, > 10 %"));
    day.state("Started", None);
    let (word, reason) = day.verdict();
    assert_eq!((word, reason.as_str()), (VerdictWord::RollBack, "Error rate 12 %, > 10 %"));
    day.both_for(15, 0.001, 0.15);
    assert_eq!(day.word(), VerdictWord::Go);
    day.both_for(10, 0.13, 0.15);
    assert_eq!(day.word(), VerdictWord::RollBack, "a second episode fires as the first did");
}

#[test]
fn a_high_that_flaps_at_minute_29_still_ends_at_30() {
    let mut day = Day::begun();
    day.both(0.001, 0.15);
    day.both_for(29 * 60, 0.001, 0.612);
    assert_eq!(day.word(), VerdictWord::Hold);
    day.both_for(15, 0.001, 0.15);
    assert!(day.found.contains(&"resolved P95 latency >500ms".to_owned()), "{:?}", day.found);
    day.both_for(15, 0.001, 0.612);
    assert_eq!(day.word(), VerdictWord::Hold);
    // The first breaching sample was at second 10: its thirty minutes are over at 1810.
    while day.now.duration_since(t0()).as_secs() < 1805 {
        day.both(0.001, 0.612);
    }
    assert_eq!(day.word(), VerdictWord::Hold);
    day.pass(5);
    assert_eq!(day.word(), VerdictWord::RollBack);
    assert!(day.found.contains(&"overdue P95 latency >500ms".to_owned()), "{:?}", day.found);
}

#[test]
fn a_breach_after_more_than_ten_minutes_has_a_deadline_of_its_own() {
    let mut day = Day::begun();
    day.both_for(10, 0.001, 0.612);
    day.both_for(11 * 60, 0.001, 0.15);
    let from = day.now;
    day.both_for(10, 0.001, 0.612);
    let verdict = day.watch.verdict(&day.room, day.now);
    let (_, deadline) = verdict.deadline.expect("a deadline");
    assert_eq!(deadline.duration_since(from).as_secs(), 5 + 30 * 60);
}

#[test]
fn the_time_to_mend_is_of_the_settings_then_of_the_text_then_our_default() {
    let of_text = TEXT.replace("### HIGH\n", "### HIGH (roll back if not resolved in 15 min)\n");
    let of_settings = format!("{SETTINGS}[alerts]\nhigh_deadline = \"7m\"\n");
    for (text, settings, minutes) in
        [(&of_text, SETTINGS, 15), (&of_text, of_settings.as_str(), 7), (&TEXT.to_owned(), SETTINGS, 30)]
    {
        let mut day = Day::with(text, settings);
        day.state("Started", None);
        let from = day.now;
        day.both_for(10, 0.001, 0.612);
        let (_, deadline) = day.watch.verdict(&day.room, day.now).deadline.expect("a deadline");
        assert_eq!(deadline.duration_since(from).as_secs(), 5 + minutes * 60);
        // Blindness is as grave as the gravest that it hides: it has the shortest time that the text gives.
        let mut day = Day::with(text, settings);
        day.state("Started", None);
        day.pass(6 * 60);
        let blind =
            day.watch.memory().blind().and_then(|blind| Some((blind.deadline()?, blind.tolerated_until(&day.room))));
        let (deadline, from) = blind.expect("blind for longer than is tolerated");
        assert_eq!(deadline.duration_since(from).as_secs(), minutes * 60);
    }
}

#[test]
fn a_deadline_runs_on_through_missing_data_and_restart_and_sleep() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.612);
    day.pass(60);
    assert_eq!(day.word(), VerdictWord::Blind, "blind is stronger than hold");
    assert!(day.watch.verdict(&day.room, day.now).deadline.is_some(), "and the deadline shows beside it");
    day.restart(true);
    day.sleep(30 * 60);
    day.pass(1);
    assert_eq!(day.word(), VerdictWord::RollBack);
    // Even where nothing was kept beside the log, the log knows what fires and until when.
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.612);
    day.restart(false);
    day.sleep(30 * 60);
    day.pass(1);
    assert_eq!(day.word(), VerdictWord::RollBack);
}

#[test]
fn after_a_restart_without_memory_an_overdue_blindness_is_not_overdue_again() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.15);
    day.pass(36 * 60);
    assert_eq!(day.found.iter().filter(|found| found.starts_with("overdue")).count(), 1, "{:?}", day.found);
    day.restart(false);
    day.found.clear();
    day.pass(2);
    assert!(!day.found.iter().any(|found| found.starts_with("overdue")), "{:?}", day.found);
}

#[test]
fn servers_are_told_apart_by_name_and_by_address() {
    let urls = ["https://api.example:8443/health", "http://[2001:db8::1]:9090", "http://[2001:db8::2]/-/ready?x=1"];
    assert_eq!(urls.map(super::host), ["api.example", "2001:db8::1", "2001:db8::2"]);
}

#[test]
fn an_extension_takes_a_name_a_reason_and_a_later_time() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.612);
    let alert = day.watch.verdict(&day.room, day.now).deadline.unwrap().0;
    let extend = |until: Timestamp, reason: &str| Intent::ExtendDeadline {
        alert: alert.clone(),
        until,
        reason: reason.to_owned(),
    };
    let later = t0() + SignedDuration::from_mins(45);
    assert_eq!(day.try_it(&extend(later, " ")), "Say why first.");
    let sooner = t0() + SignedDuration::from_mins(20);
    let sentence = "A deadline is moved to a time that is later than it is now, and ahead.";
    assert_eq!(day.try_it(&extend(sooner, "cache warms")), sentence);
    day.act(&extend(later, "cache warms"));
    day.both_for(31 * 60, 0.001, 0.612);
    assert_eq!(day.word(), VerdictWord::Hold);
    day.both_for(15 * 60, 0.001, 0.612);
    assert_eq!(day.word(), VerdictWord::RollBack);
}

#[test]
fn no_data_is_blind_and_after_five_minutes_high() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.15);
    assert_eq!(day.word(), VerdictWord::Go);
    day.found.clear();
    for _ in 0..3 {
        day.pass(5);
        day.hear("error_rate", Err(Fault::TimedOut { after: std::time::Duration::from_secs(3) }));
        day.hear("latency_p95", Err(Fault::TimedOut { after: std::time::Duration::from_secs(3) }));
    }
    assert_eq!(day.found, ["blind Error rate,P95 latency since 15: no reply in 3 s", "verdict BLIND"]);
    day.pass(5 * 60 - 15);
    assert!(day.found.contains(&"fired blind since 15".to_owned()), "{:?}", day.found);
    let deadline = day.watch.verdict(&day.room, day.now).deadline.expect("HIGH has a deadline").1;
    assert_eq!(deadline.duration_since(t0()).as_secs(), 15 + 35 * 60);
    day.pass(30 * 60);
    assert_eq!(day.word(), VerdictWord::RollBack);
    day.both(0.001, 0.15);
    assert_eq!(day.word(), VerdictWord::Go);
    assert!(day.found.contains(&"seen again".to_owned()) && day.found.contains(&"resolved blind".to_owned()));
}

#[test]
fn missing_data_never_resolves() {
    let mut day = Day::begun();
    day.both_for(15, 0.12, 0.15);
    assert_eq!(day.word(), VerdictWord::RollBack);
    for _ in 0..20 {
        day.pass(5);
        day.hear("error_rate", Err(Fault::Empty));
        day.sees("latency_p95", 0.15);
    }
    assert_eq!(day.word(), VerdictWord::RollBack);
    assert!(!day.found.iter().any(|found| found.starts_with("resolved")));
}

#[test]
fn before_the_first_answers_nothing_is_said_and_nothing_is_go() {
    let mut day = Day::begun();
    day.pass(3);
    assert_eq!(day.word(), VerdictWord::NotWatched);
    assert_eq!(day.verdict().1, "the first answers are waited for");
    assert_eq!(day.found, Vec::<String>::new());
    day.pass(10);
    assert_eq!(day.word(), VerdictWord::Blind);
}

#[test]
fn too_few_samples_prove_nothing() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.15);
    for _ in 0..4 {
        day.pass(5);
        let sample = Sample { too_few: Some((3.0, 20.0)), ..day.sample(0.5) };
        day.hear("error_rate", Ok(sample));
        day.sees("latency_p95", 0.15);
    }
    assert_eq!(day.word(), VerdictWord::Blind);
    let last = day.found.iter().rev().find(|found| found.starts_with("blind")).unwrap();
    assert!(last.ends_with("too few samples: made from 3, and it takes 20"), "{last}");
}

#[test]
fn what_no_data_means_is_chosen_for_each() {
    let zero = SETTINGS.replace("query = \"errors\"\n", "query = \"errors\"\nno_data = \"zero\"\n");
    let mut day = Day::of(&zero);
    day.state("Started", None);
    for _ in 0..4 {
        day.pass(5);
        day.hear("error_rate", Err(Fault::Empty));
        day.sees("latency_p95", 0.15);
    }
    assert_eq!(day.word(), VerdictWord::Go);
    let breach = SETTINGS.replace("query = \"errors\"\n", "query = \"errors\"\nno_data = \"breach\"\n");
    let mut day = Day::of(&breach);
    day.state("Started", None);
    for _ in 0..4 {
        day.pass(5);
        day.hear("error_rate", Err(Fault::NotANumber));
        day.sees("latency_p95", 0.15);
    }
    assert_eq!(day.word(), VerdictWord::RollBack);
    // Only where the source says that there is nothing: a time-out is not an answer.
    for _ in 0..4 {
        day.pass(5);
        day.hear("error_rate", Err(Fault::Refused));
        day.sees("latency_p95", 0.15);
    }
    assert_eq!(day.word(), VerdictWord::RollBack, "missing never resolves");
}

#[test]
fn a_hold_runs_over_seen_time_and_its_end_is_no_pass() {
    let mut day = Day::at_50();
    day.both_for(600, 0.001, 0.15);
    assert_eq!(day.held_s(), 595, "from the first sample to the last");
    let gate = day.item("50%");
    let sentence = "Held for 09:55 so far: wait for the hold to end, or override the gate with a reason.";
    assert_eq!(day.try_it(&Intent::PassGate { gate: gate.clone() }), sentence);
    day.both(0.001, 0.15);
    assert!(day.found.contains(&"hold Held 600".to_owned()), "{:?}", day.found);
    assert!(day.room.gate(&gate).unwrap().passed.is_none());
    day.act(&Intent::PassGate { gate: gate.clone() });
    let passed = day.room.gate(&gate).unwrap().passed.clone().unwrap();
    assert_eq!((passed.held_ms, passed.on_word, passed.overridden), (600_000, false, None));
    assert_eq!(day.room.standing(&gate), &Standing::Stated { saw: None });
}

#[test]
fn a_hold_at_9_50_that_loses_data_and_then_breaches_starts_again() {
    let mut day = Day::at_50();
    day.both_for(595, 0.001, 0.15);
    assert_eq!(day.held_s(), 590);
    day.found.clear();
    day.pass(60);
    assert_eq!(day.held_s(), 590, "what is not seen does not count");
    assert!(day.found.contains(&"hold Paused 590".to_owned()), "{:?}", day.found);
    let gate = day.item("50%");
    assert!(day.try_it(&Intent::PassGate { gate: gate.clone() }).starts_with("Not met now: "));
    day.both_for(15, 0.02, 0.15);
    assert!(day.found.contains(&"hold Broken 590".to_owned()), "{:?}", day.found);
    assert_eq!(day.held_s(), 0);
    day.both_for(30, 0.001, 0.15);
    assert!(day.found.contains(&"hold Started 0".to_owned()), "{:?}", day.found);
    assert!(day.held_s() < 30);
    assert!(day.try_it(&Intent::PassGate { gate }).starts_with("Held for 00:"));
}

#[test]
fn a_hold_that_resumes_goes_on_where_it_was() {
    let settings = format!("{SETTINGS}[gates]\non_breach = \"resume\"\n");
    let mut day = Day::at_50_with(&settings);
    day.both_for(205, 0.001, 0.15);
    assert_eq!(day.held_s(), 200);
    day.both_for(30, 0.02, 0.15);
    assert_eq!(day.held_s(), 200);
    day.both_for(30, 0.001, 0.15);
    assert!(day.held_s() >= 200 && day.held_s() < 230, "{}", day.held_s());
    assert!(day.found.iter().any(|found| found.starts_with("hold WentOn 200")), "{:?}", day.found);
}

#[test]
fn one_bad_sample_pauses_the_hold_and_breaks_it_not() {
    let mut day = Day::at_50();
    day.both_for(105, 0.001, 0.15);
    day.found.clear();
    day.both(0.02, 0.15);
    day.both_for(20, 0.001, 0.15);
    assert!(day.found.contains(&"hold Paused 100".to_owned()), "{:?}", day.found);
    assert!(day.found.contains(&"hold WentOn 100".to_owned()), "{:?}", day.found);
    assert!(!day.found.iter().any(|found| found.starts_with("fired")));
}

#[test]
fn sleep_is_unseen_time() {
    let mut day = Day::at_50();
    day.both_for(105, 0.001, 0.15);
    day.found.clear();
    day.sleep(1200);
    day.sees("error_rate", 0.001);
    day.sees("latency_p95", 0.15);
    day.pass(1);
    assert!(day.held_s() <= 105, "{}", day.held_s());
    assert!(day.found.contains(&"not looked 105-1306".to_owned()), "{:?}", day.found);
}

#[test]
fn sleep_is_not_held_even_where_the_samples_before_it_would_have_lasted() {
    let mut day = Day::at_50();
    let sees_for_a_minute = |day: &mut Day| {
        for (metric, value) in [("error_rate", 0.001), ("latency_p95", 0.15)] {
            let good_until = day.now + SignedDuration::from_mins(1);
            let sample = Sample { good_until, ..day.sample(value) };
            day.hear(metric, Ok(sample));
        }
    };
    for _ in 0..2 {
        day.pass(5);
        sees_for_a_minute(&mut day);
    }
    assert_eq!(day.held_s(), 5);
    day.sleep(30);
    day.pass(5);
    sees_for_a_minute(&mut day);
    assert_eq!(day.held_s(), 5 + 4, "from the first look after the sleep");
}

#[test]
fn a_longer_deadline_is_taken_up_by_the_episode_that_follows() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.612);
    let alert = day.watch.verdict(&day.room, day.now).deadline.expect("a HIGH has a deadline").0;
    let until = t0() + SignedDuration::from_mins(45);
    day.act(&Intent::ExtendDeadline { alert, until, reason: "cache warms".to_owned() });
    day.both_for(15, 0.001, 0.15);
    day.both_for(15, 0.001, 0.612);
    assert_eq!(day.watch.verdict(&day.room, day.now).deadline.expect("it burns again").1, until);
}

#[test]
fn what_was_not_seen_was_not_good() {
    let settings = SETTINGS.replace("query = \"latency\"\n", "query = \"latency\"\nfire = \"10s\"\nclear = \"1m\"\n");
    let mut day = Day::of(&settings);
    day.state("Started", None);
    day.both_for(30, 0.001, 0.612);
    day.both(0.001, 0.15);
    day.pass(120);
    day.both_for(60, 0.001, 0.15);
    assert_eq!(day.word(), VerdictWord::Hold, "one good sample, two minutes unseen, and 55 s of good ones");
    day.both(0.001, 0.15);
    assert_eq!(day.word(), VerdictWord::Go);
}

#[test]
fn an_alert_that_was_judged_in_another_unit_is_over() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.612);
    assert!(day.found.contains(&"fired P95 latency >500ms since 5".to_owned()), "{:?}", day.found);
    day.act(&Intent::ConfirmUnit { metric: "latency_p95".to_owned(), unit: plan::Unit::Ms });
    assert!(day.found.contains(&"resolved P95 latency >500ms".to_owned()), "{:?}", day.found);
    assert!(day.room.alerts().values().all(|alert| !alert.is_firing()));
}

#[test]
fn a_kill_loses_no_hold_and_counts_none() {
    let mut day = Day::at_50();
    day.both_for(105, 0.001, 0.15);
    day.restart(true);
    day.sleep(300);
    day.pass(2);
    day.both_for(15, 0.001, 0.15);
    assert!((100..=115).contains(&day.held_s()), "{}", day.held_s());
}

#[test]
fn an_observed_check_is_unticked_when_the_world_changes() {
    let mut day = Day::at_50();
    day.both(0.001, 0.15);
    let error_rate = day.item("Error rate");
    assert!(matches!(day.room.standing(&error_rate), Standing::Observed { .. }));
    day.both(0.02, 0.15);
    assert!(matches!(day.room.standing(&error_rate), Standing::Lost { seen: Some(_), .. }));
    assert!(day.found.contains(&"lost Error rate <1%: 2 % does not meet “Error rate <1%”".to_owned()));
    let item = error_rate.clone();
    let refusal = day.try_it(&Intent::State { item, saw: Some("0.4 %".to_owned()) });
    assert_eq!(refusal, "It is observed, and not met: 2 %. Override it with a reason; it cannot be ticked as done.");
    day.both_for(15, 0.001, 0.15);
    assert!(matches!(day.room.standing(&error_rate), Standing::Observed { .. }));
    day.pass(20);
    assert!(matches!(day.room.standing(&error_rate), Standing::Lost { seen: None, .. }));
}

#[test]
fn a_value_by_hand_stands_in_for_what_is_not_seen_and_runs_out() {
    let mut day = Day::at_50();
    day.both_for(65, 0.001, 0.15);
    day.pass(20);
    assert_eq!(day.word(), VerdictWord::Blind);
    day.state("Error rate", Some("0.3 %"));
    day.state("P95 latency", Some("150 ms"));
    day.pass(30);
    let gate = day.room.current_gate().unwrap().clone();
    let states: Vec<_> = day.watch.conditions(&day.room, &gate, day.now).iter().map(|one| one.read.state).collect();
    assert_eq!(states, [ConditionState::OnWord, ConditionState::OnWord]);
    assert_eq!(day.held_s(), 60 + 30);
    assert!(day.watch.memory().hold().on_word());
    day.pass(5 * 60);
    let states: Vec<_> = day.watch.conditions(&day.room, &gate, day.now).iter().map(|one| one.read.state).collect();
    assert_eq!(states, [ConditionState::WordRanOut, ConditionState::WordRanOut]);
    assert_eq!(day.watch.memory().hold().turn(), Some(HoldTurn::Paused));
}

#[test]
fn a_gate_on_word_is_entered_by_its_word_and_marked() {
    let mut day = Day::begun();
    let gate = day.item("10%");
    assert!(day.try_it(&Intent::PassGate { gate: gate.clone() }).starts_with("Say first that this share"));
    day.state("Pods look well", Some("7 of 7"));
    assert!(day.room.gate(&gate).unwrap().entered.is_some());
    for _ in 0..2 {
        day.pass(150);
        day.state("Pods look well", Some("7 of 7"));
    }
    day.pass(1);
    assert!(day.found.contains(&"hold Held 300".to_owned()), "{:?}", day.found);
    day.act(&Intent::PassGate { gate: gate.clone() });
    assert!(day.room.gate(&gate).unwrap().passed.as_ref().unwrap().on_word);
}

#[test]
fn gates_come_in_their_order_and_are_not_ticked() {
    let mut day = Day::begun();
    let (first, second) = (day.item("10%"), day.item("50%"));
    let sentence = "“10% traffic” comes first: pass it, or override it.";
    assert_eq!(day.try_it(&Intent::EnterGate { gate: second.clone() }), sentence);
    assert_eq!(day.try_it(&Intent::PassGate { gate: second }), sentence);
    let tick = Intent::State { item: first.clone(), saw: None };
    assert_eq!(day.try_it(&tick), "A gate is not ticked: pass it with Shift+G, on its readings.");
    let hold = Intent::State { item: day.item("Hold for 5"), saw: None };
    assert_eq!(day.try_it(&hold), "The hold's clock ticks this when it has run to its end with every condition met.");
    day.act(&Intent::OverrideGate { gate: first.clone(), reason: "agreed".to_owned() });
    assert!(matches!(day.room.standing(&first), Standing::Overridden { .. }));
    assert_eq!(day.try_it(&Intent::EnterGate { gate: first }), "It is passed already.");
}

#[test]
fn in_a_gate_a_condition_that_waits_for_a_word_holds() {
    let mut day = Day::begun();
    let gate = day.item("10%");
    day.act(&Intent::EnterGate { gate });
    day.both_for(15, 0.001, 0.15);
    let (word, reason) = day.verdict();
    assert_eq!((word, reason.as_str()), (VerdictWord::Hold, "10% traffic: not met or not said: Pods look well"));
}

#[test]
fn medium_moves_go_in_a_gate_alone() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.3);
    assert_eq!(day.word(), VerdictWord::Go);
    assert_eq!(day.watch.verdict(&day.room, day.now).to_investigate, 1);
}

#[test]
fn units_decide_what_is_armed() {
    let settings = SETTINGS.replace("unit = \"ratio\"\n", "");
    let mut day = Day::of(&settings);
    day.state("Started", None);
    let armed =
        |day: &Day| day.watch.armed(&day.room, day.now).iter().map(|rule| rule.text.clone()).collect::<Vec<_>>();
    assert_eq!(armed(&day), ["P95 latency >500ms", "P95 latency 200-500ms"]);
    let confirm = Intent::ConfirmUnit { metric: "error_rate".to_owned(), unit: plan::Unit::Ratio };
    assert!(day.try_it(&confirm).starts_with("This metric shows no value yet"));
    day.both(0.004, 0.15);
    day.act(&confirm);
    assert_eq!(armed(&day).len(), 3);
    day.both_for(15, 0.12, 0.15);
    assert_eq!(day.word(), VerdictWord::RollBack);
}

#[test]
fn nothing_armed_is_no_verdict() {
    let mut day = Day::of("version = 1\n");
    day.state("Started", None);
    day.pass(60);
    assert_eq!(day.word(), VerdictWord::NotWatched);
    assert_eq!(day.verdict().1, "no criterion is armed");
}

#[test]
fn infinite_is_a_breach_and_said() {
    let mut day = Day::begun();
    day.both(0.001, 0.15);
    day.both_for(10, f64::INFINITY, 0.15);
    assert_eq!(day.word(), VerdictWord::RollBack);
    assert_eq!(day.verdict().1, "Error rate infinite %, > 10 %");
}

#[test]
fn a_late_answer_is_dropped() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.15);
    let late = Reading {
        signal: Signal::Metric("error_rate".to_owned()),
        sequence: 1,
        at: day.now,
        outcome: Ok(day.sample(0.5)),
    };
    let before = day.watch.signal(&late.signal).cloned();
    assert_eq!(day.watch.hear(&day.room, &late, day.now), []);
    assert_eq!(day.watch.signal(&late.signal).cloned(), before);
}

#[test]
fn after_a_restart_the_alert_is_as_it_was_and_not_said_again() {
    let mut day = Day::begun();
    day.both_for(15, 0.001, 0.612);
    day.found.clear();
    day.restart(true);
    day.pass(1);
    day.both_for(15, 0.001, 0.612);
    assert!(!day.found.iter().any(|found| found.starts_with("fired")), "{:?}", day.found);
    assert_eq!(day.word(), VerdictWord::Hold);
    let before = day.watch.memory().clone();
    // An alert that was not on disk when the program was killed is written on the next start.
    let mut day = Day::begun();
    day.pass(40);
    day.found.clear();
    let (watch, events) = Watch::new(&day.room, before, false, day.now);
    day.watch = watch;
    day.take_all(events);
    assert_eq!(day.found, ["fired P95 latency >500ms since 5"]);
}

#[test]
fn a_decision_without_sight_changes_nothing() {
    let day = Day::at_50();
    let gate = day.item("50%");
    let refused = decide(&day.room, &Intent::PassGate { gate }, &Sight::default(), day.now);
    assert!(refused.is_err());
}

#[test]
fn when_nothing_at_all_can_be_reached_the_laptop_is_offline_and_that_is_said_once() {
    let elsewhere =
        SETTINGS.replace("[metrics.latency_p95]\nsource = \"prod\"", "[metrics.latency_p95]\nsource = \"other\"");
    let settings = format!("{elsewhere}[sources.other]\nkind = \"prometheus\"\nurl = \"http://other.example\"\n");
    let silent = || Fault::TimedOut { after: std::time::Duration::from_secs(3) };
    let blind = |outcome: &dyn Fn() -> Fault| {
        let mut day = Day::of(&settings);
        day.state("Started", None);
        day.both_for(15, 0.001, 0.15);
        day.found.clear();
        for _ in 0..6 {
            day.pass(5);
            day.hear("error_rate", Err(silent()));
            day.hear("latency_p95", Err(outcome()));
        }
        day.found.iter().filter(|found| found.starts_with("blind")).cloned().collect::<Vec<_>>()
    };
    let why = "this laptop is offline: nothing can be reached";
    assert_eq!(blind(&silent), [format!("blind Error rate,P95 latency since 15: {why}")]);
    // A server that refuses was reached: then the laptop is not offline.
    assert!(blind(&|| Fault::Refused).iter().all(|found| !found.contains("offline")));
}

#[test]
fn what_was_never_asked_says_nothing_of_the_way() {
    let more = "[sources.other]\nkind = \"prometheus\"\nurl = \"http://other.example\"\n[probes.lag]\nkind = \"command\"\ncommand = \"lag\"\n";
    let mut day = Day::of(&format!("{SETTINGS}{more}"));
    day.state("Started", None);
    let silent = || Fault::TimedOut { after: std::time::Duration::from_secs(3) };
    let mut sequence = 0;
    let mut hear = |day: &mut Day, signal: Signal, fault: Fault| {
        sequence += 1;
        let reading = Reading { signal, sequence, at: day.now, outcome: Err(fault) };
        day.watch.hear(&day.room, &reading, day.now);
    };
    hear(&mut day, Signal::Probe("lag".to_owned()), Fault::NotArmed);
    assert!(!day.watch.is_offline(), "nothing was asked at all");
    for metric in ["error_rate", "latency_p95"] {
        hear(&mut day, Signal::Metric(metric.to_owned()), silent());
    }
    assert!(!day.watch.is_offline(), "both are asked of one server, and that alone may be down");
    let elsewhere = "[metrics.latency_p95]\nsource = \"other\"";
    let mut day = Day::of(&format!("{SETTINGS}{more}").replace("[metrics.latency_p95]\nsource = \"prod\"", elsewhere));
    day.state("Started", None);
    let missing = Fault::NoSecret { name: "other".to_owned(), variable: "WAR_ROOM_SECRET_OTHER".to_owned() };
    hear(&mut day, Signal::Metric("error_rate".to_owned()), silent());
    hear(&mut day, Signal::Metric("latency_p95".to_owned()), missing);
    assert!(!day.watch.is_offline(), "the other server was never asked, for want of a secret");
    hear(&mut day, Signal::Metric("latency_p95".to_owned()), silent());
    assert!(day.watch.is_offline());
}

#[test]
fn a_number_of_a_command_is_held_against_the_criterion_that_it_is_bound_to() {
    let bound = |unit: &str, item: &str| {
        let probe = format!("[probes.lag]\nkind = \"command\"\ncommand = \"lag\"\nnumber = {{ unit = \"{unit}\" }}\n");
        Day::of(&format!("{SETTINGS}{probe}[[bind]]\nitem = \"{item}\"\nprobe = \"lag\"\n"))
    };
    let mut day = bound("s", "P95 latency >500ms");
    day.state("Started", None);
    day.found.clear();
    for (sequence, seconds) in [0.4, 0.6, 0.7].into_iter().enumerate() {
        day.now = day.now.checked_add(SignedDuration::from_secs(5)).unwrap();
        let outcome = Ok(day.sample(seconds));
        let (signal, sequence) = (Signal::Probe("lag".to_owned()), sequence as u64 + 1);
        let events = day.watch.hear(&day.room, &Reading { signal, sequence, at: day.now, outcome }, day.now);
        let fired: Vec<&Event> = events.iter().filter(|event| matches!(event, Event::AlertFired(_))).collect();
        assert_eq!(fired.len(), usize::from(seconds > 0.6), "{seconds}: {events:?}");
    }
    // A unit that is not the text's, and a check that names no number, are observed by nothing.
    let why = |day: &Day| day.watch.book().unbound.iter().map(|unbound| unbound.why.clone()).collect::<Vec<_>>();
    let words = "its probe is in another unit (bytes) than the text (ms)".to_owned();
    assert!(why(&bound("bytes", "P95 latency >500ms")).contains(&words));
    let day = bound("s", "Pods look well");
    assert!(day.watch.book().rules.iter().all(|rule| rule.signal != Signal::Probe("lag".to_owned())));
}
