//! Where an entry stands, and what that makes of a condition in it.

use super::decision::{self, Lead};
use crate::model::{Item, ItemId, ItemKind, Place, SectionKind, Severity};
use crate::read::body::{Bodies, Entry, EntryKind};
use crate::read::hints::Hint;
use crate::read::outline::Outline;
use crate::read::quick::QuickMap;
use crate::read::words;

/// What is known about a line before it is read.
pub(super) struct Spot<'a> {
    pub(super) place: Place,
    /// What a heading says.
    pub(super) severity: Option<Severity>,
    /// What the words that open its list demand.
    pub(super) demand: Option<Severity>,
    /// The time that a heading or the line above its list gives before the way back is due, in seconds.
    pub(super) wait_s: Option<u64>,
    /// Whether the line is a condition even without a number.
    pub(super) is_condition: bool,
    /// Whether its own words must say that it is a condition.
    pub(super) needs_trigger: bool,
    pub(super) item: Option<&'a ItemId>,
}

/// A line that opens a list, and how deep it stands.
struct Opening {
    line: usize,
    section: Option<usize>,
    depth: usize,
    /// A paragraph opens the list at its own depth, a list entry only what is nested in it.
    is_entry: bool,
    lead: Lead,
}

impl Opening {
    /// Whether an entry behind it is one of its list.
    fn holds(&self, entry: &Entry) -> bool {
        self.section == entry.section()
            && if self.is_entry {
                entry.depth() > self.depth
            } else {
                entry.depth() >= self.depth && !matches!(entry.kind, EntryKind::Paragraph)
            }
    }
}

/// Finds the spots of the entries, which are asked for in the order of the text.
pub(super) struct Spots<'a> {
    bodies: &'a Bodies,
    outline: &'a Outline,
    conditions: &'a QuickMap<&'a ItemId, bool>,
    opening: Option<Opening>,
    /// What the headings of each section and above it make of its entries.
    of_sections: Vec<OfSection>,
}

#[derive(Debug, Clone, Copy, Default)]
struct OfSection {
    lead: Option<Lead>,
    severity: Option<Severity>,
    /// The time that the heading of that severity gives.
    wait_s: Option<u64>,
    /// Whether the section's own heading stands over marks that tell whether a way back worked.
    is_success: bool,
}

impl<'a> Spots<'a> {
    pub(super) fn new(bodies: &'a Bodies, outline: &'a Outline, conditions: &'a QuickMap<&'a ItemId, bool>) -> Self {
        let mut of_sections: Vec<OfSection> = Vec::with_capacity(outline.sections.len());
        for (at, (section, parent)) in outline.sections.iter().zip(&outline.parents).enumerate() {
            // A section stands behind the one that holds it.
            let above = parent.and_then(|parent| of_sections.get(parent)).copied().unwrap_or_default();
            let hints = outline.hints(at);
            // Most headings say nothing of the kind.
            if !hints.has_any(&[Hint::Success, Hint::OverBreaches, Hint::Severity]) {
                of_sections.push(OfSection { is_success: false, ..above });
                continue;
            }
            let plain = words::plain(&section.text);
            let is_success = hints.has(Hint::Success) && names_success(&plain);
            let lead = || hints.has(Hint::OverBreaches).then(|| decision::of_heading(&plain)).flatten().or(above.lead);
            let severity = hints.has(Hint::Severity).then(|| decision::severity(&plain)).flatten();
            of_sections.push(OfSection {
                // A mark of success below such a heading is what must hold.
                lead: if is_success { None } else { lead() },
                severity: severity.or(above.severity),
                // A heading that names another severity takes nothing from the one above it.
                wait_s: super::demand::wait_s(&plain).or(above.wait_s.filter(|_| severity.is_none())),
                is_success,
            });
        }
        Self { bodies, outline, conditions, opening: None, of_sections }
    }

