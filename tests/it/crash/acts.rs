//! What is asked of a room until it is killed, and what of it must stand in the log.

use room::{Event, Person, Room};
use serde_json::{Value, json};

use super::{
    piped::{act, note},
    place::COMMAND,
};
use crate::kill::Chance;

/// What must stand in the log for an act that counts.
#[derive(Debug)]
pub(crate) enum Wanted {
    /// Nothing: it is kept beside it, or leaves for the desktop.
    Nothing,
    Exactly(Event),
}

/// What was asked, its number, and what must come of it.
pub(crate) struct Told {
    pub(crate) number: u64,
    pub(crate) wanted: Wanted,
}

/// The acts of one life, none of which any rule refuses.
pub(crate) struct Acts {
    open: Vec<plan::ItemId>,
    pub(crate) armed: bool,
    has_person: bool,
    has_actor: bool,
    digest: String,
    /// New in each act.
    at: u64,
}

impl Acts {
    pub(crate) fn of(room: Option<&Room>, at: u64) -> Self {
        let items = room.map(|room| {
            room.plan().items.iter().filter(|item| matches!(room.standing(&item.id), room::Standing::Open))
        });
        Self {
            open: items.map(|items| items.map(|item| item.id.clone()).collect()).unwrap_or_default(),
            armed: room.is_some_and(|room| room.is_armed("mark", COMMAND)),
            has_person: room.is_some_and(|room| !room.people().is_empty()),
            has_actor: room.is_some_and(|room| room.actor().is_some()),
            digest: plan::config::digest(COMMAND),
            at,
        }
    }

    pub(crate) fn next(&mut self, chance: &mut Chance) -> (Value, Wanted) {
        self.at += 1;
        let at = self.at;
        let noted = |text: String| (note(&text), Wanted::Exactly(Event::Noted { text }));
        match chance.below(20) {
            0..8 => noted(format!("act {at}")),
            // Several pages at once.
            8 => {
                noted(format!("act {at} {}", "x".repeat(5_000 + usize::try_from(chance.below(60_000)).expect("small"))))
            }
            9 | 10 => (act(&json!({ "act": "typing", "name": "note", "text": format!("half {at}") })), Wanted::Nothing),
            11 => (act(&json!({ "act": "test_notification" })), Wanted::Nothing),
            12 if self.has_actor => {
                let probe = "mark".to_owned();
                self.armed = !self.armed;
                let asked = if self.armed {
                    json!({ "act": "arm_command", "probe": probe, "digest": self.digest })
                } else {
                    json!({ "act": "disarm_command", "probe": probe })
                };
                let digest = self.digest.clone();
                let event =
                    if self.armed { Event::CommandArmed { probe, digest } } else { Event::CommandDisarmed { probe } };
                (act(&asked), Wanted::Exactly(event))
            }
            12 if self.has_person => {
                self.has_actor = true;
                let initials = "MK".to_owned();
                let asked = json!({ "act": "choose_actor", "initials": initials });
                (act(&asked), Wanted::Exactly(Event::ActorChosen { initials }))
            }
            12 | 13 => {
                self.has_person = true;
                let (initials, name, role) = ("MK".to_owned(), "Maria Keller".to_owned(), format!("role {at}"));
                let asked = json!({ "act": "name_person", "initials": initials, "name": name, "role": role });
                (act(&asked), Wanted::Exactly(Event::PersonNamed(Person { initials, name, role })))
            }
            _ => match self.open.pop() {
                Some(item) => {
                    let asked = json!({ "act": "state", "item": item.as_str(), "saw": "" });
                    let (saw, answer, values) = (None, None, Vec::new());
                    (act(&asked), Wanted::Exactly(Event::Stated { item, saw, answer, values }))
                }
                None => noted(format!("act {at}")),
            },
        }
    }
}

/// Whether an event is one that a person asked for here.
pub(crate) fn is_asked_for(event: &Event) -> bool {
    matches!(
        event,
        Event::Noted { .. }
            | Event::CommandArmed { .. }
            | Event::CommandDisarmed { .. }
            | Event::ActorChosen { .. }
            | Event::PersonNamed(_)
            | Event::Stated { .. }
    )
}
