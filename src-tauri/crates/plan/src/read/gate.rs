//! Canary gates: an item with a share of traffic, or with a child that says how long to hold.

use std::collections::HashSet;

use super::body::{Bodies, Entry, EntryKind};
use super::held::Heads;
use super::hints::{Hint, Hints};
use super::notes::{Note, Notes};
use super::outline::{Outline, is_phase_word};
use super::quick::{ByNumber, QuickMap, QuickSet};
use super::{criterion, held, kind, when, words};
use crate::model::{Gate, Item, ItemId, ItemKind, Level, SectionId, SectionKind};

/// Finds the gates and marks their items and holds. A share of a canary that no item carries is told.
pub(crate) fn read(bodies: &mut Bodies, outline: &Outline, notes: &mut Notes<'_>) -> Vec<Gate> {
    let rows = rows(bodies);
    let items = &bodies.items;
    let holds = holds(bodies);
    let mut gates: Vec<Gate> = Vec::new();
    let heads = bodies.heads.clone();
    // The gate without children that the next entries of the same list may belong to.
    let mut open: QuickMap<(Option<&SectionId>, Option<&ItemId>), usize> = QuickMap::default();
    for (at, item) in items.iter().enumerate() {
        // Most are no gate, and stand behind none that they may belong to: they are not looked at.
        let hints = hints_of(bodies, at);
        let may_be = hints.signs.has(b'%') || hints.has(Hint::Stopping) || holds.knows(at) || rows.knows(at);
        if !may_be && heads.is_empty() && open.is_empty() {
            continue;
        }
        let siblings = (item.section.as_ref(), item.parent.as_ref());
        let hold = holds.get(at).and_then(|(child, seconds)| Some((*child, &items.get(*child)?.id, *seconds)));
        let row = rows.get(at);
        let own_share = || hints.signs.has(b'%').then(|| share(&item.text)).flatten();
        let share_percent = row.and_then(|row| row.share).or_else(own_share);
        let section = bodies.item_sections.get(at).copied().flatten();
        let kind = outline.section(section).map(|section| section.kind);
        let is_gate = if item.children.is_empty() {
            share_percent.is_some() && is_of_the_day(kind) && (row.is_some() || moves(&item.text))
        } else {
            hold.is_some() || share_percent.is_some()
        };
        // What asks GO or NO-GO is answered, and its NO-GO holds: it is passed by no other key besides.
        let waits = item.choices.is_empty() && hints.has(Hint::Stopping) && held::stops(&item.text);
        let head = section.and_then(|section| bodies.heads.get(&section)).filter(|head| head.item == at);
        if !is_gate && !waits && head.is_none() {
            if open.is_empty() {
                continue;
            }
            let belongs =
                open.get(&siblings).and_then(|gate| gates.get_mut(*gate)).is_some_and(|gate| join(gate, item, hints));
            if !belongs {
                open.remove(&siblings);
            }
            continue;
        }
        if item.children.is_empty() && head.is_none() {
            open.insert(siblings, gates.len());
        } else {
            open.remove(&siblings);
        }
        let (_, remarks) = words::brackets(&words::without_signs(&item.text));
        let own = || row.and_then(|row| row.hold_s).or_else(|| own_hold(&item.text));
        let share_percent = head.map_or(share_percent, |head| head.share_percent);
        gates.push(Gate {
            item: item.id.clone(),
            line: item.range.line,
            text: item.text.to_string(),
            share_percent,
            remark: remarks.into_iter().next(),
            hold_s: hold.map(|(.., seconds)| seconds).or_else(own),
            conditions: item.children.iter().filter(|id| hold.map(|(_, hold, _)| hold) != Some(*id)).cloned().collect(),
            hold_item: hold.map(|(_, id, _)| id.clone()),
        });
    }
    below_headings(bodies, &heads, outline, &mut gates);
    let kinds = gates
        .iter()
        .flat_map(|gate| [(Some(&gate.item), ItemKind::Gate), (gate.hold_item.as_ref(), ItemKind::Hold)])
        .filter_map(|(id, kind)| Some((id?, kind)));
    let kinds: QuickMap<&ItemId, ItemKind> = kinds.collect();
    for item in &mut bodies.items {
        if let Some(kind) = kinds.get(&item.id) {
            item.kind = *kind;
        }
    }
    tell_unheld(bodies, outline, &gates, notes);
    gates
}

