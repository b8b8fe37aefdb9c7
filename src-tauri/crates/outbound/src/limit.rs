//! Work that may hang, with a limit to how long anybody waits for it.
//!
//! Owns: the threads it is done on, and how many of them may hang at once. Must not know: what the work is.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// How many pieces of work may hang at once. A service that hangs takes no more threads than this with it.
const HANGING_MAX: usize = 4;

/// Does work on threads of their own, and waits for each no longer than its limit.
#[derive(Debug, Default, Clone)]
pub(crate) struct Limit {
    under_way: Arc<AtomicUsize>,
}

/// Why there is no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Overrun {
    /// It did not end in time, and may still go on.
    TooLong(Duration),
    /// As many as may hang do so already.
    TooMany,
    /// The code that did it broke off.
    Broken,
    /// The system gives no thread.
    NoThread(String),
}

impl Limit {
    /// Does `work`, and gives up waiting after `limit`.
    pub(crate) fn within<T: Send + 'static>(
        &self,
        limit: Duration,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Overrun> {
        let place = Place::take(&self.under_way).ok_or(Overrun::TooMany)?;
        let (done, result) = sync_channel(1);
        let started = thread::Builder::new().name(String::from("outbound call")).spawn(move || {
            let place = place;
            // The libraries of the desktop are known to panic where a bus goes away.
            let result = catch_unwind(AssertUnwindSafe(work));
            drop(place);
            // Nobody waits any more where it took too long.
            let _ = done.send(result);
        });
        if let Err(error) = started {
            return Err(Overrun::NoThread(error.to_string()));
        }
        match result.recv_timeout(limit) {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(Overrun::Broken),
            Err(RecvTimeoutError::Timeout) => Err(Overrun::TooLong(limit)),
        }
    }
}

impl fmt::Display for Overrun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(limit) => write!(f, "did not answer within {} s", limit.as_secs()),
            Self::TooMany => write!(f, "has not answered {HANGING_MAX} calls, and is not called again until it does"),
            Self::Broken => f.write_str("could not be called: the code that calls it broke off"),
            Self::NoThread(error) => write!(f, "could not be called: the system gives no thread ({error})"),
        }
    }
}

/// A place among those that may hang, given back when it is dropped.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(under_way: &Arc<AtomicUsize>) -> Option<Self> {
        let taken = under_way.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |count| {
            (count < HANGING_MAX).then_some(count.saturating_add(1))
        });
        taken.ok().map(|_| Self(Arc::clone(under_way)))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(20);

    #[test]
    fn work_gives_its_result_and_a_panic_is_an_answer() {
        let limit = Limit::default();
        assert_eq!(limit.within(LONG, || 7), Ok(7));
        assert_eq!(limit.within(LONG, || panic!("as notify-rust does at logout")), Err::<(), _>(Overrun::Broken));
        assert_eq!(limit.within(LONG, || 8), Ok(8));
    }

    #[test]
    fn what_hangs_is_left_and_takes_only_so_many_threads() {
        let limit = Limit::default();
        let mut holds = Vec::new();
        for _ in 0..HANGING_MAX {
            let (hold, held) = channel::<()>();
            holds.push(hold);
            assert_eq!(limit.within(SHORT, move || held.recv().is_ok()), Err(Overrun::TooLong(SHORT)));
        }
        assert_eq!(limit.within(LONG, || ()), Err(Overrun::TooMany));
        // One that ends at last gives its place back.
        holds.clear();
        let place = std::iter::repeat_with(|| limit.within(LONG, || ())).take(1_000_000).find(Result::is_ok);
        assert_eq!(place, Some(Ok(())));
    }
}
