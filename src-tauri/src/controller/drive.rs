//! Drives the controller: waits for what can wake it, tells it the time, and performs what it says is to be done.
//!
//! Owns: the waiting, the files of the laptop, and the thread of the disk. Decides nothing.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use room::{Reading, Room};
use tokio::sync::mpsc::{Receiver, Sender};
use tokio::task::spawn_blocking;

use super::{Checklist, Controller, Effect, Origin, Sink, Wake, WordsJob, problem};
use crate::drill::{Run, Second};
use crate::example;
use crate::exporting::By;
use crate::outside::Outside;
use crate::rooms::{Job, Rooms};
use crate::settings::Settings;
use crate::shell::Shell;
use crate::wire::project::{Given, export_title};
use crate::wire::{ProblemCode, Theme};
use crate::{armed, clock, recent, source};

/// How many readings may wait for the controller: those of a thousand signals for as long as a disk stalls.
const MOST_HEARD: usize = 16 * 1024;

/// How often the past moves on while it passes again: often enough to be followed by eye.
const REPLAY_BEAT: Duration = Duration::from_millis(100);

/// Writes what the laptop keeps.
#[derive(Debug)]
pub(crate) struct Keeper {
    settings: Settings,
    recent: PathBuf,
    /// The list of what was armed.
    armed: PathBuf,
    /// Where the bundled example is laid.
    example: PathBuf,
}

impl Keeper {
    /// Keeps settings in their own file, the list of recent checklists in `recent`, that of armed commands in `armed`.
    #[must_use]
    pub(crate) fn new(settings: Settings, recent: PathBuf, armed: PathBuf, data: &Path) -> Self {
        Self { settings, recent, armed, example: data.join("example").join(example::FILE) }
    }

    fn keep_theme(&mut self, theme: Theme) -> Result<(), String> {
        self.settings.keep_theme(theme)
    }

    fn keep_armed(&self, name: &str, is_armed: bool) -> Result<(), String> {
        armed::note(&self.armed, name, is_armed).map_err(|error| {
            let until = if is_armed { "the command runs until the window closes" } else { "disarm it again later" };
            format!("The list of armed commands cannot be written ({error}): {until}.")
        })
    }

    fn keep_recent(&self, list: &[recent::Recent]) -> Result<(), String> {
        recent::write(&self.recent, list).map_err(|error| {
            format!("The list of recent checklists cannot be written ({error}): it holds until the window closes.")
        })
    }
}

/// Runs until nobody can wake the controller any more. `own` is the sending end of `inbox`, for what comes back.
pub(crate) async fn drive(
    mut controller: Controller,
    mut inbox: Receiver<Wake>,
    own: Sender<Wake>,
    shell: Arc<dyn Shell>,
    keeper: Keeper,
    rooms: Rooms,
    outside: Box<dyn Outside>,
) {
    let disk = disk(rooms, own.clone());
    let words = {
        let own = own.clone();
        super::searching::thread(move |done| wake_soon(own.clone(), Wake::Words(done)))
    };
    let mut driver = Driver {
        sink: None,
        own,
        shell,
        keeper,
        disk,
        words,
        outside,
        heard: Arc::default(),
        drill: None,
        replay: None,
    };
    let mut ticked = clock::now().as_second();
    let mut clocks = clock::clocks();
    loop {
        let wake = tokio::select! {
            wake = inbox.recv() => match wake {
                Some(wake) => Some(driver.with_readings(wake)),
                None => return,
            },
            () = driver.beat() => None,
        };
        // Before anything else: what comes next must not be taken for something that was seen all the time.
        let before = std::mem::replace(&mut clocks, clock::clocks());
        for interruption in clocks.since(&before) {
            tracing::info!(?interruption, "the watch was interrupted");
            if driver.drill.is_some() {
                continue;
            }
            for effect in controller.handle(Wake::Interrupted(interruption), clock::now()) {
                driver.perform(effect);
            }
        }
        if let Some(wake) = wake {
            let now = driver.now();
            for effect in controller.handle(wake, now) {
                driver.perform(effect);
            }
        } else if let Some(second) = driver.drill_on(controller.drilled_room()) {
            for wake in [Wake::Drilled(Box::new(second)), Wake::Tick] {
                let now = driver.now();
                for effect in controller.handle(wake, now) {
                    driver.perform(effect);
                }
            }
        }
        if driver.drill.is_some() {
            continue;
        }
        // Wakes that come at every turn of a second would keep the sleep from ever ending: the second counts, not it.
        let now = clock::now();
        if now.as_second() != ticked {
            ticked = now.as_second();
            for effect in controller.handle(Wake::Tick, now) {
                driver.perform(effect);
            }
        }
    }
}

