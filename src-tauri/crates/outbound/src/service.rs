//! The notification service on the session bus.
//!
//! Owns: what is asked of it and how, its numbers for what it shows, and what a person does with that. Must not know: why
//! something is shown, or how long a caller waits.
//!
//! A notification is composed with `notify-rust`, and goes over a line of our own: that library opens one for each
//! notification and keeps it to itself, while dunst tells of an action only on the line on which it was asked, and GNOME takes a
//! notification away when its line ends. One line for all, which is listened to from before the first, misses nothing.

use std::collections::HashMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use notify_rust::{Hint, Timeout};
use tracing::debug;
use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::zvariant::Value;
use zbus::{MatchRule, Message};

use crate::desktop::Tell;
use crate::known::Known;
use crate::turns::Turns;
use crate::{DoNotDisturb, Notification, Report, Urgency, do_not_disturb, text};

/// The service's name on the bus, and its interface's.
pub(crate) const NAME: &str = "org.freedesktop.Notifications";
pub(crate) const PATH: &str = "/org/freedesktop/Notifications";
/// How long an answer may come late. Longer than anybody waits for it, so that its number is still learned; and not for ever,
/// so that nothing hangs on a service that swallowed a call.
const LATE_LIMIT: Duration = Duration::from_secs(20);
/// How many of its words may wait to be read.
const SIGNALS_MAX: usize = 64;
/// Where nobody is there to show anything.
const NOBODY: &str = "no notification service answers on the session bus";

/// What is shown in the list of a desktop's applications, and the name of the package's desktop entry.
const APPLICATION: &str = "War Room";
/// The icon as the package installs it.
const ICON: &str = "war-room";
/// The specification leaves `x-vendor.class` to the sender.
const CATEGORY: &str = "x-war-room.alert";
/// From the sound naming specification: the one that every sound theme has for what must not be missed.
const SOUND: &str = "alarm-clock-elapsed";

/// The actions' names on the bus.
const ACKNOWLEDGE: &str = "acknowledge";
const OPEN: &str = "open";
/// What servers call a press on the notification itself.
const DEFAULT: &str = "default";

/// What the service made of a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Whether actions are on it.
    pub(crate) has_actions: bool,
    /// Whether the service sounds, where it was asked to.
    pub(crate) sounds: bool,
    /// Whether the desktop holds it back, as it tells.
    pub(crate) do_not_disturb: DoNotDisturb,
}

/// The service, as far as it is there: nothing is asked of the bus before the first notification.
#[derive(Debug)]
pub(crate) struct Service {
    known: Arc<Mutex<Known>>,
    turns: Turns,
    line: Mutex<Option<Connection>>,
    /// Where each new line's signals go to be listened to.
    listener: Mutex<Option<Sender<MessageIterator>>>,
}

/// What the service can do, as far as it matters here.
#[derive(Debug, Clone, Copy)]
struct Abilities {
    actions: bool,
    markup: bool,
    sound: bool,
}

