//! What a person says of a check besides that it is done: one of its answers, and the values of its blanks.
//!
//! Owns: what a check asks for, and what an answer means. Must not know: whether it may be said now.

use plan::{Choice, Criterion, Item, Plan};
use serde::{Deserialize, Serialize};

use crate::decide::asks_what_was_seen;

/// One of a check's answers, as a person gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The answer's own words ("NO-GO").
    pub words: String,
    /// What it was taken to mean when it was given.
    pub means: Meaning,
}

/// What an answer says of its check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// It is done, or it is so: "GO", "Yes", "Passed", and whatever is none of the others.
    Done,
    /// It is not done, or not so: "No", "Failed", "In progress".
    NotMet,
    /// Nobody goes on before it is lifted: "NO-GO", "HOLD", "ABORT".
    NoGo,
    /// It asks for nothing here: "N/A".
    NotApplicable,
}

/// What a person filled into a blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// What the blank asks for ("Version"); may be empty.
    pub field: String,
    /// What was filled in.
    pub value: String,
}

/// What a statement says besides that a check is done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// What was seen.
    pub saw: Option<String>,
    /// The answer, where the check is a choice.
    pub answer: Option<Answer>,
    /// The values, where the check has blanks.
    pub values: Vec<Value>,
}

impl Said {
    /// All of it in one line: "NO-GO", "4.2.0", "Date: 21 Jan · Approved by: MK"; `None` for a tick alone.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let answer = self.answer.iter().map(|answer| answer.words.clone());
        let saw = self.saw.iter().cloned();
        let is_alone = self.values.len() == 1 && self.answer.is_none() && self.saw.is_none();
        let values = self.values.iter().map(|Value { field, value }| match field.as_str() {
            "" => value.clone(),
            _ if is_alone => value.clone(),
            field => format!("{field}: {value}"),
        });
        let words = answer.chain(saw).chain(values).collect::<Vec<_>>().join(" · ");
        Some(words).filter(|words| !words.is_empty())
    }

    /// What stands for the value that a limit speaks of: what was seen, or what fills the only blank.
    #[must_use]
    pub fn measured(&self) -> Option<&str> {
        let only = match self.values.as_slice() {
            [only] => Some(only.value.as_str()),
            _ => None,
        };
        self.saw.as_deref().or(only)
    }

    /// Why it does not say all that its check asks for now; `None` where it does.
    pub(crate) fn falls_short_of(&self, item: &Item) -> Option<String> {
        let answer = self.answer.as_ref().map(|answer| answer.words.as_str());
        if !item.choices.is_empty() && !item.choices.iter().any(|choice| Some(choice.text.as_str()) == answer) {
            return Some(match answer {
                Some(answer) => format!("“{answer}” was answered, and the checklist offers other answers now"),
                None => "the checklist asks for an answer now".to_owned(),
            });
        }
        let open = item.fields.iter().find(|field| !self.values.iter().any(|value| value.field == field.text))?;
        Some(format!("the checklist asks for “{}” now", label(&open.text)))
    }
}

/// What a check asks for before it is done.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The limit of which the value seen is asked; not where answers or blanks ask for it.
    pub limit: Option<&'a Criterion>,
    /// The answers to choose from; empty where it is no choice.
    pub choices: &'a [Choice],
    /// The blanks to be filled, by what each asks for.
    pub fields: &'a [plan::Field],
}

impl<'a> Asked<'a> {
    /// What this check asks for, `limit` being what was read from its words.
    #[must_use]
    pub fn of(item: &'a Item, limit: Option<&'a Criterion>) -> Self {
        let is_said_otherwise = !item.choices.is_empty() || !item.fields.is_empty();
        Self {
            limit: limit.filter(|limit| !is_said_otherwise && asks_what_was_seen(limit)),
            choices: &item.choices,
            fields: &item.fields,
        }
    }

    /// The answer that the source claims: the only one that it marks, where that says that the check is done.
    #[must_use]
    pub fn claimed(&self) -> Option<&'a Choice> {
        let mut marked = self.choices.iter().filter(|choice| choice.state == plan::SourceMark::Claimed);
        let only = marked.next().filter(|_| marked.next().is_none())?;
        (meaning(&only.text) == Meaning::Done).then_some(only)
    }
}

/// The limit against which a check's value is held. Which of several blanks it speaks of nobody can tell: there, and where
/// an answer is chosen, a person answers for it.
pub(crate) fn limit_of<'a>(plan: &'a Plan, item: &Item) -> Option<&'a Criterion> {
    let is_held = item.choices.is_empty() && item.fields.len() <= 1;
    plan.criterion_of(&item.id).filter(|limit| is_held && asks_what_was_seen(limit))
}

