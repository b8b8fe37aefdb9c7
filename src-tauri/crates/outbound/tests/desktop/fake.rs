//! Services that write down what they are asked: notifications, and logind.
//!
//! Owns: what they answer. Must not know: who asks.

use std::collections::HashMap;
use std::future::{pending, poll_fn};
use std::io::{PipeReader, pipe};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::{Poll, Waker};

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::message::Header;
use zbus::zvariant::{OwnedFd, OwnedValue};

use crate::PATIENCE;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// What a notification service was asked to show.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) application: String,
    /// The line on which it was asked.
    pub(crate) line: String,
    pub(crate) replaces: u32,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) actions: Vec<String>,
    pub(crate) timeout_ms: i32,
    hints: HashMap<String, OwnedValue>,
}

impl Asked {
    pub(crate) fn urgency(&self) -> Option<u8> {
        self.hints.get("urgency").and_then(|hint| u8::try_from(hint).ok())
    }

    pub(crate) fn hint(&self, name: &str) -> Option<String> {
        let hint = self.hints.get(name)?;
        <&str>::try_from(hint).map(str::to_owned).or_else(|_| bool::try_from(hint).map(|is| is.to_string())).ok()
    }
}

/// A notification service in one life of it.
pub(crate) struct Notifications {
    connection: Connection,
    asked: Receiver<Asked>,
    hangs: Arc<AtomicBool>,
    held: Arc<Held>,
    quiet: Arc<AtomicBool>,
}

/// Those whose answer is held back.
#[derive(Default)]
struct Held {
    is_over: AtomicBool,
    wait: Mutex<Vec<Waker>>,
}

