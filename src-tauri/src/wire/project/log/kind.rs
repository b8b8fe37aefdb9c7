//! The kinds that the list of events is filtered by, how urgent an event is, and which check it is about.

use plan::{ItemId, Severity};
use room::{Event, HoldTurn, Recorded, VerdictWord};

/// A kind of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) id: &'static str,
    /// "Ticks": all of them.
    pub(super) title: &'static str,
    /// "Tick": one of them.
    pub(super) one: &'static str,
}

const fn kind(id: &'static str, title: &'static str, one: &'static str) -> Kind {
    Kind { id, title, one }
}

const TICKS: Kind = kind("ticks", "Ticks", "Tick");
const OBSERVED: Kind = kind("observed", "Observed", "Observed");
const ROOM: Kind = kind("room", "Room", "Room");
const COMMANDS: Kind = kind("commands", "Commands", "Command");
const NOTES: Kind = kind("notes", "Notes", "Note");
const MESSAGES: Kind = kind("messages", "Messages", "Message");
const VOTES: Kind = kind("votes", "Votes", "Vote");
const GATES: Kind = kind("gates", "Gates", "Gate");
const ALERTS: Kind = kind("alerts", "Alerts", "Alert");
const CALLS: Kind = kind("calls", "Calls", "Call");

/// All of them, in the order in which they are shown. One without events stays in sight.
pub(super) const KINDS: [Kind; 10] = [TICKS, OBSERVED, ROOM, COMMANDS, NOTES, MESSAGES, VOTES, GATES, ALERTS, CALLS];

/// An event's kind.
pub(super) fn of(event: &Event) -> Kind {
    match event {
        // An answer that says whether it goes on is a vote; any other answer is a tick.
        Event::Stated { answer: Some(answer), .. } if is_vote(answer) => VOTES,
        Event::Stated { .. }
        | Event::Confirmed { .. }
        | Event::Overridden { .. }
        | Event::Deferred { .. }
        | Event::NotApplicable { .. }
        | Event::RoundTicked(_)
        | Event::RoundsExplained(_)
        | Event::EvidenceAdded(_)
        | Event::StepStated { .. }
        | Event::Undone { .. } => TICKS,
        Event::HoldTurned { .. }
        | Event::ObservationLost { .. }
        | Event::Observed { .. }
        | Event::RoundsMissed(_)
        | Event::StretchFetched(_)
        | Event::SuccessJudged(_)
        | Event::VerdictTurned { .. } => OBSERVED,
        Event::ActorChosen { .. }
        | Event::AttemptBegan(_)
        | Event::BindingAccepted(_)
        | Event::BindingDropped { .. }
        | Event::ClockJumped { .. }
        | Event::Closed { .. }
        | Event::DoNotDisturb { .. }
        | Event::GoLiveDeclared(_)
        | Event::HandedOver(_)
        | Event::KeptAwake { .. }
        | Event::NotLooked { .. }
        | Event::Opened(_)
        | Event::PersonNamed(_)
        | Event::PlanReread(_)
        | Event::Reopened { .. }
        | Event::SamplesRolledUp(_)
        | Event::SamplesSealed(_)
        | Event::ScheduleChanged(_)
        | Event::Slept { .. }
        | Event::Stalled { .. }
        | Event::SuccessDeclared(_)
        | Event::TakenOver(_)
        | Event::UnitConfirmed { .. } => ROOM,
        Event::CommandArmed { .. } | Event::CommandDisarmed { .. } => COMMANDS,
        Event::LessonNoted { .. } | Event::Noted { .. } => NOTES,
        Event::DraftDropped { .. } | Event::DraftKept { .. } | Event::SentByHand { .. } => MESSAGES,
        Event::GateEntered { .. }
        | Event::GateOverridden { .. }
        | Event::GatePassed { .. }
        | Event::GoneBack(_)
        | Event::RehearsalBegan(_)
        | Event::RollbackBegan { .. }
        | Event::RolledBack
        | Event::StoodDown { .. }
        | Event::WayChosen { .. } => GATES,
        Event::AlertAcknowledged { .. }
        | Event::AlertFired(_)
        | Event::AlertResolved { .. }
        | Event::AlertSilenced { .. }
        | Event::Blinded { .. }
        | Event::DeadlineExtended { .. }
        | Event::DeadlinePassed { .. }
        | Event::Notified { .. }
        | Event::SeenAgain { .. }
        | Event::SilenceLifted { .. }
        | Event::SilenceRanOut { .. }
        | Event::TestAnswered { .. } => ALERTS,
        Event::ChannelFilled { .. }
        | Event::ContactAdded(_)
        | Event::ContactFilled(_)
        | Event::ContactProven { .. }
        | Event::ContactTried { .. }
        | Event::Told { .. } => CALLS,
    }
}

/// `GO` and `NO-GO`, as they are written.
fn is_vote(answer: &room::Answer) -> bool {
    let words = answer.words.trim();
    words.eq_ignore_ascii_case("go") || words.eq_ignore_ascii_case("no-go")
}

/// How urgent an event is: what asks for something in the colour of its severity, what was reached as good.
pub(super) fn tone(event: &Event) -> &'static str {
    match event {
        Event::AlertFired(fired) => match fired.severity {
            Severity::Critical => "critical",
            Severity::High => "high",
            Severity::Medium => "medium",
        },
        Event::RollbackBegan { .. } | Event::DeadlinePassed { .. } => "critical",
        Event::VerdictTurned { word: VerdictWord::RollBack, .. } => "critical",
        Event::VerdictTurned { word: VerdictWord::Hold, .. } => "high",
        Event::Blinded { .. } | Event::GateOverridden { .. } => "high",
        Event::HoldTurned { turn: HoldTurn::Paused | HoldTurn::Broken, .. } | Event::ObservationLost { .. } => "medium",
        Event::GatePassed { .. } | Event::GoLiveDeclared(_) | Event::RolledBack | Event::SuccessDeclared(_) => "good",
        _ => "",
    }
}

/// The check that an event is about, where it is about one; what takes an act back is about the same as that act.
pub(super) fn item<'a>(event: &'a Event, events: &'a [Recorded]) -> Option<&'a ItemId> {
    match event {
        Event::Stated { item, .. }
        | Event::Overridden { item, .. }
        | Event::Deferred { item, .. }
        | Event::NotApplicable { item, .. }
        | Event::Observed { item, .. }
        | Event::ObservationLost { item, .. } => Some(item),
        Event::Confirmed { items } => items.first(),
        Event::EvidenceAdded(added) => Some(&added.item),
        Event::GateEntered { gate }
        | Event::HoldTurned { gate, .. }
        | Event::GatePassed { gate, .. }
        | Event::GateOverridden { gate, .. } => Some(gate),
        Event::Undone { event } => {
            let at = usize::try_from(*event).ok().and_then(|seq| seq.checked_sub(1))?;
            // What is taken back is never itself a taking back: this goes no deeper.
            let taken_back = &events.get(at)?.event;
            if matches!(taken_back, Event::Undone { .. }) { None } else { item(taken_back, &[]) }
        }
        _ => None,
    }
}
