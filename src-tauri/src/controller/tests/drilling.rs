//! A drill at the window: its marks on everything, its own clock, its score.

use super::acting::{in_room, note};
use super::*;
use crate::drill::Run;
use crate::wire::OutsideTarget;

impl Table {
    /// A drill that was started from the start window, with its clock.
    pub(super) fn drilling() -> (Self, Run) {
        Self::drilling_of("bad-canary")
    }

    fn drilling_of(scenario: &str) -> (Self, Run) {
        let mut table = Self::laid();
        table.subscribe();
        let reply = table.reply();
        let intent = Intent::StartDrill { scenario: scenario.to_owned(), over: String::new() };
        let mut clock = None;
        // The driver starts the drill's clock before the disk makes its room.
        for effect in table.controller.handle(Wake::Act { intent, reply }, table.now) {
            match effect {
                Effect::StartClock(run, speed) => {
                    assert_eq!(speed, 4);
                    clock = Some(*run);
                }
                Effect::Disk(job) => table.jobs.push_back(job),
                Effect::Answer(reply, outcome) => (reply.0)(outcome),
                _ => {}
            }
        }
        let run = clock.expect("the time is the drill's");
        table.now = run.now;
        table.work();
        assert_eq!(table.answer(), Some(Ok(())));
        (table, run)
    }

    pub(super) fn seconds(&mut self, run: &mut Run, seconds: u32) -> Vec<Effect> {
        let mut effects = Vec::new();
        for _ in 0..seconds {
            let Some(room) = self.controller.drilled_room() else { break };
            let mut second = run.next(room);
            second.real = Some("2026-01-20T18:44:16Z".parse().unwrap());
            self.now = run.now;
            effects.extend(self.wake(Wake::Drilled(Box::new(second))));
            effects.extend(self.wake(Wake::Tick));
        }
        effects
    }
}

#[test]
fn a_drill_bears_its_mark_everywhere_and_nothing_leaves() {
    let (mut table, mut run) = Table::drilling();
    let effects = table.seconds(&mut run, 200);
    let update = table.subscribe();
    let header = update.header.unwrap();
    assert_eq!(
        header.drill.as_ref().map(|drill| (drill.scenario.as_str(), drill.has_ended)),
        Some(("Bad canary", false))
    );
    let clock = update.clock.unwrap();
    assert!(clock.small.starts_with("drill time "), "{}", clock.small);
    assert_eq!(clock.real, "real time 20 Jan 18:44:16 UTC");
    assert_eq!(header.verdict.kind, "roll_back");
    let mut titles = effects.iter().filter_map(|effect| match effect {
        Effect::Notify(notification) => Some(notification.title.as_str()),
        _ => None,
    });
    assert!(titles.all(|title| title.starts_with("DRILL · ")));
    assert!(effects.iter().all(|effect| !matches!(effect, Effect::Watch { .. } | Effect::KeepAwake(true))));
    let target = OutsideTarget::Link { target: "https://wiki.example".to_owned() };
    let (_, sentence) = table.refusal(Intent::OpenOutside { target });
    assert_eq!(sentence, "This is a drill: nothing leaves this laptop. Copy it instead.");
}

#[test]
fn a_person_decides_walks_the_way_back_and_gets_a_score() {
    let (mut table, mut run) = Table::drilling();
    table.seconds(&mut run, 190);
    let act = |table: &mut Table, act: Act| {
        table.act(in_room(act.clone()));
        assert_eq!(table.answer(), Some(Ok(())), "{act:?}");
    };
    let proposed = table.subscribe().way_back.unwrap();
    assert_eq!((proposed.state.as_str(), proposed.way), ("none", 1));
    assert!(!proposed.criterion.is_empty() && proposed.reason.contains(" since "), "{proposed:?}");
    let reason = proposed.reason.clone();
    act(&mut table, Act::RollBack { criterion: proposed.criterion, reason, way: 1 });
    let update = table.subscribe();
    assert_eq!(update.header.unwrap().verdict.word, "ROLLING BACK");
    let way = &update.rollback.unwrap().ways[0];
    assert_eq!(way.state, "chosen");
    for step in way.steps.clone() {
        act(&mut table, Act::StateStep { step: step.id, worked: true, result: "done".to_owned() });
    }
    table.seconds(&mut run, 90);
    let update = table.subscribe();
    let open = update.way_back.unwrap().cannot_declare;
    assert!(open.starts_with("Not true yet: "), "{open}");
    let header = update.header.unwrap();
    assert_eq!(header.verdict.kind, "rolling_back");
    assert_ne!(header.word, room::VerdictWord::NotWatched, "the verdict behind it is still known");
    for mark in update.rollback.unwrap().success {
        if mark.state != "observed" {
            act(&mut table, Act::State { item: mark.id, saw: "looked at it".to_owned() });
        }
    }
    table.act(in_room(Act::DeclareRolledBack));
    let update = table.subscribe();
    assert_eq!(update.screen, Some(Screen::Score));
    let score = update.score.unwrap();
    assert_eq!((score.headline.as_str(), score.is_good), ("Rolled back in time", true));
    assert_eq!(
        score.figures.iter().map(|figure| figure.id.as_str()).collect::<Vec<_>>(),
        ["detect", "decide", "back", "told"]
    );
    assert_eq!(score.figures[0].value, "never", "nobody acknowledged anything");
    assert_eq!(score.figures[3].value, "0");
    assert!(score.chart.is_some_and(|chart| !chart.times_s.is_empty()));
    assert!(score.timeline.iter().any(|line| line.text.starts_with("Rolled back")));
    assert_eq!(table.kinds_of_drill().last().map(String::as_str), Some("closed"));
    let effects = table.act(Intent::Leave);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::StopClock)), "{effects:?}");
    assert_eq!(table.subscribe().screen, Some(Screen::Start));
}

