//! Given, when, then: the numbers of the day in the pictures, derived by hand; and laws that hold for any day.

use jiff::{SignedDuration, Timestamp};
use plan::ItemId;

use super::*;
use crate::decide::{Sight, Wanted, decide};
use crate::event::{Event, GoLiveDeclared, Opened, Person, Recorded};
use crate::gate::HoldTurn;
use crate::intent::Intent;

/// The phases, times and holds of the real checklist.
const TEXT: &str = "# Ship pay (Jan 21, 2026)

## 24 hours before
**Timeline: Jan 20, 4:00 PM**
- [ ] Backup created

## Deployment day
**Phase 1: Pre-Deployment (6:00 AM)**
- [ ] All online

**Phase 2: Deployment (6:30 AM)**
- [ ] Deployment started
- [ ] **10% Traffic (First pod)**
  - [ ] Latency normal
  - [ ] Hold for 5 minutes
- [ ] **50% Traffic (Three pods)**
  - [ ] Latency normal
  - [ ] Hold for 10 minutes
- [ ] **100% Traffic (All pods)**
  - [ ] Latency normal
  - [ ] Monitor for 30 minutes

**Phase 3: Post-Deployment Verification (7:30-8:00 AM)**
- [ ] Logs clean

**Phase 4: Go-Live Declaration (8:00 AM)**
- [ ] Said so

## First 24 hours
**Every 1 hour:**
- [ ] Check the boards
";

/// What was measured in staging; and a paused hold goes on.
const SETTINGS: &str = "version = 1\n[plan]\nwindow = \"06:30/08:00\"\n[durations]\n\"Verification\" = \"10m\"\n\"Go-Live\" = \"2m\"\n[gates]\non_breach = \"resume\"\n";

struct Given {
    room: Room,
    seq: u64,
}

impl Given {
    fn a_day(settings: &str) -> Self {
        Self::of(TEXT, settings, "2026-01-21T06:30", "UTC")
    }

    fn of(text: &str, settings: &str, start: &str, zone: &str) -> Self {
        let opened = Opened {
            room: "0".repeat(32),
            file: "pay.md".to_owned(),
            path: "/pay.md".to_owned(),
            text: text.to_owned(),
            settings: Some(settings.to_owned()),
            start: start.parse().unwrap(),
            zone: zone.to_owned(),
            moved_s: 0,
            zone_data: "2026a".to_owned(),
            reader: "1".to_owned(),
            drill: None,
        };
        Self { room: Room::open(opened), seq: 1 }
    }

    fn item(&self, text: &str) -> ItemId {
        let found = self.room.plan().items.iter().find(|item| item.text.starts_with(text));
        found.unwrap_or_else(|| panic!("no check {text}")).id.clone()
    }

    fn and(mut self, at: &str, event: Event) -> Self {
        self.seq += 1;
        let at = clock(at);
        let (actor, seq) = ("MK".to_owned(), self.seq);
        self.room.apply(&Recorded { seq, occurred_at: at, recorded_at: at, actor, event });
        self
    }

    fn done(self, at: &str, text: &str) -> Self {
        let item = self.item(text);
        self.and(at, Event::Stated { item, saw: None, answer: None, values: Vec::new() })
    }

    fn entered(self, at: &str, gate: &str) -> Self {
        let gate = self.item(gate);
        let turned = Event::HoldTurned { gate: gate.clone(), turn: HoldTurn::Started, held_ms: 0, why: String::new() };
        self.and(at, Event::GateEntered { gate }).and(at, turned)
    }

    fn turned(self, at: &str, gate: &str, turn: HoldTurn, held: &str) -> Self {
        let (gate, held_ms) = (self.item(gate), u64::try_from(minutes(held).as_millis()).unwrap());
        self.and(at, Event::HoldTurned { gate, turn, held_ms, why: String::new() })
    }

    fn passed(self, at: &str, gate: &str) -> Self {
        let gate = self.item(gate);
        let event = Event::GatePassed { gate, held_ms: 300_000, on_word: false, fetched_ms: 0, readings: Vec::new() };
        self.and(at, event)
    }

