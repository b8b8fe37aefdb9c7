//! People: blanks that nobody filled.

use crate::model::{Level, Plan};
use crate::read::notes::{Note, Notes};

/// Contacts and places with blanks, one finding for each block of them.
pub(crate) fn read(plan: &Plan, notes: &mut Notes<'_>) {
    let contacts = plan.contacts.iter().map(|contact| (contact.line, contact.blanks.as_slice()));
    let channels = plan.channels.iter().map(|channel| (channel.line, channel.blank.as_slice()));
    let mut open: Vec<(usize, &[String])> = contacts.chain(channels).filter(|(_, blanks)| !blanks.is_empty()).collect();
    open.sort_by_key(|(line, _)| *line);
    let mut block: Vec<&str> = Vec::new();
    let mut first = 0;
    let mut last = 0;
    for (line, blanks) in open {
        if !block.is_empty() && line > last + NEAR {
            tell(first, &block, notes);
            block.clear();
        }
        if block.is_empty() {
            first = line;
        }
        last = line;
        for blank in blanks {
            if block.len() < MOST && !block.contains(&blank.as_str()) {
                block.push(blank);
            }
        }
    }
    if !block.is_empty() {
        tell(first, &block, notes);
    }
}

/// Lines that a block of contacts may leave between two.
const NEAR: usize = 3;
/// Blanks that one finding names.
const MOST: usize = 12;

fn tell(line: usize, blanks: &[&str], notes: &mut Notes<'_>) {
    notes.on_line(
        line,
        Note {
            code: "WHO-01",
            level: Level::Warning,
            message: format!(
                "Contacts unfilled: {}; when it is needed, nobody can be reached from here.",
                blanks.join(", ")
            ),
            mend: "Fill them in, or name the people under [people] and [[ladder]] of war-room.toml.",
        },
    );
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn each_block_of_blanks_is_told_once() {
        let text = "# Ship\n\n## Contacts\n\n```\nLead: [Name] - [Phone]\nBoss: [Name] - [Email]\nRoom: x\nStatus page: [URL]\n```\n\n- DBA: Ada - +1 555 0100\n\n\n\n- Ops: [Phone]\n";
        let findings = crate::read(text, &Config::default()).1;
        let told: Vec<_> = findings
            .iter()
            .filter(|one| one.code == "WHO-01")
            .map(|one| (one.range.line, one.message.split(';').next().unwrap_or("")))
            .collect();
        assert_eq!(
            told,
            [(6, "Contacts unfilled: [Name], [Phone], [Email], [URL]"), (16, "Contacts unfilled: [Phone]")]
        );
    }
}
