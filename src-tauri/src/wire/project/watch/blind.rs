//! Where the room is blind, and the ways on.

use room::{ConditionState, Rule, Signal};

use super::{Seeing, age, all_signals, clock_between};
use crate::wire::project::book::Book;
use crate::wire::project::day::share;
use crate::wire::project::words::{capitalised, counted, stopwatch};
use crate::wire::{AnsweringView, BlindView};

/// "7 of 12 signals unseen".
pub(super) fn title(seen: &Seeing<'_>) -> String {
    let (all, fresh) = seen.signals();
    match all.saturating_sub(fresh) {
        0 => "Criteria unseen".to_owned(),
        unseen => format!("{unseen} of {} unseen", counted(all, "signal", "signals")),
    }
}

/// "5 of 12": how many signals still answer.
fn answer_count(seen: &Seeing<'_>) -> String {
    let (all, fresh) = seen.signals();
    format!("{fresh} of {all}")
}

/// Where the room is blind; nothing while it sees.
pub(super) fn blind(book: &Book<'_>, seen: &Seeing<'_>) -> Option<BlindView> {
    let watch = &seen.watching.watch;
    let memory = watch.memory().blind()?;
    let blinding = watch.blinding(seen.room, seen.now);
    let first = blinding.first()?;
    let blind_for_s = seen.room.config().alerts.blind_for.as_secs();
    let silent_s = u64::try_from(seen.now.duration_since(memory.since()).as_secs()).unwrap_or(0);
    let percent = (silent_s.min(blind_for_s) * 100).checked_div(blind_for_s).unwrap_or(100);
    let gate = seen.room.current_gate();
    let by_hand = gate.and_then(|gate| {
        let conditions = watch.conditions(seen.room, gate, seen.now);
        let unseen = |state: ConditionState| matches!(state, ConditionState::NoData | ConditionState::WordRanOut);
        conditions.into_iter().find(|one| unseen(one.read.state)).map(|one| one.item.to_string())
    });
    Some(BlindView {
        title: what_is_silent(&blinding, first, seen),
        words: tries(first, seen),
        silent_for: clock_between(memory.since(), seen.now),
        tolerated: stopwatch(blind_for_s),
        percent: u32::try_from(percent).unwrap_or(100),
        is_high: memory.deadline().is_some(),
        gate: gate.map(share).unwrap_or_default(),
        way: book.plan.rollback.ways.first().map(|way| format!("way 1, {}", way.text)).unwrap_or_default(),
        by_hand: by_hand.unwrap_or_default(),
        count: answer_count(seen),
        stated_for: stopwatch(seen.room.config().gates.word_valid_for.as_secs()),
        answering: answering(seen),
    })
}

/// "Prometheus (prod) does not answer" where all that is lost is of one observer and it gives no answer at all.
fn what_is_silent(blinding: &[&Rule], first: &Rule, seen: &Seeing<'_>) -> String {
    if seen.watching.watch.is_offline() {
        return "This laptop is offline".to_owned();
    }
    let observer = seen.observer(&first.signal);
    let fault = seen.watching.watch.signal(&first.signal).and_then(|known| known.fault.as_ref());
    let is_one = blinding.iter().all(|rule| seen.observer(&rule.signal) == observer);
    let is_silent = fault.is_some_and(|(fault, _, _)| !fault.is_absence() && is_no_answer(fault));
    if is_one && is_silent {
        return format!("{} does not answer", capitalised(&observer));
    }
    format!("{} not seen", counted(blinding.len(), "criterion is", "criteria are"))
}

fn is_no_answer(fault: &room::Fault) -> bool {
    use room::Fault::{NameUnknown, Refused, Status, TimedOut, Unreachable, Untrusted};
    matches!(
        fault,
        NameUnknown { .. } | Refused | Status { .. } | TimedOut { .. } | Unreachable { .. } | Untrusted { .. }
    )
}

/// "no reply in 3 s, 24 tries".
fn tries(rule: &Rule, seen: &Seeing<'_>) -> String {
    let why = seen.watching.watch.why_unseen(&rule.signal, seen.now);
    let fault = seen.watching.watch.signal(&rule.signal).and_then(|known| known.fault.as_ref());
    match fault {
        Some((_, _, count)) => {
            let count = usize::try_from(*count).unwrap_or(usize::MAX);
            format!("{why}, {}", counted(count, "try", "tries"))
        }
        None => why,
    }
}

fn answering(seen: &Seeing<'_>) -> Vec<AnsweringView> {
    let all = all_signals(seen.room);
    let fresh = all.iter().filter(|signal| seen.is_seen(signal));
    fresh
        .filter_map(|signal| {
            let sample = seen.watching.watch.signal(signal)?.sample.as_ref()?;
            Some(AnsweringView {
                name: name(signal, seen),
                value: super::vitals::value_words(signal, sample, seen),
                age: age(sample.at, seen.now),
            })
        })
        .collect()
}

/// A signal's name for people.
pub(super) fn name(signal: &Signal, seen: &Seeing<'_>) -> String {
    let mut rules = seen.watching.watch.book().rules_of(signal);
    match signal {
        Signal::Metric(metric) => {
            let named = rules.next().map(|rule| rule.name.clone());
            named.unwrap_or_else(|| capitalised(&metric.replace('_', " ")))
        }
        Signal::Probe(_) => capitalised(&seen.observer(signal)),
    }
}