/// Gives the disk a thread of its own: one job after the other, in the order in which they are asked for. The line is as
/// long as the controller makes it, which asks for the next act when the last is on disk. The thread ends with the
/// sender.
fn disk(mut rooms: Rooms, own: Sender<Wake>) -> std::sync::mpsc::Sender<Job> {
    let (jobs, todo) = std::sync::mpsc::channel();
    let work = move || {
        for job in todo {
            if let Some(outcome) = rooms.perform(job)
                && own.blocking_send(Wake::Disk(outcome)).is_err()
            {
                tracing::info!("the controller has gone");
                return;
            }
        }
    };
    if let Err(error) = std::thread::Builder::new().name("rooms".to_owned()).spawn(work) {
        tracing::error!("the disk has no thread: {error}");
    }
    jobs
}

/// What effects are performed with.
struct Driver {
    sink: Option<Sink>,
    own: Sender<Wake>,
    shell: Arc<dyn Shell>,
    keeper: Keeper,
    disk: std::sync::mpsc::Sender<Job>,
    words: std::sync::mpsc::Sender<WordsJob>,
    outside: Box<dyn Outside>,
    /// What was heard and waits for the controller, with the number of the order to observe.
    heard: Arc<Mutex<Vec<(u64, Reading)>>>,
    drill: Option<Drilled>,
    /// Beats while the past passes.
    replay: Option<tokio::task::AbortHandle>,
}

/// A drill's clock.
struct Drilled {
    run: Run,
    /// Ticks once for each of its seconds; `None` while it stands.
    beat: Option<tokio::time::Interval>,
}

impl Driver {
    /// The time: the world's, or a drill's.
    fn now(&self) -> Timestamp {
        self.drill.as_ref().map_or_else(clock::now, |drill| drill.run.now)
    }

    /// A wake for readings, with all that wait: what comes together is looked at together.
    fn with_readings(&self, wake: Wake) -> Wake {
        let Wake::Heard { number, mut readings } = wake else { return wake };
        let mut waiting = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        // Those of an order that was given up are for nobody.
        let number = waiting.last().map_or(number, |(last, _)| *last);
        readings.extend(waiting.drain(..).filter(|(of, _)| *of == number).map(|(_, reading)| reading));
        Wake::Heard { number, readings }
    }

    /// Waits for the next second, the world's or the drill's.
    async fn beat(&mut self) {
        match &mut self.drill {
            None => tokio::time::sleep(clock::until_next_second(clock::now())).await,
            // What the disk and the window say has its turn between the seconds.
            Some(Drilled { beat: Some(_), run }) if run.skips() => tokio::task::yield_now().await,
            Some(Drilled { beat: Some(beat), .. }) => {
                beat.tick().await;
            }
            Some(Drilled { beat: None, .. }) => std::future::pending().await,
        }
    }

    /// Lets a second of the drill pass, where one runs and its room is there.
    fn drill_on(&mut self, room: Option<&Room>) -> Option<Second> {
        let drill = self.drill.as_mut()?;
        let second = drill.run.next(room?);
        Some(Second { real: Some(clock::now()), ..second })
    }

