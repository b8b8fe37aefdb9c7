//! The sole owner of what is open: the room with its log, or the checklist that waits for T0.
//!
//! Owns: the state, and what each thing that can wake it does to it. Pure: the time comes in, and what is to be done
//! comes out as [`Effect`]s, whose outcome comes back as a [`Wake`]. Must not know: Tauri, files, the clock. [`drive`]
//! performs the effects.

mod asked;
mod behind;
mod check;
mod drill;
mod drive;
mod effect;
mod ends;
mod enter;
mod evidence;
mod export;
mod line;
mod live;
mod looking;
mod on_demand;
mod open;
mod past;
mod proof;
mod pulled;
mod question;
mod refusal;
mod reread;
mod samples;
mod schedule;
mod searching;
mod sections;
mod signals;
mod stage;
mod steps;
#[cfg(test)]
mod tests;
mod wake;
mod watch;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub(crate) use behind::ReadBehind;
pub(crate) use drill::SPEED as DRILL_SPEED;
pub(crate) use drive::{Keeper, drive};
pub(crate) use effect::Effect;
use enter::Entering;
use line::Away;
use live::Live;
pub(crate) use open::Checklist;
use open::Opening;
pub(crate) use past::PastRead;
pub(crate) use proof::Verified;
use refusal::{no_room, problem, refused};
pub(crate) use searching::{WordsDone, WordsJob};
pub(crate) use stage::Stage;
pub(crate) use wake::{AlertReply, ChartsReply, Origin, PageReply, PastChartsReply, Reply, Sink, SourceReply, Wake};

use crate::keychain::Keychain;
use crate::paths::Paths;
use crate::recent::{self, Recent};
use crate::rooms::{self, Found, Job};
use crate::source::SourceError;
use crate::wire::project::Given;
use crate::wire::{Act, Intent, Problem, ProblemCode, Theme, Update};

/// What the controller must be told about the laptop.
#[derive(Debug, Clone)]
pub(crate) struct Laptop {
    /// Where its device's key and its secrets are kept.
    pub(crate) keychain: Keychain,
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
    /// The commands that were armed on this laptop, as [`crate::armed`] names them.
    pub(crate) armed: BTreeSet<String>,
    /// Who is logged in: acts are theirs until a person is chosen.
    pub(crate) login: String,
    /// Whether a deployment counts as begun at T0, whatever anybody has done: for a watch without a room of its own.
    pub(crate) begins_at_t0: bool,
}

/// Which frame is shown, with what it needs.
#[derive(Debug)]
enum Open {
    Nothing,
    Opening(Box<Opening>),
    Room(Box<Live>),
}

/// Answers that are given once the window knows what changed.
type Answers = Vec<(Reply, Result<(), Problem>)>;

/// What comes of a wake.
#[derive(Debug, Default)]
struct Out {
    effects: Vec<Effect>,
    answers: Answers,
    /// Whether the watch found something that is to be shown at once.
    has_turned: bool,
}

/// How much of the room is made anew for the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// The clock.
    Clock,
    /// What passes with time: clock, verdict, alerts, vitals, gates.
    Passing,
    /// All of it.
    All,
}

impl Out {
    fn job(&mut self, job: Job) {
        self.effects.push(Effect::Disk(job));
    }
}

/// The state.
#[derive(Debug)]
pub(crate) struct Controller {
    laptop: Laptop,
    open: Open,
    /// The rooms of this laptop, as they were looked at last.
    rooms: Vec<Found>,
    /// The room that the disk is making or opening.
    entering: Option<Entering>,
    /// Who waits for the room to be left before the program ends.
    quitting: Option<Reply>,
    /// What did not work last.
    problem: Option<Problem>,
    /// What is wrong with the settings; said until it is dismissed, whatever else goes right or wrong.
    complaint: Option<Problem>,
    /// What the desktop is asking for.
    asking: question::Asking,
    /// What is being saved elsewhere, and what was.
    exporting: export::Exporting,
    /// Counts the files that were to be read, and the rooms that were to be opened.
    reads: u64,
    /// What is observed now: the number of its order.
    watch_number: Option<u64>,
    /// Up to which events of the room it is asked: what was bound, and what was armed.
    asked_as: (u64, u64),
    /// Counts the orders to observe.
    watches: u64,
    /// Counts what the disk was asked for samples.
    samplings: u64,
    /// The files that are followed.
    followed: Option<reread::Followed>,
    /// Counts the readings of rooms whose words were indexed.
    word_indexes: u64,
    /// Counts the orders to follow files.
    follows: u64,
    /// Whether the laptop is being kept awake.
    is_kept_awake: bool,
    /// The drill that is open, with its speed.
    drill: Option<drill::Drilling>,
    /// The world's time, while the time is a drill's.
    real: Option<Timestamp>,
    /// Whether the sheet could not be written the last time: said once.
    is_sheet_missing: bool,
    /// What the window knows; `None` while there is none.
    sent: Option<Update>,
}

