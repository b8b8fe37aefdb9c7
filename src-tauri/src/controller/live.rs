//! The room that is open: its state, its log, and the line of what waits for the disk.

use std::path::PathBuf;

use jiff::Timestamp;
use journal::{Failure, Hash, To};
use plan::{Finding, Proposals, Resolved, SectionId};
use room::{Recorded, Room};

use super::behind::Behind;
use super::enter::phase_at;
use super::line::{Cargo, Line, Turn};
use super::looking::Looking;
use super::reread::Rereading;
use super::samples::Keeping;
use super::{Answers, Effect, Laptop, ends};
use crate::device_key::Signed;
use crate::rooms::{Entered, Job};
use crate::source;
use crate::watching::{WATCH, Watching};
use crate::wire::project::{self, Book, Seeing, Typed};
use crate::wire::{DrillMarkView, RecordView, ReferencesView, Update};

/// A room that is open.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) room: Room,
    /// All of them, or while those before are still being read those since: [`Live::whole`] knows.
    pub(super) events: Vec<Recorded>,
    /// What is still being read behind the opening.
    pub(super) behind: Option<Behind>,
    /// After how many events the state was kept as a snapshot last.
    pub(super) kept_at: u64,
    pub(super) looking: Looking,
    head: Hash,
    path: PathBuf,
    pub(super) typed: Typed,
    /// What the text's own links and commands could observe.
    pub(super) proposals: Proposals,
    /// Findings about the text and its settings.
    findings: Vec<Finding>,
    references: ReferencesView,
    /// Why nothing can be done here; empty where one may act.
    pub(super) reading_only: String,
    /// What is to be known of where the file lies; empty where that is well.
    carried: String,
    /// Whose key signs its seals and where that lies, and what is to be said of that; both empty where nobody signs.
    signed: Signed,
    /// Whether another window writes, so that there is something to follow.
    is_followed: bool,
    /// Whether the disk is looking for what another window wrote.
    is_polled: bool,
    chosen: Option<SectionId>,
    /// What a person asked the schedule.
    pub(super) asked_what_ifs: Vec<room::WhatIf>,
    pub(super) line: Line,
    /// Whether whoever wants to leave was told what they give up.
    pub(super) was_warned: bool,
    /// Whether the sheet is older than the room.
    is_sheet_old: bool,
    /// Whether something came since the file rested last.
    pub(super) is_restless: bool,
    /// What is under way with the samples.
    pub(super) keeping: Keeping,
    /// How far the asking is for what is stored.
    pub(super) ends: ends::Asking,
    /// What the checklist's file says besides what the room has.
    pub(super) rereading: Option<Rereading>,
    /// Whether the checklist's file was read since the room was entered.
    pub(super) was_ever_read: bool,
    /// The watch over it; `None` where nothing is to be observed, or nothing can be.
    watching: Option<Watching>,
}

impl Live {
    /// A room as it was found on disk; `None` where its log does not begin with an opening.
    pub(super) fn of(
        entered: Entered,
        room: Option<Room>,
        laptop: &Laptop,
        is_drilled: bool,
        now: Timestamp,
    ) -> Option<Self> {
        let Entered { path, mut before, events, head, typed, memory, samples, reading_only, carrier, signed_by } =
            entered;
        let behind = before.as_mut().map(Behind::of);
        let room = match (room, before) {
            (_, Some(before)) => *before.room,
            (Some(room), None) => room,
            (None, None) => Room::fold(&events)?,
        };
        // Whoever only reads because another window writes shows what is seen, and leaves alarm and log to the other.
        let is_silent = matches!(reading_only, Some(Failure::Held { .. }));
        let is_past_drill = crate::drill::is_drill(&room) && !is_drilled;
        let mut line = Line::default();
        let can_watch = (reading_only.is_none() || is_silent) && !is_past_drill;
        let watching = can_watch.then(|| {
            let (mut watching, events) = Watching::new(&room, memory.as_deref(), laptop.begins_at_t0, is_silent, now);
            watching.begin_with(&samples);
            for event in events {
                line.join(Turn::Found { event, occurred_at: now }, &mut Vec::new());
            }
            watching
        });
        let mut findings = room.findings().to_vec();
        findings.extend(source::notes(room.settings(), room.plan()));
        let shown = laptop.paths.shown(&path);
        Some(Self {
            proposals: super::signals::proposals_of(&room),
            references: project::references(room.plan()),
            chosen: phase_at(room.plan(), room.resolved(), now),
            typed: Typed::of(typed),
            asked_what_ifs: Vec::new(),
            is_followed: matches!(reading_only, Some(Failure::Held { .. })),
            is_polled: false,
            signed: signed_by
                .map(|(device, kept)| Signed::of(&device, &kept, |path| laptop.paths.shown(path)))
                .unwrap_or_default(),
            carried: carrier.map(|carrier| carrier.words(&shown, |path| laptop.paths.shown(path))).unwrap_or_default(),
            reading_only: match reading_only {
                Some(failure) => failure.words(To::Enter, &shown),
                None if is_past_drill => {
                    "This drill is over: its log is kept, and nothing more happens in it.".to_owned()
                }
                None => String::new(),
            },
            line,
            watching,
            rereading: None,
            was_ever_read: false,
            was_warned: false,
            // The program may have been killed before it wrote the sheet.
            is_sheet_old: true,
            // So may a room that was just made, or that a killed program left, be spread over two files.
            is_restless: true,
            keeping: Keeping::default(),
            ends: ends::Asking::default(),
            room,
            looking: if behind.is_some() { Looking::default() } else { Looking::of(&events) },
            kept_at: behind.as_ref().map_or(0, |behind| behind.count),
            behind,
            events,
            head,
            path,
            findings,
        })
    }

