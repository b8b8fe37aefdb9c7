//! The name that an event's kind has in the log's file, the version of its body, and whose act it is.

use super::Event;

/// The version of the events' bodies that this program writes.
pub const VERSION: u32 = 1;

impl Event {
    /// The variant's name as it stands in the log.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::PersonNamed(_) => "person_named",
            Self::ActorChosen { .. } => "actor_chosen",
            Self::Stated { .. } => "stated",
            Self::Confirmed { .. } => "confirmed",
            Self::Overridden { .. } => "overridden",
            Self::Deferred { .. } => "deferred",
            Self::NotApplicable { .. } => "not_applicable",
            Self::EvidenceAdded(_) => "evidence_added",
            Self::Undone { .. } => "undone",
            Self::ContactFilled(_) => "contact_filled",
            Self::ContactProven { .. } => "contact_proven",
            Self::ContactAdded(_) => "contact_added",
            Self::ContactTried { .. } => "contact_tried",
            Self::ChannelFilled { .. } => "channel_filled",
            Self::DraftKept { .. } => "draft_kept",
            Self::DraftDropped { .. } => "draft_dropped",
            Self::SentByHand { .. } => "sent_by_hand",
            Self::Noted { .. } => "noted",
            Self::Corrected(_) => "corrected",
            Self::AlertFired(_) => "alert_fired",
            Self::AlertResolved { .. } => "alert_resolved",
            Self::AlertAcknowledged { .. } => "alert_acknowledged",
            Self::AlertSilenced { .. } => "alert_silenced",
            Self::SilenceLifted { .. } => "silence_lifted",
            Self::SilenceRanOut { .. } => "silence_ran_out",
            Self::SuccessJudged(_) => "success_judged",
            Self::DeadlineExtended { .. } => "deadline_extended",
            Self::DeadlinePassed { .. } => "deadline_passed",
            Self::Blinded { .. } => "blinded",
            Self::SeenAgain { .. } => "seen_again",
            Self::NotLooked { .. } => "not_looked",
            Self::Slept { .. } => "slept",
            Self::Stalled { .. } => "stalled",
            Self::ClockJumped { .. } => "clock_jumped",
            Self::StretchFetched(_) => "stretch_fetched",
            Self::Observed { .. } => "observed",
            Self::ObservationLost { .. } => "observation_lost",
            Self::GateEntered { .. } => "gate_entered",
            Self::HoldTurned { .. } => "hold_turned",
            Self::GatePassed { .. } => "gate_passed",
            Self::GateOverridden { .. } => "gate_overridden",
            Self::GoneBack(_) => "gone_back",
            Self::VerdictTurned { .. } => "verdict_turned",
            Self::RollbackBegan { .. } => "rollback_began",
            Self::RehearsalBegan(_) => "rehearsal_began",
            Self::AttemptBegan(_) => "attempt_began",
            Self::WayChosen { .. } => "way_chosen",
            Self::StepStated { .. } => "step_stated",
            Self::Told { .. } => "told",
            Self::RolledBack => "rolled_back",
            Self::StoodDown { .. } => "stood_down",
            Self::UnitConfirmed { .. } => "unit_confirmed",
            Self::CommandArmed { .. } => "command_armed",
            Self::CommandDisarmed { .. } => "command_disarmed",
            Self::BindingAccepted(_) => "binding_accepted",
            Self::BindingDropped { .. } => "binding_dropped",
            Self::Notified { .. } => "notified",
            Self::TestAnswered { .. } => "test_answered",
            Self::KeptAwake { .. } => "kept_awake",
            Self::DoNotDisturb { .. } => "do_not_disturb",
            Self::PlanReread(_) => "plan_reread",
            Self::SamplesSealed(_) => "samples_sealed",
            Self::SamplesRolledUp(_) => "samples_rolled_up",
            Self::ScheduleChanged(_) => "schedule_changed",
            Self::GoLiveDeclared(_) => "go_live_declared",
            Self::RoundTicked(_) => "round_ticked",
            Self::RoundsMissed(_) => "rounds_missed",
            Self::RoundsExplained(_) => "rounds_explained",
            Self::SuccessDeclared(_) => "success_declared",
            Self::HandedOver(_) => "handed_over",
            Self::TakenOver(_) => "taken_over",
            Self::LessonNoted { .. } => "lesson_noted",
            Self::Closed(_) => "closed",
            Self::Reopened { .. } => "reopened",
        }
    }

    /// Whose act it is, where that is not whoever acts: the second signature is that of whom the room is handed to.
    #[must_use]
    pub fn signer(&self) -> Option<&str> {
        match self {
            Self::TakenOver(taken) => Some(&taken.by),
            _ => None,
        }
    }
}
