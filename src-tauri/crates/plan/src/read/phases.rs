//! The run of the day: which sections are its stops, and in which order.

use jiff::civil::{Date, DateTime};

use super::body::Bodies;
use super::notes::Notes;
use super::outline::{Outline, is_phase_word};
use super::quick::{ByNumber, QuickSet};
use super::{start, when};
use crate::model::{Block, ItemId, Phase, Section, SectionKind, Stamp, StartProposal, When};
use crate::resolve::working_day;

/// A section that is a stop.
struct Stop {
    section: usize,
    /// Whether what stands in the sections below belongs to it too.
    whole: bool,
}

/// Finds the stops, in the order of the text. `taken` are the items that a page of their own shows (marks of a
/// rollback), `target` is the day that front matter or the text's head names.
pub(crate) fn read(
    outline: &Outline,
    bodies: &Bodies,
    taken: &[ItemId],
    target: Option<Date>,
    _notes: &mut Notes<'_>,
) -> Vec<Phase> {
    let stops = stops(outline);
    let mut places = ByNumber::default();
    for (at, stop) in stops.iter().enumerate() {
        places.set(stop.section, at);
    }
    let taken: QuickSet<&ItemId> = taken.iter().collect();
    let mut items: Vec<Vec<ItemId>> = stops.iter().map(|_| Vec::new()).collect();
    for (section, item) in bodies.item_sections.iter().zip(&bodies.items) {
        // Boxes of the communication plan stand on the messages' page, marks of a rollback on the rollback's.
        let is_elsewhere = taken.contains(&item.id)
            || outline.section(*section).is_some_and(|section| section.kind == SectionKind::Communication);
        // The nearest stop above the item is the one that it belongs to.
        let stop = outline.above(*section).find_map(|at| places.get(at));
        if let (Some(items), false) = (stop.and_then(|stop| items.get_mut(*stop)), is_elsewhere) {
            items.push(item.id.clone());
        }
    }
    let title = super::kind::title_at(outline);
    let mut phases = Vec::new();
    for (stop, items) in stops.iter().zip(items) {
        let Some(section) = outline.section(Some(stop.section)) else { continue };
        let has_page = matches!(
            section.kind,
            SectionKind::Rollback | SectionKind::Communication | SectionKind::Contacts | SectionKind::Reference
        );
        if !items.is_empty() || !has_page && stop.whole && has_words(outline, stop.section) {
            let when = due(outline, stop.section, target, title);
            phases.push(Phase { section: section.id.clone(), title: section.title.clone(), items, when });
        }
    }
    phases
}

/// The stops in the order of the text.
fn stops(outline: &Outline) -> Vec<Stop> {
    let mut roots: Vec<usize> =
        (0..outline.sections.len()).filter(|at| outline.parents.get(*at) == Some(&None)).collect();
    roots.sort_by_key(|at| outline.section(Some(*at)).map(|section| section.line));
    let real = roots.iter().filter(|at| outline.section(Some(**at)).is_some_and(|section| section.level > 0));
    // A single heading above all is the document's title.
    let is_only = real.count() == 1;
    let timed = timed_below(outline);
    let mut stops = Vec::new();
    let mut open: Vec<(usize, bool)> = roots.into_iter().rev().map(|at| (at, is_only)).collect();
    while let Some((at, must_split)) = open.pop() {
        let children: Vec<usize> = outline.children(at).collect();
        let splits = !children.is_empty() && (must_split || children.iter().any(|child| timed.knows(*child)));
        stops.push(Stop { section: at, whole: !splits });
        if splits {
            // What stands directly in a section that is split is a stop of its own.
            open.extend(children.into_iter().rev().map(|child| (child, false)));
        }
    }
    stops
}

/// The sections that have a time of their own, or hold one that has: dates for real headings, times of day or "Phase"
/// for bold lines too. Days inside one preparation ("Day 2 (Jan 16)") make the real heading above them timed, but do
/// not split it; routines do neither.
fn timed_below(outline: &Outline) -> ByNumber<()> {
    let mut timed = ByNumber::default();
    // From the end: every section stands after the one that holds it.
    for (at, section) in outline.sections.iter().enumerate().rev() {
        let is_timed = match &section.when {
            _ if section.bold && is_phase(section) => true,
            Some(When::Absolute { from, .. }) => !section.bold || from.time.is_some(),
            Some(When::Relative { .. } | When::WorkingDays { .. } | When::First { .. }) => true,
            None => false,
        };
        let holds_timed = outline.children(at).any(|child| timed.knows(child));
        let holds_days = !section.bold
            && outline
                .children(at)
                .filter_map(|child| outline.section(Some(child)))
                .any(|child| child.bold && matches!(child.when, Some(When::Absolute { .. })));
        if is_timed || holds_timed || holds_days {
            timed.set(at, ());
        }
    }
    timed
}