    pub(super) fn resolved(&self) -> &Resolved {
        self.room.resolved()
    }

    /// Names the window after the room.
    pub(super) fn window_title(&self) -> Effect {
        let title = self.room.title();
        let mark = if crate::drill::is_drill(&self.room) { "DRILL · " } else { "" };
        Effect::Title(format!("{mark}{title} · War Room"))
    }

    /// Chooses a phase; false where the plan has none of that name.
    pub(super) fn look(&mut self, phase: &str) -> bool {
        let found = self.room.plan().phases.iter().find(|known| known.section.as_str() == phase);
        if let Some(found) = found {
            self.chosen = Some(found.section.clone());
        }
        found.is_some()
    }

    /// Events are on disk: now they count.
    pub(super) fn appended(&mut self, recorded: Vec<Recorded>, head: Hash, answers: &mut Answers) -> Vec<room::Effect> {
        let before = self.events.len();
        for recorded in recorded {
            self.take_in(recorded, head);
            // Before the next: what is drafted tells how it stood then.
            if let Some(intent) = self.events.last().and_then(|last| project::drafted(&self.room, last, &self.head())) {
                self.line.join(Turn::Move { intent, actor: WATCH.into() }, answers);
            }
        }
        self.is_restless = true;
        if let Some(flight) = self.line.arrived() {
            if let Cargo::Events { clears: Some(name), .. } = &flight.cargo {
                self.typed.keep(name, "");
            }
            answers.extend(flight.replies.into_iter().map(|reply| (reply, Ok(()))));
        }
        self.follow_ups(before)
    }

    /// What follows from the events after so many.
    pub(super) fn follow_ups(&mut self, before: usize) -> Vec<room::Effect> {
        let new = self.events.iter().skip(before);
        let effects: Vec<_> = new.flat_map(|new| room::effects(&new.event, new.seq)).collect();
        self.is_sheet_old |= effects.contains(&room::Effect::WriteSheet);
        effects
    }

    /// Typed words are on disk.
    pub(super) fn kept(&mut self, answers: &mut Answers) {
        self.is_restless = true;
        if let Some(flight) = self.line.arrived() {
            if let Cargo::Typed { name, text } = &flight.cargo {
                self.typed.keep(name, text);
            }
            answers.extend(flight.replies.into_iter().map(|reply| (reply, Ok(()))));
        }
    }

    /// Another window wrote, or the file cannot be followed any more.
    pub(super) fn followed(&mut self, outcome: Result<(Vec<Recorded>, Hash), Failure>, laptop: &Laptop) {
        self.is_polled = false;
        match outcome {
            Ok((events, head)) => {
                for recorded in events {
                    self.take_in(recorded, head);
                }
            }
            // What passes (a file system that stalls) is looked at again; what does not ends the following.
            Err(Failure::Other { words, .. }) => tracing::warn!(words, "the room could not be followed for a second"),
            Err(failure) => {
                self.is_followed = false;
                self.reading_only = failure.words(To::Enter, &laptop.paths.shown(&self.path));
            }
        }
    }

