//! The day behind the gates: gone back, the way back taken and given up, holds cut, go-live, and the rounds after it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use plan::ItemId;
use room::{Change, Event, Intent, NotifyOutcome, RoundKey, RoundSaid, RoundStanding, ScheduleChanged, Wanted};
use tests::watched::{Act, GATES};

use super::tally::Count;
use super::{Bug, Day, at};
use crate::kill::Chance;

/// How often the one routine of the day repeats.
const EVERY_S: i64 = 60;

/// What was told of rounds, by when they are due.
#[derive(Debug, Default)]
pub(super) struct Rounds {
    /// When go-live was declared, by the clock as it was then: what repeats is counted from there.
    pub(super) live: Option<i64>,
    missed: BTreeSet<i64>,
    done: BTreeSet<i64>,
}

impl Day {
    pub(super) fn act_on_the_day(&mut self, chance: &mut Chance, (gate, item): (usize, ItemId)) {
        match chance.below(14) {
            0 => {
                if let Some(stands) = self.room.stands_at().map(|gate| (gate.item.clone(), gate.text.clone())) {
                    let place = GATES.iter().position(|(known, ..)| *known == stands.1).expect("a gate of the day");
                    let intent = Intent::GoBack { gate: stands.0, reason: "errors".to_owned() };
                    self.act_and_count(&intent, Act::Back(place.saturating_sub(1)), Count::WentBack);
                }
            }
            1 | 2 => {
                let hold_s = chance.seconds(10, GATES[gate].2);
                let wanted = Wanted::Hold(item, u64::try_from(hold_s).expect("ahead"));
                let intent = Intent::ChangeSchedule { wanted, reason: "staging".to_owned(), shown: String::new() };
                self.act_and_count(&intent, Act::Cut(gate, hold_s), Count::Cut);
            }
            3 => {
                let intent = Intent::RollBack { criterion: None, reason: "errors".to_owned(), way: 0 };
                self.act_and_count(&intent, Act::RollBack, Count::RolledBack);
            }
            4..=6 => {
                let intent = Intent::StandDown { reason: "it was the probe".to_owned() };
                self.act_and_count(&intent, Act::StandDown, Count::StoodDown);
            }
            // Before that a window would be cut short, or would be judged nowhere.
            9 if self.reference.is_judged(6) && self.reference.goes_back() => {
                self.act_and_count(&Intent::DeclareRolledBack, Act::RolledBack, Count::IsBack);
                if self.room.went_live().is_none() {
                    self.rounds.live = None;
                }
            }
            10 => {
                let start = self.now + chance.seconds(1, 90);
                let wall = at(start).to_zoned_datetime(jiff::tz::TimeZone::UTC).datetime();
                let intent = Intent::BeginAttempt { start: wall, reason: "the fix is in".to_owned() };
                self.act_and_count(&intent, Act::Attempt(start), Count::Attempt);
            }
            // Before that the window from T0 would be judged nowhere.
            7 | 8 if self.reference.is_judged(6) => {
                let before = self.room.went_live().is_some();
                self.act_and_count(
                    &Intent::DeclareGoLive { reason: "agreed".to_owned() },
                    Act::GoLive,
                    Count::WentLive,
                );
                if !before && let Some(live) = self.room.went_live() {
                    self.rounds.live = Some(live.at.as_second());
                }
            }
            _ => self.make_a_round(),
        }
    }

    fn act_and_count(&mut self, intent: &Intent, act: Act, count: Count) {
        let before = self.room.last();
        self.act(intent, act);
        if self.room.last() > before {
            self.tally.count(count);
        }
    }

    /// Settles the check of the round that is due.
    fn make_a_round(&mut self) {
        let Some((table, round)) = self.room.rounds_due(at(self.now)).into_iter().next() else { return };
        let key = RoundKey { routine: table.key.clone(), due: round.when.due };
        let said = RoundSaid::Done { saw: None };
        let intent = Intent::TickRound { round: key, item: table.items[0].clone(), said };
        let sight = self.watch.sight(&self.room, at(self.now));
        let (event, _) = room::decide(&self.room, &intent, &sight, at(self.now)).expect("what is due can be done");
        self.take(vec![event], "MK");
        self.rounds.done.insert(round.when.due.as_second());
        self.tally.count(Count::RoundDone);
    }

