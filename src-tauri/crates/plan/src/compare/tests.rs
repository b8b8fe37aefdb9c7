//! Pairs of texts, and laws for any edit.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proptest::prelude::*;

use super::{Difference, Thing, Turn, compare};
use crate::{Plan, config::Config, read};

fn plan(text: &str) -> Plan {
    read(text, &Config::default()).0
}

/// What is told: `reworded check: a -> b`.
fn told(before: &str, after: &str) -> Vec<String> {
    words(&compare(&plan(before), &plan(after)))
}

fn words(difference: &Difference) -> Vec<String> {
    let told = difference.told().map(|entry| {
        let mut line = format!("{:?} {:?}:", entry.turn, entry.thing).to_lowercase();
        for side in [&entry.before, &entry.after].into_iter().flatten() {
            let _ = write!(line, " [{} {}]", side.place, side.text);
        }
        for change in &entry.changes {
            let _ = write!(line, " {:?} {}->{}", change.aspect, change.before, change.after);
        }
        line
    });
    let facts = difference.facts.iter().map(|fact| format!("{:?} {}->{}", fact.aspect, fact.before, fact.after));
    told.chain(facts).collect()
}

const DAY: &str = "# Ship pay (Jan 21, 2026)

## Before (Jan 20)
- [ ] Backups tested
- [ ] Keys rotated by the platform team
- [ ] Runbook printed

## Rollout (6:30 AM)
- [ ] **10% traffic**
  - [ ] Error rate <1%
  - [ ] Hold for 5 minutes
- [ ] **50% traffic**
  - [ ] Error rate <1%
  - [ ] Hold for 5 minutes

## Rollback (within 15 minutes)
### HIGH
- P95 latency >500ms

```bash
# Option 1: Undo
kubectl rollout undo deployment/pay
# Option 2: Switch
kubectl patch service pay
```

## Contacts
```
Manager: Ana - +351 555 0100 - ana@example.org
War Room: #deploy
```
";

fn edited(from: &str, to: &str) -> Vec<String> {
    let after = DAY.replace(from, to);
    assert_ne!(after, DAY, "{from} stands in the text");
    told(DAY, &after)
}

#[test]
fn the_same_text_has_no_difference() {
    assert_eq!(told(DAY, DAY), [] as [&str; 0]);
    assert!(compare(&plan(DAY), &plan(DAY)).carried().is_empty());
}

#[test]
fn words_that_are_alike_in_the_same_section_are_reworded() {
    assert_eq!(
        edited("Keys rotated by the platform team", "Keys rotated by platform"),
        ["reworded check: [Before Keys rotated by the platform team] [Before Keys rotated by platform]"]
    );
    assert_eq!(
        edited("Runbook printed", "Runbook is open"),
        ["reworded check: [Before Runbook printed] [Before Runbook is open]"],
        "half alike, and between the same neighbours"
    );
    assert_eq!(
        edited("Runbook printed", "Cake ordered"),
        ["new check: [Before Cake ordered]", "gone check: [Before Runbook printed]"]
    );
}

#[test]
fn the_same_words_elsewhere_have_moved() {
    assert_eq!(
        edited("- [ ] Runbook printed\n\n## Rollout (6:30 AM)\n", "\n## Rollout (6:30 AM)\n- [ ] Runbook printed\n"),
        ["moved check: [Before Runbook printed] [Rollout Runbook printed]"]
    );
}

#[test]
fn a_heading_that_is_reworded_keeps_all_that_stands_below_it() {
    assert_eq!(
        edited("## Rollout (6:30 AM)", "## Rollout (6:45 AM)"),
        [
            "reworded section: [Ship pay Rollout (6:30 AM)] [Ship pay Rollout (6:45 AM)] \
             Time 06:30->06:45",
            "Start 2026-01-21 06:30->2026-01-21 06:45",
        ]
    );
    let difference = compare(&plan(DAY), &plan(&DAY.replace("## Rollout (6:30 AM)", "## Ship it (6:30 AM)")));
    assert_eq!(difference.told().count(), 1, "{:?}", words(&difference));
    // Six checks, the section, and the criteria of two conditions go on under other ids.
    assert_eq!(difference.carried().len(), 9);
    assert!(difference.carried().iter().all(|carry| carry.to.is_some()));
}

