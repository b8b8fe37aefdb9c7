//! What was attached to a check.

use serde::Serialize;
use ts_rs::TS;

/// Something that was attached to a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EvidenceView {
    /// Names it for [`super::OutsideTarget::Evidence`]: its event's number.
    pub event: u32,
    /// The words, the address, or the file's name with its size.
    pub words: String,
    /// Whether it is an address that is opened outside.
    pub opens: bool,
    /// SHA-256 of the file as it was then; empty for what is none.
    pub digest: String,
    /// "MK · 07:11:12".
    pub by: String,
}
