//! What may come of a day, by chance: asks good and bad, in parts that get somewhere.

use proptest::prelude::*;
use tests::reference::{
    ALERTS, ANSWERS, Ask, BODIES, CHANNELS, CHECKS, CONTACTS, EVIDENCE, Found, GATES, GateSight, PHASES, PLACES,
    PROPOSALS, ROUTINES, SAWS, SECTIONS, STEPS, Said, Sight, TOLD, VALUES,
};

use super::WAYS;

/// Words as people type them, too little of them included.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => Just(String::new()),
        1 => Just("  ".to_owned()),
        3 => Just(" so ".to_owned()),
        3 => Just("so".to_owned()),
        3 => "[a-z]{1,3}",
    ]
}

fn initials() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("MK".to_owned()),
        Just("mk".to_owned()),
        Just("JA".to_owned()),
        Just("m k".to_owned()),
        Just("abcde".to_owned()),
        Just(String::new())
    ]
}

/// What may be asked at any time.
fn any_ask() -> impl Strategy<Value = Ask> {
    // One beyond the last names nothing.
    let check = || 0..=CHECKS.len();
    let ago = || prop::option::weighted(0.3, prop_oneof![Just(-5_i64), 0_i64..600]);
    let draft = || 1_u32..4;
    let gate = || 0..=GATES.len();
    let (contact, channel) = (0..CONTACTS.len() + 3, 0..=CHANNELS.len());
    prop_oneof![
        8 => (check(), 0..SAWS.len()).prop_map(|(check, saw)| Ask::State { check, saw }),
        8 => (check(), 0..ANSWERS.len(), 0..VALUES.len())
            .prop_map(|(check, answer, values)| Ask::Answer { check, answer, values }),
        // A choice without blanks is answered more often than not.
        8 => (check(), 0..ANSWERS.len()).prop_map(|(check, answer)| Ask::Answer { check, answer, values: 0 }),
        2 => check().prop_map(Ask::Confirm),
        2 => (0..=SECTIONS.len()).prop_map(Ask::ConfirmSection),
        3 => (check(), words()).prop_map(|(check, reason)| Ask::Override(check, reason)),
        3 => (check(), 0..=PHASES.len(), words()).prop_map(|(check, to, reason)| Ask::Defer(check, to, reason)),
        3 => (check(), words()).prop_map(|(check, reason)| Ask::NotApplicable(check, reason)),
        5 => prop::option::of(check()).prop_map(Ask::Undo),
        2 => (initials(), words(), words()).prop_map(|(initials, name, role)| Ask::NamePerson([initials, name, role])),
        2 => initials().prop_map(Ask::ChooseActor),
        2 => (contact.clone(), prop::array::uniform5(words())).prop_map(|(contact, words)| Ask::FillContact(contact, words)),
        2 => (contact.clone(), 0..WAYS.len(), any::<bool>(), words(), prop::option::of(0..=ALERTS.len()))
            .prop_map(|(contact, way, answered, words, about)| Ask::TryContact(contact, way, answered, words, about)),
        1 => prop::array::uniform4(words()).prop_map(Ask::AddContact),
        2 => (contact, 0..WAYS.len(), words()).prop_map(|(contact, way, words)| Ask::ProveContact(contact, way, words)),
        1 => (channel, words()).prop_map(|(channel, target)| Ask::FillChannel(channel, target)),
        3 => (prop::option::of(draft()), prop::option::of(prop::bool::weighted(0.8)), prop::array::uniform2(words()), 0..BODIES.len())
            .prop_map(|(draft, template, parts, body)| Ask::KeepDraft { draft, template, parts, body }),
        1 => draft().prop_map(Ask::DropDraft),
        2 => (draft(), words(), ago()).prop_map(|(draft, to, ago)| Ask::MarkSent(draft, to, ago)),
        2 => (words(), ago()).prop_map(|(text, ago)| Ask::Note(text, ago)),
        3 => gate().prop_map(Ask::EnterGate),
        6 => gate().prop_map(Ask::PassGate),
        3 => (gate(), words()).prop_map(|(gate, reason)| Ask::OverrideGate(gate, reason)),
        2 => (0..=ALERTS.len(), words()).prop_map(|(alert, note)| Ask::Acknowledge(alert, note)),
        3 => (0..=ALERTS.len(), -30_i64..120, words())
            .prop_map(|(alert, until_s, reason)| Ask::ExtendDeadline(alert, until_s, reason)),
        1 => any::<bool>().prop_map(Ask::AnswerTest),
        12 => found().prop_map(Ask::Finds),
        4 => (0..=ALERTS.len(), prop_oneof![-5_i64..900, 1_i64..2_000], words())
            .prop_map(|(alert, until_s, reason)| Ask::Silence(alert, until_s, reason)),
        2 => (0..=ALERTS.len()).prop_map(Ask::LiftSilence),
        3 => (check(), 0..EVIDENCE.len()).prop_map(|(check, evidence)| Ask::AddEvidence(check, evidence)),
        // The checks with others below them.
        6 => (7_usize..13, 0..2_usize).prop_map(|(check, saw)| Ask::State { check, saw }),
        2 => (7_usize..13).prop_map(Ask::Confirm),
        1 => any::<bool>().prop_map(Ask::Arm),
        1 => Just(Ask::Disarm),
        2 => (0..=PROPOSALS, prop::bool::weighted(0.8)).prop_map(|(proposal, is_shown)| Ask::Accept(proposal, is_shown)),
        1 => (0..=PROPOSALS).prop_map(Ask::DropBinding),
        2 => words().prop_map(Ask::NoteLesson),
        3 => (0_u64..24, words(), words(), ago())
            .prop_map(|(event, right, why, ago)| Ask::Correct(event, right, why, ago)),
        4 => schedule(),
        1 => words().prop_map(Ask::Close),
        4 => words().prop_map(Ask::Reopen),
    ]
}

