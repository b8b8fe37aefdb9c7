//! What leaves for the desktop: notifications, their sound, and keeping the laptop awake.
//!
//! Owns: how each is done, and what is said of it afterwards. Must not know: when anything is alarming, the room's log,
//! the window.

/// A notification as it is to be seen. One of the same key takes the place of the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Names it for ever: an alert's id, `summary`, `test`.
    pub key: String,
    /// One line.
    pub title: String,
    /// A few lines of plain text; whatever markup the server knows is escaped here.
    pub body: String,
    /// How it wants to be seen.
    pub urgency: Urgency,
    /// Whether Acknowledge is offered, where the server has actions. Open always is.
    pub can_be_acknowledged: bool,
    /// Whether it sounds.
    pub sounds: bool,
}

/// How a notification wants to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// MEDIUM, and recoveries.
    Low,
    /// HIGH, blindness.
    Normal,
    /// CRITICAL alone: it stays until it is dismissed.
    Critical,
}

/// What came of a notification, or what a person did with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// The server took it.
    Shown {
        /// Which.
        key: String,
        /// Whether Acknowledge and Open are on it.
        has_actions: bool,
        /// What sounded: "the notification's sound", "a bundled sound through pw-play"; `None` where no sound was asked
        /// for; `Err` where none could be made, so that the window has to.
        sound: Option<Result<String, String>>,
    },
    /// Nobody took it.
    Failed {
        /// Which.
        key: String,
        /// Why, in words: "no notification service answers on the session bus".
        words: String,
        /// As in `Shown`.
        sound: Option<Result<String, String>>,
    },
    /// A person pressed Acknowledge on it.
    Acknowledged {
        /// Which.
        key: String,
    },
    /// A person pressed Open on it, or the notification itself.
    Opened {
        /// Which.
        key: String,
    },
}

/// The notification service of the desktop, on a thread of its own that no caller ever waits for.
#[derive(Debug)]
pub struct Desktop {}

impl Desktop {
    /// Starts the thread. `report` is called from it and must not block.
    #[must_use]
    pub fn start(report: impl Fn(Report) + Send + Sync + 'static) -> Self {
        let _ = report;
        Self {}
    }

    /// Shows a notification, or shows it anew with other words. Returns at once; what came of it is reported.
    pub fn show(&self, notification: Notification) {
        let _ = notification;
    }
}

/// Keeps the laptop awake until it is dropped.
#[derive(Debug)]
pub struct Awake {}

impl Awake {
    /// Asks the system not to sleep, and not to idle. Blocks for a moment.
    ///
    /// # Errors
    /// Why it was refused, in words.
    pub fn hold(why: &str) -> Result<Self, String> {
        let _ = why;
        Ok(Self {})
    }
}
