//! A gate's card: its conditions as they are now, and the clock of its hold.

use jiff::SignedDuration;
use plan::Gate;
use room::{ConditionNow, ConditionState, HoldTurn, Intent, Mode, Room, Sight, Standing};

use super::{Seeing, ago};
use crate::wire::project::day::share;
use crate::wire::project::times::{on_the_wall, on_the_wall_of_zone};
use crate::wire::project::words::{counted, stopwatch};
use crate::wire::{ConditionView, GateView};

/// A gate's card.
pub(crate) fn gate(room: &Room, gate: &Gate, seen: Option<&Seeing<'_>>) -> GateView {
    let state = room.gate(&gate.item);
    let hold_s = room.hold_s(gate).unwrap_or(0);
    let is_next = room.next_gate().is_some_and(|next| next.item == gate.item);
    let entered = state.and_then(|state| state.entered.as_ref());
    let passed = state.and_then(|state| state.passed.as_ref());
    let mut view = GateView {
        item: gate.item.to_string(),
        share: share(gate),
        hold: hold_words(room, gate),
        state: "next".to_owned(),
        worked: room.current_gate().or_else(|| room.next_gate()).is_some_and(|worked| worked.item == gate.item),
        status: "next".to_owned(),
        line: before(room, gate),
        held: String::new(),
        percent: 0,
        on_word: false,
        conditions: Vec::new(),
        cannot_pass: String::new(),
        cannot_enter: String::new(),
        left: String::new(),
        said: said(room, gate),
        back_to: back_to(room, gate),
        give_up: String::new(),
    };
    let (sight, now) = match seen {
        Some(seen) => (seen.watching.watch.sight(room, seen.now), seen.now),
        None => (Sight::default(), room.resolved().start),
    };
    let refused = |intent: &Intent| match room::decide(room, intent, &sight, now) {
        Ok(_) => String::new(),
        Err(refusal) => refusal.to_string(),
    };
    view.cannot_enter = refused(&Intent::EnterGate { gate: gate.item.clone() });
    view.cannot_pass = refused(&Intent::PassGate { gate: gate.item.clone() });
    if let Some(pass) = passed {
        let at = on_the_wall(pass.at, room.resolved());
        let word = if pass.overridden.is_some() { "overridden" } else { "passed" };
        let on_word = if pass.on_word && pass.overridden.is_none() { ", on word" } else { "" };
        view.state = word.to_owned();
        view.status = format!("{word} {at}");
        view.line = match &pass.overridden {
            Some(reason) => format!("{}: {reason}", pass.actor),
            None => {
                let cut = room.hold_cut(gate).map(|cut| format!(" of {} ({})", stopwatch(cut.from_s), cut.reason));
                format!("{} · held {}{}{on_word}", pass.actor, stopwatch(pass.held_ms / 1000), cut.unwrap_or_default())
            }
        };
        view.on_word = pass.on_word && pass.overridden.is_none();
        view.percent = 100;
        return view;
    }
    if entered.is_none() {
        if is_next {
            view.state = "open".to_owned();
            view.status = "to be entered".to_owned();
        }
        return view;
    }
    match seen {
        Some(seen) => hold(&mut view, room, gate, hold_s, seen),
        // A room that can only be read has no clock.
        None => {
            view.state = "paused".to_owned();
            view.status = "entered".to_owned();
        }
    }
    view
}

