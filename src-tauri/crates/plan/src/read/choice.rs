//! Lines that offer answers: `Decision: [ ] GO [ ] NO-GO`, `☐ Approve ☐ Block`.

use super::{marks, words};
use crate::model::{Choice, SourceMark};

/// A line of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    /// What is asked ("Decision"); empty where the line holds only the answers.
    pub(crate) question: String,
    pub(crate) choices: Vec<Choice>,
}

/// The answers that a line offers: two at least, each a box with a few words behind it.
pub(crate) fn of(text: &str) -> Option<Offer> {
    let boxes = boxes(text);
    let (first, ..) = *boxes.first()?;
    let choices = answers(text, &boxes)?;
    let question = text.get(..first)?.trim().trim_end_matches([':', '-', '–', '—', '?']).trim();
    if choices.len() < 2 || question.split_whitespace().count() > 12 {
        return None;
    }
    Some(Offer { question: question.to_owned(), choices })
}

/// The answers of an entry that has a box of its own, which is the first answer where nothing is asked before the next.
pub(crate) fn of_box(text: &str, state: SourceMark) -> Vec<Choice> {
    let boxes = boxes(text);
    let Some((first, ..)) = boxes.first().copied() else { return Vec::new() };
    let Some(mut choices) = answers(text, &boxes) else { return Vec::new() };
    let own = text.get(..first).unwrap_or("").trim();
    let asks = own.ends_with([':', '?', '-', '–', '—']);
    let own = tidy(own);
    let is_short = |words: &str| words.split_whitespace().count() <= 2;
    if !asks && !own.is_empty() && is_short(&own) && choices.iter().all(|choice| is_short(&choice.text)) {
        choices.insert(0, Choice { text: own, state });
    }
    if choices.len() < 2 { Vec::new() } else { choices }
}

/// Whether the answers decide something on the day; else they are the state of what stands above them.
pub(crate) fn decides(offer: &Offer) -> bool {
    let question = words::plain(&offer.question);
    if words::has_any(&question, &["decision", "approval", "approve", "verdict", "go/no-go", "go / no-go", "vote"]) {
        return true;
    }
    offer.choices.iter().any(|choice| {
        let answer = choice.text.to_lowercase();
        matches!(answer.as_str(), "go" | "no-go" | "no go" | "nogo" | "go live" | "rollback" | "roll back" | "proceed")
    })
}

/// Whether the answers let the day go on or not: it waits for them.
pub(crate) fn is_go(choices: &[Choice]) -> bool {
    let is = |names: &[&str]| choices.iter().any(|choice| names.contains(&choice.text.to_lowercase().as_str()));
    is(&["go", "no-go", "no go", "nogo", "go live"])
        || is(&["proceed"]) && is(&["rollback", "roll back", "stop", "abort"])
}

/// Place, length and state of each box in the text.
fn boxes(text: &str) -> Vec<(usize, usize, SourceMark)> {
    let mut found = Vec::new();
    if text.is_ascii() && !text.contains('[') {
        return found;
    }
    let mut last = ' ';
    for (at, character) in text.char_indices() {
        // A box stands apart from the word before it.
        let is_free = last.is_whitespace() || matches!(last, '/' | '|' | ',' | ':' | '(');
        if is_free && (character == '[' || marks::is_box(character)) {
            let tail = text.get(at..).unwrap_or("");
            if let Some(mark) = marks::mark(tail.get(..tail.len().min(16)).unwrap_or_else(|| head(tail))) {
                found.push((at, mark.length, mark.state));
            }
        }
        last = character;
    }
    found
}

/// The first few characters: a mark needs no more, and a long line must not be looked through for each box.
fn head(text: &str) -> &str {
    text.char_indices().nth(4).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// What is written behind each box; `None` where a box has no words or a whole sentence.
fn answers(text: &str, boxes: &[(usize, usize, SourceMark)]) -> Option<Vec<Choice>> {
    let ends = boxes.iter().skip(1).map(|(at, ..)| *at).chain([text.len()]);
    boxes
        .iter()
        .zip(ends)
        .map(|((at, length, state), end)| {
            let answer = tidy(text.get(at + length..end)?);
            let is_answer = !answer.is_empty() && answer.split_whitespace().count() <= 6;
            is_answer.then_some(Choice { text: answer, state: *state })
        })
        .collect()
}

fn tidy(answer: &str) -> String {
    let answer = answer.trim().trim_matches(['/', '|', ',', ';', '(']).trim();
    let answer = answer.strip_suffix(" or").unwrap_or(answer);
    answer.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        of(text).map_or(String::new(), |offer| {
            let answers: Vec<_> =
                offer.choices.iter().map(|choice| format!("{}={:?}", choice.text, choice.state)).collect();
            format!("{}? {}", offer.question, answers.join(", "))
        })
    }

    #[test]
    fn answers_of_one_line() {
        assert_eq!(said("Decision: [ ] GO  [x] NO-GO"), "Decision? GO=Open, NO-GO=Claimed");
        assert_eq!(said("☐ Approve ☐ Block"), "? Approve=Open, Block=Open");
        assert_eq!(said("Final word: ☐ GO / ☐ NO-GO / ☑ LATER"), "Final word? GO=Open, NO-GO=Open, LATER=Claimed");
        for text in ["one ☐ box only", "✅ lint ✅ test", "take [1] or [2]", "☐ ☐", "a[ ] b[ ] c"] {
            assert_eq!(said(text), "", "{text}");
        }
    }

    #[test]
    fn a_box_with_further_boxes() {
        let answers = |text: &str| of_box(text, SourceMark::Open).into_iter().map(|one| one.text).collect::<Vec<_>>();
        assert_eq!(answers("GO [ ] NO-GO"), ["GO", "NO-GO"]);
        assert_eq!(answers("Verdict of the room: [ ] stay [ ] leave"), ["stay", "leave"]);
        assert!(answers("Copy the sign [ ] into the file").is_empty());
        assert!(answers("Nothing here").is_empty());
    }

    #[test]
    fn a_state_decides_nothing() {
        assert!(!decides(&of("Status: ☐ Not begun / ☐ Under way / ☑ Ended").unwrap()));
        assert!(decides(&of("Decision: ☐ Stay / ☐ Leave").unwrap()));
        assert!(decides(&of("☐ GO ☐ NO-GO").unwrap()));
    }
}
