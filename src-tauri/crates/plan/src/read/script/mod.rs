//! A fence of shell commands, split by a real shell grammar: comments are headings, alternatives are told apart, and
//! no fence is ever one command.

mod blank;
mod carry;
mod grammar;
mod language;
mod option;
mod prompt;
mod simple;
mod together;

pub(crate) use blank::blanks;
pub(crate) use carry::{ANSWERS, Carried, announces_output, carry};
pub(crate) use grammar::{Effects, Grammar};
pub(crate) use language::is_shell;
pub(crate) use option::{mark, mark_of, words_of_alternatives};

use super::outline::Path;
use super::words;
use crate::model::{Command, CommandId, ItemId, SectionId};
use grammar::Piece;

/// Commands under one comment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Group {
    /// Row of the comment or of the first command, from 0.
    pub(crate) row: usize,
    /// The comment's first line, without `#`.
    pub(crate) label: Option<String>,
    /// The comment's further lines.
    pub(crate) notes: Vec<String>,
    /// Whether it begins one of several, of which only one is run.
    pub(crate) is_option: bool,
    /// Which of several it belongs to, where only one is run.
    pub(crate) choice: Option<Choice>,
    /// Its commands.
    pub(crate) commands: Vec<Shell>,
    /// What a comment promises after the commands (`# Expected: …`), with its row.
    pub(crate) expected: Option<(usize, String)>,
    /// Comments after the last command.
    pub(crate) remark: Option<String>,
}

/// One of several, of which only one is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Which choice of its fence, from 0.
    pub(crate) set: usize,
    /// Which option of the choice, from 0.
    pub(crate) option: usize,
    /// The option's name.
    pub(crate) name: String,
}

/// One command of a fence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Shell {
    /// Its first row, from 0.
    pub(crate) row: usize,
    /// Row after its last.
    pub(crate) end_row: usize,
    pub(crate) text: String,
    /// The comment behind it.
    pub(crate) remark: Option<String>,
    /// What the fence shows as its answer.
    pub(crate) sample: Option<String>,
    /// `None` where it has none, as most.
    pub(crate) effects: Option<Box<Effects>>,
}

/// Splits a fence.
pub(crate) fn split(text: &str, grammar: &mut Grammar) -> Vec<Group> {
    let text = language::unfenced(text).map_or(std::borrow::Cow::Borrowed(text), std::borrow::Cow::Owned);
    let stripped = prompt::strip(&text);
    let mut samples = stripped.samples.into_iter().peekable();
    let mut groups: Vec<Group> = Vec::new();
    let mut comment: Vec<(usize, String)> = Vec::new();
    for piece in grammar.pieces(&stripped.text) {
        match piece {
            Piece::Comment { row, words } => {
                if comment.last().is_some_and(|(last, _)| last + 1 != row) {
                    settle(&mut groups, &mut comment);
                }
                comment.push((row, words));
            }
            Piece::Command { row, end_row, text, remark, effects } => {
                settle(&mut groups, &mut comment);
                while samples.next_if(|(at, _)| *at < row).is_some() {}
                let sample = samples.next_if(|(at, _)| *at < end_row).map(|(_, answer)| answer);
                let shell = Shell { row, end_row, text, remark, sample, effects };
                match groups.last_mut() {
                    Some(group) => group.commands.push(shell),
                    None => groups.push(Group { row, commands: vec![shell], ..Group::default() }),
                }
            }
        }
    }
    close(&mut groups, comment);
    choose(&mut groups);
    groups
}

/// Where a fence stands.
pub(crate) struct Place {
    /// Line of the opening fence.
    pub(crate) line: usize,
    /// The headings above.
    pub(crate) path: Path,
    pub(crate) item: Option<ItemId>,
    pub(crate) section: Option<SectionId>,
}

