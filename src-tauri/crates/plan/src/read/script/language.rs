//! Which fences hold shell commands: by their info string and, where that is silent, by prompts or by lines that begin
//! with a command of the trade.

use super::prompt::{Open, prompt};

/// Commands that teams write into checklists. A word of this list at the start of every line makes a fence without a
/// language a shell fence.
const TRADE: [&str; 92] = [
    "ansible",
    "ansible-playbook",
    "apt",
    "apt-get",
    "argocd",
    "aws",
    "az",
    "bash",
    "brew",
    "bundle",
    "cargo",
    "cat",
    "cd",
    "chmod",
    "chown",
    "consul",
    "cp",
    "crane",
    "curl",
    "date",
    "df",
    "dig",
    "docker",
    "docker-compose",
    "doctl",
    "dotnet",
    "du",
    "echo",
    "eksctl",
    "export",
    "firebase",
    "fly",
    "gcloud",
    "gem",
    "gh",
    "git",
    "go",
    "gpg",
    "gradle",
    "grep",
    "gsutil",
    "helm",
    "heroku",
    "istioctl",
    "java",
    "journalctl",
    "jq",
    "kill",
    "kubectl",
    "kustomize",
    "ls",
    "make",
    "mkdir",
    "mongodump",
    "mongorestore",
    "mv",
    "mvn",
    "mysql",
    "mysqldump",
    "nc",
    "netlify",
    "nginx",
    "node",
    "nomad",
    "npm",
    "npx",
    "nslookup",
    "oc",
    "openssl",
    "pg_dump",
    "pg_restore",
    "ping",
    "pip",
    "pm2",
    "pnpm",
    "psql",
    "pytest",
    "python",
    "python3",
    "rake",
    "redis-cli",
    "rm",
    "rsync",
    "ssh",
    "sudo",
    "systemctl",
    "tar",
    "terraform",
    "vault",
    "vercel",
    "wget",
    "yarn",
];

/// Words that follow `make`, `go` or `date` in a sentence and not in a command.
const PROSE: [&str; 20] = [
    "sure", "the", "a", "an", "to", "it", "all", "this", "that", "your", "our", "is", "are", "and", "of", "for",
    "live", "back", "with", "we",
];

/// Whether a fence holds shell commands.
pub(crate) fn is_shell(info: Option<&str>, text: &str) -> bool {
    let language = info.and_then(|info| info.split([' ', ',', '{']).next()).unwrap_or("").to_lowercase();
    match language.as_str() {
        "bash" | "sh" | "shell" | "zsh" | "ksh" | "fish" | "shell-session" | "shellsession" | "terminal"
        | "console" | "sh-session" | "shellscript" => !is_other_language(text),
        "text" | "txt" | "plain" | "plaintext" => has_prompt(text),
        "" => has_prompt(text) || unfenced(text).is_some() || is_plainly_shell(text),
        _ => false,
    }
}

fn has_prompt(text: &str) -> bool {
    text.lines().any(|line| prompt(line).is_some())
}

/// The fence that a tab holds: Markdown shows it as indented code with its marks.
pub(super) fn unfenced(text: &str) -> Option<String> {
    let mut rows = text.lines();
    let first = rows.by_ref().find(|row| !row.trim().is_empty())?.trim();
    let language = first.strip_prefix("```")?.trim();
    if !is_shell(Some(language), "") || language.is_empty() {
        return None;
    }
    let kept = text.lines().map(|row| if row.trim().starts_with("```") { "" } else { row });
    Some(kept.collect::<Vec<_>>().join("\n"))
}

/// Whether one line or a piece of code is a command: it begins with a command of the trade or with a script.
pub(crate) fn is_command(text: &str) -> bool {
    let mut parts = text.split_whitespace().skip_while(|part| *part == "sudo" || is_setting(part));
    let Some(first) = parts.next() else { return false };
    let is_script = first.starts_with("./") && first.len() > 2 || first.ends_with(".sh") || first.starts_with("bin/");
    let is_trade = TRADE.contains(&first);
    let next = parts.next();
    is_script || is_trade && !next.is_some_and(|next| PROSE.contains(&next)) && !text.contains("...\n")
}