    fn set_speed(&mut self, speed: u32) {
        if let Some(drill) = &mut self.drill {
            drill.beat = (speed > 0).then(|| {
                let mut beat = tokio::time::interval(Duration::from_secs(1) / speed);
                beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
                beat
            });
        }
    }

    /// Works beside all else, and wakes the controller with what came of it.
    fn beside(&self, work: impl FnOnce() -> Wake + Send + 'static) {
        let own = self.own.clone();
        spawn_blocking(move || wake_soon(own, work()));
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Listen(new) => self.sink = Some(new),
            Effect::Send(update) => {
                if let Some(Sink(send)) = &self.sink
                    && !send(*update)
                {
                    tracing::info!("the window takes no updates any more");
                    self.sink = None;
                }
            }
            Effect::Answer(reply, outcome) => {
                if let Err(problem) = &outcome {
                    tracing::info!(message = problem.message, "an intent was answered with a problem");
                }
                (reply.0)(outcome);
            }
            Effect::Page(reply, outcome) => (reply.0)(outcome),
            Effect::ReadHashes { path, page, reply } => {
                spawn_blocking(move || (reply.0)(super::searching::with_hashes(&path, *page)));
            }
            Effect::ReadPast(read) => self.beside(move || {
                let outcome = read.read();
                Wake::PastRead { read, outcome }
            }),
            Effect::ReadTrends { folder, path, known, now } => self.beside(move || {
                let trends = crate::rooms::trends(&folder, &path, &known.rooms, now);
                Wake::Trends { path, trends }
            }),
            Effect::ReadPastCharts { path, asked, reply } => {
                spawn_blocking(move || (reply.0)(super::past::read_charts(&path, *asked)));
            }
            Effect::PastCharts(reply, outcome) => (reply.0)(outcome.map(|charts| *charts)),
            Effect::Replay(is_on) => self.replay(is_on),
            Effect::ReadBehind(to_read) => {
                let own = self.own.clone();
                spawn_blocking(move || super::behind::read(&to_read, |wake| own.blocking_send(wake).is_ok()));
            }
            Effect::Verify { path, heads } => self.beside(move || {
                let verified = super::proof::verify(path, &heads, clock::now);
                Wake::Verified(Box::new(verified))
            }),
            Effect::Words(job) => {
                if self.words.send(job).is_err() {
                    tracing::error!("the search's thread has ended");
                }
            }
            Effect::Alert(reply, outcome) => (reply.0)(outcome.map(|page| *page)),
            Effect::Source(reply, outcome) => (reply.0)(outcome.map(|page| *page)),
            Effect::Charts(reply, outcome) => (reply.0)(outcome.map(|page| *page)),
            Effect::ReadCharts { path, asked, reply } => {
                spawn_blocking(move || (reply.0)(super::samples::read_charts(&path, &asked)));
            }
            Effect::ReadEnds(asked) => self.beside(move || {
                let outcome = super::ends::read(&asked);
                Wake::Ends { path: asked.path, outcome }
            }),
            Effect::Disk(job) => {
                if self.disk.send(job).is_err() {
                    tracing::error!("the disk's thread has ended");
                }
            }
            Effect::AskForFile => {
                let own = self.own.clone();
                self.shell.ask_for_checklist(Box::new(move |path| wake_soon(own, Wake::Chosen(path))));
            }
            Effect::AskForEvidence(item) => {
                let own = self.own.clone();
                self.shell.ask_for_evidence(Box::new(move |path| {
                    wake_soon(own.clone(), Wake::Answered);
                    spawn_blocking(move || {
                        let outcome = path.map(|path| super::evidence::digest_of(&path));
                        wake_soon(own, Wake::Digested { item, outcome });
                    });
                }));
            }
            Effect::Export(to_export) => {
                let own = self.own.clone();
                let title = export_title(to_export.kind);
                let name = to_export.name.clone();
                self.shell.ask_where_to_save(
                    title,
                    &name,
                    Box::new(move |path| {
                        wake_soon(own.clone(), Wake::Answered);
                        spawn_blocking(move || {
                            let by = By { who: to_export.who.clone(), at: clock::now(), key: to_export.key.clone() };
                            let outcome = path.map(|path| super::export::write(&to_export, &by, &path));
                            wake_soon(own, Wake::Exported { to_export, outcome });
                        });
                    }),
                );
            }
            Effect::Follow { number, path } => {
                let own = self.own.clone();
                let turned = move |outcome| wake_soon(own.clone(), Wake::FileTurned { number, outcome });
                self.outside.follow(&path, Box::new(turned));
            }
            Effect::StopFollowing => self.outside.stop_following(),
            Effect::Reread { number, path } => {
                let own = self.own.clone();
                spawn_blocking(move || wake_soon(own, Wake::Reread { number, outcome: checklist_of(&path) }));
            }
            Effect::Read { number, path, given, origin } => read(number, path, given, origin, self.own.clone()),
            Effect::Copy(text, reply) => {
                let (shell, own) = (Arc::clone(&self.shell), self.own.clone());
                spawn_blocking(move || {
                    let outcome = shell.copy(&text).map_err(|why| {
                        problem(
                            ProblemCode::Refused,
                            format!("The clipboard took nothing ({why}): select the text and copy it by hand."),
                        )
                    });
                    wake_soon(own, Wake::Done { reply, outcome });
                });
            }
            Effect::OpenOutside(address, reply) => {
                let (shell, own) = (Arc::clone(&self.shell), self.own.clone());
                spawn_blocking(move || {
                    let outcome = shell.open_outside(&address).map_err(|why| {
                        problem(
                            ProblemCode::Refused,
                            format!("The desktop opens nothing for {address} ({why}): copy the address instead."),
                        )
                    });
                    wake_soon(own, Wake::Done { reply, outcome });
                });
            }
            Effect::Title(title) => self.shell.set_title(&title),
            Effect::Say(sentence) => self.shell.say(&sentence),
            // These files are small, and their order counts: they are written here, one after the other.
            Effect::KeepTheme(theme) => kept(self.keeper.keep_theme(theme), &self.own),
            Effect::KeepRecent(list) => kept(self.keeper.keep_recent(&list), &self.own),
            Effect::KeepArmed { name, is_armed } => kept(self.keeper.keep_armed(&name, is_armed), &self.own),
            Effect::Watch { number, config, folder, armed } => {
                let (own, waiting) = (self.own.clone(), Arc::clone(&self.heard));
                let heard = move |reading| {
                    let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
                    if waiting.len() >= MOST_HEARD {
                        tracing::error!("a reading was lost: the controller has too much to do, or has gone");
                        return;
                    }
                    waiting.push((number, reading));
                    // Whoever is woken takes all that waits then.
                    if waiting.len() == 1 {
                        wake_soon(own.clone(), Wake::Heard { number, readings: Vec::new() });
                    }
                };
                self.outside.observe(&config, &folder, &armed, Box::new(heard));
            }
            Effect::Fetch { number, stretch } => {
                let own = self.own.clone();
                let told = move |fetched| wake_soon(own, Wake::Fetched { number, fetched: Box::new(fetched) });
                self.outside.fetch(stretch, Box::new(told));
            }
            Effect::StopWatch => self.outside.stop_observing(),
            Effect::Notify(notification) => self.outside.notify(notification),
            Effect::LookAtDesktop => self.outside.look_at_desktop(),
            Effect::KeepAwake(awake) => {
                let own = self.own.clone();
                self.outside.keep_awake(awake, Box::new(move |outcome| wake_soon(own, Wake::Awake(outcome))));
            }
            Effect::StartClock(run, speed) => {
                self.drill = Some(Drilled { run: *run, beat: None });
                self.set_speed(speed);
            }
            Effect::SetSpeed(speed) => self.set_speed(speed),
            Effect::Skip(to) => {
                if let Some(drill) = &mut self.drill {
                    drill.run.skip_to(to);
                }
            }
            Effect::StopClock => self.drill = None,
            Effect::WriteExample => self.write_example(),
            Effect::Raise => self.shell.raise(),
            Effect::Tell(line) => self.shell.tell(&line),
        }
    }
}