/// A group's commands as the plan holds them. `ordinal` numbers equal commands of one place.
pub(crate) fn commands(group: &Group, place: &Place, mut ordinal: impl FnMut(&str) -> usize) -> Vec<Command> {
    let last = group.commands.len().saturating_sub(1);
    let of = |(at, shell): (usize, &Shell)| {
        let mut remarks = group.notes.clone();
        remarks.extend(shell.remark.clone());
        remarks.extend(group.remark.clone().filter(|_| at == last));
        Command {
            id: CommandId::under(place.path.ids.clone(), &shell.text, ordinal(&shell.text)),
            line: place.line + 1 + shell.row,
            text: shell.text.clone(),
            label: group.label.clone(),
            remark: (!remarks.is_empty()).then(|| remarks.join(" ")),
            alternatives: Vec::new(),
            alternative: group.choice.as_ref().map(|choice| choice.name.clone()),
            blanks: blanks(&shell.text),
            folder: None,
            sample: shell.sample.clone(),
            item: place.item.clone(),
            section: place.section.clone(),
        }
    };
    group.commands.iter().enumerate().map(of).collect()
}

/// A comment above commands opens a group.
fn settle(groups: &mut Vec<Group>, comment: &mut Vec<(usize, String)>) {
    let mut lines = std::mem::take(comment).into_iter();
    let Some((row, first)) = lines.next() else { return };
    if let Some(promise) = expectation(&first) {
        if let Some(group) = groups.last_mut() {
            group.expected.get_or_insert((row, promise));
            return;
        }
        groups.push(Group { row, expected: Some((row, promise)), ..Group::default() });
        return;
    }
    let is_other = option::is_other(&first) && name_the_other(groups);
    groups.push(Group {
        row,
        is_option: is_other || mark(&first).is_some() || option::is_either(&first),
        label: Some(first),
        notes: lines.map(|(_, words)| words).collect(),
        ..Group::default()
    });
}

/// Makes what stands above "Or:" an option: of the group above the commands that stand together, up to the last blank
/// row. `false` where nothing stands above.
fn name_the_other(groups: &mut Vec<Group>) -> bool {
    let Some(group) = groups.last_mut().filter(|group| !group.commands.is_empty()) else { return false };
    if group.is_option {
        return true;
    }
    let apart = |pair: &[Shell]| matches!(pair, [above, below] if above.end_row < below.row);
    let cut = group.commands.windows(2).rposition(apart).map_or(0, |at| at + 1);
    if cut == 0 {
        group.is_option = true;
        return true;
    }
    let commands = group.commands.split_off(cut);
    let row = commands.first().map_or(group.row, |shell| shell.row);
    groups.push(Group { row, commands, is_option: true, ..Group::default() });
    true
}

/// Numbers the options of each choice. A choice ends where a mark comes again ("Option A" twice); a group between two
/// options of one choice is a further step of the upper one.
fn choose(groups: &mut [Group]) {
    let mut set = 0;
    let mut option = 0;
    let mut marks: std::collections::HashSet<String> = std::collections::HashSet::new();
    let mut is_first = true;
    for at in 0..groups.len() {
        let Some(group) = groups.get(at).filter(|group| group.is_option) else { continue };
        let label = group.label.clone().unwrap_or_default();
        let mark = mark(&label);
        let is_other = mark.is_none() && option::is_other(&label);
        let is_again = mark.as_ref().is_some_and(|mark| !marks.insert(mark.clone()));
        // An option without a mark that is no "Or" begins a choice.
        if !is_first && (is_again || mark.is_none() && !is_other) {
            set += 1;
            option = 0;
            marks.clear();
            marks.extend(mark.clone());
        } else if !is_first {
            option += 1;
        }
        is_first = false;
        let first_command = group.commands.first().map(|shell| shell.text.clone());
        let name = group.label.clone().or(first_command).unwrap_or_default();
        if let Some(group) = groups.get_mut(at) {
            group.choice = Some(Choice { set, option, name });
        }
    }
    let mut above: Option<(usize, Choice)> = None;
    for at in 0..groups.len() {
        let Some(choice) = groups.get(at).and_then(|group| group.choice.clone()) else { continue };
        if let Some((from, upper)) = above.filter(|(_, upper)| upper.set == choice.set) {
            for group in groups.get_mut(from + 1..at).unwrap_or_default() {
                group.choice = Some(upper.clone());
            }
        }
        above = Some((at, choice));
    }
}

