//! A check that a signal observes.

use plan::ItemId;
use room::{ConditionState, Rule, Standing};

use super::{Seeing, ago};
use crate::wire::project::times::on_the_wall;

/// What a signal shows of a check.
#[derive(Debug, Clone, Default)]
pub(crate) struct Observation {
    /// "Observed by Prometheus (prod)", and what became of it.
    pub(crate) observed: String,
    /// "612 ms · 07:11:05".
    pub(crate) reading: String,
    /// The query or the address.
    pub(crate) query: String,
    /// Whether a person's word stood for it and has run out.
    pub(crate) has_run_out: bool,
}

/// What a signal shows of a check; nothing where none observes it.
pub(crate) fn observation(id: &ItemId, seen: Option<&Seeing<'_>>) -> Observation {
    let Some(seen) = seen else { return Observation::default() };
    let watch = &seen.watching.watch;
    let has_run_out = seen.room.current_gate().filter(|gate| gate.conditions.contains(id)).is_some_and(|gate| {
        let conditions = watch.conditions(seen.room, gate, seen.now);
        conditions.iter().any(|one| one.item == *id && one.read.state == ConditionState::WordRanOut)
    });
    if let Some(gate) = seen.room.current_gate().filter(|gate| gate.hold_item.as_ref() == Some(id)) {
        return Observation { reading: hold_clock(gate, seen), ..Observation::default() };
    }
    let Some(rule) = rule_of(id, seen) else {
        return Observation { has_run_out, ..Observation::default() };
    };
    if rule.item.is_none() {
        // A check of a round is ticked by a person, also where the metric of its criterion is watched.
        let observed = format!("Observed by {}", seen.observer(&rule.signal));
        let (reading, query) = (reading(rule, seen), seen.query(&rule.signal));
        return Observation { observed, reading, query, has_run_out };
    }
    Observation {
        observed: what_became(rule, id, seen),
        reading: reading(rule, seen),
        query: seen.query(&rule.signal),
        has_run_out,
    }
}

/// The rule that observes a check: its own, else that of the criterion that stands in its words.
pub(crate) fn rule_of<'a>(id: &ItemId, seen: &'a Seeing<'_>) -> Option<&'a Rule> {
    let rules = &seen.watching.watch.book().rules;
    let of_criterion = |rule: &&Rule| rule.criterion.as_ref().and_then(|criterion| criterion.item.as_ref()) == Some(id);
    rules.iter().find(|rule| rule.item.as_ref() == Some(id)).or_else(|| rules.iter().find(of_criterion))
}

/// "03:18 / 10:00 · paused": the clock of the hold in its own row.
fn hold_clock(gate: &plan::Gate, seen: &Seeing<'_>) -> String {
    let card = super::gates::gate(seen.room, gate, Some(seen));
    let word = match card.state.as_str() {
        "holding" => "",
        "held" => " · held",
        "broken" => " · broken",
        _ => " · paused",
    };
    let on_word = if card.on_word { " · on word" } else { "" };
    format!("{}{word}{on_word}", card.held.replace(" of ", " / "))
}

fn reading(rule: &Rule, seen: &Seeing<'_>) -> String {
    let watch = &seen.watching.watch;
    let resolved = seen.room.resolved();
    if let Some(last) = watch.fresh(&rule.id, seen.now) {
        return format!("{} · {}", last.seen.words, on_the_wall(last.seen.at, resolved));
    }
    if let Some(last) = watch.rule_memory(&rule.id).and_then(room::RuleMemory::last) {
        return format!("last {} · {}", last.seen.words, ago(last.seen.at, seen.now));
    }
    // Its time has not come, and yet it is good to know how it is.
    let sample = watch.signal(&rule.signal).and_then(|known| known.sample.as_ref());
    let fresh = sample.filter(|sample| sample.good_until >= seen.now);
    fresh.map(|sample| format!("now {} · {}", rule.words(sample), on_the_wall(sample.at, resolved))).unwrap_or_default()
}

fn what_became(rule: &Rule, id: &ItemId, seen: &Seeing<'_>) -> String {
    let watch = &seen.watching.watch;
    let resolved = seen.room.resolved();
    let by = format!("Observed by {}", seen.observer(&rule.signal));
    let marks = seen.room.item(id).map(|state| state.marks.as_slice()).unwrap_or_default();
    match seen.room.standing(id) {
        Standing::Lost { seen: Some(_), .. } => {
            let since = watch.rule_memory(&rule.id).and_then(room::RuleMemory::since);
            match since {
                Some(since) => format!("{by} · breached since {}", on_the_wall(since, resolved)),
                None => format!("{by} · not met at its last look"),
            }
        }
        Standing::Lost { seen: None, why } => {
            let last = watch.rule_memory(&rule.id).and_then(room::RuleMemory::last);
            let until = last.map(|last| format!("was met until {} · ", on_the_wall(last.seen.at, resolved)));
            let at = marks.last().map(|mark| on_the_wall(mark.at, resolved)).unwrap_or_default();
            format!("{}un-ticked {at}: {why}", until.unwrap_or_default())
        }
        _ if watch.counts(seen.room, rule, seen.now) && watch.fresh(&rule.id, seen.now).is_none() => {
            format!("{by} · not seen: {}", watch.why_unseen(&rule.signal, seen.now))
        }
        _ => by,
    }
}
