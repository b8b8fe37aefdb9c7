//! From what the text says about time to instants, once a person has said what T0 and the zone are.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

use crate::model::{PhaseSpan, Plan, Resolved, Stamp, When};
use crate::read::{own_start, time_zone};
use crate::words_of_title;

/// Resolves the plan's times for T0 at `start` on the wall of `zone`.
///
/// Where `start` differs from what the text proposes, every absolute date of the text moves by the same offset on the
/// wall. A wall time that a zone skips or repeats is taken as the zone's rules before the change say (the choice that
/// RFC 5545 makes); the caller shows the instant before it is accepted.
#[must_use]
pub fn resolve(plan: &Plan, start: DateTime, zone: TimeZone) -> Resolved {
    // The text's own dates are counted from the text's own T0, whatever the settings propose instead.
    let own = own_start(&plan.phases, &plan.start);
    let moved = own.map_or(SignedDuration::ZERO, |own| start.duration_since(own));
    let wall = Wall { zone, moved };
    let t0 = wall.unmoved(start);
    let spans: Vec<PhaseSpan> = plan.phases.iter().map(|phase| span(phase.when.as_ref(), &wall, start, t0)).collect();
    let live = go_live(plan, &spans);
    let mut phases: Vec<PhaseSpan> = plan
        .phases
        .iter()
        .zip(spans)
        .map(|(phase, span)| match (&phase.when, live) {
            (Some(When::First { length_s }), Some(live)) => {
                PhaseSpan { start: Some(live), end: live.checked_add(SignedDuration::from_secs(*length_s)).ok() }
            }
            _ => span,
        })
        .collect();
    close_by_the_next(plan, &mut phases);
    // The window was proposed together with the start that was.
    let window_moved = plan.start.start.map_or(SignedDuration::ZERO, |proposed| start.duration_since(proposed));
    let in_window = |time: DateTime| wall.unmoved(time.checked_add(window_moved).unwrap_or(time));
    Resolved {
        start: t0,
        window: plan.start.window.map(|(from, to)| (in_window(from), in_window(to))),
        moved,
        zone: wall.zone,
        phases,
    }
}

struct Wall {
    zone: TimeZone,
    moved: SignedDuration,
}

impl Wall {
    /// The instant of a time of the text, moved with T0, in the zone that its words name, else in the plan's.
    fn at(&self, time: DateTime, own: Option<&str>) -> Timestamp {
        let moved = time.checked_add(self.moved).unwrap_or(time);
        match own.and_then(time_zone) {
            Some(zone) => zone.to_ambiguous_timestamp(moved).compatible().unwrap_or(Timestamp::UNIX_EPOCH),
            None => self.unmoved(moved),
        }
    }