fn is_phase(section: &Section) -> bool {
    is_phase_word(&section.text) && section.text.to_lowercase().starts_with("phase")
}

/// Whether a section or one below it holds more than headings.
fn has_words(outline: &Outline, at: usize) -> bool {
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        let body = outline.section(Some(at)).map(|section| section.body.as_slice()).unwrap_or_default();
        if body.iter().any(|block| !matches!(block, Block::Section { .. })) {
            return true;
        }
        open.extend(outline.children(at));
    }
    false
}

/// When a stop is due: what it says itself, its date from the heading above where it names only a time of day; where it
/// says nothing, what the nearest heading above says. The document's title is not asked: its date is the target's.
fn due(outline: &Outline, at: usize, target: Option<Date>, title: Option<usize>) -> Option<When> {
    let mut found: Option<When> = None;
    let mut weekdays = Vec::new();
    for above in outline.above(Some(at)) {
        let Some(section) = outline.section(Some(above)) else { continue };
        let is_title = Some(above) == title && above != at;
        match (&mut found, &section.when) {
            (None, Some(when)) if !is_title => {
                weekdays = weekdays_of(outline, above);
                found = Some(when.clone());
            }
            (Some(When::Absolute { from, to, .. }), Some(When::Absolute { from: outer, to: last, .. }))
                if from.date.is_none() =>
            {
                let last = last.and_then(|last| last.date);
                fill(from, to, outer.date.and_then(|first| day_called(first, last, &weekdays)));
            }
            _ => {}
        }
    }
    if let Some(When::Absolute { from, to, .. }) = &mut found
        && from.date.is_none()
    {
        fill(from, to, target.and_then(|target| day_called(target, None, &weekdays)));
    }
    found
}

fn weekdays_of(outline: &Outline, at: usize) -> Vec<jiff::civil::Weekday> {
    match outline.said.get(at).and_then(|(_, heard)| heard.said()) {
        Some(said) => said.weekdays.clone(),
        None => outline.section(Some(at)).map(|section| when::said(&section.text, None).weekdays).unwrap_or_default(),
    }
}

/// The day of a stretch that has the weekday which a heading names. Where it names none, the first; where no day or
/// more than one has it, none: a wrong day is worse than none.
fn day_called(first: Date, last: Option<Date>, weekdays: &[jiff::civil::Weekday]) -> Option<Date> {
    let [weekday] = weekdays else { return Some(first) };
    // Two weeks hold every weekday twice.
    let days = std::iter::successors(Some(first), |day| day.tomorrow().ok()).take(14);
    let mut called = days.take_while(|day| *day <= last.unwrap_or(first)).filter(|day| day.weekday() == *weekday);
    let found = called.next();
    found.filter(|_| called.next().is_none())
}

fn fill(from: &mut Stamp, to: &mut Option<Stamp>, date: Option<Date>) {
    from.date = date;
    if let (Some(to), Some(date)) = (to, date) {
        to.date = to.date.or_else(|| when::day_of_end(date, from.time, to.time));
    }
}

/// Where a phase stands in the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    at: DateTime,
    /// The watch begins when go-live begins, and stands behind it.
    is_watch: bool,
}

/// Brings the phases into the order of the day, where the text's times tell it; a phase without a time keeps its place
/// behind the one before it. Without a date for T0 nothing tells that one stretch of a text follows another.
pub(crate) fn order(phases: &mut Vec<Phase>, start: &StartProposal) {
    let Some(t0) = start::own_start(phases, start) else { return };
    let go_live = go_live(phases, &start.zone).unwrap_or(t0);
    let mut groups: Vec<(Option<Place>, Vec<Phase>)> = Vec::new();
    for phase in phases.drain(..) {
        let before = groups.last().and_then(|(place, _)| place.map(|place| place.at.date()));
        let place = place(phase.when.as_ref(), &start.zone, t0, go_live)
            // A day without a time says nothing about the hours of the same day.
            .filter(|place| has_time(phase.when.as_ref()) || before != Some(place.at.date()));
        match (place, groups.last_mut()) {
            (None, Some((_, group))) => group.push(phase),
            _ => groups.push((place, vec![phase])),
        }
    }
    groups.sort_by_key(|(place, _)| *place);
    phases.extend(groups.into_iter().flat_map(|(_, group)| group));
}

