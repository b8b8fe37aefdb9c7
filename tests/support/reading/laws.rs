//! The laws: nothing is lost, nothing counts twice, every name is one thing's.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use plan::config::Config;
use plan::{Finding, Origin, Plan, ReadAs};
use serde_json::Value;

/// Reads a text and says which laws its plan breaks.
#[must_use]
pub fn broken(text: &str) -> Vec<String> {
    let read = || plan::read(text, &Config::default());
    let Ok((plan, findings)) = catch_unwind(AssertUnwindSafe(read)) else { return vec!["reading panics".to_owned()] };
    let mut found = Vec::new();
    // Markdown ends a line at a lone carriage return too, and no byte changes its place by it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", " \n").replace('\r', "\n");
    let text = text.as_str();
    found.extend(uncovered(text, &plan));
    found.extend(miscounted(&plan));
    found.extend(misnamed(&plan));
    found.extend(misplaced(text, &plan, &findings));
    found
}

/// Every byte that is not blank stands in one stretch, and the stretches follow each other.
fn uncovered(text: &str, plan: &Plan) -> Vec<String> {
    let mut found = Vec::new();
    let mut reached = 0;
    let mut gaps = Vec::new();
    for one in &plan.reading {
        if one.start < reached || one.end <= one.start || one.end > text.len() {
            found.push(format!("the stretch of lines {}-{} lies over another or outside", one.line, one.end_line));
            return found;
        }
        gaps.push((reached, one.start));
        reached = one.end;
    }
    gaps.push((reached, text.len()));
    for (start, end) in gaps {
        let gap = text.get(start..end).unwrap_or("?");
        if !gap.trim().is_empty() {
            let line = text.get(..start).unwrap_or("").matches('\n').count() + 1;
            found.push(format!("nothing says what became of {gap:?}, near line {line}"));
        }
    }
    found
}

fn miscounted(plan: &Plan) -> Vec<String> {
    let mut found = Vec::new();
    let counts = &plan.counts;
    let of = |origin| plan.items.iter().filter(|item| item.origin == origin).count();
    let pairs = [
        ("boxes", counts.boxes, of(Origin::Box)),
        ("imported", counts.imported, of(Origin::Box)),
        ("recovered", counts.recovered, of(Origin::Recovered)),
        ("steps", counts.steps, of(Origin::Step)),
    ];
    for (name, counted, items) in pairs {
        if counted != items {
            found.push(format!("{name} says {counted}, and {items} items are it"));
        }
    }
    if counts.ticked > counts.boxes {
        found.push("more boxes are ticked than there are".to_owned());
    }
    found
}

fn misnamed(plan: &Plan) -> Vec<String> {
    let mut found = Vec::new();
    let mut once = |what: &str, ids: Vec<&str>| {
        let all = ids.len();
        let different: HashSet<&str> = ids.into_iter().collect();
        if different.len() != all {
            found.push(format!("{} {what} share a name with another", all - different.len()));
        }
    };
    once("items", plan.items.iter().map(|one| one.id.as_str()).collect());
    once("sections", plan.sections.iter().map(|one| one.id.as_str()).collect());
    once("criteria", plan.criteria.iter().map(|one| one.id.as_str()).collect());
    once("commands", plan.commands.iter().map(|one| one.id.as_str()).collect());
    once("messages", plan.messages.iter().map(|one| one.id.as_str()).collect());
    once("contacts", plan.contacts.iter().map(|one| one.id.as_str()).collect());
    once("channels", plan.channels.iter().map(|one| one.id.as_str()).collect());
    once("references", plan.references.iter().map(|one| one.id.as_str()).collect());
    once("variables", plan.variables.iter().map(|one| one.name.as_str()).collect());
    found
}

