//! Samples: what they promise, each on a real file.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use room::{Event, Fault, Measure, Reading, Recorded, Signal};
use rusqlite::Connection;

use super::bucket::rolled;
use super::read::STATEMENTS;
use super::{MOST_ROWS, Sample, State};
use crate::tests::{Place, at, device, note};
use crate::{Bucket, Failure, Integrity, Journal, SamplesReport, Stretch, samples, verify};

const WHO: &str = "War Room";

fn ms(second: i64) -> i64 {
    at(second).as_millisecond()
}

fn sample(signal: &str, second: i64, value: f64) -> Sample {
    Sample { signal: signal.to_owned(), at: ms(second), good_for: 12_000, state: State::Number, value: Some(value) }
}

fn nothing(signal: &str, second: i64) -> Sample {
    Sample { state: State::NoData, value: None, good_for: 0, ..sample(signal, second, 0.0) }
}

/// A journal with chunks of so many samples of two signals, one every 5 s.
fn with_chunks(place: &Place, chunks: i64, samples: i64) -> Journal {
    let mut journal = place.made();
    for chunk in 0..chunks {
        for number in 0..samples {
            let second = (chunk * samples + number) * 5;
            journal
                .keep_samples(&[sample("metrics.a", second, number as f64), sample("metrics.b", second, 2.5)])
                .unwrap();
        }
        journal.seal_samples(at((chunk + 1) * samples * 5), WHO).unwrap().unwrap();
    }
    journal
}

fn report(place: &Place) -> SamplesReport {
    let report = verify(&place.room(), &place.heads(), None).unwrap();
    assert_eq!(report.integrity, Integrity::Whole);
    report.samples
}

fn read(place: &Place, signal: &str, from: i64, to: i64, most: u32) -> Stretch {
    samples(&place.room(), &[signal.to_owned()], at(from), at(to), most).unwrap().remove(0)
}