#[test]
fn a_gate_that_is_reworded_keeps_its_conditions_and_one_that_comes_before_takes_none() {
    assert_eq!(
        edited("**50% traffic**", "**60% traffic**"),
        ["reworded gate: [Rollout 50% traffic] [Rollout 60% traffic] Share 50 %->60 %"]
    );
    let gate = "- [ ] **5% traffic**\n  - [ ] Error rate <1%\n  - [ ] Hold for 5 minutes\n- [ ] **10% traffic**";
    let after = DAY.replace("- [ ] **10% traffic**", gate);
    let (before, after) = (plan(DAY), plan(&after));
    let difference = compare(&before, &after);
    assert_eq!(
        words(&difference).iter().filter(|line| !line.contains("criterion")).collect::<Vec<_>>(),
        [
            "new gate: [Rollout 5% traffic]",
            "new check: [Rollout Error rate <1%]",
            "new check: [Rollout Hold for 5 minutes]"
        ]
    );
    // The criterion of each condition stays with it, although its number among equals is another now.
    for entry in difference.entries.iter().filter(|entry| entry.thing == Thing::Criterion) {
        let (Some(was), Some(is)) = (&entry.before, &entry.after) else { continue };
        let item = |plan: &Plan, id: &str| {
            let criterion = plan.criteria.iter().find(|one| one.id.as_str() == id).unwrap();
            criterion.item.as_ref().map(|item| plan.item(item).unwrap().parent.clone())
        };
        assert_eq!(item(&before, &was.id), item(&after, &is.id), "{entry:?}");
    }
}

#[test]
fn what_changed_although_the_words_did_not_is_told() {
    assert_eq!(
        edited("Hold for 5 minutes\n- [ ] **50%", "Hold for 9 minutes\n- [ ] **50%"),
        [
            "changed gate: [Rollout 10% traffic] [Rollout 10% traffic] Hold 5 min->9 min",
            "reworded check: [Rollout Hold for 5 minutes] [Rollout Hold for 9 minutes]"
        ]
    );
    assert_eq!(
        edited("### HIGH", "### CRITICAL").get(1).map(String::as_str),
        Some("changed criterion: [High P95 latency >500ms] [Critical P95 latency >500ms] Severity HIGH->CRITICAL")
    );
    assert_eq!(
        edited("within 15 minutes", "within 20 minutes").last().map(String::as_str),
        Some("Target 15 min->20 min")
    );
    assert_eq!(
        edited("- [ ] Backups", "- [x] Backups"),
        ["changed check: [Before Backups tested] [Before Backups tested] Mark open->ticked in the text"]
    );
    assert_eq!(
        edited("+351 555 0100", "+351 555 0199"),
        ["changed contact: [ Manager] [ Manager] Phone +351 555 0100->+351 555 0199"]
    );
    assert_eq!(edited("#deploy", "#ship"), ["changed channel: [ War Room] [ War Room] Address #deploy->#ship"]);
}

#[test]
fn ways_are_known_by_what_they_are_and_not_by_their_number() {
    let after = DAY.replace(
        "# Option 1: Undo\nkubectl rollout undo deployment/pay\n# Option 2: Switch\nkubectl patch service pay\n",
        "# Option 1: Switch\nkubectl patch service pay\n# Option 2: Undo\nkubectl rollout undo deployment/pay\n",
    );
    assert_eq!(compare(&plan(DAY), &plan(&after)).ways(), [(2, 1), (1, 2)]);
    let after = DAY.replace("# Option 1: Undo\nkubectl rollout undo deployment/pay\n", "");
    assert_eq!(compare(&plan(DAY), &plan(&after)).ways(), [(2, 1)]);
}

#[test]
fn other_words_for_a_command_are_another_command() {
    let after = DAY.replace("undo deployment/pay", "undo deployment/pay-api");
    let difference = compare(&plan(DAY), &plan(&after));
    assert!(words(&difference).iter().any(|line| line.starts_with("reworded command")), "{:?}", words(&difference));
    assert!(difference.carried().is_empty());
}

#[test]
fn ten_thousand_that_went_and_ten_thousand_that_came_are_soon_told() {
    let text = |word: &str| {
        let mut text = "# Day\n\n## Go\n".to_owned();
        for number in 0..10_000 {
            let _ = writeln!(text, "- [ ] {word} {number} of the long list that everybody knows");
        }
        text
    };
    // Two readings are compared here, and nothing else: the reader's time is its own.
    let (before, after) = (plan(&text("alpha")), plan(&text("omega")));
    let difference = compare(&before, &after);
    assert_eq!(difference.told().count(), 10_000, "each is reworded: its number is a rare word");
    let after = plan(&text("omega").replace("of the long list that everybody knows", "x").replace("omega", "y"));
    assert!(compare(&before, &after).told().count() >= 10_000);
}

