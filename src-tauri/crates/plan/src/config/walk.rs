//! Walks the declared grammar over a parsed document and says what does not fit.
//!
//! Owns: the sentences. Must not know: which keys there are.

use std::{collections::BTreeSet, ops::Range};

use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
};

use super::{
    Mistake,
    grammar::{FILE, Key, Kind, Limit, Need, Shape, Table, VERSION},
    near::nearest,
    position::Lines,
    value,
    words::{kind_of, listed, path_part, quoted, quoted_list, wanted},
};
use crate::Level;

type Word<'text> = Spanned<DeString<'text>>;
pub(super) type Value<'text> = Spanned<DeValue<'text>>;

/// How names are spelled that the writer chooses: whether one is, what it is then, and how to mend one that is not.
struct Spelling(fn(&str) -> bool, &'static str, &'static str);

/// One walk over one document.
pub(super) struct Walk<'walk, 'text> {
    pub(super) document: &'walk DeTable<'text>,
    lines: &'walk Lines<'text>,
    /// Whether the document was read without a syntax error. Of a broken one nothing can be said to be missing.
    pub(super) whole: bool,
    /// Lines whose syntax is wrong: what was guessed from them is not judged.
    broken_lines: BTreeSet<usize>,
    pub(super) mistakes: Vec<Mistake>,
}

impl<'walk, 'text> Walk<'walk, 'text> {
    pub(super) fn over(document: &'walk DeTable<'text>, lines: &'walk Lines<'text>, whole: bool) -> Self {
        Self { document, lines, whole, broken_lines: BTreeSet::new(), mistakes: Vec::new() }
    }

    pub(super) fn into_mistakes(self) -> Vec<Mistake> {
        self.mistakes
    }

    /// What the parser itself did not understand.
    pub(super) fn report_syntax(&mut self, fault: &toml::de::Error) {
        let span = fault.span().unwrap_or_default();
        // The parser's words may run over several lines; a sentence is one line.
        let words = fault.message().lines().map(str::trim).collect::<Vec<_>>().join(", ");
        self.report(
            Level::Error,
            &span,
            format!("this is not TOML: {words}"),
            "see toml.io for how it is written".into(),
        );
        self.broken_lines.insert(self.lines.at(span.start).0);
    }

    /// The whole file.
    pub(super) fn file(&mut self) {
        if !self.version() {
            return;
        }
        let document = self.document;
        for (word, value) in document {
            let Some(part) = FILE.iter().find(|part| part.key.name == word.get_ref()) else {
                // Below a heading that was not understood, keys fall to the top.
                if self.whole || self.lines.is_in_heading(word.span().start) {
                    self.unknown_part(word);
                }
                continue;
            };
            let place = match part.key.shape {
                Shape::List(_) => format!("[[{}]]", part.key.name),
                _ => format!("[{}]", part.key.name),
            };
            if !part.in_use {
                let message = format!("{place} is understood and not used by this version yet");
                self.report(Level::Note, &word.span(), message, String::new());
            }
            match part.key.shape {
                Shape::Table(_)
                | Shape::Named(_)
                | Shape::List(_)
                | Shape::Values(_)
                | Shape::Variables
                | Shape::Headers
                | Shape::Pointers => {
                    self.value(&part.key, &place, part.key.name, value);
                }
                // `version` is judged before everything else.
                _ => {}
            }
        }
    }

    /// Whether the rest can be judged: another version may have another grammar.
    fn version(&mut self) -> bool {
        let Some(value) = self.document.get("version") else {
            if self.whole {
                let mend = format!("write version = {VERSION} in the first line");
                self.report(Level::Error, &(0..0), "the file names no version".into(), mend);
            }
            return true;
        };
        let span = value.span();
        let Some(integer) = value.get_ref().as_integer() else {
            let message = format!("version is {}", kind_of(value.get_ref()));
            self.error(&span, message, format!("write version = {VERSION}"));
            return true;
        };
        let known = value::whole(value.get_ref()) == Some(VERSION);
        if !known {
            let message = format!("version {} is not known to this War Room", integer.as_str());
            self.error(&span, message, format!("it reads version {VERSION}"));
        }
        known
    }

    fn unknown_part(&mut self, word: &Word<'text>) {
        let name = word.get_ref();
        let known = FILE.iter().map(|part| part.key.name);
        let home = FILE.iter().find(|part| match part.key.shape {
            Shape::Table(table) => table.keys.iter().any(|key| key.name == name),
            _ => false,
        });
        let mend = match (nearest(name, known.clone()), home) {
            (Some(near), _) => format!("did you mean {near:?}?"),
            (None, Some(part)) => format!("it belongs under [{}]", part.key.name),
            (None, None) => format!("known are {}", listed(known, "and")),
        };
        self.error(&word.span(), format!("unknown key {} at the top", quoted(name)), mend);
    }

