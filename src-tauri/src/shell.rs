//! The desktop as the controller's driver sees it: one narrow trait, which the window fulfils and a test doubles.

use std::path::PathBuf;

/// What the desktop can do.
pub(crate) trait Shell: Send + Sync + 'static {
    /// Asks a person for a checklist's file and gives the answer to `answer`, at once or much later; `None` where the
    /// question was closed.
    fn ask_for_checklist(&self, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>);

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

    /// Says a sentence where the program was started.
    fn say(&self, sentence: &str);
}