fn has_time(when: Option<&When>) -> bool {
    !matches!(when, Some(When::Absolute { from: Stamp { time: None, .. }, .. }))
}

fn place(when: Option<&When>, zone: &str, t0: DateTime, go_live: DateTime) -> Option<Place> {
    let after = |seconds: i64| t0.checked_add(jiff::SignedDuration::from_secs(seconds)).ok();
    let (at, is_watch) = match when? {
        When::Absolute { from: Stamp { date, time: None }, .. } => {
            (Some((*date)?.to_datetime(jiff::civil::Time::midnight())), false)
        }
        When::Absolute { .. } => (start::text_start(when, zone), false),
        When::Relative { from_s, .. } => (after(*from_s), false),
        When::WorkingDays { from_days, .. } => {
            (working_day(t0.date(), *from_days).map(|day| day.to_datetime(t0.time())), false)
        }
        When::First { .. } => (Some(go_live), true),
    };
    at.map(|at| Place { at, is_watch })
}

/// When the phase begins that is called so; without one, when the last phase with a time of day begins.
fn go_live(phases: &[Phase], zone: &str) -> Option<DateTime> {
    let mut timed =
        phases.iter().filter_map(|phase| start::text_start(phase.when.as_ref(), zone).map(|at| (phase, at)));
    let called =
        timed.clone().find(|(phase, _)| crate::words_of_title(&phase.title, &["go-live", "go live", "launch"]));
    called.map(|(_, at)| at).or_else(|| timed.by_ref().map(|(_, at)| at).max())
}

#[cfg(test)]
mod tests {
    use crate::{config::Config, read};

    fn order(text: &str) -> Vec<String> {
        read(text, &Config::default()).0.phases.into_iter().map(|phase| phase.title.to_string()).collect()
    }

    #[test]
    fn phases_stand_in_the_order_of_the_day() {
        let text = "# Ship (May 4, 2026)\n\n## Watch\n### First 24 hours\n- [ ] w\n\n### Afterwards\n- [ ] x\n\n## Rollout (6:30 AM)\n- [ ] r\n\n### Clean up\n- [ ] c\n\n## Go-live (8:00 AM)\n- [ ] g\n\n## T-2h: gather\n- [ ] t\n\n## T-minus 3 working days\n- [ ] f\n";
        assert_eq!(
            order(text),
            ["T-minus 3 working days", "T-2h: gather", "Rollout", "Go-live", "First 24 hours", "Afterwards"]
        );
    }

    #[test]
    fn without_a_date_the_text_s_order_stands() {
        let text = "# If the disk dies\n\n## Scenario A\n### Repair (T+5 to T+15 minutes)\n- [ ] a\n### Look (T+0 to T+5 minutes)\n- [ ] b\n\n## Scenario B\n### Look again (T+0 to T+5 minutes)\n- [ ] c\n";
        assert_eq!(order(text), ["Repair", "Look", "Look again"]);
    }

    #[test]
    fn a_day_without_a_time_stays_where_it_stands_among_hours_of_that_day() {
        let text = "# Ship\n\n## Deploy (May 4, 2026, 6:30 AM)\n- [ ] a\n\n## Afterwards (May 4)\n- [ ] b\n\n## Before (May 2)\n- [ ] c\n";
        assert_eq!(order(text), ["Before", "Deploy", "Afterwards"]);
    }

    #[test]
    fn a_weekday_chooses_the_day_and_never_makes_one_up() {
        let text = "# Ship (May 4, 2026)\n\n## The days (May 4-8)\n### Wednesday 9:00\n- [ ] a\n### 10:00\n- [ ] b\n\n## Friday 9:00\n- [ ] c\n\n## Monday 23:00-01:00\n- [ ] d\n";
        let plan = read(text, &Config::default()).0;
        let days: Vec<_> = plan
            .phases
            .iter()
            .map(|phase| match &phase.when {
                Some(crate::When::Absolute { from, to, .. }) => {
                    let day = |stamp: &crate::Stamp| stamp.date.map_or(0, jiff::civil::Date::day);
                    (phase.title.as_str(), day(from), to.as_ref().map_or(0, day))
                }
                _ => (phase.title.as_str(), 99, 99),
            })
            .collect();
        assert!(days.contains(&("Wednesday 9:00", 6, 0)), "{days:?}");
        assert!(days.contains(&("10:00", 4, 0)), "{days:?}");
        assert!(days.contains(&("Friday 9:00", 0, 0)), "{days:?}");
        assert!(days.contains(&("Monday 23:00-01:00", 4, 5)), "{days:?}");
    }
}