/// The first child of each item that says how long to hold, and the seconds.
fn holds(bodies: &Bodies) -> ByNumber<(usize, u64)> {
    let mut holds = ByNumber::up_to(bodies.items.len());
    for (at, (item, parent)) in bodies.items.iter().zip(bodies.parents()).enumerate() {
        if let Some(parent) = parent.filter(|parent| !holds.knows(*parent))
            && let Some(seconds) = hold_s(&item.text, hints_of(bodies, at))
        {
            holds.set(parent, (at, seconds));
        }
    }
    holds
}

fn hints_of(bodies: &Bodies, item: usize) -> Hints {
    bodies.item_hints.get(item).copied().unwrap_or_default()
}

/// Whether the next entry of a list belongs to a gate that has no children: how long to hold, or what must hold.
fn join(gate: &mut Gate, item: &Item, hints: Hints) -> bool {
    if let Some(seconds) = hold_s(&item.text, hints).filter(|_| gate.hold_s.is_none()) {
        gate.hold_s = Some(seconds);
        gate.hold_item = Some(item.id.clone());
        return true;
    }
    let is_condition = criterion::sentence(&item.text).iter().any(|said| said.threshold.is_some());
    if is_condition {
        gate.conditions.push(item.id.clone());
    }
    is_condition
}

/// Gives the gates of headings what stands below them: how long to hold, and what must hold.
fn below_headings(bodies: &Bodies, heads: &Heads, outline: &Outline, gates: &mut [Gate]) {
    if heads.is_empty() {
        return;
    }
    let places: QuickMap<ItemId, usize> = gates.iter().enumerate().map(|(at, gate)| (gate.item.clone(), at)).collect();
    let holds: QuickSet<ItemId> = gates.iter().filter_map(|gate| gate.hold_item.clone()).collect();
    let of_gates: QuickSet<ItemId> = gates.iter().flat_map(|gate| gate.conditions.iter().cloned()).collect();
    for (at, item) in bodies.items.iter().enumerate() {
        let section = bodies.item_sections.get(at).copied().flatten();
        let Some(head) = held::over(heads, outline, section).filter(|head| head.item != at) else { continue };
        let gate = bodies.items.get(head.item).and_then(|head| places.get(&head.id));
        let Some(gate) = gate.and_then(|gate| gates.get_mut(*gate)) else { continue };
        if places.contains_key(&item.id) || holds.contains(&item.id) || of_gates.contains(&item.id) {
            continue;
        }
        let is_own = section.and_then(|section| heads.get(&section)).is_some_and(|own| own.item == head.item);
        if let Some(seconds) = hold_s(&item.text, hints_of(bodies, at)).filter(|_| is_own && gate.hold_item.is_none()) {
            gate.hold_s = Some(seconds);
            gate.hold_item = Some(item.id.clone());
            continue;
        }
        let is_success = outline.section(section).is_some_and(|section| kind::is_success(&section.text));
        if head.share_percent.is_none() && item.parent.is_none() || is_success || held::is_bound(&item.text) {
            gate.conditions.push(item.id.clone());
        }
    }
    for entry in &bodies.entries {
        let Some(head) = entry.section().and_then(|section| heads.get(&section)) else { continue };
        let gate = bodies.items.get(head.item).and_then(|head| places.get(&head.id));
        if let Some(gate) = gate.and_then(|gate| gates.get_mut(*gate)).filter(|gate| gate.hold_s.is_none())
            && matches!(entry.kind, EntryKind::Bullet | EntryKind::Paragraph)
        {
            gate.hold_s = hold_s(&entry.text, entry.hints);
        }
    }
}

/// Shares of traffic are held on the day, not in what is told about it, and not on the way back.
fn is_of_the_day(kind: Option<SectionKind>) -> bool {
    matches!(kind, Some(SectionKind::Phase | SectionKind::Watch))
}

/// What a table's row says about a phase of a canary.
struct Row {
    share: Option<f64>,
    hold_s: Option<u64>,
}

