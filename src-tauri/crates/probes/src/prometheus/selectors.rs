//! The bare selectors inside a query: what it is made from.
//!
//! Owns: finding them, and the questions for their newest samples. Must not know: what is answered.

use std::thread;

use promql_parser::parser::{self, Expr, VectorSelector};

/// A longer query is not taken apart: the parser's tree is as deep as the text is long, and its stack has an end.
const LONGEST_QUERY_BYTES: usize = 16 * 1024;

/// Enough for a tree as deep as the longest query, in a build without optimisation.
const STACK_BYTES: usize = 32 * 1024 * 1024;

/// The label by which the answers for several selectors are told apart.
pub(super) const MARK: &str = "war_room";

/// Every selector of a query once, in its order, without range, `offset` and `@`. Empty where the query has none, and
/// where it cannot be taken apart: then nothing proves of when its value is.
pub(super) fn selectors(query: &str) -> Vec<String> {
    if query.len() > LONGEST_QUERY_BYTES {
        return Vec::new();
    }
    let query = without_back_quotes(query);
    // A thread has a stack of its own size, and keeps a panic of the parser to itself.
    let parsing = thread::Builder::new().stack_size(STACK_BYTES).spawn(move || {
        let mut found = Vec::new();
        if let Ok(tree) = parser::parse(&query) {
            collect(&tree, &mut found);
        }
        found
    });
    parsing.ok().and_then(|thread| thread.join().ok()).unwrap_or_default()
}

/// The same query with each string in back quotes written in double quotes: in back quotes a backslash is itself, but
/// the parser takes it for the beginning of an escape, and refuses `\d` there.
fn without_back_quotes(query: &str) -> String {
    let mut plain = String::with_capacity(query.len() + 16);
    let mut quote = None;
    let mut characters = query.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (None, '"' | '\'' | '`') => quote = Some(character),
            // A comment may hold a lone quote.
            (None, '#') => quote = Some('\n'),
            (Some(open), _) if open == character => quote = None,
            (Some('"' | '\''), '\\') => {
                plain.push(character);
                plain.extend(characters.next());
                continue;
            }
            (Some('`'), '\\' | '"') => plain.push('\\'),
            (Some('`'), '\n') => {
                plain.push_str("\\n");
                continue;
            }
            _ => {}
        }
        let is_back_quote = character == '`' && matches!(quote, None | Some('`'));
        plain.push(if is_back_quote { '"' } else { character });
    }
    plain
}

fn collect(tree: &Expr, found: &mut Vec<String>) {
    match tree {
        Expr::VectorSelector(selector) => add(selector, found),
        Expr::MatrixSelector(matrix) => add(&matrix.vs, found),
        Expr::Aggregate(aggregate) => {
            if let Some(parameter) = &aggregate.param {
                collect(parameter, found);
            }
            collect(&aggregate.expr, found);
        }
        Expr::Binary(binary) => {
            collect(&binary.lhs, found);
            collect(&binary.rhs, found);
        }
        Expr::Call(call) => call.args.args.iter().for_each(|argument| collect(argument, found)),
        Expr::Paren(inner) => collect(&inner.expr, found),
        Expr::Subquery(inner) => collect(&inner.expr, found),
        Expr::Unary(inner) => collect(&inner.expr, found),
        Expr::NumberLiteral(_) | Expr::StringLiteral(_) | Expr::Extension(_) => {}
    }
}

fn add(selector: &VectorSelector, found: &mut Vec<String>) {
    let bare = VectorSelector { offset: None, at: None, ..selector.clone() }.to_string();
    if !found.contains(&bare) {
        found.push(bare);
    }
}

/// One query for the newest sample of each selector; several are told apart by a label, in the order given.
pub(super) fn newest_query(selectors: &[String]) -> String {
    match selectors {
        [one] => format!("max(timestamp({one}))"),
        several => {
            let parts = several.iter().enumerate().map(|(at, selector)| {
                format!("label_replace(max(timestamp({selector})), \"{MARK}\", \"{at}\", \"\", \"\")")
            });
            parts.collect::<Vec<_>>().join(" or ")
        }
    }
}

