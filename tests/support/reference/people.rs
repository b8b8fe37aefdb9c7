//! People, how they are reached, and what is written to them: each worked out from the first act on.

use super::day::{BODIES, CONTACTS};
use super::rules::said;
use super::{Ask, Known, Reference, Tried};

/// From the template or not; to, subject and body; who kept it.
type Draft = (bool, [String; 3], String);

impl Reference {
    pub(super) fn actor(&self) -> Option<String> {
        let mut chosen = self.acts.iter().rev().filter_map(|act| match &act.ask {
            Ask::ChooseActor(initials) => Some(as_initials(initials)),
            _ => None,
        });
        chosen.next()
    }

    pub(super) fn people(&self) -> Vec<[String; 3]> {
        let mut people: Vec<[String; 3]> = Vec::new();
        for act in &self.acts {
            let Ask::NamePerson(person) = &act.ask else { continue };
            let person = as_known(person);
            match people.iter_mut().find(|[initials, ..]| *initials == person[0]) {
                Some(known) => *known = person,
                None => people.push(person),
            }
        }
        people
    }

    pub(super) fn contact(&self, contact: usize) -> Known {
        let mut known = Known::default();
        if let Some([_, name, phone, mail]) =
            contact.checked_sub(CONTACTS.len()).and_then(|at| self.added().get(at).cloned())
        {
            known.0 = name;
            known.1 = [phone, mail, String::new(), String::new()];
        }
        for act in &self.acts {
            match &act.ask {
                Ask::TryContact(which, way, true, words, _) if *which == contact => {
                    if let Some(proof) = known.2.get_mut(*way) {
                        *proof = Some((act.actor.clone(), act.now, words.trim().to_owned()));
                    }
                }
                Ask::FillContact(which, words) if *which == contact => {
                    let [name, ways @ ..] = words.each_ref().map(|words| words.trim().to_owned());
                    known.0 = name;
                    for ((address, proof), new) in known.1.iter_mut().zip(&mut known.2).zip(ways) {
                        // Another address is another way, and nobody has tried it.
                        if *address != new {
                            *proof = None;
                        }
                        *address = new;
                    }
                }
                Ask::ProveContact(which, way, words) if *which == contact => {
                    if let Some(proof) = known.2.get_mut(*way) {
                        *proof = Some((act.actor.clone(), act.now, words.trim().to_owned()));
                    }
                }
                _ => {}
            }
        }
        known
    }

    /// Whom people put on the ladder: role, name, phone, mail.
    pub(super) fn added(&self) -> Vec<[String; 4]> {
        let added = self.acts.iter().filter_map(|act| match &act.ask {
            Ask::AddContact(words) => {
                let [role, rest @ ..] = words.each_ref().map(|words| words.trim().to_owned());
                let [name, phone, mail] = rest;
                Some([said(&role).unwrap_or_else(|| "Added by hand".to_owned()), name, phone, mail])
            }
            _ => None,
        });
        added.collect()
    }

    pub(super) fn is_contact(&self, contact: usize) -> bool {
        contact < CONTACTS.len() + self.added().len()
    }

    pub(super) fn tried(&self, contact: usize) -> Vec<Tried> {
        let tried = self.acts.iter().filter_map(|act| match &act.ask {
            Ask::TryContact(which, way, answered, words, about) if *which == contact => {
                Some((act.actor.clone(), act.now, *way, *answered, words.trim().to_owned(), *about))
            }
            _ => None,
        });
        tried.collect()
    }

    pub(super) fn channel(&self, channel: usize) -> Option<String> {
        let mut filled = self.acts.iter().rev().filter_map(|act| match &act.ask {
            Ask::FillChannel(which, target) if *which == channel => Some(said(target)),
            _ => None,
        });
        filled.next().flatten()
    }

    /// Each draft that there ever was: its number, and how it stands where it still does.
    pub(super) fn drafts(&self) -> Vec<(u32, Option<Draft>)> {
        let mut drafts: Vec<(u32, Option<Draft>)> = Vec::new();
        for act in &self.acts {
            let (number, stands) = match &act.ask {
                Ask::KeepDraft { draft, template, parts: [to, subject], body } => {
                    let next = u32::try_from(drafts.len()).unwrap_or(u32::MAX) + 1;
                    let body = BODIES.get(*body).map_or("", |(body, _)| body).to_owned();
                    let kept = (template.is_some(), [to.clone(), subject.clone(), body], act.actor.clone());
                    (draft.unwrap_or(next), Some(kept))
                }
                Ask::DropDraft(number) | Ask::MarkSent(number, ..) => (*number, None),
                _ => continue,
            };
            match drafts.iter_mut().find(|(known, _)| *known == number) {
                Some(known) => known.1 = stands,
                None => drafts.push((number, stands)),
            }
        }
        drafts
    }

    pub(super) fn draft(&self, number: u32) -> Option<Draft> {
        self.drafts().into_iter().find(|(known, _)| *known == number)?.1
    }

    pub(super) fn sent(&self) -> Vec<(u64, u32, [String; 3], String, i64)> {
        let mut sent = Vec::new();
        for (at, act) in self.acts.iter().enumerate() {
            let Ask::MarkSent(number, to, ago) = &act.ask else { continue };
            // As it stood right before.
            let [_, subject, body] = self.before(at).draft(*number).unwrap_or_default().1;
            let words = [to.trim().to_owned(), subject, body];
            sent.push((act.seq, *number, words, act.actor.clone(), act.now - ago.unwrap_or(0)));
        }
        sent
    }

    pub(super) fn notes(&self) -> Vec<(u64, i64, String, String)> {
        let notes = self.acts.iter().filter_map(|act| match &act.ask {
            Ask::Note(text, ago) => {
                Some((act.seq, act.now - ago.unwrap_or(0), text.trim().to_owned(), act.actor.clone()))
            }
            _ => None,
        });
        notes.collect()
    }
}

pub(super) fn as_known(person: &[String; 3]) -> [String; 3] {
    let [initials, name, role] = person.each_ref().map(|part| part.trim());
    [as_initials(initials), name.to_owned(), role.to_owned()]
}

/// Initials as the room keeps them, however they are typed.
pub(super) fn as_initials(typed: &str) -> String {
    typed.trim().to_uppercase()
}
