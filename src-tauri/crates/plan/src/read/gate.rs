//! Canary gates: an item with a share of traffic, or with a child that says how long to hold.

use std::collections::HashMap;

use super::{when, words};
use crate::model::{Gate, Item, ItemId, ItemKind};

/// Finds the gates and marks their items and holds.
pub(crate) fn read(items: &mut [Item]) -> Vec<Gate> {
    let places: HashMap<ItemId, usize> = items.iter().enumerate().map(|(at, item)| (item.id.clone(), at)).collect();
    let mut gates: Vec<Gate> = Vec::new();
    for item in &*items {
        if item.children.is_empty() {
            continue;
        }
        let text_of = |id: &ItemId| places.get(id).and_then(|at| items.get(*at)).map(|child| child.text.as_str());
        let hold =
            item.children.iter().find_map(|id| text_of(id).and_then(hold_s).map(|seconds| (id.clone(), seconds)));
        let share_percent = share(&item.text);
        if hold.is_none() && share_percent.is_none() {
            continue;
        }
        let (_, remarks) = words::brackets(&words::without_signs(&item.text));
        gates.push(Gate {
            item: item.id.clone(),
            line: item.range.line,
            text: item.text.clone(),
            share_percent,
            remark: remarks.into_iter().next(),
            hold_s: hold.as_ref().map(|(_, seconds)| *seconds),
            conditions: item
                .children
                .iter()
                .filter(|id| hold.as_ref().map(|(hold, _)| hold) != Some(*id))
                .cloned()
                .collect(),
            hold_item: hold.map(|(id, _)| id),
        });
    }
    for gate in &gates {
        let kinds = [(Some(&gate.item), ItemKind::Gate), (gate.hold_item.as_ref(), ItemKind::Hold)];
        for (id, kind) in kinds {
            if let Some(item) = id.and_then(|id| places.get(id)).and_then(|at| items.get_mut(*at)) {
                item.kind = kind;
            }
        }
    }
    gates
}

/// "Hold for 10 minutes", "Monitor for 30 minutes", "Wait 5 min": seconds.
fn hold_s(text: &str) -> Option<u64> {
    let plain = words::plain(text);
    let verb = plain.split_whitespace().next()?;
    let is_hold = matches!(verb, "hold" | "monitor" | "wait" | "watch" | "soak" | "observe" | "bake");
    is_hold.then(|| when::duration_s(&plain)).flatten()
}

/// "10% Traffic (First pod)", "Canary at 5 %": percent.
fn share(text: &str) -> Option<f64> {
    let plain = words::plain(text);
    if !words::has_any(&plain, &["traffic", "canary", "rollout", "of pods", "of users", "of requests"]) {
        return None;
    }
    let end = plain.find('%')?;
    let before = plain.get(..end)?.trim_end();
    let digits = before
        .rfind(|character: char| !(character.is_ascii_digit() || character == '.'))
        .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let is_bound = before.get(..digits)?.trim_end().ends_with(['<', '>', '=', '≤', '≥']);
    (!is_bound).then(|| before.get(digits..)?.parse().ok()).flatten().filter(|share| (0.0..=100.0).contains(share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_holds() {
        assert_eq!(share("10% Traffic (First pod)"), Some(10.0));
        assert_eq!(share("Canary at 12.5 % of users"), Some(12.5));
        assert_eq!(share("Error rate of traffic <1%"), None);
        assert_eq!(share("Coverage 80%"), None);
        assert_eq!(hold_s("Monitor for 30 minutes"), Some(1800));
        assert_eq!(hold_s("Pod healthy (2+ minutes)"), None);
        assert_eq!(hold_s("Monitor events"), None);
    }
}