/// A checklist of a few sections, each with some lines, as an edit finds it.
fn sections() -> impl Strategy<Value = Vec<Vec<(bool, String)>>> {
    let words = prop::sample::select(vec![
        "Backups tested",
        "Keys rotated",
        "Error rate <1%",
        "Team told",
        "Hold for 5 minutes",
        "**10% traffic**",
        "**50% traffic**",
        "Latency normal",
        "Pods look well",
    ]);
    let line = (any::<bool>(), words.prop_map(str::to_owned));
    prop::collection::vec(prop::collection::vec(line, 0..7), 2..5)
}

fn written(sections: &[Vec<(bool, String)>]) -> String {
    let mut text = "# Day (Jan 21, 2026)\n".to_owned();
    for (at, lines) in sections.iter().enumerate() {
        let _ = writeln!(text, "\n## Part {at} ({}:00 AM)\n", at + 6);
        let mut has_parent = false;
        for (is_nested, words) in lines {
            let indent = if *is_nested && has_parent { "  " } else { "" };
            has_parent = true;
            let _ = writeln!(text, "{indent}- [ ] {words}");
        }
    }
    text
}

/// The ids of the checks of each section.
fn ids(plan: &Plan) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for item in &plan.items {
        let title = item.section.as_ref().and_then(|id| plan.section(id)).map_or("", |section| &section.title);
        found.entry(title.to_owned()).or_default().push(item.id.to_string());
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Issue 7: an edit in one section changes no id in another, and what is carried names nothing of another.
    #[test]
    fn an_edit_in_one_section_changes_no_id_in_another(
        sections in sections(), which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(),
        kind in 0_u8..4, words in "[a-zA-Z<% ]{1,20}",
    ) {
        let before = plan(&written(&sections));
        let mut edited = sections.clone();
        let which = which.index(edited.len());
        let lines = &mut edited[which];
        let place = at.index(lines.len() + 1);
        match kind {
            0 => lines.insert(place, (false, words)),
            1 => lines.insert(place, (true, "Team told".to_owned())),
            2 if place < lines.len() => { lines.remove(place); }
            _ if place < lines.len() => lines[place].1 = words,
            _ => {}
        }
        let after = plan(&written(&edited));
        let (mut one, mut other) = (ids(&before), ids(&after));
        let title = format!("Part {which}");
        let here: BTreeSet<String> =
            one.remove(&title).into_iter().chain(other.remove(&title)).flatten().collect();
        prop_assert_eq!(one, other);
        for carry in compare(&before, &after).carried().iter().filter(|carry| carry.from.starts_with("i-")) {
            prop_assert!(here.contains(&carry.from), "{:?}", carry);
        }
    }

    /// Every thing of either reading is told once, and nothing is two things.
    #[test]
    fn each_is_matched_once_or_new_or_gone(one in sections(), other in sections()) {
        let (before, after) = (plan(&written(&one)), plan(&written(&other)));
        let difference = compare(&before, &after);
        prop_assert_eq!(&difference, &compare(&before, &after));
        let of_items = || difference.entries.iter().filter(|entry| matches!(entry.thing, Thing::Check | Thing::Gate));
        let mut was: Vec<_> = of_items().filter_map(|entry| entry.before.clone()).map(|side| side.id).collect();
        let mut is: Vec<_> = of_items().filter_map(|entry| entry.after.clone()).map(|side| side.id).collect();
        for entry in of_items() {
            prop_assert_eq!(entry.before.is_none(), entry.turn == Turn::New);
            prop_assert_eq!(entry.after.is_none(), entry.turn == Turn::Gone);
        }
        let all = |ids: &mut Vec<String>, plan: &Plan| {
            let mut known: Vec<_> = plan.items.iter().map(|item| item.id.to_string()).collect();
            ids.sort();
            known.sort();
            *ids == known
        };
        prop_assert!(all(&mut was, &before));
        prop_assert!(all(&mut is, &after));
    }

    #[test]
    fn a_plan_does_not_differ_from_itself(sections in sections()) {
        let plan = plan(&written(&sections));
        let difference = compare(&plan, &plan);
        prop_assert!(difference.is_empty(), "{:?}", words(&difference));
        prop_assert!(difference.carried().is_empty());
    }
}
