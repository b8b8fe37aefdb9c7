//! The people of the room, and who acts.

use room::Room;

use crate::wire::{PeopleView, PersonView};

/// How many people have a key of their own: "1" to "9".
const KEYS: usize = 9;

/// The people; `login` acts until a person is chosen.
pub(crate) fn people(room: &Room, login: &str) -> PeopleView {
    let people = room.people().iter().enumerate().map(|(index, person)| PersonView {
        initials: person.initials.clone(),
        name: person.name.clone(),
        role: person.role.clone(),
        key: if index < KEYS { (index + 1).to_string() } else { String::new() },
    });
    PeopleView {
        actor: room.actor().unwrap_or(login).to_owned(),
        chosen: room.actor().is_some(),
        people: people.collect(),
    }
}
