//! The shell grammar: a fence as comments and commands, and what each command does to the state that the next one finds.

use tree_sitter::{Node, Parser, Tree, TreeCursor};

use super::{blank, simple};

/// A comment or a command of a fence.
#[derive(Debug)]
pub(super) enum Piece {
    Comment {
        row: usize,
        words: String,
    },
    Command {
        row: usize,
        /// Row after its last.
        end_row: usize,
        text: String,
        /// The comment on its last row.
        remark: Option<String>,
        /// `None` where it has none, as most.
        effects: Option<Box<Effects>>,
    },
}

/// What a command does besides running.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Effects {
    /// Names that it assigns for whatever comes after it, with the value as written.
    pub(crate) assigns: Vec<(String, String)>,
    /// Names that it assigns for itself: a loop's, a function's, those before a command.
    pub(crate) locals: Vec<String>,
    /// Names that it uses, with the spelling (`${TAG}`).
    pub(crate) uses: Vec<(String, String)>,
    /// How it changes the folder.
    pub(crate) moves: Vec<Move>,
}

impl Effects {
    /// These, where there are any.
    fn boxed(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }

    /// Whether it assigns or uses any name.
    pub(crate) fn names_any(&self) -> bool {
        !self.assigns.is_empty() || !self.uses.is_empty()
    }
}

/// A change of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Move {
    To(String),
    Push(String),
    Pop,
    Back,
}

/// Beyond this many bytes a fence is split by lines: a fence that long is data, and the grammar's recovery from what is
/// no shell takes far longer than its reading.
const LONGEST: usize = 512 * 1024;

/// The shell grammar, made when the first fence is met that needs it.
#[derive(Default)]
pub(crate) struct Grammar(Option<Parser>);

impl Grammar {
    /// The pieces of a fence in the order of the text.
    pub(super) fn pieces(&mut self, text: &str) -> Vec<Piece> {
        if text.len() > LONGEST {
            return lines(text);
        }
        let shown = blank::hidden(text);
        match simple::pieces(text, &shown) {
            Some(pieces) => pieces,
            None => self.parsed(text, &shown),
        }
    }

    fn parsed(&mut self, text: &str, shown: &str) -> Vec<Piece> {
        let tree = self.parser().and_then(|parser| parser.parse(shown, None));
        tree.map_or_else(|| lines(text), |tree| pieces(text, &tree))
    }

    /// The same by the grammar alone.
    #[cfg(test)]
    pub(super) fn of_tree(&mut self, text: &str) -> Vec<Piece> {
        self.parsed(text, &blank::hidden(text))
    }

    fn parser(&mut self) -> Option<&mut Parser> {
        if self.0.is_none() {
            let mut parser = Parser::new();
            parser.set_language(&tree_sitter_bash::LANGUAGE.into()).ok()?;
            self.0 = Some(parser);
        }
        self.0.as_mut()
    }
}

fn pieces(text: &str, tree: &Tree) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    // Row after the last piece's, and the start of the command that is being put together: `a; b` on one row is one.
    let (mut last_row, mut begin): (Option<usize>, usize) = (None, 0);
    let mut cursor = tree.walk();
    let mut goes_on = cursor.goto_first_child();
    while goes_on {
        let node = cursor.node();
        let row = node.start_position().row;
        let shares_row = last_row == Some(row);
        if node.kind() == "comment" {
            let words = text.get(node.byte_range()).unwrap_or("").trim_start_matches('#').trim().to_owned();
            match found.last_mut() {
                Some(Piece::Command { remark, .. }) if shares_row => *remark = Some(words),
                _ => found.push(Piece::Comment { row, words }),
            }
        } else {
            let end = node.byte_range().end;
            let until = end_row(text, &node);
            if shares_row && let Some(Piece::Command { text: command, effects, end_row, .. }) = found.last_mut() {
                *command = text.get(begin..end).unwrap_or("").trim().to_owned();
                *end_row = until + 1;
                let mut all = effects.take().map(|effects| *effects).unwrap_or_default();
                look_into(node, text, &mut all);
                *effects = all.boxed();
                last_row = Some(until);
            } else {
                let command = text.get(node.byte_range()).unwrap_or("").trim().to_owned();
                if !command.is_empty() && !command.chars().all(|character| character == ';') {
                    begin = node.byte_range().start;
                    let mut effects = Effects::default();
                    look_into(node, text, &mut effects);
                    let effects = effects.boxed();
                    found.push(Piece::Command { row, end_row: until + 1, text: command, remark: None, effects });
                    last_row = Some(until);
                }
            }
        }
        goes_on = cursor.goto_next_sibling();
    }
    found
}

/// The row of a node's last character; a heredoc's node ends behind its line's end.
fn end_row(text: &str, node: &Node<'_>) -> usize {
    let trailing = text.get(node.byte_range()).unwrap_or("").bytes().rev().take_while(|byte| *byte == b'\n').count();
    node.end_position().row.saturating_sub(trailing)
}

/// Collects what a command assigns, uses and does to the folder.
fn look_into(node: Node<'_>, text: &str, effects: &mut Effects) {
    if !may_have_effects(text.get(node.byte_range()).unwrap_or("")) {
        return;
    }
    let mut cursor = node.walk();
    // For each node around: whether it is a command, and whether it keeps what happens inside to itself.
    let mut around: Vec<(bool, bool)> = Vec::new();
    let mut apart = 0_usize;
    loop {
        let node = cursor.node();
        let is_before_command = around.last().is_some_and(|(is_command, _)| *is_command);
        let kind = node.kind();
        take(node, kind, is_before_command, apart > 0, text, effects);
        let keeps = keeps_to_itself(kind);
        let is_command = kind == "command";
        if cursor.goto_first_child() {
            apart += usize::from(keeps);
            around.push((is_command, keeps));
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !leave(&mut cursor, &mut around, &mut apart) {
                return;
            }
        }
    }
}

