//! What the desktop is told of the alerts, and when: at once, anew until somebody acknowledges, and when it is over.
//!
//! Owns: which notification is due, and its words. Must not know: how one is shown. One notification an alert, updated
//! in place; several that come together are one summary.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use plan::Severity;

use crate::alert::{AlertId, RuleMemory, signed};
use crate::apply::SUMMARY;
use crate::state::{Mode, Room};
use crate::watch::Watch;

/// Alerts that fire within this time of each other come from one cause, most often.
const TOGETHER: SignedDuration = SignedDuration::from_secs(5);

/// From how many on several alerts are told as one: three banners are the most that a desktop shows without hiding some.
const MANY: usize = 3;

/// A notification that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Names it: an alert's id, or [`SUMMARY`]. One of the same key takes the place of the one before.
    pub key: String,
    /// One line.
    pub title: String,
    /// A few lines.
    pub body: String,
    /// How heavy it is; `None` for what is over.
    pub severity: Option<Severity>,
    /// Whether there is something to acknowledge.
    pub can_be_acknowledged: bool,
    /// Whether it sounds: what demands the way back now.
    pub sounds: bool,
    /// Whether what comes of it is kept in the log even where nothing changed: not for a repetition.
    pub is_first: bool,
}

/// What the desktop was told.
#[derive(Debug, Clone)]
pub struct Alarm {
    told: BTreeMap<AlertId, Told>,
}

/// What was told of one alert.
#[derive(Debug, Clone)]
struct Told {
    since: Timestamp,
    /// When it was told last.
    at: Timestamp,
    /// When it was told first.
    first: Timestamp,
    severity: Severity,
    is_overdue: bool,
    /// A stronger alert on the same signal speaks for it.
    is_quiet: bool,
    name: String,
}

/// An alert as it burns now.
struct Burning {
    id: AlertId,
    since: Timestamp,
    severity: Severity,
    is_overdue: bool,
    is_acknowledged: bool,
    is_quiet: bool,
    name: String,
}

impl Alarm {
    /// An alarm that begins now. What the log says was told is not told again before its time.
    #[must_use]
    pub fn new(room: &Room, watch: &Watch, now: Timestamp) -> Self {
        let mut alarm = Self { told: BTreeMap::new() };
        for one in burning(room, watch, now) {
            if room.alerts().get(&one.id).is_some_and(|state| state.is_notified && state.fired.since == one.since) {
                alarm.told.insert(one.id.clone(), Told::of(&one, now));
            }
        }
        alarm
    }

    /// What is due now.
    pub fn due(&mut self, room: &Room, watch: &Watch, now: Timestamp) -> Vec<Notice> {
        if room.mode() == Mode::Closed {
            self.told.clear();
            return Vec::new();
        }
        let burning = burning(room, watch, now);
        let mut notices = self.over(&burning, room, watch, now);
        let mut due: Vec<(&Burning, bool)> = Vec::new();
        let repeat = signed(room.config().alerts.repeat);
        for one in &burning {
            let (is_new, is_due) = match self.told.get(&one.id) {
                Some(told) if told.since == one.since => {
                    let is_worse = one.severity > told.severity || (one.is_overdue && !told.is_overdue);
                    let is_repeated = !one.is_acknowledged && now.duration_since(told.at) >= repeat;
                    let speaks_up = told.is_quiet && !one.is_quiet;
                    (is_worse || speaks_up, is_worse || is_repeated || speaks_up)
                }
                _ => (true, true),
            };
            if one.is_quiet {
                self.told.entry(one.id.clone()).or_insert_with(|| Told::of(one, now));
            } else if is_due {
                due.push((one, is_new));
            }
        }
        if due.is_empty() {
            return notices;
        }
        let is_recent = |told: &&Told| !told.is_quiet && now.duration_since(told.first) <= TOGETHER;
        let recent = self.told.values().filter(is_recent).count();
        let any_new = due.iter().any(|(_, is_new)| *is_new);
        let together = due.len() + if any_new { recent } else { 0 };
        // What somebody acknowledged is known, unless it got worse since.
        let is_told =
            |one: &Burning| !one.is_acknowledged || one.is_overdue || due.iter().any(|(due, _)| due.id == one.id);
        let mut open: Vec<&Burning> = burning.iter().filter(|one| !one.is_quiet && is_told(one)).collect();
        open.sort_by_key(|one| !one.is_overdue);
        if together >= MANY && open.len() > 1 {
            notices.push(summary(&open, room, watch, now, any_new));
        } else {
            notices.extend(due.iter().map(|(one, is_new)| notice(one, room, watch, now, *is_new)));
        }
        for (one, is_new) in due {
            let first = self.told.get(&one.id).filter(|told| told.since == one.since && !is_new).map(|told| told.first);
            self.told.insert(one.id.clone(), Told { first: first.unwrap_or(now), ..Told::of(one, now) });
        }
        notices
    }

