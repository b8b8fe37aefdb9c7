//! Words that are being typed: on disk, and not in the log yet.

use std::collections::BTreeMap;

use room::Draft;
use serde::Deserialize;

/// The name under which the note that is being typed is kept.
pub(crate) const NOTE: &str = "note";

/// The words that are being typed, by the name of their field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Typed(BTreeMap<String, String>);

/// A draft as it is being typed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct TypedDraft {
    /// To whom.
    pub(crate) to: String,
    /// The subject.
    pub(crate) subject: String,
    /// The words.
    pub(crate) body: String,
}

/// The name under which a draft that is being typed is kept.
pub(crate) fn name_of_draft(number: u32) -> String {
    format!("draft {number}")
}

/// The number in such a name.
pub(crate) fn number_of_draft(name: &str) -> Option<u32> {
    let number = name.strip_prefix("draft ")?.parse().ok()?;
    (name_of_draft(number) == name).then_some(number)
}

impl Typed {
    /// What was found on disk.
    pub(crate) fn of(found: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(found.into_iter().collect())
    }

    /// Takes in what stands in a field now; empty words are forgotten.
    pub(crate) fn keep(&mut self, name: &str, text: &str) {
        if text.is_empty() {
            self.0.remove(name);
        } else {
            self.0.insert(name.to_owned(), text.to_owned());
        }
    }

    /// The note.
    pub(crate) fn note(&self) -> &str {
        self.0.get(NOTE).map_or("", String::as_str)
    }

    /// What is being typed of a draft, where it differs from what was kept.
    pub(crate) fn draft(&self, number: u32, kept: &Draft) -> Option<TypedDraft> {
        let typed: TypedDraft = serde_json::from_str(self.0.get(&name_of_draft(number))?).ok()?;
        let is_same = typed.to == kept.to && typed.subject == kept.subject && typed.body == kept.body;
        (!is_same).then_some(typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_named_by_its_number_and_nothing_else() {
        assert_eq!(number_of_draft("draft 3"), Some(3));
        for wrong in ["draft", "draft ", "draft 03", "draft +3", "draft x", "note", "Draft 3"] {
            assert_eq!(number_of_draft(wrong), None, "{wrong}");
        }
    }
}
