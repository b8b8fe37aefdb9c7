//! What a person asks of the schedule: what would be, what is taken, the notice that moves the window.

use jiff::{SignedDuration, Timestamp};
use room::Intent;

use super::asked::ahead;
use super::live::Live;
use super::{Controller, refused};
use crate::wire::Problem;
use crate::wire::project::{self, Solved};

/// More what-ifs than this nobody holds against each other; the oldest goes.
const ASKED_MOST: usize = 4;

impl Controller {
    /// Shows what another hold, start or end would bring.
    pub(super) fn ask_what_if(&mut self, what: &str, gate: &str, value: &str, now: Timestamp) -> Result<(), Problem> {
        self.room()?.ask_what_if(what, gate, value, now).map_err(|why| refused(&why))
    }
}

impl Live {
    /// When the hold that runs is over, or a word that it stands on runs out.
    pub(super) fn hold_turns(&self, now: Timestamp) -> Option<Timestamp> {
        let gate = self.room().current_gate()?;
        let due = project::hold_due(&self.seeing(now)?, gate);
        let turns = due.words.into_iter().map(|(_, at)| at).chain(due.ends);
        // A second more: that in which it is over has passed then.
        turns.filter_map(|at| at.checked_add(SignedDuration::from_secs(1)).ok()).filter(|at| *at > now).min()
    }

    fn solved(&self, now: Timestamp) -> Solved {
        project::solved(self.room(), self.seeing(now).as_ref(), now)
    }

    fn ask_what_if(&mut self, what: &str, gate: &str, value: &str, now: Timestamp) -> Result<(), String> {
        let room = self.room();
        let time = |text: &str| ahead(text, room.resolved(), now);
        let asked = project::asked_what_if(room, what, gate, value, time)?;
        self.asked_what_ifs.retain(|known| *known != asked);
        if self.asked_what_ifs.len() >= ASKED_MOST {
            self.asked_what_ifs.remove(0);
        }
        self.asked_what_ifs.push(asked);
        Ok(())
    }

    /// What a what-if that is taken asks of the room.
    pub(super) fn taken(&self, what_if: &str, reason: &str, now: Timestamp) -> Result<Intent, String> {
        let (wanted, shown) = project::taken(self.room(), &self.solved(now), what_if)?;
        Ok(Intent::ChangeSchedule { wanted, reason: reason.to_owned(), shown })
    }

    /// The draft of the notice that moves the window.
    pub(super) fn window_notice(&self, until: &str, now: Timestamp) -> Result<Intent, String> {
        let room = self.room();
        let until = ahead(until, room.resolved(), now)?;
        let drafted = project::window_notice(room, &self.solved(now), until)
            .ok_or("No window is announced: there is nothing to move. Write a notice by hand.")?;
        let project::WindowNotice { message, to, subject, body } = drafted;
        Ok(Intent::KeepDraft { draft: None, message, to, subject, body })
    }
}
