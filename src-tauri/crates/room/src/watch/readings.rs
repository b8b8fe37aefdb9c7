//! What each signal shows, as a round that is finished takes it along.

use std::collections::HashSet;

use jiff::Timestamp;

use super::Watch;
use crate::alert::{Purpose, Rule};
use crate::event::RoundReading;
use crate::reading::Signal;

impl Watch {
    /// What each signal shows that a key metric or a decision criterion is about, in the order of the text; what is not
    /// fresh says why nothing is seen.
    #[must_use]
    pub(crate) fn readings(&self, now: Timestamp) -> Vec<RoundReading> {
        let mut known: HashSet<&Signal> = HashSet::new();
        let of_key_metrics = self.book.rules.iter().filter(|rule| rule.purpose == Purpose::Metric);
        let others = self.book.rules.iter().filter(|rule| rule.purpose == Purpose::Decision);
        let rules = of_key_metrics.chain(others).filter(|rule| known.insert(&rule.signal));
        rules.map(|rule| self.reading(rule, now)).collect()
    }

    fn reading(&self, rule: &Rule, now: Timestamp) -> RoundReading {
        let (signal, name) = (rule.signal.name().to_owned(), rule.name.clone());
        match self.fresh(&rule.id, now) {
            Some(last) => RoundReading { signal, name, seen: Some(last.seen.clone()), unseen: String::new() },
            None => RoundReading { signal, name, seen: None, unseen: self.why_unseen(&rule.signal, now) },
        }
    }
}
