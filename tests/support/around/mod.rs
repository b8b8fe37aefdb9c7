//! What stands around the program in a whole test: a real Prometheus with what it scrapes and where it alarms, and a desktop
//! with a real notification service or a real keychain. Each runs in a folder of its own, on free ports of the loopback, and ends with its value.
//!
//! Owns: how they are started, reached and ended. Must not know: War Room.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking, and these are parts of tests"
)]

pub mod alertmanager;
pub mod desktop;
pub mod http;
pub mod keychain;
pub mod monitor;
mod port;
mod program;
pub mod prometheus;
pub mod pushgateway;
pub mod target;
pub mod tls;

pub use port::free_port;
pub use program::{PATIENCE, wait_until, wait_within};