/// A comment with nothing below: an option that goes by hand, a promise, or a remark on what stands above.
fn close(groups: &mut Vec<Group>, comment: Vec<(usize, String)>) {
    let Some((_, first)) = comment.first() else { return };
    if groups.is_empty() || mark(first).is_some() {
        let mut comment = comment;
        settle(groups, &mut comment);
        return;
    }
    let Some(group) = groups.last_mut() else { return };
    for (row, words) in comment {
        if let Some(promise) = expectation(&words) {
            group.expected = Some((row, promise));
        } else if let Some(answer) = answer(&words)
            && let Some(shell) = group.commands.last_mut()
        {
            shell.sample.get_or_insert(answer);
        } else {
            let remark = group.remark.get_or_insert_default();
            if !remark.is_empty() {
                remark.push(' ');
            }
            remark.push_str(&words);
        }
    }
}

/// `# Output: 0`: what the command answers.
fn answer(comment: &str) -> Option<String> {
    let (name, value) = words::labelled(comment)?;
    (name.eq_ignore_ascii_case("output") && !value.is_empty()).then(|| value.to_owned())
}

fn expectation(comment: &str) -> Option<String> {
    let (name, value) = words::labelled(comment)?;
    words::has_any(&name.to_lowercase(), &["expected", "expect"]).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<Group> {
        super::split(text, &mut Grammar::default())
    }

    fn check(text: &str, expected: &str) {
        let mut said = String::new();
        for group in split(text) {
            let sign = if group.is_option { "?" } else { "#" };
            said.push_str(&format!("{sign}{} {}", group.row, group.label.as_deref().unwrap_or("-")));
            for note in &group.notes {
                said.push_str(&format!(" ({note})"));
            }
            if let Some((_, expected)) = &group.expected {
                said.push_str(&format!(" => {expected}"));
            }
            if let Some(remark) = &group.remark {
                said.push_str(&format!(" ~ {remark}"));
            }
            said.push('\n');
            for shell in &group.commands {
                said.push_str(&format!("  {}: {}\n", shell.row, shell.text.replace('\n', "⏎")));
            }
        }
        assert_eq!(said.trim_end(), expected, "{text}");
    }

    #[test]
    fn comments_head_groups_and_options_are_told_apart() {
        check(
            "# Make it\nkubectl create ns x\n\n# Option A: Helm\nhelm install x \\\n  -n x\n\n# Option B: Kustomize\nkubectl apply -k x\n\n# Wait\nkubectl rollout status x\n",
            "#0 Make it\n  1: kubectl create ns x\n?3 Option A: Helm\n  4: helm install x \\⏎  -n x\n?7 Option B: Kustomize\n  8: kubectl apply -k x\n#10 Wait\n  11: kubectl rollout status x",
        );
    }

    #[test]
    fn an_option_without_a_command_goes_by_hand() {
        check(
            "# Option 1: undo (in canary)\nundo\n\n# Option 3: DNS\n# (Update the record)\n\n# Verify\nget\ncurl x\n",
            "?0 Option 1: undo (in canary)\n  1: undo\n?3 Option 3: DNS ((Update the record))\n#6 Verify\n  7: get\n  8: curl x",
        );
    }

    #[test]
    fn promises_and_remarks_stay() {
        check("pytest -v\n# Expected: >90% pass rate\n", "#0 - => >90% pass rate\n  0: pytest -v");
        check("pg_dump x | gzip > y\n# Upload it\n", "#0 - ~ Upload it\n  0: pg_dump x | gzip > y");
    }

    #[test]
    fn heredocs_rows_and_prompts() {
        check("cat <<EOF > x\na\n# no comment\nEOF\nnext\n", "#0 -\n  0: cat <<EOF > x⏎a⏎# no comment⏎EOF\n  4: next");
        check("cd x; make # here\nif a; then\n b\nfi\n", "#0 -\n  0: cd x; make\n  1: if a; then⏎ b⏎fi");
        check(
            "$ git tag v1\nsome output\n$ git push \\\n  origin\n",
            "#0 -\n  0: git tag v1\n  2: git push \\⏎  origin",
        );
    }

    #[test]
    fn broken_shell_is_kept() {
        check("echo \"open\nnext )(\n", &{
            let groups = split("echo \"open\nnext )(\n");
            assert!(groups.iter().flat_map(|group| &group.commands).any(|shell| shell.text.contains("echo")));
            let mut said = String::from("#0 -\n");
            for shell in groups.iter().flat_map(|group| &group.commands) {
                said.push_str(&format!("  {}: {}\n", shell.row, shell.text.replace('\n', "⏎")));
            }
            said.trim_end().to_owned()
        });
    }

    fn choices(text: &str) -> Vec<(Option<(usize, usize)>, usize)> {
        let place = |choice: Choice| (choice.set, choice.option);
        split(text).into_iter().map(|group| (group.choice.map(place), group.commands.len())).collect()
    }

    #[test]
    fn either_and_or_make_options_and_numbers_do_not() {
        assert_eq!(choices("# Helm\na\n# Or: make\nb\n"), [(Some((0, 0)), 1), (Some((0, 1)), 1)]);
        assert_eq!(choices("# Go\na\n\nb\n# or\nc\n"), [(None, 1), (Some((0, 0)), 1), (Some((0, 1)), 1)]);
        assert_eq!(choices("# Either this\na\n# or that\nb\n"), [(Some((0, 0)), 1), (Some((0, 1)), 1)]);
        assert_eq!(choices("# 1. Stop\na\n# 2. Start\nb\n# Step 3: look\nc\n"), [(None, 1), (None, 1), (None, 1)]);
        assert_eq!(choices("a\n# Or visit https://x.example\n"), [(None, 1)], "nothing to run below");
    }

    #[test]
    fn a_step_between_two_options_belongs_to_the_upper_one_and_a_mark_again_begins_anew() {
        assert_eq!(
            choices("# Option A\na\n# Then wait\nb\n# Option B\nc\n# Check\nd\n# Option A\ne\n# Option B\nf\n"),
            [(Some((0, 0)), 1), (Some((0, 0)), 1), (Some((0, 1)), 1), (None, 1), (Some((1, 0)), 1), (Some((1, 1)), 1)]
        );
    }

    #[test]
    fn what_the_machine_answers_goes_to_its_command() {
        let groups = split("$ ls\na\nb\n$ pwd\n$ cat x \\\n  y\nz\n");
        let found: Vec<_> = groups.iter().flat_map(|group| &group.commands).map(|one| one.sample.as_deref()).collect();
        assert_eq!(found, [Some("a\nb"), None, Some("z")]);
    }

    #[test]
    fn a_comment_can_show_the_answer() {
        let groups = split("count\n# Output: 0\n");
        assert_eq!((groups[0].commands[0].sample.as_deref(), groups[0].remark.as_deref()), (Some("0"), None));
    }

    #[test]
    fn a_remark_stands_behind_its_own_command() {
        let place = Place { line: 10, path: Path::default(), item: None, section: None };
        let groups = split("get a # running\nget <b>\n");
        let found = commands(&groups[0], &place, |_| 0);
        let said: Vec<_> = found.iter().map(|one| (one.line, one.remark.as_deref(), one.blanks.len())).collect();
        assert_eq!(said, [(11, Some("running"), 0), (12, None, 1)]);
    }
}
