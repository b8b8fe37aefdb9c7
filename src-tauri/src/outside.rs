//! The world outside of the room, as the driver reaches it: what is observed and was missed, the desktop's notifications, and the
//! laptop's sleep. A drill and a test have their own.
//!
//! Owns: that each of the three is done at most once at a time. Must not know: what is alarming.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use outbound::{Awake, Desktop, Notification, Report};
use plan::config::Config;
use probes::{Question, Watching};
use room::{Fetched, Reading, Stretch};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::armed::Armed;
use crate::clock;
use crate::following::{Changed, Following};
use crate::secrets::Secrets;

/// Takes a reading.
pub(crate) type Heard = Box<dyn Fn(Reading) + Send + Sync>;

/// Takes what came of a stretch that was missed, once.
pub(crate) type Told = Box<dyn FnOnce(Fetched) + Send>;

/// So many metrics are asked for what was missed at a time: after a sleep it is all of them, and the server has more to
/// do than that.
const FETCHED_AT_ONCE: usize = 4;

/// The world outside of the room.
pub(crate) trait Outside: Send + 'static {
    /// Observes what the settings name, in the place of what is observed; what is asked already, and in the same way, goes
    /// on as it was. Files of the settings lie in `folder`, and of the commands only those that are armed run.
    fn observe(&mut self, config: &Config, folder: &Path, armed: &Armed, heard: Heard);

    /// Asks for what was missed of what is observed.
    fn fetch(&mut self, stretch: Stretch, told: Told);

    /// Observes nothing any more.
    fn stop_observing(&mut self);

    /// Shows a notification; what comes of it is reported.
    fn notify(&mut self, notification: Notification);

    /// Asks the desktop whether it holds notifications back; the answer is reported.
    fn look_at_desktop(&mut self);

    /// Follows a checklist and the settings beside it, in the place of what is followed; `changed` hears each turn of them.
    fn follow(&mut self, checklist: &Path, changed: Changed);

    /// Follows no file any more.
    fn stop_following(&mut self);

    /// Keeps the laptop awake, or lets it sleep; `done` hears whether it is kept awake.
    fn keep_awake(&mut self, awake: bool, done: Box<dyn FnOnce(Result<(), String>) + Send>);
}

/// The true one.
pub(crate) struct World {
    secrets: Secrets,
    /// What is asked, and by whom.
    watching: Vec<(Question, Watching)>,
    /// What is being fetched of it; dropping it ends that.
    fetching: JoinSet<()>,
    may_fetch: Arc<Semaphore>,
    following: Option<Following>,
    desktop: Desktop,
    awake: Arc<Mutex<Option<Awake>>>,
}

impl World {
    /// Nothing is observed yet. `report` hears what comes of notifications.
    #[must_use]
    pub(crate) fn new(secrets: Secrets, report: impl Fn(Report) + Send + Sync + 'static) -> Self {
        Self {
            secrets,
            watching: Vec::new(),
            fetching: JoinSet::new(),
            may_fetch: Arc::new(Semaphore::new(FETCHED_AT_ONCE)),
            following: None,
            desktop: Desktop::start(report),
            awake: Arc::default(),
        }
    }
}

impl Outside for World {
    fn observe(&mut self, config: &Config, folder: &Path, armed: &Armed, heard: Heard) {
        let keeper = probes::Keeper {
            secret: &|name| self.secrets.find(name),
            file: &|name| read(folder, name),
            folder,
            armed: &|probe, text| armed.contains(&(probe.to_owned(), text.to_owned())),
        };
        let heard: Arc<dyn Fn(Reading) + Send + Sync> = Arc::from(heard);
        let mut before = std::mem::take(&mut self.watching);
        for question in probes::questions(config, &keeper) {
            let same = before.iter().position(|(known, _)| *known == question);
            let watching = match same {
                Some(place) => before.swap_remove(place).1,
                None => {
                    let heard = Arc::clone(&heard);
                    probes::watch(vec![question.clone()], clock::now, move |reading| heard(reading))
                }
            };
            self.watching.push((question, watching));
        }
    }

