//! Alerts: what a rule is, how it fires and resolves, and what is recorded of it.

mod record;

pub use record::{AlertId, AlertState, Fired, Seen};