/// The rows with a share of traffic, by their items.
fn rows(bodies: &Bodies) -> ByNumber<Row> {
    let of_entry = |entry: &Entry| match &entry.kind {
        EntryKind::Row(entry) => Some((entry.item?, row(&entry.head, &entry.cells)?)),
        _ => None,
    };
    let mut rows = ByNumber::default();
    for (at, row) in bodies.entries.iter().filter_map(of_entry) {
        rows.set(at, row);
    }
    rows
}

/// A row of a table with a column of traffic.
fn row(head: &[String], cells: &[String]) -> Option<Row> {
    let at = |names: &[&str]| head.iter().position(|head| words::has_any(&words::plain(head), names));
    let cell = |at: usize| cells.get(at).map(String::as_str);
    let share = at(&["traffic", "share", "percentage", "percent", "rollout", "canary", "weight"])
        .and_then(cell)
        .and_then(percent)?;
    let hold_s =
        at(&["duration", "hold", "soak", "bake", "wait", "time", "window"]).and_then(cell).and_then(when::duration_s);
    Some(Row { share: Some(share), hold_s })
}

/// Tells about the shares of a canary that stand in headings and rows, where no item carries them.
fn tell_unheld(bodies: &Bodies, outline: &Outline, gates: &[Gate], notes: &mut Notes<'_>) {
    let key = |share: f64| (share * 100.0).round().to_string();
    let mut told: HashSet<String> = gates.iter().filter_map(|gate| gate.share_percent).map(key).collect();
    let mut found: Vec<(usize, f64, String)> = Vec::new();
    for (at, section) in outline.sections.iter().enumerate() {
        let is_title = section.level == 1 && section.parent.is_none();
        if is_title
            || !section.text.contains('%')
            || !is_of_the_day(Some(section.kind)) && section.kind != SectionKind::Prose
        {
            continue;
        }
        let is_canary = outline.lineage(Some(at)).any(|section| is_canary(&words::plain(&section.text)));
        if let Some(share) = percent(&section.text).filter(|_| is_canary) {
            found.push((section.line, share, section.text.to_string()));
        }
    }
    for entry in &bodies.entries {
        if let EntryKind::Row(cells) = &entry.kind
            && cells.item.is_none()
            && let Some(share) = row(&cells.head, &cells.cells).and_then(|row| row.share)
        {
            found.push((entry.line(), share, entry.text.to_string()));
        }
    }
    let scripts = bodies.entries.iter().filter(|entry| matches!(entry.kind, EntryKind::Script(_)));
    for entry in scripts.filter(|entry| entry.text.contains('%')) {
        // "# Shift 25% of the traffic": only a comment of the script names the share.
        for (row, line) in entry.text.lines().enumerate() {
            let remark = line.trim_start().strip_prefix('#').filter(|remark| remark.contains('%'));
            if let Some(remark) = remark.filter(|remark| is_canary(&words::plain(remark)))
                && let Some(share) = percent(remark).filter(|share| *share > 0.0)
                && outline.section(entry.section()).is_some_and(|section| is_of_the_day(Some(section.kind)))
            {
                found.push((entry.line() + 1 + row, share, remark.trim_start_matches(['#', ' ']).to_owned()));
            }
        }
    }
    found.sort_by_key(|(line, ..)| *line);
    for (line, share, text) in found {
        if told.insert(key(share)) {
            let message = format!(
                "“{text}” names {share} % of the traffic, but no check carries that share, so the room holds no gate for it."
            );
            let mend = "Write it as a check such as \"- [ ] 5% traffic\", with \"- [ ] Hold for 30 minutes\" and its conditions below.";
            notes.on_line(line, Note { code: "GAT-11", level: Level::Warning, message, mend });
        }
    }
}

pub(crate) fn is_canary(plain: &str) -> bool {
    words::has_any(
        plain,
        &[
            "canary",
            "rollout",
            "roll-out",
            "traffic",
            "staged",
            "gradual",
            "progressive",
            "kanarya",
            "trafik",
            "tráfico",
            "trafic",
            "канарейка",
            "трафик",
            "трафика",
        ],
    )
}

