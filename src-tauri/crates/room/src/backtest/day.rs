//! What a back-test found, day by day of the plan's wall.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::Tested;

/// One day of a back-test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCount {
    /// Which, in the plan's zone.
    pub date: Date,
    /// How many episodes fired on it.
    pub fired: usize,
    /// For how many whole seconds of it an episode lasted.
    pub firing_s: i64,
    /// For how many whole seconds of it nothing was seen.
    pub unseen_s: i64,
}

impl Tested {
    /// Every day that the back-test touched, the first and the last mostly not whole.
    #[must_use]
    pub fn by_day(&self, zone: &TimeZone) -> Vec<DayCount> {
        let date = |at: Timestamp| zone.to_datetime(at).date();
        let (mut days, mut begins) = (Vec::new(), Vec::new());
        let (mut next, last) = (date(self.from), date(self.to));
        while next <= last {
            days.push(DayCount { date: next, fired: 0, firing_s: 0, unseen_s: 0 });
            begins.push(zone.to_timestamp(next.to_datetime(Time::midnight())).unwrap_or(self.to));
            let Ok(tomorrow) = next.tomorrow() else { break };
            next = tomorrow;
        }
        for episode in &self.episodes {
            let at = begins.partition_point(|begin| *begin <= episode.fired_at).saturating_sub(1);
            if let Some(day) = days.get_mut(at) {
                day.fired += 1;
            }
            let end = episode.resolved_at.unwrap_or(self.to);
            share(&begins, episode.since, end, |at, seconds| {
                if let Some(day) = days.get_mut(at) {
                    day.firing_s += seconds;
                }
            });
        }
        for window in &self.unseen {
            share(&begins, window.from, window.to, |at, seconds| {
                if let Some(day) = days.get_mut(at) {
                    day.unseen_s += seconds;
                }
            });
        }
        days
    }
}

/// Shares the seconds between two moments out among the days that begin then.
fn share(begins: &[Timestamp], from: Timestamp, to: Timestamp, mut add: impl FnMut(usize, i64)) {
    let first = begins.partition_point(|begin| *begin <= from).saturating_sub(1);
    for (at, begin) in begins.iter().enumerate().skip(first) {
        // What lies before the first day's beginning belongs to nobody.
        let end = begins.get(at + 1).copied().unwrap_or(to).min(to);
        let seconds = end.duration_since((*begin).max(from)).as_secs();
        if seconds > 0 {
            add(at, seconds);
        }
        if end >= to {
            break;
        }
    }
}
