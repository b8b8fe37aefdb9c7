//! `war-room watch`: the room in a terminal, without a window.
//!
//! The same controller, watch and log as behind the window. A checklist without a room gets one in a temporary folder,
//! which is gone afterwards.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use room::VerdictWord;
use tokio::sync::mpsc::{self, Sender, UnboundedReceiver};
use tokio::sync::oneshot;

use super::arguments::Watch;
use super::{Streams, exit};
use crate::controller::{Controller, Keeper, Laptop, Origin, Reply, Sink, Wake, drive};
use crate::keychain::Keychain;
use crate::outside::World;
use crate::paths::Paths;
use crate::rooms::{ENDING, Rooms};
use crate::secrets::Secrets;
use crate::settings::Settings;
use crate::shell::{Shell, WatchLine};
use crate::wire::{Act, Intent, Problem, Screen, Theme, Update};
use crate::{clock, paths};

/// More wakes than come between two looks of the controller.
const INBOX: usize = 1024;

/// How long the room may take to be left in order.
const FAREWELL: Duration = Duration::from_secs(10);

/// Watches until the time is over, or until it is interrupted.
pub(super) fn watch(arguments: &Watch, streams: &mut Streams<'_>) -> io::Result<u8> {
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            writeln!(streams.err, "The watch cannot be started: {error}.")?;
            return Ok(exit::UNREADABLE);
        }
    };
    let is_room = arguments.path.extension().is_some_and(|ending| ending == ENDING);
    let scratch = if is_room { None } else { Some(Scratch::make()?) };
    let code = runtime.block_on(run(arguments, scratch.as_ref().map(|scratch| scratch.0.as_path()), streams));
    runtime.shutdown_timeout(Duration::from_secs(1));
    code
}

/// The commands that were armed on this laptop.
fn armed_here(user: &Paths) -> BTreeSet<String> {
    crate::armed::read(&user.armed()).unwrap_or_else(|complaint| {
        tracing::warn!("{complaint}");
        BTreeSet::new()
    })
}

