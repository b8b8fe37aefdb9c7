//! Numbers as people write them.

/// The number that a text begins with: `0.1`, `1,000`, `99.95`. Not a version (`1.2.3`), not a time (`6:30`).
pub(super) fn number(text: &str) -> Option<(f64, usize)> {
    let length = text
        .find(|character: char| !(character.is_ascii_digit() || matches!(character, '.' | ',')))
        .unwrap_or(text.len());
    let digits = text.get(..length)?.trim_end_matches(['.', ',']);
    let after = text.get(digits.len()..).unwrap_or("");
    if after.starts_with(':') && after.get(1..)?.starts_with(|next: char| next.is_ascii_digit()) {
        return None;
    }
    if !digits.contains(',') {
        let is_number = digits.starts_with(|character: char| character.is_ascii_digit());
        return is_number.then(|| digits.parse().ok()).flatten().map(|value| (value, digits.len()));
    }
    let groups: Vec<&str> = digits.split(',').collect();
    let (first, rest) = groups.split_first()?;
    let are_thousands = rest.iter().all(|group| group.split('.').next().is_some_and(|whole| whole.len() == 3));
    if !first.starts_with(|character: char| character.is_ascii_digit())
        || !rest.is_empty() && (!are_thousands || first.len() > 3)
    {
        return None;
    }
    digits.replace(',', "").parse().ok().map(|value| (value, digits.len()))
}

/// The number that a text begins with, in a sentence: as [`number`], and with a decimal comma (`0,5`) or with blanks,
/// apostrophes or low lines between the thousands (`10 000`). Not a version with a letter (`3.13.x`).
pub(super) fn spoken(text: &str) -> Option<(f64, usize)> {
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let found = whole(text).or_else(|| grouped(text)).or_else(|| decimal_comma(text)).or_else(|| number(text))?;
    let mut after = text.get(found.1..).unwrap_or("").chars();
    let is_version = after.next() == Some('.') && after.next().is_some_and(char::is_alphanumeric);
    (!is_version).then_some(found)
}

/// A few digits that nothing goes on with, as most numbers are: `5`, `30 min`, `200ms`.
fn whole(text: &str) -> Option<(f64, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut behind = text.bytes().skip(digits);
    let goes_on = match behind.next() {
        Some(b' ') => behind.next().is_some_and(|next| next.is_ascii_digit()),
        Some(next) => !next.is_ascii() || matches!(next, b'\'' | b'_' | b',' | b'.' | b':'),
        None => false,
    };
    let value: Option<u32> = text.get(..digits).filter(|text| text.len() < 10 && !goes_on)?.parse().ok();
    value.map(|value| (f64::from(value), digits))
}

/// `10 000`, `1'000'000`, `10_000`.
fn grouped(text: &str) -> Option<(f64, usize)> {
    let first = digits(text);
    if !(1..=3).contains(&first) || text.starts_with('0') {
        return None;
    }
    let mut end = first;
    let sign =
        text.get(end..)?.chars().next().filter(|sign| matches!(sign, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '_'))?;
    if text.get(end + sign.len_utf8()..).is_none_or(|group| digits(group) != 3) {
        return None;
    }
    let mut value = String::from(text.get(..first)?);
    while let Some(group) = text.get(end..).and_then(|rest| rest.strip_prefix(sign)) {
        if digits(group) != 3 || value.len() > 15 {
            break;
        }
        value.push_str(group.get(..3)?);
        end += sign.len_utf8() + 3;
    }
    (end > first).then(|| value.parse().ok()).flatten().map(|value| (value, end))
}

/// `0,5`, `99,95`: a comma that cannot stand between thousands.
fn decimal_comma(text: &str) -> Option<(f64, usize)> {
    let whole = digits(text);
    let fraction = text.get(whole..)?.strip_prefix(',')?;
    let places = digits(fraction);
    let after = fraction.get(places..)?;
    let goes_on = after.starts_with([',', '.']) && after.get(1..)?.starts_with(|next: char| next.is_ascii_digit());
    let is_decimal = matches!(places, 1 | 2) || places > 0 && text.get(..whole)? == "0";
    if whole == 0 || goes_on || !is_decimal {
        return None;
    }
    let value = format!("{}.{}", text.get(..whole)?, fraction.get(..places)?);
    value.parse().ok().map(|value| (value, whole + 1 + places))
}

fn digits(text: &str) -> usize {
    text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_many_shapes() {
        for (text, expected) in [
            ("0.1%", Some((0.1, 3))),
            ("1,000 rps", Some((1000.0, 5))),
            ("0,5 %", Some((0.5, 3))),
            ("99,95%", Some((99.95, 5))),
            ("0,125", Some((0.125, 5))),
            ("10 000 rows", Some((10_000.0, 6))),
            ("1'500'000", Some((1_500_000.0, 9))),
            ("3 nodes", Some((3.0, 1))),
            ("3 500ms", Some((3500.0, 5))),
            ("1.2.3", None),
            ("3.13.x", None),
            ("6:30", None),
            ("5. Then", Some((5.0, 1))),
            ("x", None),
        ] {
            assert_eq!(spoken(text), expected, "{text}");
        }
        assert_eq!(number("0,5 %"), None, "what a person types is read as before");
    }
}
