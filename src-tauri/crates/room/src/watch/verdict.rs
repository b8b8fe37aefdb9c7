//! The verdict: the stronger word wins, and each has its reason (DESIGN.md, "Thresholds, alerts, verdict").

use std::cmp::Reverse;

use jiff::Timestamp;
use plan::Severity;

use super::blind::names_of;
use super::{Watch, deadline};
use crate::alert::{AlertId, Phase, Purpose, RuleMemory};
use crate::event::Event;
use crate::gate::{ConditionNow, ConditionState};
use crate::said::question;
use crate::state::{Mode, Room, Standing};
use crate::verdict::VerdictWord;

/// Why the verdict is what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The room is closed.
    Closed,
    /// No criterion is armed.
    NothingArmed,
    /// The first answers cannot be there yet.
    Waiting,
    /// So many criteria are armed and seen, and none fires that would speak against going on.
    AllGood {
        /// How many.
        armed: usize,
        /// How many of them are breached now, and fire if that lasts.
        pending: usize,
    },
    /// An alert fires.
    Fires {
        /// Which.
        alert: AlertId,
    },
    /// A HIGH's time is up.
    Overdue {
        /// Which.
        alert: AlertId,
    },
    /// Armed criteria have no fresh data.
    Blind {
        /// Their names.
        names: Vec<String>,
    },
    /// Criteria that do not blind the room have no fresh data.
    Unseen {
        /// Their names.
        names: Vec<String>,
    },
    /// NO-GO was recorded, and nobody has lifted it.
    NoGo {
        /// Each check with its answer: "Decision: NO-GO".
        answers: Vec<String>,
    },
    /// Conditions of the current gate are not met, or wait for a word.
    Conditions {
        /// Their words.
        texts: Vec<String>,
    },
}

/// The verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The word.
    pub word: VerdictWord,
    /// Why.
    pub cause: Cause,
    /// The alert whose deadline comes first, and that deadline.
    pub deadline: Option<(AlertId, Timestamp)>,
    /// How many MEDIUM alerts fire.
    pub to_investigate: usize,
    /// Whether a breach that would mean the way back is met before the first act of deployment: do not start.
    pub is_before_start: bool,
}

impl Watch {
    /// The verdict as it is now.
    #[must_use]
    pub fn verdict(&self, room: &Room, now: Timestamp) -> Verdict {
        let begun = self.has_begun(room, now);
        let firing = self.firing(room, now);
        let deadline = self.first_deadline(room, now);
        let of = |word, cause| Verdict {
            word,
            cause,
            deadline: deadline.clone(),
            to_investigate: firing.iter().filter(|(_, severity)| *severity == Severity::Medium).count(),
            is_before_start: false,
        };
        if room.mode() == Mode::Closed {
            return Verdict { deadline: None, ..of(VerdictWord::NotWatched, Cause::Closed) };
        }
        let critical = firing.iter().find(|(_, severity)| *severity == Severity::Critical);
        let overdue = deadline.as_ref().filter(|(_, at)| *at <= now);
        let back = critical
            .map(|(alert, _)| Cause::Fires { alert: alert.clone() })
            .or_else(|| overdue.map(|(alert, _)| Cause::Overdue { alert: alert.clone() }));
        if let Some(cause) = back.clone().filter(|_| begun) {
            return of(VerdictWord::RollBack, cause);
        }
        let armed = self.armed(room, now).len();
        if armed == 0 {
            return of(VerdictWord::NotWatched, Cause::NothingArmed);
        }
        let blinding = names_of(&self.blinding(room, now));
        if !blinding.is_empty() {
            return of(VerdictWord::Blind, Cause::Blind { names: blinding });
        }
        if let Some(cause) = back {
            return Verdict { is_before_start: true, ..of(VerdictWord::Hold, cause) };
        }
        if let Some((alert, _)) = firing.iter().find(|(_, severity)| *severity == Severity::High) {
            return of(VerdictWord::Hold, Cause::Fires { alert: alert.clone() });
        }
        let answers = no_go(room);
        if !answers.is_empty() {
            return of(VerdictWord::Hold, Cause::NoGo { answers });
        }
        if let Some(cause) = self.holds_the_gate(room, &firing, now) {
            return of(VerdictWord::Hold, cause);
        }
        let unseen = names_of(&self.unseen(room, now));
        if !unseen.is_empty() {
            return of(VerdictWord::Hold, Cause::Unseen { names: unseen });
        }
        if self
            .armed(room, now)
            .into_iter()
            .any(|rule| self.fresh(&rule.id, now).is_none() && self.is_waited_for(rule, now))
        {
            return of(VerdictWord::NotWatched, Cause::Waiting);
        }
        let pending = self.armed(room, now).iter().filter(|rule| self.phase(&rule.id) == Phase::Pending).count();
        of(VerdictWord::Go, Cause::AllGood { armed, pending })
    }

    /// In a gate: a condition that is not met or waits for a word, or a MEDIUM that fires.
    fn holds_the_gate(&self, room: &Room, firing: &[(AlertId, Severity)], now: Timestamp) -> Option<Cause> {
        let gate = room.current_gate()?;
        let open = |one: &ConditionNow| !one.is_met() || one.read.state == ConditionState::Fail;
        let conditions = self.conditions(room, gate, now);
        let texts: Vec<String> = conditions.iter().filter(|one| open(one)).map(|one| one.read.text.clone()).collect();
        if !texts.is_empty() {
            return Some(Cause::Conditions { texts });
        }
        firing.first().map(|(alert, _)| Cause::Fires { alert: alert.clone() })
    }