impl Service {
    /// Starts the one thread that listens.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub(crate) fn start(tell: Tell) -> io::Result<Self> {
        let known: Arc<Mutex<Known>> = Arc::default();
        let (listener, lines) = channel();
        let heard = Arc::clone(&known);
        thread::Builder::new()
            .name(String::from("outbound listener"))
            .spawn(move || listen(&lines, &heard, tell.as_ref()))?;
        Ok(Self { known, turns: Turns::default(), line: Mutex::new(None), listener: Mutex::new(Some(listener)) })
    }

    /// Shows a notification, in the place of the open one of the same key. May hang as the service does.
    ///
    /// # Errors
    /// In words, why it is not shown.
    pub(crate) fn show(&self, notification: &Notification) -> Result<Taken, String> {
        let Some(_turn) = self.turns.take(&notification.key) else {
            return Err(String::from("newer words took its place before it could be shown"));
        };
        let line = self.line()?;
        // The service is started here, where the bus starts it on demand.
        let abilities = abilities(&line)?;
        let life = life(&line)?;
        let composed = composed(notification, abilities);
        let replaces = locked(&self.known).number(&notification.key, &life).unwrap_or_default();
        let number = send(&line, &composed, replaces)?;
        // Another service may have begun in between, and its numbers are its own.
        let life = self::life(&line)?;
        locked(&self.known).put(&notification.key, number, &life);
        let do_not_disturb = do_not_disturb::told(&line);
        Ok(Taken { has_actions: abilities.actions, sounds: abilities.sound, do_not_disturb })
    }

    /// Whether the desktop holds notifications back. May hang as the service does.
    pub(crate) fn do_not_disturb(&self) -> DoNotDisturb {
        match self.line() {
            Ok(line) => do_not_disturb::told(&line),
            Err(words) => DoNotDisturb::Unknown(words),
        }
    }

    /// Ends the listening.
    pub(crate) fn end(&self) {
        drop(locked(&self.listener).take());
        let line = locked(&self.line).take();
        if let Some(Err(error)) = line.map(Connection::close) {
            debug!(%error, "the session bus was not left in order");
        }
    }

    /// The line to the bus: the one there is, or a new one that is listened to before anything is shown.
    fn line(&self) -> Result<Connection, String> {
        let mut line = locked(&self.line);
        if let Some(line) = line.as_ref().filter(|line| !line.is_closed()) {
            return Ok(line.clone());
        }
        let absent = |error: zbus::Error| format!("{NOBODY}: the bus cannot be reached ({error})");
        let new = Builder::session().and_then(|builder| builder.method_timeout(LATE_LIMIT).build()).map_err(absent)?;
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .interface(NAME)
            .and_then(|rule| rule.path(PATH))
            .map_err(absent)?
            .build();
        let signals = MessageIterator::for_match_rule(rule, &new, Some(SIGNALS_MAX)).map_err(absent)?;
        let is_heard = locked(&self.listener).as_ref().is_some_and(|listener| listener.send(signals).is_ok());
        if !is_heard {
            return Err(String::from("the thread that listens for Acknowledge has ended"));
        }
        *line = Some(new.clone());
        Ok(new)
    }
}

/// A lock that a panic elsewhere does not take away: what is behind these locks is whole between any two lines.
fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

fn abilities(line: &Connection) -> Result<Abilities, String> {
    let reply =
        line.call_method(Some(NAME), PATH, Some(NAME), "GetCapabilities", &()).map_err(|error| nobody(&error))?;
    let names: Vec<String> = reply.body().deserialize().map_err(|error| {
        format!("the notification service says what it can do in a way that nobody understands ({error})")
    })?;
    let has = |name: &str| names.iter().any(|has| has == name);
    Ok(Abilities { actions: has("actions"), markup: has("body-markup"), sound: has("sound") })
}

/// Who the service is in this life of it: its own name on the bus, which no other gets.
pub(crate) fn life(line: &Connection) -> Result<String, String> {
    let bus = "org.freedesktop.DBus";
    let reply = line
        .call_method(Some(bus), "/org/freedesktop/DBus", Some(bus), "GetNameOwner", &NAME)
        .map_err(|error| nobody(&error))?;
    reply.body().deserialize().map_err(|error| nobody(&error))
}

fn nobody(error: &zbus::Error) -> String {
    if let zbus::Error::MethodError(name, detail, _) = error {
        match name.as_str() {
            "org.freedesktop.DBus.Error.ServiceUnknown" | "org.freedesktop.DBus.Error.NameHasNoOwner" => {
                return String::from(NOBODY);
            }
            _ => {
                let detail = detail.as_deref().unwrap_or(name.as_str());
                return format!("{NOBODY}: {detail}");
            }
        }
    }
    format!("{NOBODY}: {error}")
}

