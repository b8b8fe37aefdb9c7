//! What the desktop is told of the alerts, and when: at once, anew and louder until somebody acknowledges, and when it
//! is over.
//!
//! Owns: which notification is due, and its words. Must not know: how one is shown. One notification an alert, updated
//! in place; several that come together are one summary. What only follows from another alert, and what a person
//! silenced, is not told; once the cause is over, or the silence, it speaks.

mod burning;
mod late;
mod reminder;
mod rounds;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use plan::Severity;

use self::burning::{Burning, burning};
use self::rounds::RoundsTold;
use self::words::{listed, notice, summary, wall};
use crate::alert::{AlertId, Rule, RuleMemory, signed};
use crate::state::{Mode, Room};
use crate::watch::Watch;

/// Alerts that fire within this time of each other come from one cause, most often.
const TOGETHER: SignedDuration = SignedDuration::from_secs(5);

/// From how many on several alerts are told as one: three banners are the most that a desktop shows without hiding some.
const MANY: usize = 3;

/// The notification that says that several alerts of a summary are over, while others still burn.
const STORM: &str = "storm";

/// A notification that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Names it: an alert's id, or [`crate::SUMMARY`]. One of the same key takes the place of the one before.
    pub key: String,
    /// One line.
    pub title: String,
    /// A few lines.
    pub body: String,
    /// How heavy it is; `None` for what is over.
    pub severity: Option<Severity>,
    /// Whether there is something to acknowledge.
    pub can_be_acknowledged: bool,
    /// Whether it sounds: what demands the way back now, and what nobody has acknowledged although it was told.
    pub sounds: bool,
    /// Whether what comes of it is kept in the log even where nothing changed: not for a repetition in the same voice.
    pub is_first: bool,
}

/// What the desktop was told.
#[derive(Debug, Clone)]
pub struct Alarm {
    told: BTreeMap<AlertId, Told>,
    /// When the last summary was told, and how heavy it was.
    summed: Option<(Timestamp, Severity)>,
    /// The phases that were announced, by the names of their notifications.
    reminded: BTreeSet<String>,
    /// What was told of rounds.
    rounds: RoundsTold,
}

/// What was told of one alert.
#[derive(Debug, Clone)]
struct Told {
    /// Whether it has a notification of its own; else it stood in a summary.
    is_alone: bool,
    since: Timestamp,
    /// When it was told last.
    at: Timestamp,
    /// When it was told first.
    first: Timestamp,
    severity: Severity,
    is_overdue: bool,
    /// A stronger alert speaks for it, or a person silenced it.
    rests: bool,
    /// How often it was told.
    times: u32,
    name: String,
}

/// An alert that is due.
struct Due<'a> {
    one: &'a Burning,
    /// Whether it is news, and no repetition.
    is_new: bool,
    /// How often it was told before.
    times: u32,
    /// Whether it sounds, and did not the last time.
    is_louder: bool,
}

impl Alarm {
    /// An alarm that begins now. What the log says was told is not told again before its time.
    #[must_use]
    pub fn new(room: &Room, watch: &Watch, now: Timestamp) -> Self {
        let mut alarm =
            Self { told: BTreeMap::new(), summed: None, reminded: BTreeSet::new(), rounds: RoundsTold::default() };
        for one in burning(room, watch, now) {
            if room.alerts().get(&one.id).is_some_and(|state| state.is_notified && state.fired.since == one.since) {
                alarm.told.insert(one.id.clone(), Told { times: 1, ..Told::of(&one, now) });
            }
        }
        alarm
    }

