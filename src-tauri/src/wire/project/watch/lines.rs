//! What was seen and what turned, as lines for whoever watches without a window.

use jiff::Timestamp;
use plan::config::Probe;
use room::{
    Event, Fault, HoldTurn, Measure, NotifyOutcome, Phase, Reading, Room, Rule, Seen, Signal, SuccessOutcome, Watch,
    measure,
};

use super::severity_word;
use super::verdict::kind;
use crate::shell::WatchLine;

/// What came together, each as a line.
pub(crate) fn readings(room: &Room, watch: &Watch, readings: &[Reading], now: Timestamp) -> Vec<WatchLine> {
    let armed = watch.armed_by_signal(room, now);
    let of = |signal| armed.get(signal).map(Vec::as_slice).unwrap_or_default();
    readings.iter().flat_map(|one| reading(room, watch, (one, of(&one.signal)), now)).collect()
}

/// A reading with the rules that are armed on it, as one line.
fn reading(room: &Room, watch: &Watch, (reading, armed): (&Reading, &[&Rule]), now: Timestamp) -> Vec<WatchLine> {
    let unit = match &reading.signal {
        Signal::Metric(name) => {
            room.confirmed_unit(name).or(room.config().metrics.get(name).and_then(|metric| metric.unit))
        }
        Signal::Probe(name) => room.config().probes.get(name).and_then(Probe::unit),
    };
    let breached = armed.iter().filter(|rule| watch.phase(&rule.id) != Phase::Inactive).map(|rule| &rule.severity);
    let worst = breached.max();
    let (value, state, reason) = match &reading.outcome {
        Err(fault) => (None, "no_data", fault.to_string()),
        Ok(sample) if sample.good_until < now => (None, "no_data", "the newest sample is too old".to_owned()),
        Ok(sample) => {
            let (value, words, fails) = match &sample.measure {
                Measure::Number(value) => {
                    let (spoken, spoken_unit) = unit.map_or((*value, None), |unit| {
                        let (spoken, unit) = measure::spoken(*value, unit);
                        (spoken, Some(unit))
                    });
                    (Some(*value).filter(|value| value.is_finite()), measure::with_unit(spoken, spoken_unit), false)
                }
                Measure::Passed(words) => (None, words.clone(), false),
                Measure::Failed(words) => (None, words.clone(), true),
            };
            match sample.too_few {
                Some(_) => (value, "too_few_samples", words),
                None if fails || worst.is_some() => (value, "fail", words),
                None => (value, "pass", words),
            }
        }
    };
    // Said once to whoever watches without a window, where no key arms it.
    let is_first =
        watch.signal(&reading.signal).and_then(|known| known.fault.as_ref()).is_some_and(|fault| fault.2 == 1);
    let not_armed = (reading.outcome == Err(Fault::NotArmed) && is_first).then(|| {
        let command = match &reading.signal {
            Signal::Probe(name) => room.command_of(name).unwrap_or_default(),
            Signal::Metric(_) => "",
        };
        let why = format!("a person arms it in the window of its room, and until then it does not run: {command}");
        line(room, watch, now, "probe", reading.signal.name().to_owned(), "not_armed", why)
    });
    let told = WatchLine {
        value,
        unit: unit.map(measure::unit_name),
        severity: worst.map(|severity| severity_word(*severity)),
        ..line(room, watch, now, "reading", reading.signal.name().to_owned(), state, reason)
    };
    std::iter::once(told).chain(not_armed).collect()
}

/// The silences that last, a line each.
pub(crate) fn silences(room: &Room, watch: &Watch, now: Timestamp) -> Vec<WatchLine> {
    let lasting = room.alerts().iter().filter(|(_, state)| state.is_silenced(now));
    let lines = lasting.filter_map(|(id, state)| {
        let silence = state.silenced.as_ref()?;
        let (alert, until, reason) = (id.clone(), silence.until, format!("{} ({})", silence.reason, silence.actor));
        event(room, watch, &Event::AlertSilenced { alert, until, reason, seen: None }, now)
    });
    lines.collect()
}

