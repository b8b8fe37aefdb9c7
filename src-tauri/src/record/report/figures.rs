//! The figures, each beside what it is held against. Only what the log knows: no figure is guessed, and what did not happen says so.

use jiff::Timestamp;
use plan::{Audience, Severity};
use room::{Event, Fired, RollbackState};
use serde::Serialize;

use super::{Seen, clock};
use crate::wire::project::length;

/// A figure.
#[derive(Serialize)]
pub(super) struct Figure {
    name: String,
    value: String,
    against: String,
    /// Whether it is past its limit.
    is_over: bool,
}

/// The figures of a room, at most six.
pub(super) fn figures(seen: &Seen<'_>) -> Vec<Figure> {
    let rollback = seen.room.rollback().filter(|one| !one.is_rehearsal);
    let mut found = vec![end(seen, rollback)];
    found.extend(to_decision(seen, rollback));
    found.extend(worst(seen));
    found.extend(to_customers(seen));
    found.push(unseen(seen));
    found.extend(boxes(seen));
    found.truncate(6);
    found
}

fn figure(name: &str, value: String, against: String) -> Figure {
    Figure { name: name.to_owned(), value, against, is_over: false }
}

fn seconds(from: Timestamp, to: Timestamp) -> i64 {
    to.duration_since(from).as_secs()
}

/// How long the way back took, or when it went live.
fn end(seen: &Seen<'_>, rollback: Option<&RollbackState>) -> Figure {
    let limit_s = seen.room.plan().rollback.target_s.and_then(|limit_s| i64::try_from(limit_s).ok());
    let limit = limit_s
        .map_or_else(|| "the plan names no limit".to_owned(), |limit_s| format!("of {} allowed", clock(limit_s)));
    if let Some(one) = rollback.filter(|one| one.is_running() || one.is_back()) {
        let (name, to) = match &one.ended {
            Some(end) => ("Rolled back in", end.at),
            None => ("Rolling back for", seen.events.last().map_or(one.began, |last| last.occurred_at)),
        };
        let took = seconds(one.began, to);
        return Figure { is_over: limit_s.is_some_and(|limit_s| took > limit_s), ..figure(name, clock(took), limit) };
    }
    match seen.room.went_live() {
        Some(live) => {
            let window = seen.room.window().map(|(_, to)| to);
            let against =
                window.map_or_else(|| "no window announced".to_owned(), |to| format!("window until {}", seen.at(to)));
            let value = clock(seconds(seen.room.resolved().start, live.at));
            Figure { is_over: window.is_some_and(|to| live.at > to), ..figure("T0 to go-live", value, against) }
        }
        None => figure("Go-live", "never".to_owned(), "not declared".to_owned()),
    }
}

/// How long it took from the alert that demanded it to the decision.
fn to_decision(seen: &Seen<'_>, rollback: Option<&RollbackState>) -> Option<Figure> {
    let fired = |least: Severity, until: Option<Timestamp>| {
        seen.events.iter().find_map(|recorded| match &recorded.event {
            Event::AlertFired(fired)
                if fired.severity >= least
                    && recorded.occurred_at >= seen.span.0
                    && until.is_none_or(|until| recorded.occurred_at <= until) =>
            {
                Some((fired.as_ref(), recorded.occurred_at))
            }
            _ => None,
        })
    };
    let until = rollback.map(|one| one.began);
    let (alert, at) = fired(Severity::Critical, until).or_else(|| fired(Severity::High, until))?;
    let word = super::decisions::severity_word(alert.severity);
    match rollback {
        Some(one) => Some(figure(
            &format!("{word} to decision"),
            clock(seconds(at, one.began)),
            format!("fired {}", seen.at(at)),
        )),
        None => Some(to_notice(seen, alert, word, at)),
    }
}

fn to_notice(seen: &Seen<'_>, alert: &Fired, word: &str, at: Timestamp) -> Figure {
    let noticed = seen.events.iter().find(|recorded| {
        recorded.occurred_at >= at
            && matches!(&recorded.event, Event::AlertAcknowledged { alert: known, .. } if *known == alert.alert)
    });
    let value = noticed.map_or_else(|| "never".to_owned(), |noticed| clock(seconds(at, noticed.occurred_at)));
    figure(&format!("{word} to notice"), value, format!("fired {}", seen.at(at)))
}

