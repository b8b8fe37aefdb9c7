//! The real window through WebDriver: what a person presses, and what they then read. And, without a window, `war-room
//! watch` and what all of it stands on: real servers, a real desktop, on a display and a bus of their own.
//!
//! Owns: whole ways through the window. Must not know: how the window is made; elements are found by their test ids alone.
//! `cargo xtask test` starts it on a display and a message bus of its own.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and what it prints is for the person who looks why"
)]

mod answers;
mod backtest;
mod bad_inputs;
mod bench;
mod bench_alarms;
mod check;
mod corrections;
mod desktop;
mod desktop_harness;
mod drill;
mod driver;
mod example;
mod first_alarm;
mod frame;
mod keychain;
mod load;
mod missed;
mod notices;
mod opening;
mod other_day;
mod pictures;
mod pictures_of_alarms;
mod pictures_of_the_closing;
mod pictures_of_the_trends;
mod pictures_of_the_watch;
mod real_day;
mod record;
mod remembered;
mod report;
mod reread;
mod resumed;
mod scrolling;
mod state_by_state;
mod storm;
mod story;
mod tired;
mod trusted;
mod walk;
mod watched;
mod whole_day;
mod window;