impl Driver {
    /// Lets the past pass, or stand. It passes by the world's clock, in a drill whose own clock stands, too.
    fn replay(&mut self, is_on: bool) {
        if let Some(beats) = self.replay.take() {
            beats.abort();
        }
        if is_on {
            let own = self.own.clone();
            let beats = async move {
                let mut beat = tokio::time::interval(REPLAY_BEAT);
                beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
                loop {
                    beat.tick().await;
                    if own.send(Wake::Replayed(clock::now())).await.is_err() {
                        return;
                    }
                }
            };
            self.replay = Some(tokio::spawn(beats).abort_handle());
        }
    }

    /// The example lies among the program's data.
    fn write_example(&self) {
        let own = self.own.clone();
        let path = self.keeper.example.clone();
        spawn_blocking(move || {
            let wake = match example::lay(&path) {
                Ok(()) => {
                    Wake::Path { path, given: Given::example(example::start(clock::now())), origin: Origin::Window }
                }
                Err(error) => {
                    Wake::Kept(Err(format!("The example cannot be written to {} ({error}).", path.display())))
                }
            };
            wake_soon(own, wake);
        });
    }
}

fn read(number: u64, path: PathBuf, given: Given, origin: Origin, own: Sender<Wake>) {
    spawn_blocking(move || {
        let path = std::path::absolute(&path).unwrap_or(path);
        tracing::info!(path = %path.display(), "a checklist is read");
        let outcome = checklist_of(&path);
        wake_soon(own, Wake::Read { number, path, given, origin, outcome });
    });
}

