//! The controller behind two pipes in place of a window: what comes in as a line goes into the same inbox as the window's
//! calls, by the same types, and each answer goes out as a line once it is given.
//!
//! Owns: the lines. Decides nothing. Nothing of the product starts it: a test does, and kills it wherever it is.
//!
//! ```text
//! in    {"number": 7, "intent": {"kind": "in_room", "act": {"act": "note", "text": "quiet", "at": ""}}}
//!       the same with "silent": true: done, and never answered
//! out   {"screen": "start" | "opening" | "room" | "score"}
//!       {"shown": 12}                      the window was sent a log of 12 events
//!       {"unsaved": "The log is …" | null} what it says of its record, where that turned
//!       {"reading_only": "…"}
//!       {"problem": "…"}                   what the start window says went wrong
//!       {"number": 7, "refused": null}     answered: it is on the disk; else the reason
//! ```

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::{self, Sender};
use tokio::sync::oneshot;

use crate::controller::{Controller, Keeper, Laptop, Origin, Reply, Sink, Wake, drive};
use crate::keychain::Keychain;
use crate::outside::World;
use crate::paths::{self, Paths};
use crate::rooms::Rooms;
use crate::secrets::Secrets;
use crate::settings::Settings;
use crate::shell::{Shell, WatchLine};
use crate::wire::project::Given;
use crate::wire::{Intent, Screen, Theme, Update};
use crate::{armed, clock};

/// How much may wait for the controller, as in the window.
const INBOX: usize = 256;

/// A line that comes in.
#[derive(Deserialize)]
struct Asked {
    number: u64,
    intent: Intent,
    #[serde(default)]
    silent: bool,
}

/// Runs until its input ends, with the checklist or the room that the first argument names; then the room is left in order.
#[must_use]
pub fn main() -> ExitCode {
    let file = std::env::args_os().nth(1).map(PathBuf::from);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let Ok(runtime) = runtime else { return ExitCode::from(2) };
    runtime.block_on(run(file));
    runtime.shutdown_background();
    ExitCode::SUCCESS
}

async fn run(file: Option<PathBuf>) {
    let (user, keychain) = (Paths::of_this_user(), Keychain::of_the_system());
    let (inbox, todo) = mpsc::channel(INBOX);
    let reports = inbox.clone();
    let world = World::new(Secrets::at(user.secrets()).and_in(keychain.clone()), move |report| {
        // Once the controller has gone nobody is left to be told.
        let _ = reports.blocking_send(Wake::Desktop(report));
    });
    let settings = Settings::read(&user.settings(), &user.shown(&user.settings()));
    let keeper = Keeper::new(settings, user.recent(), user.armed(), user.data());
    let rooms = Rooms::at(user.data()).caching_in(user.snapshots()).keeping_keys_in(keychain.clone());
    let controller = Controller::new(Laptop {
        keychain,
        zone: clock::laptop_zone(),
        theme: Theme::Dark,
        complaint: None,
        recent: Vec::new(),
        armed: armed::read(&user.armed()).unwrap_or_default(),
        login: paths::login(|name| std::env::var_os(name), || whoami::username().ok()),
        begins_at_t0: false,
        paths: user,
    });
    tokio::spawn(drive(controller, todo, inbox.clone(), Arc::new(Nothing), keeper, rooms, Box::new(world)));
    send(&inbox, Wake::Subscribe(Sink(Box::new(|update| tell(&update))))).await;
    if let Some(path) = file {
        send(&inbox, Wake::Path { path, given: Given::default(), origin: Origin::Window }).await;
    }
    let (lines, mut came) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            if lines.send(line).is_err() {
                return;
            }
        }
    });
    while let Some(line) = came.recv().await {
        match serde_json::from_str::<Asked>(&line) {
            Ok(asked) => ask(asked, &inbox).await,
            Err(error) => _ = say(&json!({ "problem": error.to_string() })),
        }
    }
    let (done, left) = oneshot::channel();
    let reply = Reply(Box::new(move |_| _ = done.send(())));
    send(&inbox, Wake::Quit(reply)).await;
    // Either way there is nothing more to be done.
    let _ = left.await;
}

/// As the window's calls do it: the answer is waited for by nobody else.
async fn ask(Asked { number, intent, silent }: Asked, inbox: &Sender<Wake>) {
    let reply = Reply(Box::new(move |outcome| {
        if !silent {
            let refused = outcome.err().map(|problem| problem.message);
            say(&json!({ "number": number, "refused": refused }));
        }
    }));
    send(inbox, Wake::Act { intent, reply }).await;
}

async fn send(inbox: &Sender<Wake>, wake: Wake) {
    if inbox.send(wake).await.is_err() {
        tracing::info!("the controller has gone");
    }
}

/// What of an update the test holds against the disk.
fn tell(update: &Update) -> bool {
    let screen = update.screen.map(|screen| match screen {
        Screen::Start => json!({ "screen": "start" }),
        Screen::Opening => json!({ "screen": "opening" }),
        Screen::Room => json!({ "screen": "room" }),
        Screen::Score => json!({ "screen": "score" }),
    });
    let problem = update.start.as_ref().and_then(|start| start.problem.as_ref());
    let lines = [
        update.log.as_ref().map(|log| json!({ "shown": log.count })),
        update.record.as_ref().map(|record| {
            let unsaved = record.unsaved.as_ref().map(|problem| &problem.message);
            json!({ "unsaved": unsaved, "reading_only": record.reading_only })
        }),
        problem.map(|problem| json!({ "problem": problem.message })),
        screen,
    ];
    lines.into_iter().flatten().all(|line| say(&line))
}

/// Says a line at once; false where nobody hears it any more.
fn say(line: &Value) -> bool {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).is_ok()
}

/// No desktop at all.
struct Nothing;

impl Shell for Nothing {
    fn ask_for_checklist(&self, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>) {
        answer(None);
    }

    fn copy(&self, _: &str) -> Result<(), String> {
        Err("there is no clipboard".to_owned())
    }

    fn open_outside(&self, _: &str) -> Result<(), String> {
        Err("there is no desktop".to_owned())
    }

    fn set_title(&self, _: &str) {}

    fn raise(&self) {}

    fn tell(&self, _: &WatchLine) {}

    fn say(&self, _: &str) {}
}