    /// The day of the pictures up to the pause at 07:05:02 with 03:18 held.
    fn in_the_pause() -> Self {
        Self::a_day(SETTINGS)
            .done("06:01:00", "All online")
            .done("06:31:02", "Deployment started")
            .entered("06:46:40", "10%")
            .passed("06:52:12", "10%")
            .entered("07:01:44", "50%")
            .turned("07:05:02", "50%", HoldTurn::Paused, "03:18")
    }

    fn day(&self) -> Day {
        Day::of(&self.room, None)
    }

    fn at(&self, at: &str) -> Schedule {
        self.day().solve(clock(at))
    }
}

fn clock(at: &str) -> Timestamp {
    let at = if at.contains('T') { at.to_owned() } else { format!("2026-01-21T{at}Z") };
    at.parse().unwrap()
}

fn minutes(text: &str) -> SignedDuration {
    let (minutes, seconds) = text.split_once(':').unwrap();
    SignedDuration::from_secs(minutes.parse::<i64>().unwrap() * 60 + seconds.parse::<i64>().unwrap())
}

/// "06:00", "-05:22".
fn words(length: SignedDuration) -> String {
    let seconds = length.unsigned_abs().as_secs();
    format!("{}{:02}:{:02}", if length.is_negative() { "-" } else { "" }, seconds / 60, seconds % 60)
}

fn slack(schedule: &Schedule) -> String {
    schedule.slack.map_or("none".to_owned(), words)
}

/// Each phase's earliest end, "done" where it is over.
fn ends(schedule: &Schedule) -> Vec<String> {
    let each = schedule.stages.iter().map(|stage| match stage.end {
        Some(Ending { is_past: true, .. }) => "done".to_owned(),
        Some(end) => format!("{}{}", if end.is_least { ">=" } else { "" }, end.at.strftime("%H:%M:%S")),
        None => "left".to_owned(),
    });
    each.collect()
}

#[test]
fn the_plan_has_eighteen_minutes_of_slack() {
    // Verification begins at 07:30 and takes 10:00, go-live takes 02:00: 07:42, which is 18:00 before 08:00.
    let given = Given::a_day(SETTINGS);
    assert_eq!(given.day().planned_slack().map(words).as_deref(), Some("18:00"));
    let schedule = given.at("05:00:00");
    assert_eq!(ends(&schedule), ["06:30:00", "07:30:00", "07:40:00", "07:42:00"]);
    assert_eq!((slack(&schedule).as_str(), schedule.lost_at), ("18:00", None));
    // Of the 60 minutes of the deployment the holds of 5, 10 and 30 lie at the end.
    let planned: Vec<_> = given.day().stages[1]
        .planned_steps()
        .into_iter()
        .flatten()
        .map(|(from, to)| format!("{} {}", from.strftime("%H:%M"), to.strftime("%H:%M")))
        .collect();
    assert_eq!(planned, ["06:45 06:50", "06:50 07:00", "07:00 07:30"]);
}

