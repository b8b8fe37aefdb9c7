//! Rows: what stands in a section, in the order of the text, as flat lines with their depth.
//!
//! The walk keeps its own stack: a checklist may be nested deeper than a thread's stack is.

use jiff::SignedDuration;
use plan::{Block, Item, ItemKind};
use room::{Asked, Room, RoundKey, Standing};

use super::asked;
use super::book::{Book, heading};
use super::evidence::evidence;
use super::inlines::{Fences, block};
use super::routines::in_round;
use super::times::{on_the_wall, own_words};
use super::watch::{self, Observation, Seeing, observation};
use super::words::{limit, small, stopwatch};
use crate::wire::{ItemView, RowView, SpaceView};

enum Step<'plan> {
    Block { block: &'plan Block, depth: u32 },
    Item { item: &'plan Item },
}

/// The rows of `body`, headings below it included; their depth counts from 1.
pub(crate) fn rows(
    book: &Book<'_>,
    room: &Room,
    body: &[Block],
    moved: SignedDuration,
    fences: Fences,
    seen: Option<&Seeing<'_>>,
) -> Vec<RowView> {
    let mut rows = Vec::new();
    let mut stack = Vec::new();
    push_blocks(&mut stack, body, 1);
    // A plan is a tree; should one ever hold a ring, the walk ends all the same.
    let mut left = book.plan.items.len() + book.plan.sections.len();
    while let Some(step) = stack.pop() {
        match step {
            Step::Block { block: Block::Item { id }, .. } => {
                if let Some(item) = book.item(id) {
                    stack.push(Step::Item { item });
                }
            }
            Step::Block { block: Block::Section { id }, depth } => {
                let Some(section) = book.section(id) else { continue };
                left = match left.checked_sub(1) {
                    Some(left) => left,
                    None => break,
                };
                rows.push(RowView::Heading {
                    line: small(section.line),
                    depth,
                    label: section.label.as_deref().unwrap_or_default().to_owned(),
                    title: heading(section).to_owned(),
                    when: own_words(section.when.as_ref(), moved),
                });
                push_blocks(&mut stack, &section.body, depth.saturating_add(1));
            }
            Step::Block { block: other, .. } => rows.extend(block(book, other, fences).map(RowView::Block)),
            Step::Item { item } => {
                left = match left.checked_sub(1) {
                    Some(left) => left,
                    None => break,
                };
                rows.push(RowView::Item(Box::new(row_view(book, room, item, fences, seen))));
                let children = item.children.iter().rev().filter_map(|id| book.item(id));
                stack.extend(children.map(|item| Step::Item { item }));
            }
        }
    }
    rows
}

fn push_blocks<'plan>(stack: &mut Vec<Step<'plan>>, body: &'plan [Block], depth: u32) {
    stack.extend(body.iter().rev().map(|block| Step::Block { block, depth }));
}

/// A check in its row: one that repeats stands there as it does in the round that is at hand.
fn row_view(book: &Book<'_>, room: &Room, item: &Item, fences: Fences, seen: Option<&Seeing<'_>>) -> ItemView {
    let repeats = room.plan().routines.iter().any(|routine| routine.items.contains(&item.id));
    let at_hand = seen.filter(|_| repeats).and_then(|seen| room.round_at_hand(&item.id, seen.now));
    match at_hand {
        None => item_view(book, room, item, fences, seen),
        Some((table, when)) => {
            let round = RoundKey { routine: table.key, due: when.due };
            let right = format!("round of {}", on_the_wall(when.due, room.resolved()));
            let view = in_round(book, room, item, &round, seen);
            ItemView { id: item.id.to_string(), depth: small(item.depth), right, ..view }
        }
    }
}

/// One check, with what the room knows of it.
pub(crate) fn item_view(
    book: &Book<'_>,
    room: &Room,
    item: &Item,
    fences: Fences,
    seen: Option<&Seeing<'_>>,
) -> ItemView {
    let Observation { observed, reading, query, has_run_out } = observation(&item.id, seen);
    let standing = room.standing(&item.id);
    let asked = asked::asked(book, item);
    let open_below = room.first_open_below(item, |id| book.item(id));
    let last = room.item(&item.id).and_then(|state| state.marks.last());
    ItemView {
        id: item.id.to_string(),
        line: small(item.range.line),
        depth: small(item.depth),
        inlines: asked::words(item),
        state: match standing {
            _ if has_run_out => "word_ran_out",
            Standing::Stated { .. } if item.kind == ItemKind::Check && open_below.is_some() => "open",
            standing => state_word(standing),
        }
        .to_owned(),
        observed,
        reading,
        query,
        by: last.map(|mark| format!("{} · {}", mark.actor, on_the_wall(mark.at, room.resolved()))).unwrap_or_default(),
        words: asked::words_said(room, item, standing).unwrap_or_else(|| words(book, standing)),
        evidence: evidence(room, &item.id),
        space: space(book, room, item, &asked, has_run_out, seen),
        asks: match room::pods_asked(book.plan, item) {
            Some(_) => "how many are ready, such as 3/3".to_owned(),
            None if room.asks_how_you_know(item) && asked.limit.is_none() => "how you know".to_owned(),
            None => asked.limit.map(|limit| limit.text.clone()).unwrap_or_default(),
        },
        answers: asked::answers(room, item),
        fields: asked::fields(room, item),
        columns: book.tables().columns(item),
        item_kind: match item.kind {
            ItemKind::Check => "check",
            ItemKind::Gate => "gate",
            ItemKind::Hold => "hold",
        }
        .to_owned(),
        right: right(book, room, item),
        below: below(item, standing, open_below),
        blocks: item.blocks.iter().filter_map(|part| block(book, part, fences)).collect(),
    }
}