/// Most commands do nothing besides running, and need not be gone through: whatever else is done has one of these.
fn may_have_effects(command: &str) -> bool {
    command.bytes().any(|byte| matches!(byte, b'$' | b'='))
        || ["cd", "pushd", "popd", "for", "select"].iter().any(|word| command.contains(word))
}

fn leave(cursor: &mut TreeCursor<'_>, around: &mut Vec<(bool, bool)>, apart: &mut usize) -> bool {
    let Some((_, keeps)) = around.pop() else { return false };
    *apart -= usize::from(keeps).min(*apart);
    cursor.goto_parent()
}

fn keeps_to_itself(kind: &str) -> bool {
    matches!(kind, "subshell" | "command_substitution" | "process_substitution" | "function_definition" | "pipeline")
}

fn take(node: Node<'_>, kind: &str, is_before_command: bool, is_apart: bool, text: &str, effects: &mut Effects) {
    let words = |node: Node<'_>| text.get(node.byte_range()).unwrap_or("").to_owned();
    let field = |name: &str| node.child_by_field_name(name).map(words);
    match kind {
        "variable_assignment" => {
            let Some(name) = field("name").filter(|name| is_name(name)) else { return };
            if is_apart || is_before_command {
                effects.locals.push(name);
            } else {
                effects.assigns.push((name, field("value").unwrap_or_default()));
            }
        }
        "for_statement" | "select_statement" => effects.locals.extend(field("variable")),
        "simple_expansion" | "expansion" => {
            let spelling = words(node);
            if let Some(name) = used(&spelling) {
                effects.uses.push((name.to_owned(), spelling));
            }
        }
        "command" if !is_apart => {
            let target = || field("argument").map(|target| target.trim_matches(['"', '\'']).to_owned());
            match field("name").as_deref() {
                Some("cd") => effects.moves.push(match target() {
                    Some(target) if target == "-" => Move::Back,
                    target => Move::To(target.unwrap_or_else(|| "~".to_owned())),
                }),
                Some("pushd") => effects.moves.extend(target().map(Move::Push)),
                Some("popd") => effects.moves.push(Move::Pop),
                _ => {}
            }
        }
        _ => {}
    }
}

/// The name in `$NAME` or `${NAME}`; what brings its own default (`${A:-x}`) needs nobody.
fn used(spelling: &str) -> Option<&str> {
    let inner = spelling.strip_prefix('$')?;
    let inner = inner.strip_prefix('{').unwrap_or(inner).trim_start_matches(['#', '!']);
    let end = inner.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, rest) = inner.split_at_checked(end)?;
    let has_default = [":-", "-", ":=", "=", ":+", "+"].iter().any(|sign| rest.starts_with(sign));
    (is_name(name) && !has_default).then_some(name)
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c == '_' || c.is_ascii_alphabetic())
        && name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
        && name != "_"
}

/// Without a grammar: one command a line.
fn lines(text: &str) -> Vec<Piece> {
    let rows = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    rows.map(|(row, line)| match line.trim().strip_prefix('#') {
        Some(words) => Piece::Comment { row, words: words.trim().to_owned() },
        None => Piece::Command { row, end_row: row + 1, text: line.trim().to_owned(), remark: None, effects: None },
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effects(text: &str) -> Effects {
        let mut all = Effects::default();
        for piece in Grammar::default().pieces(text) {
            if let Piece::Command { effects: Some(effects), .. } = piece {
                all.assigns.extend(effects.assigns);
                all.locals.extend(effects.locals);
                all.uses.extend(effects.uses);
                all.moves.extend(effects.moves);
            }
        }
        all
    }

    #[test]
    fn assignments_are_told_from_what_stands_before_a_command() {
        let all =
            effects("TAG=v1\nexport A=\"x y\" B=2\nHEAD=main ./log\nfor i in 1 2; do echo $i; done\nx() { C=1; }\n");
        let assigns: Vec<_> = all.assigns.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(assigns, ["TAG=v1", "A=\"x y\"", "B=2"]);
        assert_eq!(all.locals, ["HEAD", "i", "C"]);
    }

    #[test]
    fn names_are_used_outside_of_single_quotes() {
        let all = effects("echo $TAG \"${TAG}\" '$NO' ${OWN:-x} $1 $? $(date) awk '{print $2}'\n");
        let uses: Vec<_> = all.uses.iter().map(|(_, spelling)| spelling.as_str()).collect();
        assert_eq!(uses, ["$TAG", "${TAG}"]);
    }

    #[test]
    fn the_folder_changes_outside_of_subshells_only() {
        let all = effects("cd a && make\n(cd b; ls)\npushd \"c d\"\npopd\ncd -\ncd\n");
        assert_eq!(
            all.moves,
            [Move::To("a".into()), Move::Push("c d".into()), Move::Pop, Move::Back, Move::To("~".into())]
        );
    }

    #[test]
    fn a_blank_is_no_redirection() {
        let found = Grammar::default()
            .pieces("kubectl logs <pod> -n x\ngit tag <tag name>\nkubectl exec <pod-name>\nls # end\n");
        let texts: Vec<_> = found
            .iter()
            .filter_map(|piece| match piece {
                Piece::Command { text, .. } => Some(text.as_str()),
                Piece::Comment { .. } => None,
            })
            .collect();
        assert_eq!(texts, ["kubectl logs <pod> -n x", "git tag <tag name>", "kubectl exec <pod-name>", "ls"]);
    }
}