    /// What burned and is over.
    fn over(&mut self, burning: &[Burning], room: &Room, watch: &Watch, now: Timestamp) -> Vec<Notice> {
        let burns = |id: &AlertId, told: &Told| burning.iter().any(|one| one.id == *id && one.since == told.since);
        let gone: Vec<AlertId> =
            self.told.iter().filter(|(id, told)| !burns(id, told)).map(|(id, _)| id.clone()).collect();
        let mut notices = Vec::new();
        for id in gone {
            let Some(told) = self.told.remove(&id) else { continue };
            if told.is_quiet || burning.iter().any(|one| one.id == id) {
                continue;
            }
            let last = watch.rule_memory(&id).and_then(RuleMemory::last);
            let value = last.map(|last| last.seen.words.clone()).unwrap_or_default();
            let since = wall(room, told.since);
            let (title, body) = match (id.is_blind(), value.is_empty()) {
                (true, _) => {
                    ("Seen again".to_owned(), format!("All armed criteria are seen again. Blind since {since}."))
                }
                (false, true) => (format!("{}: not watched any more", told.name), format!("It burned since {since}.")),
                (false, false) => (
                    format!("Resolved: {} {value}", told.name),
                    format!("{value} at {}. It burned since {since}.", wall(room, now)),
                ),
            };
            notices.push(Notice {
                key: id.to_string(),
                title,
                body,
                severity: None,
                can_be_acknowledged: false,
                sounds: false,
                is_first: true,
            });
        }
        notices
    }
}

impl Told {
    fn of(one: &Burning, now: Timestamp) -> Self {
        Self {
            since: one.since,
            at: now,
            first: now,
            severity: one.severity,
            is_overdue: one.is_overdue,
            is_quiet: one.is_quiet,
            name: one.name.clone(),
        }
    }
}

/// All that burns, the strongest first; blindness from its first moment.
fn burning(room: &Room, watch: &Watch, now: Timestamp) -> Vec<Burning> {
    let mut firing = watch.firing(room, now);
    if watch.memory().blind().is_some() && !firing.iter().any(|(id, _)| id.is_blind()) {
        firing.push((AlertId::blind(), Severity::Medium));
    }
    let mut found: Vec<(Burning, Option<&crate::reading::Signal>)> = Vec::new();
    for (id, severity) in firing {
        let rule = watch.book().rule(&id);
        let since = match rule {
            Some(_) => watch.rule_memory(&id).and_then(RuleMemory::since),
            None => watch.memory().blind().map(crate::watch::BlindMemory::since),
        };
        let Some(since) = since else { continue };
        let signal = rule.map(|rule| &rule.signal);
        // The strongest of a signal speaks for the weaker ones: they stand first.
        let is_quiet = signal.is_some() && found.iter().any(|(_, other)| *other == signal);
        let known = room.alerts().get(&id).filter(|state| state.fired.since == since);
        let one = Burning {
            is_overdue: watch.deadline_of(room, &id).is_some_and(|deadline| deadline <= now),
            is_acknowledged: known.is_some_and(|state| state.acknowledged.is_some()),
            name: rule.map_or_else(|| "Blind".to_owned(), |rule| rule.name.clone()),
            id,
            since,
            severity,
            is_quiet,
        };
        found.push((one, signal));
    }
    found.into_iter().map(|(one, _)| one).collect()
}

fn notice(one: &Burning, room: &Room, watch: &Watch, now: Timestamp, is_first: bool) -> Notice {
    Notice {
        key: one.id.to_string(),
        title: title(one, room, watch, now),
        body: body(one, room, watch, now),
        severity: Some(if one.is_overdue { Severity::Critical } else { one.severity }),
        can_be_acknowledged: !one.is_acknowledged,
        sounds: one.severity == Severity::Critical || one.is_overdue,
        is_first,
    }
}

/// "HIGH: P95 latency 612 ms, > 500 ms".
fn title(one: &Burning, room: &Room, watch: &Watch, now: Timestamp) -> String {
    if one.is_overdue {
        return format!("ROLL BACK: the time for {} is up", watch.breach(&one.id));
    }
    if one.id.is_blind() {
        let names = watch.blinding(room, now).len();
        return match one.severity {
            Severity::High => format!("HIGH: blind, {names} criteria unseen"),
            _ => format!("BLIND: {names} criteria unseen"),
        };
    }
    format!("{}: {}", severity_word(one.severity), watch.breach(&one.id))
}

