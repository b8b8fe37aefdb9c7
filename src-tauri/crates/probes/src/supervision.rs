//! Asking over and over, and going on whatever happens.
//!
//! Owns: when is asked, the time limit, the order of answers, and starting again after a panic. Must not know: what is
//! asked.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use room::{Fault, Measure, Reading, Sample, Signal};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{sleep, timeout};

use crate::alertmanager::{self, Alertmanager};
use crate::command::Run;
use crate::dns::Dns;
use crate::http::Http;
use crate::look::took;
use crate::prometheus::Prometheus;
use crate::targets::{self, Targets};
use crate::tcp::Tcp;
use crate::tls::Tls;
use crate::{Ask, Question, words};

/// While no answer comes, it is asked no less often than this (or than it should be, where that is longer).
const LONGEST_BACK_OFF: Duration = Duration::from_secs(30);

/// A pause this many times as long as it should be means that the laptop slept; connections from before are dead, and
/// would hang until they time out.
const SLEPT: u32 = 3;

/// So long after a sleep the network may not be back, and what fails meanwhile proves nothing.
const GRACE: Duration = Duration::from_secs(20);

/// How often watching was begun in this process.
static BEGUN: AtomicU64 = AtomicU64::new(0);

/// From one beginning of watching to the next: more readings than a question has in a thousand years.
const READINGS: u64 = 1 << 40;

/// The number before that of the first reading. Numbers go on where watching is begun again, as when a room is reopened:
/// whoever hears the readings still knows those of before.
fn before_first() -> u64 {
    BEGUN.fetch_add(1, Ordering::Relaxed).saturating_mul(READINGS)
}

/// What asks one question.
pub(crate) trait Asker: Send + 'static {
    /// Asks once.
    fn ask(&mut self) -> impl Future<Output = Result<Sample, Fault>> + Send;

    /// Forgets its connections.
    fn reconnect(&mut self);
}

/// Asks until it is dropped. Inside a tokio runtime only.
#[derive(Debug)]
pub struct Watching {
    /// Dropping it ends all tasks; a reading that is being handed over is still handed over.
    _tasks: JoinSet<()>,
}

/// Starts asking: one supervised task a question. `clock` reads the time; `heard` takes each reading and must not
/// block.
///
/// The first question of each is asked at once, all others `every` apart, shifted by the signal's name so that they do
/// not all come in the same moment. Readings of one signal come in the order of their questions: an answer that takes
/// longer than its time limit is dropped with its question. While the way is at fault it is asked less and less often,
/// down to twice a minute. Their numbers go on from those of every watch before.
///
/// After a sleep of the laptop connections are made anew, what fails is not held against anybody for a while, and an
/// answer that was slept over is none.
#[must_use]
pub fn watch(
    questions: Vec<Question>,
    clock: fn() -> Timestamp,
    heard: impl Fn(Reading) + Send + Sync + 'static,
) -> Watching {
    let heard: Arc<dyn Fn(Reading) + Send + Sync> = Arc::new(heard);
    let mut tasks = JoinSet::new();
    let before_first = before_first();
    for Question { signal, every, timeout, ask } in questions {
        let rhythm = Rhythm { signal, every, timeout, clock, before_first, heard: Arc::clone(&heard) };
        let pace = (every, timeout);
        match ask {
            Ok(Ask::Prometheus { endpoint, query, minimum }) => tasks.spawn(
                rhythm
                    .supervise(move || Prometheus::new(endpoint.clone(), query.clone(), minimum.clone(), pace, clock)),
            ),
            Ok(Ask::Http { endpoint, redirects, expect }) => tasks
                .spawn(rhythm.supervise(move || Http::new(endpoint.clone(), (redirects, expect.clone()), pace, clock))),
            Ok(Ask::Tls { host, port, ca_pem, days_left, within }) => tasks.spawn(rhythm.supervise(move || Tls {
                host: host.clone(),
                port,
                ca_pem: ca_pem.clone(),
                days_left,
                within,
                every,
                timeout,
                clock,
            })),
            Ok(Ask::Tcp { host, port, within }) => {
                tasks.spawn(rhythm.supervise(move || Tcp { host: host.clone(), port, within, every, timeout, clock }))
            }
            Ok(Ask::Dns { host, record, expect }) => tasks.spawn(rhythm.supervise(move || Dns {
                host: host.clone(),
                record,
                expect: expect.clone(),
                server: None,
                every,
                timeout,
                clock,
            })),
            Ok(Ask::Command { command, folder, number, expect }) => tasks.spawn(rhythm.supervise(move || Run {
                command: command.clone(),
                folder: folder.clone(),
                number: number.clone(),
                expect: expect.clone(),
                every,
                timeout,
                clock,
            })),
            Ok(Ask::Alertmanager { endpoint, labels, watchdog, firing }) => {
                let expected = alertmanager::Expected { labels, watchdog, firing };
                tasks.spawn(rhythm.supervise(move || Alertmanager {
                    endpoint: endpoint.clone(),
                    expected: expected.clone(),
                    every,
                    timeout,
                    clock,
                }))
            }
            Ok(Ask::Targets { endpoint, job, up }) => {
                let expected = targets::Expected { job, up };
                tasks.spawn(rhythm.supervise(move || Targets {
                    endpoint: endpoint.clone(),
                    expected: expected.clone(),
                    last: None,
                    every,
                    timeout,
                    clock,
                }))
            }
            Err(fault) => tasks.spawn(rhythm.supervise(move || Unaskable(fault.clone()))),
        };
    }
    Watching { _tasks: tasks }
}

