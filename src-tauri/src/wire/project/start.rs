//! The start window.

use jiff::tz::TimeZone;

use crate::paths::Paths;
use crate::recent::Recent;
use crate::wire::{Problem, RecentView, StartView};

/// The start window.
pub(crate) fn start(paths: &Paths, recent: &[Recent], problem: Option<&Problem>) -> StartView {
    let recent = recent.iter().map(|known| RecentView {
        id: known.id(),
        title: known.title.clone(),
        path: paths.shown(&known.path),
        opened: known.opened.to_zoned_datetime(TimeZone::UTC).strftime("opened %-d %b %H:%M UTC").to_string(),
    });
    StartView {
        headline: "Nothing is live".to_owned(),
        sentence: "Open a checklist to see its plan.".to_owned(),
        data_folder: paths.shown(paths.data()),
        recent: recent.collect(),
        problem: problem.cloned(),
    }
}
