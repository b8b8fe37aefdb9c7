//! What stands on the checks: every act from the first on, what it marks, and what was taken back.

use super::answers::{claims, line, means};
use super::day::{CHECKS, MARKS, MEASURED, Means, PHASES, PROPOSED, SAWS, SUCCESS, T0_PHASE, TARGET_S};
use super::gates::{gate_of, parts_from};
use super::rules::said;
use super::{Act, Ask, Found, GATES, Reference};

/// What marks checks and was not taken back.
pub(super) struct Counting<'a> {
    pub(super) act: &'a Act,
    /// The checks, and what is true of each since.
    pub(super) marks: Vec<(usize, String)>,
    /// Whether it can be: not what was found, and no gate that was left behind.
    pub(super) can_be_undone: bool,
}

impl Counting<'_> {
    pub(super) fn is_on(&self, check: usize) -> bool {
        self.marks.iter().any(|(marked, _)| *marked == check)
    }

    /// Whether it is what "take back" means: the last act that can be, or the last mark on this check.
    fn is_meant_by(&self, check: Option<usize>) -> bool {
        check.map_or(self.can_be_undone, |check| self.is_on(check))
    }
}

/// What was not taken back: marks on checks, and what was said in rounds.
pub(super) struct Told<'a> {
    pub(super) counting: Vec<Counting<'a>>,
    pub(super) ticks: Vec<&'a Act>,
}

/// Whether a check belongs to an attempt, and opens with a new one.
pub(super) fn is_of_the_attempt(check: usize) -> bool {
    let phase = CHECKS.get(check).and_then(|facts| facts.phase);
    phase.is_some_and(|phase| phase >= T0_PHASE) || MARKS.contains(&check) || check == SUCCESS
}

/// Whether somebody has to come back to what stands so.
pub(super) fn is_open(standing: &str) -> bool {
    standing == "open" || standing == "claimed" || standing == "lost" || standing.starts_with("answered no")
}

/// The checks below one, at any depth.
pub(super) fn below(check: usize) -> Vec<usize> {
    let is_below = |one: &usize| {
        let mut above = CHECKS.get(*one).and_then(|facts| facts.above);
        while let Some(found) = above {
            if found == check {
                return true;
            }
            above = CHECKS.get(found).and_then(|facts| facts.above);
        }
        false
    };
    (0..CHECKS.len()).filter(is_below).collect()
}

