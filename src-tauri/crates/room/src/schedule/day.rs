//! What a schedule is solved from: the phases of the day with their times and lengths, what was done, and what people
//! changed. Nothing here is solved, and nothing is made up: where a length comes from is kept beside it.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use plan::{ItemId, Phase, SectionId, When};

use super::change::ScheduleState;
use super::{HoldNow, after};
use crate::state::{ItemState, Room, Standing};

/// A phase belongs to the run of the day from so long before T0 on: what lies further ahead is preparation, and does not
/// push what follows.
const BEFORE_T0: SignedDuration = SignedDuration::from_hours(6);

/// What a schedule is solved from.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// The phases of the day in the order of the text, from the first before T0 to go-live.
    pub stages: Vec<Stage>,
    /// The announced window, as it holds now.
    pub window: Option<(Timestamp, Timestamp)>,
    /// T0.
    pub t0: Timestamp,
}

/// A phase of the day.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Its name in the plan.
    pub section: SectionId,
    /// Its title.
    pub title: String,
    /// From when to when it is planned; `None` where nothing says so.
    pub planned: (Option<Timestamp>, Option<Timestamp>),
    /// Before this it does not begin: its fixed time on the wall.
    pub not_before: Option<Timestamp>,
    /// By when the text itself wants it to end.
    pub due: Option<Timestamp>,
    /// How long it takes as planned, all its holds included; `None` where nothing says so.
    pub length: Option<SignedDuration>,
    /// Where that comes from.
    pub source: LengthSource,
    /// The first act in it.
    pub begun: Option<Timestamp>,
    /// When the last of its checks was settled, where none is open; of the last phase, when a person declared go-live.
    pub ended: Option<Timestamp>,
    /// Whether it has checks at all: of one without, nothing is known but its time.
    pub has_checks: bool,
    /// Its gates, in their order.
    pub steps: Vec<Step>,
}

/// Where the length of a phase comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LengthSource {
    /// `[durations]` of the settings.
    Settings,
    /// Its own words: a length, or from when to when.
    Text,
    /// Until the next phase is planned to begin.
    UntilNext,
    /// Its holds alone, since they are longer than the time planned for it or nothing else is known.
    Holds,
    /// It is go-live, which the plan gives no length: a moment.
    Moment,
    /// Nothing says so: it is counted as nothing, and what follows is a least.
    Unknown,
}

/// A gate in its phase.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The gate's item.
    pub gate: ItemId,
    /// Its words.
    pub text: String,
    /// Its share of the traffic.
    pub share_percent: Option<f64>,
    /// How long it is held as the plan wants; `None` where it names no hold.
    pub planned: Option<SignedDuration>,
    /// How long it is held as of now: shorter where a person shortened it.
    pub hold: Option<SignedDuration>,
    /// How long it was held so far.
    pub held: SignedDuration,
    /// Up to when that was counted, while its clock runs.
    pub counted_to: Option<Timestamp>,
    /// When its share of the traffic was said to be there.
    pub entered: Option<Timestamp>,
    /// When it was passed or overridden.
    pub passed: Option<Timestamp>,
}

impl Step {
    /// What is left of its hold.
    #[must_use]
    pub fn rest(&self) -> SignedDuration {
        let hold = self.hold.unwrap_or_default();
        hold.checked_sub(self.held).unwrap_or_default().max(SignedDuration::ZERO)
    }

    /// Whether its hold stands still although it was entered and is not over.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.entered.is_some() && self.passed.is_none() && self.counted_to.is_none() && !self.rest().is_zero()
    }
}

impl Stage {
    /// The sum of the holds, as the plan wants them or as they hold now.
    fn holds(&self, hold: impl Fn(&Step) -> Option<SignedDuration>) -> SignedDuration {
        let each = self.steps.iter().filter_map(hold);
        each.fold(SignedDuration::ZERO, |sum, hold| sum.checked_add(hold).unwrap_or(sum))
    }

    /// What comes before its first gate, as planned.
    #[must_use]
    pub fn lead(&self) -> SignedDuration {
        let rest = self.length.unwrap_or_default().checked_sub(self.holds(|step| step.planned)).unwrap_or_default();
        rest.max(SignedDuration::ZERO)
    }

