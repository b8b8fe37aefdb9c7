//! What a reading is for the rules: whether it says anything of now, whom it concerns, and what follows.

use jiff::Timestamp;
use plan::config::NoData;

use super::{AHEAD, SignalNow, Watch};
use crate::alert::{Judgement, Rule, signed};
use crate::event::Event;
use crate::reading::{Measure, Reading, Sample};
use crate::state::Room;

impl Watch {
    /// Takes a reading in.
    pub fn hear(&mut self, room: &Room, reading: &Reading, now: Timestamp) -> Vec<Event> {
        self.hear_all(room, std::slice::from_ref(reading), now)
    }

    /// Takes in what came together. What follows from all of it (checks, hold, blindness, verdict) is looked at once: a
    /// thousand answers of one moment turn the verdict one time.
    pub fn hear_all(&mut self, room: &Room, readings: &[Reading], now: Timestamp) -> Vec<Event> {
        self.mind_the_gap(now);
        let mut events = self.renew(room);
        events.extend(self.arm(room, now));
        let mut is_news = false;
        for reading in readings {
            if !self.knows(reading, now) {
                continue;
            }
            is_news = true;
            if !self.waits(room, reading, now) {
                events.extend(self.judge(room, reading, now));
            }
        }
        if is_news {
            events.extend(self.settle(room, now));
        }
        events
    }

    /// Remembers a reading as the last of its signal; false where it says nothing of now.
    fn knows(&mut self, reading: &Reading, now: Timestamp) -> bool {
        // It was given before the clock was set back, and would look as if it were of what is to come.
        if reading.at.duration_since(now) > AHEAD {
            return false;
        }
        let known =
            self.signals.entry(reading.signal.clone()).or_insert(SignalNow { sample: None, fault: None, sequence: 0 });
        // An answer that a later one overtook says what was, not what is.
        if reading.sequence <= known.sequence && known.sequence != 0 {
            return false;
        }
        known.sequence = reading.sequence;
        match &reading.outcome {
            Ok(sample) => {
                known.fault = None;
                known.sample = Some(sample.clone());
            }
            Err(fault) => {
                let (since, count) = match &known.fault {
                    Some((_, since, count)) => (*since, *count),
                    None => (reading.at, 0),
                };
                known.fault = Some((fault.clone(), since, count.saturating_add(1)));
            }
        }
        true
    }

    /// Holds a reading against its rules.
    pub(super) fn judge(&mut self, room: &Room, reading: &Reading, now: Timestamp) -> Vec<Event> {
        let mut events = Vec::new();
        let rules: Vec<Rule> = self.book.rules_of(&reading.signal).cloned().collect();
        for rule in &rules {
            let Some(sample) = meaning(rule, reading) else { continue };
            if !self.takes(room, rule, &sample, now) {
                self.look_before(rule, &sample);
            } else if !self.is_warming_up(room, rule, sample.at) {
                events.extend(self.observe(room, rule, &sample, false));
            } else if rule.judge(&sample) != Judgement::Breach
                && let Some(memory) = self.memory.rules.get_mut(&rule.id)
            {
                memory.was_good();
            }
        }
        events
    }

    /// Whether a sample is one for a rule to judge: it counts, or the sample is of its window that is over.
    pub(super) fn takes(&self, room: &Room, rule: &Rule, sample: &Sample, now: Timestamp) -> bool {
        if self.counts(room, rule, now) {
            return true;
        }
        let end = self.window(rule).map(|window| window.to);
        end.is_some_and(|end| sample.at < end) && self.is_to_be_judged(room, rule, now)
    }
}

/// A reading as a sample for a rule: what is there counts as it is; what is absent, as the settings say.
pub(crate) fn meaning(rule: &Rule, reading: &Reading) -> Option<Sample> {
    match &reading.outcome {
        // A ratio over almost no requests proves nothing, neither good nor bad.
        Ok(sample) => sample.too_few.is_none().then(|| sample.clone()),
        Err(fault) if fault.is_absence() => {
            let measure = match rule.no_data {
                NoData::Blind => return None,
                NoData::Zero => Measure::Number(0.0),
                NoData::Breach => Measure::Failed(fault.to_string()),
            };
            let polls = signed(rule.every).saturating_mul(2).saturating_add(signed(rule.timeout));
            let good_until = reading.at.checked_add(polls).unwrap_or(reading.at);
            Some(Sample { measure, at: reading.at, good_until, too_few: None })
        }
        Err(_) => None,
    }
}