#[test]
fn a_pause_eats_the_slack_second_by_second() {
    // 06:42 are left of the hold, then 30:00 of watching, 10:00 and 02:00: 48:42 from now on, and verification waits for
    // nothing any more. 07:05:18 + 48:42 = 07:54:00, which is 06:00 before 08:00.
    let given = Given::in_the_pause();
    let schedule = given.at("07:05:18");
    assert_eq!(ends(&schedule), ["done", "07:42:00", "07:52:00", "07:54:00"]);
    assert_eq!(slack(&schedule), "06:00");
    assert_eq!(schedule.lost_at, Some(clock("07:11:18")), "you lose it in 6 min");
    let steps: Vec<_> = schedule.stages[1].steps.iter().map(|step| step.slack.map(words)).collect();
    assert_eq!(steps, [None, Some("06:00".to_owned()), Some("06:00".to_owned())]);
    assert_eq!(schedule.stages[1].latest, Some(clock("07:48:00")));
    assert!(schedule.stages[1..].iter().all(|stage| stage.is_critical));
    assert_eq!(words(schedule.stages[2].late), "12:00", "verification begins 12 min late at least");

    let schedule = given.at("07:11:07");
    assert_eq!((slack(&schedule).as_str(), words(schedule.stages[2].late).as_str()), ("00:11", "17:49"));
    assert_eq!(schedule.lost_at, Some(clock("07:11:18")), "the time of the loss stays while nothing goes on");
    // Where the slack went: 18:00, less 02:12 before 10 % was passed, 09:32 before 50 % was entered, the pause.
    let spent: Vec<_> = given
        .day()
        .spent(&given.at("07:05:18"))
        .into_iter()
        .map(|one| (one.on, words(one.by), one.is_running))
        .collect();
    assert_eq!(
        spent,
        [
            (SpentOn::BeforeFirstGate { step: 0 }, "02:12".to_owned(), false),
            (SpentOn::Before { step: 1 }, "09:32".to_owned(), false),
            (SpentOn::Hold { step: 1 }, "00:16".to_owned(), true),
        ]
    );
}

#[test]
fn a_window_that_is_lost_says_by_how_much() {
    // 07:16:40 + 48:42 = 08:05:22.
    let schedule = Given::in_the_pause().at("07:16:40");
    assert_eq!((slack(&schedule).as_str(), schedule.lost_at), ("-05:22", None));
}

#[test]
fn a_hold_that_runs_costs_nothing() {
    let given = Given::in_the_pause().turned("07:05:18", "50%", HoldTurn::WentOn, "03:18");
    for at in ["07:05:18", "07:08:00", "07:11:59"] {
        assert_eq!((slack(&given.at(at)).as_str(), given.at(at).lost_at), ("06:00", None), "{at}");
    }
    // It is over, and nobody has passed the gate.
    assert_eq!(
        (slack(&given.at("07:13:00")).as_str(), given.at("07:13:00").lost_at),
        ("05:00", Some(clock("07:18:00")))
    );
}

#[test]
fn a_hold_that_starts_again_after_a_breach_needs_its_whole_length() {
    let restarts = SETTINGS.replace("resume", "restart");
    let begin = |settings: &str| {
        let given = Given::a_day(settings).done("06:31:02", "Deployment started").entered("06:46:40", "10%");
        given.passed("06:52:12", "10%").entered("07:01:44", "50%").turned("07:05:02", "50%", HoldTurn::Broken, "03:18")
    };
    assert_eq!(slack(&begin(SETTINGS).at("07:05:18")), "06:00");
    // 03:18 more.
    assert_eq!(slack(&begin(&restarts).at("07:05:18")), "02:42");
}

#[test]
fn a_late_start_of_twenty_minutes_spreads_to_what_follows() {
    let given = Given::a_day(SETTINGS).done("06:01:00", "All online");
    // 06:50 + 60:00 = 07:50, + 10:00 + 02:00 = 08:02.
    let schedule = given.at("06:50:00");
    assert_eq!(ends(&schedule), ["done", "07:50:00", "08:00:00", "08:02:00"]);
    assert_eq!(slack(&schedule), "-02:00");
    assert_eq!(words(schedule.stages[1].late), "20:00");
    // 8 minutes late are made up for by verification's waiting for 07:30, but for go-live nothing is lost before.
    let given = given.done("06:38:00", "Deployment started");
    let schedule = given.at("06:38:00");
    assert_eq!((ends(&schedule)[1].as_str(), slack(&schedule).as_str()), ("07:38:00", "10:00"));
    // With 15 minutes of watching instead of 30 a start at 06:45 ends at 07:30: the fixed time absorbs it all.
    let late = Given::a_day(SETTINGS).done("06:01:00", "All online");
    let (gate, day) = (late.item("100%"), late.day());
    let shorter = day.what_if(WhatIf::Hold { gate, to: minutes("15:00") }, &day.solve(clock("06:45:00")));
    assert_eq!((ends(&shorter.schedule)[1].as_str(), slack(&shorter.schedule).as_str()), ("07:30:00", "18:00"));
}

