//! The run of the day, and the chosen phase.

use plan::{Gate, ItemId, Phase, Plan, SectionId};
use room::{Room, Standing};

use super::book::{Book, heading, span};
use super::inlines::Fences;
use super::rows::{item_view, rows};
use super::times::{when_label, when_words};
use super::watch::{self, Seeing};
use super::words::{counted, number, small};
use super::written::whole;
use crate::wire::{DayView, ItemView, PageView, PhaseEntryView, PhaseView, SignalsView};

/// The run of the day.
pub(crate) fn day(book: &Book<'_>, room: &Room, chosen: Option<&SectionId>, signals: &SignalsView) -> DayView {
    let resolved = room.resolved();
    let phases = book.plan.phases.iter().enumerate().map(|(index, phase)| {
        let span = span(resolved, index);
        let tally = Tally::of(book, room, &phase.items);
        PhaseEntryView {
            id: phase.section.to_string(),
            when: when_label(phase.when.as_ref(), span, resolved),
            when_words: when_words(phase.when.as_ref(), span, resolved),
            title: phase.title.to_string(),
            total: small(tally.total),
            claimed: small(tally.claimed),
            done: small(tally.done),
            open: small(tally.open),
            chosen: chosen == Some(&phase.section),
        }
    });
    DayView { phases: phases.collect(), pages: pages(book.plan, room, signals) }
}

/// How many of these checks are done, and how many there are.
pub(super) fn done_of<'a>(book: &Book<'_>, room: &Room, items: impl IntoIterator<Item = &'a ItemId>) -> (usize, usize) {
    let Tally { done, total, .. } = Tally::of(book, room, items);
    (done, total)
}

/// How checks stand, in numbers.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    total: usize,
    claimed: usize,
    /// Claims that are confirmed with their phase: not those of a gate.
    confirmable: usize,
    done: usize,
    /// Neither done nor settled otherwise; what is only claimed is among them.
    open: usize,
}

impl Tally {
    fn of<'a>(book: &Book<'_>, room: &Room, items: impl IntoIterator<Item = &'a ItemId>) -> Self {
        let mut tally = Self::default();
        for id in items {
            let standing = room.standing(id);
            tally.total += 1;
            tally.claimed += usize::from(*standing == Standing::Claimed);
            tally.confirmable += usize::from(book.item(id).is_some_and(|item| room.is_confirmable(item)));
            let is_whole = !standing.is_done()
                || book.item(id).is_none_or(|item| room.first_open_below(item, |id| book.item(id)).is_none());
            tally.done += usize::from(standing.is_done() && is_whole);
            tally.open += usize::from(!standing.is_settled() || !is_whole);
        }
        tally
    }

    /// "17 boxes · 5 done · 3 claimed in the source".
    fn words(self) -> String {
        let mut parts = vec![counted(self.total, "box", "boxes")];
        if self.done > 0 {
            parts.push(format!("{} done", self.done));
        }
        if self.claimed > 0 {
            parts.push(format!("{} claimed in the source", self.claimed));
        }
        parts.join(" · ")
    }
}

/// The pages. Those whose content the checklist does not have stay in the list: that it has no way back is worth
/// seeing.
fn pages(plan: &Plan, room: &Room, signals: &SignalsView) -> Vec<PageView> {
    let page = |id: &str, key: &str, title: &str, count: String| PageView {
        id: id.to_owned(),
        key: key.to_owned(),
        title: title.to_owned(),
        count_short: count.split(' ').next().unwrap_or_default().to_owned(),
        count,
    };
    let amount = |count: usize| if count == 0 { "none".to_owned() } else { count.to_string() };
    let ways = match plan.rollback.ways.len() {
        0 => "none".to_owned(),
        count => counted(count, "way", "ways"),
    };
    vec![
        // What is left of the window changes each second: the schedule's own section has it.
        page("schedule", "T", "Schedule", String::new()),
        page("rollback", "R", "Rollback plan", ways),
        page("messages", "M", "Messages", amount(plan.messages.len())),
        page("escalation", "E", "Escalation", amount(room.ladder().len())),
        page("signals", "S", "Signals", signals_words(signals)),
        page("routines", "Shift+U", "Rounds", routines_words(room)),
        page("references", "Q", "Reference", amount(plan.references.len())),
        page("written", "B", "Checklist", String::new()),
    ]
}

