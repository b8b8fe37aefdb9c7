//! Pages of the list of events, and the search for words in it.
//!
//! Owns: how far the words of the room are indexed, and who waits for what they are searched for. The index has a thread
//! of its own and takes the words in portions, so that neither a million events nor a search ever holds an act up.

use std::sync::mpsc;

use journal::{Failure, Words};
use room::Event;

use super::live::Live;
use super::wake::PageReply;
use super::{Controller, Effect, Open, Out, problem};
use crate::wire::project::{self, Rows};
use crate::wire::{LogPageView, LogQuery, Problem, ProblemCode};

/// How many events are told in words at once: some thousandths of a second.
const PORTION: usize = 500;

/// What the index is asked for.
#[derive(Debug)]
pub(crate) struct WordsJob {
    /// Of which reading of which room; comes back with the answer.
    number: u64,
    asked: Asked,
}

#[derive(Debug)]
enum Asked {
    /// Forget all words before these.
    Begin(Vec<(u32, String)>),
    Add(Vec<(u32, String)>),
    Find(String),
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct WordsDone {
    number: u64,
    outcome: Result<Option<(String, Vec<u32>)>, Failure>,
}

/// How far the words of the room are indexed.
#[derive(Debug, Default)]
pub(super) struct Searching {
    /// How many events the index has, or is being given.
    handed: usize,
    /// The places of events of which more is to be found by now: what corrects them.
    again: Vec<usize>,
    /// Which reading of the room it has; 0 before the first.
    number: u64,
    /// Whether the index is at something.
    is_out: bool,
    waiting: Vec<(LogQuery, PageReply)>,
    /// What was found last: of which words, among how many events.
    found: Option<(String, usize, Vec<u32>)>,
}

impl Searching {
    /// The words that were looked for last, and the places of the events that have them.
    pub(super) fn found(&self) -> Option<(&str, &[u32])> {
        self.found.as_ref().map(|(words, _, found)| (words.as_str(), found.as_slice()))
    }

    /// The checklist was read again: its checks bear other words now, in what was told of them before, too. What is
    /// corrected is found by what is right.
    pub(super) fn notice(&mut self, event: &Event) {
        match event {
            Event::PlanReread(_) => {
                self.handed = 0;
                self.again.clear();
                self.found = None;
            }
            Event::Corrected(corrected) => {
                let place = usize::try_from(corrected.event).ok().and_then(|seq| seq.checked_sub(1));
                self.again.extend(place.filter(|place| *place < self.handed));
            }
            _ => {}
        }
    }
}

impl Live {
    /// The rows that a query asks for, where all is known that they are found by.
    pub(super) fn log_page(&self, query: &LogQuery) -> Option<LogPageView> {
        let search = query.search.trim();
        let found = match &self.looking.searching.found {
            _ if search.is_empty() => None,
            Some((words, among, found)) if words == search && *among == self.events.len() => Some(found.as_slice()),
            _ => return None,
        };
        Some(project::log_page(self.room(), Rows { events: &self.events, index: &self.looking.index, found }, query))
    }

    /// What the index is asked for next.
    fn next_words(&mut self, numbers: &mut u64) -> Option<WordsJob> {
        if self.looking.searching.is_out || self.behind.is_some() {
            return None;
        }
        let handed = self.looking.searching.handed;
        let asked = if handed < self.events.len() {
            let words = project::words_of(&self.room, &self.events, &self.looking.index, handed, PORTION);
            self.looking.searching.handed = handed.saturating_add(words.len());
            if handed == 0 {
                *numbers = numbers.saturating_add(1);
                self.looking.searching.number = *numbers;
                Asked::Begin(words)
            } else {
                Asked::Add(words)
            }
        } else if !self.looking.searching.again.is_empty() {
            let places = std::mem::take(&mut self.looking.searching.again);
            Asked::Add(project::words_of_places(&self.room, &self.events, &self.looking.index, places))
        } else {
            Asked::Find(self.looking.searching.waiting.first()?.0.search.trim().to_owned())
        };
        self.looking.searching.is_out = true;
        Some(WordsJob { number: self.looking.searching.number, asked })
    }
}

impl Controller {
    /// The window asks for rows of the log.
    pub(super) fn page(&mut self, query: LogQuery, reply: PageReply, out: &mut Out) {
        let live = match self.room() {
            Ok(live) => live,
            Err(problem) => return out.effects.push(Effect::Page(reply, Err(problem))),
        };
        if live.behind.is_some() {
            return out.effects.push(Effect::Page(reply, Err(live.is_being_read())));
        }
        match live.log_page(&query) {
            Some(page) => {
                let path = live.path().to_path_buf();
                out.effects.push(Effect::ReadHashes { path, page: Box::new(page), reply });
            }
            None => live.looking.searching.waiting.push((query, reply)),
        }
        // Whoever looks at the log may search it next: its words are indexed meanwhile.
        self.index_words(out);
    }

