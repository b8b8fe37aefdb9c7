//! Which items and criteria of a plan a `[[bind]]` means.
//!
//! Owns: how the words of a `[[bind]]` are held against those of a plan, and the sentences where they match nothing.
//! Must not know: how anything is observed.

use std::collections::BTreeSet;

use super::{
    Bind, BoundBy, Config, MISTAKES_SHOWN_MAX, Mistake,
    near::nearest_within,
    shown,
    words::{quoted, quoted_list},
};
use crate::{Criterion, CriterionId, ItemId, Level, Plan, read::words};

/// What a `[[bind]]` means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BoundTo {
    /// An item, and with it the criterion that [`Plan::criterion_of`] gives for it, where there is one.
    Item(ItemId),
    /// A criterion that no item stands for.
    Criterion(CriterionId),
}

/// Items and criteria with longer texts are not suggested: comparing them costs time.
const COMPARED_LENGTH_MAX: usize = 120;
/// So many texts are named where several match.
const NAMED_MAX: usize = 3;

/// Every item and criterion that a `[[bind]]` means, in the order of the text; none where its words match nothing, or
/// parts of texts that differ.
///
/// An id (`i-…`, `k-…`) means itself. Anything else is held against the texts of all items and criteria, without
/// Markdown's marks, signs and the difference between small letters and capitals. Texts that are the same as a whole
/// count first; else one that begins so, else one that holds the words, where there is only one such text. All items
/// and criteria with that text are meant: "All pods healthy" may stand under several gates.
#[must_use]
pub fn bound(plan: &Plan, bind: &Bind) -> Vec<BoundTo> {
    match Spots::of(plan).find(&bind.item) {
        Match::Found(found) => found,
        Match::NoId | Match::None | Match::Several(_) => Vec::new(),
    }
}

/// What is to be said about each `[[bind]]` that observes nothing in this plan: its words match nothing, or it holds a
/// metric against a text without a number.
#[must_use]
pub fn unmatched_binds(config: &Config, plan: &Plan) -> Vec<Mistake> {
    let spots = Spots::of(plan);
    let mut mistakes = Vec::new();
    for bind in &config.binds {
        let (what, mend) = match spots.find(&bind.item) {
            Match::Found(found) => match gives_number(config, &bind.by) {
                Some(observer) if !found.iter().any(|bound| has_number(plan, bound)) => (
                    format!("and names no number that {observer} could be held against"),
                    "bind it to a probe that says yes or no, or leave it to a person's word".to_owned(),
                ),
                _ => continue,
            },
            Match::NoId => (
                "which no item or criterion of the checklist has as its id".to_owned(),
                "write its text, or the id that the checklist gives it now".to_owned(),
            ),
            Match::None => {
                // Nobody reads so many mistakes, and each comparison costs time.
                let near = if mistakes.len() < MISTAKES_SHOWN_MAX { spots.nearest(&bind.item) } else { None };
                let mend = match near {
                    Some(near) => format!("did you mean {}?", quoted(near)),
                    None => "write the text of one as it stands in the checklist, or its id".to_owned(),
                };
                ("and no item or criterion of the checklist says so".to_owned(), mend)
            }
            Match::Several(texts) => {
                let named: Vec<&str> = texts.iter().take(NAMED_MAX).copied().collect();
                let more =
                    if texts.len() > NAMED_MAX { format!(" of the {}, such as", texts.len()) } else { ":".into() };
                let what = "and several items or criteria of the checklist hold these words".to_owned();
                (what, format!("write the whole text of one{more} {}", quoted_list(&named)))
            }
        };
        mistakes.push(Mistake {
            line: bind.line,
            column: 1,
            level: Level::Warning,
            message: format!("\"item\" in [[bind]] is {}, {what}", quoted(&bind.item)),
            mend,
        });
    }
    shown(mistakes)
}

/// What observes, in words, where it gives a number and no yes or no.
fn gives_number(config: &Config, by: &BoundBy) -> Option<String> {
    match by {
        BoundBy::Metric(name) => Some(format!("metric {}", quoted(name))),
        BoundBy::Probe(name) => {
            config.probes.get(name)?.unit()?;
            Some(format!("probe {}", quoted(name)))
        }
    }
}

