//! That a phase is to begin: told once, quietly, a while before its planned start.

use jiff::{SignedDuration, Timestamp};
use plan::{Phase, When};

use super::words::wall;
use super::{Alarm, Notice, quiet};
use crate::schedule::{ScheduleState, acts};
use crate::state::{Mode, Room};

/// How long before its start a phase is announced: long enough to call whoever is not there.
const BEFORE: SignedDuration = SignedDuration::from_mins(15);

impl Alarm {
    /// The phases that begin soon and of which nobody was told. One that began while the laptop slept is late, and is no
    /// news here: the list of what is due has it.
    pub fn reminders(&mut self, room: &Room, now: Timestamp) -> Vec<Notice> {
        if matches!(room.mode(), Mode::Closed | Mode::RollingBack | Mode::RolledBack) {
            return Vec::new();
        }
        let mut notices = Vec::new();
        for (phase, span) in room.plan().phases.iter().zip(&room.resolved().phases) {
            let Some(start) = span.start.map(|start| moved(room, phase, start)) else { continue };
            let left = start.duration_since(now);
            if !has_time(phase) || room.is_behind_go_live(phase) || left > BEFORE || !left.is_positive() {
                continue;
            }
            let key = ScheduleState::reminder(&phase.section, room.attempt());
            let is_told = self.reminded.contains(&key) || room.schedule().reminded.contains(&key);
            if is_told || acts(room, phase).0.is_some() {
                continue;
            }
            self.reminded.insert(key.clone());
            let minutes = left.as_secs().saturating_add(59) / 60;
            let open = phase.items.iter().filter(|item| !room.standing(item).is_settled()).count();
            let checks = if open == 1 { "1 check is".to_owned() } else { format!("{open} checks are") };
            let title = format!("{} begins in {minutes} min", phase.title);
            notices.push(quiet(&key, title, format!("Planned for {}. {checks} open in it.", wall(room, start))));
        }
        notices
    }
}

/// A phase of which the text gives only the day has no moment to announce.
fn has_time(phase: &Phase) -> bool {
    match &phase.when {
        Some(When::Absolute { from, .. }) => from.time.is_some(),
        Some(When::Relative { .. }) => true,
        Some(When::WorkingDays { .. } | When::First { .. }) | None => false,
    }
}

/// T0's phase begins when a person said that it does.
fn moved(room: &Room, phase: &Phase, start: Timestamp) -> Timestamp {
    let is_t0 = room.plan().start.phase.as_ref() == Some(&phase.section);
    room.schedule().start.as_ref().filter(|_| is_t0).map_or(start, |moved| moved.to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Event, GoLiveDeclared, NotifyOutcome, Opened, Recorded};
    use crate::watch::{Memory, Watch};

    const TEXT: &str = "# Ship (Jan 21, 2026)\n\n## Before (Jan 20)\n- [ ] a\n\n## Rollout (6:30 AM)\n- [ ] Begun\n- [ ] Watched\n\n## Go-live (8:00 AM)\n- [ ] Said\n";

    fn room() -> Room {
        Room::open(Opened {
            room: "0".repeat(32),
            file: "a.md".to_owned(),
            path: "/a.md".to_owned(),
            text: TEXT.to_owned(),
            settings: None,
            start: "2026-01-21T06:30".parse().unwrap(),
            zone: "UTC".to_owned(),
            moved_s: 0,
            zone_data: "2026a".to_owned(),
            reader: "1".to_owned(),
            drill: None,
        })
    }

    fn at(clock: &str) -> Timestamp {
        format!("2026-01-21T{clock}Z").parse().unwrap()
    }

    fn alarm(room: &Room) -> Alarm {
        let (watch, _) = Watch::new(room, Memory::default(), false, at("05:00:00"));
        Alarm::new(room, &watch, at("05:00:00"))
    }

    fn told(alarm: &mut Alarm, room: &Room, clock: &str) -> Vec<String> {
        alarm
            .reminders(room, at(clock))
            .into_iter()
            .map(|notice| format!("{}: {}", notice.title, notice.body))
            .collect()
    }

    #[test]
    fn a_phase_is_announced_once_a_quarter_of_an_hour_before() {
        let mut room = room();
        let mut alarm = alarm(&room);
        assert_eq!(told(&mut alarm, &room, "06:14:59"), [""; 0]);
        assert_eq!(
            told(&mut alarm, &room, "06:15:00"),
            ["Rollout begins in 15 min: Planned for 06:30:00 UTC. 2 checks are open in it."]
        );
        assert_eq!(told(&mut alarm, &room, "06:15:01"), [""; 0], "once");
        // The program was started anew: the log knows that it was told.
        let key = ScheduleState::reminder(&room.plan().phases[1].section, 1);
        let event = Event::Notified { key, title: String::new(), outcome: NotifyOutcome::Shown, words: String::new() };
        let (occurred_at, actor) = (at("06:15:00"), "War Room".to_owned());
        room.apply(&Recorded { seq: 2, occurred_at, recorded_at: occurred_at, actor, event });
        assert_eq!(told(&mut self::alarm(&room), &room, "06:20:00"), [""; 0]);
    }

    #[test]
    fn a_laptop_that_slept_over_it_is_told_what_is_ahead_still_and_once() {
        let room = room();
        let mut alarm = alarm(&room);
        // Asleep from before 06:15 to 06:27:30: it is ahead still. Asleep again beyond 08:00: that is late, and in the list.
        assert_eq!(told(&mut alarm, &room, "06:27:30").len(), 1);
        assert_eq!(told(&mut alarm, &room, "08:10:00"), [""; 0]);
    }

    #[test]
    fn nobody_is_called_to_go_live_once_it_was_declared() {
        let mut room = room();
        assert_eq!(told(&mut alarm(&room), &room, "07:50:00").len(), 1);
        let declared = GoLiveDeclared { reason: "by agreement".to_owned(), open: Vec::new() };
        let event = Event::GoLiveDeclared(Box::new(declared));
        let (occurred_at, actor) = (at("07:40:00"), "MK".to_owned());
        room.apply(&Recorded { seq: 2, occurred_at, recorded_at: occurred_at, actor, event });
        assert_eq!(told(&mut alarm(&room), &room, "07:50:00"), [""; 0]);
    }

    #[test]
    fn what_has_begun_is_not_announced() {
        let mut room = room();
        let item = room.plan().items.iter().find(|item| item.text == "Begun").unwrap().id.clone();
        let event = Event::Stated { item, saw: None, answer: None, values: Vec::new() };
        let (occurred_at, actor) = (at("06:10:00"), "MK".to_owned());
        room.apply(&Recorded { seq: 2, occurred_at, recorded_at: occurred_at, actor, event });
        assert_eq!(told(&mut alarm(&room), &room, "06:20:00"), [""; 0]);
    }
}