/// What cannot be asked answers why each time.
struct Unaskable(Fault);

impl Asker for Unaskable {
    async fn ask(&mut self) -> Result<Sample, Fault> {
        Err(self.0.clone())
    }

    fn reconnect(&mut self) {}
}

/// How one question is asked over and over.
#[derive(Clone)]
struct Rhythm {
    signal: Signal,
    every: Duration,
    timeout: Duration,
    clock: fn() -> Timestamp,
    before_first: u64,
    heard: Arc<dyn Fn(Reading) + Send + Sync>,
}

impl Rhythm {
    /// Asks until it is dropped; what panics is told and started again.
    async fn supervise<A: Asker>(self, asker: impl Fn() -> A + Send + 'static) {
        let sequence = Arc::new(AtomicU64::new(self.before_first));
        let mut panics = 0;
        loop {
            let before = sequence.load(Ordering::Relaxed);
            // Dropping the set with this future ends the task in it.
            let mut task = JoinSet::new();
            match catch_unwind(AssertUnwindSafe(&asker)) {
                Ok(asker) => {
                    task.spawn(self.clone().poll(asker, Arc::clone(&sequence)));
                }
                Err(panic) => self.broke(&sequence, &*panic),
            }
            if let Some(Err(error)) = task.join_next().await {
                self.broke_task(&sequence, error);
            }
            // One that answered for a while and then panicked has not panicked again and again.
            let answered = sequence.load(Ordering::Relaxed) - before;
            panics = if answered > 2 { 1 } else { panics + 1 };
            sleep(self.pause(panics)).await;
        }
    }

    fn broke_task(&self, sequence: &AtomicU64, error: JoinError) {
        match error.try_into_panic() {
            Ok(panic) => self.broke(sequence, &*panic),
            Err(error) => self.broke(sequence, &error.to_string()),
        }
    }

    fn broke(&self, sequence: &AtomicU64, panic: &(dyn Any + Send)) {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it left no words");
        tracing::error!(signal = ?self.signal, words, "a probe panicked and is started again");
        let fault = Fault::Broken { words: words::shortened(words, 200) };
        // Whoever hears may have been what panicked.
        let told = catch_unwind(AssertUnwindSafe(|| self.tell(sequence, Err(fault))));
        if told.is_err() {
            tracing::error!(signal = ?self.signal, "a reading could not be handed over");
        }
    }

    fn tell(&self, sequence: &AtomicU64, outcome: Result<Sample, Fault>) {
        let sequence = sequence.fetch_add(1, Ordering::Relaxed) + 1;
        (self.heard)(Reading { signal: self.signal.clone(), sequence, at: (self.clock)(), outcome });
    }

    async fn poll(self, mut asker: impl Asker, sequence: Arc<AtomicU64>) {
        let mut faults = 0;
        let mut asked_before: Option<(Timestamp, Duration)> = None;
        // So many questions are still asked in the grace: counted, since a clock that is set back would lengthen it.
        let mut in_grace = 0;
        loop {
            let asked_at = (self.clock)();
            if let Some((before, pause)) = asked_before
                && took(before, asked_at) > (pause.max(self.every).max(self.timeout) * SLEPT)
            {
                asker.reconnect();
                in_grace = self.grace();
            }
            let mut outcome = match timeout(self.timeout, asker.ask()).await {
                Ok(outcome) => outcome,
                Err(_) => Err(Fault::TimedOut { after: self.timeout }),
            };
            if took(asked_at, (self.clock)()) > self.timeout * SLEPT {
                // It may have been given before the sleep, and would look as if it were of now.
                outcome = Err(Fault::Overslept);
                asker.reconnect();
                in_grace = self.grace();
            }
            let is_waking = in_grace > 0;
            in_grace = in_grace.saturating_sub(1);
            outcome = outcome.and_then(|sample| match sample.measure {
                Measure::Failed(words) if is_waking => Err(Fault::Waking { words }),
                _ => Ok(sample),
            });
            if outcome.is_ok() {
                in_grace = 0;
            }
            let is_of_the_way = outcome.as_ref().is_err_and(Fault::is_of_the_way);
            faults = if is_of_the_way && !is_waking { faults + 1 } else { 0 };
            self.tell(&sequence, outcome);
            let mut pause = self.pause(faults);
            if asked_before.is_none() {
                // The second question comes earlier, so that from then on each has its own place in the round.
                pause -= shift(&self.signal, self.every);
            }
            asked_before = Some((asked_at, pause));
            // What the answer took is part of the pause; a clock that jumped must not turn the pause into a hurry.
            let used = took(asked_at, (self.clock)()).min(self.timeout);
            sleep(pause.saturating_sub(used).max(self.every / 10)).await;
        }
    }

    /// How many questions are asked while the network may not be back.
    fn grace(&self) -> u128 {
        GRACE.as_millis().div_ceil(self.every.as_millis().max(1))
    }

    /// From one question to the next after so many faults of the way in a row.
    fn pause(&self, faults: u32) -> Duration {
        let doubled = self.every * 2_u32.saturating_pow(faults.saturating_sub(1).min(16));
        doubled.min(LONGEST_BACK_OFF.max(self.every))
    }
}

/// A part of the interval below a half that differs from signal to signal, and is the same each time.
fn shift(signal: &Signal, every: Duration) -> Duration {
    // FNV-1a: the standard library's hash may change between versions, and two laptops keep the same rhythm.
    let hash =
        signal.name().bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    every.mul_f64(f64::from(hash % 1000) / 2000.0)
}

#[cfg(test)]
mod tests;