/// Where the words of a `[[bind]]` lead.
enum Match<'plan> {
    /// To these.
    Found(Vec<BoundTo>),
    /// They are an id, and nothing has it.
    NoId,
    /// Nowhere.
    None,
    /// To parts of these texts, which differ.
    Several(Vec<&'plan str>),
}

/// What can be bound, with its words.
struct Spot<'plan> {
    bound: BoundTo,
    /// Its text as it stands.
    text: &'plan str,
    /// Its text as it is compared.
    plain: String,
}

/// Everything that can be bound, in the order of the text.
struct Spots<'plan> {
    plan: &'plan Plan,
    spots: Vec<Spot<'plan>>,
}

impl<'plan> Spots<'plan> {
    fn of(plan: &'plan Plan) -> Self {
        let items = plan.items.iter().map(|item| {
            let bound = BoundTo::Item(item.id.clone());
            (item.range.line, Spot { bound, text: &item.text, plain: plain(&item.text) })
        });
        let criteria = plan.criteria.iter().map(|criterion| {
            let bound = stand_in(plan, criterion);
            (criterion.line, Spot { bound, text: &criterion.text, plain: plain(&criterion.text) })
        });
        let mut spots: Vec<_> = items.chain(criteria).filter(|(_, spot)| !spot.plain.is_empty()).collect();
        spots.sort_by_key(|(line, _)| *line);
        Self { plan, spots: spots.into_iter().map(|(_, spot)| spot).collect() }
    }

    fn find(&self, words: &str) -> Match<'plan> {
        let words = words.trim();
        if let Some(bound) = self.by_id(words) {
            return Match::Found(vec![bound]);
        }
        if is_id(words) {
            return Match::NoId;
        }
        let wanted = plain(words);
        if wanted.is_empty() {
            return Match::None;
        }
        let whole = self.those(|text| text == wanted);
        if !whole.is_empty() {
            return Match::Found(unique(whole));
        }
        let mut parts =
            self.those(|text| text.strip_prefix(&wanted).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)));
        if parts.is_empty() {
            parts = self.those(|text| words::has(text, &wanted));
        }
        let mut seen = BTreeSet::new();
        let texts: Vec<&str> =
            parts.iter().filter(|spot| seen.insert(spot.plain.as_str())).map(|spot| spot.text).collect();
        let found = unique(parts);
        match (texts.len(), found.len()) {
            (0, _) => Match::None,
            (1, _) | (_, 1) => Match::Found(found),
            _ => Match::Several(texts),
        }
    }

    fn by_id(&self, id: &str) -> Option<BoundTo> {
        let item =
            self.plan.items.iter().find(|item| item.id.as_str() == id).map(|item| BoundTo::Item(item.id.clone()));
        let criterion = || self.plan.criteria.iter().find(|criterion| criterion.id.as_str() == id);
        item.or_else(|| criterion().map(|criterion| stand_in(self.plan, criterion)))
    }

    fn those(&self, fits: impl Fn(&str) -> bool) -> Vec<&Spot<'plan>> {
        self.spots.iter().filter(|spot| fits(&spot.plain)).collect()
    }

    /// The text that differs the least, as it stands.
    fn nearest(&self, words: &str) -> Option<&'plan str> {
        let wanted = plain(words);
        let near = nearest_within(&wanted, self.spots.iter().map(|spot| spot.plain.as_str()), COMPARED_LENGTH_MAX)?;
        self.spots.iter().find(|spot| spot.plain == near).map(|spot| spot.text)
    }
}

/// Whether what is bound names a number.
fn has_number(plan: &Plan, bound: &BoundTo) -> bool {
    let criterion = match bound {
        BoundTo::Item(id) => plan.criterion_of(id),
        BoundTo::Criterion(id) => plan.criteria.iter().find(|criterion| &criterion.id == id),
    };
    criterion.is_some_and(|criterion| criterion.op.is_some() && criterion.value.is_some())
}

/// The item that stands for a criterion, else the criterion itself. A command's promise below an item that has a
/// criterion of its own stands for itself.
fn stand_in(plan: &Plan, criterion: &Criterion) -> BoundTo {
    let is_first = |item: &&ItemId| plan.criterion_of(item).is_some_and(|first| first.id == criterion.id);
    match criterion.item.as_ref().filter(is_first) {
        Some(item) => BoundTo::Item(item.clone()),
        None => BoundTo::Criterion(criterion.id.clone()),
    }
}

