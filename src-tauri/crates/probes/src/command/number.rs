//! The one number in the output of a command.
//!
//! Owns: what counts as a number. Must not know: how the output came. Where it is not clear which number is meant, none
//! is.

use room::Fault;

use crate::words;

/// So many numbers are enough to see that it is not clear which is meant.
const NUMBERS_SHOWN: usize = 3;

/// A unit behind a number is no longer than this: `ms`, `GiB`, `cores`.
const LONGEST_UNIT: usize = 5;

/// The number that follows these words, or the only one.
pub(super) fn of(output: &str, after: Option<&str>) -> Result<f64, Fault> {
    let fault = |words: String| Err(Fault::NoNumber { words });
    let Some(after) = after else {
        let numbers: Vec<(&str, f64)> = numbers(output).collect();
        return match numbers.as_slice() {
            [] => fault(format!("it holds none{}", shown(output))),
            [(_, number)] => Ok(*number),
            several => {
                let first: Vec<&str> = several.iter().take(NUMBERS_SHOWN).map(|(text, _)| *text).collect();
                let more = if several.len() > NUMBERS_SHOWN { ", …" } else { "" };
                fault(format!("it holds {} ({}{more}): say after which words", several.len(), first.join(", ")))
            }
        };
    };
    let mut places = output.match_indices(after);
    let Some((place, _)) = places.next() else {
        return fault(format!("“{}” does not stand in it{}", words::shortened(after, 40), shown(output)));
    };
    if places.next().is_some() {
        return fault(format!("“{}” stands in it more than once", words::shortened(after, 40)));
    }
    // On the same line: what is not there must not be taken from elsewhere.
    let rest = output.get(place + after.len()..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    match numbers(line).next() {
        Some((_, number)) => Ok(number),
        None => fault(format!("none follows “{}”", words::shortened(after, 40))),
    }
}

fn shown(output: &str) -> String {
    match output.trim() {
        "" => ", it is empty".to_owned(),
        text => format!(": {}", words::shortened(text, 60)),
    }
}

/// The numbers of a text that stand alone, or with a unit behind them.
fn numbers(text: &str) -> impl Iterator<Item = (&str, f64)> {
    let is_between = |character: char| character.is_whitespace() || "=:,;()[]{}<>|\"'".contains(character);
    text.split(is_between).filter_map(|word| Some((word, number(word)?)))
}

/// `12`, `-0.5`, `1e-3`, `12ms`, `0.4%`; no part of a name, a date or a version.
fn number(word: &str) -> Option<f64> {
    let is_unit = |unit: &str| {
        unit.is_empty()
            || unit == "%"
            || (unit.len() <= LONGEST_UNIT && unit.bytes().all(|byte| byte.is_ascii_alphabetic()))
    };
    let word = word.trim_end_matches('.');
    let begins =
        word.strip_prefix(['-', '+']).unwrap_or(word).starts_with(|character: char| character.is_ascii_digit());
    if !begins {
        return None;
    }
    // The longest beginning that is a number; what is left is its unit.
    let ends = (0..=word.len()).rev().filter(|end| word.is_char_boundary(*end));
    for end in ends.filter(|end| word.len() - end <= LONGEST_UNIT) {
        let (text, unit) = word.split_at_checked(end)?;
        if let Ok(number) = text.parse::<f64>()
            && number.is_finite()
        {
            return is_unit(unit).then_some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(output: &str, after: Option<&str>, expected: Result<f64, &str>) {
        let told = of(output, after).map_err(|fault| fault.to_string());
        let expected = expected.map_err(|words| format!("the output is not one number: {words}"));
        assert_eq!(told, expected, "{output}");
    }

    #[test]
    fn the_only_number_is_the_value() {
        check("7\n", None, Ok(7.0));
        check("lag: -0.5", None, Ok(-0.5));
        check("lag=12ms", None, Ok(12.0));
        check("0.4%", None, Ok(0.4));
        check("1e-3", None, Ok(0.001));
        check("pod-7f9c has 3 restarts.", None, Ok(3.0));
        check("{\"ready\": 7}", None, Ok(7.0));
        check("It took 5.", None, Ok(5.0));
    }

    #[test]
    fn what_is_not_clear_is_no_number() {
        check("", None, Err("it holds none, it is empty"));
        check("none of them", None, Err("it holds none: none of them"));
        check("v1.2.3 7/7 2026-01-21 inf NaN x9", None, Err("it holds none: v1.2.3 7/7 2026-01-21 inf NaN x9"));
        check("1,234", None, Err("it holds 2 (1, 234): say after which words"));
        check("1 2 3 4", None, Err("it holds 4 (1, 2, 3, …): say after which words"));
    }

    #[test]
    fn words_say_which_is_meant() {
        check("up 3\nlag 12 s\n", Some("lag"), Ok(12.0));
        check("up 3\nlag: 12ms, max 40ms\n", Some("lag:"), Ok(12.0));
        check("up 3", Some("lag"), Err("“lag” does not stand in it: up 3"));
        check("lag\n3", Some("lag"), Err("none follows “lag”"));
        check("lag 1\nlag 2", Some("lag"), Err("“lag” stands in it more than once"));
    }

    proptest::proptest! {
        #[test]
        fn no_output_breaks_it(output in "\\PC{0,60}", after in proptest::option::of("\\PC{1,5}")) {
            if let Ok(number) = of(&output, after.as_deref()) {
                assert!(number.is_finite());
            }
        }
    }
}