    /// Whether all of its length is known.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.length.is_some() && self.steps.iter().all(|step| step.hold.is_some())
    }

    /// When each gate's hold is planned to begin and to end: the holds lie at the end of the phase.
    #[must_use]
    pub fn planned_steps(&self) -> Vec<Option<(Timestamp, Timestamp)>> {
        let Some(start) = self.planned.0 else { return vec![None; self.steps.len()] };
        let mut at = after(start, self.lead());
        let each = self.steps.iter().map(|step| {
            let from = at;
            at = after(at, step.planned.unwrap_or_default());
            step.planned.map(|_| (from, at))
        });
        each.collect()
    }
}

impl Day {
    /// The day of a room. `hold` is the clock of the gate that was entered, where somebody watches it; else the log's
    /// last word of it counts.
    #[must_use]
    pub fn of(room: &Room, hold: Option<&HoldNow>) -> Self {
        let (plan, resolved, changes) = (room.plan(), room.resolved(), room.schedule());
        let window = room.window();
        let lengths = plan::config::lengths(room.config(), plan);
        let range = range(room);
        let t0 = plan.start.phase.as_ref();
        // Of phases within each other the innermost holds the gate.
        let mut places: HashMap<&ItemId, usize> = HashMap::new();
        for (at, phase) in plan.phases.iter().enumerate().skip(range.start).take(range.len()) {
            places.extend(phase.items.iter().map(|item| (item, at)));
        }
        let mut steps: HashMap<usize, Vec<Step>> = HashMap::new();
        for gate in &plan.gates {
            if let Some(at) = places.get(&gate.item) {
                steps.entry(*at).or_default().push(step(room, gate, hold));
            }
        }
        let last = range.end.saturating_sub(1);
        let sections: HashMap<&SectionId, &plan::Section> =
            plan.sections.iter().map(|section| (&section.id, section)).collect();
        let stages = plan.phases.iter().enumerate().skip(range.start).take(range.len()).map(|(at, phase)| {
            let span = resolved.phases.get(at).copied().unwrap_or(plan::PhaseSpan { start: None, end: None });
            let is_range = matches!(&phase.when, Some(When::Absolute { to: Some(_), .. }));
            let own = sections.get(&phase.section).and_then(|section| section.duration_s);
            let mut stage = Stage {
                section: phase.section.clone(),
                title: phase.title.to_string(),
                planned: (span.start, span.end),
                // What is planned for the window's announced end is due by then, and may be earlier.
                not_before: span.start.filter(|start| {
                    let is_due_then = at == last && resolved.window.is_some_and(|(_, end)| *start >= end);
                    has_fixed_time(phase) && !is_due_then
                }),
                due: span.end.filter(|_| is_range),
                length: None,
                source: LengthSource::Unknown,
                begun: None,
                ended: None,
                has_checks: !phase.items.is_empty(),
                steps: steps.remove(&at).unwrap_or_default(),
            };
            (stage.length, stage.source) =
                length(&stage, lengths.get(at).copied().flatten(), own, is_range, at == last);
            (stage.begun, stage.ended) = acts(room, phase);
            if let Some(live) = room.went_live().filter(|_| at == last) {
                // The day ends with go-live, whatever of its list is ticked.
                stage.begun = stage.begun.into_iter().chain([live.at]).min();
                stage.ended = Some(live.at);
            }
            if t0 == Some(&phase.section) {
                move_start(&mut stage, changes);
            }
            stage
        });
        Self { stages: stages.collect(), window, t0: resolved.start }
    }
}

/// T0's phase does not begin before the start to which a person moved it.
fn move_start(stage: &mut Stage, changes: &ScheduleState) {
    if let Some(moved) = &changes.start {
        stage.not_before = Some(moved.to);
    }
}

/// Whether the text gives a phase a time on the wall.
fn has_fixed_time(phase: &Phase) -> bool {
    matches!(&phase.when, Some(When::Absolute { from, .. }) if from.time.is_some())
}

/// The phases of the day: from the first with a time that lies not long before T0 up to go-live, or else to the last with
/// a time that the day has.
fn range(room: &Room) -> std::ops::Range<usize> {
    let (plan, resolved) = (room.plan(), room.resolved());
    let is_timed = |phase: &Phase| has_fixed_time(phase) || matches!(&phase.when, Some(When::Relative { .. }));
    let opens = resolved.start.checked_sub(BEFORE_T0).unwrap_or(resolved.start);
    let day_after = after(resolved.start, SignedDuration::from_hours(24));
    let timed: Vec<(usize, &Phase)> = plan
        .phases
        .iter()
        .enumerate()
        .filter(|(at, phase)| {
            let start = resolved.phases.get(*at).and_then(|span| span.start);
            is_timed(phase) && start.is_some_and(|start| start >= opens && start <= day_after)
        })
        .collect();
    let t0 = plan.phases.iter().position(|phase| Some(&phase.section) == plan.start.phase.as_ref());
    let first = timed.first().map(|(at, _)| *at).into_iter().chain(t0).min();
    let Some(first) = first else { return 0..0 };
    let called = timed.iter().find(|(_, phase)| plan::words_of_title(&phase.title, GO_LIVE)).map(|(at, _)| *at);
    let last = called.or(timed.last().map(|(at, _)| *at)).into_iter().chain(t0).max().unwrap_or(first);
    first..last.max(first).saturating_add(1)
}

