//! Headings that are gates themselves: the phase of a canary that a heading names by its share, the point at which
//! somebody decides to go or not. No entry below them carries the gate, so the heading does.

use super::choice;
use super::document::{Document, NodeId, NodeKind};
use super::gate::{is_canary, own_hold, percent};
use super::hints::{Hint, Hints};
use super::outline::{Outline, Part, is_phase_word};
use super::quick::QuickMap;
use super::{criteria, criterion, words};
use crate::model::{Inline, Section, SectionKind};

/// A heading that is a gate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Head {
    /// Index of its item.
    pub(crate) item: usize,
    pub(crate) share_percent: Option<f64>,
}

/// The gates among the headings, by the index of their section.
pub(crate) type Heads = QuickMap<usize, Head>;

/// The heading that holds back what stands in a section: its own, or the nearest above it that does.
pub(crate) fn over(heads: &Heads, outline: &Outline, at: Option<usize>) -> Option<Head> {
    if heads.is_empty() {
        return None;
    }
    for above in outline.above(at) {
        let section = outline.section(Some(above))?;
        if let Some(head) = heads.get(&above) {
            return Some(*head);
        }
        // What is done before, told or taken back there is no condition.
        if !may_hold(section.kind) || is_branch(&section.text) {
            return None;
        }
    }
    None
}

fn may_hold(kind: SectionKind) -> bool {
    matches!(kind, SectionKind::Phase | SectionKind::Watch | SectionKind::Success | SectionKind::Prose)
}

/// "If go:", "On no-go": what follows the decision.
fn is_branch(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("");
    ["if", "on", "after", "when"].iter().any(|word| first.eq_ignore_ascii_case(word))
}

/// What a section's heading holds back, if it is a gate that nothing below it carries. `heads` tells
/// which headings are gates already.
pub(crate) fn of(document: &Document, outline: &Outline, at: usize, heads: &Heads) -> Option<Head> {
    let section = outline.section(Some(at))?;
    if section.level <= 1 && section.parent.is_none() {
        return None;
    }
    let is_below = |share: Option<f64>| {
        outline.above(Some(at)).skip(1).any(|above| heads.get(&above).is_some_and(|head| head.share_percent == share))
    };
    if section.text.contains('%') {
        let share = share(outline, at, section)?;
        // "Rollout: 1 % of users" without a box describes the phase; a step or a box is the gate itself.
        let carries = |text: &str, has_box: bool| {
            text.contains('%') && percent(text) == Some(share) && (has_box || words::labelled(text).is_none())
        };
        let is_held = is_below(Some(share)) || any_line(document, outline, at, true, &carries);
        return (!is_held).then_some(Head { item: 0, share_percent: Some(share) });
    }
    let decides = |text: &str, _| choice::of(text).is_some_and(|offer| choice::is_go(&offer.choices));
    let is_gate =
        is_decision(section, outline.hints(at)) && !is_below(None) && !any_line(document, outline, at, false, &decides);
    is_gate.then_some(Head { item: 0, share_percent: None })
}

/// The one share of traffic that a heading of the day names as its own: "Phase 2: 25 % for 30 minutes", "Canary (5 %)".
fn share(outline: &Outline, at: usize, section: &Section) -> Option<f64> {
    let is_of_the_day = matches!(section.kind, SectionKind::Phase | SectionKind::Watch);
    // Several shares in one heading are an outlook or a range.
    if !is_of_the_day || section.text.matches('%').count() != 1 {
        return None;
    }
    let share = percent(&section.text).filter(|share| *share > 0.0)?;
    let plain = words::plain(&section.text);
    let behind = words::labelled(&plain).map_or(plain.as_str(), |(_, rest)| rest);
    let behind = behind.trim_start_matches(['*', '(', '%', ' ']);
    let leads = behind.starts_with(|first: char| first.is_ascii_digit());
    let is_held = own_hold(&section.text).is_some();
    let is_canary_above = || outline.lineage(Some(at)).skip(1).any(|above| is_canary(&words::plain(&above.text)));
    let is_phase = is_phase_word(&section.text) || leads;
    (is_canary(&plain) || is_phase && is_held || (leads || is_held) && is_canary_above()).then_some(share)
}