/// "First pod · hold 05:00 · 3 conditions": what waits there.
fn before(room: &Room, gate: &Gate) -> String {
    let hold = hold_words(room, gate);
    let conditions = counted(gate.conditions.len(), "condition", "conditions");
    let remark = gate.remark.clone().unwrap_or_default();
    [remark, hold, conditions].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// "hold 05:00"; where a person shortened it, from what, who and why.
fn hold_words(room: &Room, gate: &Gate) -> String {
    let Some(hold_s) = room.hold_s(gate) else { return "no hold named".to_owned() };
    let cut = room.hold_cut(gate);
    let cut = cut.map(|cut| format!(", shortened from {} by {}: {}", stopwatch(cut.from_s), cut.actor, cut.reason));
    format!("hold {}{}", stopwatch(hold_s), cut.unwrap_or_default())
}

/// The gate that was entered, as it is now.
fn hold(view: &mut GateView, room: &Room, gate: &Gate, hold_s: u64, seen: &Seeing<'_>) {
    let watch = &seen.watching.watch;
    let hold = watch.memory().hold();
    let conditions = watch.conditions(room, gate, seen.now);
    let total_ms = hold_s.saturating_mul(1000);
    // While it runs the clock shows now; what counts is what was seen, and that it falls back to when nothing is.
    let running = hold.counted_to().map_or(0, |to| u64::try_from(seen.now.duration_since(to).as_millis()).unwrap_or(0));
    let shown_ms = hold.held_ms().saturating_add(running).min(total_ms.max(hold.held_ms()));
    view.held = match hold_s {
        0 => stopwatch(shown_ms / 1000),
        _ => format!("{} of {}", stopwatch(shown_ms / 1000), stopwatch(hold_s)),
    };
    view.percent = percent(shown_ms, total_ms);
    view.on_word = hold.on_word() || conditions.iter().any(|one| one.read.state == ConditionState::OnWord);
    let turn = room.gate(&gate.item).and_then(|state| state.turn.as_ref());
    let (at, why) = turn.map(|(_, at, _, why)| (on_the_wall(*at, room.resolved()), why.clone())).unwrap_or_default();
    let fetched = match hold.fetched_ms() / 1000 {
        0 => String::new(),
        fetched_s => format!(", {} of it fetched afterwards", stopwatch(fetched_s)),
    };
    let on_word = format!("{fetched}{}", if view.on_word { ", on word" } else { "" });
    let (state, status, line) = match hold.turn() {
        None => ("paused", "waits for its conditions", String::new()),
        Some(HoldTurn::Started | HoldTurn::WentOn) => ("holding", "holding", format!("{}{on_word}", view.held)),
        Some(HoldTurn::Held) => ("held", "held", format!("held {}{on_word}: pass it, or go back", stopwatch(hold_s))),
        Some(HoldTurn::Paused) => ("paused", "hold paused", format!("paused {at}: {why}")),
        Some(HoldTurn::Broken) => ("broken", "hold broken", format!("broken {at}: {why}")),
    };
    view.state = state.to_owned();
    view.status = status.to_owned();
    if !line.is_empty() {
        view.line = line;
    }
    if hold.turn() != Some(HoldTurn::Held) && hold_s > 0 {
        view.left = left(total_ms.saturating_sub(shown_ms), view.state == "holding", seen);
    }
    let given_up = give_up(view, &conditions);
    view.give_up = given_up;
    view.conditions = conditions
        .into_iter()
        .map(|one| ConditionView {
            age: age(&one, seen),
            text: one.read.text,
            state: condition_word(one.read.state).to_owned(),
            words: match one.read.state {
                ConditionState::Pass | ConditionState::Fail => {
                    format!("{} · {}", one.read.words, on_the_wall(one.met_until, room.resolved()))
                }
                _ => one.read.words,
            },
        })
        .collect();
}

/// "06:42 left · ends at 07:18:22 UTC"; while the clock stands, when it would end at the earliest.
fn left(left_ms: u64, runs: bool, seen: &Seeing<'_>) -> String {
    let left_s = left_ms.div_ceil(1000);
    let length = SignedDuration::from_secs(i64::try_from(left_s).unwrap_or(i64::MAX));
    let Ok(end) = seen.now.checked_add(length) else { return String::new() };
    let end = on_the_wall_of_zone(end, seen.room.resolved());
    let left = stopwatch(left_s);
    if runs {
        format!("{left} left · ends at {end} at the earliest")
    } else {
        format!("{left} left · if it went on now, ends at {end}")
    }
}

/// How old what a condition rests on is.
fn age(one: &ConditionNow, seen: &Seeing<'_>) -> String {
    match one.read.state {
        ConditionState::Pass | ConditionState::Fail if one.answered.is_some() => ago(one.met_until, seen.now),
        ConditionState::OnWord | ConditionState::WordRanOut | ConditionState::Fail => {
            let mark = seen.room.item(&one.item).and_then(|state| state.marks.last());
            mark.map(|mark| ago(seen.room.by_this_clock(mark.at, mark.event), seen.now)).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// What nobody observes of a gate, with who said it: its share of the traffic, and its pods.
fn said(room: &Room, gate: &Gate) -> String {
    let Some(state) = room.gate(&gate.item) else { return String::new() };
    let at = |moment| on_the_wall(moment, room.resolved());
    let mut parts = Vec::new();
    if let Some((when, actor)) = &state.entered {
        parts.push(format!("{} on the new version, said by {actor} {}", share(gate), at(*when)));
    }
    if let Some((when, actor, reason)) = &state.back {
        parts.push(format!("gone back to by {actor} {}: {reason}", at(*when)));
    }
    for item in gate.conditions.iter().filter_map(|id| room.plan().item(id)) {
        let mark = room.item(&item.id).and_then(|state| state.marks.last());
        if let (Some(mark), Standing::Stated { saw: Some(saw) }) = (mark, room.standing(&item.id))
            && room::pods_asked(room.plan(), item).is_some()
        {
            parts.push(format!("pods {saw}, said by {} {}", mark.actor, at(mark.at)));
        }
    }
    parts.join(" · ")
}

/// The gate before the one at which the rollout stands.
fn back_to(room: &Room, gate: &Gate) -> String {
    let stands = room.stands_at().is_some_and(|at| at.item == gate.item);
    let gates = &room.plan().gates;
    let before = gates.iter().position(|one| one.item == gate.item).and_then(|at| gates.get(at.checked_sub(1)?));
    before.filter(|_| stands && matches!(room.mode(), Mode::Live)).map(share).unwrap_or_default()
}

/// "In 50 %, held 03:18 of 10:00: P95 latency <200ms: 241 ms".
fn give_up(view: &GateView, conditions: &[ConditionNow]) -> String {
    let unmet = conditions.iter().filter(|one| !one.is_met()).map(|one| match one.read.words.as_str() {
        "" => one.read.text.clone(),
        words => format!("{}: {words}", one.read.text),
    });
    let unmet = unmet.collect::<Vec<_>>().join("; ");
    let held = if view.held.is_empty() { String::new() } else { format!(", held {}", view.held) };
    let unmet = if unmet.is_empty() { String::new() } else { format!("; not met: {unmet}") };
    format!("Given up in {}{held}{unmet}", view.share)
}

fn percent(part_ms: u64, total_ms: u64) -> u32 {
    let percent = part_ms.saturating_mul(100).checked_div(total_ms).unwrap_or(0);
    u32::try_from(percent.min(100)).unwrap_or(100)
}

fn condition_word(state: ConditionState) -> &'static str {
    match state {
        ConditionState::Pass => "pass",
        ConditionState::Fail => "fail",
        ConditionState::NoData => "no_data",
        ConditionState::TooFew => "too_few",
        ConditionState::OnWord => "on_word",
        ConditionState::WordRanOut => "word_ran_out",
        ConditionState::Open => "open",
    }
}
