//! What came of watched days: how often each thing was tried.

/// What came of a day, so that the law is known to have been tried.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) words: [usize; 5],
    /// Met, not met, unproven.
    pub(super) judged: [usize; 3],
    pub(super) counts: [usize; COUNTED],
}

/// What is counted, in the order of [`Tally::counts`].
#[derive(Clone, Copy)]
pub(super) enum Count {
    Fired,
    Resolved,
    Overdue,
    Passed,
    Restarted,
    OnWord,
    Silenced,
    SpokeAgain,
    Told,
    Summed,
    Followed,
    ClockSetBack,
    ClockSet,
    WentBack,
    Cut,
    RolledBack,
    StoodDown,
    WentLive,
    Missed,
    Due,
    RoundDone,
    IsBack,
    Attempt,
}
const COUNTED: usize = Count::Attempt as usize + 1;

impl Tally {
    pub(super) fn count(&mut self, what: Count) {
        self.counts[what as usize] += 1;
    }
}
