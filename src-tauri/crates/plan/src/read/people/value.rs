//! Ways to reach somebody, found in words: mail, phone, handles in the chat, blanks that ask for one.

use linkify::{LinkFinder, LinkKind};

use crate::read::words;

/// What a text says about one person.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) name: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) mail: Option<String>,
    pub(super) chat: Option<String>,
    pub(super) blanks: Vec<String>,
}

impl Reach {
    pub(super) fn has_a_way(&self) -> bool {
        self.phone.is_some() || self.mail.is_some() || self.chat.is_some()
    }
}

/// Reads `Ada Berg - +1 555 0100 - ada@x.example`, in any order; what is no way to reach somebody is the name.
pub(super) fn reach(value: &str) -> Reach {
    let mut reach = Reach { blanks: words::blanks(value), ..Reach::default() };
    let parts = value.split(" - ").flat_map(|part| part.split(" — ")).flat_map(|part| part.split(" – "));
    let parts = parts.flat_map(|part| part.split([',', '|', ';', '(', ')'])).map(str::trim);
    for part in parts.filter(|part| !part.is_empty() && words::blanks(part).is_empty()) {
        let bare = part.trim_matches(['<', '>', '`', '*', '.']);
        // "Slack: @ada", "Phone: +1 …", "GitHub: @ada": the word before says only which way it is.
        let bare = words::labelled(bare).map_or(bare, |(_, rest)| if rest.is_empty() { bare } else { rest });
        if let Some(mail) = mails(bare).next() {
            // "Joe Li <joe@x.example>".
            let beside = bare.split(mail.as_str()).next().unwrap_or("").trim_end_matches(['<', ' ']);
            if reach.name.is_none() && words::is_name(beside) {
                reach.name = Some(beside.to_owned());
            }
            reach.mail.get_or_insert(mail);
        } else if let Some(handle) = handles(bare).next() {
            let rest = bare.split_whitespace().next().filter(|first| !first.starts_with('@'));
            if rest.is_some() && reach.name.is_none() && words::is_name(bare.split('@').next().unwrap_or("")) {
                reach.name = bare.split('@').next().map(|name| name.trim().to_owned());
            }
            reach.chat.get_or_insert(handle);
        } else if is_phone(bare) {
            reach.phone.get_or_insert_with(|| bare.to_owned());
        } else if let Some((name, phone)) = with_phone(bare) {
            // "Anna Berg +46 70 111 22 33".
            reach.phone.get_or_insert_with(|| phone.to_owned());
            reach.name.get_or_insert_with(|| name.to_owned());
        } else {
            reach.name.get_or_insert_with(|| bare.to_owned());
        }
    }
    reach
}

/// A name with a number that can be dialled behind it.
fn with_phone(text: &str) -> Option<(&str, &str)> {
    let starts = |at: usize| text.get(..at).is_some_and(|head| head.ends_with(' '));
    let at = text.char_indices().find(|(at, c)| (c.is_ascii_digit() || matches!(c, '+' | '(')) && starts(*at))?.0;
    let (name, phone) = text.split_at_checked(at)?;
    let phone = phone.trim_end_matches(['.', ' ']);
    (is_phone(phone) && name.chars().any(char::is_alphabetic)).then(|| (name.trim(), phone))
}

/// The mail addresses of a text.
pub(super) fn mails(text: &str) -> impl Iterator<Item = String> {
    let mut found = Vec::new();
    if text.contains('@') {
        let mut finder = LinkFinder::new();
        finder.kinds(&[LinkKind::Email]);
        found.extend(finder.links(text).map(|link| link.as_str().to_owned()));
    }
    found.into_iter()
}

/// The handles of a text: `@ada`, `@org/team`; no mail, no package, not everybody.
pub(super) fn handles(text: &str) -> impl Iterator<Item = String> {
    let tokens = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | '[' | ']' | '"' | '*'));
    tokens.filter_map(|token| {
        let name = token.strip_prefix('@')?.trim_end_matches(['.', ':', '!', '?', '\'']);
        let is_handle = name.starts_with(char::is_alphanumeric)
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'))
            && name.matches('/').count() <= 1
            && !name.contains(".com")
            && !matches!(name, "channel" | "here" | "everyone" | "all" | "latest" | "next" | "v1" | "v2" | "v3" | "v4");
        is_handle.then(|| format!("@{name}"))
    })
}