    /// What fires and is armed, the strongest first; what fired and is not armed any more is over with its purpose.
    #[must_use]
    pub fn firing(&self, room: &Room, now: Timestamp) -> Vec<(AlertId, Severity)> {
        let fires = self.armed(room, now).into_iter().filter(|rule| self.phase(&rule.id) == Phase::Firing);
        let mut firing: Vec<_> = fires.map(|rule| (rule.id.clone(), rule.severity)).collect();
        if self.memory.blind.as_ref().is_some_and(|blind| blind.deadline().is_some()) {
            firing.push((AlertId::blind(), Severity::High));
        }
        firing.sort_by_key(|(_, severity)| Reverse(*severity));
        firing
    }

    /// The deadline that comes first of all that run, with whose it is.
    fn first_deadline(&self, room: &Room, now: Timestamp) -> Option<(AlertId, Timestamp)> {
        let of_rules = self.armed(room, now).into_iter().filter_map(|rule| {
            let memory: &RuleMemory = self.memory.rules.get(&rule.id)?;
            Some((rule.id.clone(), deadline(room, &rule.id, memory)?))
        });
        let blind = self.memory.blind.as_ref();
        let of_blindness = blind.and_then(|blind| Some((AlertId::blind(), blind.deadline_in(room)?)));
        of_rules.chain(of_blindness).min_by_key(|(_, at)| *at)
    }

    /// The deadline of an alert that fires, with what a person added to it.
    #[must_use]
    pub fn deadline_of(&self, room: &Room, id: &AlertId) -> Option<Timestamp> {
        if id.is_blind() {
            return self.memory.blind.as_ref()?.deadline_in(room);
        }
        deadline(room, id, self.memory.rules.get(id)?)
    }

    /// Says that the verdict is another one. While the first answers are waited for it is not said: a start is no turn.
    pub(super) fn turn_verdict(&mut self, room: &Room, now: Timestamp) -> Option<Event> {
        let verdict = self.verdict(room, now);
        if verdict.cause == Cause::Waiting {
            return None;
        }
        let before = self.memory.verdict.map_or(VerdictWord::NotWatched, |(word, _)| word);
        if before == verdict.word {
            return None;
        }
        self.memory.verdict = Some((verdict.word, now));
        Some(Event::VerdictTurned { word: verdict.word, why: self.reason(room, &verdict) })
    }

    /// The reason in one line that stays true: no running time in it.
    #[must_use]
    pub fn reason(&self, room: &Room, verdict: &Verdict) -> String {
        match &verdict.cause {
            Cause::Closed => "the room is closed".to_owned(),
            Cause::NothingArmed => "no criterion is armed".to_owned(),
            Cause::Waiting => "the first answers are waited for".to_owned(),
            Cause::AllGood { armed: 1, pending: 0 } => "the one armed criterion is seen".to_owned(),
            Cause::AllGood { armed, pending: 0 } => {
                format!("all {armed} armed criteria are seen, and none speaks against it")
            }
            Cause::AllGood { armed, pending } => {
                format!("all {armed} armed criteria are seen; {pending} breached just now")
            }
            Cause::Fires { alert } if verdict.is_before_start => format!("do not start: {}", self.breach(alert)),
            Cause::Fires { alert } => self.breach(alert),
            Cause::Overdue { alert } => format!("the time for {} is up", self.breach(alert)),
            Cause::Blind { names } | Cause::Unseen { names } => format!("unseen: {}", names.join(", ")),
            Cause::NoGo { answers } => answers.join(", "),
            Cause::Conditions { texts } => {
                let gate = room.current_gate().map_or("the gate", |gate| gate.text.as_str());
                format!("{gate}: not met or not said: {}", texts.join(", "))
            }
        }
    }

    /// "P95 latency 612 ms, > 500 ms".
    #[must_use]
    pub fn breach(&self, alert: &AlertId) -> String {
        if alert.is_blind() {
            return "blindness".to_owned();
        }
        let Some(rule) = self.book.rule(alert) else { return alert.to_string() };
        let seen = self.memory.rules.get(alert).and_then(RuleMemory::last);
        let seen = seen.map_or("", |last| last.seen.words.as_str());
        let bound = rule.bound();
        let limit = match rule.purpose {
            _ if bound.is_empty() => String::new(),
            Purpose::Decision => format!(", {bound}"),
            _ => format!(", limit {bound}"),
        };
        format!("{} {seen}{limit}", rule.name).trim().to_owned()
    }
}

/// The checks on which nobody goes on, with the answer that says so.
fn no_go(room: &Room) -> Vec<String> {
    let answers = room.plan().items.iter().filter(|item| !item.choices.is_empty());
    let answers = answers.filter_map(|item| match room.standing(&item.id) {
        Standing::AnsweredNo { words, is_no_go: true } => Some(format!("{}: {words}", question(item))),
        _ => None,
    });
    answers.collect()
}
