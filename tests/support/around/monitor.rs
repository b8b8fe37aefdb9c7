//! What goes over a message bus to its notification service.
//!
//! Owns: when each was asked for, and with which words. Must not know: who asked, or what a service makes of it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use zbus::blocking::MessageIterator;
use zbus::blocking::connection::Builder;
use zbus::zvariant::OwnedValue;

use super::wait_until;

/// A notification as it was asked for on the bus.
#[derive(Debug, Clone)]
pub struct Seen {
    /// When the bus carried it.
    pub at: Instant,
    /// Who is said to send it.
    pub application: String,
    /// The number of the one whose place it takes, or 0.
    pub replaces: u32,
    /// Its head line.
    pub title: String,
    /// As on the bus: with escapes, where the service knows markup.
    pub body: String,
    /// 0 low, 1 normal, 2 critical.
    pub urgency: Option<u8>,
    /// Names and labels in turn.
    pub actions: Vec<String>,
    /// -1 as the service likes, 0 never.
    pub timeout_ms: i32,
}

/// Watches a bus on a thread of its own, which ends with the bus.
#[derive(Debug)]
pub struct Monitor {
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Monitor {
    /// Watches the bus at this address from now on.
    #[must_use]
    pub fn start(address: &str) -> Self {
        let connection = Builder::address(address).and_then(Builder::build).expect("the bus");
        // Before the watching begins, so that nothing is missed.
        let messages = MessageIterator::from(&connection);
        let rules = ["type='method_call',interface='org.freedesktop.Notifications',member='Notify'"];
        connection
            .call_method(
                Some("org.freedesktop.DBus"),
                "/org/freedesktop/DBus",
                Some("org.freedesktop.DBus.Monitoring"),
                "BecomeMonitor",
                &(&rules[..], 0_u32),
            )
            .expect("the bus may be watched");
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let taken = Arc::clone(&seen);
        thread::spawn(move || {
            type Asked = (String, u32, String, String, String, Vec<String>, HashMap<String, OwnedValue>, i32);
            for message in messages {
                let at = Instant::now();
                let Ok(message) = message else { break };
                let Ok((application, replaces, _icon, title, body, actions, hints, timeout_ms)) =
                    message.body().deserialize::<Asked>()
                else {
                    continue;
                };
                let urgency = hints.get("urgency").and_then(|hint| u8::try_from(hint).ok());
                let asked = Seen { at, application, replaces, title, body, urgency, actions, timeout_ms };
                taken.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
            }
        });
        Self { seen }
    }

    /// All so far, oldest first.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for the first of which this is true.
    pub fn wait_for(&self, what: &str, is_it: impl Fn(&Seen) -> bool) -> Seen {
        let mut found = None;
        wait_until(&format!("on the bus: {what}"), || {
            found = self.seen().into_iter().find(|seen| is_it(seen));
            found.is_some()
        });
        found.expect("it was found")
    }
}
