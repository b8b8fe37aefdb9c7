//! Seven days under watch: what is remembered does not grow, and the log grows by what happened and by nothing else.

use jiff::{SignedDuration, Timestamp};
use room::{Alarm, Event, Measure, Memory, Opened, Reading, Recorded, Room, Sample, Signal, Watch};

use crate::kill::Chance;

/// Criteria of every severity, a gate that nobody enters, checks that a metric ticks, success over days.
const CHECKLIST: &str = "# Ship pay (Jan 21, 2026)

## Rollout (6:30 AM)
- [ ] Started
- [ ] **10% traffic**
  - [ ] Error rate <1%
  - [ ] Hold for 10 minutes

## Monitoring (first week)
- [ ] P95 latency <400ms

## Rollback
### CRITICAL (roll back now)
- Error rate >10%
### HIGH
- P95 latency >500ms
- Error rate >5%
### MEDIUM
- P95 latency 200-500ms

## Success criteria
- [ ] Error rate <2% (first 24 hours)
";

const SETTINGS: &str = "version = 1
[sources.prod]
kind = \"prometheus\"
url = \"http://127.0.0.1:9\"
every = \"30s\"
[metrics.error_rate]
source = \"prod\"
query = \"errors\"
unit = \"ratio\"
[metrics.latency_p95]
source = \"prod\"
query = \"latency\"
unit = \"s\"
";

/// 2026-01-21 06:30 UTC.
const START: i64 = 1_768_977_000;
const DAY_S: i64 = 24 * 3600;
/// A longer time between two looks would count as slept through.
const LOOK_S: i64 = 10;
const POLL_S: i64 = 30;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a second of this century")
}

struct Week {
    room: Room,
    watch: Watch,
    alarm: Alarm,
    events: usize,
    notices: usize,
    sequence: u64,
}

impl Week {
    fn begin() -> Self {
        let opened = Opened {
            room: "0".repeat(32),
            file: "pay.md".to_owned(),
            path: "/pay.md".to_owned(),
            text: CHECKLIST.to_owned(),
            settings: Some(SETTINGS.to_owned()),
            start: jiff::civil::date(2026, 1, 21).at(6, 30, 0, 0),
            zone: "UTC".to_owned(),
            moved_s: 0,
            zone_data: "none".to_owned(),
            reader: "week".to_owned(),
            drill: None,
        };
        let room = Room::open(opened);
        let (watch, events) = Watch::new(&room, Memory::default(), true, at(START));
        assert_eq!(events, []);
        let alarm = Alarm::new(&room, &watch, at(START));
        Self { room, watch, alarm, events: 0, notices: 0, sequence: 0 }
    }

    fn take(&mut self, events: Vec<Event>, now: i64) {
        for event in events {
            self.events += 1;
            self.watch.applied(&event);
            let (seq, now) = (self.room.last() + 1, at(now));
            self.room.apply(&Recorded { seq, occurred_at: now, recorded_at: now, actor: "War Room".to_owned(), event });
        }
    }

    fn hear(&mut self, metric: &str, value: Option<f64>, now: i64) {
        self.sequence += 1;
        let good_until = at(now) + SignedDuration::from_secs(75);
        let sample = |value| Sample { measure: Measure::Number(value), at: at(now), good_until, too_few: None };
        let outcome = value.map(sample).ok_or(room::Fault::Empty);
        let signal = Signal::Metric(metric.to_owned());
        let events =
            self.watch.hear(&self.room, &Reading { signal, sequence: self.sequence, at: at(now), outcome }, at(now));
        self.take(events, now);
    }

    fn remembered_bytes(&self) -> usize {
        serde_json::to_string(self.watch.memory()).expect("what is remembered can be written").len()
    }
}

#[test]
fn seven_days_leave_no_more_behind_than_one() {
    let mut chance = Chance(7);
    let mut week = Week::begin();
    // The most that was remembered, the events and the notices of each day; and how often the values turned.
    let mut days = Vec::new();
    for day in 0..7 {
        let (mut most, mut turns) = (0, 0_usize);
        let (events, notices) = (week.events, week.notices);
        let mut values = (Some(0.001), Some(0.15));
        for now in (START + day * DAY_S..START + (day + 1) * DAY_S).step_by(usize::try_from(LOOK_S).expect("small")) {
            if now % POLL_S == 0 {
                // Some forty times a day something turns; a breach lasts for some minutes, and so does nothing at all.
                if chance.below(70) == 0 {
                    turns += 1;
                    values = match chance.below(6) {
                        0 => (Some(0.12), Some(0.15)),
                        1 => (Some(0.06), Some(0.6)),
                        2 => (Some(0.001), Some(0.3)),
                        3 => (None, Some(0.15)),
                        _ => (Some(0.001), Some(0.15)),
                    };
                }
                week.hear("error_rate", values.0, now);
                week.hear("latency_p95", values.1, now);
            }
            let events = week.watch.tick(&week.room, at(now));
            week.take(events, now);
            week.notices += week.alarm.due(&week.room, &week.watch, at(now)).len();
            if now % (20 * POLL_S) == 0 {
                most = most.max(week.remembered_bytes());
            }
        }
        days.push((most, week.events - events, week.notices - notices, turns));
    }
    eprintln!("bytes remembered at most, events, notices, turns: {days:?}");
    let (first, last) = (days[0].0, days[6].0);
    // The same kinds of things are remembered on each day: what differs is how many digits they have.
    assert!(last <= first + first / 5, "what is remembered grows: {days:?}");
    for (_, events, notices, turns) in &days {
        assert!(*turns > 20, "{days:?}");
        // Of each turn some alerts fire and resolve, checks tick and are lost, the verdict turns twice; nothing is said
        // again and again while nothing turns.
        assert!(*events <= turns * 16, "the log grows by itself: {days:?}");
        // What burns is told again each minute, for the minutes that it burns.
        assert!(*notices <= 24 * 60 * 5, "{days:?}");
    }
    assert!(week.room.last() > 500, "much happened: {days:?}");
}
