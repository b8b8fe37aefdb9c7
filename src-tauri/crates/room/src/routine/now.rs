//! How the rounds stand at a moment.

use jiff::{SignedDuration, Timestamp};
use plan::ItemId;

use super::{Occurrence, Rhythm, Timetable};
use crate::event::{MissedRun, RoundKey};
use crate::state::{Mode, Room};

/// Where a round stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundStanding {
    /// It is due later.
    Ahead,
    /// It is due.
    Due,
    /// It is due, and its grace is over.
    Overdue,
    /// The next one was due before anybody did anything of it.
    Missed,
    /// The next one was due before all of it was settled.
    Unfinished,
    /// All of it is settled.
    Done,
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its name.
    pub key: RoundKey,
    /// Its times.
    pub when: Occurrence,
    /// Where it stands.
    pub standing: RoundStanding,
    /// Whether nobody looked when it was due.
    pub was_away: bool,
}

/// Rounds that were missed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missed {
    /// Of each routine those that nobody explained.
    pub runs: Vec<MissedRun>,
    /// How many rounds.
    pub rounds: u64,
    /// How many checks of them a person makes.
    pub checks: u64,
}

impl Room {
    /// Whether rounds are due now: go-live was declared, and nothing is rolled back or closed.
    #[must_use]
    pub fn makes_rounds(&self) -> bool {
        self.mode() == Mode::Watch
    }

    /// A round of a timetable as it stands.
    #[must_use]
    pub fn round(&self, table: &Timetable, when: Occurrence, now: Timestamp) -> Round {
        let key = RoundKey { routine: table.key.clone(), due: when.due };
        let state = self.afterwards.round(&key);
        let is_done = state.is_some_and(|state| state.done.is_some());
        let is_begun = state.is_some_and(|state| !state.marks.is_empty());
        let is_overdue = now.duration_since(when.due) >= table.grace();
        let standing = if is_done {
            RoundStanding::Done
        } else if now < when.due {
            RoundStanding::Ahead
        } else if now >= when.until {
            if is_begun { RoundStanding::Unfinished } else { RoundStanding::Missed }
        } else if is_overdue {
            RoundStanding::Overdue
        } else {
            RoundStanding::Due
        };
        let was_away = self.afterwards.away.iter().any(|(from, to)| *from <= when.due && when.due < *to);
        Round { key, when, standing, was_away }
    }

    /// The rounds that are due now and not finished, those of all routines by their time; what was missed is not among them.
    #[must_use]
    pub fn rounds_due(&self, now: Timestamp) -> Vec<(Timetable, Round)> {
        if !self.makes_rounds() {
            return Vec::new();
        }
        let due = self.timetables().into_iter().filter_map(|table| {
            let round = self.round(&table, table.nth(table.begun(now))?, now);
            matches!(round.standing, RoundStanding::Due | RoundStanding::Overdue).then_some((table, round))
        });
        let mut due: Vec<_> = due.collect();
        due.sort_by_key(|(_, round)| round.when.due);
        due
    }

    /// The next round of each routine, those of all routines by their time.
    #[must_use]
    pub fn rounds_ahead(&self, now: Timestamp) -> Vec<(Timetable, Round)> {
        let next = self.timetables().into_iter().filter_map(|table| {
            let round = self.round(&table, table.next(now)?, now);
            (round.standing == RoundStanding::Ahead).then_some((table, round))
        });
        let mut next: Vec<_> = next.collect();
        next.sort_by_key(|(_, round)| round.when.due);
        next
    }

    /// The rounds that were missed since go-live and of which the log does not say so yet.
    #[must_use]
    pub(crate) fn missed_and_unsaid(&self, now: Timestamp) -> Vec<MissedRun> {
        if !self.makes_rounds() {
            return Vec::new();
        }
        let from = |table: &Timetable| self.afterwards.missed.get(&table.key).copied();
        self.timetables().iter().flat_map(|table| self.runs(table, from(table), now, |_| true)).collect()
    }

    /// The rounds that were missed since go-live and that nobody explained.
    #[must_use]
    pub fn missed(&self, now: Timestamp) -> Missed {
        let mut missed = Missed::default();
        let is_unexplained = |key: &RoundKey| self.afterwards.round(key).is_none_or(|state| state.why.is_none());
        for table in self.timetables() {
            let runs = self.runs(&table, None, now, is_unexplained);
            let rounds: u64 = runs.iter().map(|run| run.count).sum();
            let checks = u64::try_from(table.items.len()).unwrap_or(u64::MAX);
            missed.rounds = missed.rounds.saturating_add(rounds);
            missed.checks = missed.checks.saturating_add(rounds.saturating_mul(checks));
            missed.runs.extend(runs);
        }
        missed
    }

    /// What was missed of one routine after a time, those that come one after the other as one.
    fn runs(
        &self,
        table: &Timetable,
        after: Option<Timestamp>,
        now: Timestamp,
        counts: impl Fn(&RoundKey) -> bool,
    ) -> Vec<MissedRun> {
        if table.rhythm == Rhythm::Handoff {
            return Vec::new();
        }
        let mut runs: Vec<MissedRun> = Vec::new();
        let mut follows = false;
        for when in table.between(after.unwrap_or(Timestamp::MIN), now) {
            let round = self.round(table, when, now);
            if round.standing != RoundStanding::Missed || !counts(&round.key) {
                follows = false;
                continue;
            }
            match runs.last_mut().filter(|_| follows) {
                Some(run) => {
                    run.to = when.due;
                    run.count = run.count.saturating_add(1);
                }
                None => runs.push(MissedRun { routine: table.key.clone(), from: when.due, to: when.due, count: 1 }),
            }
            follows = true;
        }
        runs
    }

    /// The round that somebody means who settles a check that repeats, and names no round: the one that is due, else the
    /// next, else the last. `None` for a check that does not repeat, and before go-live.
    #[must_use]
    pub fn round_at_hand(&self, item: &ItemId, now: Timestamp) -> Option<(Timetable, Occurrence)> {
        let table = self.timetables().into_iter().find(|table| table.items.contains(item))?;
        let begun = table.nth(table.begun(now));
        let is_open = |when: &Occurrence| self.round(&table, *when, now).standing != RoundStanding::Done;
        let next = || table.next(now).filter(|when| Self::may_begin(&table, *when, now));
        let later = || table.next(now).or_else(|| self.handoff_round(&table));
        let found = begun.filter(is_open).or_else(next).or(begun).or_else(later)?;
        Some((table, found))
    }

    /// So much before its time a round may be begun: as long as it may come late.
    #[must_use]
    pub fn may_begin(table: &Timetable, when: Occurrence, now: Timestamp) -> bool {
        when.due.duration_since(now) <= table.grace()
    }

    /// How late something of a round comes: nought within its grace.
    #[must_use]
    pub(crate) fn late_by(table: &Timetable, when: Occurrence, now: Timestamp) -> SignedDuration {
        let late = now.duration_since(when.due);
        if late >= table.grace() { late } else { SignedDuration::ZERO }
    }
}