impl Held {
    async fn wait(&self) {
        poll_fn(|context| {
            let mut wait = self.wait.lock().expect("nobody broke off");
            if self.is_over.load(Ordering::SeqCst) {
                return Poll::Ready(());
            }
            wait.push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

/// What the services tell of holding notifications back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tells {
    /// Nothing, as the specification has it.
    Nothing,
    /// Whether it is inhibited, as KDE's does.
    Inhibited(bool),
    /// Whether it is paused, as dunst does.
    Paused(bool),
}

/// What only dunst has.
struct Dunst(Arc<AtomicBool>);

#[zbus::interface(name = "org.dunstproject.cmd0")]
impl Dunst {
    #[zbus(property, name = "paused")]
    fn paused(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

struct Interface {
    name: &'static str,
    inhibited: Option<Arc<AtomicBool>>,
    abilities: Vec<String>,
    asked: Sender<Asked>,
    hangs: Arc<AtomicBool>,
    held: Arc<Held>,
    /// The last number that it gave.
    number: AtomicU32,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Interface {
    fn get_capabilities(&self) -> Vec<String> {
        self.abilities.clone()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        (self.name.into(), "War Room".into(), "1".into(), "1.2".into())
    }

    #[zbus(property)]
    fn inhibited(&self) -> zbus::fdo::Result<bool> {
        let inhibited = self.inhibited.as_ref().map(|is| is.load(Ordering::SeqCst));
        inhibited.ok_or_else(|| zbus::fdo::Error::UnknownProperty("Inhibited".into()))
    }

    #[allow(clippy::too_many_arguments, reason = "the specification has as many")]
    async fn notify(
        &self,
        application: String,
        replaces: u32,
        _icon: String,
        title: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        timeout_ms: i32,
        #[zbus(header)] header: Header<'_>,
    ) -> u32 {
        let line = header.sender().map(ToString::to_string).unwrap_or_default();
        let hangs = self.hangs.load(Ordering::SeqCst);
        let _ = self.asked.send(Asked { application, line, replaces, title, body, actions, timeout_ms, hints });
        // It has its number before it answers.
        let number = if replaces == 0 { self.number.fetch_add(1, Ordering::SeqCst) + 1 } else { replaces };
        if hangs {
            self.held.wait().await;
        }
        number
    }
}

impl Notifications {
    /// Comes up on the session bus. Its numbers begin behind `number`.
    pub(crate) fn start(abilities: &[&str], number: u32) -> Self {
        Self::start_telling(abilities, number, Tells::Nothing)
    }

    /// The same, and it tells whether it holds notifications back.
    pub(crate) fn start_telling(abilities: &[&str], number: u32, tells: Tells) -> Self {
        let (name, is_quiet) = match tells {
            Tells::Nothing => ("fake", false),
            Tells::Inhibited(is) => ("Plasma", is),
            Tells::Paused(is) => ("dunst", is),
        };
        let quiet = Arc::new(AtomicBool::new(is_quiet));
        let (sender, asked) = channel();
        let hangs = Arc::new(AtomicBool::new(false));
        let held = Arc::<Held>::default();
        let interface = Interface {
            name,
            inhibited: matches!(tells, Tells::Inhibited(_)).then(|| Arc::clone(&quiet)),
            abilities: abilities.iter().map(ToString::to_string).collect(),
            asked: sender,
            hangs: Arc::clone(&hangs),
            held: Arc::clone(&held),
            number: AtomicU32::new(number),
        };
        let connection = Builder::session()
            .and_then(|builder| {
                let builder = builder.serve_at(PATH, interface)?;
                let builder = match tells {
                    Tells::Paused(_) => builder.serve_at(PATH, Dunst(Arc::clone(&quiet)))?,
                    Tells::Nothing | Tells::Inhibited(_) => builder,
                };
                builder.name(NAME)?.build()
            })
            .expect("a service on the test's bus");
        Self { connection, asked, hangs, held, quiet }
    }

    /// From now on it takes what it is asked, and answers nothing; or answers again what comes from now on.
    pub(crate) fn hang(&self, hangs: bool) {
        self.hangs.store(hangs, Ordering::SeqCst);
    }

    /// All that it has not answered it answers now.
    pub(crate) fn let_go(&self) {
        let mut wait = self.held.wait.lock().expect("nobody broke off");
        self.held.is_over.store(true, Ordering::SeqCst);
        wait.drain(..).for_each(Waker::wake);
    }

    /// A person lets it hold notifications back, or not any more.
    pub(crate) fn hold_back(&self, is_quiet: bool) {
        self.quiet.store(is_quiet, Ordering::SeqCst);
    }

    pub(crate) fn asked(&self) -> Asked {
        self.asked.recv_timeout(PATIENCE).expect("the service is asked to show something")
    }

    /// A person presses an action.
    pub(crate) fn act(&self, number: u32, action: &str) {
        act(&self.connection, None, number, action);
    }

    /// The same, said on one line alone, as dunst does.
    pub(crate) fn act_for(&self, line: &str, number: u32, action: &str) {
        act(&self.connection, Some(line), number, action);
    }

    /// A person dismisses it.
    pub(crate) fn dismiss(&self, number: u32) {
        let dismissed_by_the_user = 2_u32;
        let body = (number, dismissed_by_the_user);
        self.connection.emit_signal(None::<&str>, PATH, NAME, "NotificationClosed", &body).expect("a signal");
    }

    /// Its life ends.
    pub(crate) fn end(self) {
        self.connection.close().expect("the bus is left");
    }
}

/// Says that an action was pressed, from any connection.
pub(crate) fn act(connection: &Connection, line: Option<&str>, number: u32, action: &str) {
    connection.emit_signal(line, PATH, NAME, "ActionInvoked", &(number, action)).expect("a signal");
}

/// What logind was asked.
pub(crate) type Inhibited = [String; 4];

/// A logind.
pub(crate) struct Logind {
    _connection: Connection,
    /// What it was asked, and what ends when the inhibitor is dropped.
    pub(crate) inhibited: Receiver<(Inhibited, PipeReader)>,
}

/// How a logind answers.
#[derive(Clone, Copy)]
pub(crate) enum Answer {
    Gives,
    Refuses,
    Hangs,
}

struct Manager {
    answer: Answer,
    inhibited: Sender<(Inhibited, PipeReader)>,
}

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Manager {
    async fn inhibit(&self, what: String, who: String, why: String, mode: String) -> zbus::fdo::Result<OwnedFd> {
        match self.answer {
            Answer::Gives => {
                let (end, inhibitor) = pipe().map_err(|error| zbus::fdo::Error::Failed(error.to_string()))?;
                let _ = self.inhibited.send(([what, who, why, mode], end));
                Ok(std::os::fd::OwnedFd::from(inhibitor).into())
            }
            Answer::Refuses => Err(zbus::fdo::Error::AccessDenied("Permission denied".into())),
            Answer::Hangs => pending().await,
        }
    }
}

impl Logind {
    /// Comes up on the system bus.
    pub(crate) fn start(answer: Answer) -> Self {
        let (sender, inhibited) = channel();
        let connection = Builder::system()
            .and_then(|builder| {
                builder
                    .serve_at("/org/freedesktop/login1", Manager { answer, inhibited: sender })?
                    .name("org.freedesktop.login1")?
                    .build()
            })
            .expect("a service on the test's bus");
        Self { _connection: connection, inhibited }
    }
}