/// What the watch may find.
fn found() -> impl Strategy<Value = Found> {
    let (alert, check, gate) = (|| 0..ALERTS.len(), || 0..=CHECKS.len(), || 0..GATES.len());
    prop_oneof![
        3 => (alert(), prop::option::of(0_i64..60)).prop_map(|(alert, deadline_s)| Found::Fires(alert, deadline_s)),
        2 => alert().prop_map(Found::Resolved),
        1 => alert().prop_map(Found::TimeIsUp),
        3 => check().prop_map(Found::Observed),
        2 => check().prop_map(Found::Lost),
        1 => gate().prop_map(Found::Started),
        1 => gate().prop_map(Found::Broken),
        2 => gate().prop_map(Found::Held),
        1 => Just(Found::Tested),
        1 => any::<bool>().prop_map(Found::Verdict),
        1 => alert().prop_map(Found::SilenceOver),
        1 => (600_i64..30_000).prop_map(Found::Slept),
    ]
}

/// What is seen when something is asked: often enough to pass a gate by, often not.
fn sights() -> impl Strategy<Value = Sight> {
    let is_so = || prop::bool::weighted(0.8);
    let gate = (0..GATES.len(), prop::array::uniform2(is_so()), 0_u64..900_000, is_so(), any::<bool>());
    let gate = gate.prop_map(|(gate, are_met, held_ms, is_held, on_word)| GateSight {
        gate,
        are_met,
        held_ms,
        is_held,
        on_word,
    });
    let check = (0..CHECKS.len(), any::<bool>());
    (prop::option::weighted(0.8, gate), prop::option::of(check)).prop_map(|(gate, check)| Sight { gate, check })
}