fn rows_in(place: &Place, table: &str) -> i64 {
    let connection = Connection::open(place.room()).unwrap();
    connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

#[test]
fn what_was_kept_is_there_after_the_process_let_go_of_it_and_is_sealed_later() {
    let place = Place::new();
    let mut journal = place.made();
    journal.keep_samples(&[sample("metrics.a", 0, 1.0), sample("probes.a", 0, 9.0)]).unwrap();
    journal.keep_samples(&[sample("metrics.a", 5, 2.0), nothing("metrics.a", 10)]).unwrap();
    drop(journal);
    assert_eq!(report(&place), SamplesReport { fresh: 4, ..SamplesReport::default() });
    let (mut journal, log) = Journal::open(&place.room(), device()).unwrap();
    assert_eq!((log.events.len(), journal.fresh_samples()), (1, 4));
    journal.keep_samples(&[sample("metrics.a", 15, 3.0)]).unwrap();
    let recorded = journal.seal_samples(at(60), WHO).unwrap().unwrap();
    let Event::SamplesSealed(sealed) = recorded.event else { panic!("{recorded:?}") };
    assert_eq!((sealed.chunk, sealed.from, sealed.to, sealed.signals, sealed.rows), (1, at(0), at(15), 2, 5));
    assert_eq!(journal.seal_samples(at(61), WHO).unwrap(), None, "nothing new");
    assert_eq!(report(&place), SamplesReport { chunks: 1, rows: 5, ..SamplesReport::default() });
    let values: Vec<f64> = read(&place, "metrics.a", 0, 20, 1000).buckets.iter().map(|bucket| bucket.last).collect();
    assert_eq!(values[..2], [1.0, 2.0]);
    assert_eq!(values.last(), Some(&3.0));
}

#[test]
fn a_sample_that_came_twice_is_one_that_counts_for_longer() {
    let place = Place::new();
    let mut journal = place.made();
    let again = Sample { good_for: 30_000, value: Some(9.0), ..sample("metrics.a", 0, 1.0) };
    journal.keep_samples(&[sample("metrics.a", 0, 1.0), again]).unwrap();
    journal.seal_samples(at(60), WHO).unwrap();
    let stretch = read(&place, "metrics.a", 0, 30, 1000);
    assert_eq!(stretch.buckets.iter().map(|bucket| (bucket.seen, bucket.last)).collect::<Vec<_>>(), [(1, 1.0)]);
    assert_eq!((stretch.gaps, report(&place).rows), (vec![], 1));
}

#[test]
fn a_changed_removed_or_added_sample_is_named_by_its_chunk_while_the_chain_is_whole() {
    for (statement, chunk, why) in [
        (
            "UPDATE samples SET value = 7 WHERE chunk = 2 AND at = (SELECT min(at) FROM samples WHERE chunk = 2)",
            2,
            "its rows are not what was sealed",
        ),
        ("UPDATE samples SET good_for = good_for + 1 WHERE chunk = 3", 3, "its rows are not what was sealed"),
        ("UPDATE samples SET state = 1 WHERE chunk = 2 AND signal = 2", 2, "its rows are not what was sealed"),
        (
            "UPDATE samples SET at = at + 1 WHERE chunk = 2 AND at = (SELECT max(at) FROM samples WHERE chunk = 2)",
            2,
            "its rows are not what was sealed",
        ),
        ("UPDATE samples SET chunk = 3 WHERE chunk = 2 AND signal = 2", 2, "4 rows are there, and 8 were sealed"),
        (
            "DELETE FROM samples WHERE chunk = 2 AND signal = 1 AND at = (SELECT min(at) FROM samples WHERE chunk = 2)",
            2,
            "7 rows are there, and 8 were sealed",
        ),
        ("INSERT INTO samples VALUES (3, 1, 5, 0, 5, 5.0)", 3, "9 rows are there, and 8 were sealed"),
        ("INSERT INTO samples VALUES (0, 1, 5, 0, 5, 5.0)", 0, "no event of the log knows these samples"),
        (
            "INSERT INTO rollups SELECT 9, signal, at, first_at, last_at, good_until, low, high, mean, last, seen, unseen, gap FROM rollups WHERE chunk = 1",
            9,
            "no event of the log knows these samples",
        ),
        ("UPDATE rollups SET high = 0 WHERE chunk = 2", 2, "its rows of a minute are not what its samples make"),
        ("UPDATE signals SET name = 'metrics.c' WHERE id = 2", 1, "its rows are not what was sealed"),
        ("DELETE FROM samples WHERE chunk = 2", 2, "0 rows are there, and 8 were sealed"),
        ("DELETE FROM chunks WHERE id = 2", 2, "it is missing"),
        ("UPDATE chunks SET last = first WHERE id = 2", 2, "its place in the list of chunks is not what was sealed"),
    ] {
        let place = Place::new();
        drop(with_chunks(&place, 3, 4));
        assert_eq!(report(&place), SamplesReport { chunks: 3, rows: 24, ..SamplesReport::default() });
        let connection = Connection::open(place.room()).unwrap();
        assert!(connection.execute(statement, []).unwrap() > 0, "{statement}");
        let bad = report(&place).first_bad.unwrap_or_else(|| panic!("not found: {statement}"));
        assert_eq!((bad.chunk, bad.why.as_str()), (chunk, why), "{statement}");
        assert_eq!(bad.span.is_some(), matches!(chunk, 1..=3), "{statement}");
    }
}

#[test]
fn samples_of_a_missed_stretch_come_late_and_take_their_place() {
    let place = Place::new();
    let mut journal = place.made();
    journal.keep_samples(&[sample("metrics.a", 0, 1.0), sample("metrics.a", 60, 2.0)]).unwrap();
    journal.seal_samples(at(60), WHO).unwrap();
    assert_eq!(read(&place, "metrics.a", 0, 60, 1000).gaps, [(at(0), at(60))]);
    let late: Vec<Sample> = (1..6).map(|number| sample("metrics.a", number * 10, 10.0)).collect();
    journal.keep_samples(&late).unwrap();
    assert_eq!(read(&place, "metrics.a", 0, 60, 1000).gaps, [], "before they are sealed");
    journal.seal_samples(at(70), WHO).unwrap();
    let stretch = read(&place, "metrics.a", 0, 60, 1000);
    assert_eq!((stretch.gaps, stretch.unseen_ms), (vec![], 0));
    let values: Vec<f64> = stretch.buckets.iter().map(|bucket| bucket.last).collect();
    assert_eq!(values, [1.0, 10.0, 10.0, 10.0, 10.0, 10.0, 2.0]);
    assert_eq!(report(&place).chunks, 2);
}

#[test]
fn what_was_not_seen_is_a_gap_also_where_something_was_answered() {
    let place = Place::new();
    let mut journal = place.made();
    let batch = [
        sample("metrics.a", 0, 1.0),
        sample("metrics.a", 5, 1.0),
        nothing("metrics.a", 30),
        sample("metrics.a", 60, 3.0),
    ];
    journal.keep_samples(&batch).unwrap();
    let stretch = read(&place, "metrics.a", -100, 80, 2000);
    assert_eq!(stretch.gaps, [(at(-100), at(0)), (at(5), at(60)), (at(60), at(80))]);
    assert_eq!(stretch.unseen_ms, 175_000);
    assert_eq!(read(&place, "metrics.a", -100, 66, 2000).gaps, [(at(-100), at(0)), (at(5), at(60))]);
    assert_eq!(read(&place, "metrics.none", 0, 1, 2000).gaps, [(at(0), at(1))]);
    // From the middle of it: the sample before the edge counts there.
    assert_eq!(read(&place, "metrics.a", 10, 80, 2000).gaps, [(at(10), at(60)), (at(60), at(80))]);
    let inside = read(&place, "metrics.a", 62, 70, 2000);
    assert_eq!((inside.gaps, inside.buckets[0].at), (vec![], ms(60)), "the line begins at the edge");
}

#[test]
fn old_samples_become_rows_of_a_minute_and_then_of_ten_and_a_short_breach_stays_seen() {
    let place = Place::new();
    let mut journal = place.made();
    let hour = 3600;
    for chunk in 0..18 {
        let batch: Vec<Sample> = (0..120)
            .map(|number| {
                let second = chunk * 600 + number * 5;
                match second {
                    4_005 => sample("metrics.a", second, 99.0),
                    4_010 => nothing("metrics.a", second),
                    _ => sample("metrics.a", second, 1.0),
                }
            })
            .collect();
        journal.keep_samples(&batch).unwrap();
        journal.seal_samples(at((chunk + 1) * 600), WHO).unwrap();
    }
    let all = |place: &Place| read(place, "metrics.a", 0, 3 * hour, 400);
    let before = all(&place);
    let highest = |stretch: &Stretch| stretch.buckets.iter().map(|bucket| bucket.high).fold(0.0, f64::max);
    let counts = |stretch: &Stretch| {
        stretch.buckets.iter().fold((0, 0), |(seen, unseen), bucket| (seen + bucket.seen, unseen + bucket.unseen))
    };
    assert_eq!((highest(&before), counts(&before)), (99.0, (2159, 1)));
    assert_eq!(journal.roll_up_samples(at(24 * hour), WHO).unwrap(), None, "not a day old");
    let day = at(28 * hour + 60);
    let mut events: Vec<Recorded> = Vec::new();
    while let Some(event) = journal.roll_up_samples(day, WHO).unwrap() {
        events.push(event);
    }
    let Event::SamplesRolledUp(first) = &events[0].event else { panic!() };
    assert_eq!((first.chunks.clone(), first.into, first.minutes, first.rows), ((1..=8).collect(), 19, 1, 80));
    assert_eq!(events.len(), 3);
    assert_eq!(report(&place), SamplesReport { chunks: 3, rows: 180, ..SamplesReport::default() });
    let rolled = all(&place);
    assert_eq!((highest(&rolled), counts(&rolled), rolled.gaps.clone()), (99.0, (2159, 1), before.gaps.clone()));
    assert!(rows_in(&place, "samples") > 0, "what was rolled up goes bit by bit");
    while journal.sweep_samples().unwrap() {}
    assert_eq!((rows_in(&place, "samples"), rows_in(&place, "rollups")), (0, 180));
    assert_eq!((all(&place), report(&place).chunks), (rolled, 3));
    let week = at(8 * 24 * hour);
    let last = journal.roll_up_samples(week, WHO).unwrap().unwrap();
    let Event::SamplesRolledUp(last) = &last.event else { panic!() };
    assert_eq!((last.minutes, last.rows), (10, 18));
    while journal.sweep_samples().unwrap() {}
    let rolled = all(&place);
    assert_eq!((highest(&rolled), counts(&rolled), rolled.gaps), (99.0, (2159, 1), before.gaps));
    assert_eq!(report(&place), SamplesReport { chunks: 1, rows: 18, ..SamplesReport::default() });
    drop(journal);
    let (mut journal, _) = Journal::open(&place.room(), device()).unwrap();
    assert_eq!(journal.kept.rows, 18);
    assert_eq!(journal.roll_up_samples(week, WHO).unwrap(), None);
    Connection::open(place.room()).unwrap().execute("UPDATE rollups SET high = 1 WHERE high = 99", []).unwrap();
    assert_eq!(report(&place).first_bad.map(|bad| bad.why), Some("its rows are not what was sealed".to_owned()));
}

#[test]
fn what_was_changed_is_never_rolled_up_into_a_digest_of_ours() {
    let place = Place::new();
    let mut journal = with_chunks(&place, 3, 4);
    Connection::open(place.room()).unwrap().execute("UPDATE samples SET value = 7 WHERE chunk = 2", []).unwrap();
    let day = at(26 * 3600);
    let mut rolled = Vec::new();
    for _ in 0..5 {
        rolled.extend(journal.roll_up_samples(day, WHO).unwrap());
    }
    let Event::SamplesRolledUp(only) = &rolled[0].event else { panic!() };
    assert_eq!((rolled.len(), only.chunks.clone()), (1, vec![1, 3]));
    while journal.sweep_samples().unwrap() {}
    assert_eq!(report(&place).first_bad.map(|bad| bad.chunk), Some(2));
}

#[test]
fn at_the_most_rows_the_oldest_is_rolled_up_before_its_time_and_then_no_more_is_taken() {
    let place = Place::new();
    let mut journal = with_chunks(&place, 10, 30);
    assert_eq!(journal.kept.rows, 600);
    assert_eq!(journal.roll_up_within(600, at(2000), WHO).unwrap(), None);
    let early = journal.roll_up_within(599, at(2000), WHO).unwrap().unwrap();
    let Event::SamplesRolledUp(early) = &early.event else { panic!() };
    assert_eq!((early.chunks.len(), early.minutes, journal.kept.rows), (8, 1, 120 + early.rows));
    journal.kept.rows = MOST_ROWS;
    let refused = journal.keep_samples(&[sample("metrics.a", 9000, 1.0)]).unwrap_err();
    assert!(refused.to_string().contains("the most samples that a room keeps"), "{refused}");
    note(&mut journal, "an act goes on");
    assert_eq!(report(&place).first_bad, None);
}

#[test]
fn a_full_disk_takes_no_samples_and_loses_none_that_it_took() {
    let place = Place::new();
    let mut journal = place.made();
    let batch: Vec<Sample> = (0..5000).map(|number| sample(&format!("metrics.{number}"), 0, 1.0)).collect();
    journal.keep_samples(&batch[..1]).unwrap();
    journal.limit_pages(0);
    assert_eq!(journal.keep_samples(&batch).unwrap_err(), Failure::Full);
    assert_eq!(journal.fresh_samples(), 1);
    journal.limit_pages(100_000);
    journal.keep_samples(&batch[1..]).unwrap();
    journal.seal_samples(at(9), WHO).unwrap().unwrap();
    assert_eq!(report(&place), SamplesReport { chunks: 1, rows: 5000, ..SamplesReport::default() });
    assert_eq!(rows_in(&place, "signals"), 5000);
}

#[test]
fn a_file_that_is_gone_is_made_again_with_its_samples() {
    let place = Place::new();
    let mut journal = with_chunks(&place, 1, 4);
    journal.keep_samples(&[sample("metrics.a", 100, 5.0)]).unwrap();
    for end in ["", "-wal", "-shm"] {
        let mut name = place.room().into_os_string();
        name.push(end);
        let _ = std::fs::remove_file(name);
    }
    assert_eq!(journal.keep_samples(&[sample("metrics.a", 105, 5.0)]).unwrap_err(), Failure::Gone(place.room()));
    journal.restore().unwrap();
    journal.keep_samples(&[sample("metrics.a", 105, 5.0)]).unwrap();
    assert_eq!(report(&place), SamplesReport { chunks: 1, rows: 8, fresh: 2, first_bad: None });
}

#[test]
fn readers_of_samples_and_whoever_verifies_see_one_moment_while_they_are_written() {
    let place = Place::new();
    let mut journal = place.made();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for number in 0..60 {
                journal.keep_samples(&[sample("metrics.a", number * 5, 1.0)]).unwrap();
                journal.seal_samples(at(number * 5), WHO).unwrap();
                journal.roll_up_within(20, at(number * 5), WHO).unwrap();
                journal.sweep_samples().unwrap();
            }
        });
        let mut looks = 0;
        while !writer.is_finished() {
            assert_eq!(report(&place).first_bad, None);
            let seen: u64 = read(&place, "metrics.a", 0, 600, 10).buckets.iter().map(|bucket| bucket.seen).sum();
            assert!(seen >= looks, "{seen} after {looks}");
            looks = seen;
        }
    });
    assert_eq!(read(&place, "metrics.a", 0, 600, 10).buckets.iter().map(|bucket| bucket.seen).sum::<u64>(), 60);
}