/// What a heading over a decision is called.
pub(crate) const DECISIONS: [&str; 11] = [
    "go/no-go",
    "go / no-go",
    "go/no go",
    "go / no go",
    "go/nogo",
    "go or no-go",
    "hard gate",
    "launch decision",
    "release decision",
    "go-live decision",
    "decision gate",
];

/// "Go/No-Go decision", "Day 3: hard gate".
pub(crate) fn is_decision(section: &Section, hints: Hints) -> bool {
    if !hints.has(Hint::Decision)
        || section.kind != SectionKind::Preparation && !may_hold(section.kind)
        || is_branch(&section.text)
    {
        return false;
    }
    let plain = words::plain(&section.text);
    words::has_any(&plain, &DECISIONS)
}

/// One of these has a line that stops everybody.
pub(crate) const STOP: [&str; 3] = ["stop", "do", "don"];

/// "Do not go on until …", "STOP: wait for the build": nobody passes before it is so.
pub(crate) fn stops(text: &str) -> bool {
    // Most lines say nothing of the kind, and need not be looked at word by word.
    let may_stop = |three: &[u8]| matches!(three, b"ot " | b"OT " | b"STO" | b"'t ");
    let holds = |word: &str| text.contains(word);
    if !text.as_bytes().windows(3).any(may_stop) || !(holds("ot ") || holds("OT ") || holds("STOP") || holds("n't ")) {
        return false;
    }
    let shown = words::without_signs(text);
    if let Some((name, rest)) = words::labelled(&shown)
        && name == "STOP"
    {
        return words::has_any(&rest.to_lowercase(), &["wait", "until", "before"]);
    }
    let plain = shown.to_lowercase();
    let first = ["do not ", "don't "].iter().find_map(|word| plain.strip_prefix(word));
    first.is_some_and(|rest| {
        let goes = ["proceed", "continue", "move forward", "move on", "go on", "go further", "advance"];
        goes.iter().any(|word| rest.starts_with(word)) && words::has_any(rest, &["until", "before", "unless"])
    })
}

/// Whether a line below such a heading names a bound that must hold, and not one at which to turn back.
pub(crate) fn is_bound(text: &str) -> bool {
    let said = criterion::sentence(text);
    said.iter().any(|said| said.threshold.is_some()) && !criteria::names_breach(&said)
}

/// Whether a paragraph below such a heading says what must hold: "Accept: p95 < 500 ms, errors < 1 %".
pub(crate) fn accepts(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) && criteria::is_sentence(text) && is_bound(text)
}

