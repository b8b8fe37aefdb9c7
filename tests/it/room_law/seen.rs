//! All that can be asked of the real room, in the reference's words.

use jiff::Timestamp;
use plan::ItemId;
use room::{
    AlertId, Attached, Correction, Evidence, HoldTurn, Mode, PastAttempt, RollbackState, Room, Round, RoundSaid,
    RoundStanding, Standing, Timetable, VerdictWord, Way,
};
use tests::reference::{
    ALERTS, AlertSeen, AttemptSeen, BackSeen, CHANNELS, CHECKS, CONTACTS, CorrectionSeen, GATES, GateSeen, PROPOSALS,
    ROUTINES, RoundSeen, STEPS, Seen, TOLD, Tried,
};

use super::ids::{Day, Ids, alert_id};
use super::{WAYS, at};

fn seconds(length_s: u64) -> i64 {
    i64::try_from(length_s).expect("short")
}

fn attached(one: &Attached) -> (u64, String) {
    let words = match &one.evidence {
        Evidence::Text { text } => text.clone(),
        Evidence::Link { address } => format!("link {address}"),
        Evidence::File { name, .. } => format!("file {name}"),
    };
    (one.event, words)
}

fn correction(one: &Correction) -> CorrectionSeen {
    let Correction { event, corrects, at, right, why, actor, .. } = one.clone();
    (event, corrects, at.as_second(), right, why, actor)
}

/// The things that sentences speak of, by their own words.
fn named(sentences: &[String]) -> Vec<String> {
    let known = || CHECKS.iter().map(|check| check.text).chain(ALERTS.iter().copied());
    let question = |text: &str| text.split(": [").next().unwrap_or(text).to_owned();
    let one = |sentence: &String| {
        let said = known().filter(|text| sentence.contains(&question(text)));
        said.max_by_key(|text| question(text).len()).unwrap_or("nothing that is known").to_owned()
    };
    let mut named: Vec<String> = sentences.iter().map(one).collect();
    named.sort();
    named
}

fn back_seen(ids: &Ids<'_>, back: &RollbackState) -> BackSeen {
    let step = |step: usize| {
        let state = back.steps.get(&ids.step(step))?;
        Some((state.event, state.worked, state.result.clone()))
    };
    let told = |whom: usize| {
        let state = back.told.get(&ids.whom(whom))?;
        Some((state.answered, state.words.clone()))
    };
    BackSeen {
        began: (back.began.as_second(), back.actor.clone()),
        reason: back.reason.clone(),
        ways: back.ways.iter().map(|way| (way.way, way.reason.clone())).collect(),
        steps: (0..STEPS).map(step).collect(),
        told: (0..TOLD).map(told).collect(),
        ended: back.ended.as_ref().map(|end| (end.at.as_second(), end.stood_down.clone())),
        is_rehearsal: back.is_rehearsal,
    }
}

fn attempt_seen(ids: &Ids<'_>, attempt: &PastAttempt) -> AttemptSeen {
    let checks = (0..CHECKS.len()).filter_map(|check| attempt.items.get(&ids.check(check)));
    let is_passed = |gate: usize| attempt.gates.get(&ids.gate(gate)).is_some_and(|state| state.passed.is_some());
    AttemptSeen {
        span: (attempt.start.as_second(), attempt.ended.as_second()),
        acts: checks.map(|state| state.marks.len()).collect(),
        passed: (0..GATES.len()).map(is_passed).collect(),
        reason: attempt.rollback.as_ref().map(|back| back.reason.clone()),
    }
}

fn tried(ids: &Ids<'_>, contact: usize) -> Vec<Tried> {
    let state = ids.0.contact(&ids.contact(contact)).expect("a contact");
    let about = |id: &AlertId| (0..ALERTS.len()).find(|alert| alert_id(*alert) == *id);
    let way = |way: Way| WAYS.iter().position(|known| *known == way).expect("one of the four");
    let tried = state.tried.iter().map(|one| {
        let (actor, at) = (one.actor.clone(), one.at.as_second());
        (actor, at, way(one.way), one.answered, one.words.clone(), one.about.as_ref().and_then(about))
    });
    tried.collect()
}

fn by_routine(rounds: &[(Timetable, Round)]) -> Vec<(i64, usize)> {
    let mut rounds: Vec<_> = rounds.iter().map(|(table, round)| (round.when.due.as_second(), table.index)).collect();
    rounds.sort_unstable();
    rounds
}

fn rounds(ids: &Ids<'_>, now: Timestamp) -> Vec<Vec<RoundSeen>> {
    let tables = ids.0.timetables();
    let of = |routine: usize| tables.iter().find(|table| table.index == routine);
    (0..ROUTINES.len())
        .map(|routine| of(routine).map(|table| of_table(ids, routine, table, now)).unwrap_or_default())
        .collect()
}

