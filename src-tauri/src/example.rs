//! The bundled example: a checklist with its settings, to look around in and to drill.

use std::io;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::keep;
use crate::source;

/// The checklist.
pub(crate) const TEXT: &str = include_str!("../../examples/deployment.md");

/// The settings beside it.
pub(crate) const SETTINGS: &str = include_str!("../../examples/war-room.toml");

/// The checklist's file name.
pub(crate) const FILE: &str = "deployment.md";

/// Its T0, in the hours in which it is written.
const HOUR: i8 = 9;

/// The T0 that is proposed where it is opened to look around in: tomorrow, so that its day lies ahead as a real one would.
pub(crate) fn start(now: Timestamp) -> Option<DateTime> {
    let today = now.to_zoned_datetime(TimeZone::UTC).date();
    today.tomorrow().ok().map(|day| day.at(HOUR, 0, 0, 0))
}

/// Lays the example, so that a person can look at it and change it: what is there stays.
///
/// # Errors
/// What the system says; half a file is never left.
pub(crate) fn lay(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        keep::make_private_folder(folder)?;
    }
    let new = |path: &Path, text: &str| match keep::write_new(path, text) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        written => written,
    };
    new(path, TEXT)?;
    new(&path.with_file_name(source::SETTINGS), SETTINGS)
}

#[cfg(test)]
mod tests {
    use plan::config;

    use super::*;

    #[test]
    fn its_day_is_tomorrow_at_the_hour_and_in_the_zone_of_its_text() {
        let (settings, _) = config::parse(SETTINGS);
        let (plan, _) = plan::read(TEXT, &settings);
        assert_eq!((plan.start.zone.as_str(), plan.start.start.map(|start| start.hour())), ("UTC", Some(HOUR)));
        let start = start("2026-12-31T23:30:00Z".parse().unwrap());
        assert_eq!(start, Some(jiff::civil::date(2027, 1, 1).at(HOUR, 0, 0, 0)));
    }
}
