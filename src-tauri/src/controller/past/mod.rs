//! The past of the room that is open: which moment is looked at, how it passes again, and what is read for it.
//!
//! Owns: the moment. It changes nothing in the room, and what is shown of the present goes on meanwhile. A moment is shown
//! once all of it is known: the fold of the events up to then, and what the signals showed, which lies on disk.

mod folds;

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use journal::{Failure, Stretch, To};
use room::Mode;

use super::live::Live;
use super::wake::PastChartsReply;
use super::{Controller, Effect, Open, Out, refused};
use crate::wire::project::{self, Looked, PAST_SPEEDS, PastAsked, PastChartsAsked, Rows};
use crate::wire::{PastLineView, PastLook, PastView, Problem};
pub(super) use folds::Folds;

/// How fast it passes where nobody said otherwise.
const SPEED: u32 = 10;

/// How much of it the charts show where nobody said otherwise: what `log.png` shows.
const SPAN_S: u32 = 4_500;

/// How long before a moment samples are looked for.
const BEFORE: SignedDuration = SignedDuration::from_mins(1);

/// The past of a room.
#[derive(Debug)]
pub(super) struct Past {
    /// Whether the log's page is shown.
    is_open: bool,
    /// The moment that is shown.
    shown: Option<Shown>,
    /// The moment whose samples are being read; what is asked for meanwhile takes its place.
    wanted: Option<(Timestamp, u64)>,
    is_reading: bool,
    /// When the past passed last, by the world's clock; `None` while it stands.
    passed: Option<Option<Timestamp>>,
    speed: u32,
    span_s: u32,
    folds: Folds,
}

/// A moment with all that is shown of it.
#[derive(Debug)]
struct Shown {
    at: Timestamp,
    seq: u64,
    values: Vec<PastLineView>,
    stood: Vec<PastLineView>,
}

impl Default for Past {
    fn default() -> Self {
        Self {
            is_open: false,
            shown: None,
            wanted: None,
            is_reading: false,
            passed: None,
            speed: SPEED,
            span_s: SPAN_S,
            folds: Folds::default(),
        }
    }
}

impl Past {
    fn come_back(&mut self) {
        self.shown = None;
        self.wanted = None;
        self.passed = None;
    }

    fn moment(&self) -> Option<(Timestamp, u64)> {
        self.wanted.or(self.shown.as_ref().map(|shown| (shown.at, shown.seq)))
    }
}

/// What has to be read of a moment.
#[derive(Debug)]
pub(crate) struct PastRead {
    pub(crate) path: PathBuf,
    asked: PastAsked,
}

impl PastRead {
    /// Reads it out of the room's file.
    pub(super) fn read(&self) -> Result<Vec<Stretch>, Failure> {
        let from = self.asked.at.checked_sub(BEFORE).unwrap_or(self.asked.at);
        if self.asked.is_made_up {
            return made_up_again(&self.path, self.asked.signals(), (from, self.asked.at), u32::MAX);
        }
        journal::samples(&self.path, &self.asked.keys(), from, self.asked.at, u32::MAX)
    }
}

/// What a drill's signals showed: no samples of it are kept, and all of them follow from its log.
fn made_up_again<'a>(
    path: &Path,
    signals: impl Iterator<Item = &'a room::Signal>,
    span: (Timestamp, Timestamp),
    pieces: u32,
) -> Result<Vec<Stretch>, Failure> {
    let log = journal::read(path)?;
    let signals: Vec<room::Signal> = signals.cloned().collect();
    Ok(crate::drill::replayed(&log.events, &signals, span, pieces).unwrap_or_default())
}

/// The charts' own reading.
pub(super) fn read_charts(path: &Path, asked: PastChartsAsked) -> Result<crate::wire::PastChartsView, Problem> {
    let span = (asked.from, asked.to);
    let read = if asked.is_made_up {
        made_up_again(path, asked.signals(), span, PastChartsAsked::MOST_PIECES)
    } else {
        journal::samples(path, &asked.keys(), span.0, span.1, PastChartsAsked::MOST_PIECES)
    };
    match read {
        Ok(stretches) if asked.is_made_up => Ok(asked.page_made_up_again(&stretches)),
        Ok(stretches) => Ok(asked.page(&stretches)),
        Err(failure) => {
            let shown = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            Err(refused(&failure.words(To::Read, &shown)))
        }
    }
}

