//! What goes beyond one fence: the folder that carries over, what the text shows as output, commands between the words
//! of an item; and the list of all commands in the order of the text.

use super::{Effects, Group, Place, Shell, grammar::Move, is_shell, split, together};
use crate::model::{Command, CommandId, Inline};
use crate::read::body::{Bodies, Entry, EntryKind};
use crate::read::hints::Hint;
use crate::read::outline::Outline;
use crate::read::quick::put_in_order;
use crate::read::words;

/// What one command does to the names that commands share.
pub(crate) struct Carried {
    pub(crate) command: CommandId,
    pub(crate) line: usize,
    pub(crate) effects: Effects,
}

/// Ties the fences together, once all are read.
pub(crate) fn carry(bodies: &mut Bodies, outline: &Outline) -> Vec<Carried> {
    together::tell(&mut bodies.commands, &bodies.entries, outline);
    folders(&mut bodies.commands, &bodies.entries);
    samples(bodies, outline);
    let mut carried = Vec::new();
    for entry in &bodies.entries {
        let EntryKind::Script(script) = &entry.kind else { continue };
        let commands = script.groups.iter().flat_map(|(group, ids)| group.commands.iter().zip(ids));
        for (shell, id) in commands {
            let Some(effects) = shell.effects.as_deref().filter(|effects| effects.names_any()) else { continue };
            let (command, effects) = (id.clone(), effects.clone());
            carried.push(Carried { command, line: entry.line() + 1 + shell.row, effects });
        }
    }
    carried.extend(inline(bodies, outline));
    put_in_order(&mut carried, |one| one.line);
    put_in_order(&mut bodies.commands, |command| command.line);
    carried
}

/// A folder's name that grew longer than this is left as it was: a thousand `cd x` in a row lead nowhere.
const LONGEST: usize = 512;

/// The folders of a run of commands.
#[derive(Clone, Default)]
struct Folders {
    now: Option<String>,
    before: Option<String>,
    pushed: Vec<Option<String>>,
}

impl Folders {
    fn go(&mut self, step: &Move) {
        let next = match step {
            Move::To(target) => joined(self.now.as_deref(), target),
            Move::Push(target) => {
                self.pushed.push(self.now.clone());
                joined(self.now.as_deref(), target)
            }
            Move::Pop => self.pushed.pop().unwrap_or_default(),
            Move::Back => self.before.clone(),
        };
        self.before = std::mem::replace(&mut self.now, next);
    }
}

fn joined(now: Option<&str>, target: &str) -> Option<String> {
    let is_rooted = target.starts_with(['/', '~', '$', '<', '{', '[']) || target.get(1..2) == Some(":");
    let Some(now) = now.filter(|_| !is_rooted) else {
        return (target != ".").then(|| target.to_owned());
    };
    if target == "." || now.len() > LONGEST {
        return Some(now.to_owned());
    }
    if target == ".." {
        let (above, last) = now.rsplit_once('/').unwrap_or(("", now));
        if !last.is_empty() && last != ".." && !last.starts_with(['~', '$']) {
            return (!above.is_empty()).then(|| above.to_owned());
        }
    }
    Some(format!("{}/{target}", now.trim_end_matches('/')))
}

/// Follows `cd` through the fences of one section. Each option of a choice starts where the choice starts, and so does
/// what comes after it.
fn folders(commands: &mut [Command], entries: &[Entry]) {
    let mut section = None;
    let mut folders = Folders::default();
    for entry in entries {
        let EntryKind::Script(script) = &entry.kind else { continue };
        let mut at = script.first;
        if section != Some(entry.section()) {
            section = Some(entry.section());
            folders = Folders::default();
        }
        let mut choice: Option<(usize, usize, Folders)> = None;
        for (group, _) in &script.groups {
            let place = group.choice.as_ref().map(|choice| (choice.set, choice.option));
            choice = match (choice, place) {
                (Some((set, option, start)), Some((now, which))) if set == now => {
                    if option != which {
                        folders = start.clone();
                    }
                    Some((set, which, start))
                }
                (before, place) => {
                    if let Some((_, _, start)) = before {
                        folders = start;
                    }
                    place.map(|(set, option)| (set, option, folders.clone()))
                }
            };
            for shell in &group.commands {
                if let Some(command) = commands.get_mut(at) {
                    command.folder.clone_from(&folders.now);
                }
                at += 1;
                let moves = shell.effects.iter().flat_map(|effects| &effects.moves);
                moves.for_each(|step| folders.go(step));
            }
        }
        if let Some((_, _, start)) = choice {
            folders = start;
        }
    }
}

