//! Which lines are criteria, and where in the plan each one counts.

mod alternatives;
mod code;
mod decision;
mod demand;
mod findings;
mod row;
mod spot;

use smallvec::smallvec;

use super::body::{Bodies, Entry, EntryKind};
use super::criterion::{self, Said};
use super::hints::Hint;
use super::notes::Notes;
use super::ordinals::Ordinals;
use super::outline::Outline;
use super::quick::QuickMap;
use super::words;
use crate::model::{Criterion, CriterionId, Gate, ItemId, Place, Severity};
pub(crate) use alternatives::words_that_join;
pub(crate) use decision::{severities, words_of_acts, words_of_leads, words_over_breaches};
pub(crate) use demand::words_of_orders;
use findings::Demands;
pub(crate) use spot::{SUCCESS, is_sentence, is_success};
use spot::{Spot, Spots};

/// What one clause of an entry says, and what the entry's own words make of it.
struct Found {
    line: usize,
    said: Said,
    severity: Option<Severity>,
    /// What its own words demand where nothing names a severity.
    demand: Option<Severity>,
    is_breach: bool,
    /// Whether the entry's item stands for it.
    is_items: bool,
}

/// Reads the criteria of all lines.
pub(crate) fn read(bodies: &Bodies, outline: &Outline, gates: &[Gate], notes: &mut Notes<'_>) -> Vec<Criterion> {
    // What a share waits for is a condition in any words; people decide by more than that.
    let is_share = |gate: &Gate| gate.share_percent.is_some() || gate.hold_s.is_some();
    let conditions: QuickMap<&ItemId, bool> =
        gates.iter().flat_map(|gate| gate.conditions.iter().map(|id| (id, is_share(gate)))).collect();
    let mut found = Vec::new();
    let mut ordinals = Ordinals::default();
    let mut spots = Spots::new(bodies, outline, &conditions);
    let mut demands = Demands::default();
    let mut next = bodies.entries.iter().skip(1);
    for entry in &bodies.entries {
        let next = next.next();
        let Some(spot) = spots.of(entry) else { continue };
        let is_opening = spots.last_opens(entry, next);
        for one in said(entry, &spot) {
            let place = place(&spot, one.is_breach);
            findings::note(&one.said, one.line, place, notes);
            let own = (place == Place::Decision).then(|| one.demand(&spot)).flatten();
            let named = one.severity.or(spot.severity);
            let severity = named.or(own);
            let deadline_s =
                (severity == Some(Severity::High)).then(|| own_wait_s(entry, &one.said).or(spot.wait_s)).flatten();
            let Said { text, threshold: Some(threshold), .. } = one.said else { continue };
            if is_opening && threshold.value.is_none() {
                continue;
            }
            let path = outline.path(entry.section());
            let ordinal = ordinals.next(path.equals, &text);
            let id = CriterionId::under(path.ids, &text, ordinal);
            if place == Place::Decision && named.is_none() {
                demands.add(entry.section(), one.line, &text, own);
            }
            found.push(Criterion {
                id,
                line: one.line,
                text,
                metric: threshold.metric,
                op: threshold.op,
                value: threshold.value,
                high: threshold.high,
                unit: threshold.unit,
                for_s: threshold.for_s,
                window_s: threshold.window_s,
                severity,
                deadline_s,
                place,
                remark: threshold.remark,
                item: spot.item.filter(|_| one.is_items).cloned(),
                section: outline.section(entry.section()).map(|section| section.id.clone()),
            });
        }
    }
    demands.tell(notes);
    found
}

impl Found {
    /// What the words demand where neither a heading nor a label does: a time to wait is HIGH whatever opens the list.
    fn demand(&self, spot: &Spot<'_>) -> Option<Severity> {
        let waits = || demand::waits(&words::plain(&self.said.text)).then_some(Severity::High);
        self.demand.or_else(|| spot.demand.map(|demand| waits().unwrap_or(demand)))
    }
}

/// The time that an entry's own words give before the way back is due: of the clause, else of what stands beside it.
fn own_wait_s(entry: &Entry, said: &Said) -> Option<u64> {
    let of = |text: &str| demand::wait_s(&words::plain(text));
    of(&said.text).or_else(|| match &entry.kind {
        EntryKind::Row(row) => row.cells.iter().find_map(|cell| of(cell)),
        EntryKind::Item(_) | EntryKind::Bullet | EntryKind::Paragraph => of(&entry.text),
        EntryKind::Fence { .. } | EntryKind::Script(_) => None,
    })
}

/// A breach that the line's own words name is a decision wherever it stands, but for a gate's condition, which is met or
/// not.
fn place(spot: &Spot<'_>, is_breach: bool) -> Place {
    if is_breach && spot.place != Place::Gate { Place::Decision } else { spot.place }
}

