//! The names that commands share: filled once for all, where each block would be a shell of its own.

use std::collections::HashMap;

use super::notes::{Note, Notes};
use super::script::{Carried, blanks};
use crate::model::{Command, CommandId, Level, Variable};
use crate::read::quick::QuickMap;

/// Names that a login shell has a value for.
const KNOWN: [&str; 38] = [
    "HOME",
    "PATH",
    "USER",
    "LOGNAME",
    "PWD",
    "OLDPWD",
    "SHELL",
    "HOSTNAME",
    "HOSTTYPE",
    "OSTYPE",
    "MACHTYPE",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "TERM",
    "TMPDIR",
    "TMP",
    "TEMP",
    "TZ",
    "EDITOR",
    "VISUAL",
    "PAGER",
    "DISPLAY",
    "UID",
    "EUID",
    "PPID",
    "RANDOM",
    "SECONDS",
    "LINENO",
    "IFS",
    "REPLY",
    "OPTARG",
    "OPTIND",
    "PIPESTATUS",
    "FUNCNAME",
    "BASHPID",
    "SSH_AUTH_SOCK",
    "MAIL",
];

fn is_known(name: &str) -> bool {
    KNOWN.contains(&name) || name.starts_with("BASH_") || name.starts_with("XDG_")
}

/// The first words of a name's history.
struct Known {
    line: usize,
    value: Option<String>,
    is_assigned: bool,
    /// Line of an assignment of another value.
    other: Option<usize>,
    commands: Vec<CommandId>,
}

/// Collects the variables, and puts those that nobody fills among the blanks of the commands that use them.
pub(crate) fn read(carried: &[Carried], commands: &mut [Command], notes: &mut Notes<'_>) -> Vec<Variable> {
    let mut names: HashMap<&str, Known> = HashMap::new();
    for one in carried {
        for (name, value) in &one.effects.assigns {
            let is_blank = value.trim_matches(['"', '\'']).is_empty() || !blanks(value).is_empty();
            let value = (!is_blank).then(|| value.clone());
            let known = names.entry(name).or_insert_with(|| Known {
                line: one.line,
                value: value.clone(),
                is_assigned: true,
                other: None,
                commands: Vec::new(),
            });
            if known.value != value {
                known.other.get_or_insert(one.line);
            }
        }
    }
    for one in carried {
        for (name, _) in &one.effects.uses {
            if is_known(name) && !names.contains_key(name.as_str()) || one.effects.locals.contains(name) {
                continue;
            }
            let known = names.entry(name).or_insert_with(|| Known {
                line: one.line,
                value: None,
                is_assigned: false,
                other: None,
                commands: Vec::new(),
            });
            if known.commands.last() != Some(&one.command) {
                known.commands.push(one.command.clone());
            }
        }
    }
    fill(carried, commands, &names);
    let mut found: Vec<Variable> = Vec::new();
    for (name, known) in names {
        if let (Some(line), true) = (known.other, known.is_assigned) {
            notes.on_line(line, Note {
                code: "CMD-11",
                level: Level::Note,
                message: format!(
                    "{name} gets another value here than on line {}; commands that run in shells of their own know only one of them.",
                    known.line
                ),
                mend: "Use a name of its own for each value.",
            });
        }
        found.push(Variable { name: name.to_owned(), line: known.line, value: known.value, commands: known.commands });
    }
    found.sort_by(|one, other| (one.line, &one.name).cmp(&(other.line, &other.name)));
    found
}

fn fill(carried: &[Carried], commands: &mut [Command], names: &HashMap<&str, Known>) {
    // Most texts use no names, and their commands need not be found again.
    if carried.iter().all(|one| one.effects.uses.is_empty()) {
        return;
    }
    let at: QuickMap<CommandId, usize> =
        commands.iter().enumerate().map(|(at, command)| (command.id.clone(), at)).collect();
    for one in carried {
        let Some(command) = at.get(&one.command).and_then(|at| commands.get_mut(*at)) else { continue };
        let mut seen: std::collections::HashSet<&str> = std::collections::HashSet::new();
        for (name, spelling) in &one.effects.uses {
            let is_open = names.get(name.as_str()).is_some_and(|known| known.value.is_none());
            let is_own = one.effects.locals.contains(name) || one.effects.assigns.iter().any(|(own, _)| own == name);
            if is_open && !is_own && seen.insert(spelling) {
                command.blanks.push(spelling.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::model::Plan;

    fn plan(text: &str) -> Plan {
        crate::read(text, &Config::default()).0
    }

    #[test]
    fn names_are_filled_once_for_all() {
        let text = "# Ship\n\n```sh\nexport TAG=v1 OTHER=<version>\ngit tag $TAG -m \"${OTHER}\"\n```\n\n## On\n\n```sh\npush $TAG $REGISTRY/$HOME ${REGISTRY} ${X:-y}\nfor i in 1; do echo $i; done\nONE=1 run $ONE\n```\n";
        let plan = plan(text);
        let found: Vec<_> = plan
            .variables
            .iter()
            .map(|one| (one.line, one.name.as_str(), one.value.as_deref(), one.commands.len()))
            .collect();
        assert_eq!(found, [(4, "OTHER", None, 1), (4, "TAG", Some("v1"), 2), (11, "REGISTRY", None, 1)]);
        let blanks: Vec<_> = plan.commands.iter().map(|one| one.blanks.join(" ")).collect();
        assert_eq!(blanks, ["<version>", "${OTHER}", "$REGISTRY ${REGISTRY}", "", ""]);
    }

    #[test]
    fn a_second_value_is_told() {
        let text = "# Ship\n\n```sh\nSHARE=10\ngo $SHARE\nSHARE=50\n```\n";
        let findings = crate::read(text, &Config::default()).1;
        let told: Vec<_> = findings.iter().filter(|one| one.code == "CMD-11").map(|one| one.range.line).collect();
        assert_eq!(told, [6]);
    }
}
