//! The run of the day, and the chosen phase.

use plan::{Gate, Phase, Plan, Resolved, SectionId, SourceMark};

use super::book::{Book, heading, span};
use super::inlines::Fences;
use super::rows::rows;
use super::times::{when_label, when_words};
use super::words::{counted, number, small, stopwatch};
use super::written::whole;
use crate::wire::{DayView, GateView, PageView, PhaseEntryView, PhaseView};

/// The run of the day.
pub(crate) fn day(book: &Book<'_>, resolved: &Resolved, chosen: Option<&SectionId>) -> DayView {
    let phases = book.plan.phases.iter().enumerate().map(|(index, phase)| {
        let span = span(resolved, index);
        PhaseEntryView {
            id: phase.section.to_string(),
            when: when_label(phase.when.as_ref(), span, resolved),
            when_words: when_words(phase.when.as_ref(), span, resolved),
            title: phase.title.clone(),
            total: small(phase.items.len()),
            claimed: small(claimed(book, phase)),
            chosen: chosen == Some(&phase.section),
        }
    });
    DayView { phases: phases.collect(), pages: pages(book.plan) }
}

fn claimed(book: &Book<'_>, phase: &Phase) -> usize {
    let items = phase.items.iter().filter_map(|id| book.item(id));
    items.filter(|item| item.state == SourceMark::Claimed).count()
}

/// The pages. Those whose content the checklist does not have stay in the list: that it has no way back is worth
/// seeing.
fn pages(plan: &Plan) -> Vec<PageView> {
    let page = |id: &str, key: &str, title: &str, count: String| PageView {
        id: id.to_owned(),
        key: key.to_owned(),
        title: title.to_owned(),
        count,
    };
    let amount = |count: usize| if count == 0 { "none".to_owned() } else { count.to_string() };
    let ways = match plan.rollback.ways.len() {
        0 => "none".to_owned(),
        count => counted(count, "way", "ways"),
    };
    vec![
        page("rollback", "R", "Rollback plan", ways),
        page("messages", "M", "Messages", amount(plan.messages.len())),
        page("escalation", "E", "Escalation", amount(plan.contacts.len())),
        page("references", "Q", "Reference", amount(plan.references.len())),
        page("written", "B", "Checklist", String::new()),
    ]
}

/// What stands in the middle where the checklist has no phase: all of it.
pub(crate) fn without_phases(book: &Book<'_>, resolved: &Resolved) -> PhaseView {
    PhaseView {
        id: String::new(),
        crumb: String::new(),
        title: book.plan.title.clone(),
        when: String::new(),
        count: counted(book.plan.items.len(), "box", "boxes"),
        gates: book.plan.gates.iter().map(gate_view).collect(),
        rows: rows(book, &whole(book.plan), resolved.moved, Fences::Split),
    }
}

/// The phase with this id.
pub(crate) fn phase(book: &Book<'_>, resolved: &Resolved, id: &SectionId) -> Option<PhaseView> {
    let (phase, span) = book.phase(id, resolved)?;
    let section = book.section(id);
    let body = section.map(|section| section.body.as_slice()).unwrap_or_default();
    let gates = phase.items.iter().filter_map(|id| book.gate(id));
    let total = counted(phase.items.len(), "box", "boxes");
    Some(PhaseView {
        id: id.to_string(),
        crumb: crumb(book, id),
        title: phase.title.clone(),
        when: when_words(phase.when.as_ref(), span, resolved),
        count: match claimed(book, phase) {
            0 => total,
            claimed => format!("{total} · {claimed} claimed in the source"),
        },
        gates: gates.map(gate_view).collect(),
        rows: rows(book, body, resolved.moved, Fences::Split),
    })
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

fn gate_view(gate: &Gate) -> GateView {
    GateView {
        item: gate.item.to_string(),
        share: gate.share_percent.map_or_else(|| gate.text.clone(), |share| format!("{} %", number(share))),
        remark: gate.remark.clone().unwrap_or_default(),
        hold: gate.hold_s.map_or_else(|| "no hold named".to_owned(), |hold_s| format!("hold {}", stopwatch(hold_s))),
        conditions: counted(gate.conditions.len(), "condition", "conditions"),
    }
}