/// Whether an entry without a box is the step of a canary: it names its share and how long it is held.
pub(crate) fn is_step(text: &str) -> bool {
    text.contains('%') && own_hold(text).is_some() && share(text).is_some() && moves(text)
}

/// Whether a check sends traffic somewhere, or names nothing but the share: "Increase traffic to 25 %", "10 % for 15 min".
fn moves(text: &str) -> bool {
    let plain = words::plain(text);
    let first = plain.split_whitespace().next().unwrap_or("");
    let is_verb = is_phase_word(&plain)
        || matches!(
            first.trim_end_matches(':'),
            "increase"
                | "shift"
                | "route"
                | "ramp"
                | "send"
                | "scale"
                | "move"
                | "set"
                | "roll"
                | "rollout"
                | "deploy"
                | "promote"
                | "expand"
                | "release"
                | "raise"
                | "switch"
                | "direct"
                | "canary"
                | "open"
                | "start"
                | "go"
                | "erhöhen"
                | "aumentar"
                | "augmenter"
                | "увеличить"
                | "step"
        );
    is_verb || first.ends_with('%') || first.starts_with('%')
}

/// "10 % for 15 minutes", "Canary (5 % of traffic, 12 hours)": how long, in a gate's own words.
pub(crate) fn own_hold(text: &str) -> Option<u64> {
    let plain = words::plain(text);
    let after = plain.find('%').and_then(|at| plain.get(at + 1..))?;
    when::duration_s(after)
}

/// What an entry begins with that says how long to hold.
const HOLD: [&str; 16] = [
    "hold",
    "monitor",
    "wait",
    "watch",
    "soak",
    "observe",
    "bake",
    "halten",
    "warten",
    "beobachten",
    "esperar",
    "attendre",
    "aguardar",
    "bekle",
    "подождать",
    "ждать",
];
/// The same as labels.
const HOLD_TIME: [&str; 5] = ["duration", "hold time", "soak time", "bake time", "wait time"];

/// One of these has an entry that says how long to hold.
pub(crate) fn words_that_hold() -> impl Iterator<Item = &'static str> {
    HOLD.into_iter().chain(HOLD_TIME)
}

/// "Hold for 10 minutes", "Monitor for 30 minutes", "Wait 5 min", "Soak: 1h": seconds.
fn hold_s(text: &str, hints: Hints) -> Option<u64> {
    if !hints.has(Hint::Holding) {
        return None;
    }
    let plain = words::plain(text);
    let verb = plain.split_whitespace().next()?;
    let is_label = words::labelled(&plain).is_some_and(|(name, _)| HOLD_TIME.contains(&name));
    let is_hold = is_label || HOLD.contains(&verb.trim_end_matches(':'));
    is_hold.then(|| when::duration_s(&plain)).flatten()
}

/// "10% Traffic (First pod)", "Canary at 5 %": percent.
fn share(text: &str) -> Option<f64> {
    if !text.contains('%') {
        return None;
    }
    let plain = words::plain(text);
    let names = is_canary(&plain) || words::has_any(&plain, &["of pods", "of users", "of requests", "of instances"]);
    // "10 % for 15 minutes" names a share by the time that it is held.
    let leads = plain.starts_with(|first: char| first.is_ascii_digit()) || is_phase_word(&plain);
    let is_short = leads && plain.len() < 40 && own_hold(&plain).is_some();
    (names || is_short).then(|| percent(&plain)).flatten()
}