/// What a machine's answer is called.
pub(crate) const ANSWERS: [&str; 15] = [
    "expected",
    "output",
    "expected output",
    "example output",
    "sample output",
    "result",
    "response",
    "ausgabe",
    "salida",
    "sortie",
    "saída",
    "çıktı",
    "beklenen",
    "вывод",
    "ожидаемый результат",
];

/// Whether words announce what the machine answers: "Expected output:", "Output:".
pub(crate) fn announces_output(text: &str) -> bool {
    // A line that announces ends with a colon, or names the output in its few words.
    let ends = text.trim_end().ends_with(':');
    let plain = words::plain(text);
    let plain = plain.trim_end_matches([':', ' ']);
    let short = plain.split_whitespace().count() <= 6;
    short
        && words::has_any(plain, &ANSWERS)
        && (ends || words::has_any(plain, &["output", "ausgabe", "çıktı", "вывод"]))
}

/// A code block right after "Output:" shows the answer of the command before it.
fn samples(bodies: &mut Bodies, outline: &Outline) {
    // The entry and its last command.
    let mut last: Option<(usize, usize)> = None;
    let mut announced = false;
    for (index, entry) in bodies.entries.iter().enumerate() {
        match &entry.kind {
            EntryKind::Script(_) => {
                last = entry.commands().next_back().map(|at| (index, at));
                announced = false;
            }
            EntryKind::Fence { .. } => {
                let near = last.filter(|(from, _)| index - from <= 2);
                let by_heading = near.is_some_and(|(from, _)| {
                    let heads = |entry: Option<&Entry>| entry.and_then(|entry| entry.section());
                    heads(bodies.entries.get(from)) != entry.section()
                        && outline.section(entry.section()).is_some_and(|section| announces_output(&section.text))
                });
                if (announced || by_heading)
                    && let Some((_, at)) = near
                    && let Some(command) = bodies.commands.get_mut(at)
                {
                    command.sample.get_or_insert_with(|| entry.text.trim_end().to_owned());
                }
                announced = false;
            }
            EntryKind::Row(_) => announced = false,
            _ => announced = entry.hints.has(Hint::Answer) && announces_output(&entry.text),
        }
    }
}

/// Commands between the words of an item: "Run `make release`", or an item that is nothing but a command.
fn inline(bodies: &mut Bodies, outline: &Outline) -> Vec<Carried> {
    let mut carried = Vec::new();
    for index in 0..bodies.items.len() {
        let Some(item) = bodies.items.get(index) else { continue };
        let texts = told(&item.inlines);
        if texts.is_empty() {
            continue;
        }
        let section = bodies.item_sections.get(index).copied().flatten();
        let place = Place {
            line: item.range.line,
            path: outline.path(section),
            item: Some(item.id.clone()),
            section: item.section.clone(),
        };
        let mut ids = Vec::new();
        for text in texts {
            for group in split(&text, &mut bodies.grammar) {
                for mut command in commands_of(&group, &place, bodies) {
                    // A fence's first row is the line below its mark; an item's words stand on its own line.
                    command.line = place.line;
                    ids.push(command.id.clone());
                    bodies.commands.push(command);
                }
                let effects =
                    group.commands.into_iter().map(|shell| shell.effects.map(|effects| *effects).unwrap_or_default());
                let own = ids.iter().rev().take(effects.len()).rev().cloned().collect::<Vec<_>>();
                carried.extend(own.into_iter().zip(effects).map(|(command, effects)| Carried {
                    command,
                    line: place.line,
                    effects,
                }));
            }
        }
        if let Some(item) = bodies.items.get_mut(index).filter(|_| !ids.is_empty()) {
            ids.extend(item.commands.iter().cloned());
            item.commands = ids.into();
        }
    }
    carried
}

fn commands_of(group: &Group, place: &Place, bodies: &mut Bodies) -> Vec<Command> {
    super::commands(group, place, |text| bodies.command_ordinal(&place.path, text))
}

/// Words that tell to run what follows.
const RUN: [&str; 22] = [
    "run",
    "rerun",
    "re-run",
    "running",
    "execute",
    "executing",
    "invoke",
    "exec",
    "type",
    "ausführen",
    "führe",
    "ejecutar",
    "ejecuta",
    "exécuter",
    "exécutez",
    "executar",
    "execute",
    "çalıştır",
    "запустить",
    "запустите",
    "выполнить",
    "выполните",
];

