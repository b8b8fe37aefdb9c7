//! Corrections in words: what one says, what corrects an event, and what a correction leaves as it is.

use room::{Corrected, Event, Room};

use super::Teller;
use crate::wire::project::times::on_the_wall;
use crate::wire::project::words::small;

/// How many corrections of one event are told beside it; the log has all of them.
const TOLD: usize = 8;

impl Teller<'_> {
    /// The sentence, and what else belongs to it: why, and what the other event says.
    pub(super) fn corrected(&self, corrected: &Corrected) -> (String, String) {
        let Corrected { event, right, why } = corrected;
        let at = usize::try_from(*event).ok().and_then(|seq| seq.checked_sub(1));
        let said = match at.and_then(|at| self.events.get(at)).map(|recorded| &recorded.event) {
            // No deeper than this: a forged log could lead round and round.
            Some(Event::Corrected(earlier)) => earlier.right.clone(),
            Some(Event::Undone { event }) => format!("took back event {event}"),
            Some(event) => self.words(event).0,
            None => "nothing that this log has".to_owned(),
        };
        (format!("corrects event {event}: {right}"), format!("{why} · event {event} says: {said}"))
    }

    /// The numbers of the events that correct this one.
    pub(super) fn corrected_by(&self, event: u64) -> Vec<u32> {
        self.room.corrections_of(event).map(|one| number(one.event)).collect()
    }

    /// What is right, as the corrections of this event say.
    pub(super) fn rights(&self, event: u64) -> String {
        self.room.corrections_of(event).map(|one| format!(" corrected by {} {}", one.event, one.right)).collect()
    }
}

/// The number of the event that this one corrects; 0 where it is no correction.
pub(super) fn corrects(event: &Event) -> u32 {
    match event {
        Event::Corrected(corrected) => number(corrected.event),
        _ => 0,
    }
}

fn number(event: u64) -> u32 {
    small(usize::try_from(event).unwrap_or(usize::MAX))
}

/// Each correction of an event, and each correction of those: "corrected by event 12 (MK 07:02:11): it began at 06:33".
pub(crate) fn corrections(room: &Room, event: u64) -> Vec<String> {
    let mut told = Vec::new();
    let mut waiting: Vec<u64> = vec![event];
    // A correction names an event before it: this comes to an end.
    while let Some(of) = waiting.pop() {
        let which = if of == event { String::new() } else { format!("event {of} ") };
        for one in room.corrections_of(of) {
            if told.len() == TOLD {
                told.push("corrected more often, which the log has".to_owned());
                return told;
            }
            let at = on_the_wall(one.at, room.resolved());
            told.push(format!("{which}corrected by event {} ({} {at}): {}", one.event, one.actor, one.right));
            waiting.insert(0, one.event);
        }
    }
    told
}

/// Words of an event, and behind them what corrects it.
pub(crate) fn with_corrections(words: &str, room: &Room, event: u64) -> String {
    match corrections(room, event) {
        none if none.is_empty() => words.to_owned(),
        told => format!("{words} ({})", told.join("; ")),
    }
}

/// What a correction of an event leaves as it is, and how that is changed instead; empty where there is nothing to correct.
pub(super) fn stays(event: &Event) -> &'static str {
    match event {
        Event::SamplesSealed(_) | Event::SamplesRolledUp(_) => "",
        Event::Stated { .. }
        | Event::Confirmed { .. }
        | Event::Overridden { .. }
        | Event::Deferred { .. }
        | Event::NotApplicable { .. }
        | Event::RoundTicked(_) => "The check stays as it is. To take a tick back, use undo at the check.",
        Event::StepStated { .. } => "The step stays as it is. To take it back, use undo on the page of the way back.",
        Event::GateEntered { .. } | Event::GatePassed { .. } | Event::GateOverridden { .. } => {
            "The gate stays as it is. To hold it anew, go back from it on its card."
        }
        Event::RollbackBegan { .. } | Event::RehearsalBegan(_) | Event::WayChosen { .. } => {
            "The way back stays as it is. To stop it, stand down."
        }
        Event::SentByHand { .. } => "What was sent stays sent. Whoever has read it needs a new notice.",
        Event::AlertFired(_)
        | Event::AlertResolved { .. }
        | Event::Blinded { .. }
        | Event::Observed { .. }
        | Event::ObservationLost { .. }
        | Event::VerdictTurned { .. } => "Alerts and verdict stay as they are: they follow what is measured.",
        Event::ContactFilled(_)
        | Event::ContactAdded(_)
        | Event::ChannelFilled { .. }
        | Event::PersonNamed(_)
        | Event::ActorChosen { .. } => "What is filled in stays. Where it is wrong, fill it in anew.",
        Event::Opened(_) | Event::PlanReread(_) | Event::ScheduleChanged(_) => {
            "Plan and schedule stay as they are. To change them, save the checklist, or change the schedule."
        }
        _ => "Only what the log says of it changes: what the event did stays.",
    }
}