#[test]
fn a_what_if_says_what_it_gains() {
    let given = Given::in_the_pause();
    let (day, stands) = (given.day(), given.at("07:05:18"));
    let tried = |what: WhatIf| {
        let solved = day.what_if(what, &stands);
        let go_live = solved.schedule.go_live.unwrap().at.strftime("%H:%M:%S").to_string();
        (go_live, slack(&solved.schedule), words(solved.go_live_by))
    };
    let told = |go_live: &str, slack: &str, by: &str| (go_live.to_owned(), slack.to_owned(), by.to_owned());
    let (fifty, all) = (given.item("50%"), given.item("100%"));
    assert_eq!(tried(WhatIf::AsItStands), told("07:54:00", "06:00", "00:00"));
    // Verification waits for 07:30: 12 minutes are won, not 15.
    assert_eq!(tried(WhatIf::Hold { gate: all, to: minutes("15:00") }), told("07:42:00", "18:00", "-12:00"));
    assert_eq!(tried(WhatIf::HoldAnew { gate: fifty }), told("07:57:18", "02:42", "03:18"));
    assert_eq!(tried(WhatIf::GoesOnAt { at: clock("07:10:00") }), told("07:58:42", "01:18", "04:42"));
    assert_eq!(tried(WhatIf::WindowEnd { to: clock("08:30:00") }), told("07:54:00", "36:00", "00:00"));
    assert_eq!(day.next_end(&stands), Some(clock("08:30:00")));
}

#[test]
fn without_a_window_no_countdown_is_made_up() {
    let settings = SETTINGS.replace("window = \"06:30/08:00\"\n", "");
    let given = Given::a_day(&settings).done("06:31:02", "Deployment started").entered("06:46:40", "10%");
    assert_eq!(given.room.window(), None);
    let schedule = given.at("07:20:00");
    assert_eq!((schedule.slack, schedule.lost_at), (None, None));
    // What is left are the fixed times: verification begins at 07:30 and ends by 08:00.
    assert_eq!(schedule.stages[1].latest, Some(clock("07:30:00")));
    assert_eq!(schedule.stages[2].latest, Some(clock("08:00:00")));
    // Go-live has a fixed time then, before which it is not, and nothing limits it.
    assert_eq!(
        (schedule.stages[3].start, schedule.stages[3].slack),
        (schedule.stages[2].end.map(|end| end.at.max(clock("08:00:00"))), None)
    );
}

#[test]
fn what_has_no_length_is_said_to_be_a_least() {
    let text = TEXT.replace("**Phase 4:", "**Phase 3b: Smoke**\n- [ ] Smoked\n\n**Phase 4:");
    let given = Given::of(&text, SETTINGS, "2026-01-21T06:30", "UTC");
    let day = given.day();
    assert_eq!(
        day.stages.iter().map(|stage| stage.title.as_str()).collect::<Vec<_>>(),
        ["Pre-Deployment", "Deployment", "Post-Deployment Verification", "Smoke", "Go-Live Declaration"]
    );
    assert_eq!(day.stages[3].source, LengthSource::Unknown);
    assert_eq!(ends(&given.at("05:00:00")), ["06:30:00", "07:30:00", "07:40:00", ">=07:40:00", ">=07:42:00"]);
    let sources: Vec<_> = day.stages.iter().map(|stage| stage.source).collect();
    assert_eq!(sources[..3], [LengthSource::UntilNext, LengthSource::UntilNext, LengthSource::Settings]);
    let plain = Given::a_day("version = 1\n").day();
    let sources: Vec<_> = plain.stages.iter().map(|stage| stage.source).collect();
    assert_eq!(sources, [LengthSource::UntilNext, LengthSource::UntilNext, LengthSource::Text, LengthSource::Moment]);
}

#[test]
fn a_phase_that_was_left_open_holds_up_nobody() {
    let given = Given::a_day(SETTINGS).done("06:31:02", "Deployment started");
    let schedule = given.at("06:40:00");
    assert_eq!((schedule.stages[0].standing, ends(&schedule)[0].as_str()), (Standing::Left, "left"));
    assert_eq!(schedule.current, Some(1));
}