impl Live {
    /// Up to when there is anything: where nothing happens any more that is the last event.
    fn until(&self, now: Timestamp) -> Timestamp {
        let last = self.looking.index.reached(self.last_seq()).unwrap_or(now);
        let is_over = self.room.mode() == Mode::Closed || (!self.reading_only.is_empty() && self.watched().is_none());
        if is_over { last } else { now.max(last) }
    }

    fn last_seq(&self) -> u64 {
        self.room.last()
    }

    fn looked(&self, at: Option<(Timestamp, u64)>, now: Timestamp) -> Looked<'_> {
        Looked {
            room: &self.room,
            index: &self.looking.index,
            at,
            now: self.until(now),
            span_s: self.looking.past.span_s,
            reading_only: &self.reading_only,
        }
    }

    /// The moment that is looked at; nothing before the log's page was shown.
    pub(super) fn past_view(&self, now: Timestamp) -> Option<PastView> {
        let past = &self.looking.past;
        // Of what is not read yet nothing is shown.
        if !past.is_open || self.behind.is_some() {
            return None;
        }
        let shown = past.shown.as_ref();
        let view = self.looked(shown.map(|shown| (shown.at, shown.seq)), now).view();
        Some(PastView {
            is_playing: past.passed.is_some(),
            speed: past.speed,
            stood: shown.map(|shown| shown.stood.clone()).unwrap_or_default(),
            values: shown.map(|shown| shown.values.clone()).unwrap_or_default(),
            ..view
        })
    }

    /// Shows a moment, once what the signals showed then is known.
    fn look_at(&mut self, at: Timestamp, seq: u64, out: &mut Out) {
        let is_first = self.looking.past.wanted.replace((at, seq)).is_none();
        if is_first && !self.looking.past.is_reading {
            self.read_wanted(out);
        }
    }

    fn read_wanted(&mut self, out: &mut Out) {
        let Some((at, seq)) = self.looking.past.wanted else { return };
        let count = usize::try_from(seq).unwrap_or(usize::MAX);
        let Some(room) = self.looking.past.folds.at(&self.events, count) else {
            self.looking.past.wanted = None;
            return;
        };
        let asked = PastAsked::of(room, at, seq);
        let from = at.checked_sub(BEFORE).unwrap_or(at);
        if let Some(stretches) = self.seen_in_drill(asked.signals(), from, at) {
            return self.show_moment(&asked, Some(&stretches));
        }
        if asked.keys().is_empty() {
            return self.show_moment(&asked, Some(&[]));
        }
        self.looking.past.is_reading = true;
        out.effects.push(Effect::ReadPast(Box::new(PastRead { path: self.path().to_path_buf(), asked })));
    }

    /// What was seen of a drill in the window that plays it, as far as it reaches back. Of any other drill, and of what is
    /// longer ago, it is made up again.
    fn seen_in_drill<'a>(
        &self,
        signals: impl Iterator<Item = &'a room::Signal>,
        from: Timestamp,
        to: Timestamp,
    ) -> Option<Vec<Stretch>> {
        let tape = self.watched().filter(|_| crate::drill::is_drill(&self.room)).map(|watching| &watching.tape)?;
        let begin = self.looking.index.reached(1)?;
        let all = || signals.map(|signal| project::stretch_of_tape(tape, signal, from, to)).collect();
        tape.reaches_back_to(from.max(begin)).then(all)
    }

    fn show_moment(&mut self, asked: &PastAsked, stretches: Option<&[Stretch]>) {
        let past = &mut self.looking.past;
        let count = usize::try_from(asked.seq).unwrap_or(usize::MAX);
        let Some(room) = past.folds.at(&self.events, count) else { return };
        let values = stretches.map(|stretches| asked.values(stretches)).unwrap_or_default();
        let stood = project::stood(room, asked.at, &values);
        past.shown = Some(Shown { at: asked.at, seq: asked.seq, values, stood });
        if past.wanted == Some((asked.at, asked.seq)) {
            past.wanted = None;
        }
    }

    /// The moment after an event: when it was written.
    fn look_at_event(&mut self, seq: u64, out: &mut Out) {
        let seq = seq.clamp(1, self.last_seq().max(1));
        if let Some(at) = self.looking.index.reached(seq) {
            self.look_at(at, seq, out);
        }
    }

    /// A moment, with the last event up to then. Before the first event there is nothing to look at; at now it is the present.
    fn look_at_moment(&mut self, at: Timestamp, now: Timestamp, out: &mut Out) {
        let until = self.until(now);
        if at >= until {
            return self.looking.past.come_back();
        }
        let begin = self.looking.index.reached(1).unwrap_or(until);
        let at = at.max(begin);
        let seq = self.looking.index.reached_by(at).max(1);
        self.look_at(at, u64::try_from(seq).unwrap_or(u64::MAX), out);
    }
}

