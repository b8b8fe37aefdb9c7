//! Given, when, then: what the week of the watch held.

use super::*;
use crate::alert::{AlertId, Fired};
use crate::review::review;
use plan::Severity;

/// A day whose log is kept, as the review reads it.
struct Week {
    day: Day,
    events: Vec<Recorded>,
}

impl Week {
    fn live() -> Self {
        Self { day: Day::live("2026-01-21T06:30", "UTC", "2026-01-21T08:00:00Z"), events: Vec::new() }
    }

    fn put(&mut self, time: &str, event: Event) -> u64 {
        self.day.now = at(time);
        self.day.put(&event);
        let (seq, now) = (self.day.room.last(), self.day.now);
        self.events.push(Recorded { seq, occurred_at: now, recorded_at: now, actor: "MK".to_owned(), event });
        seq
    }

    fn fires(&mut self, time: &str, severity: Severity) -> u64 {
        let fired = Fired {
            alert: alert(),
            name: "Error rate".to_owned(),
            text: String::new(),
            severity,
            since: at(time),
            seen: None,
            deadline: None,
            why: String::new(),
            first: None,
            since_before: None,
        };
        self.put(time, Event::AlertFired(Box::new(fired)))
    }

    fn is_over(&mut self, time: &str) {
        self.put(time, Event::AlertResolved { alert: alert(), seen: None });
    }
}

fn alert() -> AlertId {
    AlertId::from("c-1".to_owned())
}

#[test]
fn rounds_are_counted_as_they_were_done() {
    let mut week = Week::live();
    assert!(review(&Day::a_day().room, &[], week.day.now).is_none(), "a week counts from go-live");
    for (now, due) in [("2026-01-21T09:05:00Z", "09"), ("2026-01-21T10:40:00Z", "10")] {
        week.day.now = at(now);
        let due = format!("2026-01-21T{due}:00:00Z");
        let first = week.day.tick("Every 1 hour", &due, "Look", None);
        week.day.act(&first);
        let second = week.day.tick("Every 1 hour", &due, "Error rate", Some("0.1 %"));
        week.day.act(&second);
    }
    week.day.now = at("2026-01-21T13:30:00Z");
    let first = week.day.tick("Every 1 hour", "2026-01-21T13:00:00Z", "Look", None);
    week.day.act(&first);
    let found = review(&week.day.room, &week.events, week.day.now).unwrap();
    let hourly = &found.rounds[0];
    assert_eq!((hourly.due, hourly.done, hourly.late), (5, 1, 1));
    assert_eq!((hourly.missed, hourly.unexplained, hourly.open), (2, 2, 1));
    assert_eq!((found.days.len(), found.days[0].done, found.days[0].late, found.days[0].missed), (1, 1, 1, 2));
    week.day.act(&Intent::ExplainRounds { reason: "the laptop slept".to_owned() });
    let found = review(&week.day.room, &week.events, week.day.now).unwrap();
    assert_eq!((found.rounds[0].missed, found.rounds[0].unexplained), (2, 0), "explained is missed all the same");
}

#[test]
fn alerts_are_counted_by_episode_with_the_longest() {
    let mut week = Week::live();
    week.fires("2026-01-21T09:00:00Z", Severity::Medium);
    week.fires("2026-01-21T09:02:00Z", Severity::High);
    week.is_over("2026-01-21T09:05:00Z");
    let longest = week.fires("2026-01-22T03:00:00Z", Severity::Medium);
    week.is_over("2026-01-22T03:30:00Z");
    week.fires("2026-01-23T10:00:00Z", Severity::Medium);
    let found = review(&week.day.room, &week.events, at("2026-01-23T10:10:00Z")).unwrap();
    let [one] = found.alerts.as_slice() else { panic!("{:?}", found.alerts) };
    assert_eq!((one.count, one.longest_s, one.total_s), (3, 1800, 300 + 1800 + 600), "graver is no new episode");
    assert_eq!((one.severity, one.is_firing, one.event), (Severity::High, true, longest));
    assert_eq!(found.days.iter().map(|day| day.fired).collect::<Vec<_>>(), [1, 1, 1]);
}

#[test]
fn blindness_is_an_episode_and_the_week_ends_after_seven_days() {
    let mut week = Week::live();
    let blinded = |since: &str| Event::Blinded { names: vec!["P95".to_owned()], since: at(since), why: "x".to_owned() };
    week.put("2026-01-21T12:00:30Z", blinded("2026-01-21T12:00:00Z"));
    week.put("2026-01-21T12:01:00Z", blinded("2026-01-21T12:00:00Z"));
    week.put("2026-01-21T12:04:00Z", Event::SeenAgain { since: at("2026-01-21T12:00:00Z") });
    week.fires("2026-01-29T12:00:00Z", Severity::Critical);
    let found = review(&week.day.room, &week.events, at("2026-01-29T13:00:00Z")).unwrap();
    assert!(found.is_over);
    assert_eq!(found.to, at("2026-01-28T08:00:00Z"));
    let names: Vec<_> = found.alerts.iter().map(|one| (one.name.as_str(), one.count, one.longest_s)).collect();
    assert_eq!(names, [("Blind", 1, 240)], "what came after the week is not of it");
    assert_eq!(found.days.len(), 8, "a day on which nothing was is a day");
}
