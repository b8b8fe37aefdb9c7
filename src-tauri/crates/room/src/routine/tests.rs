//! Given, when, then: go-live and the rounds that follow it.

use jiff::{SignedDuration, Timestamp};

mod handoff;
mod review;

use super::{Rhythm, RoundStanding, Timetable, WallTime};
use crate::alarm::Alarm;
use crate::decide::{Sight, decide};
use crate::event::{Event, Opened, Person, Recorded, RoundKey, RoundReading, RoundSaid};
use crate::intent::Intent;
use crate::state::{Mode, Room};
use crate::watch::{Memory, Watch};

const TEXT: &str = "# Ship pay (Jan 21, 2026)

## Rollout (6:30 AM)
- [ ] Started
- [ ] **10% traffic**
  - [ ] Pods look well
  - [ ] Hold for 5 minutes
- [ ] Watched

## Go-live (8:00 AM)
- [ ] Said so

## After the deployment

### First 24 hours
**Every 1 hour:**
- [ ] Look at the dashboards
- [ ] Error rate <1%

**Every 4 hours:**
- [ ] Smoke tests

**Shift handoff:**
- [ ] Tell the next one

### First week
**Daily:**
- [ ] Trends

**Weekly (Jan 28):**
- [ ] Review

## Rollback
### CRITICAL
- Error rate >10%
### Success criteria for rollback
- [ ] Old version answers
";

struct Day {
    room: Room,
    now: Timestamp,
    sight: Sight,
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

impl Day {
    fn with(text: &str, start: &str, zone: &str) -> Self {
        let opened = Opened {
            room: "0".repeat(32),
            file: "pay.md".to_owned(),
            path: "/pay.md".to_owned(),
            text: text.to_owned(),
            settings: None,
            start: start.parse().unwrap(),
            zone: zone.to_owned(),
            moved_s: 0,
            zone_data: "2026a".to_owned(),
            reader: "1".to_owned(),
            drill: None,
        };
        let room = Room::open(opened);
        let now = room.resolved().start;
        let mut day = Self { room, now, sight: Sight::default() };
        let person = Person { initials: "MK".to_owned(), name: "Mira".to_owned(), role: String::new() };
        day.act(&Intent::NamePerson(person));
        day.act(&Intent::ChooseActor { initials: "MK".to_owned() });
        day
    }

    fn a_day() -> Self {
        Self::with(TEXT, "2026-01-21T06:30", "UTC")
    }

    /// A day whose deployment went live at this time.
    fn live(start: &str, zone: &str, live: &str) -> Self {
        let mut day = Self::with(TEXT, start, zone);
        let item = day.item("Started");
        day.act(&Intent::State { item, saw: None });
        day.now = at(live);
        day.act(&Intent::DeclareGoLive { reason: "by agreement".to_owned() });
        day
    }

    fn item(&self, text: &str) -> plan::ItemId {
        self.room.plan().items.iter().find(|item| item.text.starts_with(text)).expect(text).id.clone()
    }

    fn act(&mut self, intent: &Intent) {
        assert_eq!(self.try_it(intent), "", "{intent:?}");
    }

    fn try_it(&mut self, intent: &Intent) -> String {
        match decide(&self.room, intent, &self.sight, self.now) {
            Err(refusal) => refusal.to_string(),
            Ok((event, _)) => {
                self.put(&event);
                String::new()
            }
        }
    }

    fn put(&mut self, event: &Event) {
        let (seq, now) = (self.room.last() + 1, self.now);
        let actor = self.room.actor().unwrap_or("login").to_owned();
        // What is applied is what the log gives back.
        let event = serde_json::from_str(&serde_json::to_string(event).unwrap()).unwrap();
        self.room.apply(&Recorded { seq, occurred_at: now, recorded_at: now, actor, event });
    }

    fn table(&self, text: &str) -> Timetable {
        let routines = &self.room.plan().routines;
        let index = routines.iter().position(|routine| routine.text.starts_with(text)).expect(text);
        self.room.timetables().into_iter().find(|table| table.index == index).expect(text)
    }

    fn key(&self, text: &str, due: &str) -> RoundKey {
        RoundKey { routine: self.table(text).key, due: at(due) }
    }

    fn tick(&self, routine: &str, due: &str, item: &str, saw: Option<&str>) -> Intent {
        let said = RoundSaid::Done { saw: saw.map(str::to_owned) };
        Intent::TickRound { round: self.key(routine, due), item: self.item(item), said }
    }

