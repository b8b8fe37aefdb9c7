//! Judges a value that holds no keys of its own.
//!
//! Owns: the sentences about single values. Must not know: where in the grammar a value stands.

use std::ops::Range;

use toml::de::DeValue;

use super::{
    MISTAKES_SHOWN_MAX,
    grammar::Shape,
    near::nearest,
    value::{self, UrlFault},
    walk::{Value, Walk},
    words::{kind_of, path_part, quoted, quoted_list, wanted},
};

impl<'text> Walk<'_, 'text> {
    /// A value that holds no keys of its own.
    pub(super) fn single(&mut self, shape: Shape, name: &str, place: &str, value: &Value<'text>) {
        let span = value.span();
        let found = value.get_ref();
        match (shape, found) {
            (Shape::Flag, DeValue::Boolean(_)) => {}
            (Shape::Scalar, DeValue::String(_) | DeValue::Boolean(_)) => {}
            (Shape::Scalar, DeValue::Integer(_) | DeValue::Float(_)) => {
                if value::number_of(found).is_none() {
                    self.wrong(shape, name, place, &digits_of(found), &span);
                }
            }
            (Shape::Whole | Shape::Port | Shape::Status | Shape::Exit, DeValue::Integer(integer)) => {
                let range = match shape {
                    Shape::Port => 1..=65_535,
                    Shape::Status => 100..=599,
                    Shape::Exit => 0..=255,
                    _ => 0..=u64::MAX,
                };
                if !value::whole(found).is_some_and(|number| range.contains(&number)) {
                    self.wrong(shape, name, place, integer.as_str(), &span);
                }
            }
            (Shape::Number | Shape::Clear, DeValue::Integer(_) | DeValue::Float(_)) => {
                if !value::number_of(found).is_some_and(|number| number >= 0.0) {
                    self.wrong(shape, name, place, &digits_of(found), &span);
                }
            }
            (Shape::Texts | Shape::Codes, DeValue::Array(entries)) => {
                for entry in entries.iter() {
                    match (shape, entry.get_ref().as_str()) {
                        (Shape::Codes, Some(text)) if value::is_code(text) => {}
                        (Shape::Texts, Some(text)) if !text.trim().is_empty() => {}
                        (_, Some(text)) => self.wrong(shape, name, place, text, &entry.span()),
                        (_, None) => self.wrong_type(shape, name, place, entry),
                    }
                }
            }
            (Shape::OneOf(words), DeValue::String(_)) => {
                self.one_of(words, name, place, value);
            }
            (Shape::NameOf(table), DeValue::String(text)) => self.reference(table, name, place, text, &span),
            (Shape::Secret, _) => self.secret(name, place, found, &span),
            (Shape::MaybeSecret, DeValue::String(text)) => {
                if value::names_a_secret(name) || text.starts_with("secret:") {
                    self.secret(name, place, found, &span);
                } else if !value::is_header_value(text) {
                    self.wrong(shape, name, place, text, &span);
                }
            }
            (_, DeValue::String(text)) if is_text(shape) => self.text(shape, name, place, text, &span),
            _ => self.wrong_type(shape, name, place, value),
        }
    }

    /// Text that is spelled in some way.
    fn text(&mut self, shape: Shape, name: &str, place: &str, text: &str, span: &Range<usize>) {
        let fits = match shape {
            Shape::Duration { may_be_zero } => {
                value::duration(text).is_some_and(|duration| may_be_zero || !duration.is_zero())
            }
            Shape::Size => value::size_bytes(text).is_some_and(|size| size > 0),
            Shape::Moment => value::moment(text).is_some(),
            Shape::Window => value::window(text).is_some(),
            Shape::Fire | Shape::Clear => value::tally(text).is_some() || value::duration(text).is_some(),
            Shape::Zone => match value::zone(text) {
                Some(_) => true,
                None => return self.unknown_zone(name, place, text, span),
            },
            Shape::Host => value::is_host(text),
            Shape::Url | Shape::Base => match value::url(text) {
                Ok(()) if matches!(shape, Shape::Base) => !text.contains(['?', '#']),
                Ok(()) => true,
                Err(UrlFault::NoAddress) => false,
                Err(UrlFault::HoldsPassword) => {
                    let message = format!("{} in {place} has a password in its address", quoted(name));
                    return self.error(
                        span,
                        message,
                        "take it out and name it with auth = { … \"secret:NAME\" }".into(),
                    );
                }
            },
            _ => !text.trim().is_empty(),
        };
        if !fits {
            self.wrong(shape, name, place, text, span);
        }
    }

    fn unknown_zone(&mut self, name: &str, place: &str, text: &str, span: &Range<usize>) {
        let zones = value::zones();
        let mend = match self.nearest(text, zones.iter().map(String::as_str)) {
            Some(near) => format!("did you mean {near:?}?"),
            None => format!("write {}", wanted(Shape::Zone)),
        };
        self.error(span, format!("{} in {place} is {}, which is no time zone", quoted(name), quoted(text)), mend);
    }

    /// The word, where it is one of `words`.
    pub(super) fn one_of(
        &mut self,
        words: &[&'static str],
        name: &str,
        place: &str,
        value: &Value<'text>,
    ) -> Option<&'static str> {
        let Some(text) = value.get_ref().as_str() else {
            let message = format!("{name:?} in {place} is {}", kind_of(value.get_ref()));
            self.error(&value.span(), message, format!("write {}", quoted_list(words)));
            return None;
        };
        let known = words.iter().find(|word| **word == text).copied();
        if known.is_none() {
            let mend = match nearest(text, words.iter().copied()) {
                Some(near) => format!("did you mean {near:?}?"),
                None => format!("write {}", quoted_list(words)),
            };
            self.error(&value.span(), format!("{name:?} in {place} cannot be {}", quoted(text)), mend);
        }
        known
    }

    /// A name that must stand in another table.
    fn reference(&mut self, table: &str, name: &str, place: &str, text: &str, span: &Range<usize>) {
        let entries = self.document.get(table).and_then(|entries| entries.get_ref().as_table());
        if !self.whole || entries.is_some_and(|entries| entries.contains_key(text)) {
            return;
        }
        let names = entries.into_iter().flatten().map(|(word, _)| word.get_ref().as_ref());
        let mend = match self.nearest(text, names) {
            Some(near) => format!("did you mean {near:?}?"),
            None => format!("add [{table}.{}]", path_part(text)),
        };
        let message =
            format!("{name:?} in {place} names {}, and there is no [{table}.{}]", quoted(text), path_part(text));
        self.error(span, message, mend);
    }

    /// `secret:NAME`. What stands there instead may be the secret itself and is not repeated.
    fn secret(&mut self, name: &str, place: &str, found: &DeValue<'text>, span: &Range<usize>) {
        if found.as_str().and_then(value::secret_name).is_none() {
            let message =
                format!("{} in {place} holds a value where only the name of a secret may stand", quoted(name));
            let mend = "write \"secret:NAME\", the name in small letters, digits and hyphens, and keep the value in the keychain".into();
            self.error(span, message, mend);
        }
    }

    /// The nearest of many names. Nobody reads so many mistakes, and comparing all with all would take minutes.
    fn nearest<'known>(&self, word: &str, known: impl Iterator<Item = &'known str>) -> Option<&'known str> {
        if self.mistakes.len() <= MISTAKES_SHOWN_MAX { nearest(word, known) } else { None }
    }

    fn wrong(&mut self, shape: Shape, name: &str, place: &str, text: &str, span: &Range<usize>) {
        let message = if text.trim().is_empty() {
            format!("{} in {place} is empty", quoted(name))
        } else {
            format!("{} in {place} cannot be {}", quoted(name), quoted(text))
        };
        self.error(span, message, format!("write {}", wanted(shape)));
    }

    fn wrong_type(&mut self, shape: Shape, name: &str, place: &str, value: &Value<'text>) {
        let message = format!("{} in {place} is {}", quoted(name), kind_of(value.get_ref()));
        self.error(&value.span(), message, format!("write {}", wanted(shape)));
    }
}

/// Whether a shape is written as text.
fn is_text(shape: Shape) -> bool {
    matches!(
        shape,
        Shape::Text
            | Shape::Duration { .. }
            | Shape::Size
            | Shape::Url
            | Shape::Base
            | Shape::Host
            | Shape::Zone
            | Shape::Moment
            | Shape::Window
            | Shape::Fire
            | Shape::Clear
    )
}

/// A number as a sentence repeats it.
fn digits_of(found: &DeValue<'_>) -> String {
    match found {
        DeValue::Integer(integer) => integer.to_string(),
        DeValue::Float(float) => float.to_string(),
        _ => String::new(),
    }
}
