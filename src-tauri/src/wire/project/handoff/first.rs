//! What the next person sees first, by urgency: what burns, what may burn, what is to be done, the way back, who answers.

use room::Room;

use super::Handing;
use crate::wire::project::way_back::way_back;
use crate::wire::{HandoffLineView, HandoffSectionView};

/// More than this nobody keeps in mind.
const MOST: usize = 8;
/// So many of what burns stand there; the rest stands beside.
const MOST_ALERTS: usize = 4;

pub(super) fn first(handing: &Handing<'_>, groups: &[HandoffSectionView]) -> Vec<HandoffLineView> {
    let Handing { book, room, seen, now, .. } = *handing;
    let of =
        |id: &str| groups.iter().find(|group| group.id == id).map(|group| group.lines.as_slice()).unwrap_or_default();
    let mut found: Vec<HandoffLineView> = of("alerts").iter().take(MOST_ALERTS).cloned().collect();
    // A deadline or a hold says by when: the stretches of the watch say nothing of what to do.
    let urgent = of("running").iter().filter(|line| !line.words.starts_with("from go-live") && line.event != 0);
    found.extend(urgent.take(1).cloned());
    found.extend(of("due").first().map(|line| {
        let title = format!("Next to do: {}", line.title);
        HandoffLineView { title, ..line.clone() }
    }));
    let back = way_back(book, room, seen, now);
    let way = usize::try_from(back.way).ok().and_then(|way| way.checked_sub(1));
    if let Some(way) = way.and_then(|way| book.plan.rollback.ways.get(way)) {
        found.push(HandoffLineView {
            title: format!("The way back: way {}, {}", back.way, way.text),
            words: back.rehearsed,
            ..HandoffLineView::default()
        });
    }
    found.extend(who_answers(room));
    found.truncate(MOST);
    found
}

/// The first two of the ladder, and on which ways the first was proven.
fn who_answers(room: &Room) -> Option<HandoffLineView> {
    let ladder = room.ladder();
    let state = |at: usize| ladder.get(at).and_then(|contact| room.contact(&contact.id));
    let name = |at: usize| {
        let named = state(at).map(|state| state.name.as_str()).filter(|name| !name.is_empty());
        named.or_else(|| ladder.get(at).map(|contact| contact.role.as_str()))
    };
    let first = name(0)?;
    let then = name(1).map(|name| format!(", then {name}")).unwrap_or_default();
    let is_proven = state(0).is_some_and(|state| !state.proven.is_empty());
    Some(HandoffLineView {
        title: format!("Who answers: {first}{then}"),
        words: if is_proven { String::new() } else { format!("nobody proved that {first} answers") },
        ..HandoffLineView::default()
    })
}
