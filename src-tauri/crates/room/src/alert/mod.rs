//! Alerts: what a rule is, when it counts, how it fires and resolves, and what is recorded of it.

mod book;
mod engine;
mod history;
mod record;
mod rule;
mod window;

pub(crate) use book::blind_deadline;
pub(crate) use book::window_of;
pub use book::{Rulebook, Unbound};
pub(crate) use engine::signed;
pub use engine::{LastSample, Phase, RuleMemory, Turn};
pub use history::{AlertTurn, TurnKind, alert_history};
pub use record::{AlertId, AlertState, Fired, Judged, Seen, Silence, SuccessOutcome};
pub use rule::{Judgement, Purpose, Rule};
pub use window::WindowMemory;
