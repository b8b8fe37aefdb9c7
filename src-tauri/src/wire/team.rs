//! The people of the room.

use serde::Serialize;
use ts_rs::TS;

/// The people, and who acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PeopleView {
    /// Initials of whoever acts, or the login name until a person is chosen.
    pub actor: String,
    /// Whether a person was chosen.
    pub chosen: bool,
    /// The people, in the order in which they were named.
    pub people: Vec<PersonView>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonView {
    /// "MK".
    pub initials: String,
    /// The name.
    pub name: String,
    /// May be empty.
    pub role: String,
    /// The key that chooses them after Shift P: "1" to "9", or empty.
    pub key: String,
}
