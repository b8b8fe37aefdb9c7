//! What a person asks of the schedule: what would be, what is taken, the notice that moves the window.

use jiff::{SignedDuration, Timestamp};
use room::{ConditionState, HoldNow, Intent};

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
    /// When the hold that runs is over, if it goes on as it does, or a word that it stands on runs out.
    pub(super) fn hold_turns(&self, now: Timestamp) -> Option<Timestamp> {
        let room = self.room();
        let gate = room.current_gate()?;
        let seen = self.seeing(now)?;
        let hold = HoldNow::of_watch(room, &seen.watching.watch)?;
        let left_ms = room.hold_s(gate)?.saturating_mul(1000).saturating_sub(hold.held_ms);
        // A second more, so that the second in which it is over has passed.
        let ends = now.checked_add(SignedDuration::from_millis(i64::try_from(left_ms).ok()?.saturating_add(1000))).ok();
        let lasts = SignedDuration::try_from(room.config().gates.word_valid_for).unwrap_or_default();
        let lasts = lasts.saturating_add(SignedDuration::from_secs(1));
        let conditions = seen.watching.watch.conditions(room, gate, now);
        let on_word = conditions.iter().filter(|one| one.read.state == ConditionState::OnWord);
        let words_run_out = on_word.filter_map(|one| one.met_since.checked_add(lasts).ok());
        words_run_out.chain(ends).min()
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
