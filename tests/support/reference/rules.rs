//! What may be, and what is true: each worked out from the first act on.

use super::answers::{claimed_answer, claims, line, means};
use super::day::{BODIES, CHANNELS, CHECKS, CONTACTS, Means, PHASES, SAWS, SECTIONS, Saw, T0_PHASE};
use super::gates::{gate_of, gate_that_is, is_condition};
use super::{Act, Ask, Found, GATES, Known, Reference, Seen, Sight};

/// Words without blanks around them; nothing where there are none.
pub(super) fn said(words: &str) -> Option<String> {
    Some(words.trim().to_owned()).filter(|words| !words.is_empty())
}

/// What marks checks and was not taken back.
struct Counting<'a> {
    act: &'a Act,
    checks: Vec<usize>,
    /// Whether it can be: not what was found, and no gate that was left behind.
    can_be_undone: bool,
}

/// From the template or not; to, subject and body; who kept it.
type Draft = (bool, [String; 3], String);

impl Counting<'_> {
    /// Whether it is what "take back" means: the last act that can be, or the last mark on this check.
    fn is_meant_by(&self, check: Option<usize>) -> bool {
        check.map_or(self.can_be_undone, |check| self.checks.contains(&check))
    }
}

/// Of [`SAWS`]: not a word.
const UNSAID: usize = 0;
/// Of [`VALUES`](super::VALUES): no blank.
const UNFILLED: usize = 0;

impl Reference {
    /// Whether this may be now.
    pub(super) fn allows(&self, ask: &Ask, sight: &Sight, now: i64) -> bool {
        let goes_when_closed =
            matches!(ask, Ask::Note(..) | Ask::Reopen(_) | Ask::NamePerson(_) | Ask::ChooseActor(_) | Ask::Finds(_));
        if self.closed().is_some() && !goes_when_closed {
            return false;
        }
        match ask {
            Ask::State { check, saw } => self.allows_state(*check, *saw, sight),
            Ask::Answer { check, answer, values } => self.allows_answer(*check, *answer, *values, sight),
            Ask::Confirm(check) => {
                // A claim of a choice claims one of its answers; a blank is filled by nobody yet.
                let is_stated = match CHECKS.get(*check) {
                    Some(facts) if facts.answers.is_empty() => self.allows_state(*check, UNSAID, sight),
                    _ => self.allows_answer(*check, claimed_answer(*check), UNFILLED, sight),
                };
                let has_blanks = CHECKS.get(*check).is_some_and(|facts| !facts.blanks.is_empty());
                self.is(*check, "claimed") && !has_blanks && (gate_of(*check).is_none() || is_stated)
            }
            Ask::ConfirmSection(section) => SECTIONS.get(*section).is_some() && !self.claimed_in(*section).is_empty(),
            Ask::Override(check, reason) if gate_that_is(*check).is_some() => {
                gate_that_is(*check).is_some_and(|gate| self.allows_override_gate(gate, reason))
            }
            Ask::Override(check, reason) => {
                CHECKS.get(*check).is_some() && said(reason).is_some() && !self.is(*check, "overridden")
            }
            Ask::NotApplicable(check, reason) => {
                // A gate always applies, and its hold until it is left behind; one of its conditions may not.
                let is_over = |gate: usize| gate_that_is(*check).is_none() && self.is_passed(gate);
                let may_not = gate_of(*check).is_none_or(is_over) || is_condition(*check);
                CHECKS.get(*check).is_some() && said(reason).is_some() && !self.is(*check, "not applicable") && may_not
            }
            Ask::Defer(check, to, reason) => self.allows_defer(*check, *to, reason),
            Ask::Undo(check) => self.to_undo(*check).is_some(),
            Ask::NamePerson(person) => {
                let [initials, name, _] = person;
                let initials = initials.trim();
                let is_short = (1..=4).contains(&initials.chars().count());
                let is_plain = initials.chars().all(char::is_alphanumeric);
                is_short && is_plain && said(name).is_some() && !self.people().contains(&as_known(person))
            }
            Ask::ChooseActor(initials) => {
                let initials = as_initials(initials);
                self.people().iter().any(|[known, ..]| *known == initials) && self.actor() != Some(initials)
            }
            Ask::FillContact(contact, words) => {
                let [name, ways @ ..] = words.each_ref().map(|words| words.trim().to_owned());
                CONTACTS.get(*contact).is_some() && {
                    let (known_name, known_ways, _) = self.contact(*contact);
                    (known_name, known_ways) != (name, ways)
                }
            }
            Ask::ProveContact(contact, way, _) => {
                CONTACTS.get(*contact).is_some()
                    && self.contact(*contact).1.get(*way).is_some_and(|address| !address.is_empty())
            }
            Ask::FillChannel(channel, target) => {
                CHANNELS.get(*channel).is_some() && self.channel(*channel) != said(target)
            }
            Ask::KeepDraft { draft, template, parts: [to, subject], body } => {
                let Some((body, _)) = BODIES.get(*body) else { return false };
                let words = [to.clone(), subject.clone(), (*body).to_owned()];
                *template != Some(false)
                    && draft.is_none_or(|draft| self.draft(draft).is_some_and(|(_, kept, _)| kept != words))
            }
            Ask::DropDraft(draft) => self.draft(*draft).is_some(),
            Ask::MarkSent(draft, to, ago) => {
                let kept = self.draft(*draft);
                let has_blank = kept.is_some_and(|(_, [_, _, kept], _)| {
                    BODIES.iter().any(|(body, has_blank)| *body == kept && *has_blank)
                });
                self.draft(*draft).is_some() && !has_blank && said(to).is_some() && ago.is_none_or(|ago| ago >= 0)
            }
            Ask::Note(text, ago) => said(text).is_some() && ago.is_none_or(|ago| ago >= 0),
            Ask::EnterGate(gate) => self.allows_enter(*gate),
            Ask::PassGate(gate) => self.allows_pass(*gate, sight),
            Ask::OverrideGate(gate, reason) => self.allows_override_gate(*gate, reason),
            Ask::Acknowledge(alert, _) => self.allows_acknowledge(*alert),
            Ask::ExtendDeadline(alert, until_s, reason) => self.allows_extend(*alert, *until_s, reason, now),
            Ask::AnswerTest(_) => matches!(self.test(), Some((_, None))),
            Ask::Finds(_) => true,
            Ask::Close(outcome) => said(outcome).is_some(),
            Ask::Reopen(reason) => said(reason).is_some() && self.closed().is_some(),
        }
    }

