//! Gates: without a hold, without a condition.

use crate::model::{Level, Plan};
use crate::read::notes::{Note, Notes};

/// Gates that nothing holds.
pub(crate) fn read(plan: &Plan, notes: &mut Notes<'_>) {
    for gate in &plan.gates {
        // A point of go or no-go waits for people.
        if gate.share_percent.is_none() && gate.hold_s.is_none() {
            continue;
        }
        let is_last = gate.share_percent.is_some_and(|share| share >= 100.0);
        if gate.hold_s.is_none() && !is_last {
            notes.on_line(
                gate.line,
                Note {
                    code: "GAT-12",
                    level: Level::Note,
                    message: format!(
                        "“{}” does not say how long it is held, so no clock runs before the next share.",
                        gate.text
                    ),
                    mend: "Write \"- [ ] Hold for 10 minutes\" below it.",
                },
            );
        }
        if gate.conditions.is_empty() {
            notes.on_line(
                gate.line,
                Note {
                    code: "GAT-13",
                    level: Level::Warning,
                    message: format!(
                        "“{}” names no condition, so nothing but time stands between it and the next share.",
                        gate.text
                    ),
                    mend: "Write what must hold as checks below it, such as \"- [ ] Error rate < 1 %\".",
                },
            );
        }
    }
}