    /// A table's keys. `place` is how a person finds it: `[sources.prod]`.
    fn table(&mut self, grammar: &'static Table, place: &str, path: &str, table: &DeTable<'text>, span: &Range<usize>) {
        let kind = if grammar.kinds.is_empty() { None } else { self.kind(grammar, place, table, span) };
        let keys: Vec<&Key> = match kind {
            Some(kind) => grammar.keys.iter().chain(kind.keys).collect(),
            // Of an unknown kind anything that any kind knows may stand.
            None => grammar.keys.iter().chain(grammar.kinds.iter().flat_map(|kind| kind.keys)).collect(),
        };
        let has_kinds = !grammar.kinds.is_empty();
        for (word, value) in table {
            let name: &str = word.get_ref();
            if has_kinds && name == "kind" {
                continue;
            }
            let mut fitting = keys.iter().filter(|key| key.name == name);
            match (fitting.next(), has_kinds && kind.is_none()) {
                (Some(key), false) => self.value(key, place, &format!("{path}.{name}"), value),
                (Some(_), true) => {}
                (None, _) => self.unknown_key(word, place, &keys, has_kinds),
            }
        }
        if self.whole && (kind.is_some() || !has_kinds) {
            for key in keys.iter().filter(|key| table.get(key.name).is_none()) {
                self.missing(key, place, span);
            }
        }
        self.choice(grammar.choice, place, table, span);
        for limit in grammar.limits {
            self.limit(limit, place, table);
        }
    }

    /// A key that is not there.
    fn missing(&mut self, key: &Key, place: &str, span: &Range<usize>) {
        let (level, message) = match key.need {
            Need::May => return,
            Need::Should(otherwise) => (Level::Note, format!("{place} has no {:?}, and {otherwise}", key.name)),
            Need::Must => (Level::Error, format!("{place} has no {:?}", key.name)),
        };
        let one_of = if matches!(key.shape, Shape::OneOf(_)) { "one of " } else { "" };
        self.say(level, span, message, format!("add {:?}, {one_of}{}", key.name, wanted(key.shape)));
    }

    /// A duration that should not exceed another.
    fn limit(&mut self, limit: &Limit, place: &str, table: &DeTable<'text>) {
        let Limit { name, limit, default, consequence } = limit;
        let Some(value) = table.get(*name) else { return };
        let duration = |value: &Value<'_>| value.get_ref().as_str().and_then(value::duration);
        let (told, allowed) = match table.get(*limit) {
            Some(other) => (format!("{limit:?}"), duration(other)),
            None => (format!("{limit:?}, which is {default:?} where it is not set"), Some(*default)),
        };
        // One that is itself a mistake is no measure.
        if duration(value).zip(allowed).is_some_and(|(found, allowed)| found > allowed) {
            let message = format!("{name:?} in {place} is longer than {told}; {consequence}");
            self.say(Level::Warning, &value.span(), message, format!("shorten {name:?} or lengthen {limit:?}"));
        }
    }