    fn standing(&self, routine: &str, due: &str) -> RoundStanding {
        let table = self.table(routine);
        let when = table.at(at(due)).expect("a round at that time");
        self.room.round(&table, when, self.now).standing
    }

    /// The times of all rounds, on the wall with the offset.
    fn dues(&self, routine: &str) -> Vec<String> {
        let table = self.table(routine);
        let zone = self.room.resolved().zone.clone();
        let all = (1..=table.last.expect("an end")).map(|number| table.nth(number).unwrap());
        all.map(|one| one.due.to_zoned_datetime(zone.clone()).strftime("%d %H:%M %:z").to_string()).collect()
    }
}

fn alarm(day: &Day) -> Alarm {
    let (watch, _) = Watch::new(&day.room, Memory::default(), false, day.now);
    Alarm::new(&day.room, &watch, day.now)
}

#[test]
fn go_live_is_declared_by_a_named_person_after_the_first_act_and_once() {
    let declare = |reason: &str| Intent::DeclareGoLive { reason: reason.to_owned() };
    let mut day = Day::a_day();
    assert_eq!(
        day.try_it(&declare("")),
        "Nothing of the deployment was done yet: go-live is declared after its first act."
    );
    let item = day.item("Started");
    day.act(&Intent::State { item, saw: None });
    assert_eq!(
        day.try_it(&declare(" ")),
        "Speaks against it: gate not passed: 10% traffic. Settle it, or say why it is so all the same."
    );
    let roll_back = Intent::RollBack { criterion: None, reason: "it fails".to_owned(), way: 0 };
    let mut other = Day::a_day();
    other.act(&roll_back);
    assert_eq!(
        other.try_it(&declare("x")),
        "A rollback runs: finish it, or stand down (Shift+S), before go-live is declared."
    );
    day.act(&declare("the traffic was moved by hand"));
    assert_eq!(day.room.mode(), Mode::Watch);
    let live = day.room.went_live().unwrap().clone();
    assert_eq!((live.actor.as_str(), live.reason.as_str()), ("MK", "the traffic was moved by hand"));
    assert_eq!(live.open, ["gate not passed: 10% traffic", "open: Watched", "open: Said so"]);
    assert_eq!(day.try_it(&declare("x")), "It is declared live already.");
}

#[test]
fn a_gate_that_is_passed_and_checks_that_are_open_want_no_reason() {
    let mut day = Day::a_day();
    let gate = day.item("10%");
    day.act(&Intent::OverrideGate { gate, reason: "seen elsewhere".to_owned() });
    day.act(&Intent::DeclareGoLive { reason: String::new() });
    let open = &day.room.went_live().unwrap().open;
    assert_eq!(open[0], "gate overridden: 10% traffic (seen elsewhere)");
    assert!(open.contains(&"open: Said so".to_owned()));
}

#[test]
fn nobody_without_a_name_goes_live() {
    let mut day = Day::a_day();
    let item = day.item("Started");
    day.act(&Intent::State { item, saw: None });
    day.room.actor = None;
    assert_eq!(
        day.try_it(&Intent::DeclareGoLive { reason: "x".to_owned() }),
        "This takes a person's name: choose who you are first (Shift+P)."
    );
}

#[test]
fn a_rollback_after_go_live_ends_the_rounds_and_standing_down_goes_on_with_them() {
    let mut day = Day::live("2026-01-21T06:30", "UTC", "2026-01-21T08:00:00Z");
    day.now = at("2026-01-21T09:05:00Z");
    assert_eq!(day.room.rounds_due(day.now).len(), 1);
    day.act(&Intent::RollBack { criterion: None, reason: "it fails".to_owned(), way: 0 });
    assert_eq!((day.room.mode(), day.room.rounds_due(day.now).len()), (Mode::RollingBack, 0));
    day.act(&Intent::StandDown { reason: "a mistake".to_owned() });
    assert_eq!((day.room.mode(), day.room.rounds_due(day.now).len()), (Mode::Watch, 1));
    day.act(&Intent::RollBack { criterion: None, reason: "it fails".to_owned(), way: 0 });
    let item = day.item("Old version");
    day.act(&Intent::State { item, saw: Some("4.1.9 in the header".to_owned()) });
    day.act(&Intent::DeclareRolledBack);
    assert_eq!((day.room.mode(), day.room.timetables().len()), (Mode::RolledBack, 0));
    assert_eq!(
        day.try_it(&Intent::DeclareGoLive { reason: "x".to_owned() }),
        "It is rolled back: what is live now is the old version. Begin a new attempt, and declare that one live."
    );
}

#[test]
fn rounds_count_from_go_live_and_end_with_their_section() {
    let day = Day::live("2026-01-21T06:30", "UTC", "2026-01-21T14:18:00Z");
    let hourly = day.dues("Every 1 hour");
    assert_eq!((hourly.len(), hourly[0].as_str(), hourly[23].as_str()), (24, "21 15:18 +00:00", "22 14:18 +00:00"));
    let four = day.dues("Every 4 hours");
    assert_eq!((four.len(), four[0].as_str(), four[5].as_str()), (6, "21 18:18 +00:00", "22 14:18 +00:00"));
    let daily = day.dues("Daily");
    assert_eq!((daily.len(), daily[0].as_str(), daily[6].as_str()), (7, "22 14:18 +00:00", "28 14:18 +00:00"));
    assert_eq!(day.dues("Weekly"), ["28 14:18 +00:00"]);
    assert_eq!(day.table("Shift handoff").rhythm, Rhythm::Handoff);
    assert!(Day::a_day().room.timetables().is_empty(), "before go-live nothing repeats");
}

#[test]
fn the_date_that_the_text_names_moves_with_t0() {
    let day = Day::live("2026-02-04T06:30", "UTC", "2026-02-04T08:00:00Z");
    assert_eq!(day.dues("Weekly"), ["11 08:00 +00:00"]);
}

#[test]
fn what_is_daily_at_an_hour_of_its_own_has_as_many_rounds_in_a_week_as_any_other() {
    let text = TEXT.replace("### First week\n", "### First week\n- [ ] Daily at 22:30: look at the backup\n\n");
    let dues = |live: &str| {
        let mut day = Day::with(&text, "2026-01-21T06:30", "UTC");
        let item = day.item("Started");
        day.act(&Intent::State { item, saw: None });
        day.now = at(live);
        day.act(&Intent::DeclareGoLive { reason: "by agreement".to_owned() });
        day.dues("Daily at 22:30")
    };
    let (early, late) = (dues("2026-01-21T08:00:00Z"), dues("2026-01-21T23:00:00Z"));
    assert_eq!((early.len(), early[0].as_str(), early[6].as_str()), (7, "21 22:30 +00:00", "27 22:30 +00:00"));
    assert_eq!((late.len(), late[0].as_str(), late[6].as_str()), (7, "22 22:30 +00:00", "28 22:30 +00:00"));
}

#[test]
fn what_was_said_of_a_round_before_it_was_rolled_back_says_nothing_of_what_goes_live_after_it() {
    let text = TEXT.replace("### First week\n", "### First week\n- [ ] Daily at 09:00: look at the backup\n\n");
    let mut day = Day::with(&text, "2026-01-21T06:30", "UTC");
    let go_live = |day: &mut Day| {
        let item = day.item("Started");
        day.act(&Intent::State { item, saw: None });
        day.act(&Intent::DeclareGoLive { reason: "by agreement".to_owned() });
    };
    day.now = at("2026-01-21T08:00:00Z");
    go_live(&mut day);
    day.now = at("2026-01-21T08:50:00Z");
    let due = "2026-01-21T09:00:00Z";
    day.act(&day.tick("Daily at 09:00", due, "Daily at 09:00", None));
    assert_eq!(day.standing("Daily at 09:00", due), RoundStanding::Done);
    day.act(&Intent::RollBack { criterion: None, reason: "it fails".to_owned(), way: 0 });
    let item = day.item("Old version");
    day.act(&Intent::State { item, saw: Some("4.1.9 in the header".to_owned()) });
    day.act(&Intent::DeclareRolledBack);
    day.act(&Intent::BeginAttempt { start: "2026-01-21T08:55".parse().unwrap(), reason: "the fix is in".to_owned() });
    day.now = at("2026-01-21T08:58:00Z");
    go_live(&mut day);
    day.now = at("2026-01-21T09:00:00Z");
    assert_eq!(day.standing("Daily at 09:00", due), RoundStanding::Due, "the new version was not looked at");
}

#[test]
fn hours_go_on_while_the_clock_is_set_back_and_days_keep_their_time_on_the_wall() {
    // In Berlin 03:00 of 25 October 2026 is 02:00 once more. Go-live is at 22:30 (+02:00).
    let day = Day::live("2026-10-24T21:00", "Europe/Berlin", "2026-10-24T20:30:00Z");
    let hourly = day.dues("Every 1 hour");
    assert_eq!(hourly.len(), 24);
    assert_eq!(
        hourly[2..7],
        ["25 01:30 +02:00", "25 02:30 +02:00", "25 02:30 +01:00", "25 03:30 +01:00", "25 04:30 +01:00"]
    );
    assert_eq!(hourly[23], "25 21:30 +01:00", "24 hours are 24 hours");
    let daily = day.dues("Daily");
    assert_eq!((daily.len(), daily[0].as_str(), daily[6].as_str()), (7, "25 22:30 +01:00", "31 22:30 +01:00"));
}

#[test]
fn hours_go_on_while_the_clock_is_set_ahead_and_what_the_zone_skips_is_told() {
    // In Berlin 02:00 to 03:00 of 29 March 2026 does not exist. Go-live is at 02:30 on the day before.
    let day = Day::live("2026-03-28T01:00", "Europe/Berlin", "2026-03-28T01:30:00Z");
    let hourly = day.dues("Every 1 hour");
    assert_eq!(hourly[22..], ["29 01:30 +01:00", "29 03:30 +02:00"]);
    let daily = day.table("Daily");
    let first = daily.nth(1).unwrap();
    assert_eq!((first.due, first.wall), (at("2026-03-29T01:30:00Z"), WallTime::Skipped));
    assert_eq!(day.dues("Daily")[..2], ["29 03:30 +02:00", "30 02:30 +02:00"]);
    // And a time that is there twice counts once.
    let day = Day::live("2026-10-24T01:00", "Europe/Berlin", "2026-10-24T00:30:00Z");
    let first = day.table("Daily").nth(1).unwrap();
    assert_eq!((first.due, first.wall), (at("2026-10-25T00:30:00Z"), WallTime::Twice));
    assert_eq!(day.dues("Daily").len(), 7);
}

#[test]
fn a_round_is_due_then_overdue_then_missed() {
    let mut day = Day::live("2026-01-21T06:30", "UTC", "2026-01-21T08:00:00Z");
    let mut then = |time: &str| {
        day.now = at(time);
        day.standing("Every 1 hour", "2026-01-21T09:00:00Z")
    };
    assert_eq!(then("2026-01-21T08:59:59Z"), RoundStanding::Ahead);
    assert_eq!(then("2026-01-21T09:00:00Z"), RoundStanding::Due);
    assert_eq!(then("2026-01-21T09:15:00Z"), RoundStanding::Overdue);
    assert_eq!(then("2026-01-21T10:00:00Z"), RoundStanding::Missed);
}

#[test]
fn a_round_is_finished_check_by_check_and_takes_along_what_was_seen() {
    let mut day = Day::live("2026-01-21T06:30", "UTC", "2026-01-21T08:00:00Z");
    let due = "2026-01-21T09:00:00Z";
    day.now = at("2026-01-21T08:40:00Z");
    let looked = day.tick("Every 1 hour", due, "Look", None);
    assert_eq!(day.try_it(&looked), "This round is due later: it can be begun 15 min before its time.");
    day.now = at("2026-01-21T09:02:00Z");
    day.act(&looked);
    assert_eq!(day.try_it(&looked), "It is settled in this round already.");
    let without = day.tick("Every 1 hour", due, "Error rate", None);
    assert_eq!(
        day.try_it(&without),
        "This check names a limit (Error rate <1%): say what you saw, as a value or in words."
    );
    let failed = day.tick("Every 1 hour", due, "Error rate", Some("2 %"));
    assert!(day.try_it(&failed).starts_with("2 % does not meet"), "{}", day.try_it(&failed));
    let reading = RoundReading {
        signal: "latency_p95".to_owned(),
        name: "P95 latency".to_owned(),
        seen: None,
        unseen: "no reply in 3 s".to_owned(),
    };
    day.sight.readings = vec![reading.clone()];
    day.act(&day.tick("Every 1 hour", due, "Error rate", Some("0.05 %")));
    let key = day.key("Every 1 hour", due);
    let done = day.room.afterwards().round(&key).unwrap().done.clone().unwrap();
    assert_eq!((done.actor.as_str(), done.late_s, done.readings), ("MK", 0, vec![reading]));
    assert_eq!(day.standing("Every 1 hour", due), RoundStanding::Done);
    // The next round begins with all of its checks open.
    day.now = at("2026-01-21T10:20:00Z");
    day.act(&day.tick("Every 1 hour", "2026-01-21T10:00:00Z", "Look", None));
    assert_eq!(day.standing("Every 1 hour", "2026-01-21T10:00:00Z"), RoundStanding::Overdue);
}

#[test]
fn a_tick_is_taken_back_and_the_round_is_open_again() {
    let mut day = Day::live("2026-01-21T06:30", "UTC", "2026-01-21T08:00:00Z");
    let due = "2026-01-21T12:00:00Z";
    day.now = at(due);
    day.act(&day.tick("Every 4 hours", due, "Smoke", None));
    assert_eq!(day.standing("Every 4 hours", due), RoundStanding::Done);
    day.act(&Intent::Undo { item: None });
    assert_eq!(day.standing("Every 4 hours", due), RoundStanding::Due);
    let round = day.key("Every 4 hours", due);
    let untick = Intent::UntickRound { round, item: day.item("Smoke") };
    assert_eq!(day.try_it(&untick), "There is nothing to take back.");
    day.act(&day.tick("Every 4 hours", due, "Smoke", None));
    day.act(&untick);
    assert_eq!(day.standing("Every 4 hours", due), RoundStanding::Due);
}

#[test]
fn what_does_not_apply_needs_a_reason_and_settles_its_check() {
    let mut day = Day::live("2026-01-21T06:30", "UTC", "2026-01-21T08:00:00Z");
    let due = "2026-01-21T12:00:00Z";
    day.now = at(due);
    let (round, item) = (day.key("Every 4 hours", due), day.item("Smoke"));
    let of = |reason: &str| {
        let said = RoundSaid::NotApplicable { reason: reason.to_owned() };
        Intent::TickRound { round: round.clone(), item: item.clone(), said }
    };
    assert_eq!(day.try_it(&of(" ")), "Say why first.");
    day.act(&of("the suite is being rebuilt"));
    assert_eq!(day.standing("Every 4 hours", due), RoundStanding::Done);
}

#[test]
fn a_late_round_says_how_late_it_came() {
    let mut day = Day::live("2026-01-21T06:30", "UTC", "2026-01-21T08:00:00Z");
    day.now = at("2026-01-21T17:03:00Z");
    let due = "2026-01-21T12:00:00Z";
    assert_eq!(day.standing("Every 4 hours", due), RoundStanding::Missed);
    day.act(&day.tick("Every 4 hours", due, "Smoke", None));
    let round = day.room.afterwards().round(&day.key("Every 4 hours", due)).unwrap();
    assert_eq!(round.done.as_ref().unwrap().late_s, 5 * 3600 + 180);
    assert_eq!(day.standing("Every 4 hours", due), RoundStanding::Done);
}

#[test]
fn rounds_that_were_missed_over_a_night_are_told_with_their_days() {
    let mut day = Day::live("2026-01-21T06:30", "UTC", "2026-01-21T20:00:00Z");
    let mut alarm = alarm(&day);
    day.now = at("2026-01-22T07:10:00Z");
    day.put(&Event::Slept { from: at("2026-01-21T20:50:00Z"), to: day.now });
    let notice = alarm.rounds_due(&day.room, day.now).expect("one notification");
    assert!(notice.body.contains("missed, from 21 Jan 21:00 UTC to 22 Jan 0"), "{}", notice.body);
}

#[test]
fn a_laptop_asleep_over_three_hourly_checks_tells_it_once() {
    let mut day = Day::live("2026-01-21T06:30", "UTC", "2026-01-21T08:00:00Z");
    let mut alarm = alarm(&day);
    let told =
        |alarm: &mut Alarm, day: &Day| alarm.rounds_due(&day.room, day.now).map(|notice| (notice.title, notice.body));
    day.now = at("2026-01-21T08:30:00Z");
    assert_eq!((told(&mut alarm, &day), alarm.missed_rounds(&day.room, day.now)), (None, None));
    // Asleep from 08:50 to 11:10: 09:00 and 10:00 are missed, 11:00 is due.
    day.now = at("2026-01-21T12:10:00Z");
    day.put(&Event::Slept { from: at("2026-01-21T08:50:00Z"), to: day.now });
    let (title, body) = told(&mut alarm, &day).expect("one notification");
    assert_eq!(title, "Round due; 3 rounds were missed, from 09:00 UTC to 11:00 UTC");
    assert_eq!(
        body,
        "Every 1 hour: 2 checks, due 12:00 UTC\nEvery 4 hours: 1 check, due 12:00 UTC\n3 rounds were missed, from 09:00 \
         UTC to 11:00 UTC. Do them late, or say why."
    );
    let missed = alarm.missed_rounds(&day.room, day.now).expect("one event");
    assert_eq!(alarm.missed_rounds(&day.room, day.now), None, "also while the log does not have it yet");
    day.put(&missed);
    day.now = at("2026-01-21T12:11:00Z");
    assert_eq!((told(&mut alarm, &day), alarm.missed_rounds(&day.room, day.now)), (None, None), "and never again");
    // Nor after a restart.
    day.put(&Event::Notified {
        key: "rounds".to_owned(),
        title: String::new(),
        outcome: crate::NotifyOutcome::Shown,
        words: String::new(),
    });
    let mut alarm = self::alarm(&day);
    assert_eq!((told(&mut alarm, &day), alarm.missed_rounds(&day.room, day.now)), (None, None));
    let missed = day.room.missed(day.now);
    assert_eq!((missed.rounds, missed.checks, missed.runs.len()), (3, 6, 1));
    let table = day.table("Every 1 hour");
    assert!(day.room.round(&table, table.nth(2).unwrap(), day.now).was_away);
    day.act(&Intent::ExplainRounds { reason: "the laptop slept".to_owned() });
    assert_eq!(day.room.missed(day.now).rounds, 0);
    assert_eq!(
        day.try_it(&Intent::ExplainRounds { reason: "x".to_owned() }),
        "No round was missed that is not explained already."
    );
    let why = day.room.afterwards().round(&day.key("Every 1 hour", "2026-01-21T10:00:00Z")).unwrap().why.clone();
    assert_eq!(why.unwrap().reason, "the laptop slept");
    assert_eq!(day.standing("Every 1 hour", "2026-01-21T10:00:00Z"), RoundStanding::Missed, "explained is not done");
}

#[test]
fn before_go_live_nothing_is_due_and_nothing_is_told() {
    let mut day = Day::a_day();
    let mut alarm = alarm(&day);
    day.now = at("2026-01-22T08:00:00Z");
    assert_eq!(alarm.rounds_due(&day.room, day.now), None);
    assert_eq!(alarm.missed_rounds(&day.room, day.now), None);
    let round = RoundKey { routine: "s-1".to_owned(), due: day.now };
    let item = day.item("Look");
    let tick = Intent::TickRound { round, item, said: RoundSaid::Done { saw: None } };
    assert_eq!(day.try_it(&tick), "Rounds count from go-live: declare it first (Shift+L).");
    day.act(&Intent::Close { outcome: "over".to_owned() });
    assert_eq!(alarm.rounds_due(&day.room, day.now), None);
}

/// However the clock runs and the laptop sleeps, each round of an interval is told once: as due, or as missed.
#[test]
fn no_round_is_doubled_and_none_vanishes() {
    for seed in 1..40_u64 {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut draw = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let live = at("2026-10-24T20:30:00Z").checked_add(SignedDuration::from_secs(draw(7200) as i64)).unwrap();
        let mut day = Day::live("2026-10-24T21:00", "Europe/Berlin", &live.to_string());
        let mut alarm = alarm(&day);
        let end = live.checked_add(SignedDuration::from_hours(26)).unwrap();
        let (mut missed, mut done) = (Vec::new(), Vec::new());
        while day.now < end {
            let asleep = draw(8) == 0;
            let length = if asleep { draw(4 * 3600) } else { 1 + draw(600) };
            let from = day.now;
            day.now = day.now.checked_add(SignedDuration::from_secs(length as i64)).unwrap();
            if asleep {
                day.put(&Event::Slept { from, to: day.now });
            }
            if draw(20) == 0 {
                // The program is ended and started again.
                alarm = self::alarm(&day);
            }
            if let Some(event) = alarm.missed_rounds(&day.room, day.now) {
                if let Event::RoundsMissed(found) = &event {
                    let hourly = day.table("Every 1 hour").key;
                    for run in found.runs.iter().filter(|run| run.routine == hourly) {
                        let mut due = run.from;
                        for _ in 0..run.count {
                            missed.push(due);
                            due = due.checked_add(SignedDuration::from_hours(1)).unwrap();
                        }
                    }
                }
                day.put(&event);
            }
            let due = day.room.rounds_due(day.now).into_iter().find(|(table, _)| table.items.len() == 2);
            if let Some((_, round)) = due.filter(|_| draw(3) == 0) {
                let due = round.when.due.to_string();
                day.act(&day.tick("Every 1 hour", &due, "Look", None));
                day.act(&day.tick("Every 1 hour", &due, "Error rate", Some("0.1 %")));
                done.push(round.when.due);
            }
        }
        let mut all: Vec<Timestamp> = missed.iter().chain(&done).copied().collect();
        all.sort();
        let want: Vec<Timestamp> =
            (1..=24).map(|hour| live.checked_add(SignedDuration::from_hours(hour)).unwrap()).collect();
        assert_eq!(all, want, "seed {seed}");
    }
}

#[test]
fn success_is_declared_by_a_person_with_what_is_not_met_named() {
    const WITH_SUCCESS: &str = "## Success criteria
- [x] All pods running
- [ ] Error rate <0.1% (first hour)
- [ ] P95 latency <200ms
";
    let declare = |reason: &str| Intent::DeclareSuccess { reason: reason.to_owned() };
    let text = format!("{TEXT}\n{WITH_SUCCESS}");
    let mut day = Day::with(&text, "2026-01-21T06:30", "UTC");
    assert_eq!(day.try_it(&declare("x")), "Success is declared after go-live: declare that first (Shift+L).");
    let item = day.item("Started");
    day.act(&Intent::State { item, saw: None });
    day.now = at("2026-01-21T08:00:00Z");
    day.act(&Intent::DeclareGoLive { reason: "by agreement".to_owned() });
    let item = day.item("All pods");
    day.act(&Intent::State { item, saw: Some("7/7".to_owned()) });
    assert_eq!(
        day.try_it(&declare("")),
        "Speaks against it: not observed: Error rate <0.1% (first hour) (nobody said so, and nothing observes it); not \
         observed: P95 latency <200ms (nobody said so, and nothing observes it). Settle it, or say why it is so all the \
         same."
    );
    let item = day.item("P95 latency");
    day.act(&Intent::State { item, saw: Some("148 ms".to_owned()) });
    day.act(&declare("the first hour was watched in Grafana"));
    let success = day.room.succeeded().unwrap().clone();
    assert_eq!(success.open.len(), 1);
    assert_eq!((success.actor.as_str(), success.reason.as_str()), ("MK", "the first hour was watched in Grafana"));
    assert_eq!(day.try_it(&declare("x")), "It is declared successful already.");
    assert_eq!(day.room.mode(), Mode::Watch, "a word ends no watch");
    day.act(&Intent::RollBack { criterion: None, reason: "it fails".to_owned(), way: 0 });
    let item = day.item("Old version");
    day.act(&Intent::State { item, saw: Some("4.1.9 in the header".to_owned()) });
    day.act(&Intent::DeclareRolledBack);
    assert_eq!(day.room.succeeded(), None, "what was rolled back is no success");
}

#[test]
fn a_window_of_success_counts_from_go_live_once_it_is_declared() {
    let mut day = Day::with(
        &format!("{TEXT}\n## Success criteria\n- [ ] Error rate <0.1% (first hour)\n"),
        "2026-01-21T06:30",
        "UTC",
    );
    let window = |day: &Day| crate::alert::window_of(&day.room, Some(3600)).unwrap();
    assert_eq!(window(&day).0, at("2026-01-21T06:30:00Z"), "from T0 while nobody declared it");
    let item = day.item("Started");
    day.act(&Intent::State { item, saw: None });
    day.now = at("2026-01-21T14:18:00Z");
    day.act(&Intent::DeclareGoLive { reason: "by agreement".to_owned() });
    assert_eq!(window(&day), (at("2026-01-21T14:18:00Z"), at("2026-01-21T15:18:00Z")));
}
