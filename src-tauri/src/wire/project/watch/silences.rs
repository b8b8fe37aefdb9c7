//! Whose voice rests, until when and why: as long as it lasts it is said wherever alerts are.

use jiff::Timestamp;
use plan::Severity;
use room::{AlertId, AlertState, LONGEST_SILENCE_MIN, Room, Silence};

use super::Seeing;
use super::alerts::heading;
use crate::wire::SilenceView;
use crate::wire::project::times::on_the_wall_of_zone;

/// All silences that last, the one that ends first before the others.
pub(super) fn silences(seen: &Seeing<'_>) -> Vec<SilenceView> {
    let mut lasting: Vec<(&AlertId, &AlertState, &Silence)> =
        seen.room.alerts().iter().filter_map(|(id, state)| Some((id, state, lasting(state, seen.now)?))).collect();
    lasting.sort_by_key(|(_, _, silence)| silence.until);
    let views = lasting.into_iter().map(|(id, state, silence)| SilenceView {
        alert: id.to_string(),
        title: seen.rule(id).map_or_else(|| name(state).to_owned(), heading),
        words: words(silence, seen.room),
    });
    views.collect()
}

/// The silence of one alert in words; empty while it speaks.
pub(super) fn silenced(seen: &Seeing<'_>, id: &AlertId) -> String {
    let state = seen.room.alerts().get(id);
    state.and_then(|state| lasting(state, seen.now)).map(|silence| words(silence, seen.room)).unwrap_or_default()
}

/// What is to be known before one silences an alert.
pub(super) fn silencing(seen: &Seeing<'_>, id: &AlertId, severity: Severity) -> String {
    let is_overdue = seen.watching.watch.deadline_of(seen.room, id).is_some_and(|deadline| deadline <= seen.now);
    let only = "It fires on and counts in the verdict: only its voice rests.";
    if severity == Severity::Critical || is_overdue {
        format!("{only} {LONGEST_SILENCE_MIN} min at most: it demands the way back.")
    } else {
        only.to_owned()
    }
}

fn lasting(state: &AlertState, now: Timestamp) -> Option<&Silence> {
    state.silenced.as_ref().filter(|_| state.is_silenced(now))
}

fn words(silence: &Silence, room: &Room) -> String {
    let until = on_the_wall_of_zone(silence.until, room.resolved());
    format!("Silenced until {until} by {}: {}", silence.actor, silence.reason)
}

/// What the log calls an alert: two levels of one metric bear one name, and their words tell them apart.
pub(super) fn name(state: &AlertState) -> &str {
    if state.fired.text.is_empty() { &state.fired.name } else { &state.fired.text }
}