/// The pieces of code that an item tells to run.
fn told(inlines: &[Inline]) -> Vec<String> {
    let mut found = Vec::new();
    if !inlines.iter().any(|one| matches!(one, Inline::Code { .. })) {
        return found;
    }
    let mut before = String::new();
    let mut goes_on = false;
    let others: String = inlines.iter().filter(|one| !matches!(one, Inline::Code { .. })).map(Inline::text).collect();
    let codes = inlines.iter().filter(|one| matches!(one, Inline::Code { .. })).count();
    let is_all = codes == 1 && !others.contains(char::is_alphanumeric);
    for inline in inlines {
        let Inline::Code { text } = inline else {
            before.push_str(inline.text());
            continue;
        };
        let command = text.trim().strip_prefix("$ ").unwrap_or(text.trim());
        let plain = before.to_lowercase();
        let near: Vec<&str> = plain
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .filter(|word| !word.is_empty())
            .rev()
            .take(4)
            .collect();
        let is_told = near.iter().any(|word| RUN.contains(word))
            && !near.iter().any(|word| matches!(*word, "not" | "don" | "never"));
        let is_next =
            goes_on && near.iter().all(|word| matches!(*word, "and" | "then" | "und" | "y" | "et" | "e" | "ve" | "и"));
        let is_command = super::language::is_command(command) && is_shell(Some("sh"), command);
        let counts = is_command && (is_told || is_next || is_all && command.contains(' '));
        if counts && !found.iter().any(|known| known == command) {
            found.push(command.to_owned());
        }
        goes_on = counts;
        before.clear();
    }
    found
}

impl Shell {
    /// The line of a fence that stands at `fence`.
    pub(crate) fn line(&self, fence: usize) -> usize {
        fence + 1 + self.row
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::model::Plan;

    fn plan(text: &str) -> Plan {
        crate::read(text, &Config::default()).0
    }

    fn folders(text: &str) -> Vec<String> {
        let plan = plan(text);
        plan.commands.iter().map(|one| format!("{} @{}", one.text, one.folder.as_deref().unwrap_or("."))).collect()
    }

    #[test]
    fn the_folder_carries_over_within_a_section() {
        let text = "# Ship\n\n## A\n\n```sh\ncd app\ncd api && make\n```\n\n- [ ] x\n  ```sh\n  ls\n  cd ..\n  ls\n  ```\n\n## B\n\n```sh\nls\n```\n";
        assert_eq!(
            folders(text),
            ["cd app @.", "cd api && make @app", "ls @app/api", "cd .. @app/api", "ls @app", "ls @."]
        );
    }

    #[test]
    fn an_option_does_not_move_the_others() {
        let text = "# Ship\n\n```sh\ncd app\n# Option A\ncd a\nmake\n# Option B\nmake b\n# Then\nls\n```\n";
        assert_eq!(folders(text), ["cd app @.", "cd a @app", "make @app/a", "make b @app", "ls @app"]);
    }

    #[test]
    fn a_block_behind_output_is_the_sample() {
        let text = "# Ship\n\n```sh\nget pods\n```\n\nExpected output:\n\n```\nall up\n```\n\n```sh\nget x\n```\n\nThen look:\n\n```\nno sample\n```\n\n```sh\nget y\n```\n\n**Output:**\n\n```bash\ny up\n```\n";
        let plan = plan(text);
        let found: Vec<_> = plan.commands.iter().map(|one| (one.text.as_str(), one.sample.as_deref())).collect();
        assert_eq!(found, [("get pods", Some("all up")), ("get x", None), ("get y", Some("y up"))]);
    }

    #[test]
    fn code_that_an_item_tells_to_run_is_its_command() {
        let text = "# Ship\n\n- [ ] Run `make release V=<v>` and `git push`\n- [ ] Do not run `make clean`\n- [ ] Set `git push` aside\n- [ ] `helm list -A`\n- [ ] Run `the thing`\n- [ ] Look\n  ```sh\n  kubectl get x\n  ```\n";
        let plan = plan(text);
        let found: Vec<_> = plan.commands.iter().map(|one| (one.line, one.text.as_str(), one.blanks.len())).collect();
        assert_eq!(
            found,
            [(3, "make release V=<v>", 1), (3, "git push", 0), (6, "helm list -A", 0), (10, "kubectl get x", 0)]
        );
        assert_eq!(*plan.items[0].commands, [plan.commands[0].id.clone(), plan.commands[1].id.clone()]);
    }
}
