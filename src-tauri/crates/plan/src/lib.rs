//! Reads a deployment checklist written in Markdown into a [`Plan`], with [`Finding`]s about it.
//!
//! Owns: what a checklist's text means, the grammar of `war-room.toml`, and when each part of the day is due.
//! Must not know: clocks, files, networks, the room's state. Text and settings come in as arguments; reading never
//! fails and never panics, whatever the text is.

mod compare;
pub mod config;
mod leaves;
pub mod model;
mod propose;
mod read;
mod resolve;

pub use compare::{Aspect, Carry, Change, Difference, Entry, Side, Thing, Turn, compare, compare_settings};
pub use leaves::{Leaves, leaves_behind, leaves_behind_by_hand};
pub use model::{finding::Finding, *};
pub use propose::{Proposal, Proposals, Unproposed, propose};
pub use read::{Value, blanks, line_ends, read, value, words_of_title};
pub use resolve::resolve;
