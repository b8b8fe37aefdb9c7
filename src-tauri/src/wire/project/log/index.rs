//! Where each event stands in the list: so that any row of a million is found without telling those before it.
//!
//! Owns: which events share a row, the rows of each kind, what was taken back, and when each event was reached. Grows
//! with the log; nothing of it is ever another.

use std::collections::HashSet;

use jiff::Timestamp;
use room::{Event, Recorded};

use super::kind::{self, KINDS};
use super::samples::is_of_samples;

/// Events that share a row: those that only keep the record of samples, where they follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    /// The place of the first among the events.
    pub(super) first: u32,
    /// How many.
    pub(super) count: u32,
}

impl Row {
    /// Whether the event at this place is in it.
    pub(super) fn holds(self, place: u32) -> bool {
        (self.first..self.first.saturating_add(self.count)).contains(&place)
    }
}

/// The index.
#[derive(Debug, Clone, Default)]
pub(crate) struct LogIndex {
    /// How many events it knows.
    taken: usize,
    rows: Vec<Row>,
    /// Of each kind, the numbers of its rows.
    kinds: [Vec<u32>; KINDS.len()],
    /// Of each kind, how many events it has.
    counts: [usize; KINDS.len()],
    undone: HashSet<u64>,
    /// Whether the last row would take in another event that keeps the record of samples.
    shares_a_row: bool,
    /// When each event was written, in milliseconds; where the clock was set back, no earlier than the one before.
    reached_ms: Vec<i64>,
}

impl LogIndex {
    /// Takes in what came since.
    pub(crate) fn take(&mut self, events: &[Recorded]) {
        for recorded in events.iter().skip(self.taken) {
            self.take_one(recorded, is_of_samples(&recorded.event));
        }
    }

    fn take_one(&mut self, recorded: &Recorded, is_of_samples: bool) {
        let place = u32::try_from(self.taken).unwrap_or(u32::MAX);
        self.taken += 1;
        let before = self.reached_ms.last().copied().unwrap_or(i64::MIN);
        self.reached_ms.push(recorded.recorded_at.as_millisecond().max(before));
        if let Event::Undone { event } = recorded.event {
            self.undone.insert(event);
        }
        let id = kind::of(&recorded.event).id;
        let Some(kind) = KINDS.iter().position(|kind| kind.id == id) else { return };
        if let Some(count) = self.counts.get_mut(kind) {
            *count += 1;
        }
        if is_of_samples && self.shares_a_row {
            if let Some(row) = self.rows.last_mut() {
                row.count = row.count.saturating_add(1);
            }
            return;
        }
        self.shares_a_row = is_of_samples;
        if let Some(rows) = self.kinds.get_mut(kind) {
            rows.push(u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
        }
        self.rows.push(Row { first: place, count: 1 });
    }

    /// The events that were taken back.
    pub(super) fn undone(&self) -> &HashSet<u64> {
        &self.undone
    }

    /// How many events there are of a kind.
    pub(super) fn count_of(&self, kind: &str) -> usize {
        let place = KINDS.iter().position(|known| known.id == kind);
        place.and_then(|place| self.counts.get(place)).copied().unwrap_or_default()
    }

    /// The rows of a kind, all where it is empty; none of one that is not known.
    pub(super) fn rows_of(&self, kind: &str) -> RowsOf<'_> {
        if kind.is_empty() {
            return RowsOf::All(&self.rows);
        }
        let place = KINDS.iter().position(|known| known.id == kind);
        let numbers = place.and_then(|place| self.kinds.get(place)).map(Vec::as_slice).unwrap_or_default();
        RowsOf::Some(&self.rows, numbers)
    }

    /// How many events were written up to a moment.
    pub(crate) fn reached_by(&self, at: Timestamp) -> usize {
        self.reached_ms.partition_point(|reached| *reached <= at.as_millisecond())
    }

    /// When this event was written, by its number from 1.
    pub(crate) fn reached(&self, seq: u64) -> Option<Timestamp> {
        let place = usize::try_from(seq).ok()?.checked_sub(1)?;
        Timestamp::from_millisecond(*self.reached_ms.get(place)?).ok()
    }
}

/// Rows in the order of the log.
#[derive(Debug, Clone, Copy)]
pub(super) enum RowsOf<'a> {
    All(&'a [Row]),
    Some(&'a [Row], &'a [u32]),
    /// Events that were found, each with a row of its own.
    Found(&'a [u32]),
}

impl RowsOf<'_> {
    pub(super) fn len(self) -> usize {
        match self {
            Self::All(rows) => rows.len(),
            Self::Some(_, numbers) | Self::Found(numbers) => numbers.len(),
        }
    }

    pub(super) fn get(self, number: usize) -> Option<Row> {
        match self {
            Self::All(rows) => rows.get(number).copied(),
            Self::Some(rows, numbers) => rows.get(usize::try_from(*numbers.get(number)?).ok()?).copied(),
            Self::Found(places) => Some(Row { first: *places.get(number)?, count: 1 }),
        }
    }

    /// The row of the event at this place, or the last one before it.
    pub(super) fn at(self, place: u32) -> Option<usize> {
        let after = match self {
            Self::All(rows) => rows.partition_point(|row| row.first <= place),
            Self::Some(rows, numbers) => numbers.partition_point(|number| {
                let row = usize::try_from(*number).ok().and_then(|number| rows.get(number));
                row.is_some_and(|row| row.first <= place)
            }),
            Self::Found(places) => places.partition_point(|found| *found <= place),
        };
        after.checked_sub(1)
    }
}