/// A query for the samples themselves, which show how often is scraped.
pub(super) fn samples_query(selector: &str) -> String {
    format!("{selector}[5m]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: &[&str]) {
        assert_eq!(selectors(query), expected, "{query}");
    }

    #[test]
    fn selectors_are_found_wherever_they_stand() {
        check("up", &["up"]);
        check("up{job=\"a\"}", &["up{job=\"a\"}"]);
        check("sum(rate(errors[5m])) / sum(rate(requests[5m]))", &["errors", "requests"]);
        check("rate(a[5m]) + rate(a[1m]) + a", &["a"]);
        check("histogram_quantile(0.95, sum by (le) (rate(b_bucket{x!=\"y\"}[5m])))", &["b_bucket{x!=\"y\"}"]);
        check("max_over_time((sum(rate(a[1m])))[30m:1m])", &["a"]);
        check("topk(scalar(n), -(a))", &["n", "a"]);
        check("quantile(0.5, a) or vector(0)", &["a"]);
        check("absent(a)", &["a"]);
        check("a unless on (x) b", &["a", "b"]);
        check("label_replace(a, \"x\", \"$1\", \"y\", \"(.*)\")", &["a"]);
    }

    #[test]
    fn offset_and_at_are_taken_off() {
        check("a offset 1h", &["a"]);
        check("a @ 1737441000", &["a"]);
        check("rate(a{x=\"y\"}[5m] @ end() offset -5m)", &["a{x=\"y\"}"]);
        check("(a)[1h:1m] offset 1d", &["a"]);
        check("a - a offset 1d", &["a"]);
    }

    #[test]
    fn what_is_printed_asks_for_the_same() {
        for selector in [
            r#"a{path=~"/api/\\d+"}"#,
            r#"a{path!~"x|y\\."}"#,
            r#"a{name="say \"hi\""}"#,
            r#"{__name__=~"node_.+",job="x"}"#,
            r#"job:errors:rate5m{le="+Inf"}"#,
            r#"a{empty=""}"#,
        ] {
            check(selector, &[selector]);
            check(&format!("sum(rate({selector}[5m]))"), &[selector]);
        }
        check(r#"a{path='C:\\x'}"#, &[r#"a{path="C:\\x"}"#]);
        check("a{x=`\\d`}", &[r#"a{x="\\d"}"#]);
        check("a{x=~`\\d+|\"`,y='`'} # it's", &[r#"a{x=~"\\d+|\"",y="`"}"#]);
        check("# don't\nb{x=\"\\\"`\"} / a{y=`\n`}", &[r#"b{x="\"`"}"#, r#"a{y="\n"}"#]);
    }

    #[test]
    fn a_query_without_a_selector_has_none() {
        check("vector(1)", &[]);
        check("time()", &[]);
        check("1 + 1", &[]);
        check("\"text\"", &[]);
        check("", &[]);
        check("sum(rate(", &[]);
        check("no_such_function(a)", &[]);
    }

    #[test]
    fn a_query_of_any_depth_does_not_bring_the_program_down() {
        check(&format!("{}a{}", "(".repeat(8000), ")".repeat(8000)), &["a"]);
        check(&format!("{}a", "-".repeat(16_000)), &["a"]);
        check(&vec!["a"; 4000].join("+"), &["a"]);
        check(&format!("a + {}", "1".repeat(20_000)), &[]);
    }

    #[test]
    fn one_question_for_all() {
        assert_eq!(newest_query(&["a".into()]), "max(timestamp(a))");
        assert_eq!(
            newest_query(&["a".into(), "b{x=\"y\"}".into()]),
            "label_replace(max(timestamp(a)), \"war_room\", \"0\", \"\", \"\") or \
             label_replace(max(timestamp(b{x=\"y\"})), \"war_room\", \"1\", \"\", \"\")"
        );
        assert_eq!(samples_query("a"), "a[5m]");
        let query = newest_query(&["a".into(), "b".into()]);
        check(&query, &["a", "b"]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(query in "[a-c0-9(){}\\[\\]\"'`=~!@:.,+*/ -]{0,60}|\\PC{0,40}") {
            selectors(&query);
        }
    }
}