/// Changes of the schedule.
fn schedule() -> impl Strategy<Value = Ask> {
    let soon = || prop_oneof![-7_200_i64..7_200, 1_i64..90_000];
    prop_oneof![
        (soon(), words()).prop_map(|(after_s, reason)| Ask::MoveWindow(after_s, reason)),
        (soon(), words()).prop_map(|(after_s, reason)| Ask::MoveStart(after_s, reason)),
        (0..=GATES.len(), prop_oneof![Just(300_u64), Just(600), 0_u64..700], words())
            .prop_map(|(gate, hold_s, reason)| Ask::CutHold(gate, hold_s, reason)),
    ]
}

/// What gates are about.
fn at_the_gates() -> impl Strategy<Value = Ask> {
    let gate = || 0..GATES.len();
    let condition =
        (0..GATES.len(), 0..3_usize).prop_map(|(gate, at)| GATES[gate].conditions[at % GATES[gate].conditions.len()]);
    prop_oneof![
        3 => gate().prop_map(Ask::EnterGate),
        6 => gate().prop_map(Ask::PassGate),
        2 => (gate(), words()).prop_map(|(gate, reason)| Ask::OverrideGate(gate, reason)),
        5 => (gate(), words()).prop_map(|(gate, reason)| Ask::GoBack(gate, reason)),
        6 => (condition, 0..SAWS.len()).prop_map(|(check, saw)| Ask::State { check, saw }),
        2 => schedule(),
        2 => found().prop_map(Ask::Finds),
        2 => prop::option::of(0..CHECKS.len()).prop_map(Ask::Undo),
        1 => words().prop_map(Ask::DeclareGoLive),
    ]
}

/// What a rollback is about.
fn on_the_way_back() -> impl Strategy<Value = Ask> {
    let way = || 0_u32..4;
    let mark = || 33_usize..35;
    prop_oneof![
        3 => (prop::option::of(any::<bool>()), words(), way())
            .prop_map(|(criterion, reason, way)| Ask::RollBack(criterion, reason, way)),
        2 => way().prop_map(Ask::Rehearse),
        2 => (way(), words()).prop_map(|(way, reason)| Ask::ChooseWay(way, reason)),
        6 => (0..=STEPS, any::<bool>(), words()).prop_map(|(step, worked, result)| Ask::StateStep(step, worked, result)),
        4 => (0..=STEPS).prop_map(Ask::UndoStep),
        2 => (0..=TOLD, any::<bool>(), words()).prop_map(|(whom, answered, words)| Ask::Tell(whom, answered, words)),
        6 => (mark(), 0..SAWS.len()).prop_map(|(check, saw)| Ask::State { check, saw }),
        1 => mark().prop_map(Ask::Confirm),
        1 => (0..SECTIONS.len()).prop_map(Ask::ConfirmSection),
        1 => (mark(), 0..PHASES.len(), words()).prop_map(|(check, to, reason)| Ask::Defer(check, to, reason)),
        1 => (mark(), words()).prop_map(|(check, reason)| Ask::Override(check, reason)),
        3 => Just(Ask::DeclareRolledBack),
        1 => words().prop_map(Ask::StandDown),
        3 => (-4_000_i64..20_000, words()).prop_map(|(after_s, reason)| Ask::BeginAttempt(after_s, reason)),
        1 => at_the_gates(),
        1 => words().prop_map(Ask::DeclareGoLive),
    ]
}

/// What burns, and what people do about it.
fn at_the_alerts() -> impl Strategy<Value = Ask> {
    let alert = || 0..ALERTS.len();
    let until = prop_oneof![2 => 1_i64..900, 1 => -5_i64..2_000];
    prop_oneof![
        4 => (alert(), prop::option::of(0_i64..600)).prop_map(|(alert, in_s)| Ask::Finds(Found::Fires(alert, in_s))),
        1 => alert().prop_map(|alert| Ask::Finds(Found::Resolved(alert))),
        1 => alert().prop_map(|alert| Ask::Finds(Found::TimeIsUp(alert))),
        1 => alert().prop_map(|alert| Ask::Finds(Found::SilenceOver(alert))),
        5 => (alert(), until, words()).prop_map(|(alert, until_s, reason)| Ask::Silence(alert, until_s, reason)),
        3 => alert().prop_map(Ask::LiftSilence),
        2 => (alert(), words()).prop_map(|(alert, note)| Ask::Acknowledge(alert, note)),
        2 => (alert(), 1_i64..900, words())
            .prop_map(|(alert, until_s, reason)| Ask::ExtendDeadline(alert, until_s, reason)),
        1 => words().prop_map(Ask::DeclareGoLive),
        1 => words().prop_map(Ask::DeclareSuccess),
    ]
}

