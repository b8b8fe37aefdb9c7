//! What was watched, as sentences of the log.

use plan::Severity;
use room::{ConditionRead, ConditionState, Event, HoldTurn, NotifyOutcome, Seen, SuccessOutcome};

use super::Teller;
use crate::wire::project::criteria::severity_word;
use crate::wire::project::times::on_the_wall;
use crate::wire::project::words::{counted, listed, stopwatch};

impl Teller<'_> {
    /// The sentence about something that was watched, and what else belongs to it; nothing for any other event.
    pub(super) fn watched(&self, event: &Event) -> (String, String) {
        let at = |moment| on_the_wall(moment, self.resolved);
        match event {
            Event::AlertFired(fired) => {
                let seen = fired.seen.as_ref().map_or_else(|| fired.why.clone(), |seen| seen.words.clone());
                let mut detail = format!("“{}” since {}", fired.text, at(fired.since));
                if let Some(before) = fired.since_before {
                    detail.push_str(&format!("; breached before it counted, since {}", at(before)));
                }
                if let Some(deadline) = fired.deadline {
                    detail.push_str(&format!("; roll back by {} if it is not resolved", at(deadline)));
                }
                (format!("{}: {seen} — {}", fired.name, severity(fired.severity)), detail)
            }
            Event::AlertResolved { alert, seen } => {
                (format!("Resolved: “{}”{}", self.alert(alert), of(seen.as_ref())), String::new())
            }
            Event::AlertAcknowledged { alert, note, .. } => {
                (format!("{} acknowledged", self.alert(alert)), note.clone())
            }
            Event::AlertSilenced { alert, until, reason, .. } => {
                (format!("{} silenced until {}: it fires on", self.alert(alert), at(*until)), reason.clone())
            }
            Event::SilenceLifted { alert, reason, .. } => {
                (format!("{} is not silenced any more", self.alert(alert)), reason.clone())
            }
            Event::SilenceRanOut { alert, .. } => {
                (format!("{}: the silence is over, it speaks again if it fires", self.alert(alert)), String::new())
            }
            Event::SuccessJudged(judged) => {
                let outcome = match judged.outcome {
                    SuccessOutcome::Met => "met",
                    SuccessOutcome::NotMet => "not met",
                    SuccessOutcome::Unproven => "not proven: too long unseen",
                    SuccessOutcome::CutShort => "not judged to the end: rolled back before",
                };
                let breached = stopwatch(judged.breached_ms / 1000);
                let unseen = stopwatch(judged.unseen_ms / 1000);
                let window = format!("{} – {}", at(judged.from), at(judged.to));
                (
                    format!("Success criterion “{}”: {outcome}", judged.text),
                    format!("{window}; breached for {breached}, unseen for {unseen}{}", of(judged.seen.as_ref())),
                )
            }
            Event::DeadlineExtended { alert, until, reason } => {
                (format!("{}: more time, until {}", self.alert(alert), at(*until)), reason.clone())
            }
            Event::DeadlinePassed { alert } => {
                (format!("{}: the time is up, roll back", self.alert(alert)), String::new())
            }
            Event::Blinded { names, since, why } => {
                let count = counted(names.len(), "signal", "signals");
                (format!("Blind: {why}, {count} unseen since {}", at(*since)), names.join(", "))
            }
            Event::SeenAgain { since } => (format!("Seen again, after blindness since {}", at(*since)), String::new()),
            Event::NotLooked { from, to } => {
                (format!("Nobody looked from {} to {}: unseen, not healthy", at(*from), at(*to)), String::new())
            }
            Event::Observed { item, seen } => {
                (format!("Observed: {}", self.item(item)), format!("{} · {}", seen.words, at(seen.at)))
            }
            Event::ObservationLost { item, seen, why } => {
                (format!("Un-ticked: {}", self.item(item)), format!("{why}{}", of(seen.as_ref())))
            }
            Event::GateEntered { gate } => (format!("Entered: {}", self.item(gate)), String::new()),
            Event::HoldTurned { gate, turn, held_ms, why } => {
                let held = stopwatch(held_ms / 1000);
                let words = match turn {
                    HoldTurn::Started => "the hold's clock runs".to_owned(),
                    HoldTurn::Paused => format!("hold paused at {held}"),
                    HoldTurn::WentOn => format!("hold goes on at {held}"),
                    HoldTurn::Broken => format!("hold broken at {held}"),
                    HoldTurn::Held => format!("held {held}: it can be passed"),
                };
                (format!("{}: {words}", self.item(gate)), why.clone())
            }
            Event::GatePassed { gate, held_ms, on_word, readings } => {
                let on_word = if *on_word { ", on word" } else { "" };
                let held = stopwatch(held_ms / 1000);
                (format!("Gate passed: {}, held {held}{on_word}", self.item(gate)), conditions(readings))
            }
            Event::GateOverridden { gate, reason, held_ms, readings } => {
                let held = stopwatch(held_ms / 1000);
                let detail = [reason.clone(), conditions(readings)].join("; ");
                (format!("Gate overridden: {}, held {held}", self.item(gate)), detail)
            }
            Event::RollbackBegan { criterion, reason, way } => {
                let criteria = &self.book.plan.criteria;
                let text = criteria.iter().find(|one| Some(&one.id) == criterion.as_ref()).map(|one| one.text.clone());
                let way = if *way == 0 { String::new() } else { format!(", way {way}") };
                (format!("Roll back: {reason}{way}"), text.map(|text| format!("“{text}”")).unwrap_or_default())
            }
            Event::WayChosen { way, reason } => (format!("Way {way} is taken"), reason.clone()),
            Event::StepStated { step, worked, result } => {
                let command = self.book.plan.commands.iter().find(|command| command.id.as_str() == step);
                let name = command.map_or_else(|| step.clone(), |command| command.text.clone());
                let verb = if *worked { "Done" } else { "Failed" };
                (format!("{verb}: {name}"), result.clone())
            }
            Event::Told { whom, answered, words } => {
                let verb = if *answered { "answered" } else { "was told" };
                (format!("{} {verb}", self.whom(whom)), words.clone())
            }
            Event::RolledBack => ("Rolled back: every mark is true".to_owned(), String::new()),
            Event::StoodDown { reason } => ("The rollback was stopped".to_owned(), reason.clone()),
            Event::VerdictTurned { word, why } => (format!("Verdict: {word}"), why.clone()),
            Event::UnitConfirmed { metric, shown, .. } => {
                (format!("Unit of {metric} confirmed: {shown}"), String::new())
            }
            Event::Notified { title, outcome, words, .. } => {
                let verb = match outcome {
                    NotifyOutcome::Shown => "Notified on the desktop",
                    NotifyOutcome::Failed => "Not notified on the desktop",
                    NotifyOutcome::Unknown => "Perhaps notified on the desktop",
                };
                (format!("{verb}: {title}"), words.clone())
            }
            Event::TestAnswered { seen: true } => ("The test notification was seen".to_owned(), String::new()),
            Event::TestAnswered { seen: false } => ("The test notification was not seen".to_owned(), String::new()),
            Event::KeptAwake { held: true, .. } => ("The laptop is kept awake".to_owned(), String::new()),
            Event::KeptAwake { held: false, why } => ("The laptop may fall asleep".to_owned(), why.clone()),
            // The log tells these itself; written out, so that a new event is not forgotten here.
            Event::ActorChosen { .. }
            | Event::ChannelFilled { .. }
            | Event::Closed { .. }
            | Event::Confirmed { .. }
            | Event::ContactFilled { .. }
            | Event::ContactProven { .. }
            | Event::Deferred { .. }
            | Event::DraftDropped { .. }
            | Event::DraftKept { .. }
            | Event::NotApplicable { .. }
            | Event::Noted { .. }
            | Event::Opened(_)
            | Event::Overridden { .. }
            | Event::PersonNamed(_)
            | Event::PlanReread(_)
            | Event::Reopened { .. }
            | Event::SamplesRolledUp(_)
            | Event::SamplesSealed(_)
            | Event::SentByHand { .. }
            | Event::Stated { .. }
            | Event::Undone { .. } => (String::new(), String::new()),
        }
    }

    /// A contact's role, a channel's name, or whose notice it is.
    fn whom(&self, id: &str) -> String {
        let plan = self.book.plan;
        let contact = plan.contacts.iter().find(|one| one.id.as_str() == id).map(|one| one.role.clone());
        let channel = || plan.channels.iter().find(|one| one.id.as_str() == id).map(|one| one.text.clone());
        let message = || plan.messages.iter().find(|one| one.id.as_str() == id).map(|one| one.text.clone());
        contact.or_else(channel).or_else(message).unwrap_or_else(|| id.to_owned())
    }

    fn alert(&self, alert: &room::AlertId) -> String {
        let fired = self.events.iter().rev().find_map(|recorded| match &recorded.event {
            Event::AlertFired(fired) if fired.alert == *alert => {
                // Two levels of one metric bear one name; their words tell them apart.
                Some(if fired.text.is_empty() { fired.name.clone() } else { fired.text.clone() })
            }
            _ => None,
        });
        fired.unwrap_or_else(|| alert.to_string())
    }
}

fn severity(severity: Severity) -> String {
    severity_word(Some(severity)).to_uppercase()
}

fn of(seen: Option<&Seen>) -> String {
    seen.map(|seen| format!(": {}", seen.words)).unwrap_or_default()
}

fn conditions(readings: &[ConditionRead]) -> String {
    let words: Vec<String> = readings.iter().map(condition).collect();
    listed(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

fn condition(read: &ConditionRead) -> String {
    let state = match read.state {
        ConditionState::Pass => "met",
        ConditionState::Fail => "not met",
        ConditionState::NoData => "no data",
        ConditionState::TooFew => "too few samples",
        ConditionState::OnWord => "on word",
        ConditionState::WordRanOut => "word ran out",
        ConditionState::Open => "open",
    };
    let before = if read.since_before.is_some() { ", since before the gate" } else { "" };
    if read.words.is_empty() {
        format!("{}: {state}{before}", read.text)
    } else {
        format!("{}: {state}, {}{before}", read.text, read.words)
    }
}