impl Controller {
    /// Nothing is open.
    #[must_use]
    pub(crate) fn new(mut laptop: Laptop) -> Self {
        let complaint = laptop.complaint.take().map(|message| problem(ProblemCode::Unreadable, message));
        Self {
            laptop,
            open: Open::Nothing,
            rooms: Vec::new(),
            entering: None,
            quitting: None,
            problem: None,
            complaint,
            asking: question::Asking::default(),
            exporting: export::Exporting::default(),
            reads: 0,
            watch_number: None,
            asked_as: (0, 0),
            watches: 0,
            samplings: 0,
            followed: None,
            word_indexes: 0,
            follows: 0,
            is_kept_awake: false,
            drill: None,
            real: None,
            is_sheet_missing: false,
            sent: None,
        }
    }

    /// Takes in what happened and says what is to be done, in that order. Whoever waits for an answer has the changed
    /// sections before it.
    pub(crate) fn handle(&mut self, wake: Wake, now: Timestamp) -> Vec<Effect> {
        let mut out = Out::default();
        let is_tick = matches!(
            wake,
            Wake::Tick
                | Wake::Heard { .. }
                | Wake::Fetched { .. }
                | Wake::Interrupted(_)
                | Wake::Drilled(_)
                | Wake::Ends { .. }
        );
        let is_reading = matches!(wake, Wake::Heard { .. });
        // A page of the source is only looked at: nothing is another for it.
        let is_look = matches!(wake, Wake::Source { .. } | Wake::Act { intent: Intent::LookBack { .. }, .. })
            || Self::is_of_samples(&wake)
            || Self::is_of_the_list(&wake)
            || Self::is_of_the_past(&wake);
        let is_in_room = matches!(wake, Wake::Act { intent: Intent::InRoom { .. }, .. });
        match wake {
            Wake::Tick => {
                // What the disk is asked for while it opens another room would be done in that one.
                if let (Open::Room(live), None) = (&mut self.open, &self.entering) {
                    out.effects.extend(live.tick(now).into_iter().map(Effect::Disk));
                    self.watch_tick(now, &mut out);
                    self.samples_tick(now, &mut out);
                    self.ends_tick(now, &mut out);
                }
                self.look_at_files(now, &mut out);
            }
            Wake::Heard { number, readings } => self.heard(number, &readings, now, &mut out),
            Wake::Ends { path, outcome } => self.ends_read(&path, outcome),
            Wake::Fetched { number, fetched } => self.fetched(number, &fetched, now, &mut out),
            Wake::Interrupted(what) => self.interrupted(what, now, &mut out),
            Wake::Desktop(report) => self.desktop(&report, now, &mut out),
            Wake::Drill(order) => {
                if let Err(problem) = self.begin_drill(*order, now, &mut out) {
                    self.cannot_be_opened(problem, Origin::CommandLine, &mut out);
                }
            }
            Wake::Drilled(second) => self.drilled(*second, now, &mut out),
            Wake::Awake(outcome) => self.awake(outcome, now, &mut out),
            Wake::Subscribe(sink) => {
                self.sent = Some(Update::default());
                out.effects.push(Effect::Listen(sink));
                match &self.open {
                    Open::Nothing => out.job(Job::List),
                    Open::Opening(_) => {}
                    // A room of the command line is open before there is a window to be named after it.
                    Open::Room(live) => out.effects.push(live.window_title()),
                }
            }
            Wake::Act { intent, reply } => self.act(intent, reply, now, &mut out),
            Wake::Page { query, reply } => self.page(query, reply, &mut out),
            Wake::PastCharts { reply } => self.past_charts(reply, now, &mut out),
            Wake::PastRead { read, outcome } => self.past_read(&read, &outcome, &mut out),
            Wake::Replayed(real) => self.replayed(real, now, &mut out),
            Wake::Verified(verified) => self.verified(&verified, now, &mut out),
            Wake::Behind { number, read } => self.read_behind(number, read, now, &mut out),
            Wake::Words(done) => self.words_done(done, &mut out),
            Wake::Trends { path, trends } => self.trends_read(&path, trends),
            Wake::Alert { query, reply } => {
                let page = self.room().and_then(|live| live.alert_page(&query, now)).map(Box::new);
                out.effects.push(Effect::Alert(reply, page));
            }
            Wake::Source { query, reply } => {
                let page = self.source_page(&query);
                out.effects.push(Effect::Source(reply, page));
            }
            Wake::Charts { query, reply } => self.charts(&query, reply, now, &mut out),
            Wake::Path { path, given, origin } => self.path(path, given, origin, now, &mut out),
            Wake::Chosen(path) => {
                self.asking.end();
                if let Some(path) = path {
                    self.path(path, Given::default(), Origin::Window, now, &mut out);
                }
            }
            Wake::Answered => self.asking.end(),
            Wake::Digested { item, outcome } => self.was_digested(&item, outcome, now, &mut out),
            Wake::Exported { to_export, outcome } => self.exported(&to_export, outcome),
            Wake::Read { number, path, given, origin, outcome } => {
                if number == self.reads {
                    self.was_read(&path, given, origin, outcome, now, &mut out);
                }
            }
            Wake::FileTurned { number, outcome } => self.file_turned(number, outcome, now),
            Wake::Reread { number, outcome } => self.was_reread(number, outcome, &mut out),
            Wake::Done { reply, outcome } => {
                self.note(&outcome);
                out.answers.push((reply, outcome));
            }
            Wake::Kept(outcome) => {
                let outcome = outcome.map_err(|message| problem(ProblemCode::Refused, message));
                self.note(&outcome);
            }
            Wake::Disk(outcome) => self.disk(outcome, now, &mut out),
            Wake::Quit(reply) => self.quit(reply, now, &mut out),
        }
        self.mind_the_drill(now, &mut out);
        self.align(now, &mut out);
        self.follow_files(&mut out);
        let Out { mut effects, answers, has_turned } = out;
        // What only went to disk shows nothing yet, and a reading that turns nothing is shown with the next second.
        let shown = match () {
            () if has_turned => Shown::All,
            () if is_tick => Shown::Passing,
            () if is_look || (is_in_room && answers.is_empty()) => Shown::Clock,
            () => Shown::All,
        };
        let is_passed_over = is_tick && !has_turned && self.is_passed_over();
        if (!is_reading || has_turned) && !is_passed_over {
            effects.extend(self.update(shown, now));
        }
        effects.extend(answers.into_iter().map(|(reply, outcome)| Effect::Answer(reply, outcome)));
        effects
    }