#[test]
fn holds_are_as_long_over_a_change_of_the_clock() {
    // In Berlin 02:00 to 03:00 of 29 March does not exist: 01:30 + 60 minutes are 03:30.
    let text = "# Ship (March 29, 2026)\n\n## Rollout (1:30 AM)\n- [ ] Begun\n- [ ] **10% traffic**\n  - [ ] ok\n  - [ ] Hold for 60 minutes\n\n## Go-live (4:00 AM)\n- [ ] said\n";
    let settings = "version = 1\n[plan]\nwindow = \"01:30/04:00\"\n";
    let given = Given::of(text, settings, "2026-03-29T01:30", "Europe/Berlin");
    let schedule = given.day().solve(clock("2026-03-29T00:00:00Z"));
    // Until 04:00 are 90 minutes, not 150: 01:30 CET is 00:30 UTC, 04:00 CEST is 02:00 UTC.
    assert_eq!(ends(&schedule), ["02:00:00", "02:00:00"]);
    assert_eq!(slack(&schedule), "00:00");
    let given = given.and("2026-03-29T00:30:00Z", Event::GateEntered { gate: given_gate(text) });
    assert_eq!(ends(&given.day().solve(clock("2026-03-29T00:30:00Z")))[0], "01:30:00", "03:30 on the wall");
}

fn given_gate(text: &str) -> ItemId {
    plan::read(text, &plan::config::Config::default()).0.gates[0].item.clone()
}

#[test]
fn what_is_changed_takes_a_name_a_reason_and_a_sense() {
    let mut given = Given::in_the_pause();
    let now = clock("07:06:00");
    let ask = |given: &Given, wanted: Wanted, reason: &str| {
        let intent = Intent::ChangeSchedule { wanted, reason: reason.to_owned(), shown: "18:00 of slack".to_owned() };
        decide(&given.room, &intent, &Sight::default(), now).map(|(event, _)| event)
    };
    let why = |given: &Given, wanted: Wanted, reason: &str| ask(given, wanted, reason).unwrap_err().to_string();
    let end = || Wanted::WindowEnd(clock("08:30:00"));
    assert_eq!(why(&given, end(), "slow"), "This takes a person's name: choose who you are first (Shift+P).");
    let person = Person { initials: "MK".to_owned(), name: "Mia".to_owned(), role: String::new() };
    given = given
        .and("07:05:30", Event::PersonNamed(person))
        .and("07:05:31", Event::ActorChosen { initials: "MK".to_owned() });
    assert_eq!(why(&given, end(), " "), "Say why first.");
    assert_eq!(why(&given, Wanted::WindowEnd(clock("07:00:00")), "x"), "That time is over: name one that lies ahead.");
    assert_eq!(why(&given, Wanted::WindowEnd(clock("08:00:00")), "x"), "It is the end of the window already.");
    assert_eq!(
        why(&given, Wanted::Start(clock("07:20:00")), "x"),
        "That phase has begun: its start cannot be moved any more. Move the window's end, or shorten a hold."
    );
    let (ten, all) = (given.item("10%"), given.item("100%"));
    assert_eq!(why(&given, Wanted::Hold(ten, 60), "x"), "It is passed already.");
    let not_shorter = "A hold can be shortened here, down to a minute or less, never to nothing: to hold longer nobody needs leave, and to do without it override the gate.";
    assert_eq!(why(&given, Wanted::Hold(all.clone(), 0), "x"), not_shorter);
    assert_eq!(why(&given, Wanted::Hold(all.clone(), 1801), "x"), not_shorter);
    assert_eq!(why(&given, Wanted::Hold(all.clone(), 1800), "x"), "It is held for so long already.");
    assert_eq!(
        why(
            &Given::a_day("version = 1\n").and("06:00:00", Event::ActorChosen { initials: "MK".to_owned() }),
            end(),
            "x"
        ),
        "No window is announced: write it into the checklist, or as “window” into war-room.toml beside it."
    );

    let event = ask(&given, end(), "the hold was paused").unwrap();
    given = given.and("07:06:00", event);
    assert_eq!(slack(&given.at("07:05:18")), "36:00");
    assert_eq!(
        given.room.schedule().window.as_ref().map(|moved| (moved.from, moved.to)),
        Some((clock("08:00:00"), clock("08:30:00")))
    );
    let event = ask(&given, Wanted::Hold(all.clone(), 900), "calm for a week").unwrap();
    given = given.and("07:06:10", event);
    let gate = given.room.plan().gates.iter().find(|gate| gate.item == all).unwrap();
    assert_eq!((given.room.hold_s(gate), gate.hold_s), (Some(900), Some(1800)));
    assert_eq!(given.room.hold_cut(gate).map(|cut| cut.reason.as_str()), Some("calm for a week"));
    assert_eq!(ends(&given.at("07:05:18"))[1], "07:27:00", "15:00 less");
}