/// Each once: an item and its criterion often have the same words.
fn unique(spots: Vec<&Spot<'_>>) -> Vec<BoundTo> {
    let mut seen = BTreeSet::new();
    let bounds = spots.into_iter().map(|spot| spot.bound.clone());
    bounds.filter(|bound| seen.insert(bound.clone())).collect()
}

/// Whether this is spelled as ids are, so that it is no text.
fn is_id(words: &str) -> bool {
    let digits = words.strip_prefix("i-").or_else(|| words.strip_prefix("k-"));
    digits.is_some_and(|digits| {
        digits.len() == 12 && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// A text as it is compared: without the marks of Markdown, signs and capitals, its blanks drawn together.
fn plain(text: &str) -> String {
    let text = without_links(without_bullet(text));
    let bare: String = text.chars().filter(|character| !matches!(character, '*' | '`' | '~')).collect();
    // An underscore inside a word belongs to it: `error_rate`.
    let parts = bare.split_whitespace().map(|part| part.trim_matches('_'));
    words::plain(&parts.collect::<Vec<_>>().join(" "))
}

/// The text without a bullet and a box before it.
fn without_bullet(text: &str) -> &str {
    let text = text.trim_start();
    let text = ["- ", "* ", "+ "].iter().find_map(|bullet| text.strip_prefix(bullet)).unwrap_or(text).trim_start();
    ["[ ] ", "[x] ", "[X] "].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text)
}

/// `[words](address)` as its words.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        let words = link.split_once("](").and_then(|(words, after)| Some((words, after.split_once(')')?.1)));
        out.push_str(before);
        match words.filter(|(words, _)| !words.contains('[')) {
            Some((words, after)) => {
                out.push_str(words);
                rest = after;
            }
            None => {
                out.push('[');
                rest = link;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::parse, read};

    const TEXT: &str = "# Release 4.2.0 (March 28, 2026)

## Canary (6:30 AM)
- [ ] **50% Traffic** (Three pods)
  - [ ] All pods healthy
  - [ ] Error rate <1%
  - [ ] Hold for 10 minutes
- [ ] **100% Traffic** (All pods)
  - [ ] All pods healthy
  - [ ] Error rate <0.1%
  - [ ] Hold for 10 minutes

## Smoke (7:30 AM)
- [ ] See [the `api` dashboard](https://grafana.example/d/api) at 08:00

## Monitoring
- [ ] P95 latency <200ms

## Rollback

### CRITICAL (Immediate Rollback)
- Error rate >10%
- P95 latency >1000ms
- Error rate >10% in any region
";

    fn plan() -> Plan {
        read(TEXT, &Config::default()).0
    }

    fn config(items: &[&str]) -> Config {
        let binds: String = items.iter().map(|item| format!("[[bind]]\nitem = {item:?}\nprobe = \"api\"\n")).collect();
        let head = "version = 1\n[probes.api]\nkind = \"http\"\nurl = \"https://api.example\"\n";
        parse(&format!("{head}{binds}")).0
    }

    /// The lines of the checklist that an `item` means, an item's marked as such.
    fn lines(item: &str) -> String {
        let plan = plan();
        let lines = bound(&plan, &config(&[item]).binds[0]).into_iter().map(|bound| match bound {
            BoundTo::Item(id) => format!("item {}", plan.item(&id).unwrap().range.line),
            BoundTo::Criterion(id) => {
                format!("criterion {}", plan.criteria.iter().find(|criterion| criterion.id == id).unwrap().line)
            }
        });
        lines.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn the_same_text_is_meant_wherever_it_stands() {
        assert_eq!(lines("All pods healthy"), "item 5, item 9");
        assert_eq!(lines("Error rate <1%"), "item 6");
        // It is the beginning of another text too.
        assert_eq!(lines("Error rate >10%"), "criterion 22");
    }

    #[test]
    fn dress_and_capitals_make_no_difference() {
        for item in ["- [ ] all  PODS\thealthy", "**All pods** healthy", "`All pods healthy`", "✅ _All pods healthy_"]
        {
            assert_eq!(lines(item), "item 5, item 9", "{item}");
        }
        assert_eq!(lines("see [the api dashboard](https://elsewhere.example) at 08:00"), "item 14");
        assert_eq!(lines("[50% traffic](x) (three pods)"), "item 4");
    }

    #[test]
    fn a_part_is_enough_where_only_one_text_has_it() {
        assert_eq!(lines("All pods"), "item 5, item 9");
        assert_eq!(lines("pods healthy"), "item 5, item 9");
        assert_eq!(lines("dashboard"), "item 14");
        assert_eq!(lines("50% traffic"), "item 4");
        // Two texts hold it.
        assert_eq!(lines("P95 latency"), "");
        assert_eq!(lines("error rate"), "");
        // Part of a word is none.
        assert_eq!(lines("dash"), "");
    }

    #[test]
    fn an_id_means_itself() {
        let plan = plan();
        let item = plan.items.iter().find(|item| item.range.line == 9).unwrap();
        assert_eq!(lines(item.id.as_str()), "item 9");
        let criterion = plan.criteria.iter().find(|criterion| criterion.line == 22).unwrap();
        assert_eq!(lines(criterion.id.as_str()), "criterion 22");
        let of_item = plan.criterion_of(&item.id).unwrap();
        assert_eq!(lines(of_item.id.as_str()), "item 9");
        assert_eq!(lines("i-000000000000"), "");
    }

    #[test]
    fn what_matches_nothing_is_told_with_line_and_nearest_text() {
        let config =
            config(&["All pods healthy", "All pods helthy", "error rate", "Database migrated", "k-0123456789ab", "**"]);
        let told: Vec<String> = unmatched_binds(&config, &plan())
            .iter()
            .map(|mistake| format!("{:?} {}", mistake.level, mistake.sentence("war-room.toml")))
            .collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        Warning war-room.toml:9: "item" in [[bind]] is "All pods helthy", and no item or criterion of the checklist says so; did you mean "All pods healthy"?
        Warning war-room.toml:12: "item" in [[bind]] is "error rate", and several items or criteria of the checklist hold these words; write the whole text of one of the 4, such as "Error rate <1%", "Error rate <0.1%" or "Error rate >10%"
        Warning war-room.toml:15: "item" in [[bind]] is "Database migrated", and no item or criterion of the checklist says so; write the text of one as it stands in the checklist, or its id
        Warning war-room.toml:18: "item" in [[bind]] is "k-0123456789ab", which no item or criterion of the checklist has as its id; write its text, or the id that the checklist gives it now
        Warning war-room.toml:21: "item" in [[bind]] is "**", and no item or criterion of the checklist says so; write the text of one as it stands in the checklist, or its id
        "#);
    }

    #[test]
    fn a_metric_needs_a_number_to_be_held_against() {
        let head = "version = 1\n[sources.p]\nkind = \"prometheus\"\nurl = \"http://p\"\n[metrics.m]\nsource = \"p\"\nquery = \"up\"\n";
        let text = format!(
            "{head}[[bind]]\nitem = \"All pods healthy\"\nmetric = \"m\"\n[[bind]]\nitem = \"Error rate <1%\"\nmetric = \"m\"\n"
        );
        let told: Vec<String> =
            unmatched_binds(&parse(&text).0, &plan()).iter().map(|mistake| mistake.sentence("war-room.toml")).collect();
        insta::assert_snapshot!(told.join("\n"), @r#"war-room.toml:9: "item" in [[bind]] is "All pods healthy", and names no number that metric "m" could be held against; bind it to a probe that says yes or no, or leave it to a person's word"#);
    }

    #[test]
    fn thousands_of_binds_that_match_nothing_are_told_in_short() {
        let items: Vec<String> = (0..2_000).map(|number| format!("Nothing says {number} of this at all")).collect();
        let items: Vec<&str> = items.iter().map(String::as_str).collect();
        let mistakes = unmatched_binds(&config(&items), &plan());
        assert_eq!(mistakes.len(), MISTAKES_SHOWN_MAX + 1);
        assert!(mistakes.iter().all(|mistake| mistake.level == Level::Warning));
    }
}