    fn index_words(&mut self, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return };
        out.effects.extend(live.next_words(&mut self.word_indexes).map(Effect::Words));
    }

    /// The index took words in, or found some; what was meant for a room that was left is dropped.
    pub(super) fn words_done(&mut self, done: WordsDone, out: &mut Out) {
        let Open::Room(live) = &mut self.open else { return };
        if live.looking.searching.number != done.number {
            return;
        }
        live.looking.searching.is_out = false;
        match done.outcome {
            Ok(None) => {}
            Ok(Some((words, found))) => {
                // What came while it was looked for is looked through next time.
                live.looking.searching.found = Some((words.clone(), live.looking.searching.handed, found));
                let waiting = std::mem::take(&mut live.looking.searching.waiting);
                for (query, reply) in waiting {
                    match live.log_page(&query) {
                        Some(page) => {
                            let path = live.path().to_path_buf();
                            out.effects.push(Effect::ReadHashes { path, page: Box::new(page), reply });
                        }
                        None => live.looking.searching.waiting.push((query, reply)),
                    }
                }
            }
            Err(failure) => {
                let sentence = format!("The log could not be searched ({failure}): filter it by its kinds instead.");
                for (_, reply) in std::mem::take(&mut live.looking.searching.waiting) {
                    let problem = problem(ProblemCode::Refused, sentence.clone());
                    out.effects.push(Effect::Page(reply, Err(problem)));
                }
                live.looking.searching.handed = 0;
                return;
            }
        }
        self.index_words(out);
    }

    /// Whether this is only of rows and words: nothing that is shown is another for it.
    pub(super) fn is_of_the_list(wake: &super::Wake) -> bool {
        matches!(wake, super::Wake::Page { .. } | super::Wake::Words(_))
    }
}

/// The thread of the index; it ends with the sender.
pub(super) fn thread(told: impl Fn(WordsDone) + Send + 'static) -> mpsc::Sender<WordsJob> {
    let (jobs, todo) = mpsc::channel::<WordsJob>();
    let work = move || {
        let mut words = None;
        for job in todo {
            told(done(&mut words, job));
        }
    };
    if let Err(error) = std::thread::Builder::new().name("words".to_owned()).spawn(work) {
        tracing::error!("the search has no thread: {error}");
    }
    jobs
}

/// Does what the index is asked for.
pub(super) fn done(words: &mut Option<Words>, WordsJob { number, asked }: WordsJob) -> WordsDone {
    WordsDone { number, outcome: perform(words, asked) }
}

fn perform(words: &mut Option<Words>, asked: Asked) -> Result<Option<(String, Vec<u32>)>, Failure> {
    let index = match (words, &asked) {
        (words, Asked::Begin(_)) => words.insert(Words::new()?),
        (Some(words), _) => words,
        (words @ None, _) => words.insert(Words::new()?),
    };
    match asked {
        Asked::Begin(portion) | Asked::Add(portion) => index.add(&portion).map(|()| None),
        Asked::Find(search) => index.find(&search).map(|found| Some((search, found))),
    }
}

/// The fingerprints of the rows, read from the room's file; what could not be read stays empty.
pub(super) fn with_hashes(path: &std::path::Path, mut page: LogPageView) -> Result<LogPageView, Problem> {
    let events = page.entries.iter().map(|entry| u64::from(entry.seq));
    match journal::hashes(path, events) {
        Ok(hashes) => {
            for (entry, hash) in page.entries.iter_mut().zip(hashes) {
                entry.hash = hash.as_ref().map(journal::short).unwrap_or_default();
            }
        }
        Err(failure) => tracing::warn!(%failure, "the fingerprints of the log's rows could not be read"),
    }
    Ok(page)
}
