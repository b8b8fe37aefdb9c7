//! What leaves for the desktop: notifications, their sound, and keeping the laptop awake.
//!
//! Owns: how each is done, and what is said of it afterwards. Must not know: when anything is alarming, the room's log,
//! the window.

mod awake;
mod desktop;
#[cfg(all(unix, not(target_os = "macos")))]
mod do_not_disturb;
#[cfg(all(unix, not(target_os = "macos")))]
mod known;
mod limit;
#[cfg(not(all(unix, not(target_os = "macos"))))]
mod no_service;
mod orders;
#[cfg(all(unix, not(target_os = "macos")))]
mod service;
mod sound;
#[cfg(all(unix, not(target_os = "macos")))]
mod text;
mod tone;
#[cfg(all(unix, not(target_os = "macos")))]
mod turns;

pub use awake::Awake;
pub use desktop::Desktop;

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

/// How a notification wants to be seen. The later presses more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// MEDIUM, and recoveries.
    Low,
    /// HIGH, blindness.
    Normal,
    /// CRITICAL alone: it stays until it is dismissed.
    Critical,
}

/// Whether the desktop holds notifications back, as it tells; each with how that is known, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoNotDisturb {
    /// It does: "dunst is paused".
    On(String),
    /// It does not: "dunst says so".
    Off(String),
    /// Nobody can tell: "notification-daemon does not tell whether it holds notifications back".
    Unknown(String),
}

/// What came of a notification, or what a person did with it. `Shown` and `Failed` come when the sound has ended, so that
/// `Acknowledged` may come before them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// The server took it.
    Shown {
        /// Which.
        key: String,
        /// Whether Open is on it, and Acknowledge where it was asked for.
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
    /// Whether the desktop holds notifications back: the answer to [`Desktop::look`], and before what was shown where it
    /// does.
    DoNotDisturb(DoNotDisturb),
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