    fn unmoved(&self, time: DateTime) -> Timestamp {
        self.zone.to_ambiguous_timestamp(time).compatible().unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

fn span(when: Option<&When>, wall: &Wall, start: DateTime, t0: Timestamp) -> PhaseSpan {
    match when {
        Some(When::Absolute { from, to, zone }) => {
            let at = |time| wall.at(time, zone.as_deref());
            PhaseSpan { start: begin(*from).map(at), end: to.and_then(end).map(at) }
        }
        Some(When::WorkingDays { from_days, to_days }) => {
            let at = |days| working_day(start.date(), days).map(|day| wall.unmoved(day.to_datetime(start.time())));
            PhaseSpan { start: at(*from_days), end: to_days.and_then(at) }
        }
        Some(When::Relative { from_s, to_s }) => {
            let after = |seconds: i64| t0.checked_add(SignedDuration::from_secs(seconds)).ok();
            PhaseSpan { start: after(*from_s), end: to_s.and_then(after) }
        }
        Some(When::First { .. }) | None => PhaseSpan { start: None, end: None },
    }
}

/// The day that lies `days` working days (Monday to Friday) from `date`: on a Sunday the last one was Friday, and the next
/// is Monday.
pub(crate) fn working_day(date: Date, days: i64) -> Option<Date> {
    let step = |date: Date| if days < 0 { date.yesterday() } else { date.tomorrow() };
    let is_working = |date: Date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let mut day = date;
    // Whole weeks are counted from a working day, so that five days more are always seven days later.
    while days != 0 && !is_working(day) {
        day = if days < 0 { day.tomorrow() } else { day.yesterday() }.ok()?;
    }
    day = day.checked_add(Span::new().try_weeks(days / 5).ok()?).ok()?;
    for _ in 0..(days % 5).abs() {
        day = step(day).ok()?;
        while !is_working(day) {
            day = step(day).ok()?;
        }
    }
    Some(day)
}

fn begin(stamp: Stamp) -> Option<DateTime> {
    stamp.date.map(|date| DateTime::from_parts(date, stamp.time.unwrap_or(Time::midnight())))
}

/// A day that ends something ends at its midnight.
fn end(stamp: Stamp) -> Option<DateTime> {
    let date = stamp.date?;
    match stamp.time {
        Some(time) => Some(DateTime::from_parts(date, time)),
        None => DateTime::from_parts(date, Time::midnight()).checked_add(Span::new().days(1)).ok(),
    }
}

/// Go-live: the beginning of the phase that is called so, else of the last phase with a time of day.
fn go_live(plan: &Plan, spans: &[PhaseSpan]) -> Option<Timestamp> {
    let timed = plan
        .phases
        .iter()
        .zip(spans)
        .filter(|(phase, _)| matches!(&phase.when, Some(When::Absolute { from, .. }) if from.time.is_some()));
    let timed: Vec<_> = timed.filter_map(|(phase, span)| span.start.map(|start| (phase, start))).collect();
    let called = timed.iter().find(|(phase, _)| words_of_title(&phase.title, &["go-live", "go live", "launch"]));
    called.or(timed.last()).map(|(_, start)| *start)
}

/// A phase without an end of its own ends where the next one begins, if that is within a day.
fn close_by_the_next(plan: &Plan, spans: &mut [PhaseSpan]) {
    for at in 0..spans.len() {
        let has_time = matches!(plan.phases.get(at).and_then(|phase| phase.when.as_ref()),
            Some(When::Absolute { from, .. }) if from.time.is_some());
        let next = spans.get(at + 1).and_then(|span| span.start);
        if let (Some(span), Some(next), true) = (spans.get_mut(at), next, has_time)
            && let (Some(start), None) = (span.start, span.end)
            && next > start
            && next.duration_since(start) <= SignedDuration::from_hours(24)
        {
            span.end = Some(next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::Config, read};

    const TEXT: &str = "# Release (March 28, 2026)\n\n## Before (Mar 27)\n- [ ] a\n\n## 2 hours before release\n- [ ] b\n\n## Rollout (1:30 AM)\n- [ ] **10% traffic**\n  - [ ] Hold for 3 minutes\n\n## Go-live (3:00 AM)\n- [ ] c\n\n## First 24 hours\n- [ ] d\n";

    fn check(start: &str, zone: &str) -> Vec<String> {
        let (plan, _) = read(TEXT, &Config::default());
        let resolved = resolve(&plan, start.parse().unwrap(), TimeZone::get(zone).unwrap());
        let show = |time: Option<Timestamp>| time.map_or("-".to_owned(), |time| time.to_string());
        plan.phases
            .iter()
            .zip(&resolved.phases)
            .map(|(phase, span)| format!("{} {} {}", phase.title, show(span.start), show(span.end)))
            .collect()
    }

    #[test]
    fn the_text_s_own_times_stand_where_t0_is_as_proposed() {
        assert_eq!(
            check("2026-03-28T01:30", "Europe/Berlin"),
            [
                "Before 2026-03-26T23:00:00Z -",
                "2 hours before release 2026-03-27T22:30:00Z -",
                "Rollout 2026-03-28T00:30:00Z 2026-03-28T02:00:00Z",
                "Go-live 2026-03-28T02:00:00Z -",
                "First 24 hours 2026-03-28T02:00:00Z 2026-03-29T02:00:00Z",
            ]
        );
    }

    #[test]
    fn another_t0_moves_every_date_on_the_wall_across_a_change_of_the_clock() {
        // In Berlin 02:00 to 03:00 of 29 March does not exist; go-live at 3:00 is one hour after 1:30 plus 30 minutes.
        let moved = check("2026-03-29T01:30", "Europe/Berlin");
        assert_eq!(moved[2], "Rollout 2026-03-29T00:30:00Z 2026-03-29T01:00:00Z");
        assert_eq!(moved[3], "Go-live 2026-03-29T01:00:00Z -");
        assert_eq!(moved[0], "Before 2026-03-27T23:00:00Z -");
    }
    #[test]
    fn a_stretch_with_a_zone_of_its_own_keeps_it_and_moves_with_t0() {
        let text = "# Ship (March 28, 2026, all times are in UTC)\n\n## Call with Lisbon (8:00 Europe/Lisbon)\n- [ ] a\n\n## Deploy (9:00 AM PST)\n- [ ] b\n";
        let (plan, _) = read(text, &Config::default());
        assert_eq!(plan.start.zone, "UTC");
        // Los Angeles keeps summer time on 28 March: 9:00 is 16:00 UTC.
        assert_eq!(plan.start.start.map(|start| start.to_string()).as_deref(), Some("2026-03-28T16:00:00"));
        let starts = |start: &str| {
            let resolved = resolve(&plan, start.parse().unwrap(), TimeZone::UTC);
            resolved.phases.iter().map(|span| span.start.unwrap().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(starts("2026-03-28T16:00"), ["2026-03-28T08:00:00Z", "2026-03-28T16:00:00Z"]);
        // A day later Lisbon has summer time too.
        assert_eq!(starts("2026-03-29T16:00"), ["2026-03-29T07:00:00Z", "2026-03-29T16:00:00Z"]);
    }

    #[test]
    fn working_days_leave_weekends_out() {
        let day = |date: &str, days| working_day(date.parse().unwrap(), days).unwrap().to_string();
        // 4 May 2026 is a Monday.
        assert_eq!(day("2026-05-04", 0), "2026-05-04");
        assert_eq!(day("2026-05-04", -1), "2026-05-01");
        assert_eq!(day("2026-05-04", -5), "2026-04-27");
        assert_eq!(day("2026-05-04", -12), "2026-04-16");
        assert_eq!(day("2026-05-07", 2), "2026-05-11");
        assert_eq!(day("2026-05-10", -1), "2026-05-08");
        assert_eq!(day("2026-05-10", 1), "2026-05-11");
        assert_eq!(day("2026-05-09", -5), "2026-05-04");
    }

    #[test]
    fn settings_that_put_t0_elsewhere_move_the_text_s_dates() {
        let mut config = Config::default();
        config.plan.start = Some("2026-04-04T01:30".parse().unwrap());
        let (plan, _) = read(TEXT, &config);
        let resolved = resolve(&plan, plan.start.start.unwrap(), TimeZone::UTC);
        assert_eq!(resolved.moved, SignedDuration::from_hours(7 * 24));
        assert_eq!(resolved.phases[3].start.unwrap().to_string(), "2026-04-04T03:00:00Z");
    }
}