impl Controller {
    /// A person looks back, or comes back.
    pub(super) fn look_back(&mut self, look: PastLook, now: Timestamp, out: &mut Out) -> Result<(), Problem> {
        let heads = crate::paths::heads_in(self.laptop.paths.data());
        let live = self.room()?;
        if live.behind.is_some() && !matches!(look, PastLook::Open | PastLook::Close | PastLook::Verify) {
            return Err(live.is_being_read());
        }
        let until = live.until(now);
        let here = live.looking.past.moment();
        let was_playing = live.looking.past.passed.is_some();
        match look {
            PastLook::Open => {
                live.looking.past.is_open = true;
                live.verify(heads, out);
            }
            PastLook::Close => {
                live.looking.past.come_back();
                live.looking.past.is_open = false;
            }
            PastLook::Now => live.looking.past.come_back(),
            PastLook::Moment { at_s } => {
                let at = moment(at_s).ok_or_else(|| refused("That is no time: choose one on the track."))?;
                live.look_at_moment(at, now, out);
            }
            PastLook::Event { seq } => live.look_at_event(u64::from(seq), out),
            PastLook::Rows { group, search, by } => {
                let search = search.trim();
                let found = match &live.looking.searching.found() {
                    Some((words, found)) if *words == search => Some(*found),
                    _ => None,
                };
                if !search.is_empty() && found.is_none() {
                    return Err(refused("The words are still being looked for: try again when the list has them."));
                }
                let rows = Rows { events: &live.events, index: &live.looking.index, found };
                if let Some(seq) = project::row_on(rows, &group, here.map(|(_, seq)| seq), by) {
                    live.look_at_event(seq, out);
                }
            }
            PastLook::Minutes { by } => {
                let from = here.map_or(until, |(at, _)| at);
                let at = from.checked_add(SignedDuration::from_mins(i64::from(by))).unwrap_or(from);
                live.look_at_moment(at, now, out);
            }
            PastLook::First => live.look_at_event(1, out),
            PastLook::Last => live.look_at_event(live.last_seq(), out),
            PastLook::Replay => {
                if was_playing {
                    live.looking.past.passed = None;
                } else {
                    if here.is_none() {
                        // From now on nothing has passed yet: it begins where the charts do.
                        let (from, _) = live.looked(None, now).window();
                        live.look_at_moment(from, now, out);
                    }
                    let is_anything = live.looking.past.moment().is_some();
                    live.looking.past.passed = is_anything.then_some(None);
                }
            }
            PastLook::Speed { speed } => {
                if !PAST_SPEEDS.contains(&speed) {
                    return Err(refused("The past passes 1, 10 or 60 times as fast: choose one of them."));
                }
                live.looking.past.speed = speed;
            }
            PastLook::Span { span_s } => live.looking.past.span_s = span_s,
            PastLook::Verify => live.verify(heads, out),
        }
        let is_playing = live.looking.past.passed.is_some();
        if is_playing != was_playing {
            out.effects.push(Effect::Replay(is_playing));
        }
        Ok(())
    }