fn composed(notification: &Notification, abilities: Abilities) -> notify_rust::Notification {
    let mut composed = notify_rust::Notification::new();
    composed
        .appname(APPLICATION)
        .icon(ICON)
        .summary(&text::title(&notification.title))
        .body(&text::body(&notification.body, abilities.markup))
        .hint(Hint::Category(String::from(CATEGORY)))
        .hint(Hint::DesktopEntry(String::from(APPLICATION)))
        .urgency(match notification.urgency {
            Urgency::Low => notify_rust::Urgency::Low,
            Urgency::Normal => notify_rust::Urgency::Normal,
            Urgency::Critical => notify_rust::Urgency::Critical,
        })
        .timeout(match notification.urgency {
            Urgency::Critical => Timeout::Never,
            Urgency::Low | Urgency::Normal => Timeout::Default,
        });
    if abilities.sound {
        composed.hint(if notification.sounds {
            Hint::SoundName(String::from(SOUND))
        } else {
            Hint::SuppressSound(true)
        });
    }
    if abilities.actions {
        composed.action(DEFAULT, "Open");
        if notification.can_be_acknowledged {
            composed.action(ACKNOWLEDGE, "Acknowledge");
        }
        composed.action(OPEN, "Open");
    }
    composed
}

/// Has it shown, and gives the service's number for it.
fn send(line: &Connection, composed: &notify_rust::Notification, replaces: u32) -> Result<u32, String> {
    let hints: HashMap<&str, Value<'_>> = composed.hints.iter().filter_map(carried).collect();
    let asked = (
        &composed.appname,
        replaces,
        &composed.icon,
        &composed.summary,
        &composed.body,
        &composed.actions,
        hints,
        i32::from(composed.timeout),
    );
    let reply = line.call_method(Some(NAME), PATH, Some(NAME), "Notify", &asked).map_err(|error| match &error {
        zbus::Error::MethodError(_, Some(detail), _) => format!("the notification service refused it: {detail}"),
        error => format!("the notification service refused it: {error}"),
    })?;
    reply.body().deserialize().map_err(|error| format!("the notification service gave no number for it ({error})"))
}

/// A hint as the specification names it.
fn carried(hint: &Hint) -> Option<(&'static str, Value<'_>)> {
    match hint {
        Hint::Category(category) => Some(("category", category.as_str().into())),
        Hint::DesktopEntry(name) => Some(("desktop-entry", name.as_str().into())),
        Hint::SoundName(name) => Some(("sound-name", name.as_str().into())),
        Hint::SuppressSound(is) => Some(("suppress-sound", (*is).into())),
        Hint::Urgency(notify_rust::Urgency::Low) => Some(("urgency", 0_u8.into())),
        Hint::Urgency(notify_rust::Urgency::Normal) => Some(("urgency", 1_u8.into())),
        Hint::Urgency(notify_rust::Urgency::Critical) => Some(("urgency", 2_u8.into())),
        // None of the others is ever put on.
        _ => None,
    }
}

/// Listens to one line after the other until none can come any more.
fn listen(lines: &Receiver<MessageIterator>, known: &Mutex<Known>, tell: &(dyn Fn(Report) + Sync)) {
    for mut signals in lines {
        // What the library does where a bus goes away is not ours to know.
        let heard = catch_unwind(AssertUnwindSafe(|| {
            for signal in signals.by_ref() {
                match signal {
                    Ok(signal) => {
                        if let Some(report) = understood(&signal, known) {
                            tell(report);
                        }
                    }
                    Err(error) => {
                        debug!(%error, "the session bus has gone");
                        break;
                    }
                }
            }
        }));
        if heard.is_err() {
            debug!("listening to the session bus broke off");
        }
    }
}

/// What a signal says of one of ours. Dismissing says nothing: it is no acknowledgement.
fn understood(signal: &Message, known: &Mutex<Known>) -> Option<Report> {
    let header = signal.header();
    let life = header.sender()?.as_str();
    match header.member()?.as_str() {
        "ActionInvoked" => {
            let (number, action): (u32, String) = signal.body().deserialize().ok()?;
            let key = locked(known).key(number, life)?.to_owned();
            match action.as_str() {
                ACKNOWLEDGE => Some(Report::Acknowledged { key }),
                OPEN | DEFAULT => Some(Report::Opened { key }),
                _ => None,
            }
        }
        "NotificationClosed" => {
            let (number, _reason): (u32, u32) = signal.body().deserialize().ok()?;
            locked(known).close(number, life);
            None
        }
        _ => None,
    }
}