/// A number that can be dialled: 7 to 15 digits behind `+`, `00` or an area code, with what separates digits between
/// them; letters only in the form that phones spell (`1-800-SHIP-NOW`). Dates, times and addresses of machines are none.
/// A library of numbering plans would need the country that a checklist does not name, and refuses the numbers that
/// companies keep for themselves.
pub(super) fn is_phone(text: &str) -> bool {
    let text = text.strip_prefix("tel:").unwrap_or(text).trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_ascii_uppercase()).count();
    let is_spelled = letters > 0 && text.starts_with(['+', '1', '0']) && text.contains('-') && digits >= 4;
    let parts: Vec<&str> = text.split('-').collect();
    let is_date = matches!(parts.as_slice(), [year, month, day] if year.len() == 4 && month.len() == 2 && day.get(..2).is_some_and(|day| day.chars().all(|c| c.is_ascii_digit())) && day.len() == 2);
    let is_machine = text.split('.').count() == 4 && !text.starts_with('+');
    let fits = text.chars().all(|c| {
        c.is_ascii_digit()
            || matches!(c, '+' | '-' | ' ' | '.' | '(' | ')' | '/')
            || is_spelled && c.is_ascii_uppercase()
    });
    fits && (7..=15).contains(&(digits + letters))
        && !is_date
        && !is_machine
        && text.starts_with(['+', '(', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
}

/// The phone numbers in a sentence, with a `+` before them so that no other number is taken for one.
pub(super) fn phones(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('+') {
        let tail = rest.get(at..).unwrap_or("");
        let length = tail
            .char_indices()
            .take_while(|(_, c)| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '.' | '(' | ')'))
            .count();
        let number = tail.get(..length).unwrap_or("").trim_end_matches(['-', ' ', '.', '(']);
        if number.get(1..2).is_some_and(|first| first != "+") && is_phone(number) && number.len() > 8 {
            found.push(number.to_owned());
        }
        rest = tail.get(length.max(1)..).unwrap_or("");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_has_a_name_and_ways() {
        let found = reach("Ada Berg - +1 555 0100 - ada@x.example - Slack: @ada");
        let expected = Reach {
            name: Some("Ada Berg".into()),
            phone: Some("+1 555 0100".into()),
            mail: Some("ada@x.example".into()),
            chat: Some("@ada".into()),
            blanks: Vec::new(),
        };
        assert_eq!(found, expected);
        assert_eq!(reach("Ada Berg (GitHub: @ada)").chat.as_deref(), Some("@ada"));
        assert_eq!(reach("[Name] - [Phone]").blanks, ["[Name]", "[Phone]"]);
    }

    #[test]
    fn phones_are_told_from_other_numbers() {
        for number in [
            "+351 912 345 678",
            "(415) 555-2671",
            "030 1234567",
            "555-0100",
            "1-800-SHIP-NOW",
            "+1-555-HARBOR1",
            "tel:+14155552671",
        ] {
            assert!(is_phone(number), "{number}");
        }
        for other in
            ["2026-01-27", "10.20.30.40", "14:30", "v1.2.3", "12345", "24/7", "INC-1234567", "12345678901234567"]
        {
            assert!(!is_phone(other), "{other}");
        }
        assert_eq!(phones("call Ada at +351 912 345 678, or wait T+60 min"), ["+351 912 345 678"]);
    }

    #[test]
    fn handles_are_told_from_mail_and_packages() {
        let found: Vec<_> =
            handles("ping @ada or @harbour/ops-team. not @channel, a@b.example, @scope/pkg/x").collect();
        assert_eq!(found, ["@ada", "@harbour/ops-team"]);
    }
}
