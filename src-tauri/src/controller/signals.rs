//! What the signals' page is made of: what is asked, which commands run here, what could be observed besides.

use plan::Proposals;
use room::Room;

use super::Laptop;
use super::live::Live;
use crate::armed::Armed;
use crate::source;
use crate::watching::Watching;
use crate::wire::SignalsView;
use crate::wire::project;

impl Live {
    /// What is asked, which commands are armed, what could be observed besides.
    pub(super) fn signals(&self, laptop: &Laptop) -> SignalsView {
        let room = self.room();
        let folder = super::watch::folder_of(&room.opened().path);
        let is_silent = self.watched().is_none_or(Watching::is_silent);
        let armed = if is_silent { Armed::new() } else { super::watch::armed(room, laptop, &folder) };
        project::signals(
            room,
            &project::Watched {
                proposals: &self.proposals,
                armed: &armed,
                folder: &folder,
                file: &laptop.paths.shown(&folder.join(source::SETTINGS)),
                watching: self.watched(),
            },
        )
    }
}

/// What the text's own links and commands could observe; a drill's production is made up, and nothing of it is asked.
pub(super) fn proposals_of(room: &Room) -> Proposals {
    if crate::drill::is_drill(room) { Proposals::default() } else { plan::propose(room.plan(), room.own_config()) }
}
