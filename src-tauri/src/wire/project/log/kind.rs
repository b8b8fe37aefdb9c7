//! The kinds that the list of events is filtered by and where a record tells of them, how urgent an event is, and which check
//! it is about.

use plan::{ItemId, Severity};
use room::{Event, HoldTurn, Recorded, VerdictWord};

use self::Record::{Elsewhere, Told};

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
/// Found among the notes, and called by its name.
const CORRECTION: Kind = kind("notes", "Notes", "Correction");
const MESSAGES: Kind = kind("messages", "Messages", "Message");
const VOTES: Kind = kind("votes", "Votes", "Vote");
const GATES: Kind = kind("gates", "Gates", "Gate");
const ALERTS: Kind = kind("alerts", "Alerts", "Alert");
const CALLS: Kind = kind("calls", "Calls", "Call");

/// All of them, in the order in which they are shown. One without events stays in sight.
pub(super) const KINDS: [Kind; 10] = [TICKS, OBSERVED, ROOM, COMMANDS, NOTES, MESSAGES, VOTES, GATES, ALERTS, CALLS];

/// Where a record in Markdown tells of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Record {
    /// Among what was decided, and what alarmed.
    Told,
    /// In a place of its own (at its box, among notes and messages, in the head), or only in the log.
    Elsewhere,
}

/// An event's kind.
pub(super) fn of(event: &Event) -> Kind {
    place(event).0
}

/// Whether an event stands among what was decided and what alarmed in a record.
pub(super) fn is_in_record(event: &Event) -> bool {
    place(event).1 == Told
}

/// The one table of all events: by what each is filtered, and where a record tells of it.
fn place(event: &Event) -> (Kind, Record) {
    match event {
        // An answer that says whether it goes on is a vote; any other answer is a tick.
        Event::Stated { answer: Some(answer), .. } if is_vote(answer) => (VOTES, Elsewhere),
        Event::Stated { .. }
        | Event::Confirmed { .. }
        | Event::Overridden { .. }
        | Event::Deferred { .. }
        | Event::NotApplicable { .. }
        | Event::RoundTicked(_)
        | Event::RoundsExplained(_)
        | Event::EvidenceAdded(_)
        | Event::Undone { .. } => (TICKS, Elsewhere),
        Event::StepStated { .. } => (TICKS, Told),
        Event::ObservationLost { .. } | Event::Observed { .. } => (OBSERVED, Elsewhere),
        Event::HoldTurned { .. }
        | Event::RoundsMissed(_)
        | Event::StretchFetched(_)
        | Event::SuccessJudged(_)
        | Event::VerdictTurned { .. } => (OBSERVED, Told),
        Event::ActorChosen { .. }
        | Event::Closed { .. }
        | Event::DoNotDisturb { .. }
        | Event::KeptAwake { .. }
        | Event::Opened(_)
        | Event::PersonNamed(_)
        | Event::PlanReread(_)
        | Event::Reopened { .. }
        | Event::SamplesRolledUp(_)
        | Event::SamplesSealed(_)
        | Event::UnitConfirmed { .. } => (ROOM, Elsewhere),
        Event::AttemptBegan(_)
        | Event::BindingAccepted(_)
        | Event::BindingDropped { .. }
        | Event::ClockJumped { .. }
        | Event::GoLiveDeclared(_)
        | Event::HandedOver(_)
        | Event::NotLooked { .. }
        | Event::ScheduleChanged(_)
        | Event::Slept { .. }
        | Event::Stalled { .. }
        | Event::SuccessDeclared(_)
        | Event::TakenOver(_) => (ROOM, Told),
        Event::CommandArmed { .. } | Event::CommandDisarmed { .. } => (COMMANDS, Told),
        Event::LessonNoted { .. } | Event::Noted { .. } => (NOTES, Elsewhere),
        Event::Corrected(_) => (CORRECTION, Elsewhere),
        Event::DraftDropped { .. } | Event::DraftKept { .. } | Event::SentByHand { .. } => (MESSAGES, Elsewhere),
        Event::GateEntered { .. }
        | Event::GateOverridden { .. }
        | Event::GatePassed { .. }
        | Event::GoneBack(_)
        | Event::RehearsalBegan(_)
        | Event::RollbackBegan { .. }
        | Event::RolledBack
        | Event::StoodDown { .. }
        | Event::WayChosen { .. } => (GATES, Told),
        // Whether the desktop showed it is the log's matter.
        Event::Notified { .. } | Event::TestAnswered { .. } => (ALERTS, Elsewhere),
        Event::AlertAcknowledged { .. }
        | Event::AlertFired(_)
        | Event::AlertResolved { .. }
        | Event::AlertSilenced { .. }
        | Event::Blinded { .. }
        | Event::DeadlineExtended { .. }
        | Event::DeadlinePassed { .. }
        | Event::SeenAgain { .. }
        | Event::SilenceLifted { .. }
        | Event::SilenceRanOut { .. } => (ALERTS, Told),
        Event::ChannelFilled { .. }
        | Event::ContactAdded(_)
        | Event::ContactFilled(_)
        | Event::ContactProven { .. }
        | Event::ContactTried { .. } => (CALLS, Elsewhere),
        Event::Told { .. } => (CALLS, Told),
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

/// The check that an event is about, where it is about one; what takes an act back, or corrects it, is about the same as
/// that act.
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
        Event::Undone { event } => item(named(*event, events)?, &[]),
        // Without the others this goes no deeper.
        Event::Corrected(corrected) => item(named(corrected.event, events)?, &[]),
        _ => None,
    }
}

fn named(seq: u64, events: &[Recorded]) -> Option<&Event> {
    let at = usize::try_from(seq).ok().and_then(|seq| seq.checked_sub(1))?;
    Some(&events.get(at)?.event)
}