/// Whether a line below a section, in its own blocks or in those of the sections below, is so. `entries` asks for the
/// entries of lists only.
fn any_line(document: &Document, outline: &Outline, at: usize, entries: bool, is: &dyn Fn(&str, bool) -> bool) -> bool {
    let mut sections = vec![at];
    let mut nodes: Vec<NodeId> = Vec::new();
    while let Some(section) = sections.pop() {
        for part in outline.blocks.get(section).into_iter().flatten() {
            match part {
                Part::Section(below) => sections.push(*below),
                Part::Block(node) => nodes.push(*node),
            }
        }
    }
    while let Some(id) = nodes.pop() {
        let node = document.node(id);
        match &node.kind {
            NodeKind::ListItem { ticked, .. } => {
                let first = node.first().map(|first| document.words(first));
                if first.is_some_and(|first| is(&Inline::plain(first), ticked.is_some())) {
                    return true;
                }
            }
            NodeKind::Paragraph if !entries && is(&Inline::plain(document.words_of(node)), false) => return true,
            _ => {}
        }
        nodes.extend(node.children());
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Hint, Hints, stops};
    use crate::{Plan, config::Config, read};

    fn plan(text: &str) -> (Plan, Vec<&'static str>) {
        let (plan, findings) = read(text, &Config::default());
        let codes = findings.iter().map(|finding| finding.code).filter(|code| code.starts_with("GAT")).collect();
        (plan, codes)
    }

    fn gates(text: &str) -> Vec<(usize, Option<f64>, Option<u64>, usize)> {
        let gates = plan(text).0.gates.into_iter();
        gates.map(|gate| (gate.line, gate.share_percent, gate.hold_s, gate.conditions.len())).collect()
    }

    #[test]
    fn a_heading_with_a_share_and_a_time_is_a_gate_with_the_bounds_below_it() {
        let text = "# Canary plan\n\n## Phase 1: Canary (5% traffic, 12 hours)\n\n### Before it\n- [ ] Latency of the old one < 1 s\n\n### Signals\n- ✅ Error rate: < 1%\n- ✅ p99 < 500 ms\n\n### Success criteria\n- [ ] Nobody complains\n\n## 25 % → hold 10 min\n- Rollout: 25% of pods\n- Error rate < 2%\n- Roll back if the error rate > 4 %\n\n## Stage 3: 100%\n";
        assert_eq!(
            gates(text),
            [(3, Some(5.0), Some(43_200), 3), (15, Some(25.0), Some(600), 1), (20, Some(100.0), None, 0)]
        );
        assert_eq!(plan(text).1, ["GAT-13"], "only the last lets traffic on without a condition");
    }

    #[test]
    fn a_line_with_a_share_and_a_time_is_a_gate_too() {
        let text = "# Ship\n\n## Rollout\n- Phase 1: 5% for 10 minutes\n- 25% for 30 minutes\n- Rollout: 1% of users\n- Errors of 2% for 5 minutes are usual\n";
        assert_eq!(gates(text), [(4, Some(5.0), Some(600), 0), (5, Some(25.0), Some(1800), 0)]);
    }

    #[test]
    fn what_an_entry_carries_its_heading_does_not() {
        let text = "# Ship\n\n## Canary at 10% for 5 minutes\n- [ ] Increase traffic to 10%\n- [ ] Error rate < 1 %\n";
        assert_eq!(gates(text), [(4, Some(10.0), None, 1)]);
    }

    #[test]
    fn several_shares_or_none_of_the_traffic_are_no_gate() {
        let (read, codes) = plan("# Ship\n\n## Traffic shift 10% → 50%\n- [ ] a\n\n## Coverage 80%\n- [ ] b\n");
        assert_eq!((read.gates.len(), codes), (0, vec!["GAT-11"]));
        assert_eq!(gates("# Canary\n\n## Rollback: traffic to 5%\n- [ ] a\n"), []);
    }

    #[test]
    fn a_point_of_go_or_no_go_holds_what_stands_below_it() {
        let text = "# Ship\n\n## Go/No-Go decision\n- All tests are green\n- Nothing blocks it\n\n### On no-go\n- [ ] Tell them\n";
        assert_eq!(gates(text), [(3, None, None, 2)]);
        assert_eq!(plan(text).1, Vec::<&str>::new());
        let asked = "# Ship\n\n## Go/No-Go\n- [ ] Ada agrees\n\n**Decision:** [ ] GO [ ] NO-GO\n";
        assert_eq!(gates(asked), [], "its answer decides, and is asked for by itself");
    }

    #[test]
    fn stop_signs_hold() {
        let stops = |text: &str| {
            assert!(!stops(text) || Hints::of(text).has(Hint::Stopping), "{text}");
            stops(text)
        };
        assert!(stops("🛑 Do not move on until it is merged"));
        assert!(stops("STOP: Wait for the image"));
        assert!(!stops("Do not use --force before asking"));
        assert!(!stops("Stop the workers"));
        assert_eq!(
            gates("# Ship\n\n## Release\n1. Merge it\n   - Do not proceed until it is merged.\n"),
            [(5, None, None, 0)]
        );
    }
}
