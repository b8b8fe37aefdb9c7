//! A fence of shell commands, split by a real shell grammar: comments are headings, alternatives are told apart, and
//! no fence is ever one command.

use tree_sitter::Parser;

use super::words;

/// Commands under one comment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Group {
    /// Row of the comment or of the first command, from 0.
    pub(crate) row: usize,
    /// The comment's first line, without `#`.
    pub(crate) label: Option<String>,
    /// The comment's further lines.
    pub(crate) notes: Vec<String>,
    /// Whether it is one of several, of which only one is run.
    pub(crate) is_option: bool,
    /// Row and text of each command.
    pub(crate) commands: Vec<(usize, String)>,
    /// What a comment promises after the commands (`# Expected: …`), with its row.
    pub(crate) expected: Option<(usize, String)>,
    /// Comments after the last command.
    pub(crate) remark: Option<String>,
}

/// Whether a fence holds shell commands, by its info string and, where that is silent, by its prompts.
pub(crate) fn is_shell(info: Option<&str>, text: &str) -> bool {
    let language = info.and_then(|info| info.split([' ', ',', '{']).next()).unwrap_or("").to_lowercase();
    match language.as_str() {
        "bash" | "sh" | "shell" | "zsh" | "console" | "shell-session" | "shellsession" | "terminal" => true,
        "" => info.is_some() && text.lines().any(|line| line.starts_with("$ ")),
        _ => false,
    }
}

/// Splits a fence.
pub(crate) fn split(text: &str) -> Vec<Group> {
    let text = without_prompts(text);
    let mut groups: Vec<Group> = Vec::new();
    let mut comment: Vec<(usize, String)> = Vec::new();
    for piece in pieces(&text) {
        match piece {
            Piece::Comment { row, words } => {
                if comment.last().is_some_and(|(last, _)| last + 1 != row) {
                    settle(&mut groups, &mut comment);
                }
                comment.push((row, words));
            }
            Piece::Command { row, text } => {
                settle(&mut groups, &mut comment);
                match groups.last_mut() {
                    Some(group) => group.commands.push((row, text)),
                    None => groups.push(Group { row, commands: vec![(row, text)], ..Group::default() }),
                }
            }
        }
    }
    close(&mut groups, comment);
    groups
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
    let is_option = is_option(&first);
    groups.push(Group {
        row,
        label: Some(first),
        notes: lines.map(|(_, words)| words).collect(),
        is_option,
        ..Group::default()
    });
}

/// A comment with nothing below: an option that goes by hand, a promise, or a remark on what stands above.
fn close(groups: &mut Vec<Group>, comment: Vec<(usize, String)>) {
    let Some((_, first)) = comment.first() else { return };
    if groups.is_empty() || is_option(first) {
        let mut comment = comment;
        settle(groups, &mut comment);
        return;
    }
    let Some(group) = groups.last_mut() else { return };
    for (row, words) in comment {
        if let Some(promise) = expectation(&words) {
            group.expected = Some((row, promise));
        } else {
            let remark = group.remark.get_or_insert_default();
            if !remark.is_empty() {
                remark.push(' ');
            }
            remark.push_str(&words);
        }
    }
}

fn expectation(comment: &str) -> Option<String> {
    let (name, value) = words::labelled(comment)?;
    words::has_any(&name.to_lowercase(), &["expected", "expect"]).then(|| value.to_owned())
}

/// "Option A: …", "Alternative 2", "Or: …".
fn is_option(comment: &str) -> bool {
    let lower = comment.to_lowercase();
    let mut parts = lower.split(|character: char| !character.is_alphanumeric()).filter(|part| !part.is_empty());
    match parts.next() {
        Some("option" | "alternative" | "variant") => parts.next().is_some_and(|which| which.len() <= 2),
        Some("or") => lower.starts_with("or:"),
        _ => false,
    }
}

/// Commands behind `$ ` without it; where there are prompts, what has none is sample output and left out. Rows stay.
fn without_prompts(text: &str) -> String {
    if !text.lines().any(|line| line.starts_with("$ ")) {
        return text.to_owned();
    }
    let mut goes_on = false;
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        let command = line.strip_prefix("$ ").or(goes_on.then_some(line)).or(line.starts_with('#').then_some(line));
        goes_on = command.is_some_and(|command| command.ends_with('\\'));
        kept.push_str(command.unwrap_or(""));
        kept.push('\n');
    }
    kept
}

enum Piece {
    Comment { row: usize, words: String },
    Command { row: usize, text: String },
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut parser = Parser::new();
    let tree = parser.set_language(&tree_sitter_bash::LANGUAGE.into()).ok().and_then(|()| parser.parse(text, None));
    let Some(tree) = tree else { return lines(text) };
    let mut found: Vec<Piece> = Vec::new();
    let mut last_row: Option<usize> = None;
    // Start of the command that is being put together: `a; b` on one row is one command.
    let mut begin = 0;
    let root = tree.root_node();
    for at in 0..root.child_count() {
        let Some(node) = root.child(at) else { continue };
        let row = node.start_position().row;
        let shares_row = last_row == Some(row);
        if node.kind() == "comment" {
            if !shares_row {
                let words = text.get(node.byte_range()).unwrap_or("").trim_start_matches('#').trim().to_owned();
                found.push(Piece::Comment { row, words });
            }
            continue;
        }
        let end = node.byte_range().end;
        if shares_row && let Some(Piece::Command { text: command, .. }) = found.last_mut() {
            *command = text.get(begin..end).unwrap_or("").trim().to_owned();
        } else {
            begin = node.byte_range().start;
            let command = text.get(begin..end).unwrap_or("").trim().to_owned();
            if command.is_empty() || command.chars().all(|character| character == ';') {
                continue;
            }
            found.push(Piece::Command { row, text: command });
        }
        last_row = Some(text.get(..end).map_or(row, |before| before.trim_end_matches('\n').matches('\n').count()));
    }
    found
}

/// Without a grammar: one command a line.
fn lines(text: &str) -> Vec<Piece> {
    let rows = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    rows.map(|(row, line)| match line.trim().strip_prefix('#') {
        Some(words) => Piece::Comment { row, words: words.trim().to_owned() },
        None => Piece::Command { row, text: line.trim().to_owned() },
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
            for (row, command) in &group.commands {
                said.push_str(&format!("  {row}: {}\n", command.replace('\n', "⏎")));
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
            assert!(groups.iter().flat_map(|group| &group.commands).any(|(_, text)| text.contains("echo")));
            let mut said = String::from("#0 -\n");
            for (row, text) in groups.iter().flat_map(|group| &group.commands) {
                said.push_str(&format!("  {row}: {}\n", text.replace('\n', "⏎")));
            }
            said.trim_end().to_owned()
        });
    }
}
