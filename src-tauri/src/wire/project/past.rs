//! The room as it stood at a moment of its past, in words. What is told of that moment is told from the events up to it and
//! from the samples up to it, never from what came later.

mod charts;

use jiff::Timestamp;
use plan::Severity;
use room::{HoldTurn, Mode, Room, VerdictWord};

pub(crate) use charts::{PastAsked, PastChartsAsked};

use super::book::Book;
use super::day::{done_of, share};
use super::header::mode_word;
use super::log::LogIndex;
use super::times::{later, on_the_wall, round_times, rounded_up, zone};
use super::words::{counted, stopwatch, stopwatch_or_days};
use crate::wire::{PastLineView, PastSpanView, PastView};

/// How fast the past can pass.
pub(crate) const SPEEDS: [u32; 3] = [1, 10, 60];

/// How much of it the charts can show: in seconds, what its ends are multiples of, and how far apart its times are named.
const SPANS: [(u32, i64, i64, &str); 3] =
    [(4_500, 300, 900, "75 min"), (21_600, 1_800, 3_600, "6 h"), (86_400, 7_200, 14_400, "24 h")];

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Looked<'a> {
    /// The room as it is now.
    pub(crate) room: &'a Room,
    pub(crate) index: &'a LogIndex,
    /// The moment and the last event up to it; `None` for now.
    pub(crate) at: Option<(Timestamp, u64)>,
    /// Up to when there is anything.
    pub(crate) now: Timestamp,
    pub(crate) span_s: u32,
    /// Why nothing can be done here; empty where one may act.
    pub(crate) reading_only: &'a str,
}

impl Looked<'_> {
    /// From when to when the charts reach. The end is a round time, so that they stand still while now goes on; what is
    /// looked at lies inside.
    pub(crate) fn window(&self) -> (Timestamp, Timestamp) {
        let begin = self.index.reached(1).unwrap_or(self.now);
        let Some((span_s, round_s, _, _)) = SPANS.iter().find(|(span_s, ..)| *span_s == self.span_s) else {
            return (begin, self.now.max(later(begin, 1)));
        };
        let end = |at: Timestamp| rounded_up(later(at, round_s / 5), *round_s);
        let from = |to: Timestamp| later(to, -i64::from(*span_s));
        let to = end(self.now);
        match self.at {
            // Earlier than the last stretch: in the middle of one of its own.
            Some((at, _)) if at < from(to) => {
                let to = end(later(at, i64::from(*span_s) / 2));
                (from(to), to)
            }
            _ => (from(to), to),
        }
    }

    /// The times that are named below the charts.
    pub(crate) fn times(&self) -> Vec<Timestamp> {
        let (from, to) = self.window();
        let length_s = to.duration_since(from).as_secs();
        let step_s = match SPANS.iter().find(|(span_s, ..)| *span_s == self.span_s) {
            Some((_, _, step_s, _)) => *step_s,
            None => {
                let steps = [60, 300, 900, 3_600, 14_400, 43_200, 86_400, 604_800, 2_592_000];
                steps.into_iter().find(|step_s| length_s / step_s <= 6).unwrap_or(31_536_000)
            }
        };
        round_times(from, to, step_s, &self.room.resolved().zone)
    }

    /// The moment as it is shown, without how it stood.
    pub(crate) fn view(&self) -> PastView {
        let (from, to) = self.window();
        let resolved = self.room.resolved();
        let at = self.at.map_or(self.now, |(at, _)| at);
        let words = on_the_wall(at, resolved);
        let zone = zone(&at.to_zoned_datetime(resolved.zone.clone()));
        let ago = u64::try_from(self.now.duration_since(at).as_secs()).unwrap_or(0);
        let mut view = PastView {
            at_s: seconds(at),
            now_s: seconds(self.now),
            from_s: seconds(from),
            to_s: seconds(to),
            speeds: SPEEDS.to_vec(),
            span_s: self.span_s,
            spans: SPANS
                .iter()
                .map(|(span_s, _, _, words)| PastSpanView { span_s: *span_s, words: (*words).to_owned() })
                .chain([PastSpanView { span_s: 0, words: "All".to_owned() }])
                .collect(),
            ..PastView::default()
        };
        if let Some((_, seq)) = self.at {
            view.is_past = true;
            view.event = u32::try_from(seq).unwrap_or(u32::MAX);
            view.banner = format!("You are looking at {words}.");
            view.gone_on = self.gone_on();
            view.title = "The day as it stood at".to_owned();
            view.ago = format!("{zone}, {} ago", stopwatch_or_days(ago));
            view.at = words;
        } else {
            view.ago = format!("{zone}, now");
            view.at = words;
        }
        view
    }

    fn gone_on(&self) -> String {
        if self.room.mode() == Mode::Closed {
            return "The room is closed; the header shows how it ended.".to_owned();
        }
        if crate::drill::is_drill(self.room) {
            return match self.reading_only {
                "" => "The drill has gone on; the header shows now.".to_owned(),
                _ => "The drill is over; the header shows how it ended.".to_owned(),
            };
        }
        match self.room.mode() {
            Mode::Prepare => "The room has gone on; the header shows now.".to_owned(),
            mode => format!("The room is {} and has gone on; the header shows now.", mode_word(mode)),
        }
    }
}