/// What Space does to a check: begins the hold that it is, confirms, takes back, or states.
fn space(
    book: &Book<'_>,
    room: &Room,
    item: &Item,
    asked: &Asked<'_>,
    has_run_out: bool,
    seen: Option<&Seeing<'_>>,
) -> SpaceView {
    let held = book.gate_held_by(&item.id).filter(|gate| watch::gate(room, gate, seen).cannot_enter.is_empty());
    let (act, words) = match room.standing(&item.id) {
        _ if held.is_some() => ("enter_gate", "Start the hold"),
        Standing::Claimed if asked.fields.is_empty() => ("confirm", "Confirm"),
        Standing::Stated { .. } if !has_run_out => ("undo", "Take back"),
        Standing::AnsweredNo { .. } => ("undo", "Take back"),
        _ if !asked.choices.is_empty() => ("answer", "Choose…"),
        _ if !asked.fields.is_empty() => ("ask", "Fill in…"),
        // A signal says otherwise, and that is what is said.
        Standing::Observed { .. } | Standing::Lost { seen: Some(_), .. } => ("state", "Tick"),
        _ if asked.limit.is_some() || room::pods_asked(book.plan, item).is_some() || room.asks_how_you_know(item) => {
            ("ask", "Tick…")
        }
        _ => ("state", "Tick"),
    };
    SpaceView {
        act: act.to_owned(),
        gate: held.map(|gate| gate.item.to_string()).unwrap_or_default(),
        words: words.to_owned(),
    }
}

/// The wire's word for what is true of a check.
pub(super) fn state_word(standing: &Standing) -> &'static str {
    match standing {
        Standing::Open => "open",
        Standing::Claimed => "claimed",
        Standing::Stated { .. } => "stated",
        Standing::AnsweredNo { .. } => "answered_no",
        Standing::Observed { .. } => "observed",
        Standing::Lost { seen: Some(_), .. } => "breached",
        Standing::Lost { seen: None, .. } => "unseen",
        Standing::Overridden { .. } => "overridden",
        Standing::Deferred { .. } => "deferred",
        Standing::NotApplicable { .. } => "not_applicable",
    }
}

/// What was seen, or why it is so.
fn words(book: &Book<'_>, standing: &Standing) -> String {
    match standing {
        Standing::Open | Standing::Claimed | Standing::Stated { saw: None } => String::new(),
        Standing::Stated { saw: Some(saw) } => saw.clone(),
        Standing::AnsweredNo { words, .. } => words.clone(),
        Standing::Observed { seen } if seen.fetched => format!("{}, fetched afterwards", seen.words),
        Standing::Observed { seen } => seen.words.clone(),
        Standing::Lost { why, .. } => why.clone(),
        Standing::Overridden { reason } | Standing::NotApplicable { reason } => reason.clone(),
        Standing::Deferred { to, reason } => format!("to {}: {reason}", book.section(to).map_or("", heading)),
    }
}

fn right(book: &Book<'_>, room: &Room, item: &Item) -> String {
    if let Some((gate, hold_s)) = book.gate_held_by(&item.id).and_then(|gate| Some((gate, room.hold_s(gate)?))) {
        let cut = room.hold_cut(gate).map(|cut| format!(", not {}", stopwatch(cut.from_s)));
        return format!("hold {}{}", stopwatch(hold_s), cut.unwrap_or_default());
    }
    match book.criterion_of(&item.id) {
        Some(criterion) if criterion.value.is_some() => limit(criterion),
        _ => String::new(),
    }
}

fn below(item: &Item, standing: &Standing, open_below: Option<&Item>) -> String {
    let mut parts = Vec::new();
    if item.kind == ItemKind::Check && !item.children.is_empty() {
        parts.extend(family(standing, open_below));
    }
    if let Some(expected) = &item.expected {
        parts.push(format!("Expected: {}", without_prefix(expected)));
    }
    if *standing == Standing::Claimed {
        parts.push("Claimed in the source, not confirmed".to_owned());
    }
    parts.join(" · ")
}

/// How a check stands with those below it: nothing ticks by itself, and nothing is done above what is open.
fn family(standing: &Standing, open_below: Option<&Item>) -> Option<String> {
    match (open_below, standing) {
        (Some(open), Standing::Stated { .. } | Standing::Observed { .. }) => {
            Some(format!("Not done any more: “{}” below it is open", open.text))
        }
        (None, standing) if !standing.is_settled() => Some("All below it is settled: it can be ticked".to_owned()),
        _ => None,
    }
}

fn without_prefix(expected: &str) -> &str {
    const PREFIX: &str = "expected:";
    match expected.split_at_checked(PREFIX.len()) {
        Some((head, rest)) if head.eq_ignore_ascii_case(PREFIX) => rest.trim_start(),
        _ => expected,
    }
}
