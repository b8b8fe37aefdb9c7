//! The text of an id.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A short text without a place of its own in memory: a plan holds each of its ids many times, so that it has as few bytes
/// as hold what readers make. A longer one, which no reader makes, has a place of its own, behind one pointer. The same
/// text is always held in the same way.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// As many of the bytes as `length` says; the others are 0.
    Short {
        length: u8,
        bytes: [u8; Name::SHORT],
    },
    Long(Box<Box<str>>),
}

impl Name {
    const SHORT: usize = 14;

    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Short { length, bytes } => {
                bytes.get(..usize::from(*length)).and_then(|text| str::from_utf8(text).ok()).unwrap_or_default()
            }
            Self::Long(text) => text,
        }
    }
}

impl Name {
    /// A name of a few characters of ASCII.
    pub(super) fn of_ascii<const LENGTH: usize>(text: [u8; LENGTH]) -> Self {
        let mut bytes = [0; Self::SHORT];
        let (length, is_short) = const { (LENGTH.to_le_bytes()[0], LENGTH <= Self::SHORT) };
        match bytes.get_mut(..LENGTH) {
            Some(place) if is_short && text.is_ascii() => {
                place.copy_from_slice(&text);
                Self::Short { length, bytes }
            }
            _ => Self::from(String::from_utf8_lossy(&text).as_ref()),
        }
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        let mut bytes = [0; Self::SHORT];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(text.as_bytes());
                Self::Short { length, bytes }
            }
            _ => Self::Long(Box::new(text.into())),
        }
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Short { bytes, .. } => state.write(bytes),
            Self::Long(text) => text.hash(state),
        }
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from(String::deserialize(deserializer)?.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_its_text_whatever_its_length() {
        for text in ["", "i-0123456789ab", "a name of 14 b", "a name of 15 by", "İ", "a\0"] {
            let name = Name::from(text);
            assert_eq!(name.as_str(), text);
            assert_eq!(format!("{name:?}"), format!("{text:?}"));
            assert_eq!(name.cmp(&Name::from("b")), text.cmp("b"));
        }
        assert_ne!(Name::from("a"), Name::from("a\0"));
        assert_eq!(size_of::<Option<Name>>(), 16);
    }
}