    fn allows_state(&self, check: usize, saw: usize, sight: &Sight) -> bool {
        let (Some(facts), Some((words, saw))) = (CHECKS.get(check), SAWS.get(saw)) else { return false };
        // A choice takes one of its answers; what was seen can fill one blank, and not two.
        let is_said = match facts.blanks.len() {
            _ if !facts.answers.is_empty() => false,
            0 => true,
            1 => words.and_then(said).is_some(),
            _ => false,
        };
        let is_met = match (saw, facts.below) {
            (Saw::Nothing, _) => !facts.asks,
            (_, None) | (Saw::Words, _) => true,
            // The limits of the day: below 1 %, below 200 ms and below 500 ms.
            (Saw::Percent(value), Some(limit)) => limit < 100.0 && *value < limit,
            (Saw::Ms(value), Some(limit)) => limit > 100.0 && *value < limit,
            (Saw::Bare, Some(_)) => false,
        };
        // Once is enough, but for what holds a gate: a word about that runs out.
        let is_new = !self.is(check, "stated") || self.is_held_condition(check);
        let is_seen_otherwise = sight.check == Some((check, false));
        is_said && is_met && is_new && !self.is(check, "observed") && !is_seen_otherwise && self.gates_let_state(check)
    }

    fn allows_defer(&self, check: usize, to: usize, reason: &str) -> bool {
        let (Some(facts), Some(phase)) = (CHECKS.get(check), PHASES.get(to)) else { return false };
        let is_later = facts.phase.is_none_or(|own| to > own);
        let is_so = self.standing(check).starts_with(&format!("deferred to {phase}:"));
        // What belongs to a gate waits for nothing.
        is_later && said(reason).is_some() && !is_so && gate_of(check).is_none()
    }

