//! The way back: without a mark that it worked.

use crate::model::{Level, Plan};
use crate::read::notes::{Note, Notes};

/// Told once for the file: a mark proves whichever way was taken.
pub(crate) fn read(plan: &Plan, notes: &mut Notes<'_>) {
    let rollback = &plan.rollback;
    let Some(way) = rollback.ways.first() else { return };
    if !rollback.success.is_empty() || !rollback.verify.is_empty() {
        return;
    }
    notes.on_line(
        way.line,
        Note {
            code: "RBK-01",
            level: Level::Warning,
            message: format!("“{}” names no mark by which a person sees that it worked.", way.text),
            mend: "Write a heading \"Success criteria for rollback\" below it, with a check for each mark.",
        },
    );
}

#[cfg(test)]
mod tests {
    use crate::{Level, config::Config, read};

    #[test]
    fn a_way_back_without_a_mark_is_told_once() {
        let told = |text: &str| {
            let found = read(text, &Config::default()).1.into_iter().filter(|one| one.code == "RBK-01");
            found.map(|one| (one.range.line, one.severity)).collect::<Vec<_>>()
        };
        let text =
            "# Ship\n\n## Rollback\n\n### Option 1: Flag\n1. Lower the flag\n\n### Option 2: DNS\n1. Move the record\n";
        assert_eq!(told(text), [(5, Level::Warning)]);
        assert_eq!(told(&format!("{text}\n### Success criteria for rollback\n- [ ] Version 7.1 answers\n")), []);
        assert_eq!(told("# Ship\n\n## Rollback\n\n```sh\n# Undo\na\n# Verify\nb\n```\n"), []);
        assert_eq!(told("# Ship\n\n- [ ] a\n"), []);
    }
}