#[test]
fn with_go_live_declared_nothing_is_lost_any_more() {
    let declared = GoLiveDeclared { reason: "by agreement".to_owned(), open: Vec::new() };
    let given = Given::in_the_pause().and("07:50:00", Event::GoLiveDeclared(Box::new(declared)));
    let solved = given.at("08:30:00");
    let end = solved.go_live.unwrap();
    assert_eq!((end.at, end.is_past, solved.lost_at), (clock("07:50:00"), true, None));
    assert_eq!(solved.slack, Some(minutes("10:00")), "half an hour later still");
    assert_eq!(solved.current, None);
}

#[test]
fn a_start_that_is_moved_begins_not_before() {
    let given = Given::a_day(SETTINGS).done("06:01:00", "All online");
    let given = given.and("06:02:00", Event::ActorChosen { initials: "MK".to_owned() });
    let intent = Intent::ChangeSchedule {
        wanted: Wanted::Start(clock("06:45:00")),
        reason: "the bank waits".to_owned(),
        shown: String::new(),
    };
    let (event, _) = decide(&given.room, &intent, &Sight::default(), clock("06:02:00")).unwrap();
    let given = given.and("06:02:00", event);
    let schedule = given.at("06:10:00");
    assert_eq!((ends(&schedule)[1].as_str(), slack(&schedule).as_str()), ("07:45:00", "03:00"));
}

/// Made-up days that follow from a seed: phases with and without times, lengths and gates, in any state.
fn made_up(seed: u64) -> (Day, Timestamp) {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut roll = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let t0 = clock("06:30:00");
    let length = |minutes: u64| SignedDuration::from_mins(i64::try_from(minutes).unwrap());
    let count = 1 + roll(6);
    let mut at = t0;
    let mut stages = Vec::new();
    for place in 0..count {
        let takes = length(roll(60));
        let planned = (Some(at), (roll(3) > 0).then(|| after(at, takes)));
        let mut steps = Vec::new();
        for gate in 0..roll(4) {
            let hold = (roll(5) > 0).then(|| length(1 + roll(20)));
            let id = ItemId::from(format!("i-{place}-{gate}"));
            let (held, counted_to) = (SignedDuration::ZERO, None);
            let (entered, passed, text) = (None, None, String::new());
            steps.push(Step {
                gate: id,
                text,
                share_percent: None,
                planned: hold,
                hold,
                held,
                counted_to,
                entered,
                passed,
            });
        }
        stages.push(Stage {
            section: SectionId::from(format!("s-{place}")),
            title: String::new(),
            planned,
            not_before: (roll(2) == 0).then_some(at),
            due: (roll(4) == 0).then(|| after(at, takes)),
            length: (roll(5) > 0).then_some(takes),
            source: LengthSource::Text,
            begun: None,
            ended: None,
            has_checks: true,
            steps,
        });
        at = after(at, takes);
    }
    // Done up to some phase, of which some gates are passed.
    let done = usize::try_from(roll(count + 1)).unwrap();
    let mut now = t0;
    for stage in stages.iter_mut().take(done) {
        stage.begun = Some(now);
        now = after(now, length(roll(30)));
        stage.ended = Some(now);
    }
    let passes = roll(4);
    if let Some(stage) = stages.get_mut(done).filter(|_| roll(3) > 0) {
        stage.begun = Some(now);
        for (place, step) in (0..).zip(&mut stage.steps) {
            now = after(now, length(roll(9)));
            if place < passes {
                (step.entered, step.passed) = (Some(now), Some(now));
            } else if place == passes && roll(2) == 0 {
                step.entered = Some(now);
                step.held = step.hold.unwrap_or_default().min(length(roll(9)));
                step.counted_to = (roll(2) == 0).then_some(now);
            }
        }
    }
    let window = (roll(4) > 0).then(|| (t0, after(at, length(roll(40)))));
    (Day { stages, window, t0 }, after(now, length(roll(20))))
}

