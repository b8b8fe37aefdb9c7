//! Alerts: what a rule is, when it counts, how it fires and resolves, and what is recorded of it.

mod book;
mod engine;
mod record;
mod rule;

pub use book::{Rulebook, Unbound};
pub(crate) use engine::signed;
pub use engine::{LastSample, Phase, RuleMemory, Turn};
pub use record::{AlertId, AlertState, Fired, Seen};
pub use rule::{Judgement, Purpose, Rule};
