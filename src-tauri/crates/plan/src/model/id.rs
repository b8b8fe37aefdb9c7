//! Names that stay the same when the checklist is read again: made from what a thing says and where it stands, never
//! from its line.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::name::Name;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Name);

        impl $name {
            /// The id of the `ordinal`-th (from 0) thing that says `text` below the headings `path`.
            #[must_use]
            pub fn of(path: &[String], text: &str, ordinal: usize) -> Self {
                let above = path.iter().fold(Above::default(), |above, part| above.and(part));
                Self::under(above, text, ordinal)
            }

            /// The same below headings that are taken together.
            #[must_use]
            pub(crate) fn under(above: Above, text: &str, ordinal: usize) -> Self {
                Self::at(above.and(text), ordinal)
            }

            /// The same, its own text among what is taken together.
            #[must_use]
            pub(crate) fn at(path: Above, ordinal: usize) -> Self {
                Self(path.name($prefix, ordinal))
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(Name::from(text.as_str()))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }
    )*};
}

ids! {
    /// Names a [`super::Section`].
    SectionId = b's';
    /// Names an [`super::Item`].
    ItemId = b'i';
    /// Names a [`super::Criterion`].
    CriterionId = b'k';
    /// Names a [`super::Command`].
    CommandId = b'c';
    /// Names a [`super::Message`].
    MessageId = b'm';
    /// Names a [`super::Contact`] or a [`super::Channel`].
    ContactId = b'p';
    /// Names a [`super::Reference`].
    ReferenceId = b'r';
}

/// What stands above a thing, taken together once for all that stands below it. Each part is preceded by its length, so
/// that no two lists of parts give the same bytes.
#[derive(Clone, Default)]
pub(crate) struct Above(Sha256);

impl Above {
    /// With one more part below.
    pub(crate) fn and(mut self, part: &str) -> Self {
        self.0.update((part.len() as u64).to_be_bytes());
        self.0.update(part.as_bytes());
        self
    }

    /// `prefix-` and 12 hexadecimal digits (48 bits: two of 10,000 things in one checklist collide once in millions of
    /// checklists).
    fn name(self, prefix: u8, ordinal: usize) -> Name {
        let Self(mut hash) = self;
        hash.update((ordinal as u64).to_be_bytes());
        let digit = |half: u8| if half < 10 { b'0' + half } else { b'a' + half - 10 };
        let mut id = [b'-'; 14];
        let [first, _, digits @ ..] = &mut id;
        *first = prefix;
        for (pair, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(hash.finalize()) {
            *pair = [digit(byte >> 4), digit(byte & 15)];
        }
        Name::of_ascii(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_words_at_the_same_place_give_the_same_id() {
        let path = ["Deploy".to_owned()];
        assert_eq!(ItemId::of(&path, "Error rate <1%", 0), ItemId::of(&path, "Error rate <1%", 0));
        assert_ne!(ItemId::of(&path, "Error rate <1%", 0), ItemId::of(&path, "Error rate <1%", 1));
        assert_ne!(ItemId::of(&["a".into(), "b".into()], "c", 0), ItemId::of(&["a".into()], "bc", 0));
    }
}
