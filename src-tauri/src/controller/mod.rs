//! The sole owner of what is open: which checklist, which T0 and zone, which phase is looked at.
//!
//! Owns: the state, and what each thing that can wake it does to it. Pure: the time comes in, and what is to be done
//! comes out as [`Effect`]s, whose outcome comes back as a [`Wake`]. Must not know: Tauri, files, the clock. [`drive`]
//! performs the effects.

mod drive;
mod open;
mod sections;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub(crate) use drive::{Keeper, drive};
pub(crate) use open::Checklist;
use open::{Opening, Room};

use crate::paths::Paths;
use crate::recent::{self, Recent};
use crate::source::SourceError;
use crate::wire::project::{self, Given};
use crate::wire::{CopyTarget, Intent, OutsideTarget, Problem, ProblemCode, Theme, Update};

/// Takes updates; false where nobody takes them any more.
pub(crate) struct Sink(pub(crate) Box<dyn Fn(Update) -> bool + Send>);

/// Takes the answer to an intent, once.
pub(crate) struct Reply(pub(crate) Box<dyn FnOnce(Result<(), Problem>) + Send>);

impl fmt::Debug for Sink {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sink")
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Reply")
    }
}

/// Who named a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The command line: whoever started the program reads there what went wrong, too.
    CommandLine,
    /// A person at the window.
    Window,
}

/// Everything that can wake the controller.
#[derive(Debug)]
pub(crate) enum Wake {
    /// The window was drawn anew and wants everything. The window before it, if any, is gone.
    Subscribe(Sink),
    /// The window asks for something.
    Act {
        /// For what.
        intent: Intent,
        /// Where the answer goes.
        reply: Reply,
    },
    /// A second began.
    Tick,
    /// A file was named: on the command line, or by dropping it on the window.
    Path {
        /// The file.
        path: PathBuf,
        /// What was said about T0 and zone with it.
        given: Given,
        /// Who named it.
        origin: Origin,
    },
    /// The question for a file was answered.
    Chosen(Option<PathBuf>),
    /// A file was read, or could not be.
    Read {
        /// The number of [`Effect::Read`]; an answer that a later question overtook is dropped.
        number: u64,
        /// The file.
        path: PathBuf,
        /// What was said about T0 and zone with it.
        given: Given,
        /// Who named it.
        origin: Origin,
        /// What came of it.
        outcome: Result<Box<Checklist>, SourceError>,
    },
    /// The desktop did something for an intent, or did not.
    Done {
        /// Where the answer goes.
        reply: Reply,
        /// What came of it.
        outcome: Result<(), Problem>,
    },
    /// Settings or the list of recent checklists were written, or were not.
    Kept(Result<(), String>),
}

/// What is to be done outside.
#[derive(Debug)]
pub(crate) enum Effect {
    /// From now on, updates go there.
    Listen(Sink),
    /// Send to where updates go.
    Send(Box<Update>),
    /// Answer an intent.
    Answer(Reply, Result<(), Problem>),
    /// Ask the desktop for a file.
    AskForFile,
    /// Read a checklist.
    Read {
        /// Comes back with the answer.
        number: u64,
        /// The file.
        path: PathBuf,
        /// Comes back with the answer.
        given: Given,
        /// Comes back with the answer.
        origin: Origin,
    },
    /// Put text on the clipboard, then answer.
    Copy(String, Reply),
    /// Open an address outside, then answer.
    OpenOutside(String, Reply),
    /// Set the window's title.
    Title(String),
    /// Say a sentence where the program was started.
    Say(String),
    /// Keep these colours.
    KeepTheme(Theme),
    /// Keep this list of recent checklists.
    KeepRecent(Vec<Recent>),
}

/// What the controller must be told about the laptop.
#[derive(Debug, Clone)]
pub(crate) struct Laptop {
    /// Where things lie.
    pub(crate) paths: Paths,
    /// The laptop's zone.
    pub(crate) zone: TimeZone,
    /// The colours as the settings have them.
    pub(crate) theme: Theme,
    /// What is wrong with the settings.
    pub(crate) complaint: Option<String>,
    /// The checklists that were open before.
    pub(crate) recent: Vec<Recent>,
}

/// Which frame is shown, with what it needs.
#[derive(Debug)]
enum Open {
    Nothing,
    Opening(Box<Opening>),
    Room(Box<Room>),
}