pub(crate) fn seconds(at: Timestamp) -> f64 {
    // Milliseconds of Unix time are exact in a double for longer than anybody deploys.
    at.as_millisecond() as f64 / 1000.0
}

/// How the day stood: `room` is the fold of the events up to then.
pub(crate) fn stood(room: &Room, at: Timestamp, values: &[PastLineView]) -> Vec<PastLineView> {
    let book = Book::of(room.plan());
    let resolved = room.resolved();
    let line = |label: &str, value: String, tone: &str| PastLineView {
        id: String::new(),
        label: label.to_owned(),
        value,
        tone: tone.to_owned(),
    };
    let mut lines = Vec::new();
    if let Some((word, since)) = room.verdict() {
        let tone = match word {
            VerdictWord::RollBack => "critical",
            VerdictWord::Hold => "high",
            VerdictWord::Blind => "unseen",
            VerdictWord::Go | VerdictWord::NotWatched => "",
        };
        let word = word.to_string().replace('_', " ").to_uppercase();
        lines.push(line("Verdict", format!("{word} since {}", on_the_wall(since, resolved)), tone));
    }
    lines.push(line("Room", mode_word(room.mode()).to_owned(), ""));
    lines.extend(gate(room, at).map(|(label, value, tone)| line(&label, value, tone)));
    let begun = |span: &plan::PhaseSpan| span.start.is_some_and(|start| start <= at);
    let phases = room.plan().phases.iter().zip(&resolved.phases);
    let running = phases.filter(|(_, span)| begun(span) && span.end.is_none_or(|end| at < end));
    // The shortest of those that run: the first day lies inside the first week.
    let running =
        running.min_by_key(|(_, span)| span.end.zip(span.start).map(|(end, start)| end.duration_since(start)));
    if let Some((phase, _)) = running {
        let (done, total) = done_of(&book, room, &phase.items);
        lines.push(line(&phase.title, format!("{done}/{total}"), ""));
    }
    let (done, total) = done_of(&book, room, room.plan().items.iter().map(|item| &item.id));
    lines.push(line("All checks", format!("{done}/{total}"), ""));
    lines.extend(values.iter().cloned());
    let mut open: Vec<_> = room.alerts().values().filter(|alert| alert.is_firing()).collect();
    open.sort_by_key(|alert| std::cmp::Reverse(alert.fired.severity));
    lines.push(line("Open alerts", open.len().to_string(), ""));
    let mut alerts: Vec<PastLineView> = open
        .iter()
        .take(ALERTS)
        .map(|alert| {
            let since = format!("since {}", on_the_wall(alert.at, resolved));
            line(&alert.fired.name, since, severity(alert.fired.severity))
        })
        .collect();
    if open.len() > ALERTS {
        let more = counted(open.len() - ALERTS, "more", "more");
        alerts.push(line(&more, String::new(), ""));
    }
    lines.extend(alerts);
    lines
}

/// How many alerts are named one by one.
const ALERTS: usize = 6;

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::High => "high",
        Severity::Medium => "medium",
    }
}

/// The gate that was worked on: its name, where it stood, and the colour of that.
fn gate(room: &Room, at: Timestamp) -> Option<(String, String, &'static str)> {
    let gate = room.current_gate().or_else(|| room.stands_at()).or_else(|| room.next_gate())?;
    let label = format!("Gate {}", share(gate));
    let wall = |at| on_the_wall(at, room.resolved());
    let state = room.gate(&gate.item);
    if let Some(passed) = state.and_then(|state| state.passed.as_ref()) {
        return Some(match passed.overridden {
            None => (label, format!("passed {}", wall(passed.at)), ""),
            Some(_) => (label, format!("overridden {}", wall(passed.at)), "medium"),
        });
    }
    let Some((entered, _)) = state.and_then(|state| state.entered.as_ref()) else {
        return Some((label, "not entered".to_owned(), ""));
    };
    let Some((turn, turned, held_ms, _)) = state.and_then(|state| state.turn.as_ref()) else {
        return Some((label, format!("entered {}", wall(*entered)), "running"));
    };
    let held = |ms: u64| stopwatch(ms / 1000);
    Some(match turn {
        HoldTurn::Started | HoldTurn::WentOn => {
            let since = u64::try_from(at.duration_since(*turned).as_millis()).unwrap_or(0);
            let held = held(held_ms.saturating_add(since));
            let of = room.hold_s(gate).map(|hold_s| format!(" of {}", stopwatch(hold_s))).unwrap_or_default();
            (label, format!("holding {held}{of}"), "running")
        }
        HoldTurn::Paused => (label, format!("paused at {}", held(*held_ms)), "running"),
        HoldTurn::Broken => (label, format!("broken at {}", held(*held_ms)), "high"),
        HoldTurn::Held => (label, format!("held {}", held(*held_ms)), "running"),
    })
}

#[cfg(test)]
mod tests;
