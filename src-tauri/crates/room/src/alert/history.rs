//! All that became of one alert, read from the log: each turn with what was seen at it.

use jiff::Timestamp;
use plan::Severity;

use super::record::{AlertId, Seen};
use crate::apply::SUMMARY;
use crate::event::{Event, NotifyOutcome, Recorded};

/// A turn of an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertTurn {
    /// The number of the event that tells of it.
    pub event: u64,
    /// When it was.
    pub at: Timestamp,
    /// What it was.
    pub kind: TurnKind,
    /// What was seen at it; `None` where nothing was, or where an older program did not keep it.
    pub seen: Option<Seen>,
    /// Whoever acted.
    pub actor: String,
    /// Why, what was said to it, or what the desktop showed; may be empty.
    pub words: String,
}

/// How an alert turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnKind {
    /// Its first breach; a breach that never came to fire is not in the log.
    Pending,
    /// It fires.
    Fired {
        /// What it demands.
        severity: Severity,
    },
    /// A person was told on the desktop, for the first time in this episode or in a louder voice than before.
    Told {
        /// What came of it.
        outcome: NotifyOutcome,
        /// Whether they had been told in this episode before.
        again: bool,
    },
    /// A person took notice.
    Acknowledged,
    /// A person let its voice rest.
    Silenced {
        /// Until when.
        until: Timestamp,
    },
    /// A person lets it speak again.
    SilenceLifted,
    /// The time of its rest is over.
    SilenceRanOut,
    /// A person gave it more time.
    Extended {
        /// Until when.
        until: Timestamp,
    },
    /// Its time is up.
    Overdue,
    /// A person tried to reach a contact over it.
    Tried {
        /// Whether they answered.
        answered: bool,
    },
    /// Nothing was seen of it while it fired; it does not end by that.
    Unseen,
    /// All was seen again.
    SeenAgain,
    /// Nobody looked while it fired: the program did not run, or the laptop slept.
    NotLooked {
        /// From when.
        from: Timestamp,
        /// Until when.
        to: Timestamp,
    },
    /// It is over.
    Resolved,
}

/// All turns of one alert in their order, under whatever name the checklist had it when they happened. `id` is its name
/// now.
#[must_use]
pub fn alert_history(events: &[Recorded], id: &AlertId) -> Vec<AlertTurn> {
    // What it is called now is known; what it was called before, each reading of the checklist says.
    let mut name = id.clone();
    let mut named: Vec<(&Recorded, AlertId)> = Vec::new();
    for recorded in events.iter().rev() {
        if let Event::PlanReread(reread) = &recorded.event
            && let Some(carried) = reread.carried.iter().find(|one| one.to.as_deref() == Some(name.as_str()))
        {
            name = AlertId::from(carried.from.clone());
        }
        named.push((recorded, name.clone()));
    }
    let mut history = History::default();
    for (recorded, name) in named.into_iter().rev() {
        history.take(recorded, &name);
    }
    history.turns
}

/// The turns so far, and where the alert stands after them.
#[derive(Default)]
struct History {
    turns: Vec<AlertTurn>,
    is_firing: bool,
    was_told: bool,
    /// What it was called when it fired last: blindness names what it does not see.
    name: String,
    is_unseen: bool,
}

impl History {
    fn take(&mut self, recorded: &Recorded, id: &AlertId) {
        let (kind, seen, words) = match &recorded.event {
            Event::AlertFired(fired) if fired.alert == *id => {
                // Blindness began with its first word, and something graver goes on.
                if !self.is_firing {
                    self.was_told = false;
                    let first = fired.first.clone();
                    self.push(recorded, fired.since, TurnKind::Pending, first, String::new());
                }
                self.is_firing = true;
                self.name.clone_from(&fired.name);
                (TurnKind::Fired { severity: fired.severity }, fired.seen.clone(), fired.why.clone())
            }
            Event::Blinded { since, why, .. } if id.is_blind() && !self.is_firing => {
                (self.is_firing, self.was_told) = (true, false);
                self.push(recorded, *since, TurnKind::Pending, None, String::new());
                (TurnKind::Fired { severity: Severity::Medium }, None, why.clone())
            }
            Event::AlertResolved { alert, seen } if alert == id => {
                (self.is_firing, self.is_unseen) = (false, false);
                (TurnKind::Resolved, seen.clone(), String::new())
            }
            Event::AlertAcknowledged { alert, note, seen } if alert == id => {
                (TurnKind::Acknowledged, seen.clone(), note.clone())
            }
            Event::AlertSilenced { alert, until, reason, seen } if alert == id => {
                (TurnKind::Silenced { until: *until }, seen.clone(), reason.clone())
            }
            Event::SilenceLifted { alert, reason, seen } if alert == id => {
                (TurnKind::SilenceLifted, seen.clone(), reason.clone())
            }
            Event::SilenceRanOut { alert, seen } if alert == id => {
                (TurnKind::SilenceRanOut, seen.clone(), String::new())
            }
            Event::DeadlineExtended { alert, until, reason } if alert == id => {
                (TurnKind::Extended { until: *until }, None, reason.clone())
            }
            Event::DeadlinePassed { alert } if alert == id => (TurnKind::Overdue, None, String::new()),
            Event::ContactTried { answered, words, about: Some(alert), .. } if alert == id => {
                (TurnKind::Tried { answered: *answered }, None, words.clone())
            }
            Event::Blinded { names, why, .. } if self.is_firing && !self.is_unseen && names.contains(&self.name) => {
                self.is_unseen = true;
                (TurnKind::Unseen, None, why.clone())
            }
            Event::SeenAgain { .. } if self.is_unseen => {
                self.is_unseen = false;
                (TurnKind::SeenAgain, None, String::new())
            }
            Event::NotLooked { from, to } if self.is_firing => {
                (TurnKind::NotLooked { from: *from, to: *to }, None, String::new())
            }
            // A summary speaks of all that fire. What tells that it is over is no new turn.
            Event::Notified { key, title, outcome, .. } if self.is_firing && (key == id.as_str() || key == SUMMARY) => {
                let again = std::mem::replace(&mut self.was_told, true);
                (TurnKind::Told { outcome: *outcome, again }, None, title.clone())
            }
            _ => return,
        };
        self.push(recorded, recorded.occurred_at, kind, seen, words);
    }

    fn push(&mut self, recorded: &Recorded, at: Timestamp, kind: TurnKind, seen: Option<Seen>, words: String) {
        let actor = recorded.actor.clone();
        self.turns.push(AlertTurn { event: recorded.seq, at, kind, seen, actor, words });
    }
}