#[test]
fn nothing_that_is_later_makes_an_end_earlier() {
    for seed in 1..3000 {
        let (day, now) = made_up(seed);
        let stands = day.solve(now);
        let worse = |what: &str, other: &Schedule| {
            for (one, other) in stands.stages.iter().zip(&other.stages) {
                assert!(
                    one.end.map(|end| end.at) <= other.end.map(|end| end.at),
                    "seed {seed}: {what}: {one:?} {other:?}"
                );
            }
            assert!(stands.slack >= other.slack, "seed {seed}: {what}");
        };
        worse("time passes", &day.solve(after(now, SignedDuration::from_mins(7))));
        for (at, stage) in day.stages.iter().enumerate() {
            let with = |change: &dyn Fn(&mut Stage)| {
                let mut other = day.clone();
                change(&mut other.stages[at]);
                other.solve(now)
            };
            let later = |at: Option<Timestamp>| at.map(|at| after(at, SignedDuration::from_mins(5)));
            worse(
                "a longer phase",
                &with(&|stage| stage.length = stage.length.map(|length| length + minutes("05:00"))),
            );
            worse("a later fixed time", &with(&|stage| stage.not_before = later(stage.not_before)));
            if stage.ended.is_none() {
                worse("a later beginning", &with(&|stage| stage.begun = later(stage.begun)));
            }
            for step in 0..stage.steps.len() {
                worse("less held", &with(&|stage| stage.steps[step].held = SignedDuration::ZERO));
                worse("a clock that stands", &with(&|stage| stage.steps[step].counted_to = None));
                worse(
                    "a longer hold",
                    &with(&|stage| {
                        let step = &mut stage.steps[step];
                        step.hold = step.hold.map(|hold| hold + minutes("03:00"));
                    }),
                );
            }
        }
    }
}

#[test]
fn totals_agree() {
    for seed in 1..3000 {
        let (day, now) = made_up(seed);
        let stands = day.solve(now);
        let mut cursor = None;
        for (stage, found) in day.stages.iter().zip(&stands.stages) {
            let (Some(start), Some(end)) = (found.start, found.end) else { continue };
            assert!(start <= end.at, "seed {seed}");
            if found.standing == Standing::Ahead {
                assert!(cursor.is_none_or(|cursor| start >= cursor), "seed {seed}: it begins when the one before ends");
                assert!(stage.not_before.is_none_or(|fixed| start >= fixed), "seed {seed}: not before its time");
            }
            assert_eq!(
                found.slack,
                found.latest.filter(|_| !end.is_past).map(|latest| latest.duration_since(end.at)),
                "seed {seed}"
            );
            cursor = cursor.max(Some(end.at));
        }
        // The parts of the slack that went, and what is left, are the plan's.
        if let (Some(planned), Some(left)) = (day.planned_slack(), stands.slack) {
            let gone: SignedDuration = day.spent(&stands).iter().fold(SignedDuration::ZERO, |sum, one| sum + one.by);
            assert_eq!(planned - gone, left, "seed {seed}");
        }
        let nothing = day.what_if(WhatIf::AsItStands, &stands);
        assert_eq!((nothing.schedule, nothing.go_live_by), (stands, SignedDuration::ZERO));
    }
}
