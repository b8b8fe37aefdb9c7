//! Rows of the list as they are pulled, and the words that a search looks through.

use std::borrow::Cow;

use jiff::Timestamp;
use room::{Recorded, Room};

use super::index::{LogIndex, Row, RowsOf};
use super::samples::is_of_samples;
use super::{Teller, kind};
use crate::wire::project::book::Book;
use crate::wire::project::words::{counted, small};
use crate::wire::{LogEntryView, LogPageView, LogQuery};

/// How many rows are handed out at once at the most.
const MOST: u32 = 200;

/// What a query is answered from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) events: &'a [Recorded],
    pub(crate) index: &'a LogIndex,
    /// The places of the events that the search found, in order; `None` where nothing is searched for.
    pub(crate) found: Option<&'a [u32]>,
}

/// The rows that a query asks for.
pub(crate) fn log_page(room: &Room, rows: Rows<'_>, query: &LogQuery) -> LogPageView {
    let Rows { events, index, found } = rows;
    let book = Book::of(room.plan());
    let teller = Teller::with(&book, room, events, index.undone());
    let of_kind = found.map(|places| places_of(places, events, &query.group));
    let rows = of_kind.as_deref().map_or_else(|| index.rows_of(&query.group), RowsOf::Found);
    let count = usize::try_from(query.count.min(MOST)).unwrap_or_default();
    let last = rows.len().saturating_sub(count);
    // Beyond the end are the last rows.
    let from = usize::try_from(query.from).unwrap_or(usize::MAX);
    let from = if from >= rows.len() { last } else { from };
    let shown = (from..rows.len()).take(count).filter_map(|number| rows.get(number));
    let place = query.place_of.checked_sub(1).and_then(|place| rows.at(place)).map(small);
    LogPageView {
        from: small(from),
        entries: shown.filter_map(|row| told(&teller, events, row)).collect(),
        found: small(rows.len()),
        place,
    }
}

/// One row in words.
fn told(teller: &Teller<'_>, events: &[Recorded], row: Row) -> Option<LogEntryView> {
    let place = |place: u32| usize::try_from(place).ok().and_then(|place| events.get(place));
    let first = teller.entry(place(row.first)?);
    if row.count < 2 {
        return Some(first);
    }
    let last = teller.entry(place(row.first.saturating_add(row.count - 1))?);
    let count = usize::try_from(row.count).unwrap_or(usize::MAX);
    Some(LogEntryView {
        text: format!("samples closed under digests or rolled up, {} in a row", counted(count, "event", "events")),
        detail: format!("the last at {}: {}", last.at, last.text),
        ..first
    })
}

/// The words of each of these events as they are shown, for a search: number, time, who, kind, sentence and detail, and what
/// corrects it.
pub(crate) fn words_of(
    room: &Room,
    events: &[Recorded],
    index: &LogIndex,
    from: usize,
    most: usize,
) -> Vec<(u32, String)> {
    let to = from.saturating_add(most).min(events.len());
    words_of_places(room, events, index, from..to)
}

/// The same of the events at these places: what corrects an event comes after it, and is found by the same words.
pub(crate) fn words_of_places(
    room: &Room,
    events: &[Recorded],
    index: &LogIndex,
    places: impl IntoIterator<Item = usize>,
) -> Vec<(u32, String)> {
    let book = Book::of(room.plan());
    let teller = Teller::with(&book, room, events, index.undone());
    let shown = places.into_iter().filter_map(|place| Some((place, events.get(place)?)));
    shown
        .map(|(place, recorded)| {
            let LogEntryView { seq, at, actor, kind, text, detail, .. } = teller.entry(recorded);
            let rights = teller.rights(recorded.seq);
            (small(place), format!("{seq} {at} {actor} {kind} {text} {detail}{rights}"))
        })
        .collect()
}

/// The places of a kind, all where it is empty.
fn places_of<'a>(places: &'a [u32], events: &[Recorded], kind: &str) -> Cow<'a, [u32]> {
    if kind.is_empty() {
        return Cow::Borrowed(places);
    }
    let is_of_kind = |place: &u32| {
        let recorded = usize::try_from(*place).ok().and_then(|place| events.get(place));
        recorded.is_some_and(|recorded| kind::of(&recorded.event).id == kind)
    };
    Cow::Owned(places.iter().copied().filter(is_of_kind).collect())
}

/// The number of the event of the row that is so many rows on from the one of event `seq`, which is `None` for what comes
/// after the last row; the first or the last row where it would be beyond.
pub(crate) fn row_on(rows: Rows<'_>, kind: &str, seq: Option<u64>, by: i32) -> Option<u64> {
    let Rows { events, index, found } = rows;
    let of_kind = found.map(|places| places_of(places, events, kind));
    let rows = of_kind.as_deref().map_or_else(|| index.rows_of(kind), RowsOf::Found);
    let last = rows.len().checked_sub(1)?;
    let here = match seq {
        None => i64::try_from(rows.len()).ok()?,
        Some(seq) => {
            let place = u32::try_from(seq).ok()?.checked_sub(1)?;
            let row = rows.at(place).map_or(-1, |row| i64::try_from(row).unwrap_or(i64::MAX));
            // Between two rows a step back leads to the one before.
            let is_there = usize::try_from(row).ok().and_then(|row| rows.get(row)).is_some_and(|row| row.holds(place));
            row + i64::from(!is_there && by < 0)
        }
    };
    let on = here.saturating_add(i64::from(by)).clamp(0, i64::try_from(last).unwrap_or(i64::MAX));
    let row = rows.get(usize::try_from(on).ok()?)?;
    Some(u64::from(row.first) + u64::from(row.count))
}

/// What was written after `from` and up to `to`, each with how urgent it is; what only keeps the record of samples is left
/// out.
pub(crate) fn told_between<'a>(
    events: &'a [Recorded],
    index: &LogIndex,
    from: Timestamp,
    to: Timestamp,
) -> impl Iterator<Item = (Timestamp, &'static str)> + use<'a> {
    let (first, last) = (index.reached_by(from), index.reached_by(to));
    let between = events.get(first..last).unwrap_or_default().iter();
    let told = between.filter(|recorded| !is_of_samples(&recorded.event));
    told.map(|recorded| (recorded.recorded_at, kind::tone(&recorded.event)))
}
