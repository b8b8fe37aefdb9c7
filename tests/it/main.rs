//! Whole behaviours in one binary: the house rules, the command line, the checklists of other teams.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it could not try"
)]

mod cli;
mod corpus;
mod corpus_eye;
mod crash;
mod disk;
mod example;
mod hammer;
mod hostile;
mod kill;
mod promtool;
mod proposals;
mod reading_law;
mod room_law;
mod tidy;
mod watch_law;
mod week;
