//! Where the day went otherwise than the plan: late phases, holds that stopped, what was passed against what was seen, what was
//! left out, who did not answer, and for how long nobody looked.

use std::collections::BTreeMap;

use jiff::Timestamp;
use plan::ItemId;
use room::{Event, HoldTurn, Recorded, RoundsMissed, Standing};

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
    let folded = folded(seen.events.iter().filter(deviates));
    let chosen: Vec<&Recorded> = folded.iter().map(|one| &one.first).collect();
    let words = told(seen.room, seen.events, &chosen);
    let line = |(one, entry): (&Folded, crate::wire::LogEntryView)| {
        let detail = if entry.detail.is_empty() { String::new() } else { format!(": {}", one_line(&entry.detail)) };
        let (text, at) = (sentence(&entry.text), seen.at(one.first.occurred_at));
        match (one.again, &one.first.event) {
            (0, _) => format!("{text}, {at}{detail}"),
            // The sum of all is in its words already.
            (_, Event::RoundsMissed(_)) => format!("{text}, {at} to {}{detail}", seen.at(one.last)),
            (again, _) => {
                let again = counted(again, "more time", "more times");
                format!("{text} and {again}, {at} to {}{detail}", seen.at(one.last))
            }
        }
    };
    folded.iter().zip(words).map(line).collect()
}

/// A deviation, with how often the same came again.
struct Folded {
    first: Recorded,
    again: usize,
    last: Timestamp,
}

/// What came again and again is one deviation: a hold that stopped for the same reason, and rounds that nobody made.
fn folded<'a>(events: impl Iterator<Item = &'a Recorded>) -> Vec<Folded> {
    let mut found: Vec<Folded> = Vec::new();
    for recorded in events {
        let Some(known) = found.iter_mut().find(|known| is_again(&known.first.event, &recorded.event)) else {
            found.push(Folded { first: recorded.clone(), again: 0, last: recorded.occurred_at });
            continue;
        };
        if let (Event::RoundsMissed(all), Event::RoundsMissed(more)) = (&mut known.first.event, &recorded.event) {
            add(all, more);
        }
        (known.again, known.last) = (known.again + 1, recorded.occurred_at);
    }
    found
}

fn is_again(first: &Event, event: &Event) -> bool {
    match (first, event) {
        (Event::HoldTurned { gate, turn, why, .. }, Event::HoldTurned { gate: of, turn: to, why: because, .. }) => {
            (gate, turn, why) == (of, to, because)
        }
        (Event::RoundsMissed(_), Event::RoundsMissed(_)) => true,
        _ => false,
    }
}

/// Counts rounds to those that were missed of the same routine before.
fn add(all: &mut RoundsMissed, more: &RoundsMissed) {
    for run in &more.runs {
        match all.runs.iter_mut().find(|known| known.routine == run.routine) {
            Some(known) => {
                known.count += run.count;
                (known.from, known.to) = (known.from.min(run.from), known.to.max(run.to));
            }
            None => all.runs.push(run.clone()),
        }
    }
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