    /// The acts on checks that count, in order: what was taken back is gone.
    fn counting(&self) -> Vec<Counting<'_>> {
        let mut counting: Vec<Counting<'_>> = Vec::new();
        for act in &self.acts {
            let mut can_be_undone = true;
            let checks = match &act.ask {
                Ask::PassGate(gate) | Ask::OverrideGate(gate, _) => {
                    can_be_undone = false;
                    GATES.get(*gate).map(|gate| gate.check).into_iter().collect()
                }
                Ask::Override(check, _) if gate_that_is(*check).is_some() => {
                    can_be_undone = false;
                    vec![*check]
                }
                Ask::Finds(found) => {
                    can_be_undone = false;
                    let is_observed = |check: usize| standing(&counting, check) == "observed";
                    let marked: Vec<usize> = Self::marks_of_turn(found, is_observed).into_iter().collect();
                    if marked.is_empty() {
                        continue;
                    }
                    marked
                }
                Ask::State { check, .. }
                | Ask::Answer { check, .. }
                | Ask::Confirm(check)
                | Ask::Override(check, _)
                | Ask::Defer(check, ..)
                | Ask::NotApplicable(check, _) => vec![*check],
                Ask::ConfirmSection(section) => claimed_in(&counting, *section),
                Ask::Undo(check) => {
                    let last = counting.iter().rposition(|one| one.is_meant_by(*check));
                    if let Some(last) = last {
                        counting.remove(last);
                    }
                    continue;
                }
                _ => continue,
            };
            counting.push(Counting { act, checks, can_be_undone });
        }
        counting
    }

    fn claimed_in(&self, section: usize) -> Vec<usize> {
        claimed_in(&self.counting(), section)
    }

    /// What would be taken back: the last act, or the last on this check, while nothing stands on it.
    fn to_undo(&self, check: Option<usize>) -> Option<u64> {
        let counting = self.counting();
        let last = counting.iter().rposition(|one| one.is_meant_by(check))?;
        let one = counting.get(last).filter(|one| one.can_be_undone)?;
        let later = counting.get(last + 1..)?;
        let is_free = later.iter().all(|later| later.checks.iter().all(|check| !one.checks.contains(check)));
        is_free.then_some(one.act.seq)
    }

    /// The act that counts on this check.
    pub(super) fn last_on(&self, check: usize) -> Option<&Act> {
        self.counting().into_iter().rfind(|one| one.checks.contains(&check)).map(|one| one.act)
    }

    pub(super) fn standing(&self, check: usize) -> String {
        standing(&self.counting(), check)
    }

    fn is(&self, check: usize, standing: &str) -> bool {
        self.standing(check).starts_with(standing)
    }

    fn closed(&self) -> Option<String> {
        let mut turns = self.acts.iter().rev().filter_map(|act| match &act.ask {
            Ask::Close(outcome) => Some(said(outcome)),
            Ask::Reopen(_) => Some(None),
            _ => None,
        });
        turns.next().flatten()
    }

    pub(super) fn actor(&self) -> Option<String> {
        let mut chosen = self.acts.iter().rev().filter_map(|act| match &act.ask {
            Ask::ChooseActor(initials) => Some(as_initials(initials)),
            _ => None,
        });
        chosen.next()
    }

    fn people(&self) -> Vec<[String; 3]> {
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

    fn contact(&self, contact: usize) -> Known {
        let mut known = Known::default();
        for act in &self.acts {
            match &act.ask {
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

    fn channel(&self, channel: usize) -> Option<String> {
        let mut filled = self.acts.iter().rev().filter_map(|act| match &act.ask {
            Ask::FillChannel(which, target) if *which == channel => Some(said(target)),
            _ => None,
        });
        filled.next().flatten()
    }

    /// Each draft that there ever was: its number, and how it stands where it still does.
    fn drafts(&self) -> Vec<(u32, Option<Draft>)> {
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

    fn draft(&self, number: u32) -> Option<Draft> {
        self.drafts().into_iter().find(|(known, _)| *known == number)?.1
    }

    /// All that can be asked.
    #[must_use]
    pub fn seen(&self) -> Seen {
        let counting = self.counting();
        let standings: Vec<String> = (0..CHECKS.len()).map(|check| standing(&counting, check)).collect();
        let count = |word: &str| standings.iter().filter(|standing| standing.starts_with(word)).count();
        let is_from_t0 =
            |check: &usize| CHECKS.get(*check).is_some_and(|check| check.phase.is_some_and(|phase| phase >= T0_PHASE));
        let is_act = |one: &Counting<'_>| {
            let is_by_a_person = !matches!(one.act.ask, Ask::Finds(_) | Ask::Defer(..) | Ask::NotApplicable(..));
            // Who says that nobody goes on, or that nothing is asked, begins nothing.
            let is_begun = matches!(means(&one.act.ask), Means::Yes | Means::No);
            is_by_a_person && is_begun && one.checks.iter().any(is_from_t0)
        };
        let is_live = self.is_any_entered() || counting.iter().any(is_act);
        let mode = match (self.closed(), is_live) {
            (Some(_), _) => "closed",
            (None, true) => "live",
            (None, false) => "prepare",
        };
        let of_check = |check| {
            counting.iter().filter(|one| one.checks.contains(&check)).map(|one| one.act.seq).collect::<Vec<_>>()
        };
        Seen {
            acts: (0..CHECKS.len()).map(of_check).collect(),
            counts: [
                count("open"),
                count("claimed"),
                count("stated") + count("observed"),
                count("overridden"),
                count("deferred"),
                count("not applicable"),
                count("lost"),
                count("answered no"),
            ],
            mode,
            closed: self.closed(),
            undoable: counting.iter().rfind(|one| one.can_be_undone).map(|one| one.act.seq),
            actor: self.actor(),
            people: self.people(),
            contacts: (0..CONTACTS.len()).map(|contact| self.contact(contact)).collect(),
            channels: (0..CHANNELS.len()).map(|channel| self.channel(channel)).collect(),
            drafts: self
                .drafts()
                .into_iter()
                .filter_map(|(number, stands)| stands.map(|(template, words, actor)| (number, template, words, actor)))
                .collect(),
            next_draft: u32::try_from(self.drafts().len()).unwrap_or(u32::MAX) + 1,
            sent: self.sent(),
            notes: self.notes(),
            gates: (0..GATES.len()).map(|gate| self.gate_seen(gate)).collect(),
            current_gate: self.current_gate(),
            alerts: self.alerts(),
            test: self.test(),
            verdict: self.verdict(),
            last: self.acts.len() as u64 + 1,
            standings,
        }
    }

    fn sent(&self) -> Vec<(u64, u32, [String; 3], String, i64)> {
        let mut sent = Vec::new();
        for (at, act) in self.acts.iter().enumerate() {
            let Ask::MarkSent(number, to, ago) = &act.ask else { continue };
            // As it stood right before.
            let before = Self { acts: self.acts.iter().take(at).cloned().collect() };
            let [_, subject, body] = before.draft(*number).unwrap_or_default().1;
            let words = [to.trim().to_owned(), subject, body];
            sent.push((act.seq, *number, words, act.actor.clone(), act.now - ago.unwrap_or(0)));
        }
        sent
    }

    fn notes(&self) -> Vec<(u64, i64, String, String)> {
        let notes = self.acts.iter().filter_map(|act| match &act.ask {
            Ask::Note(text, ago) => {
                Some((act.seq, act.now - ago.unwrap_or(0), text.trim().to_owned(), act.actor.clone()))
            }
            _ => None,
        });
        notes.collect()
    }
}

fn as_known(person: &[String; 3]) -> [String; 3] {
    let [initials, name, role] = person.each_ref().map(|part| part.trim());
    [as_initials(initials), name.to_owned(), role.to_owned()]
}

/// Initials as the room keeps them, however they are typed.
fn as_initials(typed: &str) -> String {
    typed.trim().to_uppercase()
}

/// What is true of a check, given the acts that count.
fn standing(counting: &[Counting<'_>], check: usize) -> String {
    let Some(facts) = CHECKS.get(check) else { return "unknown".to_owned() };
    let Some(last) = counting.iter().rev().find(|one| one.checks.contains(&check)) else {
        return if facts.claimed { "claimed" } else { "open" }.to_owned();
    };
    match &last.act.ask {
        Ask::State { saw, .. } => match SAWS.get(*saw).and_then(|(saw, _)| said(saw.unwrap_or_default())) {
            Some(saw) => format!("stated: {saw}"),
            None => "stated".to_owned(),
        },
        Ask::Answer { answer, values, .. } => {
            let words = line(check, *answer, *values);
            match means(&last.act.ask) {
                // Where nothing is asked for, it is a tick like any.
                Means::Yes if words.is_empty() => "stated".to_owned(),
                Means::Yes => format!("stated: {words}"),
                Means::No => format!("answered no: {words}"),
                Means::NoGo => format!("answered no-go: {words}"),
                Means::Nothing => format!("not applicable: {words}"),
            }
        }
        Ask::Override(_, reason) | Ask::OverrideGate(_, reason) => format!("overridden: {}", reason.trim()),
        Ask::Finds(Found::Observed(_) | Found::Held(_)) => "observed".to_owned(),
        Ask::Finds(_) => "lost".to_owned(),
        Ask::Defer(_, to, reason) => {
            format!("deferred to {}: {}", PHASES.get(*to).copied().unwrap_or_default(), reason.trim())
        }
        Ask::NotApplicable(_, reason) => format!("not applicable: {}", reason.trim()),
        _ => claims(check).map_or_else(|| "stated".to_owned(), |answer| format!("stated: {answer}")),
    }
}

fn claimed_in(counting: &[Counting<'_>], section: usize) -> Vec<usize> {
    let is_in = |check: &super::Check| section == 0 || check.section == section;
    let checks = CHECKS.iter().enumerate().filter(|(_, check)| is_in(check)).map(|(at, _)| at);
    // What belongs to a gate is asked in its gate.
    let checks = checks.filter(|check| gate_of(*check).is_none());
    // And a blank is filled by whoever fills it.
    let checks = checks.filter(|check| CHECKS.get(*check).is_some_and(|facts| facts.blanks.is_empty()));
    checks.filter(|check| standing(counting, *check) == "claimed").collect()
}
