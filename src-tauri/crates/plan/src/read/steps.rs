//! Entries without any mark that a person nevertheless works through: numbered ones, and plain ones that tell to do or
//! check something.

use std::borrow::Cow;

use super::hints::{Hint, Hints};
use super::told::{self, is_told};
use super::{message, verbs, words};
use crate::model::{Section, SectionKind};

/// What may be taken as a step where an entry stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Work {
    /// Numbered entries.
    pub(crate) numbered: bool,
    /// Only those numbered entries that tell to do something.
    pub(crate) only_told: bool,
    /// Plain entries that tell to do something.
    pub(crate) plain: bool,
    /// Plain entries that say what must be so.
    pub(crate) statements: bool,
    /// Entries that say what has been done ("Roles assigned").
    pub(crate) done: bool,
    /// Plain entries beside boxes, where their list shows that they are meant alike.
    pub(crate) beside: bool,
    /// Paragraphs of one sentence that tell to do something.
    pub(crate) sentences: bool,
    /// Lines that a status sign leads.
    pub(crate) signs: bool,
}

/// Headings over what decides whether to go back.
pub(crate) const DECIDES: [&str; 10] =
    ["when", "trigger", "triggers", "criteria", "decision", "conditions", "critical", "high", "medium", "do not"];

/// Headings over what must be true.
pub(crate) const CHECKS: [&str; 8] =
    ["checklist", "verification", "verify", "checks", "validation", "acceptance", "doğrulama", "проверка"];

/// Headings over signs that are no state.
pub(crate) const SIGNS_TOLD: [&str; 10] = [
    "legend",
    "key",
    "do's",
    "don'ts",
    "best practices",
    "features",
    "what's new",
    "changelog",
    "release notes",
    "log",
];

/// Past participles that say what was done.
static DONE: verbs::Words = verbs::Words::new(|| {
    verbs::words(
        " acknowledged added alerted announced approved archived assembled assigned backed booked briefed built \
    cleared closed communicated completed configured confirmed created declared defined deployed disabled documented \
    drafted enabled executed filed finalized finished handed identified informed installed invited issued kept locked \
    maintained merged migrated monitored notified opened paused performed planned posted prepared provided published \
    pushed recorded removed reported resolved restored reviewed rotated scheduled sent set shared signaled signed started \
    stopped tagged taken tested updated uploaded validated verified written ",
    )
});

/// What the words of a heading say about what stands below it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Title {
    /// What is told, not done.
    is_told: bool,
    /// It ends with a question mark.
    asks: bool,
    is_condition: bool,
    is_checklist: bool,
    is_only_checklist: bool,
    decides: bool,
    checks: bool,
    /// Signs that are no state.
    tells_signs: bool,
}

impl Title {
    pub(crate) fn of(section: &Section, hints: Hints) -> Self {
        let asks = section.text.trim_end_matches(words::is_dress).ends_with('?');
        // Most headings say nothing of the kind.
        if !hints.has_any(&[Hint::Checklist, Hint::Deciding, Hint::Checking, Hint::Signs, Hint::Told]) {
            return Self { asks, ..Self::default() };
        }
        let text = words::plain(&section.text);
        let has = |hint, names: &[&str]| hints.has(hint) && words::has_any(&text, names);
        Self {
            is_told: hints.has(Hint::Told) && told::may_be_told(&text),
            asks,
            is_condition: text.starts_with("if "),
            is_checklist: has(Hint::Checklist, &["checklist"]),
            is_only_checklist: text == "checklist",
            decides: has(Hint::Deciding, &DECIDES),
            checks: has(Hint::Checking, &CHECKS),
            tells_signs: has(Hint::Signs, &SIGNS_TOLD),
        }
    }
}

