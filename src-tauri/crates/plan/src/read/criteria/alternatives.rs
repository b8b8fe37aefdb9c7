//! "Roll back if errors > 5 % or invoices are missing": each half of such a sentence is a criterion, in words where it
//! has no number; what "and" joins stays one, since all of it must hold.

use super::decision;
use super::demand;
use crate::model::Severity;
use crate::read::criterion::{self, Said};
use crate::read::words;

/// One criterion of a line.
pub(super) struct Part {
    pub(super) said: Said,
    pub(super) is_breach: bool,
    pub(super) demand: Option<Severity>,
}

const OR: [&str; 7] = [" or ", " || ", " oder ", " o ", " ou ", " или ", " veya "];
const AND: [&str; 9] = [" and ", " && ", " & ", " und ", " y ", " et ", " e ", " ve ", " и "];
/// "5 or more", "or not": no second half.
const NO_HALF: [&str; 20] = [
    "more",
    "less",
    "fewer",
    "higher",
    "lower",
    "greater",
    "above",
    "below",
    "over",
    "under",
    "longer",
    "so",
    "not",
    "mehr",
    "más",
    "mais",
    "plus",
    "более",
    "больше",
    "üzeri",
];
/// What begins with these belongs to its neighbour.
const ASIDE: [&str; 12] =
    ["after", "during", "for", "in", "within", "at", "while", "since", "by", "on", "from", "nach"];

/// One of these words has a line that something of may be joined by "or" or "and"; signs join as well.
pub(crate) fn words_that_join() -> impl Iterator<Item = &'static str> {
    OR.into_iter().chain(AND)
}

/// The criteria of a line with an order to turn back that has several halves, or, where words count, none with a number;
/// `None` where no sentence of it has.
pub(super) fn of_orders(text: &str, words_count: bool) -> Option<Vec<Part>> {
    let text = words::without_signs(text);
    let sentences = sentences(&text);
    if !sentences.iter().any(|sentence| order(sentence).is_some()) {
        return None;
    }
    let mut is_apart = false;
    let mut found = Vec::new();
    for sentence in sentences {
        if let Some((head, body)) = order(sentence)
            && let demand = demand::of_sentence(sentence)
            && let Some(all) =
                halves(head, body).or_else(|| in_words(sentence, body).filter(|_| words_count && demand.is_some()))
        {
            is_apart = true;
            found.extend(all.into_iter().map(|said| Part { said, is_breach: true, demand }));
            continue;
        }
        let all = criterion::sentence(sentence);
        let breaches = decision::breaches(all.iter().map(|said| said.text.as_str()));
        let demand = demand::of_sentence(sentence);
        let parts = all.into_iter().zip(breaches);
        found.extend(parts.map(|(said, is_breach)| Part { said, is_breach, demand: demand.filter(|_| is_breach) }));
    }
    is_apart.then_some(found)
}

/// "Roll back if invoices are missing": nothing to compare, and still a criterion.
fn in_words(sentence: &str, body: &str) -> Option<Vec<Said>> {
    let is_told = body.split_whitespace().take(2).count() == 2
        && criterion::sentence(body).is_empty()
        && demand::is_imperative(sentence);
    is_told.then(|| criterion::condition(sentence.trim_end_matches('.')))
}

/// The halves of an entry below "Roll back if:".
pub(super) fn of_entry(text: &str) -> Option<Vec<Said>> {
    let text = words::without_signs(text);
    halves("", text.trim_end_matches('.')).filter(|all| all.len() > 1)
}

/// A sentence that says when to turn back, as the words that order it and its condition.
fn order(sentence: &str) -> Option<(&str, &str)> {
    let lower = words::lower(sentence);
    // The places in lower case are those of the text only where no letter changes its length.
    let (start, end) = demand::order(&lower).filter(|_| lower.len() == sentence.len())?;
    let (head, body) = (sentence.get(..start)?, sentence.get(start..end)?);
    let is_plain = !criterion::sentence(head).iter().any(|said| said.threshold.is_some());
    is_plain.then(|| (head, body.trim_end_matches(['.', '!', ' '])))
}

fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    let follows = text.chars().skip(1).chain([' ']);
    for ((at, character), next) in text.char_indices().zip(follows) {
        if matches!(character, '.' | '!' | '?') && next == ' ' {
            found.push(text.get(from..=at).unwrap_or("").trim());
            from = at + 1;
        }
    }
    found.push(text.get(from..).unwrap_or("").trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// What a condition says, cut at "or"; `None` where it is one thing with one number.
fn halves(head: &str, body: &str) -> Option<Vec<Said>> {
    let body = body.trim();
    let parts = cut(body);
    let has_number = |part: &&str| criterion::sentence(part).iter().any(|said| said.threshold.is_some());
    let (parts, is_cut) =
        if parts.len() > 1 && parts.iter().any(has_number) { (parts, true) } else { (vec![body], false) };
    let mut metric: Option<String> = None;
    let mut found: Vec<Said> = Vec::new();
    let mut is_joined = false;
    for (at, part) in parts.into_iter().enumerate() {
        let mut all = criterion::sentence_after(part, metric.as_deref());
        all.retain(|said| said.threshold.is_some());
        let is_all = all.len() > 1 && AND.iter().any(|word| part.to_lowercase().contains(word));
        if is_all {
            is_joined = true;
            all.truncate(1);
            if let Some(threshold) = all.iter_mut().find_map(|said| said.threshold.as_mut()) {
                let remark = threshold.remark.take().into_iter().chain(["all of it must hold".to_owned()]);
                threshold.remark = Some(remark.collect::<Vec<_>>().join("; "));
            }
        }
        if all.is_empty() {
            all = criterion::condition(part);
        }
        let text = if at == 0 { format!("{} {part}", head.trim_end()) } else { part.to_owned() };
        if let [only] = all.as_mut_slice() {
            text.trim().clone_into(&mut only.text);
        }
        metric = all.iter().rev().find_map(|said| said.threshold.as_ref()?.metric.clone()).or(metric);
        found.append(&mut all);
    }
    (is_cut || is_joined).then_some(found)
}

/// Cuts a condition at "or", and at the commas of the list before it.
fn cut(body: &str) -> Vec<&str> {
    let open = outside_brackets(&body.to_lowercase());
    if open.len() != body.len() {
        return vec![body];
    }
    let mut cuts: Vec<(usize, usize)> = OR.iter().flat_map(|word| open.match_indices(word)).map(span).collect();
    cuts.retain(|(_, end)| {
        let mut next = open.get(*end..).unwrap_or("").split_whitespace();
        let is_more =
            next.next().is_some_and(|next| NO_HALF.contains(&next.trim_matches(|c: char| !c.is_alphanumeric())));
        // "Or above 2 %" is a half again.
        !is_more || next.next().is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()))
    });
    cuts.sort_unstable();
    let Some((last, _)) = cuts.last().copied() else { return vec![body] };
    cuts.extend(open.match_indices(", ").map(span).filter(|(at, _)| *at < last));
    cuts.sort_unstable();
    let mut raw: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for (at, end) in cuts {
        // ", or" is one cut.
        raw.push((from, at.max(from)));
        from = end;
    }
    raw.push((from, body.len()));
    join(body, &raw)
        .into_iter()
        .filter_map(|(from, to)| body.get(from..to))
        .map(|part| part.trim_matches([' ', ',']))
        .collect()
}

fn span((at, found): (usize, &str)) -> (usize, usize) {
    (at, at + found.len())
}