/// How go-live is called.
const GO_LIVE: &[&str] = &["go-live", "go live", "launch"];

/// How long a phase takes, and where that comes from: the settings, its own words, the time until the next phase is
/// planned to begin, or its holds.
fn length(
    stage: &Stage,
    of_settings: Option<std::time::Duration>,
    of_text_s: Option<u64>,
    is_range: bool,
    is_last: bool,
) -> (Option<SignedDuration>, LengthSource) {
    let planned = match stage.planned {
        (Some(start), Some(end)) if end > start => Some(end.duration_since(start)),
        _ => None,
    };
    let (length, source) = if let Some(length) = of_settings {
        (SignedDuration::try_from(length).ok(), LengthSource::Settings)
    } else if let Some(seconds) = of_text_s {
        (i64::try_from(seconds).ok().map(SignedDuration::from_secs), LengthSource::Text)
    } else if planned.is_some() {
        (planned, if is_range { LengthSource::Text } else { LengthSource::UntilNext })
    } else if !stage.steps.is_empty() {
        (None, LengthSource::Holds)
    } else if is_last {
        (Some(SignedDuration::ZERO), LengthSource::Moment)
    } else {
        (None, LengthSource::Unknown)
    };
    let holds = stage.holds(|step| step.planned);
    match length {
        Some(length) if length < holds => (Some(holds), LengthSource::Holds),
        length => (length, source),
    }
}

/// The first act in a phase, and when its last check was settled. What a signal showed begins nothing: it may have been so
/// for days; and neither does what is said not to apply, or to wait.
pub(crate) fn acts(room: &Room, phase: &Phase) -> (Option<Timestamp>, Option<Timestamp>) {
    let (mut begun, mut last, mut is_open): (Option<Timestamp>, Option<Timestamp>, bool) = (None, None, false);
    for id in &phase.items {
        let Some(state) = room.item(id) else { continue };
        let first =
            first_act(state).into_iter().chain(room.gate(id).and_then(|gate| gate.entered.as_ref()).map(|(at, _)| *at));
        begun = first.chain(begun).min();
        is_open |= !state.standing().is_settled();
        last = state.marks.last().map(|mark| mark.at).into_iter().chain(last).max();
    }
    (begun, last.filter(|_| !is_open && !phase.items.is_empty()))
}

fn first_act(state: &ItemState) -> Option<Timestamp> {
    let is_act = |standing: &Standing| {
        matches!(
            standing,
            Standing::Stated { .. } | Standing::AnsweredNo { is_no_go: false, .. } | Standing::Overridden { .. }
        )
    };
    state.marks.iter().find(|mark| is_act(&mark.standing)).map(|mark| mark.at)
}

fn step(room: &Room, gate: &plan::Gate, hold: Option<&HoldNow>) -> Step {
    let state = room.gate(&gate.item);
    let entered = state.and_then(|state| state.entered.as_ref()).map(|(at, _)| *at);
    let passed = state.and_then(|state| state.passed.as_ref()).map(|pass| pass.at);
    let seconds = |length: Option<u64>| length.and_then(|s| i64::try_from(s).ok()).map(SignedDuration::from_secs);
    let now = hold.filter(|hold| hold.gate == gate.item).cloned().or_else(|| HoldNow::of_log(room, &gate.item));
    Step {
        gate: gate.item.clone(),
        text: gate.text.clone(),
        share_percent: gate.share_percent,
        planned: seconds(gate.hold_s),
        hold: seconds(room.hold_s(gate)),
        held: now.as_ref().map_or(SignedDuration::ZERO, |now| {
            SignedDuration::from_millis(i64::try_from(now.held_ms).unwrap_or(i64::MAX))
        }),
        counted_to: now.and_then(|now| now.counted_to),
        entered,
        passed,
    }
}
