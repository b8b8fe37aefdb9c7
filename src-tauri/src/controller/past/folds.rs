//! The room as it stood after any of its events: the fold of the events up to there, from the nearest that is kept.

use room::{Recorded, Room};

/// How many rooms are kept on the way to the last event. With its plan and text a room of a large checklist has a megabyte
/// or two.
const KEPT: usize = 16;

/// Fewer events than this are folded faster than a room is copied.
const LEAST: usize = 512;

/// Rooms on the way, and the one that was asked for last.
#[derive(Debug, Default)]
pub(crate) struct Folds {
    kept: Vec<(usize, Room)>,
    last: Option<(usize, Room)>,
}

impl Folds {
    /// The room after so many of these events, which only ever grow; `None` after none, and where they do not begin with an
    /// opening.
    pub(crate) fn at(&mut self, events: &[Recorded], count: usize) -> Option<&Room> {
        let count = count.min(events.len());
        let nearest = self.kept.iter().rev().find(|(kept, _)| *kept <= count);
        let from = match (self.last.take(), nearest) {
            (Some((last, room)), nearest) if last <= count && nearest.is_none_or(|(kept, _)| *kept <= last) => {
                (last, room)
            }
            (_, Some((kept, room))) => (*kept, room.clone()),
            (_, None) => {
                let room = Room::fold(events.get(..1)?)?;
                self.kept.push((1, room.clone()));
                (1, room)
            }
        };
        if count == 0 {
            return None;
        }
        let every = (events.len() / KEPT).max(LEAST);
        let (mut folded, mut room) = from;
        for recorded in events.get(folded..count).unwrap_or_default() {
            room.apply(recorded);
            folded += 1;
            let is_news = self.kept.last().is_none_or(|(kept, _)| *kept + every <= folded);
            if is_news && self.kept.len() <= KEPT {
                self.kept.push((folded, room.clone()));
            }
        }
        let (_, room) = self.last.insert((folded, room));
        Some(room)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::project::sample::recorded;
    use room::Event;

    #[test]
    fn from_wherever_it_is_asked_it_is_the_fold_of_the_events_up_to_there() {
        let plan = crate::wire::project::sample::room();
        let item = plan.plan().items[2].id.clone();
        let events = recorded((0..3_000).map(|number| match number % 3 {
            0 => Event::Noted { text: format!("note {number}") },
            1 => Event::Stated { item: item.clone(), saw: Some(number.to_string()), answer: None, values: Vec::new() },
            _ => Event::Undone { event: number + 1 },
        }));
        let mut folds = Folds::default();
        for count in [1, 2_999, 2_998, 1_500, 1_501, 700, 3_001, 513, 512, 1, 0, 9_999] {
            let expected = Room::fold(&events[..count.min(events.len())]);
            let found = folds.at(&events, count);
            assert_eq!(
                found.map(|room| (room.notes().to_vec(), room.standing(&item).clone())),
                expected.map(|room| (room.notes().to_vec(), room.standing(&item).clone())),
                "after {count}"
            );
        }
        assert!(folds.kept.len() > 3 && folds.kept.len() <= KEPT + 1, "{}", folds.kept.len());
    }
}
