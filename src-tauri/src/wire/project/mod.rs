//! From a room to what the window shows of it.
//!
//! Owns: every word that stands in the window and comes from the room and its plan. Pure: the room and the time come in
//! as arguments. Must not know: who asks, what was shown before.

mod asked;
mod blanks;
mod book;
mod check;
mod clock;
mod closing;
mod criteria;
mod day;
mod drafted;
mod escalation;
mod evidence;
mod exports;
mod handoff;
mod header;
mod inlines;
mod log;
mod messages;
mod opening;
mod outside;
mod past;
mod people;
mod references;
mod reread;
mod review;
mod rollback;
mod routines;
mod rows;
#[cfg(test)]
pub(crate) mod sample;
mod schedule;
mod score;
mod signals;
mod start;
mod status;
mod tables;
#[cfg(test)]
mod tests;
mod times;
mod trends;
mod typed;
mod updates;
mod walked;
mod watch;
mod way_back;
mod words;
mod written;

pub(crate) use check::{Checked, check, source_page};
pub(crate) use clock::{of_drill as clock_of_drill, of_room as clock_of_room, without_room as clock_without_room};
pub(crate) use closing::{closing_of, count as left_open_count};
pub(crate) use criteria::criteria;
pub(crate) use day::{day, phase, without_phases};
pub(crate) use drafted::drafted;
pub(crate) use escalation::{WAYS, escalation};
pub(crate) use exports::{NOTE as EXPORTS_NOTE, export_title, exports};
pub(crate) use handoff::{Handing, handoff, in_words as handoff_in_words};
pub(crate) use header::{header, mode_word};
pub(crate) use log::{
    LogIndex, Rows, corrections, decided_and_alarmed, entry_words, log, log_being_read, log_page, row_on, told,
    with_corrections, words_of, words_of_places,
};
pub(crate) use messages::{messages, started};
pub(crate) use opening::{Answer, Given, field, opening};
pub(crate) use outside::{call, copied, encoded_address, may_open, opened_outside};
pub(crate) use past::{Looked, PastAsked, PastChartsAsked, SPEEDS as PAST_SPEEDS, stood};
pub(crate) use people::people;
pub(crate) use references::references;
pub(crate) use reread::{Offer, not_read, nothing_offered, offered};
pub(crate) use review::review;
pub(crate) use rollback::{left_behind_in_words, rollback};
pub(crate) use routines::{named as named_in_round, routines};
pub(crate) use schedule::{
    Solved, WindowNotice, asked_what_if, in_words as schedule_in_words, planned_against_actual, schedule, solved,
    taken, window_notice,
};
pub(crate) use score::{Scored, score};
pub(crate) use signals::{Watched, settings_text, signals};
pub(crate) use start::start;
pub(crate) use status::status;
pub(crate) use times::{on_the_wall, start_words_there, when_words};
pub(crate) use trends::trends;
pub(crate) use typed::{NOTE, Typed, TypedDraft, name_of_draft, number_of_draft};
pub(crate) use updates::{closing, hourly_update};
pub(crate) use watch::{
    ChartsAsked, Seeing, alert_page, alerts, all_signals, charts_asked, charts_of_tape, due, hold_due,
    lines as watch_lines, stretch_of_tape, vitals,
};
pub(crate) use way_back::way_back;
pub(crate) use written::written;

pub(crate) use book::Book;
pub(crate) use words::{capitalised, counted, grouped, length};
