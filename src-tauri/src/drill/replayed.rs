//! What the made-up production of a drill showed, made up again from scenario and seed: a drill keeps no samples, since its
//! log follows from its seed to the last byte. Where time was skipped in the window the sway of a value is another than the
//! one that was seen there, by a few hundredths of it.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use journal::{Bucket, Stretch};
use room::{Event, Measure, Recorded, Room, Signal};

use super::production::{EVERY_S, Production};
use super::run::{Run, recovery};
use super::scenario;

/// What these signals showed between `from` and `to`, each in about as many pieces as asked for; nothing where the log is no
/// drill's.
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
    let t0 = room.resolved().start;
    let last = events.last().map_or(to, |last| last.occurred_at).min(to);
    let begins = events.first()?.occurred_at.max(from);
    let length_s = last.duration_since(begins).as_secs().max(0);
    let stride = (length_s / EVERY_S / i64::from(pieces.max(1)) + 1).saturating_mul(EVERY_S);
    // Signals are asked at whole strides from T0 on.
    let off = begins.duration_since(t0).as_secs().rem_euclid(stride);
    let mut at = begins.checked_add(SignedDuration::from_secs((stride - off) % stride)).ok()?;
    let mut left = events.iter().skip(1).peekable();
    let mut found: BTreeMap<Signal, Vec<Bucket>> = BTreeMap::new();
    while at <= last {
        while let Some(event) = left.next_if(|event| event.occurred_at <= at) {
            room.apply(event);
        }
        // The sway of a reading follows from its number, and the readings are counted from T0 on.
        production.count_from(u64::try_from(at.duration_since(t0).as_secs() / EVERY_S).unwrap_or(0));
        for reading in production.readings(at, Run::fault(scenario, &room), recovery(&room)) {
            let Ok(sample) = reading.outcome else { continue };
            let Measure::Number(value) = sample.measure else { continue };
            let good_for = stride.saturating_mul(1000).max(sample.good_until.duration_since(at).as_millis() as i64);
            found.entry(reading.signal).or_default().push(piece(at, good_for, value));
        }
        at = at.checked_add(SignedDuration::from_secs(stride)).ok()?;
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