/// The state.
#[derive(Debug)]
pub(crate) struct Controller {
    laptop: Laptop,
    open: Open,
    /// What did not work last.
    problem: Option<Problem>,
    /// What is wrong with the settings; said until it is dismissed, whatever else goes right or wrong.
    complaint: Option<Problem>,
    /// Whether the desktop is asking for a file.
    asking: bool,
    /// Counts the files that were to be read.
    reads: u64,
    /// What the window knows; `None` while there is none.
    sent: Option<Update>,
}

impl Controller {
    /// Nothing is open.
    #[must_use]
    pub(crate) fn new(mut laptop: Laptop) -> Self {
        let complaint = laptop.complaint.take().map(|message| problem(ProblemCode::Unreadable, message));
        Self { laptop, open: Open::Nothing, problem: None, complaint, asking: false, reads: 0, sent: None }
    }

    /// Takes in what happened and says what is to be done, in that order. Whoever waits for an answer has the changed
    /// sections before it.
    pub(crate) fn handle(&mut self, wake: Wake, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut answer = None;
        let is_tick = matches!(wake, Wake::Tick);
        match wake {
            Wake::Tick => {}
            Wake::Subscribe(sink) => {
                self.sent = Some(Update::default());
                effects.push(Effect::Listen(sink));
            }
            Wake::Act { intent, reply } => answer = self.act(intent, reply, now, &mut effects),
            Wake::Path { path, given, origin } => self.read(path, given, origin, &mut effects),
            Wake::Chosen(path) => {
                self.asking = false;
                if let Some(path) = path {
                    self.read(path, Given::default(), Origin::Window, &mut effects);
                }
            }
            Wake::Read { number, path, given, origin, outcome } => {
                if number == self.reads {
                    self.was_read(&path, given, origin, outcome, now, &mut effects);
                }
            }
            Wake::Done { reply, outcome } => {
                self.note(&outcome);
                answer = Some((reply, outcome));
            }
            Wake::Kept(outcome) => {
                let outcome = outcome.map_err(|message| problem(ProblemCode::Desktop, message));
                self.note(&outcome);
            }
        }
        effects.extend(self.update(is_tick, now));
        effects.extend(answer.map(|(reply, outcome)| Effect::Answer(reply, outcome)));
        effects
    }

    /// Does what an intent asks for. Gives the reply back with its answer, unless an effect took it along.
    fn act(
        &mut self,
        intent: Intent,
        reply: Reply,
        now: Timestamp,
        effects: &mut Vec<Effect>,
    ) -> Option<(Reply, Result<(), Problem>)> {
        let outcome = match intent {
            Intent::ChooseChecklist => self.choose(effects),
            Intent::OpenRecent { id } => self.open_recent(&id, effects),
            Intent::ProposeStart { start, zone } => self.propose(start, zone),
            Intent::Enter { start, zone } => self.enter(start, zone, now, effects),
            Intent::Look { phase } => self.look(&phase),
            Intent::Leave => {
                self.open = Open::Nothing;
                self.problem = None;
                // A file that is still being read was meant for what was just left.
                self.reads += 1;
                effects.push(Effect::Title("War Room".to_owned()));
                Ok(())
            }
            Intent::Copy { target } => match self.text_to_copy(&target) {
                Ok(text) => {
                    effects.push(Effect::Copy(text, reply));
                    return None;
                }
                Err(problem) => Err(problem),
            },
            Intent::OpenOutside { target } => match self.address_to_open(&target) {
                Ok(address) => {
                    effects.push(Effect::OpenOutside(address, reply));
                    return None;
                }
                Err(problem) => Err(problem),
            },
            Intent::UseTheme { theme } => {
                self.laptop.theme = theme;
                effects.push(Effect::KeepTheme(theme));
                Ok(())
            }
            Intent::DismissProblem => {
                // One at a time, in the order in which they are shown.
                if self.problem.take().is_none() {
                    self.complaint = None;
                }
                Ok(())
            }
        };
        self.note(&outcome);
        Some((reply, outcome))
    }

    /// What did not work stays to be read until it is dismissed or something else does not work. An answer to the
    /// question for T0 keeps its own.
    fn note(&mut self, outcome: &Result<(), Problem>) {
        if let Err(problem) = outcome
            && problem.code != ProblemCode::BadStart
        {
            self.problem = Some(problem.clone());
        }
    }