    /// The kind that the word behind `kind` names, where it is a known one.
    fn kind(
        &mut self,
        grammar: &'static Table,
        place: &str,
        table: &DeTable<'text>,
        span: &Range<usize>,
    ) -> Option<&'static Kind> {
        let names: Vec<&'static str> = grammar.kinds.iter().map(|kind| kind.name).collect();
        let Some(value) = table.get("kind") else {
            if self.whole {
                let mend = format!("add \"kind\", one of {}", quoted_list(&names));
                self.error(span, format!("{place} has no \"kind\""), mend);
            }
            return None;
        };
        let name = self.one_of(&names, "kind", place, value)?;
        let kind = grammar.kinds.iter().find(|kind| kind.name == name)?;
        if let Some(unused) = kind.unused {
            self.say(Level::Note, &value.span(), format!("{place} is of kind {name:?}, {unused}"), String::new());
        }
        Some(kind)
    }

    fn unknown_key(&mut self, word: &Word<'text>, place: &str, keys: &[&Key], has_kinds: bool) {
        let name = word.get_ref();
        let mut known: Vec<&str> = if has_kinds { vec!["kind"] } else { Vec::new() };
        for key in keys {
            if !known.contains(&key.name) {
                known.push(key.name);
            }
        }
        let mend = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean {near:?}?"),
            None => format!("known are {}", listed(known, "and")),
        };
        self.error(&word.span(), format!("unknown key {} in {place}", quoted(name)), mend);
    }

    /// Of some keys exactly one must stand.
    fn choice(&mut self, choice: &[&str], place: &str, table: &DeTable<'text>, span: &Range<usize>) {
        let mut present = choice.iter().filter_map(|name| table.get_key_value(*name));
        match (present.next(), present.next()) {
            (None, _) if !choice.is_empty() && self.whole => {
                let names = listed(choice.iter().copied(), "or");
                self.error(span, format!("{place} has none of {names}"), "add one of them".into());
            }
            (Some((first, _)), Some((second, _))) => {
                let (first, second) =
                    if first.span().start < second.span().start { (first, second) } else { (second, first) };
                let message = format!("{place} has both {:?} and {:?}", first.get_ref(), second.get_ref());
                self.error(&second.span(), message, "keep one of them".into());
            }
            _ => {}
        }
    }

    /// A value behind a key of the table at `place`.
    fn value(&mut self, key: &Key, place: &str, path: &str, value: &Value<'text>) {
        let name = key.name;
        match key.shape {
            Shape::Table(table) => {
                if let Some(found) = self.as_table(name, place, value) {
                    self.table(table, &format!("[{path}]"), path, found, &value.span());
                }
            }
            Shape::Named(table) => {
                for (word, entry) in self.as_table(name, place, value).into_iter().flatten() {
                    let path = format!("{path}.{}", path_part(word.get_ref()));
                    if let Some(found) = self.as_table(word.get_ref(), place, entry) {
                        self.table(table, &format!("[{path}]"), &path, found, &entry.span());
                    }
                }
            }
            Shape::Values(shape) => {
                for (word, entry) in self.as_table(name, place, value).into_iter().flatten() {
                    self.single(*shape, word.get_ref(), &format!("[{path}]"), entry);
                }
            }
            Shape::Variables => {
                let spelling = Spelling(value::is_variable, "name of a variable", "use letters, digits and _");
                self.spelled(&spelling, Shape::Text, name, place, value);
            }
            Shape::Headers => {
                let spelling = Spelling(value::is_header, "name of a header", "use letters, digits and hyphens");
                self.spelled(&spelling, Shape::MaybeSecret, name, &format!("[{path}]"), value);
            }
            Shape::Pointers => {
                let spelling = Spelling(value::is_pointer, "JSON pointer", "begin it with /, such as \"/status\"");
                self.spelled(&spelling, Shape::Scalar, name, &format!("[{path}]"), value);
            }
            Shape::List(table) => match value.get_ref().as_array() {
                Some(entries) => {
                    for entry in entries.iter() {
                        if let Some(found) = self.as_table(name, place, entry) {
                            self.table(table, place, path, found, &entry.span());
                        }
                    }
                }
                None => {
                    let message = format!("{name} is {}", kind_of(value.get_ref()));
                    self.error(&value.span(), message, format!("write {place} above each entry"));
                }
            },
            shape => self.single(shape, name, place, value),
        }
    }

    /// Names that are spelled in some way, each with a value.
    fn spelled(&mut self, spelling: &Spelling, shape: Shape, name: &str, place: &str, value: &Value<'text>) {
        let Spelling(fits, what, mend) = spelling;
        for (word, entry) in self.as_table(name, place, value).into_iter().flatten() {
            if !fits(word.get_ref()) {
                self.error(
                    &word.span(),
                    format!("{} in {place} is no {what}", quoted(word.get_ref())),
                    (*mend).to_owned(),
                );
            }
            self.single(shape, word.get_ref(), place, entry);
        }
    }

    fn as_table<'value>(
        &mut self,
        name: &str,
        place: &str,
        value: &'value Value<'text>,
    ) -> Option<&'value DeTable<'text>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            let found = kind_of(value.get_ref());
            let is_part = place.trim_matches(['[', ']']) == name;
            let message =
                if is_part { format!("{place} is {found}") } else { format!("{} in {place} is {found}", quoted(name)) };
            self.error(&value.span(), message, "a table of keys belongs here".into());
        }
        table
    }

    pub(super) fn error(&mut self, span: &Range<usize>, message: String, mend: String) {
        self.say(Level::Error, span, message, mend);
    }

    fn say(&mut self, level: Level, span: &Range<usize>, message: String, mend: String) {
        if !self.broken_lines.contains(&self.lines.at(span.start).0) {
            self.report(level, span, message, mend);
        }
    }

    fn report(&mut self, level: Level, span: &Range<usize>, message: String, mend: String) {
        let (line, column) = self.lines.at(span.start);
        self.mistakes.push(Mistake { line, column, level, message, mend });
    }
}