#[test]
fn a_stretch_is_found_by_the_key_and_not_by_looking_through_all() {
    let place = Place::new();
    drop(with_chunks(&place, 2, 4));
    let connection = Connection::open(place.room()).unwrap();
    for statement in STATEMENTS {
        let statement = statement.replace("{}", super::rows::BUCKET);
        let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).unwrap();
        let count = plan.parameter_count();
        let values: Vec<i64> = vec![1; count];
        let steps = plan.query_map(rusqlite::params_from_iter(values), |row| row.get::<_, String>(3)).unwrap();
        let steps: Vec<String> = steps.collect::<Result<_, _>>().unwrap();
        assert!(
            steps.len() == 1 && steps[0].contains("USING PRIMARY KEY (chunk=? AND signal=? AND at"),
            "{statement}: {steps:?}"
        );
    }
}

#[test]
fn a_reading_is_kept_as_what_it_was() {
    let signal = Signal::Probe("api".to_owned());
    let reading = |outcome| Reading { signal: signal.clone(), sequence: 1, at: at(9), outcome };
    let measured = |measure, too_few| {
        let good_until = at(7) + SignedDuration::from_secs(5);
        Ok(room::Sample { measure, at: at(7), good_until, too_few })
    };
    for (outcome, state, value, second, good_for) in [
        (measured(Measure::Number(2.0), None), State::Number, Some(2.0), 7, 5000),
        (measured(Measure::Number(2.0), Some((1.0, 20.0))), State::TooFew, Some(2.0), 7, 5000),
        (measured(Measure::Number(-0.0), None), State::Number, Some(0.0), 7, 5000),
        (measured(Measure::Number(f64::INFINITY), None), State::Number, Some(f64::INFINITY), 7, 5000),
        (measured(Measure::Passed("200".to_owned()), None), State::Passed, Some(1.0), 7, 5000),
        (measured(Measure::Failed("500".to_owned()), None), State::Failed, Some(0.0), 7, 5000),
        (Err(Fault::Empty), State::NoData, None, 9, 0),
    ] {
        let kept = Sample::of(&reading(outcome));
        assert_eq!(kept, Sample { signal: "probes.api".to_owned(), at: ms(second), good_for, state, value });
    }
}