    /// Where an entry stands, if criteria are looked for there.
    pub(super) fn of(&mut self, entry: &Entry) -> Option<Spot<'a>> {
        let of_section = entry.section().and_then(|at| self.of_sections.get(at)).copied().unwrap_or_default();
        let lead = self.lead(entry).or(of_section.lead);
        let section = self.outline.section(entry.section());
        let item = self.item(entry);
        let id = item.map(|item| &item.id);
        let is_code = matches!(entry.kind, EntryKind::Script(_) | EntryKind::Fence { .. });
        let spot = |place, severity, is_condition| Spot {
            place,
            severity,
            demand: None,
            wait_s: of_section.wait_s,
            is_condition,
            needs_trigger: false,
            item: id,
        };
        if let Some((id, is_condition)) = id.filter(|_| !is_code).and_then(|id| Some((id, *self.conditions.get(id)?))) {
            return Some(Spot { item: Some(id), ..spot(Place::Gate, None, is_condition) });
        }
        // Its words are the gate's share and the hold's time, not thresholds.
        if !is_code && item.is_some_and(|item| item.kind != ItemKind::Check) {
            return None;
        }
        let is_list = matches!(entry.kind, EntryKind::Item(_) | EntryKind::Bullet);
        let is_row = matches!(entry.kind, EntryKind::Row(_));
        let kind = section.map_or(SectionKind::Prose, |section| section.kind);
        match lead {
            Some(Lead::Never) if is_list || is_row => return None,
            Some(Lead::Breach { severity, wait_s, words_count }) if is_list || is_row => {
                let spot = spot(Place::Decision, of_section.severity, words_count && is_list);
                return Some(Spot { demand: severity, wait_s: wait_s.or(spot.wait_s), ..spot });
            }
            _ => {}
        }
        let place = match kind {
            SectionKind::Rollback => {
                let severity = of_section.severity;
                if severity.is_some() && is_list {
                    return Some(spot(Place::Decision, severity, true));
                }
                // What tells whether a way back worked is a mark; any other line has to say itself what it is for.
                let is_mark = item.is_some() && of_section.is_success;
                return Some(Spot { needs_trigger: !is_mark && item.is_none(), ..spot(Place::Rollback, None, false) })
                    .filter(|_| !is_code || is_pseudo(entry));
            }
            SectionKind::Success if item.is_some() && !is_code && !is_row => {
                return Some(spot(Place::Success, None, true));
            }
            SectionKind::Success => Place::Success,
            SectionKind::Communication | SectionKind::Contacts | SectionKind::Reference => return None,
            SectionKind::Watch => Place::Watch,
            SectionKind::Preparation => Place::Preparation,
            SectionKind::Phase | SectionKind::Prose => Place::Phase,
        };
        let needs_trigger = matches!(entry.kind, EntryKind::Paragraph);
        Some(Spot { needs_trigger, ..spot(place, None, false) })
    }

    /// Whether the entry that was asked for last opens a list that the next one stands in: its words are about that list
    /// ("Roll back if any of the following is true:") and name nothing by themselves.
    pub(super) fn last_opens(&self, last: &Entry, next: Option<&Entry>) -> bool {
        let own = self.opening.as_ref().filter(|opening| opening.line == last.line());
        own.zip(next).is_some_and(|(opening, next)| opening.holds(next))
    }

    fn item(&self, entry: &Entry) -> Option<&'a Item> {
        match &entry.kind {
            EntryKind::Item(at) => self.bodies.items.get(*at),
            EntryKind::Script(script) => script.item.and_then(|at| self.bodies.items.get(at)),
            EntryKind::Row(row) => row.item.and_then(|at| self.bodies.items.get(at)),
            _ => None,
        }
    }

    /// What the line that opens this list makes of the entry; keeps the entry where it opens one itself.
    fn lead(&mut self, entry: &Entry) -> Option<Lead> {
        let is_words = matches!(entry.kind, EntryKind::Paragraph | EntryKind::Bullet | EntryKind::Item(_));
        let is_paragraph = matches!(entry.kind, EntryKind::Paragraph);
        let below = self.opening.as_ref().filter(|opening| opening.holds(entry));
        let found = below.map(|opening| opening.lead);
        if found.is_none() {
            self.opening = None;
        }
        if is_words
            && entry.hints.has(Hint::Lead)
            && let Some(lead) = decision::of_line(&entry.text)
        {
            self.opening = Some(Opening {
                line: entry.line(),
                section: entry.section(),
                depth: entry.depth(),
                is_entry: !is_paragraph,
                lead,
            });
        }
        found
    }
}

/// Whether a fence of a rollback section may hold the conditions for it.
fn is_pseudo(entry: &Entry) -> bool {
    // A drawn tree asks for them.
    entry.text.contains('├')
        || entry.text.lines().any(|line| {
            let line = line.trim_start();
            line.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("if "))
                || line.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("when "))
        })
}

/// Whether a paragraph says itself that it is a condition: "Accept: P95 < 1500 ms", "must stay below 1 %".
pub(crate) fn is_sentence(text: &str) -> bool {
    let plain = words::plain(text);
    if plain.len() > 400 {
        return false;
    }
    let has_label = words::labelled(&plain).is_some_and(|(name, _)| {
        words::has_any(
            name,
            &[
                "accept",
                "acceptance",
                "acceptance criteria",
                "health gate",
                "gate",
                "target",
                "targets",
                "slo",
                "expected",
                "watch",
                "pass",
                "pass criteria",
                "criteria",
                "success",
                "kabul",
                "kabul kriteri",
                "abnahme",
                "ziel",
                "aceptación",
                "aceitação",
                "критерии",
                "приёмка",
            ],
        ) || crate::read::criterion::metric(name).is_some()
    });
    has_label
        || words::has_any(
            &plain,
            &[
                "must",
                "should be",
                "should stay",
                "should remain",
                "needs to be",
                "has to be",
                "proceed if",
                "continue if",
                "proceed when",
                "proceed only if",
            ],
        )
}

/// A section of marks that tell whether a rollback worked.
pub(crate) fn is_success(text: &str) -> bool {
    names_success(&words::plain(text))
}

pub(crate) const SUCCESS: [&str; 5] = ["success criteria", "success", "successful", "verify", "verification"];

fn names_success(plain: &str) -> bool {
    words::has_any(plain, &SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_ask_for_something() {
        assert!(is_sentence("Accept: P95 < 1500 ms"));
        assert!(is_sentence("The error rate must stay below 1 %"));
        assert!(!is_sentence("We saw 5 % once"));
    }
}
