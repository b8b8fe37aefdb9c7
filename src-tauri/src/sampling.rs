//! What of the readings is to be kept beside the log, until the disk has it.
//!
//! Owns: the samples that wait. Must not know: when they are written, and what is alarming.

use std::collections::BTreeMap;

use journal::{Sample, State};
use room::Reading;

/// How many samples may wait for a disk that takes none: five minutes of 200 signals that are asked every 5 s.
const MOST: usize = 12_000;

/// The samples that wait.
#[derive(Debug, Default)]
pub(crate) struct Sampling {
    waiting: Vec<Sample>,
    /// The last of each signal, with the time until when it counts.
    last: BTreeMap<String, (i64, i64)>,
}

impl Sampling {
    /// Takes a reading in. A sample that was seen before is kept again only where it counts for longer now.
    pub(crate) fn take_in(&mut self, reading: &Reading) {
        let sample = Sample::of(reading);
        if sample.state != State::NoData {
            let counts = (sample.at, sample.at.saturating_add(sample.good_for));
            if self.last.get(&sample.signal) == Some(&counts) {
                return;
            }
            self.last.insert(sample.signal.clone(), counts);
        }
        self.waiting.push(sample);
        self.forget_the_oldest();
    }

    /// All that waits, for the disk.
    pub(crate) fn batch(&mut self) -> Vec<Sample> {
        std::mem::take(&mut self.waiting)
    }

    /// A batch that the disk did not take waits again, before what came meanwhile.
    pub(crate) fn give_back(&mut self, mut batch: Vec<Sample>) {
        batch.append(&mut self.waiting);
        self.waiting = batch;
        self.forget_the_oldest();
    }

    /// What is forgotten is a gap in the charts over hours, and nothing else.
    fn forget_the_oldest(&mut self) {
        let too_many = self.waiting.len().saturating_sub(MOST);
        self.waiting.drain(..too_many);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use room::{Fault, Measure, Signal};

    fn reading(second: i64, good_s: i64, value: Option<f64>) -> Reading {
        let at = |second| Timestamp::from_second(1_769_000_000 + second).unwrap();
        let sample = |value| room::Sample {
            measure: Measure::Number(value),
            at: at(second),
            good_until: at(second + good_s),
            too_few: None,
        };
        let outcome = value.map(sample).ok_or(Fault::Empty);
        Reading { signal: Signal::Metric("a".to_owned()), sequence: 1, at: at(second), outcome }
    }

    #[test]
    fn each_sample_waits_once_and_a_batch_that_was_not_taken_comes_first() {
        let mut sampling = Sampling::default();
        for (second, good_s, value) in [(0, 10, Some(1.0)), (0, 10, Some(1.0)), (0, 12, Some(1.0)), (5, 10, None)] {
            sampling.take_in(&reading(second, good_s, value));
        }
        let batch = sampling.batch();
        let kept =
            |batch: &[Sample]| batch.iter().map(|one| (one.at % 1000, one.good_for, one.value)).collect::<Vec<_>>();
        assert_eq!(kept(&batch), [(0, 10_000, Some(1.0)), (0, 12_000, Some(1.0)), (0, 0, None)]);
        sampling.take_in(&reading(10, 10, Some(2.0)));
        sampling.give_back(batch);
        assert_eq!(sampling.batch().len(), 4);
        assert_eq!(sampling.batch(), []);
    }

    #[test]
    fn a_disk_that_takes_nothing_costs_the_oldest_and_no_more_memory() {
        let mut sampling = Sampling::default();
        for second in 0..=12_000 {
            sampling.take_in(&reading(second, 10, Some(1.0)));
        }
        let batch = sampling.batch();
        assert_eq!((batch.len(), batch[0].at), (MOST, 1_769_000_001_000));
        sampling.take_in(&reading(20_000, 10, Some(1.0)));
        sampling.give_back(batch);
        assert_eq!(sampling.batch().last().map(|last| last.at), Some(1_769_020_000_000));
    }
}
