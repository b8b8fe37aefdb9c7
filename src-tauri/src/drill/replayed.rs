//! What the made-up production of a drill showed, made up again from scenario and seed: a drill keeps no samples, since its
//! log follows from its seed to the last byte. What is made up again is what was seen then, to the last digit; only of time
//! that was skipped in the window it shows something, too, where nobody saw anything.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use journal::{Bucket, Stretch};
use room::{Event, Measure, Recorded, Room, Signal};

use super::production::{EVERY_S, Production};
use super::run::{Run, recovery};
use super::scenario;

/// So many answers are made up at the most, of each signal: those of more than a day. In a longer stretch one stands for
/// several.
const MOST: i64 = 20_000;

/// What these signals showed between `from` and `to`, each in about as many pieces as asked for; nothing where the log is no
/// drill's. Whoever asks knows up to when there was anything.
pub(crate) fn replayed(
    events: &[Recorded],
    signals: &[Signal],
    (from, to): (Timestamp, Timestamp),
    pieces: u32,
) -> Option<Vec<Stretch>> {
    let Event::Opened(opened) = &events.first()?.event else { return None };
    let drill = opened.drill.as_ref()?;
    let scenario = scenario::of(&drill.scenario)?;
    let mut room = Room::open(opened.as_ref().clone());
    let mut production = Production::of(room.plan(), scenario, drill.seed).ok()?;
    // The second in which the room was made passed before anything was asked.
    let first = events.first()?.occurred_at.checked_add(SignedDuration::from_secs(1)).ok()?;
    let begins = first.max(from);
    let answers = (to.duration_since(begins).as_secs().max(0)) / EVERY_S;
    let step = (answers / MOST + 1).saturating_mul(EVERY_S);
    // A piece has several answers where there are more of them than pieces.
    let each = answers.saturating_mul(EVERY_S) / step / i64::from(pieces.max(1)) + 1;
    // Signals are asked at whole strides from T0 on.
    let off = begins.duration_since(room.resolved().start).as_secs().rem_euclid(step);
    let mut at = begins.checked_add(SignedDuration::from_secs((step - off) % step)).ok()?;
    let mut left = events.iter().skip(1).peekable();
    let mut found: BTreeMap<Signal, Vec<Bucket>> = BTreeMap::new();
    let mut number: i64 = 0;
    while at <= to {
        // What came of an answer has its own second, and is no part of it.
        while let Some(event) = left.next_if(|event| event.occurred_at < at) {
            room.apply(event);
        }
        let fault = Run::fault(scenario, &room);
        for reading in production.readings(at, room.resolved().start, fault, recovery(&room)) {
            let Ok(sample) = reading.outcome else { continue };
            let Measure::Number(value) = sample.measure else { continue };
            let good_for = step.saturating_mul(1000).max(sample.good_until.duration_since(at).as_millis() as i64);
            let buckets = found.entry(reading.signal).or_default();
            match buckets.last_mut().filter(|_| number % each != 0) {
                Some(last) => add(last, piece(at, good_for, value)),
                None => buckets.push(piece(at, good_for, value)),
            }
        }
        number = number.saturating_add(1);
        at = at.checked_add(SignedDuration::from_secs(step)).ok()?;
    }
    let stretch = |signal: &Signal| {
        let buckets = found.remove(signal).unwrap_or_default();
        Stretch { buckets, gaps: Vec::new(), unseen_ms: 0 }
    };
    Some(signals.iter().map(stretch).collect())
}

fn piece(at: Timestamp, good_for: i64, value: f64) -> Bucket {
    let at = at.as_millisecond();
    Bucket {
        at,
        first_at: at,
        last_at: at,
        good_until: at.saturating_add(good_for),
        low: value,
        high: value,
        mean: value,
        last: value,
        seen: 1,
        unseen: 0,
        gap_ms: 0,
    }
}

/// Takes the next answer into a piece.
fn add(piece: &mut Bucket, next: Bucket) {
    let seen = f64::from(piece.seen as u32);
    piece.mean = (piece.mean * seen + next.mean) / (seen + 1.0);
    piece.low = piece.low.min(next.low);
    piece.high = piece.high.max(next.high);
    (piece.last_at, piece.good_until, piece.last) = (next.last_at, next.good_until, next.last);
    piece.seen = piece.seen.saturating_add(1);
}
