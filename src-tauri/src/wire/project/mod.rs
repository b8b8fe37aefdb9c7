//! From a plan to what the window shows of it.
//!
//! Owns: every word that stands in the window and comes from the plan. Pure: the plan, T0 and the time come in as
//! arguments. Must not know: who asks, what was shown before.

mod book;
mod clock;
mod criteria;
mod day;
mod escalation;
mod header;
mod inlines;
mod messages;
mod opening;
mod outside;
mod references;
mod rollback;
mod rows;
#[cfg(test)]
pub(crate) mod sample;
mod start;
#[cfg(test)]
mod tests;
mod times;
mod words;
mod written;

pub(crate) use clock::{of_room as clock_of_room, without_room as clock_without_room};
pub(crate) use criteria::criteria;
pub(crate) use day::{day, phase, without_phases};
pub(crate) use escalation::escalation;
pub(crate) use header::{header, title};
pub(crate) use messages::messages;
pub(crate) use opening::{Answer, Given, field, opening};
pub(crate) use outside::{copied, opened_outside};
pub(crate) use references::references;
pub(crate) use rollback::rollback;
pub(crate) use start::start;
pub(crate) use written::written;

pub(crate) use book::Book;
pub(crate) use words::counted;
