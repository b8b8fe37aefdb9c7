//! What may be, and what can be asked: each worked out from the first act on.

use super::answers::claimed_answer;
use super::day::{BODIES, CHANNELS, CHECKS, CONTACTS, MARKS, PHASES, SAWS, SECTIONS, Saw};
use super::gates::{gate_of, gate_that_is, is_condition};
use super::marks::{is_open, standing};
use super::people::{as_initials, as_known};
use super::{Ask, Check, GATES, Reference, Seen, Sight};

/// Words without blanks around them; nothing where there are none.
pub(super) fn said(words: &str) -> Option<String> {
    Some(words.trim().to_owned()).filter(|words| !words.is_empty())
}

/// Of [`SAWS`]: not a word.
const UNSAID: usize = 0;
/// Of [`VALUES`](super::VALUES): no blank.
const UNFILLED: usize = 0;

/// Whether what was seen is enough for a check, and meets its limit.
pub(super) fn meets(facts: &Check, saw: &Saw) -> bool {
    if facts.counts {
        return matches!(saw, Saw::Count(ready, all) if ready >= all);
    }
    match (saw, facts.below) {
        (Saw::Nothing, _) => !facts.asks,
        (_, None) | (Saw::Words, _) => true,
        // The limits of the day: below 1 %, below 2 %, below 200 ms and below 500 ms.
        (Saw::Percent(value), Some(limit)) => limit < 100.0 && *value < limit,
        (Saw::Ms(value), Some(limit)) => limit > 100.0 && *value < limit,
        (Saw::Bare | Saw::Count(..), Some(_)) => false,
    }
}

impl Reference {
    /// Whether this may be now.
    pub(super) fn allows(&self, ask: &Ask, sight: &Sight, now: i64) -> bool {
        let goes_when_closed = matches!(
            ask,
            Ask::Note(..)
                | Ask::NoteLesson(_)
                | Ask::Reopen(_)
                | Ask::NamePerson(_)
                | Ask::ChooseActor(_)
                | Ask::Finds(_)
        );
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
                // And what a signal sees stands against a tick, not against what somebody ticked before.
                let is_free = self.may_be_done(*check, false);
                self.is(*check, "claimed") && !has_blanks && is_free && (gate_of(*check).is_none() || is_stated)
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
                self.is_contact(*contact) && {
                    let (known_name, known_ways, _) = self.contact(*contact);
                    (known_name, known_ways) != (name, ways)
                }
            }
            Ask::ProveContact(contact, way, _) => {
                self.is_contact(*contact)
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
            Ask::AddEvidence(check, evidence) => self.allows_evidence(*check, *evidence),
            Ask::GoBack(gate, reason) => self.allows_go_back(*gate, reason),
            Ask::RollBack(..)
            | Ask::Rehearse(_)
            | Ask::ChooseWay(..)
            | Ask::StateStep(..)
            | Ask::UndoStep(_)
            | Ask::Tell(..)
            | Ask::DeclareRolledBack
            | Ask::StandDown(_) => self.allows_back(ask),
            Ask::BeginAttempt(after_s, reason) => self.allows_attempt(*after_s, reason, now),
            Ask::MoveWindow(..) | Ask::MoveStart(..) | Ask::CutHold(..) => self.allows_change(ask, now),
            Ask::DeclareGoLive(_) | Ask::DeclareSuccess(_) => self.allows_declaring(ask),
            Ask::TickRound(..) | Ask::UntickRound(..) | Ask::ExplainRounds(_) => self.allows_round(ask, sight, now),
            Ask::NoteLesson(text) => said(text).is_some(),
            Ask::Correct(event, right, why, ago) => {
                let is_new = |right| self.corrections().iter().all(|one| (one.1, &one.3) != (*event, &right));
                let is_there = (1..=self.last()).contains(event);
                is_there && said(right).is_some_and(is_new) && said(why).is_some() && ago.is_none_or(|ago| ago >= 0)
            }
            Ask::Silence(..) | Ask::LiftSilence(_) => self.allows_silence(ask, now),
            Ask::AddContact([_, name, ..]) => said(name).is_some(),
            Ask::TryContact(contact, way, _, _, about) => {
                let has_address = self.contact(*contact).1.get(*way).is_some_and(|address| !address.is_empty());
                let is_known = about.is_none_or(|alert| self.alert(alert).is_some());
                self.is_contact(*contact) && has_address && is_known
            }
            Ask::Arm(_) | Ask::Disarm | Ask::Accept(..) | Ask::DropBinding(_) => self.allows_binding(ask),
        }
    }

    /// Whether, as far as others go, a check may be done: nothing below it is open; and a mark of the way back that runs
    /// takes words.
    pub(super) fn may_be_done(&self, check: usize, has_words: bool) -> bool {
        self.is_free_below(check) && (has_words || !MARKS.contains(&check) || !self.runs_back())
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
        let has_words = words.and_then(said).is_some();
        let is_met = meets(facts, saw) && self.may_be_done(check, has_words);
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

    pub(super) fn closed(&self) -> Option<String> {
        let mut turns = self.acts.iter().rev().filter_map(|act| match &act.ask {
            Ask::Close(outcome) => Some(said(outcome)),
            Ask::Reopen(_) => Some(None),
            _ => None,
        });
        turns.next().flatten()
    }

    /// All that can be asked.
    #[must_use]
    pub fn seen(&self, now: i64) -> Seen {
        let counting = self.counting();
        let standings: Vec<String> = (0..CHECKS.len()).map(|check| standing(&counting, check)).collect();
        let count = |word: &str| standings.iter().filter(|standing| standing.starts_with(word)).count();
        let mode = self.mode();
        let rounds = self.rounds(now);
        let is_done = |(check, standing): (usize, &String)| {
            let is_said = standing.starts_with("stated") || standing.starts_with("observed");
            is_said
                && super::marks::below(check).iter().all(|below| standings.get(*below).is_none_or(|so| !is_open(so)))
        };
        let of_check =
            |check| counting.iter().filter(|one| one.is_on(check)).map(|one| one.act.seq).collect::<Vec<_>>();
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
            contacts: (0..CONTACTS.len() + self.added().len()).map(|contact| self.contact(contact)).collect(),
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
            last: self.last(),
            are_done: standings.iter().enumerate().map(is_done).collect(),
            evidence: (0..CHECKS.len()).map(|check| self.evidence(check)).collect(),
            back: self.back().map(|back| back.seen),
            rehearsals: self.rehearsals(),
            start: self.start(),
            attempts: self.attempts(),
            window: self.window(),
            moved: self.moved(),
            holds: (0..GATES.len()).filter_map(|gate| self.hold_s(gate)).collect(),
            live: self.live(),
            success: self.success(),
            lessons: self.lessons(),
            corrections: self.corrections(),
            corrected: (0..=self.last()).map(|event| self.corrected(event)).collect(),
            tried: (0..CONTACTS.len() + self.added().len()).map(|contact| self.tried(contact)).collect(),
            added: self.added().into_iter().map(|[role, name, ..]| [role, name]).collect(),
            is_armed: self.is_armed(),
            bound: self.bound(),
            due: self.due(&rounds),
            ahead: Self::ahead(&rounds, now),
            missed: Self::missed(&rounds),
            rounds,
            standings,
        }
    }
}
