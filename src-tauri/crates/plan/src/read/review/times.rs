//! Times: without a zone.

use crate::model::{Level, Plan, When, ZoneSource};
use crate::read::notes::{Note, Notes};

/// Times that name no zone.
pub(crate) fn read(plan: &Plan, notes: &mut Notes<'_>) {
    if matches!(plan.start.zone_source, ZoneSource::Settings | ZoneSource::FrontMatter) {
        return;
    }
    let timed = plan
        .sections
        .iter()
        .filter(|section| matches!(&section.when, Some(When::Absolute { from, .. }) if from.time.is_some()));
    for section in timed {
        if plan.start.zone_line == Some(section.line) {
            continue;
        }
        let reading = match plan.start.zone_line {
            Some(line) => format!("it is read as {}, which line {line} names", plan.start.zone),
            None => "it is read as UTC until the room is opened with another zone".to_owned(),
        };
        notes.on_line(
            section.line,
            Note {
                code: "TIM-01",
                level: Level::Warning,
                message: format!("The time in “{}” names no zone; {reading}.", section.text),
                mend: "Name the zone once in the text, or set zone in [plan] of war-room.toml.",
            },
        );
    }
}
