//! The desktop as the controller's driver sees it: one narrow trait, which the window fulfils and a test doubles.

use std::path::PathBuf;

use serde::Serialize;

/// What the desktop can do.
pub(crate) trait Shell: Send + Sync + 'static {
    /// Asks a person for a checklist's file and gives the answer to `answer`, at once or much later; `None` where the
    /// question was closed.
    fn ask_for_checklist(&self, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>);

    /// Asks a person for any file, as [`Shell::ask_for_checklist`] does; where there is no desktop nobody is asked.
    fn ask_for_evidence(&self, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>) {
        answer(None);
    }

    /// Asks a person where something is to be saved, `name` being proposed, as [`Shell::ask_for_checklist`] does; the desktop
    /// asks once more before a file that is there already is named. Where there is no desktop nobody is asked.
    fn ask_where_to_save(&self, _title: &str, _name: &str, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>) {
        answer(None);
    }

    /// Puts text on the clipboard. May take a moment.
    ///
    /// # Errors
    /// What the system says.
    fn copy(&self, text: &str) -> Result<(), String>;

    /// Opens an address outside. May take a moment. The address was looked up in the plan and its scheme checked.
    ///
    /// # Errors
    /// What the system says.
    fn open_outside(&self, address: &str) -> Result<(), String>;

    /// Sets the title of the window.
    fn set_title(&self, title: &str);

    /// Brings the window to the front: a person asked for it on a notification.
    fn raise(&self);

    /// Says what was seen or turned, to whoever watches without a window.
    fn tell(&self, line: &WatchLine);

    /// Says a sentence where the program was started.
    fn say(&self, sentence: &str);
}

/// A line of `war-room watch --json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct WatchLine {
    /// When, RFC 3339 in UTC.
    pub(crate) at: String,
    /// `reading`, `probe`, `alert`, `blind`, `gate`, `check`, `verdict`, `notification` or `room`.
    pub(crate) kind: &'static str,
    /// What it is about: a signal's name in the settings, an alert's, a gate's or a check's words.
    pub(crate) subject: String,
    /// The number, in `unit`; null where there is none or it is infinite.
    pub(crate) value: Option<f64>,
    /// The unit's name in the settings.
    pub(crate) unit: Option<&'static str>,
    /// Where it stands: for a reading `pass`, `fail`, `no_data` or `too_few_samples`; for an alert `firing`, `resolved`,
    /// `overdue`, `silenced` or `speaks`; all of them stand in `docs/command-line.md`.
    pub(crate) state: String,
    /// `critical`, `high`, `medium`, or null.
    pub(crate) severity: Option<&'static str>,
    /// The verdict as it is then, in the enumeration's words.
    pub(crate) verdict: &'static str,
    /// Why, in words.
    pub(crate) reason: String,
}