fn of_table(ids: &Ids<'_>, routine: usize, table: &Timetable, now: Timestamp) -> Vec<RoundSeen> {
    let room = ids.0;
    let each = (1..).map_while(|number| table.nth(number)).map(|when| {
        let round = room.round(table, when, now);
        let state = room.afterwards().round(&round.key).cloned().unwrap_or_default();
        let said = |check: &usize| {
            let mark = state.mark(&ids.check(*check))?;
            let words = match &mark.said {
                RoundSaid::Done { saw } => format!("done: {}", saw.clone().unwrap_or_default()),
                RoundSaid::Overridden { reason } => format!("overridden: {reason}"),
                RoundSaid::Deferred { reason } => format!("deferred: {reason}"),
                RoundSaid::NotApplicable { reason } => format!("not applicable: {reason}"),
            };
            Some((mark.event, words))
        };
        RoundSeen {
            due: (when.due.as_second(), when.until.as_second()),
            standing: match round.standing {
                RoundStanding::Ahead => "ahead",
                RoundStanding::Due => "due",
                RoundStanding::Overdue => "overdue",
                RoundStanding::Missed => "missed",
                RoundStanding::Unfinished => "unfinished",
                RoundStanding::Done => "done",
            },
            said: ROUTINES[routine].1.iter().map(said).collect(),
            done: state.done.as_ref().map(|done| (done.at.as_second(), done.actor.clone(), seconds(done.late_s))),
            why: state.why.as_ref().map(|why| why.reason.clone()),
            was_away: round.was_away,
        }
    });
    each.collect()
}

fn gate_seen(room: &Room, id: &ItemId) -> GateSeen {
    let Some(state) = room.gate(id) else { return GateSeen::default() };
    let turn = |turn: HoldTurn| match turn {
        HoldTurn::Started => "started",
        HoldTurn::Broken => "broken",
        HoldTurn::Held => "held",
        HoldTurn::Paused | HoldTurn::WentOn => "another",
    };
    GateSeen {
        entered: state.entered.as_ref().map(|(at, actor)| (at.as_second(), actor.clone())),
        turn: state.turn.as_ref().map(|(how, at, ..)| (turn(*how), at.as_second())),
        back: state.back.as_ref().map(|(at, actor, why)| (at.as_second(), actor.clone(), why.clone())),
        passed: state.passed.as_ref().map(|passed| {
            let room::GatePass { at, actor, held_ms, on_word, overridden } = passed.clone();
            (at.as_second(), actor, held_ms, on_word, overridden)
        }),
    }
}

fn alert_seen(room: &Room, id: &AlertId) -> Option<AlertSeen> {
    let state = room.alerts().get(id)?.clone();
    Some(AlertSeen {
        event: state.event,
        deadline: state.deadline.map(Timestamp::as_second),
        acknowledged: state.acknowledged.map(|(actor, at, note)| (actor, at.as_second(), note)),
        extended: state.extended,
        is_overdue: state.is_overdue,
        resolved: state.resolved.map(Timestamp::as_second),
        silenced: state.silenced.map(|silence| (silence.until.as_second(), silence.actor, silence.reason)),
    })
}

