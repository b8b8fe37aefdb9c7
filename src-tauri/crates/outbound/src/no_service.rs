//! The notification service where none can be spoken to yet: on systems other than Linux and the BSDs.
//!
//! Owns: that this is said. Must not know: anything else.

use std::io;

use crate::desktop::Tell;
use crate::{DoNotDisturb, Notification};

/// What the service made of a notification.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    /// Whether actions are on it.
    pub(crate) has_actions: bool,
    /// Whether the service sounds.
    pub(crate) sounds: bool,
    /// Whether the desktop holds it back, as it tells.
    pub(crate) do_not_disturb: DoNotDisturb,
}

/// Nobody.
#[derive(Debug)]
pub(crate) struct Service {}

impl Service {
    /// There is nothing to start.
    ///
    /// # Errors
    /// None.
    #[allow(clippy::unnecessary_wraps, reason = "as on systems where a thread is started")]
    pub(crate) fn start(_tell: Tell) -> io::Result<Self> {
        Ok(Self {})
    }

    /// Shows nothing.
    ///
    /// # Errors
    /// Always.
    pub(crate) fn show(&self, _notification: &Notification) -> Result<Taken, String> {
        Err(String::from("this program speaks to the notification services of Linux and BSD desktops only"))
    }

    /// Nobody is asked.
    pub(crate) fn do_not_disturb(&self) -> DoNotDisturb {
        let words = "this program asks the desktops of Linux and BSD only whether they hold notifications back";
        DoNotDisturb::Unknown(String::from(words))
    }

    /// There is nothing to end.
    pub(crate) fn end(&self) {}
}