    fn fetch(&mut self, stretch: Stretch, told: Told) {
        let asked = self.watching.iter().find(|(question, _)| question.signal == stretch.signal);
        let Some(question) = asked.map(|(question, _)| question.clone()) else { return };
        let may_fetch = Arc::clone(&self.may_fetch);
        // Those that are through are let go of.
        while self.fetching.try_join_next().is_some() {}
        self.fetching.spawn(async move {
            // It is never closed.
            let Ok(_permit) = may_fetch.acquire_owned().await else { return };
            let readings = probes::missed(&question, stretch.from, stretch.to, clock::now).await;
            told(Fetched { stretch, readings });
        });
    }

    fn stop_observing(&mut self) {
        self.watching.clear();
        self.fetching = JoinSet::new();
    }

    fn follow(&mut self, checklist: &Path, changed: Changed) {
        let changed = Arc::new(changed);
        let heard = Arc::clone(&changed);
        match Following::begin(checklist, Box::new(move |outcome| heard(outcome))) {
            Ok(following) => self.following = Some(following),
            Err(why) => {
                self.following = None;
                changed(Err(why));
            }
        }
    }

    fn stop_following(&mut self) {
        self.following = None;
    }

    fn notify(&mut self, notification: Notification) {
        self.desktop.show(notification);
    }

    fn look_at_desktop(&mut self) {
        self.desktop.look();
    }

    fn keep_awake(&mut self, awake: bool, done: Box<dyn FnOnce(Result<(), String>) + Send>) {
        let held = Arc::clone(&self.awake);
        // The system's bus may take its time.
        tokio::task::spawn_blocking(move || {
            let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
            if !awake {
                *held = None;
                return;
            }
            let outcome = Awake::hold("A deployment is running");
            let words = outcome.as_ref().map(|_| ()).map_err(Clone::clone);
            *held = outcome.ok();
            done(words);
        });
    }
}

/// The bytes of a file that the settings name, relative to their own folder.
pub(crate) fn read(folder: &Path, name: &str) -> Result<Vec<u8>, String> {
    let path: PathBuf = folder.join(name);
    std::fs::read(&path).map_err(|error| format!("{} cannot be read ({error})", path.display()))
}

#[cfg(test)]
mod tests {
    use room::{Fault, Measure, Signal};

    use super::*;

    #[tokio::test]
    async fn a_command_that_is_armed_runs_and_what_else_is_asked_goes_on_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (config, _) = plan::config::parse(
            "version = 1\n[probes.lag]\nkind = \"command\"\ncommand = \"pwd\"\nevery = \"1h\"\n[probes.web]\nkind = \"http\"\nurl = \"http://127.0.0.1:9/\"\nevery = \"1h\"\n",
        );
        let mut world = World::new(Secrets::at(folder.path().join("secrets.toml")), |_| {});
        let (sender, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let hear = || -> Heard {
            let sender = sender.clone();
            Box::new(move |reading| sender.send(reading).unwrap())
        };
        let armed = Armed::from([("lag".to_owned(), "pwd".to_owned())]);
        let lag = Signal::Probe("lag".to_owned());

        world.observe(&config, folder.path(), &Armed::new(), hear());
        let mut readings = [heard.recv().await.unwrap(), heard.recv().await.unwrap()];
        readings.sort_by_key(|reading| reading.signal != lag);
        assert_eq!(readings[0].outcome, Err(Fault::NotArmed));

        world.observe(&config, folder.path(), &armed, hear());
        let next = heard.recv().await.unwrap();
        assert_eq!(next.signal, lag, "the other is not asked again before its time");
        assert!(matches!(&next.outcome, Ok(sample) if matches!(sample.measure, Measure::Passed(_))), "{next:?}");
        assert!(next.sequence > readings[0].sequence, "what was said before does not overtake it");

        world.observe(&config, folder.path(), &Armed::new(), hear());
        assert_eq!(heard.recv().await.unwrap().outcome, Err(Fault::NotArmed));
        world.stop_observing();
        assert!(heard.try_recv().is_err());
    }
}