impl Work {
    /// By the section, what its heading says and those above it say, and by whether one of its entries has a box.
    pub(crate) fn of<'a>(
        section: &Section,
        title: &Title,
        above: impl Iterator<Item = (&'a Section, &'a Title)>,
        has_box: bool,
    ) -> Self {
        let mut is_told = title.is_told || title.asks;
        let mut is_checklist = title.is_checklist;
        let mut decides = title.decides;
        let mut signs = !title.tells_signs;
        for (section, title) in above {
            // The document's title says what the text is about; a part that is called nothing else is one.
            is_checklist |= title.is_only_checklist;
            if section.level > 1 || section.parent.is_some() {
                is_told |= title.is_told;
                is_checklist |= title.is_checklist;
                decides |= title.decides;
                signs &= !title.tells_signs;
            }
        }
        match section.kind {
            SectionKind::Reference => Self { signs: false, ..Self::default() },
            SectionKind::Contacts => Self { numbered: !is_told, only_told: true, ..Self::default() },
            SectionKind::Success => {
                Self { numbered: !is_told, plain: !has_box, statements: !has_box, signs, ..Self::default() }
            }
            SectionKind::Rollback if decides || title.is_condition => Self { signs, ..Self::default() },
            // Below "Notes" in bold there may stand all the rest of the text, with its boxes.
            _ if is_told => Self { signs, beside: has_box && section.bold, ..Self::default() },
            SectionKind::Preparation
            | SectionKind::Phase
            | SectionKind::Watch
            | SectionKind::Rollback
            | SectionKind::Communication
            | SectionKind::Prose => Self {
                numbered: true,
                only_told: false,
                plain: !has_box,
                statements: !has_box && section.kind != SectionKind::Communication && title.checks && !title.decides,
                done: !has_box && is_checklist,
                beside: has_box,
                sentences: is_checklist && !has_box,
                signs,
            },
        }
    }

    /// Whether an entry is a step. `has_list` tells that further entries hang on it.
    pub(crate) fn takes(self, text: &str, is_numbered: bool, has_list: bool) -> bool {
        if is_numbered && self.numbered && !self.only_told {
            return !names_somebody(text, has_list) && !is_contact(text);
        }
        let ladder = self.only_told && words::has_any(&words::plain(text), &["escalate", "call", "page", "contact"]);
        let is_told = tells(text) && !ladder;
        is_numbered && self.numbered && is_told
            || !is_numbered && (self.plain && is_told || self.statements && states(text) || self.done && is_done(text))
    }
}

/// Whether a heading is a step itself: "Publish the packages", "Is it green? If not, make it green", "Step 3: switch".
pub(crate) fn heads_step(text: &str) -> bool {
    let plain = words::without_signs(text);
    let text = plain.trim_start_matches(|first: char| first.is_ascii_digit() || matches!(first, '.' | ')' | ' '));
    let behind = text.split_once("? ").map_or(text, |(_, rest)| rest);
    let is_numbered = words::labelled(text).is_some_and(|(name, rest)| {
        !rest.is_empty() && name.get(..5).is_some_and(|first| first.eq_ignore_ascii_case("step "))
    });
    is_numbered
        || text.split_whitespace().count() >= 3
            && !is_told(&words::plain(text))
            && !words::has_any(&words::plain(text), &["example", "examples"])
            && tells(behind)
}

/// Whether a paragraph is one sentence that tells to do something.
pub(crate) fn is_sentence(text: &str) -> bool {
    let text = text.trim();
    text.ends_with('.') && !text.contains(". ") && text.split_whitespace().count() <= 25 && tells(text)
}

/// The step that a line of a drawn tree names: "├─ T+5min: Deploy to the first pod".
pub(crate) fn of_tree(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['├', '└'])?;
    let text = rest.trim_start_matches(['─', '-', '→', '>', ' ']).trim();
    (is_timed(text) && !text.ends_with('?') || tells(text)).then_some(text)
}

/// "T+15: tell the managers": whoever keeps the time does it then.
pub(crate) fn is_timed(text: &str) -> bool {
    words::labelled(text).is_some_and(|(name, rest)| !rest.is_empty() && message::is_moment(&name.to_lowercase()))
}