    /// Does what an intent asks for, or has it done; then the reply goes along.
    fn act(&mut self, intent: Intent, reply: Reply, now: Timestamp, out: &mut Out) {
        let outcome = match intent {
            Intent::InRoom { act } => return self.in_room(act, reply, now, out),
            Intent::Enter { start, zone } => return self.enter(start, zone, reply, now, out),
            Intent::EnterRoom { id } => return self.enter_known(&id, reply, now, out),
            Intent::LookBack { look } => {
                let outcome = self.look_back(look, now, out);
                return out.answers.push((reply, outcome));
            }
            Intent::Leave => return self.go(Away::Start(Some(reply)), now, out),
            Intent::Copy { target } => match self.room().and_then(|live| live.text_to_copy(&target)) {
                Ok(text) => return out.effects.push(Effect::Copy(text, reply)),
                Err(problem) => Err(problem),
            },
            Intent::CopyReport => match self.report() {
                Ok(text) => return out.effects.push(Effect::Copy(text, reply)),
                Err(problem) => Err(problem),
            },
            Intent::CopyStatus => match self.room().map(|live| live.status(now)) {
                Ok(text) => return out.effects.push(Effect::Copy(text, reply)),
                Err(problem) => Err(problem),
            },
            Intent::CopyHandoff => match self.handoff_to_copy(now) {
                Ok(text) => return out.effects.push(Effect::Copy(text, reply)),
                Err(problem) => Err(problem),
            },
            Intent::OpenOutside { target } => match self.room().and_then(|live| live.address_to_open(&target)) {
                Ok(address) => return out.effects.push(Effect::OpenOutside(address, reply)),
                Err(problem) => Err(problem),
            },
            Intent::ChooseChecklist => self.choose(out),
            Intent::AttachFile { item } => self.attach_file(&item, out),
            Intent::Export { export } => self.export(export, out),
            Intent::OpenRecent { id } => self.open_recent(&id, out),
            Intent::ProposeStart { start, zone } => self.propose(start, zone),
            Intent::Look { phase } => self.look(&phase),
            Intent::Show { what, shown } => self.seek(what, shown, now, out),
            Intent::AskWhatIf { what, gate, value } => self.ask_what_if(&what, &gate, &value, now),
            Intent::StartDrill { scenario, over } => return self.start_drill(&scenario, &over, reply, now, out),
            Intent::OpenExample => self.open_example(out),
            Intent::SetDrillSpeed { speed } => self.set_drill_speed(speed, out),
            Intent::SkipInDrill => self.skip_in_drill(now, out),
            Intent::EndDrill => self.end_drill(now, out),
            Intent::UseTheme { theme } => {
                self.laptop.theme = theme;
                out.effects.push(Effect::KeepTheme(theme));
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
        out.answers.push((reply, outcome));
    }

    /// An act in the room: refused, or brought to disk before it counts. Its refusal is the answer and nothing else,
    /// so that it changes nothing that is shown.
    fn in_room(&mut self, act: Act, reply: Reply, now: Timestamp, out: &mut Out) {
        if act == Act::TestNotification {
            return self.test_notification(reply, out);
        }
        if self.entering.is_some() {
            out.answers.push((reply, Err(refused("Another room is being opened: act in that one."))));
            return;
        }
        match &mut self.open {
            Open::Room(live) => live.ask(act, reply, &mut out.answers),
            Open::Nothing | Open::Opening(_) => out.answers.push((reply, Err(no_room()))),
        }
        self.pump(now, out);
    }

    /// What did not work stays to be read until it is dismissed or something else does not work. An answer to the
    /// question for T0 keeps its own.
    fn note(&mut self, outcome: &Result<(), Problem>) {
        if let Err(problem) = outcome
            && !matches!(problem.code, ProblemCode::BadStart | ProblemCode::BadZone)
        {
            self.problem = Some(problem.clone());
        }
    }

    fn open_recent(&mut self, id: &str, out: &mut Out) -> Result<(), Problem> {
        let path = self.laptop.recent.iter().find(|recent| recent.id() == id).map(|recent| recent.path.clone());
        let path = path.ok_or_else(|| refused("This checklist is not in the list any more: open it by its file."))?;
        self.read(path, Given::default(), Origin::Window, out);
        Ok(())
    }

    /// A file was named: a room is entered, anything else is read as a checklist.
    fn path(&mut self, path: PathBuf, given: Given, origin: Origin, now: Timestamp, out: &mut Out) {
        if path.extension().is_some_and(|ending| ending == rooms::ENDING) {
            self.go(Away::Room { path, reply: None, origin, anew: false }, now, out);
        } else {
            self.read(path, given, origin, out);
        }
    }

    fn read(&mut self, path: PathBuf, given: Given, origin: Origin, out: &mut Out) {
        self.reads += 1;
        out.effects.push(Effect::Read { number: self.reads, path, given, origin });
    }

    fn was_read(
        &mut self,
        path: &Path,
        given: Given,
        origin: Origin,
        outcome: Result<Box<Checklist>, SourceError>,
        now: Timestamp,
        out: &mut Out,
    ) {
        match outcome {
            Ok(checklist) => {
                let newest = Recent {
                    title: room::title(&checklist.plan, &path.to_string_lossy()),
                    path: path.to_path_buf(),
                    opened: now,
                };
                recent::remember(&mut self.laptop.recent, newest);
                out.effects.push(Effect::KeepRecent(self.laptop.recent.clone()));
                let opening = Opening::of(*checklist, self.laptop.paths.shown(path), given);
                self.go(Away::Opening(Box::new(opening)), now, out);
            }
            Err(error) => {
                let shown = |path: &Path| self.laptop.paths.shown(path);
                let problem = Problem {
                    code: ProblemCode::Unreadable,
                    message: error.sentence(shown),
                    detail: error.detail(shown),
                };
                self.cannot_be_opened(problem, origin, out);
            }
        }
    }

    /// Said where the file was named: in the window, and in the terminal too where it came from there.
    fn cannot_be_opened(&mut self, problem: Problem, origin: Origin, out: &mut Out) {
        if origin == Origin::CommandLine {
            out.effects.push(Effect::Say(problem.message.clone()));
            out.effects.extend(problem.detail.clone().map(Effect::Say));
        }
        self.problem = Some(problem);
    }

    fn propose(&mut self, start: String, zone: String) -> Result<(), Problem> {
        let Open::Opening(opening) = &mut self.open else {
            return Err(refused("No checklist waits for T0: open one first."));
        };
        opening.answer_with(start, zone);
        Ok(())
    }

    fn room(&mut self) -> Result<&mut Live, Problem> {
        match &mut self.open {
            Open::Room(live) => Ok(live),
            Open::Nothing | Open::Opening(_) => Err(no_room()),
        }
    }

    fn look(&mut self, phase: &str) -> Result<(), Problem> {
        if self.room()?.look(phase) {
            Ok(())
        } else {
            Err(refused("The plan has no such phase: choose one from the run of the day."))
        }
    }
}
