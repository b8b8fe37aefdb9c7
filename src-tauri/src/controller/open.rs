//! What is open: a checklist that waits for T0, or the plan with T0 accepted.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use plan::{Finding, Plan, Resolved, SectionId};

use super::problem;
use crate::answer;
use crate::wire::project::{self, Answer, Book, Given};
use crate::wire::{OpeningView, Problem, ProblemCode, Update};

/// A checklist, read.
#[derive(Debug)]
pub(crate) struct Checklist {
    /// The plan.
    pub(crate) plan: Plan,
    /// What was noticed about it and about its settings.
    pub(crate) findings: Vec<Finding>,
}

/// A checklist that waits for T0 and zone.
#[derive(Debug)]
pub(super) struct Opening {
    checklist: Checklist,
    path: String,
    given: Given,
    answer: Answer,
    /// The plan with its own dates, to hold the answer against; `None` where it names none.
    written: Option<Resolved>,
}

impl Opening {
    /// Asks, with the proposal as the first answer.
    pub(super) fn of(checklist: Checklist, path: String, given: Given) -> Self {
        let proposal = &checklist.plan.start;
        let written = proposal
            .start
            .and_then(|start| answer::resolve(&checklist.plan, &project::field(start), &proposal.zone).ok());
        let start = given.start.or(proposal.start).map(project::field).unwrap_or_default();
        let zone = given.zone.clone().unwrap_or_else(|| proposal.zone.clone());
        let mut opening = Self {
            checklist,
            path,
            given,
            answer: Answer { start: String::new(), zone: String::new(), meaning: None },
            written,
        };
        if start.is_empty() {
            // Nobody has answered yet: an empty field is a question, and no mistake.
            opening.answer.zone = zone;
        } else {
            opening.answer_with(start, zone);
        }
        opening
    }

    /// Takes an answer and works out what it means.
    pub(super) fn answer_with(&mut self, start: String, zone: String) {
        let meaning = answer::resolve(&self.checklist.plan, &start, &zone)
            .map_err(|message| problem(ProblemCode::BadStart, message));
        self.answer = Answer { start, zone, meaning: Some(meaning) };
    }

    /// Accepts the last answer.
    pub(super) fn enter(mut self: Box<Self>, now: Timestamp) -> Result<Room, (Box<Self>, Problem)> {
        match self.answer.meaning.take() {
            Some(Ok(resolved)) => Ok(Room::of(self.checklist, &self.path, resolved, now)),
            Some(Err(problem)) => {
                self.answer.meaning = Some(Err(problem.clone()));
                Err((self, problem))
            }
            None => {
                Err((self, problem(ProblemCode::BadStart, "T0 was not named yet: name a date and a time.".to_owned())))
            }
        }
    }

    pub(super) fn view(&self, here: &TimeZone) -> OpeningView {
        let book = Book::of(&self.checklist.plan);
        let written = self.written.as_ref();
        project::opening(&book, &self.path, &self.checklist.findings, &self.given, &self.answer, written, here)
    }
}

/// The plan with T0 accepted.
#[derive(Debug)]
pub(super) struct Room {
    plan: Plan,
    resolved: Resolved,
    chosen: Option<SectionId>,
    title: String,
    /// The sections that no act changes, made once.
    fixed: Update,
}

impl Room {
    fn of(checklist: Checklist, path: &str, resolved: Resolved, now: Timestamp) -> Self {
        let Checklist { plan, findings } = checklist;
        let book = Book::of(&plan);
        let fixed = Update {
            header: Some(project::header(&plan, &resolved, path)),
            messages: Some(project::messages(&book)),
            rollback: Some(project::rollback(&book)),
            escalation: Some(project::escalation(&plan)),
            references: Some(project::references(&plan)),
            written: Some(project::written(&book, path, &findings)),
            ..Update::default()
        };
        Self { chosen: phase_at(&plan, &resolved, now), title: project::title(&plan, path), plan, resolved, fixed }
    }

    pub(super) fn plan(&self) -> &Plan {
        &self.plan
    }

    pub(super) fn resolved(&self) -> &Resolved {
        &self.resolved
    }

    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// Chooses a phase; false where the plan has none of that name.
    pub(super) fn look(&mut self, phase: &str) -> bool {
        let found = self.plan.phases.iter().find(|known| known.section.as_str() == phase);
        if let Some(found) = found {
            self.chosen = Some(found.section.clone());
        }
        found.is_some()
    }

    /// Every section of the room.
    pub(super) fn sections(&self) -> Update {
        let book = Book::of(&self.plan);
        let chosen = self.chosen.as_ref();
        Update {
            day: Some(project::day(&book, &self.resolved, chosen)),
            phase: chosen.map_or_else(
                || Some(project::without_phases(&book, &self.resolved)),
                |id| project::phase(&book, &self.resolved, id),
            ),
            criteria: Some(project::criteria(&book, chosen)),
            ..self.fixed.clone()
        }
    }
}

/// The phase that a person wants to see on entering: of those that have begun and whose end is known and still to come,
/// the shortest (the first day lies inside the first week), the last of equals; else the last that has begun; else the
/// first.
fn phase_at(plan: &Plan, resolved: &Resolved, now: Timestamp) -> Option<SectionId> {
    let begun: Vec<_> = plan
        .phases
        .iter()
        .zip(&resolved.phases)
        .filter_map(|(phase, span)| Some((phase, span.start.filter(|start| *start <= now)?, span.end)))
        .collect();
    let running = begun
        .iter()
        .rev()
        .filter_map(|(phase, start, end)| Some((phase, end.filter(|end| now < *end)?.duration_since(*start))))
        .min_by_key(|(_, length)| *length);
    let chosen = running.map(|(phase, _)| *phase).or(begun.last().map(|(phase, _, _)| *phase));
    chosen.or(plan.phases.first()).map(|phase| phase.section.clone())
}