/// Since when, what the plan says, what it demands.
fn body(one: &Burning, room: &Room, watch: &Watch, now: Timestamp) -> String {
    let since = format!("Since {}", wall(room, one.since));
    let demand = demand(one, room, watch, now);
    if one.id.is_blind() {
        let why = room.alerts().get(&one.id).map(|state| state.fired.why.clone()).unwrap_or_default();
        let names = watch.memory().blind().map(|blind| blind.names().join(", ")).unwrap_or_default();
        let lines = [why, names, format!("{since}. {demand}")];
        return lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    }
    let text = watch.book().rule(&one.id).map_or("", |rule| rule.text.as_str());
    format!("The plan: “{text}”\n{since}. {demand}")
}

/// What the plan demands (DESIGN.md: CRITICAL rolls back now, HIGH by its deadline, MEDIUM investigates).
fn demand(one: &Burning, room: &Room, watch: &Watch, now: Timestamp) -> String {
    let begun = watch.has_begun(room, now);
    match (one.severity, watch.deadline_of(room, &one.id)) {
        (Severity::Critical, _) if begun => "Roll back now.".to_owned(),
        (Severity::Critical, _) => "Do not start.".to_owned(),
        (_, Some(deadline)) if deadline <= now => "Roll back now: the time is up.".to_owned(),
        (Severity::High, Some(deadline)) if begun => {
            format!("Roll back by {} if it is not resolved.", wall(room, deadline))
        }
        (Severity::High, _) => "Do not start before it is resolved.".to_owned(),
        (Severity::Medium, _) if one.id.is_blind() => {
            let until = watch.memory().blind().map_or(now, |blind| blind.tolerated_until(room));
            format!("Tolerated until {}, then it is HIGH.", wall(room, until))
        }
        (Severity::Medium, _) => "Investigate.".to_owned(),
    }
}

/// Several at once, as one: what needs a person, the most urgent first.
fn summary(open: &[&Burning], room: &Room, watch: &Watch, now: Timestamp, is_first: bool) -> Notice {
    let worst = open.first().map(|one| title(one, room, watch, now)).unwrap_or_default();
    let lines = open.iter().take(6).map(|one| title(one, room, watch, now));
    let mut body: Vec<String> = lines.collect();
    if open.len() > 6 {
        body.push(format!("and {} more", open.len() - 6));
    }
    let severity = open.iter().map(|one| if one.is_overdue { Severity::Critical } else { one.severity }).max();
    Notice {
        key: SUMMARY.to_owned(),
        title: format!("{} alerts; {worst}", open.len()),
        body: body.join("\n"),
        severity,
        can_be_acknowledged: open.iter().any(|one| !one.is_acknowledged),
        sounds: severity == Some(Severity::Critical),
        is_first,
    }
}

/// A severity as people shout it.
fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "CRITICAL",
        Severity::High => "HIGH",
        Severity::Medium => "MEDIUM",
    }
}