/// Whatever is named is there, and stands on a line of the text.
fn misplaced(text: &str, plan: &Plan, findings: &[Finding]) -> Vec<String> {
    let items: HashSet<_> = plan.items.iter().map(|item| &item.id).collect();
    let sections: HashSet<_> = plan.sections.iter().map(|section| &section.id).collect();
    let commands: HashSet<_> = plan.commands.iter().map(|command| &command.id).collect();
    let criteria: HashSet<_> = plan.criteria.iter().map(|criterion| &criterion.id).collect();
    let lines = text.lines().count().max(1);
    let on_a_line = |line: usize| (1..=lines).contains(&line);
    let mut found = Vec::new();
    let mut expect = |truth: bool, words: &str| {
        if !truth {
            found.push(words.to_owned());
        }
    };
    expect(plan.items.iter().all(|item| on_a_line(item.range.line)), "an item stands outside the text");
    expect(
        plan.items.iter().all(|item| item.parent.as_ref().is_none_or(|id| items.contains(id))),
        "a parent is missing",
    );
    expect(plan.items.iter().flat_map(|item| &item.children).all(|id| items.contains(id)), "a child is missing");
    expect(
        plan.items.iter().all(|item| item.section.as_ref().is_none_or(|id| sections.contains(id))),
        "an item's section is missing",
    );
    expect(
        plan.items.iter().flat_map(|item| &item.commands).all(|id| commands.contains(id)),
        "an item's command is missing",
    );
    expect(plan.phases.iter().all(|phase| sections.contains(&phase.section)), "a phase's section is missing");
    expect(plan.phases.iter().flat_map(|phase| &phase.items).all(|id| items.contains(id)), "a phase's item is missing");
    let mut in_phases = HashSet::new();
    expect(
        plan.phases.iter().flat_map(|phase| &phase.items).all(|id| in_phases.insert(id)),
        "an item stands in two phases",
    );
    expect(
        plan.gates.iter().all(|gate| items.contains(&gate.item) && gate.conditions.iter().all(|id| items.contains(id))),
        "a gate's item is missing",
    );
    expect(
        plan.commands.iter().flat_map(|command| &command.alternatives).all(|id| commands.contains(id)),
        "an alternative is missing",
    );
    expect(plan.rollback.criteria.iter().all(|id| criteria.contains(id)), "a decision criterion is missing");
    expect(plan.rollback.success.iter().all(|id| items.contains(id)), "a mark of the way back is missing");
    expect(
        plan.rollback
            .ways
            .iter()
            .flat_map(|way| &way.commands)
            .chain(&plan.rollback.verify)
            .all(|id| commands.contains(id)),
        "a command of a way back is missing",
    );
    expect(plan.criteria.iter().all(|criterion| on_a_line(criterion.line)), "a criterion stands outside the text");
    expect(plan.commands.iter().all(|command| on_a_line(command.line)), "a command stands outside the text");
    expect(findings.iter().all(|finding| on_a_line(finding.range.line)), "a finding stands outside the text");
    expect(
        plan.counts.ignored.iter().all(|ignored| on_a_line(ignored.line)),
        "an ignored mark stands outside the text",
    );
    found
}

/// The words of a text (three letters or figures and more) that stand nowhere in its plan, with their lines.
#[must_use]
pub fn unread_words(text: &str) -> Vec<(usize, String)> {
    let (plan, _) = plan::read(text, &Config::default());
    let mut known: HashSet<String> = HashSet::new();
    let mut open = vec![serde_json::to_value(&plan).unwrap_or(Value::Null)];
    while let Some(value) = open.pop() {
        match value {
            Value::String(words) => known.extend(words_of(&words)),
            Value::Array(values) => open.extend(values),
            Value::Object(fields) => open.extend(fields.into_iter().map(|(_, value)| value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    // What a fence's first line says besides, and the target of a link that nothing names, say nothing to a person.
    let layout: HashSet<usize> =
        plan.reading.iter().filter(|one| one.read == ReadAs::Layout).flat_map(|one| one.line..=one.end_line).collect();
    let is_fence = |line: &str| line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
    let lines = text.lines().enumerate().filter(|(row, line)| !layout.contains(&(row + 1)) && !is_fence(line));
    lines
        .flat_map(|(row, line)| words_of(&without_entities(line)).into_iter().map(move |word| (row + 1, word)))
        .filter(|(_, word)| !known.contains(word))
        .collect()
}

/// `&amp;` and `&#x20;` stand for characters and are no words.
fn without_entities(line: &str) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('&') {
        kept.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let end = after.find(|character: char| !character.is_ascii_alphanumeric() && character != '#');
        rest = match end {
            Some(end) if after[end..].starts_with(';') => &after[end + 1..],
            _ => after,
        };
        kept.push(' ');
    }
    kept.push_str(rest);
    kept
}

fn words_of(text: &str) -> Vec<String> {
    let runs = text.split(|character: char| !character.is_alphanumeric());
    runs.filter(|run| run.chars().count() >= 3).map(str::to_lowercase).collect()
}