/// Who is called, and what is bound.
fn at_the_desk() -> impl Strategy<Value = Ask> {
    let contact = || 0..CONTACTS.len() + 1;
    prop_oneof![
        2 => (contact(), prop::array::uniform5(words())).prop_map(|(contact, words)| Ask::FillContact(contact, words)),
        2 => prop::array::uniform4(words()).prop_map(Ask::AddContact),
        4 => (contact(), 0..2_usize, any::<bool>(), words(), prop::option::weighted(0.2, 0..=ALERTS.len()))
            .prop_map(|(contact, way, answered, words, about)| Ask::TryContact(contact, way, answered, words, about)),
        2 => prop::bool::weighted(0.8).prop_map(Ask::Arm),
        2 => Just(Ask::Disarm),
        3 => prop::bool::weighted(0.8).prop_map(|is_shown| Ask::Accept(0, is_shown)),
        2 => Just(Ask::DropBinding(0)),
        2 => prop::bool::weighted(0.8).prop_map(|is_so| {
            Ask::Finds(if is_so { Found::Observed(13) } else { Found::Lost(13) })
        }),
        2 => (0..8_usize, 0..EVIDENCE.len()).prop_map(|(check, evidence)| Ask::AddEvidence(check, evidence)),
        2 => (30_usize..36, 0..EVIDENCE.len()).prop_map(|(check, evidence)| Ask::AddEvidence(check, evidence)),
    ]
}

/// What is live.
fn in_the_watch() -> impl Strategy<Value = Ask> {
    let of = (prop_oneof![4 => Just(0_usize), 1 => Just(1), 2 => Just(3), 2 => 0..=ROUTINES.len()], 0..3_usize);
    let check = of.prop_map(|(routine, at)| {
        let checks = ROUTINES.get(routine).map_or(&[][..], |(_, checks)| checks);
        (routine, checks.get(at).or(checks.first()).copied().unwrap_or(at))
    });
    let count = prop_oneof![6 => Just(0_i64), 3 => Just(-1), 2 => Just(1), 1 => -4_i64..3];
    let round = || (check.clone(), count.clone());
    let said = prop_oneof![
        4 => (0..SAWS.len()).prop_map(Said::Done),
        4 => Just(Said::Done(3)),
        1 => words().prop_map(Said::Overridden),
        1 => words().prop_map(Said::Deferred),
        1 => words().prop_map(Said::NotApplicable),
    ];
    prop_oneof![
        16 => (round(), said).prop_map(|(((routine, check), count), said)| Ask::TickRound(routine, count, check, said)),
        5 => round().prop_map(|((routine, check), count)| Ask::UntickRound(routine, count, check)),
        3 => words().prop_map(Ask::ExplainRounds),
        2 => Just(Ask::Undo(None)),
        1 => (600_i64..30_000).prop_map(|for_s| Ask::Finds(Found::Slept(for_s))),
        2 => words().prop_map(Ask::DeclareSuccess),
        1 => (0..SAWS.len()).prop_map(|saw| Ask::State { check: 35, saw }),
        1 => words().prop_map(Ask::NoteLesson),
        1 => words().prop_map(Ask::DeclareGoLive),
    ]
}

