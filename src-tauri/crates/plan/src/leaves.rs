//! What a step of a way back leaves behind, as far as its command or its words show it.
//!
//! Owns: a small table of commands that are known, by the words that the shell would give them. A command that is not
//! known, or that the shell would make more of, leaves nothing said: nothing is guessed. Must not know: which way it
//! belongs to.

use crate::model::Command;
use crate::propose::shell::stages;

/// What is left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaves {
    /// In words.
    pub words: String,
    /// Whether it takes something away that was there: service, or data.
    pub is_grave: bool,
}

/// What a command leaves behind; `None` where it is not known.
#[must_use]
pub fn leaves_behind(command: &Command) -> Option<Leaves> {
    const GRAVE: [&str; 5] = ["stops ", "deletes ", "removes ", "destroys ", "what was written"];
    let words = words_of(command)?;
    let is_grave = GRAVE.iter().any(|word| words.starts_with(word));
    Some(Leaves { words, is_grave })
}

fn words_of(command: &Command) -> Option<String> {
    let stages = stages(&command.text)?;
    let [words] = stages.as_slice() else { return None };
    let words: Vec<&str> = words.iter().map(String::as_str).skip_while(|word| *word == "sudo").collect();
    let (program, rest) = words.split_first()?;
    let program = program.rsplit('/').next().unwrap_or(program);
    let plain = plain(rest);
    let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
    match (program, plain.as_slice()) {
        ("kubectl" | "oc", ["scale", ..]) if value_of(rest, "--replicas") == Some("0") => Some(STOPS.to_owned()),
        ("kubectl" | "oc", ["rollout", "undo", ..]) => Some(match value_of(rest, "--to-revision") {
            Some(revision) => format!("goes back to revision {revision}; {DATA_STAYS}"),
            None => format!("goes back by one revision, whatever that one was; {DATA_STAYS}"),
        }),
        ("kubectl" | "oc", ["delete", "namespace" | "namespaces" | "ns", name, ..]) => {
            Some(format!("deletes all that is in namespace {name}, data included"))
        }
        ("kubectl" | "oc", ["delete", what, ..]) => {
            Some(format!("deletes the {what}: it is gone until it is applied again"))
        }
        ("helm", ["rollback", release, revision, ..]) => {
            Some(format!("goes back to revision {revision} of {release}; {DATA_STAYS}"))
        }
        ("helm", ["rollback", release]) => Some(format!("goes back to the revision before of {release}; {DATA_STAYS}")),
        ("helm", ["uninstall" | "delete" | "un", release, ..]) => {
            Some(format!("removes {release}: nothing of it is left to answer"))
        }
        ("docker", ["compose", "down" | "stop", ..]) | ("docker-compose", ["down" | "stop", ..]) => {
            Some("stops all services of the compose file".to_owned())
        }
        ("docker", ["stop" | "kill", ..]) | ("systemctl", ["stop", ..]) | ("service", [_, "stop"]) => {
            Some("stops the service: nothing starts it again by itself".to_owned())
        }
        ("terraform" | "tofu", ["destroy", ..]) => Some("destroys what it manages, data included".to_owned()),
        ("pg_restore", _) => Some("what was written since the backup is lost".to_owned()),
        ("git", ["revert", ..]) => Some("changes the source alone: a build and a deployment have to follow".to_owned()),
        ("aws", ["route53", "change-resource-record-sets", ..])
        | ("gcloud", ["dns", "record-sets", ..])
        | ("az", ["network", "dns", ..]) => Some(CACHED.to_owned()),
        _ => None,
    }
}

/// What a step by hand leaves behind, by its words: a name that is pointed elsewhere is kept by whoever asked before.
#[must_use]
pub fn leaves_behind_by_hand(text: &str) -> Option<Leaves> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
    words.contains(&"dns").then(|| Leaves { words: CACHED.to_owned(), is_grave: false })
}

const STOPS: &str = "stops all service: with no replica nothing is left to answer";
const DATA_STAYS: &str = "data and settings that were changed stay as they are";
const CACHED: &str =
    "DNS answers are kept for their TTL, by some for longer: until then traffic reaches the new version";

/// The words that are neither flags nor their values.
fn plain(words: &[&str]) -> Vec<String> {
    const WITH_VALUE: [&str; 12] = [
        "-n",
        "--namespace",
        "--context",
        "--kubeconfig",
        "--cluster",
        "--user",
        "-l",
        "--selector",
        "-f",
        "--filename",
        "--replicas",
        "--timeout",
    ];
    let mut plain = Vec::new();
    let mut is_value = false;
    for word in words {
        if std::mem::take(&mut is_value) {
            continue;
        }
        if word.starts_with('-') {
            is_value = WITH_VALUE.contains(word);
        } else {
            plain.push((*word).to_owned());
        }
    }
    plain
}

/// `0` of `--replicas=0` and of `--replicas 0`.
fn value_of<'a>(words: &[&'a str], flag: &str) -> Option<&'a str> {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if *word == flag {
            return words.next().copied();
        }
        if let Some(value) = word.strip_prefix(flag).and_then(|rest| rest.strip_prefix('=')) {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    fn check(command: &str, expected: &str) {
        let text = format!("# Ship\n\n## Rollback\n```bash\n{command}\n```\n");
        let (plan, _) = read(&text, &crate::config::Config::default());
        let told = plan.commands.first().and_then(leaves_behind);
        assert_eq!(told.map(|told| told.words).unwrap_or_default(), expected, "{command}");
    }

    #[test]
    fn a_known_command_says_what_it_leaves_and_any_other_nothing() {
        check("kubectl scale deployment pay --replicas=0 -n prod", STOPS);
        check("kubectl -n prod scale deployment/pay --replicas 0", STOPS);
        check("kubectl scale deployment pay --replicas=3", "");
        check("kubectl scale deployment pay --replicas=05", "");
        check(
            "kubectl rollout undo deployment/pay -n prod",
            "goes back by one revision, whatever that one was; data and settings that were changed stay as they are",
        );
        check(
            "helm rollback pay 41",
            "goes back to revision 41 of pay; data and settings that were changed stay as they are",
        );
        check("helm uninstall pay", "removes pay: nothing of it is left to answer");
        check("sudo systemctl stop pay", "stops the service: nothing starts it again by itself");
        check("kubectl delete deployment pay", "deletes the deployment: it is gone until it is applied again");
        check("kubectl delete ns pay", "deletes all that is in namespace pay, data included");
        // A word in a quote is no flag, and what the shell makes more of is not guessed.
        check("echo 'kubectl scale --replicas=0'", "");
        check("kubectl scale deployment pay --replicas=$COUNT", "");
        check("kubectl scale deployment pay --replicas=0 && echo done", "");
        check("./rollback.sh", "");
    }

    #[test]
    fn a_name_that_is_pointed_elsewhere_by_hand_is_cached() {
        let by_hand = leaves_behind_by_hand("Update DNS A record").unwrap();
        assert_eq!((by_hand.words.as_str(), by_hand.is_grave), (CACHED, false));
        assert_eq!(leaves_behind_by_hand("Press the button"), None);
    }
}