    /// The disk wrote an event by itself.
    pub(super) fn recorded_by_the_disk(&mut self, recorded: Recorded, head: Hash) -> Vec<room::Effect> {
        let before = self.events.len();
        self.take_in(recorded, head);
        self.is_restless = true;
        self.follow_ups(before)
    }

    fn take_in(&mut self, recorded: Recorded, head: Hash) {
        self.room.apply(&recorded);
        self.keeping.notice(&recorded.event, recorded.recorded_at);
        if let Some(watching) = &mut self.watching {
            watching.applied(&recorded.event);
        }
        if let room::Event::PlanReread(reread) = &recorded.event {
            self.show_the_new_text(reread, recorded.recorded_at);
        }
        self.events.push(recorded);
        if self.behind.is_none() {
            self.looking.notice(&self.events);
        }
        self.head = head;
    }

    /// The room has another text: what was made of the text before is made anew.
    fn show_the_new_text(&mut self, reread: &room::Reread, now: Timestamp) {
        let plan = self.room.plan();
        self.findings = self.room.findings().to_vec();
        self.findings.extend(source::notes(self.room.settings(), plan));
        self.references = project::references(plan);
        self.proposals = super::signals::proposals_of(&self.room);
        let chosen = self.chosen.take().map(|id| {
            let now = reread.carried.iter().find(|carried| carried.from == id.as_str());
            now.and_then(|carried| carried.to.clone()).map_or(id, SectionId::from)
        });
        let is_there = |id: &SectionId| plan.phases.iter().any(|phase| phase.section == *id);
        self.chosen = chosen.filter(is_there).or_else(|| phase_at(plan, self.room.resolved(), now));
        self.offer_anew();
    }

    /// Whether an edited checklist is offered here: not in a drill, whose text is its own, nor where one only reads.
    pub(super) fn may_be_reread(&self) -> bool {
        self.reading_only.is_empty() && !crate::drill::is_drill(&self.room) && self.room.closed().is_none()
    }

    /// What a second brings: what failed is tried again; where nothing waits, the sheet is written and the file rests.
    pub(super) fn tick(&mut self, now: Timestamp) -> Vec<Job> {
        if !self.reading_only.is_empty() {
            let looks = self.is_followed && !std::mem::replace(&mut self.is_polled, true);
            return looks.then_some(Job::Poll).into_iter().collect();
        }
        if let Some(job) = self.line.again(now) {
            return vec![job];
        }
        let mut jobs = Vec::new();
        if self.line.is_idle() {
            jobs.extend(self.sheet(now));
            if std::mem::take(&mut self.is_restless) {
                jobs.push(Job::Rest);
            }
            jobs.extend(self.snapshot(false));
        }
        jobs
    }

    /// The sheet, where it is older than the room and may be written.
    pub(super) fn sheet(&mut self, now: Timestamp) -> Option<Job> {
        let is_due = std::mem::take(&mut self.is_sheet_old) && self.reading_only.is_empty();
        is_due.then(|| Job::Sheet { html: crate::record::sheet(&self.room, now, &journal::short(&self.head)) })
    }

    /// What is seen at the moment of a decision.
    pub(super) fn sight(&self, now: Timestamp) -> room::Sight {
        self.watching.as_ref().map(|watching| watching.watch.sight(&self.room, now)).unwrap_or_default()
    }

    /// Findings about the text and its settings.
    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    pub(super) fn room(&self) -> &Room {
        &self.room
    }

    pub(super) fn watching(&mut self) -> Option<(&mut Watching, &Room)> {
        let room = &self.room;
        self.watching.as_mut().map(|watching| (watching, room))
    }

    pub(super) fn watched(&self) -> Option<&Watching> {
        self.watching.as_ref()
    }