/// `07:06:55 UTC`, on the plan's wall.
fn wall(room: &Room, at: Timestamp) -> String {
    at.to_zoned_datetime(room.resolved().zone.clone()).strftime("%H:%M:%S %Z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Event, NotifyOutcome};
    use crate::intent::Intent;
    use crate::reading::Fault;
    use crate::watch::tests::Day;

    /// What is due, in a few words each.
    fn due(alarm: &mut Alarm, day: &Day) -> Vec<String> {
        let notices = alarm.due(&day.room, &day.watch, day.now);
        notices
            .iter()
            .map(|notice| {
                let sound = if notice.sounds { " (sounds)" } else { "" };
                let first = if notice.is_first { "" } else { " (again)" };
                format!("{}{sound}{first}", notice.title)
            })
            .collect()
    }

    fn alarm(day: &Day) -> Alarm {
        Alarm::new(&day.room, &day.watch, day.now)
    }

    #[test]
    fn an_alert_is_told_at_once_again_each_minute_and_when_it_is_over() {
        let mut day = Day::begun();
        let mut alarm = alarm(&day);
        day.both_for(15, 0.001, 0.612);
        assert_eq!(due(&mut alarm, &day), ["HIGH: P95 latency 612 ms, > 500 ms"]);
        assert_eq!(due(&mut alarm, &day), Vec::<String>::new());
        day.both_for(55, 0.001, 0.64);
        assert_eq!(due(&mut alarm, &day), Vec::<String>::new());
        day.both_for(5, 0.001, 0.64);
        assert_eq!(due(&mut alarm, &day), ["HIGH: P95 latency 640 ms, > 500 ms (again)"], "with the value of now");
        let id = day.watch.firing(&day.room, day.now)[0].0.clone();
        day.act(&Intent::Acknowledge { alert: id, note: String::new() });
        day.both_for(120, 0.001, 0.64);
        assert_eq!(due(&mut alarm, &day), Vec::<String>::new(), "whoever acknowledged is not told again");
        day.both_for(20, 0.001, 0.15);
        assert_eq!(due(&mut alarm, &day), ["Resolved: P95 latency 150 ms"]);
        day.both_for(10, 0.001, 0.612);
        assert_eq!(due(&mut alarm, &day), ["HIGH: P95 latency 612 ms, > 500 ms"], "a second episode");
    }

    #[test]
    fn a_notification_says_value_threshold_since_when_and_what_the_plan_demands() {
        let mut day = Day::begun();
        let mut alarm = alarm(&day);
        day.both_for(15, 0.001, 0.612);
        let notice = alarm.due(&day.room, &day.watch, day.now).remove(0);
        assert_eq!(
            notice.body,
            "The plan: “P95 latency >500ms”\nSince 06:30:05 UTC. Roll back by 07:00:05 UTC if it is not resolved."
        );
        assert_eq!((notice.severity, notice.can_be_acknowledged), (Some(Severity::High), true));
    }

    #[test]
    fn the_stronger_of_one_signal_speaks_for_the_weaker_and_a_deadline_sounds() {
        let mut day = Day::begun();
        let mut alarm = alarm(&day);
        day.both_for(10, 0.001, 0.3);
        assert_eq!(due(&mut alarm, &day), ["MEDIUM: P95 latency 300 ms, 200 – 500 ms"]);
        day.both_for(10, 0.001, 0.612);
        assert_eq!(due(&mut alarm, &day), ["HIGH: P95 latency 612 ms, > 500 ms"]);
        let id = day.watch.firing(&day.room, day.now)[0].0.clone();
        day.act(&Intent::Acknowledge { alert: id, note: String::new() });
        day.both_for(30 * 60, 0.001, 0.612);
        let told = due(&mut alarm, &day);
        let overdue = "ROLL BACK: the time for P95 latency 612 ms, > 500 ms is up (sounds)";
        assert!(told.contains(&overdue.to_owned()), "{told:?}");
    }

    #[test]
    fn what_is_critical_sounds_until_it_is_acknowledged() {
        let mut day = Day::begun();
        let mut alarm = alarm(&day);
        day.both_for(10, 0.12, 0.15);
        assert_eq!(due(&mut alarm, &day), ["CRITICAL: Error rate 12 %, > 10 % (sounds)"]);
        day.both_for(60, 0.12, 0.15);
        assert_eq!(due(&mut alarm, &day), ["CRITICAL: Error rate 12 %, > 10 % (sounds) (again)"]);
    }

    #[test]
    fn blindness_is_told_when_it_begins_and_when_it_is_high() {
        let mut day = Day::begun();
        day.both_for(15, 0.001, 0.15);
        let mut alarm = alarm(&day);
        day.pass(13);
        day.hear("error_rate", Err(Fault::Refused));
        assert_eq!(due(&mut alarm, &day), ["BLIND: 2 criteria unseen"]);
        day.pass(5 * 60);
        assert_eq!(due(&mut alarm, &day), ["HIGH: blind, 2 criteria unseen"]);
        day.both(0.001, 0.15);
        assert_eq!(due(&mut alarm, &day), ["Seen again"]);
    }

    #[test]
    fn several_at_once_are_one_summary() {
        let settings = "version = 1\n[sources.prod]\nkind = \"prometheus\"\nurl = \"http://127.0.0.1:9\"\n".to_owned()
            + "[metrics.error_rate]\nsource = \"prod\"\nquery = \"a\"\nunit = \"ratio\"\n"
            + "[metrics.latency_p95]\nsource = \"prod\"\nquery = \"b\"\nunit = \"s\"\n";
        let mut day = Day::of(&settings);
        day.state("Started", None);
        let mut alarm = alarm(&day);
        day.both_for(15, 0.001, 0.15);
        day.both_for(10, 0.12, 0.612);
        assert_eq!(
            due(&mut alarm, &day),
            ["CRITICAL: Error rate 12 %, > 10 % (sounds)", "HIGH: P95 latency 612 ms, > 500 ms"]
        );
        // Blindness is the third.
        day.pass(14);
        assert_eq!(due(&mut alarm, &day), ["BLIND: 2 criteria unseen"]);
        day.pass(60);
        let told = due(&mut alarm, &day);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("3 alerts; CRITICAL: Error rate 12 %, > 10 %"), "{told:?}");
    }

    /// Three metrics, each with a HIGH of its own.
    fn three() -> Day {
        let metric = |name: &str| format!("[metrics.{name}]\nsource = \"prod\"\nquery = \"{name}\"\nunit = \"s\"\n");
        let settings = "version = 1\n[sources.prod]\nkind = \"prometheus\"\nurl = \"http://127.0.0.1:9\"\n".to_owned()
            + &["latency_p50", "latency_p95", "latency_p99"].map(metric).concat();
        let text = "# Ship pay (Jan 21, 2026)\n\n## Rollout (6:30 AM)\n- [ ] Started\n\n## Rollback\n### HIGH\n\
                    - P50 latency >100ms\n- P95 latency >500ms\n- P99 latency >900ms\n";
        let mut day = Day::with(text, &settings);
        day.state("Started", None);
        day
    }

    /// All three for so many seconds.
    fn three_for(day: &mut Day, seconds: i64, values: [f64; 3]) {
        for _ in 0..seconds / 5 {
            day.pass(5);
            for (metric, value) in ["latency_p50", "latency_p95", "latency_p99"].into_iter().zip(values) {
                day.sees(metric, value);
            }
        }
    }

    #[test]
    fn what_was_acknowledged_and_is_overdue_stands_first_in_a_summary_and_sounds() {
        let mut day = three();
        let mut alarm = alarm(&day);
        three_for(&mut day, 15, [0.3, 0.6, 1.2]);
        assert_eq!(due(&mut alarm, &day), ["3 alerts; HIGH: P50 latency 300 ms, > 100 ms"]);
        for (id, _) in day.watch.firing(&day.room, day.now) {
            day.act(&Intent::Acknowledge { alert: id, note: String::new() });
        }
        three_for(&mut day, 29 * 60, [0.3, 0.6, 1.2]);
        assert_eq!(due(&mut alarm, &day), Vec::<String>::new());
        three_for(&mut day, 60, [0.3, 0.6, 1.2]);
        let notices = alarm.due(&day.room, &day.watch, day.now);
        let titles: Vec<&str> = notices.iter().map(|notice| notice.title.as_str()).collect();
        assert_eq!(titles, ["3 alerts; ROLL BACK: the time for P50 latency 300 ms, > 100 ms is up"]);
        assert_eq!(notices[0].body.lines().count(), 3, "{}", notices[0].body);
        let loud = (Some(Severity::Critical), true, false);
        assert_eq!((notices[0].severity, notices[0].sounds, notices[0].can_be_acknowledged), loud);
    }

    #[test]
    fn one_beside_two_that_were_acknowledged_is_told_by_itself() {
        let mut day = three();
        let mut alarm = alarm(&day);
        three_for(&mut day, 10, [0.3, 0.6, 0.1]);
        assert_eq!(due(&mut alarm, &day).len(), 2);
        for (id, _) in day.watch.firing(&day.room, day.now) {
            day.act(&Intent::Acknowledge { alert: id, note: String::new() });
        }
        let soon = day.now;
        day.now = soon + SignedDuration::from_secs(2);
        day.sees("latency_p99", 1.2);
        day.now = soon + SignedDuration::from_secs(4);
        day.sees("latency_p99", 1.2);
        assert_eq!(due(&mut alarm, &day), ["HIGH: P99 latency 1200 ms, > 900 ms"]);
    }

    #[test]
    fn after_a_restart_what_was_told_waits_for_its_time() {
        let mut day = Day::begun();
        day.both_for(15, 0.001, 0.612);
        let id = day.watch.firing(&day.room, day.now)[0].0.to_string();
        let mut fresh = alarm(&day);
        assert_eq!(due(&mut fresh, &day).len(), 1, "nobody was told yet");
        let told =
            Event::Notified { key: id, title: String::new(), outcome: NotifyOutcome::Shown, words: String::new() };
        day.take(told, "War Room");
        let mut fresh = alarm(&day);
        assert_eq!(due(&mut fresh, &day), Vec::<String>::new());
        day.both_for(60, 0.001, 0.612);
        assert_eq!(due(&mut fresh, &day), ["HIGH: P95 latency 612 ms, > 500 ms (again)"]);
    }
}