    fn choose(&mut self, effects: &mut Vec<Effect>) -> Result<(), Problem> {
        if self.asking {
            return Err(refused("The desktop is asking for a file already: answer its window first."));
        }
        self.asking = true;
        effects.push(Effect::AskForFile);
        Ok(())
    }

    fn open_recent(&mut self, id: &str, effects: &mut Vec<Effect>) -> Result<(), Problem> {
        let path = self.laptop.recent.iter().find(|recent| recent.id() == id).map(|recent| recent.path.clone());
        let path = path.ok_or_else(|| refused("This checklist is not in the list any more: open it by its file."))?;
        self.read(path, Given::default(), Origin::Window, effects);
        Ok(())
    }

    fn read(&mut self, path: PathBuf, given: Given, origin: Origin, effects: &mut Vec<Effect>) {
        self.reads += 1;
        effects.push(Effect::Read { number: self.reads, path, given, origin });
    }

    fn was_read(
        &mut self,
        path: &Path,
        given: Given,
        origin: Origin,
        outcome: Result<Box<Checklist>, SourceError>,
        now: Timestamp,
        effects: &mut Vec<Effect>,
    ) {
        match outcome {
            Ok(checklist) => {
                let newest = Recent {
                    title: project::title(&checklist.plan, &path.to_string_lossy()),
                    path: path.to_path_buf(),
                    opened: now,
                };
                recent::remember(&mut self.laptop.recent, newest);
                effects.push(Effect::KeepRecent(self.laptop.recent.clone()));
                effects.push(Effect::Title("War Room".to_owned()));
                self.problem = None;
                self.open = Open::Opening(Box::new(Opening::of(*checklist, self.laptop.paths.shown(path), given)));
            }
            Err(error) => {
                let shown = |path: &Path| self.laptop.paths.shown(path);
                let problem = Problem {
                    code: ProblemCode::Unreadable,
                    message: error.sentence(shown),
                    detail: error.detail(shown),
                };
                if origin == Origin::CommandLine {
                    effects.push(Effect::Say(problem.message.clone()));
                    effects.extend(problem.detail.clone().map(Effect::Say));
                }
                self.problem = Some(problem);
            }
        }
    }

    fn propose(&mut self, start: String, zone: String) -> Result<(), Problem> {
        let Open::Opening(opening) = &mut self.open else {
            return Err(refused("No checklist waits for T0: open one first."));
        };
        opening.answer_with(start, zone);
        Ok(())
    }

    fn enter(&mut self, start: String, zone: String, now: Timestamp, effects: &mut Vec<Effect>) -> Result<(), Problem> {
        self.propose(start, zone)?;
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Opening(opening) => match opening.enter(now) {
                Ok(room) => {
                    effects.push(Effect::Title(format!("{} · War Room", room.title())));
                    self.open = Open::Room(Box::new(room));
                    self.problem = None;
                    Ok(())
                }
                Err((opening, problem)) => {
                    self.open = Open::Opening(opening);
                    Err(problem)
                }
            },
            other => {
                self.open = other;
                Ok(())
            }
        }
    }

    fn room(&mut self) -> Result<&mut Room, Problem> {
        match &mut self.open {
            Open::Room(room) => Ok(room),
            Open::Nothing | Open::Opening(_) => Err(refused("No plan is open: open a checklist first.")),
        }
    }

    fn look(&mut self, phase: &str) -> Result<(), Problem> {
        let room = self.room()?;
        if room.look(phase) {
            Ok(())
        } else {
            Err(refused("The plan has no such phase: choose one from the run of the day."))
        }
    }

    fn text_to_copy(&mut self, target: &CopyTarget) -> Result<String, Problem> {
        let room = self.room()?;
        project::copied(room.plan(), target)
            .ok_or_else(|| refused("The plan does not hold what was to be copied: open the checklist again."))
    }

    fn address_to_open(&mut self, target: &OutsideTarget) -> Result<String, Problem> {
        let room = self.room()?;
        project::opened_outside(room.plan(), target).ok_or_else(|| {
            refused("This is not opened: only web, mail and telephone addresses that the plan holds are.")
        })
    }
}

fn problem(code: ProblemCode, message: String) -> Problem {
    Problem { code, message, detail: None }
}

fn refused(message: &str) -> Problem {
    problem(ProblemCode::Refused, message.to_owned())
}