/// For how long the gravest alert of the deployment burned, from its first bad sample on.
fn worst(seen: &Seen<'_>) -> Option<Figure> {
    let fired = seen.events.iter().filter_map(|recorded| match &recorded.event {
        Event::AlertFired(fired) if recorded.occurred_at >= seen.span.0 && recorded.occurred_at <= seen.span.1 => {
            Some((fired.as_ref(), recorded))
        }
        _ => None,
    });
    // Of equals the first: it is the one that was answered.
    let (alert, recorded) = fired.reduce(|one, other| if other.0.severity > one.0.severity { other } else { one })?;
    let over = seen.events.iter().find(|one| {
        one.seq > recorded.seq
            && matches!(&one.event, Event::AlertResolved { alert: known, .. } if *known == alert.alert)
    });
    let to =
        over.map_or_else(|| seen.events.last().map_or(alert.since, |last| last.occurred_at), |over| over.occurred_at);
    let end = if over.is_some() { seen.at(to) } else { "end of log".to_owned() };
    Some(figure(
        &super::sentence(&alert.text),
        clock(seconds(alert.since, to)),
        format!("{} – {end}", seen.at(alert.since)),
    ))
}

/// How long it took from the first HIGH or CRITICAL until customers, or whoever the plan names, were told.
fn to_customers(seen: &Seen<'_>) -> Option<Figure> {
    let plan = seen.room.plan();
    let fired = seen.events.iter().find(|recorded| {
        matches!(&recorded.event, Event::AlertFired(fired) if fired.severity >= Severity::High)
            && recorded.occurred_at >= seen.span.0
    })?;
    let is_for_customers = |id: Option<&plan::MessageId>| {
        let of = plan.messages.iter().find(|message| Some(&message.id) == id);
        of.is_some_and(|message| message.audience != Audience::Team)
    };
    let names_customers = plan.messages.iter().any(|message| message.audience != Audience::Team);
    if !names_customers {
        return None;
    }
    let sent = seen.room.sent().iter().filter(|sent| is_for_customers(sent.message.as_ref())).map(|sent| sent.at);
    let told = seen.room.rollbacks().iter().filter(|one| !one.is_rehearsal).flat_map(|one| &one.told);
    let told = told.filter(|(whom, _)| {
        plan.messages.iter().any(|message| message.id.as_str() == *whom && message.audience != Audience::Team)
    });
    let first = sent.chain(told.map(|(_, told)| told.at)).filter(|at| *at >= fired.occurred_at).min();
    Some(match first {
        Some(at) => {
            figure("Alert to customers", clock(seconds(fired.occurred_at, at)), format!("told {}", seen.at(at)))
        }
        None => figure("Alert to customers", "never".to_owned(), "none sent since".to_owned()),
    })
}

/// For how long nothing was seen of the signal that was seen least.
fn unseen(seen: &Seen<'_>) -> Figure {
    let longest = seen.signals.iter().map(|one| one.stretch.unseen_ms).max();
    let over = u64::try_from(seconds(seen.span.0, seen.span.1)).unwrap_or(0);
    match longest {
        Some(_) if seen.room.opened().drill.is_some() => {
            figure("Unseen", "unknown".to_owned(), "a drill keeps no samples".to_owned())
        }
        Some(unseen_ms) => figure("Unseen", clock(unseen_ms / 1000), format!("of {} drawn", length(over - over % 60))),
        None => figure("Unseen", "all".to_owned(), "nothing was watched".to_owned()),
    }
}

/// How many checks of the deployment are done.
fn boxes(seen: &Seen<'_>) -> Option<Figure> {
    let plan = seen.room.plan();
    let phase = plan.phases.iter().find(|phase| Some(&phase.section) == plan.start.phase.as_ref());
    let (items, name): (Vec<_>, &str) = match phase {
        Some(phase) => (phase.items.iter().collect(), phase.title.as_str()),
        None => (plan.items.iter().map(|item| &item.id).collect(), "the checklist"),
    };
    let done = items.iter().filter(|id| seen.room.standing(id).is_done()).count();
    if items.is_empty() {
        return None;
    }
    Some(figure("Boxes done", format!("{done}/{}", items.len()), format!("of {name}")))
}