/// "Release manager:" over a list says who does what stands below.
pub(crate) fn names_somebody(text: &str, has_list: bool) -> bool {
    let plain = words::without_signs(text);
    let Some(name) = plain.trim().strip_suffix(':').map(str::trim) else {
        return has_list && is_role(&plain) && plain.split_whitespace().count() <= 3;
    };
    has_list && name.split_whitespace().count() <= 4 && !tells(name)
}

/// Whether a numbered list explains instead of telling what to do: each entry is about something, none has a sentence
/// that tells to do anything.
pub(crate) fn explains(entries: &[impl AsRef<str>]) -> bool {
    let is_about = |entry: &str| {
        let first = word(entry.split_whitespace().next().unwrap_or(""));
        let is_article = matches!(
            first.as_ref(),
            "the"
                | "a"
                | "an"
                | "this"
                | "that"
                | "these"
                | "it"
                | "we"
                | "our"
                | "there"
                | "they"
                | "der"
                | "die"
                | "das"
                | "el"
                | "la"
                | "los"
                | "le"
                | "les"
        );
        is_article && !entry.split(". ").any(tells)
    };
    !entries.is_empty() && entries.iter().all(|entry| is_about(entry.as_ref()))
}

/// Whether a line names somebody with a way to reach them.
fn is_contact(text: &str) -> bool {
    words::labelled(text).is_some_and(|(_, value)| value.contains('@') && !tells(text))
}

/// Whether a line is about what comes below and not about itself: a list of what is expected, of examples, of reasons.
pub(crate) fn leads_to_words(lead: &str) -> bool {
    if !lead.trim_end_matches(words::is_dress).ends_with(':') {
        return false;
    }
    let lead = words::plain(lead);
    // What the sentences before it speak of is not what it leads to.
    let lead = lead.rsplit(". ").next().unwrap_or(&lead);
    words::has_any(
        lead,
        &[
            "expected",
            "example",
            "examples",
            "benefits",
            "causes",
            "symptoms",
            "includes",
            "such as",
            "note",
            "notes",
            "fields",
            "values",
            "options",
            "parameters",
            "following information",
            "for instance",
            "either",
            "one of",
            "means",
            "responsible for",
            "workflow",
            "we recommend",
        ],
    )
}

/// Whether a line tells to do or check something: its first word, behind an actor, a moment or a condition, is a verb
/// of the trade.
pub(crate) fn tells(text: &str) -> bool {
    let plain = words::without_signs(text);
    let mut rest = plain.trim();
    for _ in 0..4 {
        if rest.ends_with('?') {
            return false;
        }
        if let Some(behind) = behind_actor(rest).or_else(|| behind_condition(rest)) {
            rest = behind;
            continue;
        }
        break;
    }
    is_instruction(rest)
}

fn is_instruction(text: &str) -> bool {
    let mut parts = text.split_whitespace();
    let mut first = parts.next().unwrap_or("");
    loop {
        let word = word(first);
        if !verbs::is_adverb(&word) || verbs::is_verb(&word) {
            break;
        }
        match parts.next() {
            Some(next) => first = next,
            None => return false,
        }
    }
    // "Rollback: …" and "Open issues: 3" are labels.
    if first.ends_with([':', ';']) || words::labelled(text).is_some_and(|(name, rest)| is_label(name, rest)) {
        return false;
    }
    let second = word(parts.clone().next().unwrap_or(""));
    let verb = word(first.split(['/', '&', '+']).next().unwrap_or(""));
    if verbs::is_verb(&verb) || verbs::takes_article(&verb, &second) {
        let waits_for = matches!(verb.as_ref(), "rollback" | "abort" | "stop" | "pause" | "revert")
            && matches!(second.as_ref(), "if" | "when" | "is" | "unless" | "only");
        let is_noun = second.is_empty() && parts.clone().next().is_none() && text.chars().count() < 4;
        return !waits_for
            && !is_noun
            && (!verbs::is_thing(&verb, &second) || verbs::has_object(&verb, parts.clone().nth(1).unwrap_or("")))
            && !matches!(second.as_ref(), "is" | "are" | "was");
    }
    let last = word(text.split_whitespace().next_back().unwrap_or(""));
    text.split_whitespace().count() > 1 && verbs::is_last_verb(&last)
}