#[test]
fn the_bytes_of_the_digests_never_change() {
    let place = Place::new();
    let mut journal = place.made();
    let infinite = Sample { state: State::TooFew, value: Some(f64::INFINITY), ..sample("probes.api", 1, 0.0) };
    journal.keep_samples(&[sample("metrics.a", 0, 0.125), nothing("metrics.a", 5), infinite]).unwrap();
    let sealed = journal.seal_samples(at(9), WHO).unwrap().unwrap();
    let Event::SamplesSealed(sealed) = sealed.event else { panic!() };
    let rolled = journal.roll_up_within(0, at(9), WHO).unwrap().unwrap();
    let Event::SamplesRolledUp(rolled) = rolled.event else { panic!() };
    // Worked out from the page on the log's format by another program: a room of today must verify for ever.
    assert_eq!(
        [&sealed.digest[..16], &rolled.old[..16], &rolled.new[..16]],
        ["ac1fb4e5667323ba", "fb5a7e4e4fd35e61", "dbf42eaada32b691"]
    );
}

fn any_sample() -> impl Strategy<Value = Sample> {
    let value = prop_oneof![4 => (-1000_i32..1000).prop_map(|value| Some(f64::from(value) / 8.0)), 1 => Just(None)];
    (0_i64..3000, 0_i64..40, value).prop_map(|(second, good_s, value)| Sample {
        signal: "metrics.a".to_owned(),
        at: ms(second),
        good_for: if value.is_some() { good_s * 1000 } else { 0 },
        state: if value.is_some() { State::Number } else { State::NoData },
        value,
    })
}

