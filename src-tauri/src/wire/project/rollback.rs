//! The rollback plan's page.

use plan::{Audience, CommandId, Criterion, RollbackWay, Severity};
use room::{Room, ToBeTold};

use super::book::Book;
use super::criteria::{group, severity_word};
use super::inlines::{Fences, commands};
use super::rows::item_view;
use super::times::on_the_wall;
use super::watch::{Seeing, watched};
use super::words::{capitalised, small, stopwatch};
use crate::wire::{CommandView, DecisionView, RollbackView, StepView, ToldView, WayView};

/// The ways back, how to know that they worked, when they are taken, and who must be told.
pub(crate) fn rollback(book: &Book<'_>, room: &Room, seen: Option<&Seeing<'_>>) -> RollbackView {
    let rollback = &book.plan.rollback;
    let ways = rollback.ways.iter().zip(1_u32..).map(|(way, number)| way_view(book, room, way, number));
    let success = rollback.success.iter().filter_map(|id| book.item(id));
    let told = told(room);
    let known = told.iter().filter(|told| told.state != "open").count();
    RollbackView {
        limit: rollback.target_s.map(stopwatch).unwrap_or_default(),
        limit_line: rollback.target_line.map(|line| format!("line {line}")).unwrap_or_default(),
        ways: ways.collect(),
        verify: steps(book, room, &rollback.verify),
        success: success.map(|item| item_view(book, room, item, Fences::Split, seen)).collect(),
        decisions: decisions(book, seen),
        told_count: if told.is_empty() { String::new() } else { format!("{known} of {} told", told.len()) },
        told,
    }
}

fn way_view(book: &Book<'_>, room: &Room, way: &RollbackWay, number: u32) -> WayView {
    let mut all = Vec::with_capacity(way.steps.len());
    for (id, one) in room::steps_of_way(way, number) {
        match &one.command {
            Some(command) => all.append(&mut steps(book, room, std::slice::from_ref(command))),
            None => all.push(StepView { text: one.text.clone(), ..step(room, id, None) }),
        }
    }
    let (grave, leaves) = left_behind(book, way);
    let taken = room.rollback().filter(|rollback| rollback.is_running());
    let at = |moment| on_the_wall(moment, room.resolved());
    let (state, words) = match taken {
        None => ("open", String::new()),
        Some(rollback) => match rollback.ways.iter().rev().find(|taken| taken.way == number) {
            Some(taken) if rollback.way() == number => {
                let reason = if taken.reason.is_empty() { String::new() } else { format!(": {}", taken.reason) };
                ("chosen", format!("Chosen by {} {}{reason}", taken.actor, at(taken.at)))
            }
            Some(_) => {
                let next = rollback.ways.iter().skip_while(|taken| taken.way != number).nth(1);
                let left = next.map(|next| format!("Left {} by {}: {}", at(next.at), next.actor, next.reason));
                ("left", left.unwrap_or_default())
            }
            None => ("open", String::new()),
        },
    };
    WayView {
        number,
        line: small(way.line),
        title: way.text.clone(),
        when: way.when.clone().unwrap_or_default(),
        warning: grave.join("; "),
        leaves,
        steps: all,
        state: state.to_owned(),
        words,
    }
}

/// The same in one list, what takes something away first.
pub(crate) fn left_behind_in_words(plan: &plan::Plan, way: &RollbackWay) -> Vec<String> {
    let (mut grave, others) = left_behind(&Book::of(plan), way);
    grave.extend(others);
    grave
}

/// What a way leaves behind, where its steps show it: what takes something away, and the rest.
pub(super) fn left_behind(book: &Book<'_>, way: &RollbackWay) -> (Vec<String>, Vec<String>) {
    let (mut grave, mut others) = (Vec::new(), Vec::new());
    for step in &way.steps {
        let command = step.command.as_ref().and_then(|id| book.plan.command(id));
        let left = match command {
            Some(command) => plan::leaves_behind(command),
            // The name of the way says what its steps by hand are about.
            None => plan::leaves_behind_by_hand(&format!("{} {}", way.text, step.text)),
        };
        let Some(left) = left else { continue };
        let list = if left.is_grave { &mut grave } else { &mut others };
        if !list.contains(&left.words) {
            list.push(left.words);
        }
    }
    (grave, others)
}