/// A name of one to three words with a value behind it.
fn is_label(name: &str, rest: &str) -> bool {
    name.split_whitespace().count() <= 3 && !rest.is_empty()
}

/// What stands behind "QA:", "(Team)", "[Release lead]", "Ada (DBA):".
fn behind_actor(text: &str) -> Option<&str> {
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(inner) = text.strip_prefix(open) {
            let end = inner.find(close)?;
            let rest = inner.get(end + 1..)?.trim_start_matches([':', ' ']);
            let is_name = inner.get(..end)?.split_whitespace().count() <= 5;
            return (is_name && !rest.is_empty()).then_some(rest);
        }
    }
    let (name, rest) = words::labelled(text)?;
    let plain = words::plain(name);
    let first = plain.split_whitespace().next().unwrap_or("");
    let is_moment = matches!(
        first,
        "after"
            | "before"
            | "once"
            | "when"
            | "during"
            | "at"
            | "midday"
            | "morning"
            | "evening"
            | "end"
            | "day"
            | "optional"
            | "if"
            | "step"
    );
    ((is_role(name) || is_moment) && !rest.is_empty()).then_some(rest)
}

/// What stands behind "If it fails, …", "Once the build is cut, …".
fn behind_condition(text: &str) -> Option<&str> {
    let first = word(text.split_whitespace().next()?);
    let is_condition = matches!(
        first.as_ref(),
        "if" | "once"
            | "after"
            | "when"
            | "before"
            | "for"
            | "as"
            | "at"
            | "during"
            | "upon"
            | "in"
            | "on"
            | "while"
            | "to"
            | "using"
            | "with"
            | "from"
            | "wenn"
            | "nach"
            | "si"
            | "если"
            | "после"
    );
    if !is_condition {
        return None;
    }
    let (_, rest) = text.split_once(", ")?;
    Some(rest.trim_start())
}

/// A name of a role: a few words, one of which is one that teams give to people.
fn is_role(name: &str) -> bool {
    let name = words::plain(name);
    name.split_whitespace().count() <= 4
        && words::has_any(
            &name,
            &[
                "admin",
                "build",
                "captain",
                "commander",
                "dba",
                "dev",
                "developer",
                "developers",
                "devops",
                "devs",
                "docs",
                "engineer",
                "engineering",
                "lead",
                "logistics",
                "manager",
                "marketing",
                "on-call",
                "operations",
                "operator",
                "ops",
                "owner",
                "pm",
                "product",
                "qa",
                "release",
                "reviewer",
                "scribe",
                "security",
                "sre",
                "support",
                "team",
                "tester",
            ],
        )
}

/// A statement that is to be found true: some words, no label with a value, no question, no mere link.
fn states(text: &str) -> bool {
    let plain = words::without_signs(text);
    let plain = plain.trim();
    let count = plain.split_whitespace().count();
    (2..=25).contains(&count)
        && !plain.ends_with([':', '?'])
        && !plain.starts_with("http")
        && words::labelled(plain).is_none_or(|(name, _)| name.split_whitespace().count() > 3)
        && !plain.starts_with("Don't")
        && !plain.starts_with("Do not")
}

fn is_done(text: &str) -> bool {
    let plain = words::plain(text);
    let mut parts = plain.split_whitespace().take(10);
    !plain.ends_with(':') && parts.any(|part| DONE.contains(word(part).as_ref()))
}