/// An event of the watch, as a line; nothing for any other.
pub(crate) fn event(room: &Room, watch: &Watch, event: &Event, now: Timestamp) -> Option<WatchLine> {
    let of = |kind, subject: String, state: &str, reason: String| line(room, watch, now, kind, subject, state, reason);
    let name = |alert: &room::AlertId| {
        let rule = watch.book().rule(alert);
        rule.map_or_else(|| alert.to_string(), |rule| rule.text.clone())
    };
    let severity_of = |alert: &room::AlertId| {
        let rule = watch.book().rule(alert);
        rule.map(|rule| severity_word(rule.severity))
    };
    let text =
        |item: &plan::ItemId| room.plan().item(item).map_or_else(|| item.to_string(), |item| item.text.to_string());
    let is_above = |alert: &room::AlertId, seen: Option<&Seen>| {
        let criterion = watch.book().rule(alert).and_then(|rule| rule.criterion.as_ref());
        seen.zip(criterion).is_some_and(|(seen, criterion)| seen.is_above_range(criterion))
    };
    Some(match event {
        Event::AlertFired(fired) => {
            let seen = fired.seen.as_ref();
            let words = seen.map_or_else(|| fired.why.clone(), |seen| seen.words.clone());
            let late = if seen.is_some_and(|seen| seen.fetched) { ", fetched afterwards" } else { "" };
            let since = format!("{words}, since {}{late}", fired.since);
            WatchLine {
                value: seen.and_then(|seen| seen.value.parse().ok()),
                unit: seen.and_then(|seen| seen.unit).map(measure::unit_name),
                severity: Some(severity_word(fired.severity)),
                ..of("alert", fired.text.clone(), "firing", since)
            }
        }
        Event::AlertResolved { alert, seen } => {
            let late = |seen: &Seen| if seen.fetched { ", fetched afterwards" } else { "" };
            let above = if is_above(alert, seen.as_ref()) { "above its range: " } else { "" };
            let words = seen.as_ref().map(|seen| format!("{above}{}{}", seen.words, late(seen))).unwrap_or_default();
            WatchLine { severity: severity_of(alert), ..of("alert", name(alert), "resolved", words) }
        }
        Event::DeadlinePassed { alert } => WatchLine {
            severity: severity_of(alert),
            ..of("alert", name(alert), "overdue", "the time is up: roll back".to_owned())
        },
        Event::AlertSilenced { alert, until, reason, .. } => WatchLine {
            severity: severity_of(alert),
            ..of("alert", name(alert), "silenced", format!("until {until}: {reason}"))
        },
        Event::SilenceLifted { alert, reason, .. } => WatchLine {
            severity: severity_of(alert),
            ..of("alert", name(alert), "speaks", format!("its silence was lifted {reason}").trim_end().to_owned())
        },
        Event::DoNotDisturb { on, words } => {
            of("desktop", "do not disturb".to_owned(), if *on { "on" } else { "off" }, words.clone())
        }
        Event::SilenceRanOut { alert, .. } => WatchLine {
            severity: severity_of(alert),
            ..of("alert", name(alert), "speaks", "its silence is over".to_owned())
        },
        Event::SuccessJudged(judged) => {
            let state = match judged.outcome {
                SuccessOutcome::Met => "met",
                SuccessOutcome::NotMet => "not_met",
                SuccessOutcome::Unproven => "unproven",
                SuccessOutcome::CutShort => "cut_short",
            };
            let (breached_s, unseen_s) = (judged.breached_ms / 1000, judged.unseen_ms / 1000);
            let words = format!("breached for {breached_s} s, unseen for {unseen_s} s");
            of("success", judged.text.clone(), state, words)
        }
        Event::Blinded { names, why, .. } => of("blind", names.join(", "), "blind", why.clone()),
        Event::SeenAgain { since } => of("blind", String::new(), "seen", format!("blind since {since}")),
        Event::NotLooked { from, to } => of("room", String::new(), "unseen", format!("from {from} to {to}")),
        Event::Slept { from, to } => of("room", String::new(), "slept", format!("from {from} to {to}")),
        Event::Stalled { from, to } => of("room", String::new(), "stalled", format!("from {from} to {to}")),
        Event::ClockJumped { by_ms } => of("room", String::new(), "clock_jumped", format!("by {by_ms} ms")),
        Event::StretchFetched(stretch) => {
            let (span, unseen) = (format!("from {} to {}", stretch.from, stretch.to), &stretch.unseen);
            let why = unseen.iter().map(|one| format!("; {}: {}", one.metric, one.why)).collect::<String>();
            let state = if unseen.is_empty() { "fetched" } else { "unseen" };
            let names = stretch.fetched.iter().chain(unseen.iter().map(|one| &one.metric)).map(String::as_str);
            of("stretch", names.collect::<Vec<_>>().join(", "), state, format!("{span}{why}"))
        }
        Event::Observed { item, seen } => of("check", text(item), "observed", seen.words.clone()),
        Event::ObservationLost { item, why, .. } => of("check", text(item), "lost", why.clone()),
        Event::HoldTurned { gate, turn, held_ms, why } => {
            let turn = match turn {
                HoldTurn::Started => "started",
                HoldTurn::Paused => "paused",
                HoldTurn::WentOn => "went_on",
                HoldTurn::Broken => "broken",
                HoldTurn::Held => "held",
            };
            of("gate", text(gate), turn, format!("held {} s {why}", held_ms / 1000).trim_end().to_owned())
        }
        Event::VerdictTurned { why, word } => of("verdict", word.to_string(), kind(*word), why.clone()),
        Event::Notified { title, outcome, words, .. } => {
            let state = match outcome {
                NotifyOutcome::Shown => "shown",
                NotifyOutcome::Failed => "failed",
                NotifyOutcome::Unknown => "unknown",
            };
            of("notification", title.clone(), state, words.clone())
        }
        _ => return None,
    })
}

fn line(
    room: &Room,
    watch: &Watch,
    now: Timestamp,
    kind_of_line: &'static str,
    subject: String,
    state: &str,
    reason: String,
) -> WatchLine {
    WatchLine {
        at: now.to_string(),
        kind: kind_of_line,
        subject,
        value: None,
        unit: None,
        state: state.to_owned(),
        severity: None,
        verdict: kind(watch.verdict(room, now).word),
        reason,
    }
}
