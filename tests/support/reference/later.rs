//! What the day comes to: its schedule as people changed it, go-live, success, evidence, lessons, corrections, what is
//! bound.

use super::day::{DEPLOYMENT, EVIDENCE, PROPOSALS, SUCCESS, T0_PHASE};
use super::gates::gate_of;
use super::marks::{Counting, is_of_the_attempt, is_open, standing};
use super::rules::said;
use super::{ALERTS, Ask, CHECKS, CorrectionSeen, GATES, Reference};

/// How long the announced window is.
const WINDOW_S: i64 = 5_400;

impl Reference {
    /// Where the room is in its life.
    pub(super) fn mode(&self) -> &'static str {
        if self.closed().is_some() {
            return "closed";
        }
        if let Some(mode) = self.way_back() {
            return mode;
        }
        if self.went_live().is_some() {
            return "watch";
        }
        let is_from_t0 = |check: usize| CHECKS.get(check).and_then(|check| check.phase) >= Some(T0_PHASE);
        if self.is_any_entered() || self.has_acted(&is_from_t0) { "live" } else { "prepare" }
    }

    /// Whether a person acted on any of these checks. Who says that nobody goes on, or that nothing is asked, begins
    /// nothing, and neither does what is seen.
    fn has_acted(&self, is_meant: &dyn Fn(usize) -> bool) -> bool {
        let is_act = |standing: &str| {
            standing.starts_with("stated") || standing.starts_with("answered no:") || standing.starts_with("overridden")
        };
        let acts = |one: &Counting<'_>| one.marks.iter().any(|(check, so)| is_meant(*check) && is_act(so));
        self.counting().iter().any(acts)
    }

    /// The place of the act that ended what was live: it was rolled back for true.
    fn rolled_back_at(&self) -> Option<usize> {
        let is_end =
            |(place, act): &(usize, &super::Act)| act.ask == Ask::DeclareRolledBack && !self.before(*place).rehearses();
        self.acts.iter().enumerate().filter(is_end).map(|(place, _)| place).next_back()
    }

    /// The place of the declaration that holds: nothing was rolled back since.
    fn live_place(&self) -> Option<usize> {
        let declared = self.acts.iter().rposition(|act| matches!(act.ask, Ask::DeclareGoLive(_)))?;
        let is_over = self.rolled_back_at().is_some_and(|back| back > declared);
        (!is_over).then_some(declared)
    }

    /// When what is live went live.
    pub(super) fn went_live(&self) -> Option<i64> {
        self.acts.get(self.live_place()?).map(|act| act.now)
    }

    /// What speaks against go-live: what takes a reason, and what is named beside it.
    fn speaks_against(&self) -> (Vec<String>, Vec<String>) {
        let (mut grave, mut named) = (Vec::new(), Vec::new());
        for (at, gate) in GATES.iter().enumerate() {
            let text = CHECKS.get(gate.check).map_or("", |check| check.text).to_owned();
            match self.gate_seen(at).passed {
                None => grave.push(text),
                Some((.., Some(_))) => named.push(text),
                Some(_) => {}
            }
        }
        for (alert, name) in ALERTS.iter().enumerate() {
            if self.alert(alert).is_some_and(|seen| seen.resolved.is_none()) {
                // The last of them is to be investigated.
                if alert + 1 < ALERTS.len() { &mut grave } else { &mut named }.push((*name).to_owned());
            }
        }
        let counting = self.counting();
        for (check, facts) in CHECKS.iter().enumerate() {
            if !facts.phase.is_some_and(|phase| DEPLOYMENT.contains(&phase)) || gate_of(check).is_some() {
                continue;
            }
            let so = standing(&counting, check);
            if so.starts_with("answered no-go") {
                grave.push(facts.text.to_owned());
            } else if is_open(&so) || so.starts_with("overridden") {
                named.push(facts.text.to_owned());
            }
        }
        (grave, named)
    }

    fn unmet(&self) -> Vec<String> {
        let is_met = ["stated", "observed", "not applicable"].iter().any(|word| self.is(SUCCESS, word));
        let criterion = CHECKS.get(SUCCESS).filter(|_| !is_met).map(|check| check.text.to_owned());
        let fires = |alert: &usize| self.alert(*alert).is_some_and(|seen| seen.resolved.is_none());
        let fire = (0..ALERTS.len()).filter(fires).filter_map(|alert| ALERTS.get(alert)).map(|name| (*name).to_owned());
        criterion.into_iter().chain(fire).collect()
    }

    pub(super) fn allows_declaring(&self, ask: &Ask) -> bool {
        match ask {
            Ask::DeclareGoLive(reason) => {
                let is_why = said(reason).is_some() || self.speaks_against().0.is_empty();
                self.mode() == "live" && self.actor().is_some() && is_why
            }
            Ask::DeclareSuccess(reason) => {
                let is_why = said(reason).is_some() || self.unmet().is_empty();
                self.mode() == "watch" && self.success().is_none() && self.actor().is_some() && is_why
            }
            _ => false,
        }
    }

    /// The go-live that holds.
    pub(super) fn live(&self) -> Option<(i64, String, String, Vec<String>)> {
        let place = self.live_place()?;
        let (act, (grave, named)) = (self.acts.get(place)?, self.before(place).speaks_against());
        let Ask::DeclareGoLive(reason) = &act.ask else { return None };
        let mut open: Vec<String> = grave.into_iter().chain(named).collect();
        open.sort();
        Some((act.now, act.actor.clone(), reason.trim().to_owned(), open))
    }

    pub(super) fn success(&self) -> Option<(i64, String, String, Vec<String>)> {
        let place = self.acts.iter().rposition(|act| matches!(act.ask, Ask::DeclareSuccess(_)))?;
        if self.rolled_back_at().is_some_and(|back| back > place) {
            return None;
        }
        let (act, mut open) = (self.acts.get(place)?, self.before(place).unmet());
        let Ask::DeclareSuccess(reason) = &act.ask else { return None };
        open.sort();
        Some((act.now, act.actor.clone(), reason.trim().to_owned(), open))
    }

    /// The announced window: a new attempt announces none.
    pub(super) fn window(&self) -> Option<(i64, i64)> {
        if self.has_second_attempt() {
            return None;
        }
        let moved = self.acts.iter().rev().find_map(|act| match act.ask {
            Ask::MoveWindow(after_s, _) => Some(act.now + after_s),
            _ => None,
        });
        let end = moved.unwrap_or_else(|| self.place.instant(self.place.start + WINDOW_S));
        Some((self.place.instant(self.place.start), end))
    }

    fn planned_start(&self) -> i64 {
        let mut moved = self.of_this_attempt().rev().filter_map(|act| match act.ask {
            Ask::MoveStart(after_s, _) => Some(act.now + after_s),
            _ => None,
        });
        moved.next().unwrap_or_else(|| self.start())
    }

    /// Another start of T0's phase.
    pub(super) fn moved(&self) -> Option<i64> {
        Some(self.planned_start()).filter(|start| *start != self.start())
    }

    pub(super) fn hold_s(&self, gate: usize) -> Option<u64> {
        let mut cut = self.of_this_attempt().rev().filter_map(|act| match act.ask {
            Ask::CutHold(which, hold_s, _) if which == gate => Some(hold_s),
            _ => None,
        });
        cut.next().or_else(|| GATES.get(gate).map(|gate| gate.hold_s))
    }

    pub(super) fn allows_change(&self, ask: &Ask, now: i64) -> bool {
        let (is_so, reason) = match ask {
            Ask::MoveWindow(after_s, reason) => {
                let to = now + after_s;
                let fits = |(begins, ends): (i64, i64)| to > now && to > begins && to != ends;
                (self.window().is_some_and(fits), reason)
            }
            Ask::MoveStart(after_s, reason) => {
                let to = now + after_s;
                let is_rollout = |check: usize| CHECKS.get(check).and_then(|check| check.phase) == Some(T0_PHASE);
                let has_begun = self.is_any_entered() || self.has_acted(&is_rollout);
                (!has_begun && to > now && to != self.planned_start() && to >= self.start(), reason)
            }
            Ask::CutHold(gate, hold_s, reason) => {
                let is_shorter = GATES.get(*gate).is_some_and(|gate| (1..=gate.hold_s).contains(hold_s));
                (is_shorter && !self.is_passed(*gate) && self.hold_s(*gate) != Some(*hold_s), reason)
            }
            _ => return false,
        };
        is_so && self.actor().is_some() && said(reason).is_some()
    }

    /// What was attached to a check: in a new attempt what showed it in the one before shows nothing.
    pub(super) fn evidence(&self, check: usize) -> Vec<(u64, String)> {
        let attached = |act: &super::Act| match act.ask {
            Ask::AddEvidence(which, evidence) if which == check => {
                EVIDENCE.get(evidence).and_then(|(_, _, kept)| *kept).map(|kept| (act.seq, kept.to_owned()))
            }
            _ => None,
        };
        if is_of_the_attempt(check) {
            self.of_this_attempt().filter_map(attached).collect()
        } else {
            self.acts.iter().filter_map(attached).collect()
        }
    }

    pub(super) fn allows_evidence(&self, check: usize, evidence: usize) -> bool {
        let kept = EVIDENCE.get(evidence).and_then(|(_, _, kept)| *kept);
        let is_new = |kept: &str| self.evidence(check).iter().all(|(_, known)| known != kept);
        CHECKS.get(check).is_some() && kept.is_some_and(is_new)
    }

    pub(super) fn lessons(&self) -> Vec<(u64, i64, String, String)> {
        let lessons = self.acts.iter().filter_map(|act| match &act.ask {
            Ask::NoteLesson(text) => Some((act.seq, act.now, text.trim().to_owned(), act.actor.clone())),
            _ => None,
        });
        lessons.collect()
    }

    pub(super) fn corrections(&self) -> Vec<CorrectionSeen> {
        let corrections = self.acts.iter().filter_map(|act| match &act.ask {
            Ask::Correct(event, right, why, ago) => {
                let (right, why) = (right.trim().to_owned(), why.trim().to_owned());
                Some((act.seq, *event, act.now - ago.unwrap_or(0), right, why, act.actor.clone()))
            }
            _ => None,
        });
        corrections.collect()
    }

    pub(super) fn corrected(&self, event: u64) -> Vec<u64> {
        self.corrections().iter().filter(|one| one.1 == event).map(|one| one.0).collect()
    }

    pub(super) fn is_armed(&self) -> bool {
        let mut turns = self.acts.iter().rev().filter_map(|act| match act.ask {
            Ask::Arm(_) => Some(true),
            Ask::Disarm => Some(false),
            _ => None,
        });
        turns.next().unwrap_or(false)
    }

    /// The last word on the proposal: accepted, or dropped.
    fn proposal(&self) -> Option<bool> {
        let mut turns = self.acts.iter().rev().filter_map(|act| match act.ask {
            Ask::Accept(..) => Some(true),
            Ask::DropBinding(_) => Some(false),
            _ => None,
        });
        turns.next()
    }

    pub(super) fn is_bound(&self) -> bool {
        self.proposal() == Some(true)
    }

    pub(super) fn bound(&self) -> Vec<(bool, bool)> {
        vec![(self.is_bound(), self.proposal() == Some(false)); PROPOSALS]
    }

    pub(super) fn allows_binding(&self, ask: &Ask) -> bool {
        let is_named = self.actor().is_some();
        match ask {
            Ask::Arm(is_shown) => is_named && *is_shown && !self.is_armed(),
            Ask::Disarm => self.is_armed(),
            Ask::Accept(proposal, is_shown) => *proposal < PROPOSALS && is_named && *is_shown && !self.is_bound(),
            Ask::DropBinding(proposal) => {
                let may_be = match self.proposal() {
                    Some(true) => is_named,
                    Some(false) => false,
                    None => true,
                };
                *proposal < PROPOSALS && may_be
            }
            _ => false,
        }
    }
}
