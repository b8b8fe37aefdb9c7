//! The people of the room, and who acts.

use super::said;
use crate::event::{Event, Person};
use crate::refusal::Refusal;
use crate::state::Room;

/// A person is added, or their name or role changes.
pub(super) fn name(room: &Room, person: &Person) -> Result<Event, Refusal> {
    let initials = person.initials.trim();
    let length = initials.chars().count();
    if !(1..=4).contains(&length) || !initials.chars().all(char::is_alphanumeric) {
        return Err(Refusal::BadInitials);
    }
    let person = Person {
        initials: initials.to_uppercase(),
        name: said(&person.name, "the name")?,
        role: person.role.trim().to_owned(),
    };
    if room.people().contains(&person) {
        return Err(Refusal::Already("known"));
    }
    Ok(Event::PersonNamed(person))
}

/// Whoever acts from now on, by their initials as a person types them.
pub(super) fn choose(room: &Room, initials: &str) -> Result<Event, Refusal> {
    let typed = initials.trim().to_uppercase();
    let known = room.people().iter().find(|person| person.initials == typed);
    let Some(person) = known else { return Err(Refusal::NoSuchPerson { initials: initials.to_owned() }) };
    if room.actor() == Some(typed.as_str()) {
        return Err(Refusal::Already("the one who acts"));
    }
    Ok(Event::ActorChosen { initials: person.initials.clone() })
}