/// All that can be asked of the real room.
pub(super) fn seen(room: &Room, day: &Day, now: i64) -> Seen {
    let ids = Ids(room, day);
    let checks: Vec<ItemId> = (0..CHECKS.len()).map(|check| ids.check(check)).collect();
    let words = |id: &ItemId| match room.standing(id) {
        Standing::Open => "open".to_owned(),
        Standing::Claimed => "claimed".to_owned(),
        Standing::Stated { saw: None } => "stated".to_owned(),
        Standing::Stated { saw: Some(saw) } => format!("stated: {saw}"),
        Standing::AnsweredNo { words, is_no_go: false } => format!("answered no: {words}"),
        Standing::AnsweredNo { words, is_no_go: true } => format!("answered no-go: {words}"),
        Standing::Observed { .. } => "observed".to_owned(),
        Standing::Lost { .. } => "lost".to_owned(),
        Standing::Overridden { reason } => format!("overridden: {reason}"),
        Standing::Deferred { to, reason } => {
            format!("deferred to {}: {reason}", room.plan().section(to).expect("a phase").title)
        }
        Standing::NotApplicable { reason } => format!("not applicable: {reason}"),
    };
    let kinds: [fn(&Standing) -> bool; 8] = [
        |standing| *standing == Standing::Open,
        |standing| *standing == Standing::Claimed,
        Standing::is_done,
        |standing| matches!(standing, Standing::Overridden { .. }),
        |standing| matches!(standing, Standing::Deferred { .. }),
        |standing| matches!(standing, Standing::NotApplicable { .. }),
        |standing| matches!(standing, Standing::Lost { .. }),
        |standing| matches!(standing, Standing::AnsweredNo { .. }),
    ];
    let acts = |id: &ItemId| room.item(id).expect("a check").marks.iter().map(|mark| mark.event).collect();
    let contacts = (0..room.ladder().len()).map(|contact| {
        let state = room.contact(&ids.contact(contact)).expect("a contact");
        let proof = |way: &Way| {
            state.proven.get(way).map(|proof| (proof.actor.clone(), proof.at.as_second(), proof.words.clone()))
        };
        (state.name.clone(), WAYS.map(|way| state.address(way).to_owned()), WAYS.map(|way| proof(&way)))
    });
    let drafts = room.drafts().iter().map(|(number, draft)| {
        (
            *number,
            draft.message.is_some(),
            [draft.to.clone(), draft.subject.clone(), draft.body.clone()],
            draft.actor.clone(),
        )
    });
    let sent = room.sent().iter().map(|sent| {
        let words = [sent.to.clone(), sent.subject.clone(), sent.body.clone()];
        (sent.event, sent.draft, words, sent.actor.clone(), sent.at.as_second())
    });
    let notes = room.notes().iter();
    Seen {
        standings: checks.iter().map(words).collect(),
        acts: checks.iter().map(acts).collect(),
        counts: kinds.map(|is| checks.iter().filter(|id| is(room.standing(id))).count()),
        mode: match room.mode() {
            Mode::Prepare => "prepare",
            Mode::Live => "live",
            Mode::RollingBack => "rolling back",
            Mode::RolledBack => "rolled back",
            Mode::Watch => "watch",
            Mode::Closed => "closed",
        },
        closed: room.closed().map(str::to_owned),
        undoable: room.undoable().map(|act| act.event),
        actor: room.actor().map(str::to_owned),
        people: room.people().iter().map(|one| [one.initials.clone(), one.name.clone(), one.role.clone()]).collect(),
        contacts: contacts.collect(),
        channels: (0..CHANNELS.len()).map(|at| room.channel(&ids.channel(at)).map(str::to_owned)).collect(),
        drafts: drafts.collect(),
        next_draft: room.next_draft(),
        sent: sent.collect(),
        notes: notes.map(|note| (note.event, note.at.as_second(), note.text.clone(), note.actor.clone())).collect(),
        gates: (0..GATES.len()).map(|gate| gate_seen(room, &ids.gate(gate))).collect(),
        current_gate: (0..GATES.len()).find(|gate| room.current_gate().is_some_and(|one| one.item == ids.gate(*gate))),
        alerts: (0..ALERTS.len()).map(|alert| alert_seen(room, &alert_id(alert))).collect(),
        test: room.test().map(|test| {
            let answered = test.answered.as_ref().map(|(actor, seen, _)| (actor.clone(), *seen));
            (test.at.as_second(), answered)
        }),
        verdict: room.verdict().map(|(word, at)| (word == VerdictWord::Go, at.as_second())),
        last: room.last(),
        are_done: checks.iter().map(|id| room.is_done(id)).collect(),
        evidence: checks.iter().map(|id| room.evidence(id).iter().map(attached).collect()).collect(),
        back: room.rollback().map(|back| back_seen(&ids, back)),
        rehearsals: room.rehearsals().iter().map(|one| (seconds(one.took_s), one.at.as_second())).collect(),
        start: room.resolved().start.as_second(),
        attempts: room.attempts().iter().map(|attempt| attempt_seen(&ids, attempt)).collect(),
        window: room.window().map(|(from, to)| (from.as_second(), to.as_second())),
        moved: room.schedule().start.as_ref().map(|moved| moved.to.as_second()),
        holds: room.plan().gates.iter().filter_map(|gate| room.hold_s(gate)).collect(),
        live: room
            .went_live()
            .map(|live| (live.at.as_second(), live.actor.clone(), live.reason.clone(), named(&live.open))),
        success: room.succeeded().map(|success| {
            (success.at.as_second(), success.actor.clone(), success.reason.clone(), named(&success.open))
        }),
        lessons: room
            .lessons()
            .iter()
            .map(|note| (note.event, note.at.as_second(), note.text.clone(), note.actor.clone()))
            .collect(),
        corrections: room.corrections().iter().map(correction).collect(),
        corrected: (0..=room.last()).map(|event| room.corrections_of(event).map(|one| one.event).collect()).collect(),
        tried: (0..room.ladder().len()).map(|contact| tried(&ids, contact)).collect(),
        added: room
            .ladder()
            .into_iter()
            .skip(CONTACTS.len())
            .map(|one| [one.role.clone(), one.name.clone().unwrap_or_default()])
            .collect(),
        is_armed: room.is_armed("lag", "lag --now"),
        bound: (0..PROPOSALS)
            .map(|proposal| {
                let (id, _) = ids.proposal(proposal);
                let holds = room.bindings().iter().any(|binding| binding.accepted.proposal == id);
                (holds, room.is_dropped(&id))
            })
            .collect(),
        rounds: rounds(&ids, at(now)),
        due: by_routine(&room.rounds_due(at(now))),
        ahead: by_routine(&room.rounds_ahead(at(now))),
        missed: {
            let missed = room.missed(at(now));
            (missed.rounds, missed.checks)
        },
    }
}