/// What an entry says.
fn said(entry: &Entry, spot: &Spot<'_>) -> Vec<Found> {
    match &entry.kind {
        EntryKind::Fence { first_line } => {
            let lines = code::metric_lines(&entry.text).into_iter().chain(code::conditions(&entry.text));
            let lines = lines.chain(code::questions(&entry.text));
            of_code(lines, *first_line)
        }
        EntryKind::Script(script) => {
            let promises = script.groups.iter().filter_map(|(group, _)| group.expected.as_ref());
            let promises = promises.flat_map(|(row, promise)| {
                let line = entry.line() + 1 + row;
                let first = whole(criterion::sentence(promise), promise);
                let first = first.into_iter().filter(|said| said.threshold.is_some() && !said.is_bare);
                first.map(move |said| Found {
                    line,
                    said,
                    severity: None,
                    demand: None,
                    is_breach: false,
                    is_items: true,
                })
            });
            let lines = code::conditions(&entry.text).into_iter().chain(code::remarks(&entry.text));
            promises.chain(of_code(lines, entry.line() + 1)).collect()
        }
        EntryKind::Row(cells) => {
            let rows = row::read(&cells.head, &cells.cells).into_iter().map(|row| Found {
                line: entry.line(),
                demand: demand::of_sentence(&row.said.text),
                said: row.said,
                severity: row.severity.filter(|_| row.is_breach || spot.place == Place::Decision),
                is_breach: row.is_breach,
                is_items: true,
            });
            rows.collect()
        }
        EntryKind::Paragraph => of_line(entry, spot).into_iter().filter(is_explained).collect(),
        EntryKind::Item(_) | EntryKind::Bullet => of_line(entry, spot),
    }
}

/// Prose names many amounts: one that is no breach has to be of a known metric, or stand behind a short label.
fn is_explained(found: &Found) -> bool {
    let Some(threshold) = &found.said.threshold else { return false };
    let is_known = threshold.metric.as_deref().is_some_and(|metric| criterion::metric(metric).is_some());
    found.is_breach || is_known || found.said.text.split_whitespace().count() <= 12
}

fn of_code(lines: impl Iterator<Item = code::Line>, first: usize) -> Vec<Found> {
    lines
        .flat_map(|line| {
            let row = first + line.row;
            let said = whole(line.said, &line.text);
            said.into_iter().map(move |said| Found {
                line: row,
                said,
                severity: None,
                demand: line.demand,
                is_breach: line.is_breach,
                is_items: false,
            })
        })
        .collect()
}

/// An entry in words: a list entry or a paragraph.
fn of_line(entry: &Entry, spot: &Spot<'_>) -> Vec<Found> {
    let text = entry.text.as_str();
    let may_compare = || entry.hints.has(Hint::Comparison) || criterion::may_have_sign(entry.hints.signs);
    // Most lines compare nothing and order nothing.
    if !spot.is_condition && !entry.hints.has(Hint::Order) && !may_compare() {
        return Vec::new();
    }
    if let Some(found) = halves(entry, spot) {
        return found;
    }
    let all = if spot.is_condition { criterion::condition(text) } else { criterion::sentence(text) };
    if all.is_empty() {
        return Vec::new();
    }
    let breaches = if may_breach(entry) {
        decision::breaches(all.iter().map(|said| said.text.as_str()))
    } else {
        smallvec![false; all.len()]
    };
    if spot.needs_trigger && !is_sentence(text) && !breaches.contains(&true) {
        return Vec::new();
    }
    let has_breach = breaches.contains(&true);
    let is_decision = has_breach || spot.place == Place::Decision;
    let severity = is_decision.then(|| decision::severity_of_line(text)).flatten();
    // "If errors > 5 %, p95 > 2 s, roll back": the order stands behind its conditions.
    let mut last = (has_breach && decision::opens(text)).then(|| demand::of_sentence(text)).flatten();
    whole(all, text)
        .into_iter()
        .zip(breaches)
        .map(|(said, is_breach)| {
            if entry.hints.has(Hint::Act) && decision::is_order(&words::plain(&said.text)) {
                last = demand::of_sentence(&said.text);
            }
            Found { line: entry.line(), said, severity, demand: last.filter(|_| is_breach), is_breach, is_items: true }
        })
        .collect()
}

/// Whether a clause of an entry may name a breach.
fn may_breach(entry: &Entry) -> bool {
    // It counts at the end of a longer word too.
    let ends_so = || entry.text.as_bytes().windows(9).any(|nine| nine.eq_ignore_ascii_case(b"threshold"));
    entry.hints.has(Hint::Act) || ends_so()
}

/// The halves of an order to turn back, or of an entry below one, each a criterion.
fn halves(entry: &Entry, spot: &Spot<'_>) -> Option<Vec<Found>> {
    let has_halves = || entry.hints.has(Hint::Join) || entry.hints.signs.has_any(b"|&");
    let is_entry = spot.place == Place::Decision && spot.is_condition && has_halves();
    let is_order = entry.hints.has(Hint::Order);
    if !is_order && !is_entry {
        return None;
    }
    let severity = decision::severity_of_line(&entry.text);
    let found =
        |said, demand, is_breach| Found { line: entry.line(), said, severity, demand, is_breach, is_items: true };
    // A step says what is done, "roll back if the tests fail" too.
    let words_count = !matches!(entry.kind, EntryKind::Item(_));
    if is_order && let Some(parts) = alternatives::of_orders(&entry.text, words_count) {
        return Some(parts.into_iter().map(|part| found(part.said, part.demand, part.is_breach)).collect());
    }
    let all = is_entry.then(|| alternatives::of_entry(&entry.text)).flatten()?;
    Some(all.into_iter().map(|said| found(said, None, false)).collect())
}

/// Whether a line is an order to turn back on a condition: "Roll back if …".
pub(crate) fn orders_way_back(text: &str) -> bool {
    demand::is_imperative(text) && demand::of_sentence(text).is_some()
}

/// Whether one of a line's clauses says when to turn back.
pub(crate) fn names_breach(said: &[Said]) -> bool {
    decision::breaches(said.iter().map(|said| said.text.as_str())).contains(&true)
}

/// One clause alone has the words of its whole line.
fn whole(mut said: Vec<Said>, text: &str) -> Vec<Said> {
    if let [only] = said.as_mut_slice() {
        text.clone_into(&mut only.text);
    }
    said
}