/// What is true of a check, given the acts that count.
pub(super) fn standing(counting: &[Counting<'_>], check: usize) -> String {
    let Some(facts) = CHECKS.get(check) else { return "unknown".to_owned() };
    let marks = counting.iter().rev().flat_map(|one| one.marks.iter().rev());
    let last = marks.filter(|(marked, _)| *marked == check).map(|(_, standing)| standing.clone()).next();
    last.unwrap_or_else(|| if facts.claimed && check != SUCCESS { "claimed" } else { "open" }.to_owned())
}

/// The claims of a section that can be confirmed together, while the way back runs or not.
fn claimed_in(counting: &[Counting<'_>], section: usize, is_going_back: bool) -> Vec<usize> {
    let can_be = |check: &usize| {
        let Some(facts) = CHECKS.get(*check) else { return false };
        // What belongs to a gate is asked in its gate, a blank is filled by whoever fills it, and a mark of the way back
        // that runs takes words.
        let asks = gate_of(*check).is_some() || !facts.blanks.is_empty() || (is_going_back && MARKS.contains(check));
        (section == 0 || facts.section == section) && standing(counting, *check) == "claimed" && !asks
    };
    let claimed: Vec<usize> = (0..CHECKS.len()).filter(can_be).collect();
    // One above is confirmed with all that is open below it, or not at all.
    let is_whole = |check: &&usize| {
        below(**check).iter().all(|below| claimed.contains(below) || !is_open(&standing(counting, *below)))
    };
    claimed.iter().filter(is_whole).copied().collect()
}

/// What a person's word makes of a check.
fn as_said(ask: &Ask, check: usize) -> Option<String> {
    Some(match ask {
        Ask::State { saw, .. } => match SAWS.get(*saw).and_then(|(saw, _)| said(saw.unwrap_or_default())) {
            Some(saw) => format!("stated: {saw}"),
            None => "stated".to_owned(),
        },
        Ask::Answer { answer, values, .. } => {
            let words = line(check, *answer, *values);
            match means(ask) {
                // Where nothing is asked for, it is a tick like any.
                Means::Yes if words.is_empty() => "stated".to_owned(),
                Means::Yes => format!("stated: {words}"),
                Means::No => format!("answered no: {words}"),
                Means::NoGo => format!("answered no-go: {words}"),
                Means::Nothing => format!("not applicable: {words}"),
            }
        }
        Ask::Confirm(_) | Ask::ConfirmSection(_) => {
            claims(check).map_or_else(|| "stated".to_owned(), |answer| format!("stated: {answer}"))
        }
        Ask::Override(_, reason) | Ask::OverrideGate(_, reason) => format!("overridden: {}", reason.trim()),
        Ask::Defer(_, to, reason) => {
            format!("deferred to {}: {}", PHASES.get(*to).copied().unwrap_or_default(), reason.trim())
        }
        Ask::NotApplicable(_, reason) => format!("not applicable: {}", reason.trim()),
        Ask::PassGate(_) => "stated".to_owned(),
        _ => return None,
    })
}

impl Reference {
    pub(super) fn told(&self) -> Told<'_> {
        let mut counting: Vec<Counting<'_>> = Vec::new();
        let mut ticks: Vec<&Act> = Vec::new();
        for (place, act) in self.acts.iter().enumerate() {
            let word = |check: usize| as_said(&act.ask, check).map(|standing| (check, standing));
            let is_gate = |check: &usize| GATES.iter().any(|gate| gate.check == *check);
            let (marks, can_be_undone): (Vec<(usize, String)>, bool) = match &act.ask {
                Ask::PassGate(gate) | Ask::OverrideGate(gate, _) => {
                    (GATES.get(*gate).and_then(|gate| word(gate.check)).into_iter().collect(), false)
                }
                Ask::Override(check, _) => (word(*check).into_iter().collect(), !is_gate(check)),
                Ask::State { check, .. }
                | Ask::Answer { check, .. }
                | Ask::Confirm(check)
                | Ask::Defer(check, ..)
                | Ask::NotApplicable(check, _) => (word(*check).into_iter().collect(), true),
                Ask::ConfirmSection(section) => {
                    let is_going_back = self.before(place).runs_back();
                    (claimed_in(&counting, *section, is_going_back).into_iter().filter_map(word).collect(), true)
                }
                Ask::TickRound(..) => {
                    ticks.push(act);
                    (Vec::new(), true)
                }
                Ask::UntickRound(routine, due, check) => {
                    let is_meant = |tick: &&Act| matches!(&tick.ask, Ask::TickRound(a, b, c, _) if (a, b, c) == (routine, due, check));
                    if let Some(last) = ticks.iter().rposition(is_meant) {
                        let taken = ticks.remove(last);
                        counting.retain(|one| one.act.seq != taken.seq);
                    }
                    continue;
                }
                Ask::Undo(check) => {
                    if let Some(last) = counting.iter().rposition(|one| one.is_meant_by(*check)) {
                        let taken = counting.remove(last);
                        ticks.retain(|tick| tick.seq != taken.act.seq);
                    }
                    continue;
                }
                Ask::BeginAttempt(..) => {
                    for one in &mut counting {
                        one.marks.retain(|(check, _)| !is_of_the_attempt(*check));
                    }
                    counting.retain(|one| !one.marks.is_empty());
                    continue;
                }
                _ => (self.found(place, act, &counting), false),
            };
            if can_be_undone || !marks.is_empty() {
                counting.push(Counting { act, marks, can_be_undone });
            }
        }
        Told { counting, ticks }
    }

    /// What nobody said of a check, and is so.
    fn found(&self, place: usize, act: &Act, counting: &[Counting<'_>]) -> Vec<(usize, String)> {
        let is = |check: usize, standing_so: &str| standing(counting, check) == standing_so;
        let hold = |gate: &usize| GATES.get(*gate).map(|gate| gate.hold);
        let found = |check: usize, standing: &str| vec![(check, standing.to_owned())];
        let reopened = || {
            let speaks = |mark: &usize| {
                let standing = standing(counting, *mark);
                standing != "open" && standing != "claimed" && !standing.starts_with("not applicable")
            };
            MARKS.into_iter().filter(speaks).map(|mark| (mark, "open".to_owned())).collect::<Vec<_>>()
        };
        match &act.ask {
            Ask::Finds(Found::Held(gate)) => hold(gate).map_or_else(Vec::new, |hold| found(hold, "observed")),
            Ask::Finds(Found::Started(gate) | Found::Broken(gate)) => {
                hold(gate).filter(|hold| is(*hold, "observed")).map_or_else(Vec::new, |hold| found(hold, "lost"))
            }
            Ask::Finds(Found::Observed(check)) if CHECKS.get(*check).is_some() => found(*check, "observed"),
            Ask::Finds(Found::Lost(check)) if CHECKS.get(*check).is_some() => found(*check, "lost"),
            // What was accepted is taken back: what it ticked is seen no more.
            Ask::DropBinding(_) if self.before(place).is_bound() && is(PROPOSED, "observed") => found(PROPOSED, "lost"),
            Ask::GoBack(gate, _) => {
                let stood = |check: &usize| {
                    let standing = standing(counting, *check);
                    ["stated", "observed", "overridden", "answered no"].iter().any(|word| standing.starts_with(word))
                };
                let parts = parts_from(gate.saturating_sub(1)).into_iter().filter(stood);
                parts.map(|check| (check, "lost".to_owned())).collect()
            }
            Ask::RollBack(..) | Ask::Rehearse(_) => reopened(),
            Ask::StandDown(_) if self.before(place).rehearses() => reopened(),
            Ask::DeclareRolledBack => match self.before(place).back() {
                Some(back) if back.seen.is_rehearsal => {
                    let took = act.now - back.seen.began.0;
                    let standing = if took < TARGET_S {
                        format!("stated: {:02}:{:02}, measured by the rehearsal's clock", took / 60, took % 60)
                    } else {
                        "lost".to_owned()
                    };
                    std::iter::once((MEASURED, standing)).chain(reopened()).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// The acts on checks that count, in order: what was taken back is gone.
    pub(super) fn counting(&self) -> Vec<Counting<'_>> {
        self.told().counting
    }

    pub(super) fn claimed_in(&self, section: usize) -> Vec<usize> {
        claimed_in(&self.counting(), section, self.runs_back())
    }

    /// What would be taken back: the last act, or the last on this check, while nothing stands on it.
    pub(super) fn to_undo(&self, check: Option<usize>) -> Option<u64> {
        let counting = self.counting();
        let last = counting.iter().rposition(|one| one.is_meant_by(check))?;
        let one = counting.get(last).filter(|one| one.can_be_undone)?;
        let later = counting.get(last + 1..)?;
        let is_free = later.iter().all(|later| later.marks.iter().all(|(check, _)| !one.is_on(*check)));
        is_free.then_some(one.act.seq)
    }

    /// The act that counts on this check.
    pub(super) fn last_on(&self, check: usize) -> Option<&Act> {
        self.counting().into_iter().rfind(|one| one.is_on(check)).map(|one| one.act)
    }

    pub(super) fn standing(&self, check: usize) -> String {
        standing(&self.counting(), check)
    }

    pub(super) fn is(&self, check: usize, standing: &str) -> bool {
        self.standing(check).starts_with(standing)
    }

    /// Whether nothing below it is open.
    pub(super) fn is_free_below(&self, check: usize) -> bool {
        let counting = self.counting();
        below(check).iter().all(|below| !is_open(&standing(&counting, *below)))
    }
}
