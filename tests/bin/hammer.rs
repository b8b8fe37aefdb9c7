//! Acts in a room from standard input and answers each act on standard output once it is on the disk; a test kills it at
//! will. It stands for the window's back end, which has the same two crates below it and cannot be driven without a
//! display.
//!
//! ```text
//! hammer ROOM             opens the room for writing, or makes it: "open N", or "refused SENTENCE"
//! hammer ROOM --read      only reads it: "events N", or "refused SENTENCE"
//!
//! note WORDS | long BYTES | tick N | undo | typing WORDS | seal | rest
//!                         "ok SEQ", "no SENTENCE" where the rules refuse, "failed SENTENCE" where the disk does
//! samples N               keeps a sample of each of N signals
//! close | tend            closes the samples under a digest; rolls them up as if a month had passed, and sweeps
//! silent WORDS            a note that is never answered
//! typed                   "typed WORDS": what was being typed
//! pages N                 lets the file grow by so many pages and no further, as a full disk would
//! ```

use std::io::{self, BufRead, Write};
use std::path::Path;
use std::process::ExitCode;

use jiff::{SignedDuration, Timestamp};
use journal::{Device, Failure, Journal, Sample, State};
use room::{Intent, Opened, Room, Sight, decide};

/// Checks to tick, more than any test does.
const CHECKS: usize = 400;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else { return ExitCode::from(64) };
    let only_reads = arguments.next().is_some_and(|argument| argument == "--read");
    let done = if only_reads { read(Path::new(&path)) } else { act(Path::new(&path)) };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read the answers is gone: the test has what it wanted.
        Err(_) => ExitCode::from(2),
    }
}

/// Answers one line, seen at once.
fn say(words: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{words}")?;
    out.flush()
}

fn read(path: &Path) -> io::Result<()> {
    match journal::read(path) {
        Ok(log) => say(&format!("events {}", log.events.len())),
        Err(failure) => say(&format!("refused {failure}")),
    }
}

/// A room with a clock of its own: a second an act.
struct Hammer {
    journal: Journal,
    room: Room,
    now: Timestamp,
}

fn act(path: &Path) -> io::Result<()> {
    let mut hammer = match open(path) {
        Ok(Some(hammer)) => hammer,
        Ok(None) => return say("refused the log does not begin with an opening"),
        Err(failure) => return say(&format!("refused {failure}")),
    };
    say(&format!("open {}", hammer.journal.count()))?;
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let answer = hammer.answer(word, rest);
        if word != "silent" {
            say(&answer)?;
        }
    }
    Ok(())
}

fn open(path: &Path) -> Result<Option<Hammer>, Failure> {
    let device = Device::from_seed([7; 32]);
    let start = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(490_000);
    let (journal, events) = match Journal::open(path, device.clone()) {
        Ok((journal, log)) => (journal, log.events),
        Err(Failure::Gone(_)) => {
            let (journal, first) = Journal::create(path, device, opened(), "login", start)?;
            (journal, vec![first])
        }
        Err(failure) => return Err(failure),
    };
    // Samples that no event followed are older than what comes now.
    let unclosed = i64::try_from(journal.fresh_samples()).unwrap_or(i64::MAX);
    let now = events.last().map_or(start, |last| last.recorded_at) + SignedDuration::from_secs(unclosed * 5);
    Ok(Room::fold(&events).map(|room| Hammer { journal, room, now }))
}

fn opened() -> Opened {
    let checks: String = (0..CHECKS).map(|number| format!("- [ ] check {number}\n")).collect();
    Opened {
        room: "5e".repeat(16),
        file: "day.md".to_owned(),
        path: "/day.md".to_owned(),
        text: format!("# Day (Jan 21, 2026)\n\n## Deploy (6:30 AM)\n\n{checks}"),
        settings: None,
        start: jiff::civil::date(2026, 1, 21).at(6, 30, 0, 0),
        zone: "UTC".to_owned(),
        moved_s: 0,
        zone_data: "none".to_owned(),
        reader: "hammer".to_owned(),
        drill: None,
    }
}

impl Hammer {
    fn answer(&mut self, word: &str, rest: &str) -> String {
        let done = match word {
            "note" | "silent" => self.intend(&Intent::Note { text: rest.to_owned(), at: None }),
            "long" => {
                let text = "x".repeat(rest.parse().unwrap_or(0));
                self.intend(&Intent::Note { text, at: None })
            }
            "tick" => {
                let item = rest.parse::<usize>().ok().and_then(|at| self.room.plan().items.get(at));
                let Some(item) = item else { return "no such check".to_owned() };
                self.intend(&Intent::State { item: item.id.clone(), saw: None })
            }
            "undo" => self.intend(&Intent::Undo { item: None }),
            "typing" => self.journal.keep_scratch("note", rest).map(|()| Ok(self.journal.count())),
            "seal" => self.journal.seal(self.now).map(|head| Ok(head.count)),
            "samples" => self.measure(rest.parse().unwrap_or(0)).map(|()| Ok(self.journal.fresh_samples())),
            "close" => self.journal.seal_samples(self.now, "MK").map(|_| Ok(self.journal.count())),
            "tend" => {
                let later = self.now + SignedDuration::from_hours(24 * 30);
                let rolled = self.journal.roll_up_samples(later, "MK");
                rolled.and_then(|_| self.journal.sweep_samples()).map(|_| Ok(self.journal.count()))
            }
            "typed" => return self.typed(),
            "rest" => {
                self.journal.rest();
                Ok(Ok(self.journal.count()))
            }
            "pages" => {
                self.journal.limit_pages(rest.parse().unwrap_or(0));
                Ok(Ok(self.journal.count()))
            }
            _ => return "no such word".to_owned(),
        };
        match done {
            Ok(Ok(seq)) => format!("ok {seq}"),
            Ok(Err(refusal)) => format!("no {refusal}"),
            Err(failure) => format!("failed {failure}"),
        }
    }

    fn measure(&mut self, signals: usize) -> Result<(), Failure> {
        self.now += SignedDuration::from_secs(5);
        let sample = |number: usize| Sample {
            signal: format!("metrics.m{number}"),
            at: self.now.as_millisecond(),
            good_for: 12_000,
            state: State::Number,
            value: Some(number as f64),
        };
        let batch: Vec<Sample> = (0..signals).map(sample).collect();
        self.journal.keep_samples(&batch)
    }

    fn typed(&self) -> String {
        match self.journal.scratch() {
            Ok(kept) => format!("typed {}", kept.first().map_or("", |(_, text)| text)),
            Err(failure) => format!("failed {failure}"),
        }
    }

    /// As the window's back end does it: decided, on the disk, applied; only then answered.
    fn intend(&mut self, intent: &Intent) -> Result<Result<u64, room::Refusal>, Failure> {
        self.now += SignedDuration::from_secs(1);
        let (event, at) = match decide(&self.room, intent, &Sight::default(), self.now) {
            Ok(decided) => decided,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let recorded = self.journal.append(event, at, self.now, "MK")?;
        self.room.apply(&recorded);
        Ok(Ok(recorded.seq))
    }
}