    /// What is due now.
    pub fn due(&mut self, room: &Room, watch: &Watch, now: Timestamp) -> Vec<Notice> {
        if room.mode() == Mode::Closed {
            return self.closed();
        }
        let burning = burning(room, watch, now);
        let mut notices = self.over(&burning, room, watch, now);
        if burning.is_empty() && self.summed.take().is_some() {
            // Else the red summary would stand on the desktop for good.
            notices.push(quiet(crate::SUMMARY, "All alerts are over".to_owned(), "Nothing burns any more.".to_owned()));
        }
        let repeat = signed(room.config().alerts.repeat);
        let mut due: Vec<Due<'_>> = Vec::new();
        for one in &burning {
            if let Some(told) = self.told.get_mut(&one.id).filter(|_| !one.is_overdue) {
                // It was given more time: when that is up, too, it is news again.
                told.is_overdue = false;
            }
            let told = self.told.get(&one.id).filter(|told| told.since == one.since);
            if one.rests() {
                let told = told.cloned().unwrap_or_else(|| Told::of(one, now));
                self.told.insert(one.id.clone(), Told { rests: true, ..told });
                continue;
            }
            let Some(told) = told else {
                due.push(Due { one, is_new: true, times: 0, is_louder: true });
                continue;
            };
            let is_worse = one.severity > told.severity || (one.is_overdue && !told.is_overdue);
            let is_repeated = !one.is_acknowledged && has_passed(told.at, repeat, now);
            // The cause is over, or the silence: it speaks for itself.
            let is_new = is_worse || told.rests;
            if is_new || is_repeated {
                // What is news is said in the first voice, which is that of its weight.
                let times = if is_new { 0 } else { told.times };
                let is_louder = one.sounds(times) && (times == 0 || !one.sounds(times - 1));
                due.push(Due { one, is_new, times, is_louder });
            }
        }
        if due.is_empty() {
            return notices;
        }
        let recent = self.recent(now);
        let any_new = due.iter().any(|due| due.is_new);
        let together = due.len() + if any_new { recent } else { 0 };
        // What somebody acknowledged is known, unless it got worse since.
        let is_told =
            |one: &Burning| !one.is_acknowledged || one.is_overdue || due.iter().any(|due| due.one.id == one.id);
        let mut open: Vec<&Burning> = burning.iter().filter(|one| !one.rests() && is_told(one)).collect();
        open.sort_by_key(|one| !one.is_overdue);
        // While a summary stands, what is no graver than it and has no notification of its own is told in it: beside it there
        // would be one more for each that comes late.
        let is_summed = self.summed.is_some_and(|(_, told)| {
            let joins = |due: &Due<'_>| self.joins(due.one, told);
            due.iter().any(joins) && due.iter().all(|due| joins(due) || !due.is_new)
        });
        let is_storm = (together >= MANY || is_summed) && open.len() > 1;
        if is_storm {
            let worst = open.iter().map(|one| one.weight()).max().unwrap_or(Severity::Medium);
            // A storm goes on: it is told anew once a while, and at once only where it is graver than what was told.
            if self.summed.is_some_and(|(at, told)| worst <= told && !has_passed(at, TOGETHER, now)) {
                return notices;
            }
            self.summed = Some((now, worst));
            let sounds = due.iter().any(|due| due.one.sounds(due.times)) || worst == Severity::Critical;
            let is_first = any_new || due.iter().any(|due| due.is_louder);
            notices.push(summary(&open, room, watch, now, (sounds, is_first)));
            // Whatever stands in it is told with it.
            for one in &open {
                self.told.entry(one.id.clone()).and_modify(|told| told.at = now);
            }
        } else {
            let each = due
                .iter()
                .map(|due| notice(due.one, room, watch, now, (due.one.sounds(due.times), due.is_new || due.is_louder)));
            notices.extend(each);
        }
        for Due { one, is_new, times, .. } in due {
            let first = self.told.get(&one.id).filter(|told| told.since == one.since && !is_new).map(|told| told.first);
            let is_alone = !is_storm || self.told.get(&one.id).is_some_and(|told| told.is_alone);
            let times = times.saturating_add(1);
            let told = Told { first: first.unwrap_or(now), times, is_alone, ..Told::of(one, now) };
            self.told.insert(one.id.clone(), told);
        }
        notices
    }

    /// How many were told shortly before now, each shortly after the one before: a storm may begin slowly.
    fn recent(&self, now: Timestamp) -> usize {
        let mut firsts: Vec<Timestamp> = self.told.values().filter(|told| !told.rests).map(|told| told.first).collect();
        firsts.sort_unstable_by(|one, other| other.cmp(one));
        let mut after = now;
        let is_near = |first: &Timestamp| !has_passed(*first, TOGETHER, std::mem::replace(&mut after, *first));
        firsts.into_iter().take_while(is_near).count()
    }

    /// Whether an alert is told in the summary that stands.
    fn joins(&self, one: &Burning, told: Severity) -> bool {
        let is_alone = self.told.get(&one.id).is_some_and(|told| told.is_alone && told.since == one.since);
        one.weight() <= told && !is_alone
    }