    /// Each round is due in its time, and one that was missed is told once: over sleeps, restarts and set clocks.
    pub(super) fn tell_of_rounds(&mut self) {
        let here = self.here();
        let now = at(self.now);
        let is_watch = self.rounds.live.is_some() && !self.reference.goes_back() && self.room.closed().is_none();
        if let Some(event) = self.told.alarm.missed_rounds(&self.room, now) {
            assert!(is_watch, "told of rounds outside of the watch: {here}");
            let Event::RoundsMissed(missed) = &event else { panic!("{event:?}") };
            for run in &missed.runs {
                let (from, to) = (run.from.as_second(), run.to.as_second());
                for due in (from..=to).step_by(60) {
                    assert!(self.rounds.missed.insert(due), "the round of {due} is told as missed twice: {here}");
                    assert!(!self.rounds.done.contains(&due), "the round of {due} was done: {here}");
                    assert!(due + EVERY_S <= self.now, "the round of {due} is not missed yet: {here}");
                    self.tally.count(Count::Missed);
                }
            }
            self.take(vec![event], "War Room");
        }
        if let Some(notice) = self.told.alarm.rounds_due(&self.room, now) {
            assert!(is_watch, "told of rounds outside of the watch: {here}");
            self.tally.count(Count::Due);
            let (key, title) = (notice.key, notice.title);
            let told = Event::Notified { key, title, outcome: NotifyOutcome::Shown, words: String::new() };
            self.take(vec![told], "War Room");
        }
        let Some(live) = self.rounds.live.filter(|_| is_watch) else { return };
        let last = ((self.now - live) / EVERY_S).min(86_400 / EVERY_S);
        for number in 1..last {
            let due = live + number * EVERY_S;
            let is_known = self.rounds.missed.contains(&due) || self.rounds.done.contains(&due);
            assert!(is_known, "the round of {due} vanished: {here}");
        }
        let due = self.room.rounds_due(now);
        let expected = (last >= 1).then_some(live + last * EVERY_S).filter(|due| {
            let is_over = self.now >= due + EVERY_S;
            !is_over && !self.rounds.done.contains(due)
        });
        let found = due.first().map(|(_, round)| round.when.due.as_second());
        assert_eq!(found, expected, "what is due: {here}");
        for (_, round) in due {
            // A quarter of a minute it may come late.
            let is_late = self.now - round.when.due.as_second() >= EVERY_S / 4;
            let standing = if is_late { RoundStanding::Overdue } else { RoundStanding::Due };
            assert_eq!(round.standing, standing, "{here}");
        }
    }

    /// What a planted bug makes of an event before the room has it.
    pub(super) fn planted(&self, event: Event) -> Event {
        match (self.bug, event) {
            (Bug::MissedIsForgotten, Event::RoundsMissed(_)) => Event::KeptAwake { held: true, why: String::new() },
            (Bug::HoldIsCutAgain, Event::ScheduleChanged(changed)) => {
                let change = match &changed.change {
                    Change::Hold { gate, from_s, .. } => Change::Hold { gate: gate.clone(), from_s: *from_s, to_s: 1 },
                    other => other.clone(),
                };
                Event::ScheduleChanged(Box::new(ScheduleChanged { change, ..*changed }))
            }
            (_, event) => event,
        }
    }

    /// A bug: the watch is asked in the middle of a sleep.
    pub(super) fn seem_to_look(&mut self, asleep_s: i64) {
        let woken = self.now + asleep_s;
        let before = self.now;
        while self.now + 5 < woken {
            self.now += 5;
            let events = self.watch.tick(&self.room, Timestamp::from_second(self.now).expect("soon"));
            self.take(events, "War Room");
        }
        self.now = before;
    }
}
