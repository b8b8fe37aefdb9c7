//! Alternatives: within a fence, between fences that "Alternatively" parts, between headings or entries that are options
//! of one another. Of alternatives only one is run.

use std::collections::{HashMap, HashSet};

use super::option;
use crate::model::{Command, CommandId};
use crate::read::body::{Entry, EntryKind};
use crate::read::hints::Hint;
use crate::read::outline::Outline;
use crate::read::quick::{QuickMap, QuickSet};
use crate::read::words;

/// An option: its name and the places of its commands.
type Choice = (String, Vec<usize>);

/// A command tells this many of its alternatives; a choice among more is no choice that a person could make.
const MOST: usize = 64;

/// Tells each command its alternatives.
pub(super) fn tell(commands: &mut [Command], entries: &[Entry], outline: &Outline) {
    for choice in within(entries).into_iter().chain(by_words(entries)).chain(by_entries(entries)) {
        connect(commands, &choice);
    }
    for choice in by_headings(entries, outline) {
        connect(commands, &choice);
    }
}

/// Connects the options of one choice, where at least two of them have commands.
fn connect(commands: &mut [Command], choice: &[Choice]) {
    if choice.iter().filter(|(_, at)| !at.is_empty()).count() < 2 {
        return;
    }
    let first: Vec<(usize, CommandId)> = choice
        .iter()
        .enumerate()
        .flat_map(|(option, (_, at))| at.iter().map(move |at| (option, *at)))
        .filter_map(|(option, at)| commands.get(at).map(|command| (option, command.id.clone())))
        .take(4 * MOST)
        .collect();
    for (option, (name, own)) in choice.iter().enumerate() {
        let others = || first.iter().filter(|(other, _)| *other != option).take(MOST).map(|(_, id)| id.clone());
        for at in own {
            let Some(command) = commands.get_mut(*at) else { continue };
            let known: QuickSet<CommandId> = command.alternatives.iter().cloned().collect();
            command.alternatives.extend(others().filter(|id| !known.contains(id)));
            command.alternative.get_or_insert_with(|| name.clone());
        }
    }
}

/// The choices of each fence.
fn within(entries: &[Entry]) -> Vec<Vec<Choice>> {
    let mut found: Vec<Vec<Choice>> = Vec::new();
    for entry in entries {
        let EntryKind::Script(script) = &entry.kind else { continue };
        let mut set = None;
        let mut next = script.first;
        for (group, ids) in &script.groups {
            let own = next..next + ids.len();
            next = own.end;
            let Some(choice) = &group.choice else { continue };
            if set != Some(choice.set) {
                set = Some(choice.set);
                found.push(Vec::new());
            }
            let Some(options) = found.last_mut() else { continue };
            if options.len() <= choice.option {
                options.push((choice.name.clone(), Vec::new()));
            }
            if let Some((_, places)) = options.last_mut() {
                places.extend(own);
            }
        }
    }
    found
}

/// A fence, "Alternatively:", a fence.
fn by_words(entries: &[Entry]) -> Vec<Vec<Choice>> {
    let mut found: Vec<Vec<Choice>> = Vec::new();
    let mut until = 0;
    for (index, three) in entries.windows(3).enumerate() {
        let [above, words, below] = three else { continue };
        let is_lead = matches!(words.kind, EntryKind::Paragraph | EntryKind::Bullet | EntryKind::Item(_))
            && words.hints.has(Hint::Alternative)
            && option::is_other(&words.text)
            && words.text.split_whitespace().count() <= 24;
        let is_one = above.section() == below.section() && above.section() == words.section();
        if !is_lead || !is_one {
            continue;
        }
        let (upper, lower): (Vec<usize>, Vec<usize>) = (above.commands().collect(), below.commands().collect());
        if upper.is_empty() || lower.is_empty() {
            continue;
        }
        let name = words.text.trim_end_matches([':', ' ']).to_owned();
        match found.last_mut().filter(|_| until == index && index > 0) {
            // A third option behind the second one.
            Some(choice) => choice.push((name, lower)),
            None => found.push(vec![(first_line(above), upper), (name, lower)]),
        }
        until = index + 2;
    }
    found
}

/// A name for what has none: its first command.
fn first_line(entry: &Entry) -> String {
    let EntryKind::Script(script) = &entry.kind else { return String::new() };
    let groups = &script.groups;
    let first =
        groups.iter().find_map(|(group, _)| group.label.clone().or(group.commands.first().map(|one| one.text.clone())));
    first.unwrap_or_default().lines().next().unwrap_or("").to_owned()
}

/// The name of the option that an entry begins: "Option A: Helm", a tab's `=== "Helm"`.
fn entry_name(entry: &Entry) -> Option<(String, String)> {
    if matches!(entry.kind, EntryKind::Script(_) | EntryKind::Fence { .. } | EntryKind::Row(_)) {
        return None;
    }
    if let Some(tab) = entry.text.strip_prefix("=== \"").or_else(|| entry.text.strip_prefix("===+ \"")) {
        let name = tab.trim_end().trim_end_matches('"').to_owned();
        return Some((format!("tab {name}"), name));
    }
    let mark = entry.hints.has(Hint::Alternative).then(|| option::mark(&entry.text)).flatten()?;
    Some((mark, entry.text.trim_end_matches([':', ' ']).to_owned()))
}