/// The same, slow and obvious: one second after the other.
fn unseen_seconds(samples: &[Sample], from: i64, to: i64) -> i64 {
    let mut seen: Vec<&Sample> = samples.iter().filter(|sample| sample.value.is_some()).collect();
    seen.sort_by_key(|sample| sample.at);
    let is_unseen = |second: i64| {
        let last = seen.iter().rev().find(|sample| sample.at <= ms(second));
        let next = seen.iter().find(|sample| sample.at > ms(second));
        let good_until = last.map(|last| last.at + last.good_for);
        match (last, next) {
            (None, _) => true,
            (Some(_), Some(next)) => next.at > good_until.unwrap_or(0),
            (Some(_), None) => good_until.unwrap_or(0) < ms(to),
        }
    };
    i64::try_from((from..to).filter(|second| is_unseen(*second)).count()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// The law of rolling up: whatever came in whatever order, however it is cut and rolled up, the lowest, the highest
    /// and the counts are those of all samples, the mean is nearly so, and so is how long nothing was seen.
    #[test]
    fn rolling_up_keeps_the_lowest_the_highest_and_the_counts(
        samples in proptest::collection::vec(any_sample(), 1..120),
        cuts in proptest::collection::vec(proptest::bool::weighted(0.05), 120),
        most in 2_u32..400,
    ) {
        // Of samples of one time, the first counts.
        let mut seen = std::collections::HashSet::new();
        let samples: Vec<Sample> = samples.into_iter().filter(|sample| seen.insert(sample.at)).collect();
        let place = Place::new();
        let mut journal = place.made();
        let mut batch = Vec::new();
        for (sample, is_cut) in samples.iter().zip(&cuts) {
            batch.push(sample.clone());
            if *is_cut {
                journal.keep_samples(&std::mem::take(&mut batch)).unwrap();
                journal.seal_samples(at(3000), WHO).unwrap();
            }
        }
        journal.keep_samples(&batch).unwrap();
        let values: Vec<f64> = samples.iter().filter_map(|sample| sample.value).collect();
        let unseen = (samples.len() - values.len()) as u64;
        let check = |stretch: &Stretch, is_rolled: bool| -> Result<(), TestCaseError> {
            let rows: Vec<&Bucket> = stretch.buckets.iter().filter(|bucket| bucket.seen > 0).collect();
            let low = values.iter().copied().reduce(f64::min);
            let high = values.iter().copied().reduce(f64::max);
            prop_assert_eq!(rows.iter().map(|row| row.low).reduce(f64::min), low);
            prop_assert_eq!(rows.iter().map(|row| row.high).reduce(f64::max), high);
            prop_assert_eq!(stretch.buckets.iter().map(|row| row.seen).sum::<u64>(), values.len() as u64);
            prop_assert_eq!(stretch.buckets.iter().map(|row| row.unseen).sum::<u64>(), unseen);
            let sum: f64 = rows.iter().map(|row| row.mean * row.seen as f64).sum();
            prop_assert!((sum - values.iter().sum::<f64>()).abs() < 1e-6);
            if !is_rolled {
                prop_assert!(stretch.buckets.len() <= usize::try_from(most).unwrap() + 1);
                let unseen_ms = unseen_seconds(&samples, -60, 3060) * 1000;
                // Where chunks overlap, what a late sample says inside of another one's minute is not taken apart.
                let is_exact = most > 120 || !cuts.iter().take(samples.len()).any(|is_cut| *is_cut);
                prop_assert!(stretch.unseen_ms == unseen_ms || !is_exact);
            }
            Ok(())
        };
        let look = || read(&place, "metrics.a", -60, 3060, most);
        let before = look();
        check(&before, false)?;
        journal.seal_samples(at(3000), WHO).unwrap();
        // Chunks that overlap in time are put in the order of their times also where they are of minutes.
        for hours in [26, 24 * 8] {
            while journal.roll_up_samples(at(hours * 3600), WHO).unwrap().is_some() {}
            while journal.sweep_samples().unwrap() {}
            check(&look(), true)?;
            let found = report(&place);
            prop_assert_eq!((found.first_bad, found.fresh), (None, 0));
        }
    }

    /// Ten minutes made of minutes are those made of the samples.
    #[test]
    fn rolling_up_twice_is_rolling_up_once(samples in proptest::collection::vec(any_sample(), 1..200)) {
        let mut rows: Vec<Bucket> = samples
            .iter()
            .map(|sample| Bucket::of(&super::rows::Raw { at: sample.at, state: sample.state.number(), good_for: sample.good_for, value: sample.value }))
            .collect();
        rows.sort_by_key(|row| row.at);
        let minutes = rolled(rows.clone(), 60_000);
        let (twice, once) = (rolled(minutes, 600_000), rolled(rows, 600_000));
        prop_assert_eq!(twice.len(), once.len());
        for (two, one) in twice.iter().zip(&once) {
            prop_assert!((two.mean - one.mean).abs() < 1e-9);
            prop_assert_eq!(Bucket { mean: 0.0, ..*two }, Bucket { mean: 0.0, ..*one });
        }
    }
}

#[test]
fn times_are_those_of_the_log() {
    assert_eq!(super::write::time(ms(3)), at(3));
    assert_eq!(super::write::time(i64::MAX), Timestamp::MAX);
}

#[test]
fn a_look_may_begin_and_end_inside_of_chunks_of_samples_and_of_minutes() {
    let place = Place::new();
    let mut journal = with_chunks(&place, 3, 120);
    let times = |from: i64, to: i64, most: u32| -> Vec<i64> {
        let stretch = read(&place, "metrics.b", from, to, most);
        assert_eq!((stretch.gaps, stretch.unseen_ms), (vec![], 0), "{from}-{to}");
        stretch.buckets.iter().map(|bucket| (bucket.first_at - ms(0)) / 1000).collect()
    };
    assert_eq!(times(302, 316, 2000), [300, 305, 310, 315], "the one before the edge, too");
    assert_eq!(times(602, 611, 2000), [600, 605, 610]);
    assert_eq!(times(597, 601, 2000), [595, 600], "across the edge of two chunks");
    assert_eq!(times(302, 422, 3), [300, 360, 420]);
    while journal.roll_up_samples(at(27 * 3600), WHO).unwrap().is_some() {}
    while journal.sweep_samples().unwrap() {}
    assert_eq!(times(302, 422, 2000), [300, 360, 420], "minutes are the finest that is left");
    assert_eq!(report(&place).chunks, 1);
}