fn checklist_of(path: &Path) -> Result<Box<Checklist>, source::SourceError> {
    source::read(path).map(|source| {
        let (plan, findings) = source.plan();
        // By its one true name, so that a room knows its checklist by whatever way it is named.
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        Box::new(Checklist { path, text: source.text, settings: source.settings, plan, findings })
    })
}

fn kept(outcome: Result<(), String>, own: &Sender<Wake>) {
    // A success changes nothing and needs to wake nobody.
    if outcome.is_err() {
        wake_soon(own.clone(), Wake::Kept(outcome));
    }
}

/// Puts `wake` into the inbox from wherever it comes, without holding anybody up; once the controller has gone there is
/// nobody to tell.
fn wake_soon(own: Sender<Wake>, wake: Wake) {
    if let Err(tokio::sync::mpsc::error::TrySendError::Full(wake)) = own.try_send(wake) {
        std::thread::spawn(move || {
            if own.blocking_send(wake).is_err() {
                tracing::info!("the controller has gone");
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controller::{Laptop, Reply};
    use crate::paths::Paths;
    use crate::wire::{Act, Intent, Problem, Screen, Update};

    /// A desktop that answers with one file and notes what it is told.
    struct Desktop {
        file: PathBuf,
        told: Mutex<Vec<String>>,
    }

    impl Shell for Desktop {
        fn ask_for_checklist(&self, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>) {
            answer(Some(self.file.clone()));
        }
        fn copy(&self, _text: &str) -> Result<(), String> {
            Err("no display".to_owned())
        }
        fn open_outside(&self, _address: &str) -> Result<(), String> {
            Err("no browser".to_owned())
        }
        fn set_title(&self, title: &str) {
            self.told.lock().unwrap().push(title.to_owned());
        }
        fn raise(&self) {}
        fn tell(&self, _: &crate::shell::WatchLine) {}
        fn say(&self, sentence: &str) {
            self.told.lock().unwrap().push(sentence.to_owned());
        }
    }

    /// A world in which nothing is but files.
    #[derive(Default)]
    struct Nowhere(Option<crate::following::Following>);

    impl Outside for Nowhere {
        fn observe(&mut self, _: &plan::config::Config, _: &Path, _: &armed::Armed, _: crate::outside::Heard) {}
        fn fetch(&mut self, _: room::Stretch, _: crate::outside::Told) {}
        fn stop_observing(&mut self) {}
        fn notify(&mut self, _: outbound::Notification) {}
        fn look_at_desktop(&mut self) {}
        fn follow(&mut self, checklist: &Path, changed: crate::following::Changed) {
            self.0 = crate::following::Following::begin(checklist, changed).ok();
        }
        fn stop_following(&mut self) {
            self.0 = None;
        }
        fn keep_awake(&mut self, _: bool, _: Box<dyn FnOnce(Result<(), String>) + Send>) {}
    }

    async fn act(inbox: &Sender<Wake>, intent: Intent) -> Result<(), Problem> {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        let reply = Reply(Box::new(move |outcome| sender.send(outcome).unwrap()));
        inbox.send(Wake::Act { intent, reply }).await.unwrap();
        receiver.await.unwrap()
    }

    fn laptop(home: &Path) -> (Laptop, Keeper, Rooms) {
        let paths = Paths::from_environment(|_| None, Some(home.to_path_buf()));
        let settings = Settings::read(&paths.settings(), "settings.toml");
        let keeper = Keeper::new(settings, paths.recent(), paths.armed(), paths.data());
        let rooms = Rooms::at(paths.data());
        let laptop = Laptop {
            keychain: crate::keychain::Keychain::none(),
            paths,
            zone: jiff::tz::TimeZone::UTC,
            theme: Theme::Dark,
            complaint: None,
            recent: Vec::new(),
            armed: std::collections::BTreeSet::new(),
            login: "mk".to_owned(),
            begins_at_t0: false,
        };
        (laptop, keeper, rooms)
    }

    #[tokio::test]
    async fn a_file_that_is_missing_is_said_in_the_window() {
        let home = tempfile::tempdir().unwrap();
        let (laptop, keeper, rooms) = laptop(home.path());
        let (own, inbox) = tokio::sync::mpsc::channel(8);
        let desktop = Arc::new(Desktop { file: home.path().join("gone.md"), told: Mutex::default() });
        let task = tokio::spawn(drive(
            Controller::new(laptop),
            inbox,
            own.clone(),
            desktop,
            keeper,
            rooms,
            Box::<Nowhere>::default(),
        ));
        let (updates, mut seen) = tokio::sync::mpsc::unbounded_channel::<Update>();
        let sink = Sink(Box::new(move |update| updates.send(update).is_ok()));
        own.send(Wake::Subscribe(sink)).await.unwrap();
        assert_eq!(seen.recv().await.unwrap().screen, Some(Screen::Start));
        act(&own, Intent::ChooseChecklist).await.unwrap();
        let problem = loop {
            let update = seen.recv().await.unwrap();
            if let Some(problem) = update.start.and_then(|start| start.problem) {
                break problem;
            }
        };
        assert_eq!(problem.message, "There is no file ~/gone.md: check its name and its folder.");
        task.abort();
    }

    #[tokio::test]
    async fn colours_are_kept_in_the_settings() {
        let home = tempfile::tempdir().unwrap();
        let (laptop, keeper, rooms) = laptop(home.path());
        let path = laptop.paths.settings();
        let (own, inbox) = tokio::sync::mpsc::channel(8);
        let desktop = Arc::new(Desktop { file: PathBuf::new(), told: Mutex::default() });
        let task = tokio::spawn(drive(
            Controller::new(laptop),
            inbox,
            own.clone(),
            desktop,
            keeper,
            rooms,
            Box::<Nowhere>::default(),
        ));
        act(&own, Intent::UseTheme { theme: Theme::Light }).await.unwrap();
        act(&own, Intent::DismissProblem).await.unwrap();
        assert_eq!(std::fs::read_to_string(path).unwrap(), "theme = \"light\"\n");
        task.abort();
    }

    #[tokio::test]
    async fn an_act_goes_to_disk_and_comes_back() {
        let home = tempfile::tempdir().unwrap();
        let (laptop, keeper, rooms) = laptop(home.path());
        let folder = crate::paths::rooms_in(laptop.paths.data());
        let file = home.path().join("plan.md");
        std::fs::write(&file, "# Plan\n\n## Deployment (Jan 21, 2026, 6:30 AM UTC)\n- [ ] started\n").unwrap();
        let (own, inbox) = tokio::sync::mpsc::channel(8);
        let desktop = Arc::new(Desktop { file, told: Mutex::default() });
        let task = tokio::spawn(drive(
            Controller::new(laptop),
            inbox,
            own.clone(),
            desktop,
            keeper,
            rooms,
            Box::<Nowhere>::default(),
        ));
        let (updates, mut seen) = tokio::sync::mpsc::unbounded_channel::<Update>();
        own.send(Wake::Subscribe(Sink(Box::new(move |update| updates.send(update).is_ok())))).await.unwrap();
        act(&own, Intent::ChooseChecklist).await.unwrap();
        while seen.recv().await.unwrap().screen != Some(Screen::Opening) {}
        act(&own, Intent::Enter { start: "2026-01-21T06:30".to_owned(), zone: "UTC".to_owned() }).await.unwrap();
        let note = Act::Note { text: "kept".to_owned(), at: String::new() };
        act(&own, Intent::InRoom { act: note }).await.unwrap();
        let path = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        let path = path.filter(|path| path.extension().is_some_and(|ending| ending == "warroom"));
        let path = path.last().expect("a room's file");
        let kinds: Vec<_> = journal::read(&path).unwrap().events.iter().map(|recorded| recorded.event.kind()).collect();
        assert_eq!(kinds, ["opened", "noted"]);

        let (done, left) = tokio::sync::oneshot::channel();
        own.send(Wake::Quit(Reply(Box::new(move |_| done.send(()).unwrap())))).await.unwrap();
        left.await.unwrap();
        let heads = journal::Heads::at(&folder.with_file_name("heads.log"));
        assert_eq!(journal::verify(&path, &heads, None).unwrap().complete_to, Some(2));
        task.abort();
    }

    #[tokio::test]
    async fn a_save_of_the_file_is_offered_and_accepted() {
        let home = tempfile::tempdir().unwrap();
        let (laptop, keeper, rooms) = laptop(home.path());
        let file = home.path().join("plan.md");
        let text = "# Plan\n\n## Deployment (Jan 21, 2026, 6:30 AM UTC)\n- [ ] it is started\n";
        std::fs::write(&file, text).unwrap();
        let (own, inbox) = tokio::sync::mpsc::channel(8);
        let desktop = Arc::new(Desktop { file: file.clone(), told: Mutex::default() });
        let task = tokio::spawn(drive(
            Controller::new(laptop),
            inbox,
            own.clone(),
            desktop,
            keeper,
            rooms,
            Box::<Nowhere>::default(),
        ));
        let (updates, mut seen) = tokio::sync::mpsc::unbounded_channel::<Update>();
        own.send(Wake::Subscribe(Sink(Box::new(move |update| updates.send(update).is_ok())))).await.unwrap();
        act(&own, Intent::ChooseChecklist).await.unwrap();
        while seen.recv().await.unwrap().screen != Some(Screen::Opening) {}
        act(&own, Intent::Enter { start: "2026-01-21T06:30".to_owned(), zone: "UTC".to_owned() }).await.unwrap();
        // As editors save: another file that takes the name.
        std::fs::write(home.path().join("plan.md~"), text.replace("it is", "all is")).unwrap();
        std::fs::rename(home.path().join("plan.md~"), &file).unwrap();
        let offered = loop {
            if let Some(reread) = seen.recv().await.unwrap().reread.filter(|reread| reread.state == "offered") {
                break reread;
            }
        };
        assert_eq!(offered.words, "The checklist was changed: 1 reworded.");
        act(&own, Intent::InRoom { act: Act::AcceptReread { digest: offered.digest } }).await.unwrap();
        task.abort();
    }
}
