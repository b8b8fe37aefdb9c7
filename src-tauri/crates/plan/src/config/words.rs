//! Words for sentences about mistakes.

use toml::de::DeValue;

use super::grammar::Shape;

/// A word of the file is repeated up to this length.
const REPEATED_LENGTH_MAX: usize = 64;

/// "a", "a and b", "a, b and c".
pub(super) fn listed<'word>(words: impl IntoIterator<Item = &'word str>, last: &str) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((end, others)) => format!("{} {last} {end}", others.join(", ")),
    }
}

/// A word of the file in quotes, short enough for a sentence.
pub(super) fn quoted(word: &str) -> String {
    if word.chars().count() <= REPEATED_LENGTH_MAX {
        format!("{word:?}")
    } else {
        let short: String = word.chars().take(REPEATED_LENGTH_MAX).chain(['…']).collect();
        format!("{short:?}")
    }
}

/// What belongs there, in words that follow "write".
pub(super) fn wanted(shape: Shape) -> String {
    match shape {
        Shape::Text => "text in quotes".into(),
        Shape::MaybeSecret => "one line of plain letters, digits and signs in quotes, or \"secret:NAME\"".into(),
        Shape::Texts => "a list of texts, such as [\"errors\", \"error budget\"]".into(),
        Shape::Codes => "a list of rules, such as [\"CMD-04\"]".into(),
        Shape::Secret => "\"secret:NAME\"".into(),
        Shape::Whole => "a whole number from 0".into(),
        Shape::Number => "a number from 0".into(),
        Shape::Flag => "true or false".into(),
        Shape::Port => "a whole number from 1 to 65535".into(),
        Shape::Status => "a whole number from 100 to 599".into(),
        Shape::Exit => "a whole number from 0 to 255".into(),
        Shape::Host => "a name in quotes, such as \"api.example\", its port behind \"port\"".into(),
        Shape::Duration { may_be_zero: true } => {
            "a duration in quotes, such as \"0s\", \"90s\", \"10m\" or \"1h30m\"".into()
        }
        Shape::Duration { may_be_zero: false } => "a duration in quotes, such as \"90s\", \"10m\" or \"1h30m\"".into(),
        Shape::Size => "a size in quotes, such as \"1MiB\"".into(),
        Shape::Url => "an address in quotes, such as \"https://prometheus.example\"".into(),
        Shape::Base => "an address without ? and # in quotes, such as \"https://prometheus.example\"".into(),
        Shape::Zone => "an IANA name in quotes, such as \"Europe/Lisbon\"".into(),
        Shape::Moment => "a date and time in quotes, such as \"2026-01-21T06:30\"".into(),
        Shape::Window => "two times in quotes, such as \"06:30/08:00\"".into(),
        Shape::Fire => "\"2 of 3\" or a duration in quotes, such as \"2m\"".into(),
        Shape::Clear => "a number, \"2 of 3\" or a duration in quotes, such as \"2m\"".into(),
        Shape::OneOf(words) => quoted_list(words),
        Shape::Scalar => "text in quotes, a number, true or false".into(),
        Shape::NameOf(table) => format!("a name of [{table}] in quotes"),
        Shape::Table(_)
        | Shape::Named(_)
        | Shape::Values(_)
        | Shape::Variables
        | Shape::Headers
        | Shape::Pointers
        | Shape::List(_) => "a table".into(),
    }
}

pub(super) fn quoted_list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
    listed(quoted.iter().map(String::as_str), "or")
}

/// A name as it stands in a table's heading.
pub(super) fn path_part(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if bare && name.len() <= REPEATED_LENGTH_MAX { name.to_owned() } else { quoted(name) }
}

pub(super) fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date without quotes",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_listed_as_in_a_sentence() {
        assert_eq!(listed(["a"], "or"), "a");
        assert_eq!(listed(["a", "b"], "or"), "a or b");
        assert_eq!(listed(["a", "b", "c"], "and"), "a, b and c");
    }
}