fn is_setting(part: &str) -> bool {
    part.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric() && !c.is_ascii_lowercase())
    })
}

/// Whether every line begins a command, goes on with one, or is a comment.
fn is_plainly_shell(text: &str) -> bool {
    let mut open = Open::default();
    let mut commands = 0;
    for line in text.lines() {
        if open.is_open() {
            open.feed(line);
            continue;
        }
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if !is_command(line) {
            return false;
        }
        commands += 1;
        open.feed(line);
    }
    commands > 0
}

/// Whether what is called shell is a make target or a script of another language: `if x > 5:` with nothing that closes
/// it, `build:` above a line that begins with a tab.
fn is_other_language(text: &str) -> bool {
    // Each of these has a colon at a row's end or before a blank.
    let may_end = |pair: &[u8]| matches!(pair, [b':', next] if !next.is_ascii_graphic());
    let bytes = text.as_bytes();
    if !bytes.windows(2).any(may_end) && bytes.last() != Some(&b':') && !text.contains(".PHONY:") {
        return false;
    }
    let mut open = Open::default();
    let (mut opens, mut closes, mut target) = (false, false, false);
    for line in text.lines() {
        let was_open = open.is_open();
        open.feed(line);
        if was_open {
            continue;
        }
        if target && line.starts_with('\t') || line.starts_with(".PHONY:") {
            return true;
        }
        let trimmed = line.trim();
        let first = trimmed.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        closes |= matches!(first, "fi" | "done" | "then" | "do");
        opens |= trimmed.ends_with(':') && matches!(first, "if" | "elif" | "for" | "while" | "def" | "try" | "class");
        target = !line.starts_with([' ', '\t', '#'])
            && line.split_once(':').is_some_and(|(name, rest)| {
                !name.is_empty()
                    && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
                    && (rest.is_empty() || rest.starts_with(' ') && !rest.contains('='))
            });
    }
    // `if` itself opens a block that never closes, so that all below it would count as its inside.
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("").trim();
    let is_python =
        first.ends_with(':') && ["if ", "for ", "while ", "def "].iter().any(|word| first.starts_with(word));
    (opens || is_python) && !closes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shell_is_told_by_language_prompt_and_commands_of_the_trade() {
        assert!(is_shell(Some("bash"), "anything"));
        assert!(is_shell(Some("console"), "$ ls"));
        assert!(is_shell(Some(""), "  $ ls\nout"));
        assert!(is_shell(Some("text"), "ops@db1:~$ uptime"));
        assert!(is_shell(Some(""), "# first\ngit fetch \\\n  --all\nsudo systemctl stop api"));
        assert!(is_shell(None, "helm list"));
        assert!(!is_shell(Some("yaml"), "git: x"));
        assert!(!is_shell(Some("text"), "git push"));
        assert!(!is_shell(Some(""), "git push\nTo example.org"), "output, too");
        assert!(!is_shell(Some(""), "make sure that all is well"));
        assert!(!is_shell(Some(""), "\n"));
    }

    #[test]
    fn another_language_behind_the_name_of_a_shell_is_told() {
        assert!(!is_shell(Some("bash"), "if rate > 5:\n  roll_back()\n"));
        assert!(!is_shell(Some("bash"), "push-tags:\n\techo x\n"));
        assert!(!is_shell(Some("bash"), ".PHONY: all\nall:\n  echo x\n"));
        assert!(is_shell(Some("bash"), "if a; then\n  b\nfi\n"));
        assert!(is_shell(Some("bash"), "python -c \"\nfor x in y:\n  print(x)\n\"\n"));
    }
}
