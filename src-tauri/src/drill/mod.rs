//! Drills: the same controller, engine and journal, with a made-up production, made-up people and a clock of its own.
//!
//! Owns: what goes wrong when, what the signals show, who does what, and the score. All of it follows from scenario and
//! seed. Must not know: the window, the network. Nothing of a drill leaves the machine.

pub(crate) mod scenario;
