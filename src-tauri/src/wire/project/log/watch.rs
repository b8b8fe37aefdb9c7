//! What was watched, as sentences of the log.

use plan::{CriterionId, Severity};
use room::{
    ConditionRead, ConditionState, Event, HoldTurn, NotifyOutcome, Recorded, Seen, StretchFetched, SuccessOutcome,
    measure,
};

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
                let mut detail = format!("since {}", at(fired.since));
                if let Some(before) = fired.since_before {
                    detail.push_str(&format!("; breached before it counted, since {}", at(before)));
                }
                if let Some(deadline) = fired.deadline {
                    detail.push_str(&format!("; roll back by {} if it is not resolved", at(deadline)));
                }
                // Two levels of one metric bear one name: the plan's words say which it is.
                let which = if fired.text.is_empty() { &fired.name } else { &fired.text };
                let late = afterwards(fired.seen.as_ref());
                (format!("{which}: {seen} — {}{late}", severity(fired.severity)), detail)
            }
            Event::AlertResolved { alert, seen } => {
                let is_above = |seen: &Seen| {
                    let id = CriterionId::from(alert.to_string());
                    self.book.criterion(&id).is_some_and(|criterion| seen.is_above_range(criterion))
                };
                let how = if seen.as_ref().is_some_and(is_above) { "Left its range upwards" } else { "Resolved" };
                let (seen, late) = (of(seen.as_ref()), afterwards(seen.as_ref()));
                (format!("{how}: “{}”{seen}{late}", self.alert(alert)), String::new())
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
            Event::ScheduleChanged(changed) => self.schedule_changed(changed),
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
            Event::Slept { from, to } => {
                let words = format!("The laptop slept from {} to {}: nobody looked", at(*from), at(*to));
                (words, UNTIL_FETCHED.to_owned())
            }
            Event::Stalled { from, to } => {
                let words = format!("War Room stood still from {} to {}: nobody looked", at(*from), at(*to));
                (words, UNTIL_FETCHED.to_owned())
            }
            Event::ClockJumped { by_ms } => {
                let whither = if *by_ms < 0 { "back" } else { "forward" };
                let by = seconds(by_ms.unsigned_abs());
                let words = format!("The laptop's clock was set {whither} by {by}");
                (words, "Times before are by the clock as it was. No hold and no breach is longer by it.".to_owned())
            }
            Event::StretchFetched(stretch) => self.stretch(stretch),
            Event::Observed { item, seen } => {
                let late = afterwards(Some(seen));
                (format!("Observed: {}", self.item(item)), format!("{} · {}{late}", seen.words, at(seen.at)))
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
            Event::GatePassed { gate, held_ms, on_word, fetched_ms, readings } => {
                let on_word = if *on_word { ", on word" } else { "" };
                let held = stopwatch(held_ms / 1000);
                let fetched = match fetched_ms / 1000 {
                    0 => String::new(),
                    fetched_s => format!(" ({} of it fetched afterwards)", stopwatch(fetched_s)),
                };
                (format!("Gate passed: {}, held {held}{fetched}{on_word}", self.item(gate)), conditions(readings))
            }
            Event::GateOverridden { gate, reason, held_ms, readings } => {
                let held = stopwatch(held_ms / 1000);
                let detail = [reason.clone(), conditions(readings)].join("; ");
                (format!("Gate overridden: {}, held {held}", self.item(gate)), detail)
            }
            Event::GoneBack(gone) => {
                let words = format!("Gone back from {} to {}", self.item(&gone.gate), self.item(&gone.to));
                let held = format!("its hold of {} is void", stopwatch(gone.held_ms / 1000));
                let seen = conditions(&gone.readings);
                let detail: Vec<String> =
                    [gone.reason.clone(), held, seen].into_iter().filter(|part| !part.is_empty()).collect();
                (words, detail.join("; "))
            }
            Event::RollbackBegan { criterion, reason, way } => {
                let criteria = &self.book.plan.criteria;
                let text = criteria.iter().find(|one| Some(&one.id) == criterion.as_ref()).map(|one| one.text.clone());
                let way = if *way == 0 { String::new() } else { format!(", way {way}") };
                (format!("Roll back: {reason}{way}"), text.map(|text| format!("“{text}”")).unwrap_or_default())
            }
            Event::RehearsalBegan(began) => {
                let way = if began.way == 0 { String::new() } else { format!(", way {}", began.way) };
                (format!("Rehearsal of the rollback{way}"), "Its clock and its marks are those of the day.".to_owned())
            }
            Event::AttemptBegan(began) => {
                let start = began.start.strftime("%-d %b %H:%M");
                (format!("Attempt {} begins, T0 {start}", began.number), began.reason.clone())
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
            Event::CommandArmed { probe, digest } => {
                let command = self.room.command_of(probe).filter(|text| plan::config::digest(text) == *digest);
                let words =
                    command.map_or_else(|| "a command that the settings have no more".to_owned(), str::to_owned);
                let short = digest.get(..12).unwrap_or(digest);
                (format!("Armed: the command of {probe} runs from now on"), format!("{words} (SHA-256 {short})"))
            }
            Event::CommandDisarmed { probe } => {
                (format!("Disarmed: the command of {probe} runs no more"), String::new())
            }
            Event::BindingAccepted(accepted) => {
                let draft = accepted.draft.split_whitespace().collect::<Vec<_>>().join(" ");
                (format!("Observed from now on: {}", accepted.text), format!("{}; {draft}", accepted.reason))
            }
            Event::BindingDropped { proposal, text } => {
                let was = self.events.iter().any(
                    |recorded| matches!(&recorded.event, Event::BindingAccepted(one) if one.proposal == *proposal),
                );
                let words = if was { "Observed no more" } else { "Proposal dropped" };
                (format!("{words}: {text}"), String::new())
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
            Event::DoNotDisturb { on: true, words } => {
                let text =
                    "Do not disturb is on: the desktop may hold notifications back, this window and its sound alarm";
                (text.to_owned(), words.clone())
            }
            Event::DoNotDisturb { on: false, words } => ("Do not disturb is off again".to_owned(), words.clone()),
            Event::KeptAwake { held: true, .. } => ("The laptop is kept awake".to_owned(), String::new()),
            Event::KeptAwake { held: false, why } => ("The laptop may fall asleep".to_owned(), why.clone()),
            // The log tells these itself; written out, so that a new event is not forgotten here.
            Event::ActorChosen { .. }
            | Event::ChannelFilled { .. }
            | Event::Closed(_)
            | Event::Confirmed { .. }
            | Event::ContactFilled(_)
            | Event::ContactProven { .. }
            | Event::ContactAdded(_)
            | Event::ContactTried { .. }
            | Event::Corrected(_)
            | Event::Deferred { .. }
            | Event::DraftDropped { .. }
            | Event::DraftKept { .. }
            | Event::EvidenceAdded(_)
            | Event::NotApplicable { .. }
            | Event::GoLiveDeclared(_)
            | Event::HandedOver(_)
            | Event::LessonNoted { .. }
            | Event::Noted { .. }
            | Event::Opened(_)
            | Event::Overridden { .. }
            | Event::PersonNamed(_)
            | Event::PlanReread(_)
            | Event::Reopened { .. }
            | Event::RoundTicked(_)
            | Event::RoundsExplained(_)
            | Event::RoundsMissed(_)
            | Event::SamplesRolledUp(_)
            | Event::SamplesSealed(_)
            | Event::SentByHand { .. }
            | Event::Stated { .. }
            | Event::SuccessDeclared(_)
            | Event::TakenOver(_)
            | Event::Undone { .. } => (String::new(), String::new()),
        }
    }

    /// How a rehearsal ended; `None` for the end of a rollback for true, and for anything else.
    pub(super) fn end_of_rehearsal(&self, recorded: &Recorded) -> Option<(String, String)> {
        let (Event::RolledBack | Event::StoodDown { .. }) = &recorded.event else { return None };
        let before = self.events.iter().rev().filter(|known| known.seq < recorded.seq);
        let began = before
            .map(|known| &known.event)
            .find(|event| matches!(event, Event::RehearsalBegan(_) | Event::RollbackBegan { .. }));
        let Some(Event::RehearsalBegan(_)) = began else { return None };
        Some(match &recorded.event {
            Event::StoodDown { reason } => ("The rehearsal was given up".to_owned(), reason.clone()),
            _ => {
                let detail = "What its clock measured fills the check that asks for it.";
                ("Rehearsed: every mark is true".to_owned(), detail.to_owned())
            }
        })
    }

    /// A contact's role, a channel's name, or whose notice it is.
    fn whom(&self, id: &str) -> String {
        let plan = self.book.plan;
        let contact = self.room.ladder().into_iter().find(|one| one.id.as_str() == id).map(|one| one.role.clone());
        let channel = || plan.channels.iter().find(|one| one.id.as_str() == id).map(|one| one.text.clone());
        let message = || plan.messages.iter().find(|one| one.id.as_str() == id).map(|one| one.text.clone());
        contact.or_else(channel).or_else(message).unwrap_or_else(|| id.to_owned())
    }

    /// What was missed, and came of asking for it afterwards.
    fn stretch(&self, stretch: &StretchFetched) -> (String, String) {
        let at = |moment| on_the_wall(moment, self.resolved);
        let span = format!("{} – {}", at(stretch.from), at(stretch.to));
        let unseen = stretch.unseen.iter().map(|one| format!("{}: unseen, {}", one.metric, one.why));
        let unseen = unseen.collect::<Vec<_>>().join("; ");
        if stretch.fetched.is_empty() {
            return (format!("Not fetched afterwards, and unseen: {span}"), unseen);
        }
        let fetched = stretch.fetched.iter().map(String::as_str).collect::<Vec<_>>();
        (format!("Fetched afterwards: {}, {span}", listed(&fetched)), unseen)
    }

    pub(super) fn alert(&self, alert: &room::AlertId) -> String {
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

/// What holds for a time in which nobody looked.
const UNTIL_FETCHED: &str = "Unseen, not healthy, until it is fetched.";

/// Whether it was known only later.
fn afterwards(seen: Option<&Seen>) -> &'static str {
    if seen.is_some_and(|seen| seen.fetched) { ", fetched afterwards" } else { "" }
}

/// "2.5 s", "1 h".
fn seconds(length_ms: u64) -> String {
    if length_ms < 60_000 {
        return format!("{} s", (length_ms as f64 / 100.0).round() / 10.0);
    }
    measure::length(length_ms / 1000)
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
