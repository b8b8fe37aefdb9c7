//! The thread that shows notifications, and that no caller ever waits for.
//!
//! Owns: its queue, its limits, what is reported and when. Must not know: what is said on the bus.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tracing::warn;

use crate::limit::Limit;
#[cfg(not(all(unix, not(target_os = "macos"))))]
use crate::no_service::{Service, Taken};
use crate::orders::{Lost, Next, Orders};
#[cfg(all(unix, not(target_os = "macos")))]
use crate::service::{Service, Taken};
use crate::sound;
use crate::{DoNotDisturb, Notification, Report};

/// How long the notification service may take for one notification. One that is started on demand takes a second or two on a
/// busy laptop.
pub(crate) const CALL_LIMIT: Duration = Duration::from_secs(4);
/// How many notifications may wait for their sound; all that wait share the next one.
const SOUNDS_MAX: usize = 64;

/// To whom reports go.
pub(crate) type Tell = Arc<dyn Fn(Report) + Send + Sync>;

/// The notification service of the desktop, on a thread of its own that no caller ever waits for.
pub struct Desktop {
    orders: Arc<Mutex<Orders>>,
    /// Holds one token: that something was ordered since the thread last looked.
    wake: SyncSender<()>,
    /// Why there is no thread, and who is told so.
    broken: Option<(String, Tell)>,
}

/// Notifications that wait for a sound, and what is reported with it.
type Sounding = (String, Result<bool, String>);

impl Desktop {
    /// Starts the thread. `report` is called from it, and from those that listen and sound, and must not block.
    #[must_use]
    pub fn start(report: impl Fn(Report) + Send + Sync + 'static) -> Self {
        let tell: Tell = Arc::new(move |told| {
            if catch_unwind(AssertUnwindSafe(|| report(told))).is_err() {
                warn!("a report of the desktop was lost: who takes it broke off");
            }
        });
        let orders: Arc<Mutex<Orders>> = Arc::default();
        let (wake, woken) = sync_channel(1);
        let started = Service::start(Arc::clone(&tell)).and_then(|service| {
            let (orders, tell) = (Arc::clone(&orders), Arc::clone(&tell));
            thread::Builder::new().name(String::from("outbound desktop")).spawn(move || {
                Worker { service: Arc::new(service), limit: Limit::default(), sounding: sounding(&tell), tell }
                    .run(&orders, &woken);
            })
        });
        let broken =
            started.err().map(|error| (format!("the system gives no thread for notifications ({error})"), tell));
        Self { orders, wake, broken }
    }

    /// Shows a notification, or shows it anew with other words. Returns at once; what came of it is reported.
    pub fn show(&self, notification: Notification) {
        if let Some((words, tell)) = &self.broken {
            let sound = notification.sounds.then(|| Err(words.clone()));
            tell(Report::Failed { key: notification.key, words: words.clone(), sound });
            return;
        }
        self.orders.lock().unwrap_or_else(PoisonError::into_inner).add(notification);
        // A full channel holds the token already.
        let _ = self.wake.try_send(());
    }
}

impl Desktop {
    /// Looks whether the desktop holds notifications back. Returns at once; the answer is reported.
    pub fn look(&self) {
        if let Some((words, tell)) = &self.broken {
            tell(Report::DoNotDisturb(DoNotDisturb::Unknown(words.clone())));
            return;
        }
        self.orders.lock().unwrap_or_else(PoisonError::into_inner).look();
        let _ = self.wake.try_send(());
    }
}

impl fmt::Debug for Desktop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desktop").field("orders", &self.orders).finish_non_exhaustive()
    }
}

/// What the thread works with.
struct Worker {
    service: Arc<Service>,
    limit: Limit,
    sounding: Result<SyncSender<Sounding>, String>,
    tell: Tell,
}

impl Worker {
    /// Until nobody can order any more.
    fn run(self, orders: &Mutex<Orders>, woken: &Receiver<()>) {
        for () in woken {
            loop {
                let next = orders.lock().unwrap_or_else(PoisonError::into_inner).next();
                match next {
                    Some(Next::Show(notification)) => self.show(notification),
                    Some(Next::Say(lost)) => self.say(lost),
                    Some(Next::Look) => self.look(),
                    None => break,
                }
            }
        }
        self.service.end();
    }

    fn show(&self, notification: Notification) {
        let Notification { key, sounds, .. } = notification.clone();
        let service = Arc::clone(&self.service);
        let outcome = self
            .limit
            .within(CALL_LIMIT, move || service.show(&notification))
            .unwrap_or_else(|overrun| Err(format!("the notification service {overrun}")));
        let told = outcome.as_ref().ok().map(|taken| &taken.do_not_disturb);
        let is_held_back = matches!(told, Some(DoNotDisturb::On(_)));
        if let Some(told) = told.filter(|_| is_held_back) {
            (self.tell)(Report::DoNotDisturb(told.clone()));
        }
        // What is held back does not sound either: then the sound is our own.
        let by_service = !is_held_back && matches!(outcome, Ok(Taken { sounds: true, .. }));
        let outcome = outcome.map(|taken| taken.has_actions);
        if !sounds {
            (self.tell)(report(key, outcome, None));
        } else if by_service {
            (self.tell)(report(key, outcome, Some(Ok(String::from("the notification's sound")))));
        } else {
            match &self.sounding {
                Ok(sounding) => {
                    let Err(error) = sounding.try_send((key, outcome)) else { return };
                    let words = error.to_string();
                    let (TrySendError::Full((key, outcome)) | TrySendError::Disconnected((key, outcome))) = error;
                    (self.tell)(report(key, outcome, Some(Err(format!("no sound could be made: {words}")))));
                }
                Err(words) => (self.tell)(report(key, outcome, Some(Err(words.clone())))),
            }
        }
    }

    fn look(&self) {
        let service = Arc::clone(&self.service);
        let told = self.limit.within(CALL_LIMIT, move || service.do_not_disturb());
        let told = told.unwrap_or_else(|overrun| DoNotDisturb::Unknown(format!("the notification service {overrun}")));
        (self.tell)(Report::DoNotDisturb(told));
    }

    fn say(&self, Lost { key, sounds }: Lost) {
        let words = String::from("too many notifications wait to be shown, and others press more");
        let sound = sounds.then(|| Err(words.clone()));
        (self.tell)(Report::Failed { key, words, sound });
    }
}

fn report(key: String, outcome: Result<bool, String>, sound: Option<Result<String, String>>) -> Report {
    match outcome {
        Ok(has_actions) => Report::Shown { key, has_actions, sound },
        Err(words) => Report::Failed { key, words, sound },
    }
}

/// Starts the thread that sounds: one sound for all that wait for one, while other notifications are shown already.
fn sounding(tell: &Tell) -> Result<SyncSender<Sounding>, String> {
    let (sender, waiting) = sync_channel::<Sounding>(SOUNDS_MAX);
    let tell = Arc::clone(tell);
    let started = thread::Builder::new().name(String::from("outbound sound")).spawn(move || {
        while let Ok(first) = waiting.recv() {
            let all: Vec<Sounding> = std::iter::once(first).chain(waiting.try_iter()).collect();
            let sound = sound::play_bundled();
            for (key, outcome) in all {
                tell(report(key, outcome, Some(sound.clone())));
            }
        }
    });
    started.map(|_| sender).map_err(|error| format!("the system gives no thread for a sound ({error})"))
}