#[test]
fn from_the_score_its_room_is_entered_and_says_that_it_is_a_drill() {
    let (mut table, mut run) = Table::drilling();
    table.seconds(&mut run, 5);
    table.act(Intent::EndDrill);
    let score = table.subscribe().score.expect("a score");
    table.act(Intent::EnterRoom { id: score.room });
    assert_eq!(table.answer(), Some(Ok(())));
    let update = table.subscribe();
    assert_eq!(update.screen, Some(Screen::Room));
    let mark = update.header.unwrap().drill.expect("the head says DRILL");
    assert!(mark.has_ended && mark.speeds.is_empty(), "{mark:?}");
}

#[test]
fn a_drill_that_is_over_is_only_read() {
    let (mut table, mut run) = Table::drilling();
    table.seconds(&mut run, 5);
    table.act(Intent::EndDrill);
    assert_eq!(table.answer(), Some(Ok(())));
    assert_eq!(table.subscribe().screen, Some(Screen::Score));
    let (_, sentence) = table.refusal(Intent::EndDrill);
    assert_eq!(sentence, "The drill has ended already.");
    table.act(Intent::Leave);
    let room = table.subscribe().start.unwrap().rooms.remove(0);
    assert!(room.is_drill);
    table.act(Intent::EnterRoom { id: room.id });
    let update = table.subscribe();
    assert_eq!(update.screen, Some(Screen::Room));
    assert_eq!(
        update.record.unwrap().reading_only,
        "This drill is over: its log is kept, and nothing more happens in it."
    );
    let (_, sentence) = table.refusal(in_room(note("x")));
    assert!(sentence.starts_with("This drill is over"), "{sentence}");
}

impl Table {
    /// Skips to what is due next; how many turns of the clock that took.
    fn skip(&mut self, run: &mut Run) -> u32 {
        let effects = self.act(Intent::SkipInDrill);
        assert_eq!(self.answer(), Some(Ok(())));
        let to = effects.iter().find_map(|effect| match effect {
            Effect::Skip(to) => Some(*to),
            _ => None,
        });
        run.skip_to(to.expect("the clock is told to where"));
        assert!(self.subscribe().header.unwrap().drill.unwrap().skips);
        let mut turns = 0;
        while run.skips() {
            self.seconds(run, 1);
            turns += 1;
        }
        assert!(!self.subscribe().header.unwrap().drill.unwrap().skips);
        turns
    }

    fn phase_starts(&self) -> Vec<Timestamp> {
        let phases = &self.controller.drilled_room().unwrap().resolved().phases;
        let mut starts: Vec<_> = phases.iter().filter_map(|phase| phase.start).collect();
        starts.sort();
        starts
    }
}

#[test]
fn a_whole_plan_begins_with_its_first_phase_and_the_waiting_is_skipped() {
    let (mut table, mut run) = Table::drilling_of("whole-plan");
    let starts = table.phase_starts();
    assert_eq!(Some(&run.now), starts.first());
    table.seconds(&mut run, 30);
    let room = table.controller.drilled_room().unwrap();
    assert!(room.people().iter().all(|person| !person.name.contains("made up")), "nobody helps");
    let before = run.now;
    let turns = table.skip(&mut run);
    assert!(run.now > before && turns == 1, "{turns} turns");
    let phases = &table.controller.drilled_room().unwrap().resolved().phases;
    assert!(phases.iter().any(|phase| phase.start == Some(run.now) || phase.end == Some(run.now)), "{}", run.now);
    let update = table.subscribe();
    assert_eq!(update.alerts.unwrap().alerts.len(), 0, "nothing alarms for not having been looked at");
}

