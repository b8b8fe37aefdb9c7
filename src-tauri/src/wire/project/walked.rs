//! How far a whole plan was walked in a rehearsal in which nothing goes wrong.

use std::collections::BTreeSet;

use jiff::Timestamp;
use plan::ItemId;
use room::Room;

use crate::wire::FigureView;

/// How far: of each kind what was done, and of how much.
pub(super) struct Walked {
    checks: (usize, usize),
    gates: (usize, usize),
    rounds: (usize, usize),
    phases: (usize, usize),
}

impl Walked {
    /// As far as a room had come at a moment.
    pub(super) fn of(room: &Room, at: Timestamp) -> Self {
        let plan = room.plan();
        let tables = room.timetables();
        // A check of a round is made anew in each of them: it counts there. Marks of the way back and boxes of messages stand
        // in no phase: where nothing goes wrong nobody has to tick them.
        let of_rounds: BTreeSet<&ItemId> = tables.iter().flat_map(|table| &table.items).collect();
        let is_settled = |item: &ItemId| room.standing(item).is_settled();
        let items = plan.phases.iter().flat_map(|phase| &phase.items).filter(|item| !of_rounds.contains(item));
        let (mut checks, mut total) = (0, 0);
        for item in items {
            total += 1;
            checks += usize::from(is_settled(item));
        }
        let is_passed = |gate: &&plan::Gate| room.gate(&gate.item).is_some_and(|state| state.passed.is_some());
        let with_checks = plan.phases.iter().filter(|phase| phase.items.iter().any(|item| !of_rounds.contains(item)));
        let is_whole =
            |phase: &&plan::Phase| phase.items.iter().all(|item| of_rounds.contains(item) || is_settled(item));
        let missed = usize::try_from(room.missed(at).rounds).unwrap_or(usize::MAX);
        let done = room.afterwards().finished().len();
        Self {
            checks: (checks, total),
            gates: (plan.gates.iter().filter(is_passed).count(), plan.gates.len()),
            rounds: (done, done.saturating_add(missed)),
            phases: (with_checks.clone().filter(is_whole).count(), with_checks.count()),
        }
    }

    /// Whether nothing was left open.
    pub(super) fn is_whole(&self) -> bool {
        [self.checks, self.gates, self.rounds].iter().all(|(done, total)| done >= total)
    }

    /// In a line.
    pub(super) fn headline(&self) -> String {
        if self.is_whole() { "Walked to its last check".to_owned() } else { "Ended before its last check".to_owned() }
    }

    /// Each against the plan.
    pub(super) fn figures(&self) -> Vec<FigureView> {
        vec![
            figure("checks", "Checks", self.checks, ("all of the phases", "left open")),
            figure("phases", "Phases", self.phases, ("each to its last check", "not whole")),
            figure("gates", "Gates", self.gates, ("all passed", "not passed")),
            figure("rounds", "Rounds", self.rounds, ("none missed", "missed")),
        ]
    }
}

fn figure(id: &str, name: &str, (done, total): (usize, usize), (all, left): (&str, &str)) -> FigureView {
    let open = total.saturating_sub(done);
    let percent = done.saturating_mul(100).checked_div(total).unwrap_or(0).min(100);
    FigureView {
        id: id.to_owned(),
        name: name.to_owned(),
        value: done.to_string(),
        against: format!("of {total}"),
        percent: u32::try_from(percent).unwrap_or(100),
        earliest_percent: None,
        state: match (total, open) {
            (0, _) => "plain",
            (_, 0) => "good",
            _ => "late",
        }
        .to_owned(),
        words: match (total, open) {
            (0, _) => "none were due".to_owned(),
            (_, 0) => all.to_owned(),
            _ => format!("{open} {left}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use room::Event;

    use super::*;
    use crate::wire::project::sample;

    #[test]
    fn what_stands_in_no_phase_is_not_walked() {
        let plan = sample::room().plan().clone();
        let of_phases: Vec<&ItemId> = plan.phases.iter().flat_map(|phase| &phase.items).collect();
        assert!(of_phases.len() < plan.items.len(), "the sample has marks of its way back");
        let stated =
            |item: &&ItemId| Event::Stated { item: (*item).clone(), saw: None, answer: None, values: Vec::new() };
        let room = sample::room_after(&sample::recorded(of_phases.iter().map(stated)));
        let walked = Walked::of(&room, Timestamp::UNIX_EPOCH);
        assert_eq!(walked.checks.0, walked.checks.1);
        assert_eq!(walked.phases.0, walked.phases.1);
        assert_eq!(Walked::of(&sample::room(), Timestamp::UNIX_EPOCH).checks, (0, walked.checks.1));
    }
}