/// The pieces that stand for themselves: a name without its verb waits for the next, an aside goes with its neighbour.
fn join(body: &str, raw: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, (from, to)) in raw.iter().copied().enumerate() {
        let piece = body.get(from..to).unwrap_or("").trim_matches([' ', ',']);
        if piece.is_empty() {
            continue;
        }
        let is_last = at + 1 == raw.len();
        let first = piece.split_whitespace().next().unwrap_or("").to_lowercase();
        let is_aside = ASIDE.contains(&first.as_str()) || !piece.chars().any(char::is_alphabetic);
        let length = piece.split_whitespace().take(3).count();
        let is_name = length == 1 || length == 2 && criterion::metric(piece).is_some();
        let has_bound = criterion::sentence(piece).iter().any(|said| said.threshold.is_some());
        match found.last_mut().filter(|_| is_aside && open.is_none() && !has_bound) {
            Some(before) => before.1 = to,
            None if !is_last && (is_aside || is_name) && !has_bound => {
                open.get_or_insert(from);
            }
            None => found.push((open.take().unwrap_or(from), to)),
        }
    }
    found
}

/// Blanks in place of what stands in brackets.
fn outside_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut masked = String::with_capacity(text.len());
    for character in text.chars() {
        depth += usize::from(character == '(');
        if depth > 0 {
            masked.extend(std::iter::repeat_n('_', character.len_utf8()));
        } else {
            masked.push(character);
        }
        depth = depth.saturating_sub(usize::from(character == ')'));
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(all: impl Iterator<Item = Said>) -> Vec<String> {
        let one = |said: Said| {
            let threshold = said.threshold.unwrap_or_default();
            let value = threshold.value.map_or_else(|| "words".to_owned(), |value| value.to_string());
            format!("{} {value} | {}", threshold.metric.as_deref().unwrap_or("-"), said.text)
        };
        all.map(one).collect()
    }

    fn orders(text: &str) -> Vec<String> {
        shown(of_orders(text, true).into_iter().flatten().map(|part| part.said))
    }

    #[test]
    fn each_half_of_an_order_is_a_criterion() {
        assert_eq!(
            orders("Roll back if error rate is above 5% or invoices are missing. Page Ann or Joe."),
            ["error_rate 5 | Roll back if error rate is above 5%", "- words | invoices are missing"]
        );
        assert_eq!(
            orders("If p95 > 2 s, more than 3 pods restart (or hang), or invoices are missing, abort"),
            [
                "latency_p95 2 | If p95 > 2 s",
                "pods_restart 3 | more than 3 pods restart (or hang)",
                "- words | invoices are missing"
            ]
        );
        assert_eq!(
            orders("Zurückrollen, wenn die Fehlerrate über 5 % liegt oder Rechnungen fehlen"),
            ["error_rate 5 | Zurückrollen, wenn die Fehlerrate über 5 % liegt", "- words | Rechnungen fehlen"]
        );
        assert_eq!(
            orders("Roll back if the error rate is above 5 % or above 2 % for 10 minutes"),
            ["error_rate 5 | Roll back if the error rate is above 5 %", "error_rate 2 | above 2 % for 10 minutes"]
        );
    }

    #[test]
    fn what_and_joins_stays_one() {
        assert_eq!(
            orders("Roll back if error rate > 5 % and p95 > 2 s, or invoices are missing"),
            ["error_rate 5 | Roll back if error rate > 5 % and p95 > 2 s", "- words | invoices are missing"]
        );
        assert_eq!(
            orders("Roll back if error rate > 5 % and p95 > 2 s"),
            ["error_rate 5 | Roll back if error rate > 5 % and p95 > 2 s"]
        );
    }

    #[test]
    fn what_is_one_thing_is_not_cut() {
        for text in [
            "Roll back if 5 or more pods restart",
            "Roll back if errors or timeouts are above 5 %",
            "Roll back if needed",
            "Page Ann if errors > 5 % or p95 > 2 s",
            "Error rate > 5 % or p95 > 2 s",
        ] {
            assert_eq!(orders(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(
            shown(of_entry("CPU > 80 % or disks fill up").into_iter().flatten()),
            ["cpu 80 | CPU > 80 %", "- words | disks fill up"]
        );
        assert_eq!(orders("Roll back if data is lost or wrong."), ["- words | Roll back if data is lost or wrong"]);
        assert!(of_orders("Roll back if data is lost or wrong.", false).is_none());
        assert!(of_entry("Data corruption or loss").is_none());
    }
}