async fn run(arguments: &Watch, scratch: Option<&Path>, streams: &mut Streams<'_>) -> io::Result<u8> {
    let user = Paths::of_this_user();
    let keychain = Keychain::of_the_system();
    let rooms = Rooms::at(scratch.unwrap_or_else(|| user.data()));
    // The key of a room that is thrown away is, too.
    let rooms = if scratch.is_some() { rooms } else { rooms.keeping_keys_in(keychain.clone()) };
    let settings = Settings::read(&user.settings(), &user.shown(&user.settings()));
    // What is watched here is not remembered as opened.
    let keeper = Keeper::new(
        settings,
        scratch.map_or_else(|| user.recent(), |folder| folder.join("recent.toml")),
        user.armed(),
        scratch.unwrap_or_else(|| user.data()),
    );
    let secrets = Secrets::at(user.secrets()).and_in(keychain.clone());
    let controller = Controller::new(Laptop {
        keychain,
        zone: clock::laptop_zone(),
        theme: Theme::Dark,
        complaint: None,
        recent: Vec::new(),
        armed: armed_here(&user),
        login: paths::login(|name| std::env::var_os(name), || whoami::username().ok()),
        begins_at_t0: scratch.is_some(),
        paths: user,
    });
    let (inbox, todo) = mpsc::channel(INBOX);
    let (lines, told) = mpsc::unbounded_channel();
    let terminal = Arc::new(Terminal { lines, said: Mutex::default() });
    let reports = inbox.clone();
    let world = World::new(secrets, move |report| {
        if reports.blocking_send(Wake::Desktop(report)).is_err() {
            tracing::info!("the controller has gone");
        }
    });
    let shell = Arc::clone(&terminal);
    tokio::spawn(drive(controller, todo, inbox.clone(), shell, keeper, rooms, Box::new(world)));
    let (updates, seen) = mpsc::unbounded_channel();
    let sink = Sink(Box::new(move |update| updates.send(update).is_ok()));
    send(&inbox, Wake::Subscribe(sink)).await;
    let given = arguments.day.given();
    send(&inbox, Wake::Path { path: arguments.path.clone(), given, origin: Origin::CommandLine }).await;
    let mut room =
        Room { inbox, seen, told, verdict: VerdictWord::NotWatched, carried: String::new(), is_json: arguments.json };
    if let Err(sentence) = room.enter().await {
        let said = terminal.said.lock().unwrap_or_else(PoisonError::into_inner).join("\n");
        writeln!(streams.err, "{}", if said.is_empty() { sentence } else { said })?;
        return Ok(exit::UNREADABLE);
    }
    if !room.carried.is_empty() {
        writeln!(streams.err, "{}", room.carried)?;
    }
    if arguments.test_notification {
        let act = Intent::InRoom { act: Act::TestNotification };
        if let Err(problem) = room.act(act).await {
            writeln!(streams.err, "{}", problem.message)?;
        }
    }
    let outcome = room.follow(arguments.r#for, streams).await;
    room.leave().await;
    outcome?;
    Ok(room.code())
}

/// The room as the terminal follows it.
struct Room {
    inbox: Sender<Wake>,
    seen: UnboundedReceiver<Update>,
    told: UnboundedReceiver<WatchLine>,
    verdict: VerdictWord,
    /// What is to be known of where the room's file lies.
    carried: String,
    is_json: bool,
}

impl Room {
    /// Waits until the room is open, accepting T0 and zone as they are proposed.
    async fn enter(&mut self) -> Result<(), String> {
        loop {
            let Some(update) = self.seen.recv().await else { return Err("The room could not be opened.".to_owned()) };
            self.take(&update);
            if let Some(problem) = update.start.as_ref().and_then(|start| start.problem.as_ref()) {
                return Err(problem.message.clone());
            }
            match update.screen {
                Some(Screen::Room) => return Ok(()),
                Some(Screen::Opening) => {
                    let Some(opening) = &update.opening else { continue };
                    let enter = Intent::Enter { start: opening.start.clone(), zone: opening.zone.clone() };
                    self.act(enter)
                        .await
                        .map_err(|problem| format!("{} Say it with --start and --zone.", problem.message))?;
                    return Ok(());
                }
                Some(Screen::Start | Screen::Score) | None => {}
            }
        }
    }

    fn take(&mut self, update: &Update) {
        if let Some(header) = &update.header {
            self.verdict = header.word;
        }
        if let Some(record) = &update.record {
            self.carried.clone_from(&record.carried);
        }
    }

    async fn act(&self, intent: Intent) -> Result<(), Problem> {
        let (sender, receiver) = oneshot::channel();
        let reply = Reply(Box::new(move |outcome| {
            if sender.send(outcome).is_err() {
                tracing::info!("nobody waited for the answer");
            }
        }));
        send(&self.inbox, Wake::Act { intent, reply }).await;
        receiver.await.unwrap_or(Ok(()))
    }

    /// Prints what turns until the time is over, or until it is interrupted.
    async fn follow(&mut self, length: Option<Duration>, streams: &mut Streams<'_>) -> io::Result<()> {
        let over = async {
            match length {
                Some(length) => tokio::time::sleep(length).await,
                None => std::future::pending().await,
            }
        };
        tokio::pin!(over);
        let interrupted = interrupted();
        tokio::pin!(interrupted);
        loop {
            tokio::select! {
                // What is there to be said is said before the end.
                biased;
                line = self.told.recv() => match line {
                    Some(line) => self.print(&line, streams)?,
                    None => return Ok(()),
                },
                update = self.seen.recv() => match update {
                    Some(update) => self.take(&update),
                    None => return Ok(()),
                },
                () = &mut over => return Ok(()),
                () = &mut interrupted => return Ok(()),
            }
        }
    }

    fn print(&mut self, line: &WatchLine, streams: &mut Streams<'_>) -> io::Result<()> {
        if self.is_json {
            let text = serde_json::to_string(line).map_err(io::Error::other)?;
            writeln!(streams.out, "{text}")?;
            return streams.out.flush();
        }
        // For people only what turns: readings come every few seconds.
        if line.kind == "reading" {
            return Ok(());
        }
        let time = line.at.get(11..19).unwrap_or(&line.at);
        let severity = line.severity.map(|severity| format!(" {}", severity.to_uppercase())).unwrap_or_default();
        let subject = if line.subject.is_empty() { String::new() } else { format!(" {}", line.subject) };
        let reason = if line.reason.is_empty() { String::new() } else { format!(": {}", line.reason) };
        writeln!(streams.out, "{time}Z {} {}{severity}{subject}{reason}", line.kind, line.state)?;
        streams.out.flush()
    }

    /// Has the room sealed and let go of.
    async fn leave(&self) {
        let (done, left) = oneshot::channel();
        let reply = Reply(Box::new(move |_| {
            if done.send(()).is_err() {
                tracing::info!("nobody waited for the room to be left");
            }
        }));
        send(&self.inbox, Wake::Quit(reply)).await;
        if tokio::time::timeout(FAREWELL, left).await.is_err() {
            tracing::warn!("the room was not left in order; what was acknowledged is on disk all the same");
        }
    }

    fn code(&self) -> u8 {
        match self.verdict {
            VerdictWord::Go => exit::GOOD,
            VerdictWord::Hold => exit::HOLD,
            VerdictWord::RollBack => exit::ROLL_BACK,
            VerdictWord::Blind | VerdictWord::NotWatched => exit::UNSEEN,
        }
    }
}

async fn send(inbox: &Sender<Wake>, wake: Wake) {
    if inbox.send(wake).await.is_err() {
        tracing::warn!("the controller has gone");
    }
}

/// Ctrl+C, or the system asking the program to end.
pub(super) async fn interrupted() {
    #[cfg(unix)]
    if let Ok(mut ended) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = ended.recv() => return,
            _ = tokio::signal::ctrl_c() => return,
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// A terminal instead of a desktop.
struct Terminal {
    lines: mpsc::UnboundedSender<WatchLine>,
    said: Mutex<Vec<String>>,
}

impl Shell for Terminal {
    fn ask_for_checklist(&self, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>) {
        answer(None);
    }

    fn copy(&self, _: &str) -> Result<(), String> {
        Err("there is no clipboard in a terminal".to_owned())
    }

    fn open_outside(&self, _: &str) -> Result<(), String> {
        Err("a terminal opens nothing".to_owned())
    }

    fn set_title(&self, _: &str) {}

    fn raise(&self) {}

    fn tell(&self, line: &WatchLine) {
        if self.lines.send(line.clone()).is_err() {
            tracing::info!("nobody watches any more");
        }
    }

    fn say(&self, sentence: &str) {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).push(sentence.to_owned());
    }
}

/// A folder that is gone afterwards.
struct Scratch(PathBuf);

impl Scratch {
    fn make() -> io::Result<Self> {
        let folder = std::env::temp_dir().join(format!("war-room-watch-{}", std::process::id()));
        crate::keep::make_private_folder(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(folder = %self.0.display(), "a temporary folder stays: {error}");
        }
    }
}

/// A length as `war-room.toml` writes it: `90s`, `10m`, `1h30m`.
pub(super) fn length(text: &str) -> Result<Duration, String> {
    plan::config::length(text).ok_or_else(|| "a length is written as 90s, 10m or 1h30m".to_owned())
}
