//! What was changed of the schedule, as sentences of the log.

use room::{Change, ScheduleChanged};

use super::Teller;
use crate::wire::project::times::on_the_wall_of_zone;
use crate::wire::project::words::stopwatch;

impl Teller<'_> {
    /// What was changed, and why, with what was shown before it was taken.
    pub(super) fn schedule_changed(&self, changed: &ScheduleChanged) -> (String, String) {
        let at = |moment| on_the_wall_of_zone(moment, self.resolved);
        let words = match &changed.change {
            Change::WindowEnd { from, to } => format!("The window ends {}, not {}", at(*to), at(*from)),
            Change::Start { from, to } => format!("The start is moved to {}, from {}", at(*to), at(*from)),
            Change::Hold { gate, from_s, to_s } if from_s == to_s => {
                format!("{} is held as planned again: {}", self.item(gate), stopwatch(*from_s))
            }
            Change::Hold { gate, from_s, to_s } => {
                format!("{} is held {}, not {}: a deviation", self.item(gate), stopwatch(*to_s), stopwatch(*from_s))
            }
        };
        let shown = if changed.shown.is_empty() { String::new() } else { format!(" (shown: {})", changed.shown) };
        (words, format!("{}{shown}", changed.reason))
    }
}