/// What a choice asks, without its answers: "Decision" of "Decision: [ ] GO [ ] NO-GO". Any other check's words are its own.
#[must_use]
pub fn question(item: &Item) -> String {
    const SIGNS: [char; 8] = ['☐', '☑', '☒', '⬜', '□', '✅', '❌', '⏳'];
    let answers = || item.choices.iter().map(|choice| choice.text.as_str()).collect::<Vec<_>>().join(" / ");
    if item.choices.is_empty() {
        return item.text.to_string();
    }
    let marks = ["[ ]", "[]", "[x]", "[X]", "[-]", "[~]"].into_iter().filter_map(|mark| item.text.find(mark));
    let end = marks.chain(item.text.find(SIGNS)).min().unwrap_or(item.text.len());
    let asked = item.text.get(..end).unwrap_or("").trim().trim_end_matches([':', '-', '–', '—', '/']).trim();
    // The box of the line is its first answer: nothing is asked before it.
    let is_answer = item.choices.first().is_some_and(|first| first.text == asked);
    if asked.is_empty() || is_answer { answers() } else { asked.to_owned() }
}

/// What a blank asks for, in words; a blank alone on its line asks for a value.
#[must_use]
pub fn label(field: &str) -> &str {
    if field.is_empty() { "Value" } else { field }
}

/// What an answer means, by its own words alone: what is not known to say otherwise says that it is so. An answer that says
/// less than that must never look done.
#[must_use]
pub fn meaning(answer: &str) -> Meaning {
    const NO_GO: [&str; 21] = [
        "no go",
        "nogo",
        "hold",
        "on hold",
        "abort",
        "aborted",
        "stop",
        "halt",
        "rollback",
        "roll back",
        "rolled back",
        "delay",
        "delayed",
        "postpone",
        "postponed",
        "block",
        "blocked",
        "denied",
        "deny",
        "reject",
        "rejected",
    ];
    const NOT_MET: [&str; 23] = [
        "no",
        "fail",
        "failed",
        "fails",
        "failure",
        "failing",
        "error",
        "in progress",
        "started",
        "pending",
        "open",
        "todo",
        "to do",
        "wip",
        "incomplete",
        "partial",
        "partially",
        "partly",
        "unknown",
        "degraded",
        "unhealthy",
        "missing",
        "nein",
    ];
    const NOT_APPLICABLE: [&str; 6] = ["n a", "na", "not applicable", "not needed", "not required", "skipped"];
    let words: Vec<String> = answer
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let said = words.join(" ");
    if said.is_empty() {
        // A sign alone: only what is green is so.
        return if answer.contains(['🟢', '✅', '✔', '✓', '👍']) || answer.trim().is_empty() {
            Meaning::Done
        } else {
            Meaning::NotMet
        };
    }
    // "No, with reasons" and "No (explain)" are a no; "No issues" is none.
    let is_cut = |length: usize| {
        words.len() == length || answer.trim().chars().any(|letter| matches!(letter, ',' | '(' | ':' | ';' | '–' | '—'))
    };
    let begins = |list: &[&str]| {
        list.iter().any(|one| {
            let length = one.split(' ').count();
            said == *one || (said.strip_prefix(one).is_some_and(|rest| rest.starts_with(' ')) && is_cut(length))
        })
    };
    if begins(&NOT_APPLICABLE) {
        Meaning::NotApplicable
    } else if begins(&NO_GO) || said.starts_with("no go ") || said.starts_with("do not ") || said.starts_with("don t ")
    {
        Meaning::NoGo
    } else if begins(&NOT_MET) || said.starts_with("not ") || said == "not" {
        Meaning::NotMet
    } else {
        Meaning::Done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_says_less_than_yes_is_not_done() {
        let all = |meant: Meaning, answers: &[&str]| {
            for answer in answers {
                assert_eq!(meaning(answer), meant, "{answer}");
            }
        };
        all(Meaning::NoGo, &["NO-GO", "No Go", "nogo", "HOLD", "ABORT", "Rollback", "ROLL BACK", "Block", "DENIED"]);
        all(Meaning::NoGo, &["NO-GO until Monday", "Abort (and tell why)", "Do not deploy", "DELAY"]);
        all(Meaning::NotMet, &["No", "NO", "Failed", "Fail", "In Progress", "Not Started", "No (explain)", "🔴", "🟡"]);
        all(Meaning::NotApplicable, &["N/A", "n/a", "Not applicable"]);
        all(Meaning::Done, &["GO", "GO LIVE", "Yes", "Pass", "Passed", "APPROVED", "Complete", "Proceed", "🟢"]);
        all(Meaning::Done, &["No issues", "No errors", "None", "Notify", "Holding page is up", "Blocked users listed"]);
    }

    #[test]
    fn what_was_said_stands_in_one_line() {
        let value = |field: &str, value: &str| Value { field: field.to_owned(), value: value.to_owned() };
        let words = |said: &Said| said.words().unwrap_or_default();
        assert_eq!(words(&Said::default()), "");
        assert_eq!(words(&Said { values: vec![value("Version", "4.2.0")], ..Said::default() }), "4.2.0");
        let two = vec![value("Date", "21 Jan"), value("", "MK")];
        assert_eq!(words(&Said { values: two.clone(), ..Said::default() }), "Date: 21 Jan · MK");
        let answer = Answer { words: "NO-GO".to_owned(), means: Meaning::NoGo };
        assert_eq!(words(&Said { answer: Some(answer), values: two, saw: None }), "NO-GO · Date: 21 Jan · MK");
    }
}