/// A word without what stands around it, in lower case.
pub(crate) fn word(word: &str) -> Cow<'_, str> {
    let word = word.trim_matches(|character: char| !character.is_alphanumeric());
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(words::lower(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_begin_with_a_verb() {
        for text in [
            "Run the smoke tests",
            "**Verify** the dashboards".trim_matches('*'),
            "QA: test the login",
            "(Team) Decide when to go on",
            "[Release lead] Tag the commit",
            "If the queue grows, pause the workers",
            "After the build: update the links",
            "Please notify support",
            "Enable/disable the banner",
            "Manually open the page",
            "🔧 Restart the proxy",
            "Проверить очередь",
            "Backup prüfen",
            "Yedekleri kontrol et",
            "Update version for each chart",
            "Release the mail to the customers",
            "Note the kind of release",
        ] {
            assert!(tells(text), "{text}");
        }
        for text in [
            "Release notes are long",
            "Test coverage of the core",
            "Rollback if errors exceed 2 %",
            "Rollback: lower the flag",
            "The build runs by itself",
            "Open issues: 3",
            "Early detection",
            "Update version",
            "Note that it takes long",
            "Release time for all",
            "Monitor: chat, error logs",
            "Should we go on?",
            "https://example.org/run",
            "",
        ] {
            assert!(!tells(text), "{text}");
        }
    }

    #[test]
    fn a_name_over_a_list_is_nobody_s_step() {
        assert!(names_somebody("Release Manager:", true));
        assert!(names_somebody("QA", true));
        assert!(!names_somebody("Update the mirrors:", true));
        assert!(!names_somebody("Release Manager:", false));
        assert!(!names_somebody("Prepare the hosts", true));
    }

    #[test]
    fn headings_sentences_and_drawn_lines_are_steps() {
        for text in [
            "Publish the packages",
            "2. Publish the packages",
            "Is it green? If not, make it green.",
            "Step 3: The switch",
        ] {
            assert!(heads_step(text), "{text}");
        }
        for text in ["Release notes", "Deploy", "The release process", "Is it green?", "Known issues of the build"] {
            assert!(!heads_step(text), "{text}");
        }
        assert!(is_sentence("Check that nobody works on it."));
        assert!(!is_sentence("Check it. Then wait.") && !is_sentence("Check these:"));
        assert_eq!(of_tree("├─ T+5min: Load test"), Some("T+5min: Load test"));
        assert_eq!(of_tree("└─ Keep watching it"), Some("Keep watching it"));
        assert_eq!(of_tree("├─→ Errors > 10%?"), None);
        assert_eq!(of_tree("├─ http_requests_total"), None);
        assert!(!leads_to_words("She is responsible for it. Now do this:"));
    }

    #[test]
    fn lists_of_what_is_expected_are_words() {
        assert!(leads_to_words("Expected:"));
        assert!(leads_to_words("Common causes:"));
        assert!(!leads_to_words("Now do this:"));
        assert!(!leads_to_words("Expected"));
    }

    #[test]
    fn headings_over_what_is_told() {
        for title in ["known issues", "troubleshooting", "overview", "2. benefits"] {
            assert!(is_told(title), "{title}");
        }
        for title in ["producing the changelog", "add release notes to the page", "deploy"] {
            assert!(!is_told(title), "{title}");
        }
    }

    #[test]
    fn lists_that_explain_are_no_steps() {
        let list = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        assert!(explains(&list(&["The core", "The plugins", "A mirror"])));
        assert!(!explains(&list(&["A draft is made by the robot. Review and publish it"])));
        assert!(!explains(&list(&["The core", "Build the plugins"])));
        assert!(is_contact("Second level: @ada"));
        assert!(!is_contact("Ask Ada: she knows"));
    }

    #[test]
    fn what_must_be_so_and_what_was_done() {
        assert!(is_timed("T+15: tell the managers") && is_timed("Immediate: page"));
        assert!(!is_timed("T-shirts: three") && !is_timed("T+15"));
        assert!(states("Previous version is back"));
        assert!(!states("Port: 8080"));
        assert!(!states("What went well?"));
        assert!(is_done("Roles assigned"));
        assert!(!is_done("System unavailable"));
    }
}
