//! The drill in the controller: started, sped up, ended.

use jiff::Timestamp;
use room::{Event, Mode, Room, RoomClosed};

use super::{Controller, Effect, Open, Out, Reply, refused};
use crate::controller::Origin;
use crate::drill::scenario::SCENARIOS;
use crate::drill::{Order, Second, scenario, skip};
use crate::example;
use crate::rooms::Job;
use crate::wire::{DrillMarkView, Problem, project};

/// The speeds to choose from.
const SPEEDS: [u32; 5] = [1, 2, 4, 10, 60];

/// The speed of a drill at the window: a newcomer sees it through within three minutes.
pub(crate) const SPEED: u32 = 4;

/// Of what is skipped the window is shown one turn of the clock in so many.
const SHOWN_OF_SKIPPED: u32 = 100;

/// The drill that is open.
#[derive(Debug, Clone)]
pub(super) struct Drilling {
    pub(super) order: Order,
    speed: u32,
    /// Up to when nobody waits.
    skips_to: Option<Timestamp>,
    /// Up to when it was skipped last.
    skipped_to: Option<Timestamp>,
    /// How often the clock turned meanwhile.
    skipped: u32,
    /// Whether it is over: its score is shown.
    pub(super) has_ended: bool,
}

impl Controller {
    /// The room of the drill that runs, for what its next second brings.
    pub(crate) fn drilled_room(&self) -> Option<&Room> {
        match (&self.open, &self.drill) {
            (Open::Room(live), Some(_)) => Some(live.room()),
            _ => None,
        }
    }

    /// Starts a drill over the example, the checklist that waits for T0, or that of the drill before.
    pub(super) fn start_drill(&mut self, id: &str, over: &str, reply: Reply, now: Timestamp, out: &mut Out) {
        match self.order(id, over).and_then(|order| self.begin_drill(order, now, out)) {
            Ok(number) => self.await_drill(number, reply),
            Err(problem) => {
                let outcome = Err(problem);
                self.note(&outcome);
                out.answers.push((reply, outcome));
            }
        }
    }

    fn order(&self, id: &str, over: &str) -> Result<Order, Problem> {
        let scenario = scenario::of(id).ok_or_else(|| refused("There is no such scenario: choose one of the list."))?;
        let example = || (example::FILE.to_owned(), example::TEXT.to_owned(), Some(example::SETTINGS.to_owned()));
        let (file, text, settings) = match (over, &self.open, &self.drill) {
            ("opening", Open::Opening(opening), _) => {
                let checklist = &opening.checklist;
                let file = checklist.path.file_name().map(|name| name.to_string_lossy().into_owned());
                (file.unwrap_or_default(), checklist.text.clone(), checklist.settings.clone())
            }
            ("again", _, Some(drill)) => {
                (drill.order.file.clone(), drill.order.text.clone(), drill.order.settings.clone())
            }
            _ => example(),
        };
        let speed = self.drill.as_ref().map_or(SPEED, |drill| drill.speed);
        // Each run is another one: the second time a person knows what comes, but not when.
        let runs = self.rooms.iter().filter(|found| found.known.as_ref().is_ok_and(|known| known.drill.is_some()));
        let seed = u64::try_from(runs.count()).unwrap_or(0).saturating_add(1);
        Ok(Order { scenario, seed, speed, is_alone: false, file, text, settings })
    }

    /// Makes the drill's room; the number of the job.
    pub(super) fn begin_drill(&mut self, order: Order, now: Timestamp, out: &mut Out) -> Result<u64, Problem> {
        self.may_enter()?;
        if matches!(&self.open, Open::Room(_)) && self.drill.is_none() {
            return Err(refused("A room is open: leave it before a drill."));
        }
        let ready = order.clone().prepare().map_err(|sentence| refused(&sentence))?;
        if !matches!(self.open, Open::Nothing) {
            self.leave(now, out);
        }
        let number = self.begin(None, Origin::Window, false);
        let start = ready.run.now;
        self.drill = Some(Drilling {
            speed: order.speed,
            order,
            skips_to: None,
            skipped_to: None,
            skipped: 0,
            has_ended: false,
        });
        let speed = self.drill.as_ref().map_or(SPEED, |drill| drill.speed);
        out.effects.push(Effect::StartClock(Box::new(ready.run), speed));
        out.job(Job::Make {
            number,
            subject: ready.subject,
            opened: Box::new(ready.opened),
            actor: crate::watching::WATCH.to_owned(),
            now: start,
            key: Some(ready.key),
        });
        Ok(number)
    }

    /// What a second of the drill brought.
    pub(super) fn drilled(&mut self, second: Second, now: Timestamp, out: &mut Out) {
        self.real = second.real;
        let Open::Room(live) = &mut self.open else { return };
        if let Some(drill) = &mut self.drill {
            let room = live.room();
            drill.skipped = drill.skipped.wrapping_add(1);
            let skipped = drill.skips_to.take_if(|to| now >= *to || skip::is_called_for(room));
            drill.skipped_to = skipped.map(|_| now).or(drill.skipped_to);
        }
        live.moves(second.moves);
        let number = self.watch_number;
        // Together: after time that was skipped none of them is taken for missing while another is looked at.
        if let Some(number) = number
            && !second.readings.is_empty()
        {
            self.heard(number, &second.readings, now, out);
        }
        self.pump(now, out);
    }

    pub(super) fn open_example(&mut self, out: &mut Out) -> Result<(), Problem> {
        out.effects.push(Effect::WriteExample);
        Ok(())
    }

