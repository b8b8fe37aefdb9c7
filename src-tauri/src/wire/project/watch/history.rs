//! The history of an alert: each turn with its time, what was seen at it and who acted, the latest first.

use plan::Severity;
use room::{AlertId, AlertState, AlertTurn, Event, NotifyOutcome, Recorded, Room, TurnKind, Way, alert_history};

use super::alerts::heading;
use super::{Seeing, severity_word, silences};
use crate::wire::project::escalation::reached;
use crate::wire::project::times::{on_the_wall, on_the_wall_of_zone};
use crate::wire::project::words::{capitalised, small};
use crate::wire::{AlertEntryView, AlertPageView, AlertQuery, AlertTurnView};

/// How many turns a page has.
const PAGE: usize = 100;

/// All alerts that ever fired, and a page of the history of the one that is asked for.
pub(crate) fn alert_page(
    room: &Room,
    events: &[Recorded],
    seen: Option<&Seeing<'_>>,
    query: &AlertQuery,
) -> AlertPageView {
    let mut states: Vec<(&AlertId, &AlertState)> = room.alerts().iter().collect();
    // What fires first, the gravest before the others; then what was over last.
    states.sort_by_key(|(_, state)| {
        let weight = if state.is_firing() { state.fired.severity } else { Severity::Medium };
        (state.resolved.is_some(), std::cmp::Reverse(weight), std::cmp::Reverse(state.resolved), state.fired.since)
    });
    let alerts: Vec<AlertEntryView> = states.iter().map(|(id, state)| entry(room, seen, id, state)).collect();
    let chosen = states.iter().find(|(id, _)| id.as_str() == query.alert).or_else(|| states.first());
    let Some((id, _)) = chosen.filter(|(id, _)| query.alert.is_empty() || id.as_str() == query.alert) else {
        return AlertPageView { alerts, ..AlertPageView::default() };
    };
    let turns = alert_history(events, id);
    let numbered = turns.iter().enumerate().map(|(at, turn)| (small(at + 1), turn)).rev();
    let mut earlier = numbered.filter(|(number, _)| query.before == 0 || *number < query.before);
    let page: Vec<AlertTurnView> =
        earlier.by_ref().take(PAGE).map(|(number, turn)| told(room, events, id, number, turn)).collect();
    AlertPageView { alerts, id: id.to_string(), turns: page, count: small(turns.len()), more: earlier.next().is_some() }
}

fn entry(room: &Room, seen: Option<&Seeing<'_>>, id: &AlertId, state: &AlertState) -> AlertEntryView {
    let at = |moment| on_the_wall(moment, room.resolved());
    let rule = seen.and_then(|seen| seen.rule(id));
    AlertEntryView {
        id: id.to_string(),
        severity: if id.is_blind() { "blind".to_owned() } else { severity_word(state.fired.severity).to_owned() },
        title: rule.map_or_else(|| silences::name(state).to_owned(), heading),
        state: if state.is_firing() { "firing" } else { "resolved" }.to_owned(),
        words: match state.resolved {
            None => format!("fires since {}", at(state.fired.since)),
            Some(end) => format!("{} – {}", at(state.fired.since), at(end)),
        },
    }
}

fn told(room: &Room, events: &[Recorded], id: &AlertId, number: u32, turn: &AlertTurn) -> AlertTurnView {
    let at = |moment| on_the_wall_of_zone(moment, room.resolved());
    let (kind, words) = match turn.kind {
        TurnKind::Pending => ("pending", "First breach".to_owned()),
        TurnKind::Fired { severity } => ("fired", format!("Fires: {}", severity_word(severity).to_uppercase())),
        TurnKind::Told { outcome, again } => {
            let told = match outcome {
                NotifyOutcome::Shown => "Told on the desktop",
                NotifyOutcome::Failed => "Not told on the desktop",
                NotifyOutcome::Unknown => "Perhaps told on the desktop",
            };
            ("told", if again { format!("{told}, again") } else { told.to_owned() })
        }
        TurnKind::Acknowledged => ("acknowledged", "Acknowledged".to_owned()),
        TurnKind::Silenced { until } => ("silenced", format!("Silenced until {}: it fires on", at(until))),
        TurnKind::SilenceLifted => ("speaks", "Silence lifted: it speaks again".to_owned()),
        TurnKind::SilenceRanOut => ("speaks", "Silence over: it speaks again".to_owned()),
        TurnKind::Extended { until } => ("extended", format!("More time, until {}", at(until))),
        TurnKind::Overdue => ("overdue", "The time is up: roll back".to_owned()),
        TurnKind::Tried { answered } => ("tried", tried(room, events, turn, answered)),
        TurnKind::Unseen => ("unseen", "Not seen any more: it does not end by that".to_owned()),
        TurnKind::SeenAgain => ("seen", "Seen again".to_owned()),
        TurnKind::NotLooked { from, to } => ("unseen", format!("Nobody looked from {} to {}", at(from), at(to))),
        TurnKind::Resolved if is_above(room, id, turn) => ("resolved", "Left its range upwards".to_owned()),
        TurnKind::Resolved => ("resolved", "Resolved".to_owned()),
    };
    AlertTurnView {
        number,
        seq: u32::try_from(turn.event).unwrap_or(u32::MAX),
        at: on_the_wall(turn.at, room.resolved()),
        kind: kind.to_owned(),
        words,
        value: turn.seen.as_ref().map(|seen| seen.words.clone()).unwrap_or_default(),
        who: turn.actor.clone(),
        detail: turn.words.clone(),
    }
}

fn is_above(room: &Room, id: &AlertId, turn: &AlertTurn) -> bool {
    let criterion = room.plan().criteria.iter().find(|criterion| criterion.id.as_str() == id.as_str());
    turn.seen.as_ref().zip(criterion).is_some_and(|(seen, criterion)| seen.is_above_range(criterion))
}

/// "Ana Ruiz (Manager) answered by phone".
fn tried(room: &Room, events: &[Recorded], turn: &AlertTurn, answered: bool) -> String {
    let at = usize::try_from(turn.event).ok().and_then(|seq| seq.checked_sub(1));
    let recorded = at.and_then(|at| events.get(at)).map(|recorded| &recorded.event);
    let (who, way) = match recorded {
        Some(Event::ContactTried { contact, way, .. }) => {
            let role = room.ladder().into_iter().find(|known| known.id == *contact).map(|known| known.role.clone());
            let role = role.or_else(|| room.words_of_the_past(contact.as_str()).map(str::to_owned));
            (role.unwrap_or_else(|| contact.to_string()), *way)
        }
        _ => ("somebody".to_owned(), Way::Phone),
    };
    capitalised(&reached(&who, way, answered))
}
