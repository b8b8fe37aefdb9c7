//! Where the day went otherwise than the plan: late phases, holds that stopped, what was passed against what was seen, what was
//! left out, who did not answer, and for how long nobody looked.

use std::collections::BTreeMap;

use jiff::Timestamp;
use plan::ItemId;
use room::{Event, HoldTurn, Recorded, Standing};

use super::{Seen, clock, one_line, sentence};
use crate::wire::project::{counted, planned_against_actual, told};

/// The deviations: what the plan is held against, then the events in their order, then what was left.
pub(super) fn deviations(seen: &Seen<'_>) -> Vec<String> {
    let mut found = late_phases(seen);
    found.extend(of_events(seen));
    found.extend(unanswered(seen));
    found.extend(unlooked(seen));
    found.extend(of_checks(seen));
    if found.is_empty() {
        found.push("None that the log knows of.".to_owned());
    }
    found
}

/// What took longer, or began later, than the plan wants.
fn late_phases(seen: &Seen<'_>) -> Vec<String> {
    let Some(last) = seen.events.last() else { return Vec::new() };
    let compared = planned_against_actual(seen.room, last.recorded_at);
    let is_other = |line: &String| {
        line.contains("late") || line.contains("early") || line.contains("over") || line.contains("longer")
    };
    compared.into_iter().filter(is_other).map(|line| sentence(&line)).collect()
}

fn of_events(seen: &Seen<'_>) -> Vec<String> {
    let deviates = |recorded: &&Recorded| {
        matches!(
            recorded.event,
            Event::HoldTurned { turn: HoldTurn::Paused | HoldTurn::Broken, .. }
                | Event::ClockJumped { .. }
                | Event::DeadlineExtended { .. }
                | Event::DeadlinePassed { .. }
                | Event::GateOverridden { .. }
                | Event::GoneBack(_)
                | Event::PlanReread(_)
                | Event::RollbackBegan { .. }
                | Event::RoundsMissed(_)
                | Event::ScheduleChanged(_)
                | Event::StepStated { worked: false, .. }
                | Event::StoodDown { .. }
        )
    };
    let chosen: Vec<&Recorded> = seen.events.iter().filter(deviates).collect();
    let words = told(seen.room, seen.events, &chosen);
    let line = |(recorded, entry): (&&Recorded, crate::wire::LogEntryView)| {
        let detail = if entry.detail.is_empty() { String::new() } else { format!(": {}", one_line(&entry.detail)) };
        format!("{}, {}{detail}", sentence(&entry.text), seen.at(recorded.occurred_at))
    };
    chosen.iter().zip(words).map(line).collect()
}

/// Who was tried in vain, and who answered at last.
fn unanswered(seen: &Seen<'_>) -> Vec<String> {
    let mut tried: BTreeMap<&str, (usize, Option<Timestamp>)> = BTreeMap::new();
    for recorded in seen.events {
        let Event::ContactTried { contact, answered, .. } = &recorded.event else { continue };
        let known = tried.entry(contact.as_str()).or_default();
        match (answered, known.1) {
            (true, None) => known.1 = Some(recorded.occurred_at),
            (false, None) => known.0 += 1,
            _ => {}
        }
    }
    let ladder = seen.room.ladder();
    let name = |id: &str| {
        ladder
            .iter()
            .find(|contact| contact.id.as_str() == id)
            .map_or_else(|| id.to_owned(), |contact| contact.role.clone())
    };
    let vain = tried.into_iter().filter(|(_, (count, _))| *count > 0);
    let line = |(id, (count, answered)): (&str, (usize, Option<Timestamp>))| {
        let then = match answered {
            Some(at) => format!("; answered at {}", seen.at(at)),
            None => "; never answered".to_owned(),
        };
        format!("{} did not answer {}{then}.", name(id), counted(count, "attempt", "attempts"))
    };
    vain.map(line).collect()
}

/// For how long nobody looked, all times together, and when it was longest.
fn unlooked(seen: &Seen<'_>) -> Vec<String> {
    let spans = seen.events.iter().filter_map(|recorded| match &recorded.event {
        Event::NotLooked { from, to } | Event::Slept { from, to } | Event::Stalled { from, to } => Some((*from, *to)),
        _ => None,
    });
    let spans: Vec<(Timestamp, Timestamp)> =
        spans.filter(|(from, to)| *to > seen.span.0 && *from < seen.span.1).collect();
    let length = |(from, to): &(Timestamp, Timestamp)| to.duration_since(*from).as_secs();
    let Some(longest) = spans.iter().max_by_key(|span| length(span)) else { return Vec::new() };
    vec![format!(
        "Nobody looked for {} in all, {}; longest from {} to {}. Unseen is not healthy.",
        clock(spans.iter().map(length).sum()),
        counted(spans.len(), "time", "times"),
        seen.at(longest.0),
        seen.at(longest.1)
    )]
}

/// What was overridden, answered with no, or does not apply, as it stands at the end.
fn of_checks(seen: &Seen<'_>) -> Vec<String> {
    let words = |id: &ItemId| seen.room.plan().item(id).map(|item| one_line(&room::question(item))).unwrap_or_default();
    let by = |id: &ItemId| {
        seen.room.item(id).and_then(|state| state.marks.last()).map(|mark| mark.actor.clone()).unwrap_or_default()
    };
    let line = |item: &plan::Item| {
        let (what, why) = match seen.room.standing(&item.id) {
            Standing::Overridden { reason } => ("overridden", reason.clone()),
            Standing::AnsweredNo { words, .. } => ("answered", words.clone()),
            Standing::Lost { why, .. } => ("not met any more", why.clone()),
            Standing::NotApplicable { reason } => ("not applicable", reason.clone()),
            _ => return None,
        };
        let by = by(&item.id);
        let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
        Some(format!("“{}” {what}{by}: {}", words(&item.id), one_line(&why)))
    };
    seen.room.plan().items.iter().filter_map(line).collect()
}
