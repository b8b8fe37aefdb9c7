//! What repeats: "Every 4 hours", "Daily", "Weekly (Jan 28)", and the shift handoff.

use super::body::Bodies;
use super::outline::Outline;
use super::{when, words};
use crate::model::{ItemId, Routine, SectionKind, When};

/// Finds the sections that name an interval and hold checks.
pub(crate) fn read(outline: &Outline, bodies: &Bodies) -> Vec<Routine> {
    let mut found = Vec::new();
    for (at, section) in outline.sections.iter().enumerate() {
        if matches!(
            section.kind,
            SectionKind::Rollback | SectionKind::Communication | SectionKind::Contacts | SectionKind::Reference
        ) {
            continue;
        }
        let every_s = every_s(&section.text);
        let is_handoff = words::has_any(
            &words::plain(&section.text),
            &["shift handoff", "shift handover", "shift hand-off", "handoff", "handover", "shift change"],
        );
        if every_s.is_none() && !is_handoff {
            continue;
        }
        let own: Vec<ItemId> = bodies.items_of(at).map(|item| item.id.clone()).collect();
        if own.is_empty() {
            continue;
        }
        let date = match section.when {
            Some(When::Absolute { from, .. }) => from.date.map(|date| date.to_string()),
            _ => None,
        };
        found.push(Routine {
            section: section.id.clone(),
            line: section.line,
            text: section.text.clone(),
            every_s,
            at: date.or_else(|| (every_s.is_none()).then(|| "shift_handoff".to_owned())),
            items: own,
        });
    }
    found
}

/// The interval in seconds that a heading names.
fn every_s(text: &str) -> Option<u64> {
    let plain = words::plain(text);
    let first = plain.split(|character: char| !character.is_alphanumeric()).next()?;
    match first {
        "hourly" => Some(3600),
        "daily" => Some(86_400),
        "weekly" => Some(604_800),
        "every" | "each" => {
            let rest = plain.get(first.len()..)?.trim_start();
            when::duration_s(rest).or_else(|| {
                let unit = rest.split(|character: char| !character.is_alphanumeric()).next()?;
                when::unit_s(unit)
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals() {
        assert_eq!(every_s("Every 1 hour:"), Some(3600));
        assert_eq!(every_s("Every 4 hours:"), Some(14_400));
        assert_eq!(every_s("Every hour"), Some(3600));
        assert_eq!(every_s("Daily:"), Some(86_400));
        assert_eq!(every_s("Weekly (Jan 28):"), Some(604_800));
        assert_eq!(every_s("Everything is fine in 5 minutes"), None);
        assert_eq!(every_s("Day 1"), None);
    }
}