/// An ask with what is seen then, so many seconds after the one before; and whether the program was started anew.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) wait_s: i64,
    pub(super) is_restart: bool,
    pub(super) ask: Ask,
    pub(super) sight: Sight,
}

/// A few seconds mostly; in the watch hours, too.
fn waits(is_watch: bool) -> impl Strategy<Value = i64> {
    let (seconds, minutes, hours, day) = if is_watch { (12, 6, 6, 1) } else { (40, 3, 1, 0) };
    prop_oneof![
        seconds => 1_i64..4,
        minutes => 60_i64..1_000,
        hours => 1_800_i64..16_000,
        day => 40_000_i64..100_000,
    ]
}

fn steps(ask: impl Strategy<Value = Ask>, is_watch: bool) -> impl Strategy<Value = Vec<Step>> {
    let step = (waits(is_watch), prop::bool::weighted(0.05), ask, sights());
    let step = step.prop_map(|(wait_s, is_restart, ask, sight)| Step { wait_s, is_restart, ask, sight });
    prop::collection::vec(step, 2..26)
}

/// What people ask so that the day gets somewhere; what is so already is refused.
fn first(asks: Vec<Ask>) -> Vec<Step> {
    let step = |ask| Step { wait_s: 2, is_restart: false, ask, sight: Sight::default() };
    asks.into_iter().map(step).collect()
}

fn named() -> Vec<Ask> {
    vec![Ask::NamePerson(["MK".to_owned(), "Mira".to_owned(), String::new()]), Ask::ChooseActor("MK".to_owned())]
}

fn so() -> String {
    "agreed".to_owned()
}

fn live() -> Vec<Ask> {
    let watched = Ask::State { check: 23, saw: 0 };
    [named(), vec![watched, Ask::DeclareGoLive(so())]].concat()
}

fn gone_back() -> Vec<Ask> {
    let marks = [33, 34].map(|check| Ask::State { check, saw: 2 });
    [vec![Ask::RollBack(None, so(), 1)], marks.to_vec(), vec![Ask::DeclareRolledBack]].concat()
}

/// A part of a day: how it begins, and what it is about.
fn part() -> impl Strategy<Value = Vec<Step>> {
    let any = || steps(any_ask(), false);
    let gates = || steps(at_the_gates(), false);
    let back = || steps(on_the_way_back(), false);
    let watch = || steps(in_the_watch(), true);
    let alerts = steps(at_the_alerts(), false);
    let desk = steps(at_the_desk(), false);
    let at_the_second = || [named(), vec![Ask::OverrideGate(0, so()), Ask::EnterGate(1)]].concat();
    let with = |first: Vec<Step>, rest: Vec<Step>| [first, rest].concat();
    prop_oneof![
        4 => any(),
        1 => gates().prop_map(move |rest| with(first(named()), rest)),
        2 => gates().prop_map(move |rest| with(first(at_the_second()), rest)),
        2 => alerts.prop_map(move |rest| with(first(named()), rest)),
        2 => desk.prop_map(move |rest| with(first(named()), rest)),
        1 => back().prop_map(move |rest| with(first(vec![Ask::Rehearse(1)]), rest)),
        2 => back().prop_map(move |rest| with(first(vec![Ask::RollBack(None, so(), 2)]), rest)),
        1 => any().prop_map(move |rest| with(first(gone_back()), rest)),
        2 => gates().prop_map(move |rest| with(first([gone_back(), vec![Ask::BeginAttempt(60, so())]].concat()), rest)),
        4 => watch().prop_map(move |rest| with(first(live()), rest)),
        1 => any().prop_map(move |rest| with(first(live()), rest)),
    ]
}

/// A day: where, how long after midnight before T0 it begins, and what comes.
pub(super) fn days() -> impl Strategy<Value = (usize, i64, Vec<Step>)> {
    let parts = prop::collection::vec(part(), 1..6).prop_map(|parts| parts.concat());
    (0..PLACES.len(), -20_000_i64..70_000, parts)
}
