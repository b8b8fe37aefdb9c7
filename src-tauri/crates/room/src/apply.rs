//! What an event changes. Never fails and never looks outside: an event that names something that the plan does not have
//! changes nothing.

use plan::ItemId;

use crate::event::{Event, Recorded, Way};
use crate::state::{ContactState, Draft, Mark, Note, Proof, Room, Sent, Standing, Undoable};

impl Room {
    /// Folds all events of a log; `None` where the first is not the opening.
    #[must_use]
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Option<Self> {
        let mut events = events.into_iter();
        let Event::Opened(opened) = &events.next()?.event else { return None };
        let mut room = Self::open(opened.as_ref().clone());
        for event in events {
            room.apply(event);
        }
        Some(room)
    }

    /// Takes one event in.
    pub fn apply(&mut self, recorded: &Recorded) {
        self.last = recorded.seq;
        match &recorded.event {
            // A second opening cannot be: the first event alone makes a room.
            Event::Opened(_) => {}
            Event::PersonNamed(person) => {
                match self.people.iter_mut().find(|known| known.initials == person.initials) {
                    Some(known) => *known = person.clone(),
                    None => self.people.push(person.clone()),
                }
            }
            Event::ActorChosen { initials } => self.actor = Some(initials.clone()),
            Event::Stated { item, saw } => self.mark(recorded, &[item], &Standing::Stated { saw: saw.clone() }),
            Event::Confirmed { items } => {
                self.mark(recorded, &items.iter().collect::<Vec<_>>(), &Standing::Stated { saw: None });
            }
            Event::Overridden { item, reason } => {
                self.mark(recorded, &[item], &Standing::Overridden { reason: reason.clone() });
            }
            Event::Deferred { item, to, reason } => {
                self.mark(recorded, &[item], &Standing::Deferred { to: to.clone(), reason: reason.clone() });
            }
            Event::NotApplicable { item, reason } => {
                self.mark(recorded, &[item], &Standing::NotApplicable { reason: reason.clone() });
            }
            Event::Undone { event } => self.undo(*event),
            Event::ContactFilled { contact, name, phone, mail, chat, pager } => {
                let ways = [(Way::Phone, phone), (Way::Mail, mail), (Way::Chat, chat), (Way::Pager, pager)];
                if let Some(known) = self.contacts.get_mut(contact) {
                    known.name.clone_from(name);
                    for (way, address) in ways {
                        known.fill(way, address);
                    }
                }
            }
            Event::ContactProven { contact, way, words } => {
                let proof = Proof { actor: recorded.actor.clone(), at: recorded.occurred_at, words: words.clone() };
                if let Some(known) = self.contacts.get_mut(contact) {
                    known.proven.insert(*way, proof);
                }
            }
            Event::ChannelFilled { channel, target } => {
                if target.is_empty() {
                    self.channels.remove(channel);
                } else {
                    self.channels.insert(channel.clone(), target.clone());
                }
            }
            Event::DraftKept { draft, message, to, subject, body } => {
                self.last_draft = self.last_draft.max(*draft);
                let kept = Draft {
                    message: message.clone(),
                    to: to.clone(),
                    subject: subject.clone(),
                    body: body.clone(),
                    actor: recorded.actor.clone(),
                    at: recorded.recorded_at,
                };
                self.drafts.insert(*draft, kept);
            }
            Event::DraftDropped { draft } => {
                self.drafts.remove(draft);
            }
            Event::SentByHand { draft, message, to, subject, body } => {
                self.last_draft = self.last_draft.max(*draft);
                self.drafts.remove(draft);
                self.sent.push(Sent {
                    event: recorded.seq,
                    draft: *draft,
                    message: message.clone(),
                    to: to.clone(),
                    subject: subject.clone(),
                    body: body.clone(),
                    actor: recorded.actor.clone(),
                    at: recorded.occurred_at,
                });
            }
            Event::Noted { text } => self.notes.push(Note {
                event: recorded.seq,
                at: recorded.occurred_at,
                recorded_at: recorded.recorded_at,
                actor: recorded.actor.clone(),
                text: text.clone(),
            }),
            Event::Closed { outcome } => self.closed = Some(outcome.clone()),
            Event::Reopened { .. } => self.closed = None,
        }
    }

    fn mark(&mut self, recorded: &Recorded, items: &[&ItemId], standing: &Standing) {
        for id in items {
            if let Some(item) = self.items.get_mut(*id) {
                item.marks.push(Mark {
                    event: recorded.seq,
                    standing: standing.clone(),
                    actor: recorded.actor.clone(),
                    at: recorded.recorded_at,
                });
            }
        }
        self.acts.push(Undoable {
            event: recorded.seq,
            actor: recorded.actor.clone(),
            items: items.iter().map(|id| (*id).clone()).collect(),
        });
    }

    fn undo(&mut self, event: u64) {
        let Some(at) = self.acts.iter().rposition(|act| act.event == event) else { return };
        for id in self.acts.remove(at).items {
            if let Some(item) = self.items.get_mut(&id) {
                item.marks.retain(|mark| mark.event != event);
            }
        }
    }
}

impl ContactState {
    /// A way whose address changes is not proven any more.
    fn fill(&mut self, way: Way, address: &str) {
        if self.address(way) != address {
            self.proven.remove(&way);
        }
        if address.is_empty() {
            self.addresses.remove(&way);
        } else {
            self.addresses.insert(way, address.to_owned());
        }
    }
}