    /// What burned and is over.
    fn over(&mut self, burning: &[Burning], room: &Room, watch: &Watch, now: Timestamp) -> Vec<Notice> {
        let burns: BTreeMap<&AlertId, Timestamp> = burning.iter().map(|one| (&one.id, one.since)).collect();
        let is_over = |id: &AlertId, told: &Told| burns.get(id) != Some(&told.since);
        let gone: Vec<AlertId> =
            self.told.iter().filter(|(id, told)| is_over(id, told)).map(|(id, _)| id.clone()).collect();
        let gone: Vec<(AlertId, Told)> =
            gone.into_iter().filter_map(|id| self.told.remove(&id).map(|told| (id, told))).collect();
        // Who was never told that it burned is not told that it is over.
        let mut over: Vec<(AlertId, Told)> =
            gone.into_iter().filter(|(id, told)| told.times > 0 && !burns.contains_key(id)).collect();
        let mut notices = Vec::new();
        // What came as one storm goes as one; what has a notification of its own would stand there for good.
        let is_of_a_storm =
            |(id, told): &(AlertId, Told)| !told.is_alone && !id.is_blind() && !left_its_range(id, watch);
        if over.iter().filter(|one| is_of_a_storm(one)).count() >= MANY {
            let (storm, rest): (Vec<_>, Vec<_>) = over.into_iter().partition(is_of_a_storm);
            let names: Vec<&str> = storm.iter().map(|(_, told)| told.name.as_str()).collect();
            notices.push(quiet(STORM, format!("Resolved: {} alerts", names.len()), listed(&names)));
            over = rest;
        }
        for (id, told) in over {
            let last = watch.rule_memory(&id).and_then(RuleMemory::last);
            let value = last.map(|last| last.seen.words.clone()).unwrap_or_default();
            let since = wall(room, told.since);
            let (title, body) = match (id.is_blind(), value.is_empty()) {
                (true, _) => {
                    ("Seen again".to_owned(), format!("All armed criteria are seen again. Blind since {since}."))
                }
                (false, true) => (format!("{}: not watched any more", told.name), format!("It burned since {since}.")),
                (false, false) if left_its_range(&id, watch) => (
                    format!("{} {value}: above its range now", told.name),
                    format!("{} It burned since {since}. This is no recovery.", beyond(&id, watch)),
                ),
                (false, false) => (
                    format!("Resolved: {} {value}", told.name),
                    format!("{value} at {}. It burned since {since}.", wall(room, now)),
                ),
            };
            notices.push(quiet(id.as_str(), title, body));
        }
        notices
    }

    /// The room is closed: what stands on the desktop says so, and alarms no more.
    fn closed(&mut self) -> Vec<Notice> {
        let told = std::mem::take(&mut self.told);
        let told = told.into_iter().filter(|(_, told)| told.times > 0);
        let mut notices: Vec<Notice> = told.map(|(id, told)| over_with_the_room(id.as_str(), &told.name)).collect();
        if self.summed.take().is_some() {
            notices.push(over_with_the_room(crate::SUMMARY, "Several alerts"));
        }
        notices
    }
}

/// Whether what was seen last lies above the range that the alert's criterion names.
fn left_its_range(id: &AlertId, watch: &Watch) -> bool {
    let last = watch.rule_memory(id).and_then(RuleMemory::last);
    let criterion = watch.book().rule(id).and_then(|rule| rule.criterion.as_ref());
    last.zip(criterion).is_some_and(|(last, criterion)| last.seen.is_above_range(criterion))
}

/// Which range it left, and what speaks for it now.
fn beyond(id: &AlertId, watch: &Watch) -> String {
    let bound = watch.book().rule(id).map(Rule::bound).unwrap_or_default();
    match watch.stronger(id) {
        Some(stronger) => format!("It left {bound} upwards: {}.", watch.breach(&stronger)),
        None => format!("It left {bound} upwards, and no level of the checklist covers it."),
    }
}

/// What takes the place of an alarm and is none.
fn quiet(key: &str, title: String, body: String) -> Notice {
    let key = key.to_owned();
    Notice { key, title, body, severity: None, can_be_acknowledged: false, sounds: false, is_first: true }
}

fn over_with_the_room(key: &str, name: &str) -> Notice {
    quiet(key, format!("{name}: the room is closed"), "Nobody watches it from here any more.".to_owned())
}

impl Told {
    fn of(one: &Burning, now: Timestamp) -> Self {
        Self {
            since: one.since,
            at: now,
            first: now,
            severity: one.severity,
            is_overdue: one.is_overdue,
            rests: one.rests(),
            times: 0,
            name: one.name.clone(),
            is_alone: false,
        }
    }
}

/// Whether a length of time has passed. A clock that was set back makes nobody wait for it.
fn has_passed(from: Timestamp, length: SignedDuration, now: Timestamp) -> bool {
    now < from || now.duration_since(from) >= length
}

#[cfg(test)]
mod tests;
