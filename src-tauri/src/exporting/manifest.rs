//! The manifest of an archive: which files it has, of which room, and whose key vouches for it.
//!
//! Owns: its lines, and reading them again. `sha256sum -c` reads it too: what is not a digest stands behind a `#`.

use std::fmt::Write as _;

/// The names of the two files that no digest of the manifest is of.
pub(super) const MANIFEST: &str = "MANIFEST";
pub(super) const SIGNATURE: &str = "MANIFEST.sig";

const FIRST: &str = "# war-room manifest 1";

/// What a manifest says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The room's name; empty where its log has no whole event.
    pub(super) room: String,
    /// How many whole events it has.
    pub(super) events: u64,
    /// The hash of the last of them, in hexadecimal digits.
    pub(super) head: String,
    /// The public key that signs it, in hexadecimal digits; empty where nobody does.
    pub(super) key: String,
    /// SHA-256 in hexadecimal digits, and name of each file, in their order.
    pub(super) files: Vec<(String, String)>,
}

impl Manifest {
    pub(super) fn text(&self) -> String {
        let Self { room, events, head, key, files } = self;
        let mut text = format!("{FIRST}\n# room {room}\n# events {events}\n# head {head}\n# key {key}\n");
        for (digest, name) in files {
            let _ = writeln!(text, "{digest}  {name}");
        }
        text
    }

    /// What a text says.
    ///
    /// # Errors
    /// Why it is no manifest.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut lines = text.lines();
        if lines.next() != Some(FIRST) {
            return Err("it is not of the kind that is signed".to_owned());
        }
        let mut found = Self::default();
        for line in lines {
            match line.strip_prefix("# ").map(|said| said.split_once(' ').unwrap_or((said, ""))) {
                Some(("room", name)) => name.clone_into(&mut found.room),
                Some(("events", count)) => {
                    found.events = count.parse().map_err(|_| format!("it says “{count}” events"))?;
                }
                Some(("head", head)) => head.clone_into(&mut found.head),
                Some(("key", key)) => key.clone_into(&mut found.key),
                Some((what, _)) => return Err(format!("it says “{what}”, which is not known")),
                None => {
                    let (digest, name) = line.split_once("  ").ok_or_else(|| format!("“{line}” is no line of one"))?;
                    found.files.push((digest.to_owned(), name.to_owned()));
                }
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let manifest = Manifest {
            room: "ab".repeat(16),
            events: 7,
            head: "cd".repeat(32),
            key: "ef".repeat(32),
            files: vec![("01".repeat(32), "README.txt".to_owned()), ("02".repeat(32), "two  blanks.txt".to_owned())],
        };
        assert_eq!(Manifest::parse(&manifest.text()), Ok(manifest));
        let bare = Manifest::default();
        assert_eq!(Manifest::parse(&bare.text()).map(|found| found.key), Ok(String::new()));
        for wrong in
            ["", "x", "# war-room manifest 2\n", "# war-room manifest 1\n# events x\n", "# war-room manifest 1\nx\n"]
        {
            assert!(Manifest::parse(wrong).is_err(), "{wrong}");
        }
    }
}