    /// Puts what a made-up person does in line.
    pub(super) fn moves(&mut self, moves: Vec<(room::Intent, &'static str)>) {
        for (intent, actor) in moves {
            self.line.join(Turn::Move { intent, actor: actor.into() }, &mut Vec::new());
        }
    }

    /// The hash of the last event.
    pub(super) fn head_hash(&self) -> &Hash {
        &self.head
    }

    pub(super) fn head(&self) -> String {
        journal::short(&self.head)
    }

    /// Puts what the watch found in line for the log.
    pub(super) fn found(&mut self, events: Vec<room::Event>, now: Timestamp) {
        self.found_at(events.into_iter().map(|event| room::Dated { event, occurred_at: now }).collect());
    }

    /// The same with the times at which it was so.
    pub(super) fn found_at(&mut self, events: Vec<room::Dated>) {
        for room::Dated { event, occurred_at } in events {
            self.line.join(Turn::Found { event, occurred_at }, &mut Vec::new());
        }
    }

    /// The sections that change with time alone.
    pub(super) fn passing(&self, laptop: &Laptop, drill: Option<DrillMarkView>, now: Timestamp) -> Update {
        if self.watching.is_none() {
            return Update::default();
        }
        let book = Book::of(self.room.plan());
        let handoff = Self::is_drafted_anew(now).then(|| self.handoff(&book, laptop, now)).flatten();
        Update { handoff, ..self.watched_sections(&book, laptop, drill, now) }
    }

    /// Whether this window may write to the room.
    pub(super) fn may_write(&self) -> bool {
        self.reading_only.is_empty()
    }

    /// The room's file.
    pub(super) fn path(&self) -> &std::path::Path {
        &self.path
    }

    pub(super) fn seeing(&self, now: Timestamp) -> Option<Seeing<'_>> {
        self.watching.as_ref().map(|watching| Seeing { room: &self.room, watching, now })
    }

    fn watched_sections(
        &self,
        book: &Book<'_>,
        laptop: &Laptop,
        drill: Option<DrillMarkView>,
        now: Timestamp,
    ) -> Update {
        let room = &self.room;
        let path = laptop.paths.shown(room.opened().path.as_ref());
        let seen = self.seeing(now);
        let seen = seen.as_ref();
        Update {
            header: Some(project::header(book, room, &path, seen, drill, now)),
            phase: self.chosen.as_ref().map_or_else(
                || Some(project::without_phases(book, room, seen)),
                |id| project::phase(book, room, id, seen),
            ),
            alerts: Some(project::alerts(book, room, seen)),
            vitals: Some(project::vitals(seen)),
            due: Some(project::due(book, room, seen, now)),
            schedule: Some(project::schedule(room, seen, &self.asked_what_ifs, now)),
            way_back: Some(project::way_back(book, room, seen, now)),
            routines: Some(project::routines(book, room, seen, now)),
            ..Update::default()
        }
    }

    /// Every section of the room.
    pub(super) fn sections(&self, laptop: &Laptop, drill: Option<DrillMarkView>, now: Timestamp) -> Update {
        let room = &self.room;
        let book = Book::of(room.plan());
        let chosen = self.chosen.as_ref();
        let path = laptop.paths.shown(room.opened().path.as_ref());
        let signals = self.signals(laptop);
        Update {
            day: Some(project::day(&book, room, chosen, &signals)),
            signals: Some(signals),
            criteria: Some(project::criteria(&book, chosen)),
            messages: Some(project::messages(&book, room, &self.typed)),
            rollback: Some(project::rollback(&book, room, self.seeing(now).as_ref())),
            escalation: Some(project::escalation(room)),
            references: Some(self.references.clone()),
            written: Some(project::written(&book, room, &path, &self.findings)),
            check: Some(project::check(&book, self.checked(&path))),
            people: Some(project::people(room, &laptop.login)),
            handoff: self.handoff(&book, laptop, now),
            review: self.review(now),
            closing: self.closing(now),
            log: Some(match self.whole() {
                Some(events) => project::log(&book, room, events, &self.looking.index, &self.head(), self.typed.note()),
                None => project::log_being_read(room, &self.head(), self.typed.note()),
            }),
            reread: Some(match &self.rereading {
                None => project::nothing_offered(&path),
                Some(Rereading::Offered(offer)) => project::offered(offer, room, &path),
                Some(Rereading::Unreadable(sentence, detail)) => {
                    project::not_read("unreadable", sentence, detail.as_deref(), &path)
                }
                Some(Rereading::Elsewhere(sentence)) => project::not_read("elsewhere", sentence, None, &path),
            }),
            record: Some(RecordView {
                unsaved: self.line.unsaved(),
                reading_only: self.reading_only.clone(),
                carried: self.carried.clone(),
                key: self.signed.key.clone(),
                stands_in: self.signed.stands_in.clone(),
                file: laptop.paths.shown(&self.path),
                doubted: self.doubted(),
                reading: self.reading(),
                closed: room.closed().unwrap_or_default().to_owned(),
            }),
            ..self.watched_sections(&book, laptop, drill, now)
        }
    }
}
