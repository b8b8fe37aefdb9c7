//! What the window must know, and of that what it does not know yet.

use jiff::Timestamp;

use super::{Controller, Effect, Open, Shown};
use crate::wire::project;
use crate::wire::{Screen, Update};

/// Keeps in `$now` only what differs from `$sent`, and writes it into `$sent`; true where anything is left.
macro_rules! keep_changed {
    ($sent:ident, $now:ident, $($section:ident),* $(,)?) => {{
        let mut changed = false;
        $(
            if $now.$section.is_some() && $now.$section != $sent.$section {
                $sent.$section.clone_from(&$now.$section);
                changed = true;
            } else {
                $now.$section = None;
            }
        )*
        changed
    }};
}

impl Controller {
    /// The sections that changed since the window was told last; nothing where none did or there is no window.
    pub(super) fn update(&mut self, shown: Shown, now: Timestamp) -> Option<Effect> {
        self.sent.as_ref()?;
        let mut update = match (shown, &self.open) {
            (Shown::Clock, _) => Update::default(),
            (Shown::Passing, Open::Room(live)) => live.passing(&self.laptop, self.drill_mark(), now),
            (Shown::Passing, Open::Nothing | Open::Opening(_)) => Update::default(),
            (Shown::All, _) => self.sections(now),
        };
        if let Open::Room(live) = &self.open {
            update.past = live.past_view(now);
            update.chain = live.chain_view();
        }
        update.clock = Some(match &self.open {
            Open::Room(live) => {
                let clock = project::clock_of_room(now, live.resolved(), &self.laptop.zone);
                project::clock_of_drill(clock, self.real, &self.laptop.zone)
            }
            Open::Opening(opening) => match opening.resolved() {
                Ok(resolved) => project::clock_of_room(now, resolved, &self.laptop.zone),
                Err(_) => project::clock_without_room(now, &self.laptop.zone),
            },
            Open::Nothing => project::clock_without_room(now, &self.laptop.zone),
        });
        let sent = self.sent.as_mut()?;
        let changed = keep_changed!(
            sent, update, screen, theme, clock, start, opening, check, header, alerts, vitals, signals, due, schedule,
            routines, handoff, review, way_back, score, day, phase, criteria, messages, rollback, escalation,
            references, written, people, log, past, chain, record, closing, exports, reread, problems,
        );
        if !changed {
            return None;
        }
        sent.sequence = sent.sequence.saturating_add(1);
        update.sequence = sent.sequence;
        Some(Effect::Send(Box::new(update)))
    }

    /// Every section as it is now, the clock left out.
    fn sections(&self, now: Timestamp) -> Update {
        let (screen, sections) = match &self.open {
            Open::Nothing => (Screen::Start, Update::default()),
            Open::Opening(opening) => {
                let check = Some(opening.check());
                let opening = Some(opening.view(&self.rooms, &self.laptop.zone));
                (Screen::Opening, Update { opening, check, ..Update::default() })
            }
            Open::Room(live) => {
                let sections = live.sections(&self.laptop, self.drill_mark(), now);
                match self.drill.as_ref().filter(|drill| drill.has_ended) {
                    Some(drill) => {
                        let score = live.score(&drill.order, self.drill_mark(), &self.rooms);
                        (Screen::Score, Update { score, ..sections })
                    }
                    None => (Screen::Room, sections),
                }
            }
        };
        let mut problems = [&self.problem, &self.complaint].into_iter().flatten();
        // The start window has a place of its own for the first of them.
        let (here, elsewhere) = match &self.open {
            Open::Nothing => (problems.next(), Vec::new()),
            Open::Opening(_) | Open::Room(_) => (None, problems.cloned().collect()),
        };
        let paths = &self.laptop.paths;
        Update {
            screen: Some(screen),
            theme: Some(self.laptop.theme),
            start: Some(project::start(
                &|path| paths.shown(path),
                paths.data(),
                &self.rooms,
                &self.laptop.recent,
                here,
            )),
            problems: Some(elsewhere),
            exports: self.exports(),
            ..sections
        }
    }
}
