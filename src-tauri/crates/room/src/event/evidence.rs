//! What a person attaches to a check to show that it is so.

use plan::ItemId;
use serde::{Deserialize, Serialize};

/// Evidence was attached to a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceAdded {
    /// The check.
    pub item: ItemId,
    /// What shows it.
    pub evidence: Evidence,
}

/// What shows that a check is so. Of a file only its digest is kept, never what stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Evidence {
    /// Words.
    Text {
        /// They.
        text: String,
    },
    /// An address on the web.
    Link {
        /// It.
        address: String,
    },
    /// A file of this laptop, as it was then.
    File {
        /// Its name, without its folder.
        name: String,
        /// How many bytes it had.
        bytes: u64,
        /// SHA-256 over them, in hexadecimal digits.
        sha256: String,
    },
}