    /// A beat of the replay, by the world's clock: so much more of the past has passed. It ends where the present begins.
    pub(super) fn replayed(&mut self, real: Timestamp, now: Timestamp, out: &mut Out) {
        let past = match &mut self.open {
            Open::Room(live) => Some(live),
            Open::Nothing | Open::Opening(_) => None,
        };
        let Some((live, last)) = past.and_then(|live| live.looking.past.passed.map(|last| (live, last))) else {
            return out.effects.push(Effect::Replay(false));
        };
        let Some((at, _)) = live.looking.past.moment() else {
            live.looking.past.passed = None;
            return out.effects.push(Effect::Replay(false));
        };
        let passed = last.map_or(SignedDuration::ZERO, |last| real.duration_since(last).max(SignedDuration::ZERO));
        // What a read holds up is made up for with the next beat.
        if live.looking.past.is_reading {
            live.looking.past.passed.get_or_insert(Some(real));
            return;
        }
        live.looking.past.passed = Some(Some(real));
        let speed = i32::try_from(live.looking.past.speed).unwrap_or(1);
        let on = passed.checked_mul(speed).and_then(|on| at.checked_add(on).ok()).unwrap_or(at);
        if on > at {
            live.look_at_moment(on, now, out);
        }
        if live.looking.past.passed.is_none() {
            out.effects.push(Effect::Replay(false));
        }
    }

    /// What the signals showed at a moment was read, or could not be; what was meant for a room that was left is dropped.
    pub(super) fn past_read(&mut self, read: &PastRead, outcome: &Result<Vec<Stretch>, Failure>, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return };
        if live.path() != read.path {
            return;
        }
        live.looking.past.is_reading = false;
        if let Err(failure) = outcome {
            tracing::warn!(%failure, "the samples of a moment could not be read");
        }
        // Whoever came back to now meanwhile stays there.
        if live.looking.past.wanted.is_none() {
            return;
        }
        let is_wanted = live.looking.past.wanted == Some((read.asked.at, read.asked.seq));
        live.show_moment(&read.asked, outcome.as_ref().ok().map(Vec::as_slice));
        if !is_wanted {
            live.read_wanted(out);
        }
    }

    /// The window asks for the charts of the past.
    pub(super) fn past_charts(&mut self, reply: PastChartsReply, now: Timestamp, out: &mut Out) {
        let live = match self.room() {
            Ok(live) => live,
            Err(problem) => return out.effects.push(Effect::PastCharts(reply, Err(problem))),
        };
        if live.behind.is_some() {
            return out.effects.push(Effect::PastCharts(reply, Err(live.is_being_read())));
        }
        let shown = live.looking.past.shown.as_ref().map(|shown| (shown.at, shown.seq));
        let asked = Box::new(PastChartsAsked::of(&live.looked(shown, now), &live.events));
        if let Some(stretches) = live.seen_in_drill(asked.signals(), asked.from, asked.to) {
            return out.effects.push(Effect::PastCharts(reply, Ok(Box::new(asked.page(&stretches)))));
        }
        out.effects.push(Effect::ReadPastCharts { path: live.path().to_path_buf(), asked, reply });
    }

    /// Whether this only moves what is looked at.
    pub(super) fn is_of_the_past(wake: &super::Wake) -> bool {
        use super::Wake::{PastCharts, PastRead, Replayed};
        matches!(wake, PastCharts { .. } | PastRead { .. } | Replayed(_))
    }
}

fn moment(at_s: f64) -> Option<Timestamp> {
    // Beyond this no time is one.
    let is_time = at_s.is_finite() && at_s.abs() < 1e11;
    is_time.then(|| Timestamp::from_millisecond((at_s * 1000.0) as i64).ok()).flatten()
}
