//! Blanks that a person fills on the day: `Actual start: ____`, `Approved by: ________  Date: ____`.

use super::words;
use crate::model::Field;

/// The blanks of a line, each with the words before it.
pub(crate) fn of(text: &str) -> Vec<Field> {
    let mut found = Vec::new();
    if !text.contains('_') {
        return found;
    }
    let mut label = 0;
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find("___")).map(|offset| at + offset) {
        let length = text.get(start..).map_or(0, |rest| rest.bytes().take_while(|byte| *byte == b'_').count());
        let (mut from, mut to) = (start, start + length);
        let is_boxed = text.get(..from).is_some_and(|head| head.ends_with('['))
            && text.get(to..).is_some_and(|rest| rest.starts_with(']'));
        if is_boxed {
            from -= 1;
            to += 1;
        }
        // A name such as `a___b` is no blank.
        let is_name = text.get(..from).and_then(|head| head.chars().next_back()).is_some_and(char::is_alphanumeric)
            && text.get(to..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric);
        if !is_name && let (Some(before), Some(blank)) = (text.get(label..from), text.get(from..to)) {
            found.push(Field { text: name(before), blank: blank.to_owned() });
            label = to;
        }
        at = to;
    }
    found
}

/// The last few words before a blank, without what ends them.
fn name(before: &str) -> String {
    let before = before.trim().trim_end_matches([':', '=', '-', '–', '—', '(', '$']).trim();
    let before = before.rsplit(['|', ';', ',', '/']).next().unwrap_or(before).trim();
    let words: Vec<&str> = before.split_whitespace().collect();
    words.get(words.len().saturating_sub(6)..).unwrap_or_default().join(" ")
}

/// Whether a line of blanks is put under by somebody: a name, a date and a signature that the release waits for.
pub(crate) fn is_sign_off(fields: &[Field]) -> bool {
    fields.iter().any(|field| {
        let name = words::plain(&field.text);
        words::has_any(
            &name,
            &[
                "approved by",
                "approved",
                "approver",
                "approval",
                "signed",
                "signed by",
                "signed off by",
                "signature",
                "sign-off",
                "sign off",
                "authorized by",
                "authorised by",
                "reviewed by",
                "verified by",
                "completed by",
                "released by",
                "freigegeben",
                "unterschrift",
                "firma",
                "signé",
                "onaylayan",
                "подпись",
                "утвердил",
            ],
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_have_the_words_before_them_as_their_name() {
        let said = |text: &str| of(text).into_iter().map(|one| (one.text, one.blank)).collect::<Vec<_>>();
        let pair = |text: &str, blank: &str| (text.to_owned(), blank.to_owned());
        assert_eq!(said("Actual start: ____"), [pair("Actual start", "____")]);
        assert_eq!(
            said("Approved by: ________  Date: [____]"),
            [pair("Approved by", "________"), pair("Date", "[____]")]
        );
        assert_eq!(said("Lag now ___ of 5 s"), [pair("Lag now", "___")]);
        assert!(said("set a___b and __init__").is_empty());
    }

    #[test]
    fn a_sign_off_is_told_from_other_blanks() {
        assert!(is_sign_off(&of("Approved by: ____")));
        assert!(!is_sign_off(&of("Duty phone: ____")));
    }
}