#[test]
fn a_hold_is_not_skipped_but_played_and_its_end_is_where_it_stops() {
    let (mut table, mut run) = Table::drilling_of("whole-plan");
    while run.now < table.controller.drilled_room().unwrap().resolved().start {
        table.skip(&mut run);
    }
    let person = Act::NamePerson { initials: "MK".to_owned(), name: "Mira".to_owned(), role: String::new() };
    table.act(in_room(person));
    let gate = table.controller.drilled_room().unwrap().plan().gates[0].clone();
    table.act(in_room(Act::EnterGate { gate: gate.item.to_string() }));
    assert_eq!(table.answer(), Some(Ok(())));
    table.seconds(&mut run, 10);
    let before = run.now;
    let turns = table.skip(&mut run);
    assert_eq!(i64::from(turns), run.now.duration_since(before).as_secs(), "each second of a hold is played");
    let hold = i64::try_from(gate.hold_s.unwrap()).unwrap();
    assert!((1..=hold + 1).contains(&i64::from(turns)), "{turns} of {hold}");
}

#[test]
fn nothing_is_skipped_past_an_alert_that_nobody_has_seen() {
    let (mut table, mut run) = Table::drilling();
    table.seconds(&mut run, 30);
    run.skip_to(run.now + jiff::SignedDuration::from_mins(50));
    while run.skips() {
        table.seconds(&mut run, 1);
    }
    let room = table.controller.drilled_room().unwrap();
    assert!(room.alerts().values().any(room::AlertState::is_firing), "it stopped at the alert");
    assert!(run.now < room.resolved().start + jiff::SignedDuration::from_mins(5), "{}", run.now);
    let (_, sentence) = table.refusal(Intent::SkipInDrill);
    assert_eq!(sentence, "An alert waits that nobody has seen: acknowledge it first.");
}

#[test]
fn a_whole_plan_is_scored_by_how_far_it_was_walked() {
    let (mut table, mut run) = Table::drilling_of("whole-plan");
    table.seconds(&mut run, 5);
    table.act(Intent::EndDrill);
    let score = table.subscribe().score.expect("a score");
    assert_eq!((score.headline.as_str(), score.is_good), ("Ended before its last check", false));
    let figures: Vec<_> = score.figures.iter().map(|figure| (figure.id.as_str(), figure.value.as_str())).collect();
    assert_eq!(figures, [("checks", "0"), ("phases", "0"), ("gates", "0"), ("rounds", "0")]);
    assert!(score.stretches.is_empty(), "nothing went wrong");
}

#[test]
fn the_speed_is_one_of_those_that_are_offered() {
    let (mut table, _) = Table::drilling();
    let effects = table.act(Intent::SetDrillSpeed { speed: 10 });
    assert!(effects.iter().any(|effect| matches!(effect, Effect::SetSpeed(10))), "{effects:?}");
    let (_, sentence) = table.refusal(Intent::SetDrillSpeed { speed: 7 });
    assert_eq!(sentence, "A drill runs 1, 2, 4, 10 or 60 times as fast.");
    let mut table = Table::in_the_room();
    let start = Intent::StartDrill { scenario: "bad-canary".to_owned(), over: String::new() };
    let (_, sentence) = table.refusal(start);
    assert_eq!(sentence, "A room is open: leave it before a drill.");
}

impl Table {
    fn kinds_of_drill(&self) -> Vec<String> {
        let folder = self.folder.path().join("data/war-room/rooms");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let path = files.filter(|path| path.extension().is_some_and(|ending| ending == "warroom")).last().unwrap();
        journal::read(&path).unwrap().events.iter().map(|recorded| recorded.event.kind().to_owned()).collect()
    }
}

#[test]
fn a_drill_that_was_left_is_not_the_day() {
    let (mut table, mut run) = Table::drilling();
    table.seconds(&mut run, 200);
    let text = table.controller.drilled_room().unwrap().opened().text.clone();
    table.act(Intent::Leave);
    let start = table.subscribe().start.unwrap();
    assert_eq!((start.headline.as_str(), start.rooms.len()), ("Nothing is live", 1));
    let (plan, findings) = plan::read(&text, &plan::config::Config::default());
    let path = PathBuf::from("/plans/deployment.md");
    table.read(Checklist { path, text, settings: None, plan, findings });
    assert_eq!(table.subscribe().opening.unwrap().unfinished, None, "a drill is no room of the checklist");
}