    pub(super) fn set_drill_speed(&mut self, speed: u32, out: &mut Out) -> Result<(), Problem> {
        let Some(drill) = &mut self.drill else { return Err(refused("No drill is open.")) };
        if !SPEEDS.contains(&speed) {
            return Err(refused("A drill runs 1, 2, 4, 10 or 60 times as fast."));
        }
        drill.speed = speed;
        if !drill.has_ended {
            out.effects.push(Effect::SetSpeed(speed));
        }
        Ok(())
    }

    /// A person wants to wait no longer: up to what is due next, the drill's time passes as fast as the machine can.
    pub(super) fn skip_in_drill(&mut self, now: Timestamp, out: &mut Out) -> Result<(), Problem> {
        let Some(drill) = &mut self.drill else { return Err(refused("No drill is open.")) };
        if drill.has_ended {
            return Err(refused("The drill has ended already."));
        }
        let Open::Room(live) = &self.open else { return Err(refused("The drill's room is not there yet: try again.")) };
        let room = live.room();
        if skip::is_called_for(room) {
            return Err(refused("An alert waits that nobody has seen: acknowledge it first."));
        }
        let hold_turns = live.hold_turns(now);
        let Some(to) = skip::next_due(room, hold_turns, now) else {
            return Err(refused("Nothing is due any more: the plan names no later time."));
        };
        drill.skips_to = Some(to);
        drill.skipped = 0;
        out.effects.push(Effect::Skip(to));
        Ok(())
    }

    /// A person ends the drill.
    pub(super) fn end_drill(&mut self, now: Timestamp, out: &mut Out) -> Result<(), Problem> {
        match &self.drill {
            None => Err(refused("No drill is open.")),
            Some(drill) if drill.has_ended => Err(refused("The drill has ended already.")),
            Some(_) => {
                self.finish_drill("Drill ended", now, out);
                Ok(())
            }
        }
    }

    /// Whatever just happened may have ended the drill: it is rolled back, or nobody is there.
    pub(super) fn mind_the_drill(&mut self, now: Timestamp, out: &mut Out) {
        let (Open::Room(live), Some(drill)) = (&self.open, &self.drill) else { return };
        if drill.has_ended {
            return;
        }
        let room = live.room();
        let outcome = match room.mode() {
            Mode::RolledBack => "Drill: rolled back",
            Mode::Closed => "",
            _ if now > skip::longest(drill.order.scenario, room) => "Drill: nobody was there",
            _ => return,
        };
        self.finish_drill(outcome, now, out);
    }

    fn finish_drill(&mut self, outcome: &str, now: Timestamp, out: &mut Out) {
        if let Some(drill) = &mut self.drill {
            drill.has_ended = true;
        }
        out.effects.push(Effect::SetSpeed(0));
        out.has_turned = true;
        if let Open::Room(live) = &mut self.open
            && live.room().closed().is_none()
            && !outcome.is_empty()
        {
            let closed = RoomClosed { outcome: outcome.to_owned(), open: Vec::new() };
            live.found(vec![Event::Closed(Box::new(closed))], now);
        }
        self.pump(now, out);
        // Its own room is among the runs.
        out.job(Job::List);
    }

    /// The drill is left: from now on, the time is the world's.
    pub(super) fn forget_drill(&mut self, out: &mut Out) {
        if self.drill.take().is_some() {
            self.real = None;
            out.effects.push(Effect::StopClock);
        }
    }

    /// Whether time is skipped of which the window shows nothing: nobody follows each second of it.
    pub(super) fn is_passed_over(&self) -> bool {
        self.drill.as_ref().is_some_and(|drill| drill.skips_to.is_some() && drill.skipped % SHOWN_OF_SKIPPED != 0)
    }

    /// Whether a drill is open that has ended.
    pub(super) fn drill_is_over(&self) -> bool {
        self.drill.as_ref().is_some_and(|drill| drill.has_ended)
    }

    /// What marks the drill that is open.
    pub(super) fn drill_mark(&self) -> Option<DrillMarkView> {
        let Some(drill) = &self.drill else { return self.past_drill_mark() };
        Some(DrillMarkView {
            scenario: drill.order.scenario.title.to_owned(),
            lines: vec![
                "No command runs, no message is sent, nobody is called.".to_owned(),
                "Same room, same keys, made-up signals. Its log is kept apart.".to_owned(),
            ],
            speed: drill.speed,
            speeds: SPEEDS.to_vec(),
            skips: drill.skips_to.is_some() && !drill.has_ended,
            skipped_to: drill.skipped_to.map(|at| self.on_the_drill_s_wall(at)).unwrap_or_default(),
            has_ended: drill.has_ended,
        })
    }

    fn on_the_drill_s_wall(&self, at: Timestamp) -> String {
        self.drilled_room()
            .map(|room| format!("skipped to {}", project::on_the_wall(at, room.resolved())))
            .unwrap_or_default()
    }

    /// The same for the log of a drill that was entered like any other room: whoever looks at it must not take it for the
    /// true thing.
    fn past_drill_mark(&self) -> Option<DrillMarkView> {
        let Open::Room(live) = &self.open else { return None };
        let drill = live.room().opened().drill.as_ref()?;
        let scenario = SCENARIOS.iter().find(|scenario| scenario.id == drill.scenario);
        Some(DrillMarkView {
            scenario: scenario.map_or_else(|| drill.scenario.clone(), |scenario| scenario.title.to_owned()),
            lines: vec!["This drill is over: nothing in it was real, and nothing more happens in it.".to_owned()],
            speed: 1,
            speeds: Vec::new(),
            skips: false,
            skipped_to: String::new(),
            has_ended: true,
        })
    }
}