/// List entries and paragraphs that name options, each with the fences below it.
fn by_entries(entries: &[Entry]) -> Vec<Vec<Choice>> {
    let mut found: Vec<Vec<Choice>> = Vec::new();
    let mut marks: HashSet<String> = HashSet::new();
    // Section and depth of the open choice, and whether its last option still takes commands.
    let mut open: Option<(Option<usize>, usize, bool)> = None;
    for entry in entries {
        if let Some((mark, name)) = entry_name(entry) {
            let is_same = open.is_some_and(|(section, depth, _)| section == entry.section() && depth == entry.depth());
            if !is_same || !marks.insert(mark.clone()) {
                marks.clear();
                marks.insert(mark);
                found.push(Vec::new());
            }
            if let Some(choice) = found.last_mut() {
                choice.push((name, Vec::new()));
            }
            open = Some((entry.section(), entry.depth(), true));
            continue;
        }
        let Some((section, depth, takes)) = &mut open else { continue };
        if *section != entry.section() {
            open = None;
        } else if let EntryKind::Script(_) = entry.kind {
            if *takes && let Some((_, own)) = found.last_mut().and_then(|choice| choice.last_mut()) {
                own.extend(entry.commands());
            }
        } else if entry.depth() <= *depth && !matches!(entry.kind, EntryKind::Fence { .. }) {
            *takes = false;
        }
    }
    found
}

/// Headings side by side that name options, each with all commands below it.
fn by_headings(entries: &[Entry], outline: &Outline) -> Vec<Vec<Choice>> {
    let marks: Vec<Option<String>> =
        outline.sections.iter().map(|section| option::mark(words::without_signs(&section.text).as_ref())).collect();
    let mut own: QuickMap<usize, Vec<usize>> = QuickMap::default();
    for entry in entries {
        let places = entry.commands();
        if places.is_empty() {
            continue;
        }
        for section in outline.above(entry.section()).filter(|at| marks.get(*at).is_some_and(Option::is_some)) {
            own.entry(section).or_default().extend(places.clone());
        }
    }
    // The last open choice below each parent.
    let mut open: HashMap<Option<usize>, (HashSet<&str>, usize)> = HashMap::new();
    let mut found: Vec<Vec<Choice>> = Vec::new();
    for (section, mark) in marks.iter().enumerate() {
        let Some(mark) = mark else { continue };
        let parent = outline.parents.get(section).copied().flatten();
        let (seen, choice) = open.entry(parent).or_insert_with(|| {
            found.push(Vec::new());
            (HashSet::new(), found.len() - 1)
        });
        if !seen.insert(mark) {
            found.push(Vec::new());
            seen.clear();
            seen.insert(mark);
            *choice = found.len() - 1;
        }
        let name = outline.section(Some(section)).map(|section| section.text.trim_end_matches(':').to_owned());
        if let Some(options) = found.get_mut(*choice) {
            options.push((name.unwrap_or_default(), own.remove(&section).unwrap_or_default()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    /// Each command with its option's name and the first words of its alternatives.
    fn told(text: &str) -> Vec<String> {
        let plan = crate::read(text, &Config::default()).0;
        let name = |id| plan.command(id).map_or("", |command| command.text.as_str());
        plan.commands
            .iter()
            .map(|one| {
                let others: Vec<_> = one.alternatives.iter().map(name).collect();
                format!("{} [{}] {}", one.text, one.alternative.as_deref().unwrap_or(""), others.join(","))
            })
            .collect()
    }

    #[test]
    fn headings_that_are_options_are_alternatives_and_steps_are_not() {
        let text = "# Ship\n\n### Method A (preferred)\n\n```sh\na\nb\n```\n\n### Method B\n\n#### By hand\n\n```sh\nc\n```\n\n### Step 1\n\n```sh\nd\n```\n\n### Step 2\n\n```sh\ne\n```\n";
        assert_eq!(
            told(text),
            ["a [Method A (preferred)] c", "b [Method A (preferred)] c", "c [Method B] a,b", "d [] ", "e [] "]
        );
    }

    #[test]
    fn alternatively_parts_two_fences() {
        let text = "# Ship\n\n```sh\na\n```\n\nAlternatively, by hand:\n\n```sh\nb\n```\n\nThen:\n\n```sh\nc\n```\n";
        assert_eq!(told(text), ["a [a] b", "b [Alternatively, by hand] a", "c [] "]);
    }

    #[test]
    fn entries_and_tabs_can_be_options() {
        let text = "# Ship\n\n- Option 1: Helm\n  ```sh\n  a\n  ```\n- Option 2: files\n  ```sh\n  b\n  ```\n- Look\n  ```sh\n  c\n  ```\n";
        assert_eq!(told(text), ["a [Option 1: Helm] b", "b [Option 2: files] a", "c [] "]);
        let tabs =
            "# Ship\n\n=== \"Helm\"\n\n    ```bash\n    a\n    ```\n\n=== \"Files\"\n\n    ```bash\n    b\n    ```\n";
        assert_eq!(told(tabs), ["a [Helm] b", "b [Files] a"]);
    }

    #[test]
    fn a_step_inside_of_an_option_is_an_alternative_too() {
        let text = "# Ship\n\n```sh\n# Option A\na\n# wait\nb\n# Option B\nc\n# Check\nd\n```\n";
        assert_eq!(told(text), ["a [Option A] c", "b [Option A] c", "c [Option B] a,b", "d [] "]);
    }
}