/// What is said of rounds holds until something is done: which one is next, the page itself says.
fn routines_words(room: &Room) -> String {
    match (room.plan().routines.len(), room.went_live()) {
        (0, _) => "none".to_owned(),
        (count, None) => count.to_string(),
        (_, Some(_)) => format!("{} done", room.afterwards().finished().len()),
    }
}

/// "12", "12 · 5 proposals": what waits for an answer is said wherever one is.
fn signals_words(signals: &SignalsView) -> String {
    let mut words = signals.signals.len().to_string();
    if signals.not_armed > 0 {
        words.push_str(&format!(" · {} not armed", signals.not_armed));
    }
    if signals.open > 0 {
        let open = usize::try_from(signals.open).unwrap_or(usize::MAX);
        words.push_str(&format!(" · {}", counted(open, "proposal", "proposals")));
    }
    words
}

/// What stands in the middle where the checklist has no phase: all of it.
pub(crate) fn without_phases(book: &Book<'_>, room: &Room, seen: Option<&Seeing<'_>>) -> PhaseView {
    PhaseView {
        id: String::new(),
        crumb: String::new(),
        title: book.plan.title.clone(),
        when: String::new(),
        count: Tally::of(book, room, book.plan.items.iter().map(|item| &item.id)).words(),
        // Claims are confirmed for a phase as a whole, and there is none.
        claims: 0,
        later: Vec::new(),
        returned: Vec::new(),
        gates: book.plan.gates.iter().map(|gate| watch::gate(room, gate, seen)).collect(),
        rows: rows(book, room, &whole(book.plan), room.resolved().moved, Fences::Split, seen),
    }
}

/// The phase with this id.
pub(crate) fn phase(book: &Book<'_>, room: &Room, id: &SectionId, seen: Option<&Seeing<'_>>) -> Option<PhaseView> {
    let resolved = room.resolved();
    let (phase, span) = book.phase(id, resolved)?;
    let section = book.section(id);
    let body = section.map(|section| section.body.as_slice()).unwrap_or_default();
    let gates = phase.items.iter().filter_map(|id| book.gate(id));
    let tally = Tally::of(book, room, &phase.items);
    let later = book.plan.phases.iter().skip_while(|other| &other.section != id).skip(1);
    Some(PhaseView {
        id: id.to_string(),
        crumb: crumb(book, id),
        title: phase.title.to_string(),
        when: when_words(phase.when.as_ref(), span, resolved),
        count: tally.words(),
        claims: small(tally.confirmable),
        later: later.map(|phase| (phase.section.to_string(), phase.title.to_string())).collect(),
        returned: returned(book, room, phase, seen),
        gates: gates.map(|gate| watch::gate(room, gate, seen)).collect(),
        rows: rows(book, room, body, resolved.moved, Fences::Split, seen),
    })
}

/// The checks that wait for this phase.
fn returned(book: &Book<'_>, room: &Room, phase: &Phase, seen: Option<&Seeing<'_>>) -> Vec<ItemView> {
    let waits = |id: &ItemId| matches!(room.standing(id), Standing::Deferred { to, .. } if *to == phase.section);
    let items = book.plan.items.iter().filter(|item| waits(&item.id));
    let views = items.map(|item| {
        let view = item_view(book, room, item, Fences::Split, seen);
        let from = book.plan.phases.iter().find(|phase| phase.items.contains(&item.id));
        let by = room.item(&item.id).and_then(|state| state.marks.last()).map_or("", |mark| mark.actor.as_str());
        match (room.standing(&item.id), from) {
            (Standing::Deferred { reason, .. }, Some(from)) => {
                ItemView { words: format!("from {} by {by}: {reason}", from.title), ..view }
            }
            _ => view,
        }
    });
    views.collect()
}

/// "Deployment execution · Deployment day · Phase 2": the headings above, the document's own title left out, and the
/// phase's label.
fn crumb(book: &Book<'_>, id: &SectionId) -> String {
    let mut parts: Vec<&str> =
        book.above(id).into_iter().filter(|section| section.text != book.plan.title).map(heading).collect();
    parts.reverse();
    parts.extend(book.section(id).and_then(|section| section.label.as_deref()));
    parts.join(" · ")
}

/// "10 %"; the gate's words where it names no share.
pub(super) fn share(gate: &Gate) -> String {
    gate.share_percent.map_or_else(|| gate.text.clone(), |share| format!("{} %", number(share)))
}