/// The first percentage of a text that is no bound: a share of traffic.
pub(crate) fn percent(text: &str) -> Option<f64> {
    let end = text.find('%')?;
    // "%10" is how Turkish writes it.
    let behind = text.get(end + 1..)?;
    let digits = behind.find(|character: char| !character.is_ascii_digit()).unwrap_or(behind.len());
    let before = text.get(..end)?.trim_end();
    if digits > 0 && !before.ends_with(|character: char| character.is_ascii_digit()) {
        let is_bound = before.ends_with(['<', '>', '=', '≤', '≥']);
        return behind.get(..digits)?.parse().ok().filter(|share| !is_bound && (0.0..=100.0).contains(share));
    }
    let digits = before
        .rfind(|character: char| !(character.is_ascii_digit() || character == '.'))
        .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let head = before.get(..digits)?.trim_end();
    // "50-60 %" is a range, "error rate < 1 %" a bound, "99.9 %" under "uptime" neither.
    let is_bound = head.ends_with(['<', '>', '=', '≤', '≥', '-', '–']);
    (!is_bound).then(|| before.get(digits..)?.parse().ok()).flatten().filter(|share| (0.0..=100.0).contains(share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn read(text: &str) -> (crate::Plan, Vec<&'static str>) {
        let (plan, findings) = crate::read(text, &Config::default());
        let codes = findings.iter().map(|finding| finding.code).filter(|code| code.starts_with("GAT")).collect();
        (plan, codes)
    }

    #[test]
    fn a_step_with_a_share_takes_the_hold_and_the_conditions_after_it() {
        let (plan, codes) = read(
            "# Ship\n\n## Rollout\n\n- [ ] Increase traffic to 10%\n- [ ] Wait 15 min\n- [ ] Error rate < 1%\n- [ ] Tell the team\n- [ ] Error rate < 2%\n- [ ] Shift traffic to 50% for 20 minutes\n- [ ] 100% of traffic\n",
        );
        let found: Vec<_> =
            plan.gates.iter().map(|gate| (gate.share_percent, gate.hold_s, gate.conditions.len())).collect();
        assert_eq!(found, [(Some(10.0), Some(900), 1), (Some(50.0), Some(1200), 0), (Some(100.0), None, 0)]);
        assert_eq!(codes, ["GAT-13", "GAT-13"], "each that lets traffic on without a condition");
        assert_eq!(plan.items.iter().filter(|item| item.kind == ItemKind::Hold).count(), 1);
    }

    #[test]
    fn a_share_that_no_check_carries_is_told_once() {
        let (plan, codes) = read(
            "# Canary plan\n\n## Phase 1: Canary (5% traffic, 12 hours)\n- [ ] Deploy it\n\n## Phase 2: More (25% traffic)\n- [ ] Look\n\n| Phase | Traffic | Duration |\n|---|---|---|\n| 1 | 5% | 12h |\n| 3 | 50% | 6h |\n",
        );
        let held: Vec<_> = plan.gates.iter().map(|gate| (gate.share_percent, gate.hold_s)).collect();
        assert_eq!(
            held,
            [(Some(5.0), Some(43_200)), (Some(25.0), None)],
            "headings hold, a row of an outline does not"
        );
        assert_eq!(codes, ["GAT-13", "GAT-12", "GAT-13", "GAT-11"]);
    }

    #[test]
    fn a_share_that_only_a_script_names_is_told() {
        let (plan, codes) =
            read("# Ship\n\n## Deploy\n```sh\n# Shift 25% of the traffic\n./shift 25\n# Disk 80% full\ndf\n```\n");
        assert_eq!((plan.gates.len(), codes), (0, vec!["GAT-11"]));
    }

    #[test]
    fn what_is_told_or_taken_back_is_no_gate() {
        let (plan, codes) = read(
            "# Ship\n\n## Communication\n- [ ] Say: \"10% rollout complete\"\n\n## Rollback\n- [ ] Set traffic to 0%\n\n## Deploy\n- [ ] Check that 5% of users saw it\n",
        );
        assert_eq!((plan.gates.len(), codes.len()), (0, 0));
    }

    #[test]
    fn shares_and_holds() {
        assert_eq!(share("10% Traffic (First pod)"), Some(10.0));
        assert_eq!(share("Canary at 12.5 % of users"), Some(12.5));
        assert_eq!(share("Canary (%10, 30dk)"), Some(10.0));
        assert_eq!(share("10% for 15 minutes"), Some(10.0));
        assert_eq!(share("Error rate of traffic <1%"), None);
        assert_eq!(share("Coverage 80%"), None);
        let hold_s = |text: &str| hold_s(text, Hints::of(text));
        assert_eq!(hold_s("Monitor for 30 minutes"), Some(1800));
        assert_eq!(hold_s("Soak: 1h"), Some(3600));
        assert_eq!(hold_s("Duration: 48 hours"), Some(172_800));
        assert_eq!(hold_s("Pod healthy (2+ minutes)"), None);
        assert_eq!(hold_s("Monitor events"), None);
    }
}