fn steps(book: &Book<'_>, room: &Room, ids: &[CommandId]) -> Vec<StepView> {
    let views = commands(book, ids);
    views.into_iter().map(|view| step(room, view.id.clone(), Some(view))).collect()
}

fn step(room: &Room, id: String, command: Option<CommandView>) -> StepView {
    let known = room.rollback().and_then(|rollback| rollback.steps.get(&id));
    StepView {
        state: match known {
            None => "open",
            Some(step) if step.worked => "worked",
            Some(_) => "failed",
        }
        .to_owned(),
        by: known.map(|step| format!("{} · {}", step.actor, on_the_wall(step.at, room.resolved()))).unwrap_or_default(),
        result: known.map(|step| step.result.clone()).unwrap_or_default(),
        id,
        command,
        text: String::new(),
    }
}

/// Who must be told, and what is known of it.
pub(crate) fn told(room: &Room) -> Vec<ToldView> {
    let view = |id: &str, title: String, name: String, page: &str| {
        let known = room.rollback().and_then(|rollback| rollback.told.get(id));
        let at = known.map(|told| on_the_wall(told.at, room.resolved())).unwrap_or_default();
        let (state, words) = match known {
            None => ("open", "not told yet".to_owned()),
            Some(told) if told.answered => ("answered", format!("answered {at}")),
            Some(_) => ("told", format!("told {at}")),
        };
        ToldView { id: id.to_owned(), title, name, state: state.to_owned(), words, page: page.to_owned() }
    };
    let told = room::to_be_told(room).into_iter().map(|whom| match whom {
        ToBeTold::Contact(contact) => {
            let name = room.contact(&contact.id).map(|known| known.name.clone()).unwrap_or_default();
            view(contact.id.as_str(), contact.role.clone(), name, "escalation")
        }
        ToBeTold::Channel(channel) => {
            let target = room.channel(&channel.id).unwrap_or_default().to_owned();
            view(channel.id.as_str(), channel.text.clone(), target, "escalation")
        }
        ToBeTold::Message(message) => {
            let title = match message.audience {
                Audience::Customers => "Customers",
                Audience::StatusPage => "Status page",
                Audience::Team => "Team",
            };
            view(message.id.as_str(), title.to_owned(), message.text.clone(), "messages")
        }
    });
    told.collect()
}

fn decisions(book: &Book<'_>, seen: Option<&Seeing<'_>>) -> Vec<DecisionView> {
    let all: Vec<&Criterion> = book.plan.rollback.criteria.iter().filter_map(|id| book.criterion(id)).collect();
    let severities = [Some(Severity::Critical), Some(Severity::High), Some(Severity::Medium), None];
    severities
        .into_iter()
        .filter_map(|severity| {
            let these: Vec<_> = all.iter().copied().filter(|criterion| criterion.severity == severity).collect();
            let first = these.first()?;
            let title = if severity.is_none() { "Without a severity" } else { severity_word(severity) };
            Some(DecisionView {
                severity: severity_word(severity).to_owned(),
                demand: demand(book, first),
                group: watched(group(book, &capitalised(title), these), seen),
            })
        })
        .collect()
}

/// What a breach demands: the words in brackets behind the severity in the plan's own heading, else what the severity
/// means.
fn demand(book: &Book<'_>, criterion: &Criterion) -> String {
    let heading = criterion.section.as_ref().and_then(|id| book.section(id));
    let own = heading.and_then(|section| {
        let (_, rest) = section.text.split_once('(')?;
        let (inside, _) = rest.rsplit_once(')')?;
        let inside = inside.trim();
        (speaks_of(&section.text, criterion.severity) && !inside.is_empty()).then(|| capitalised(inside))
    });
    own.unwrap_or_else(|| {
        match criterion.severity {
            Some(Severity::Critical) => "Roll back now",
            Some(Severity::High) => "Roll back if it is not resolved",
            Some(Severity::Medium) => "Investigate",
            None => "No severity in the text",
        }
        .to_owned()
    })
}

/// Whether a heading speaks of that severity, so that its brackets are about it and not about the whole list.
fn speaks_of(heading: &str, severity: Option<Severity>) -> bool {
    let word = severity_word(severity);
    !word.is_empty() && heading.to_lowercase().contains(word)
}
