//! What the tests of several modules share: clocks that are set by hand.

use std::cell::Cell;
use std::iter;
use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::Endpoint;

thread_local! {
    static NOW: Cell<Timestamp> = const { Cell::new(Timestamp::UNIX_EPOCH) };
    static STEP: Cell<SignedDuration> = const { Cell::new(SignedDuration::ZERO) };
    static STARTED: Cell<Option<tokio::time::Instant>> = const { Cell::new(None) };
}

/// The moment at which every test begins.
pub(crate) fn start() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

/// Sets [`clock`] to a moment; from then on each look at it takes this long.
pub(crate) fn set(now: Timestamp, step: Duration) {
    NOW.set(now);
    STEP.set(SignedDuration::try_from(step).unwrap());
}

/// A clock that goes on by a step each time it is read.
pub(crate) fn clock() -> Timestamp {
    let now = NOW.get();
    NOW.set(now + STEP.get());
    now
}

/// Begins [`paused_clock`] anew.
pub(crate) fn begin() {
    STARTED.set(Some(tokio::time::Instant::now()));
    NOW.set(start());
}

/// A clock that goes as tokio's, which a test pauses, and that [`set`] makes jump.
pub(crate) fn paused_clock() -> Timestamp {
    NOW.get() + SignedDuration::try_from(STARTED.get().unwrap().elapsed()).unwrap()
}

/// Makes [`paused_clock`] jump.
pub(crate) fn jump(by: Duration) {
    NOW.set(NOW.get() + SignedDuration::try_from(by).unwrap());
}

/// Sets [`paused_clock`] back.
pub(crate) fn set_back(by: Duration) {
    NOW.set(NOW.get() - SignedDuration::try_from(by).unwrap());
}

/// An address without secrets.
pub(crate) fn endpoint(url: &str) -> Endpoint {
    Endpoint { url: url.trim_end_matches('/').to_owned(), headers: Vec::new(), ca_pem: None }
}

/// A port on which nothing listens, another one each time. They are below those that systems give to whoever asks for any: one
/// that was just found free might be another test's a moment later.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(9_000);
    iter::repeat_with(|| NEXT.fetch_add(1, Ordering::Relaxed))
        .take(1_000)
        .find(|&port| TcpListener::bind(("127.0.0.1", port)).is_ok())
        .unwrap()
}
