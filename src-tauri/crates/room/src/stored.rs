//! A room as bytes, and from them again: for a copy of the state that is opened faster than its log is folded.
//!
//! Owns: the bytes. What the text says is not among them: the plan is read again. Must not know: where they lie, and who
//! vouches for them. They are no format of a file that lasts: [`shape`] tells whether another program's are read.
//!
//! Written by hand and not with serde: the state shares types with the events, whose JSON leaves out what is empty, which
//! bytes without names cannot; and of each field the compiler asks both ways here.

mod parts;
mod room;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};

/// The number of the rules by which events become a state. To be raised with any change of what [`crate::Room::apply`] makes
/// of the same events: a test over a drill's log, whose state is known by its digest, fails until it is.
pub const RULES: u32 = 1;

/// What the bytes consist of, in words: bytes with another shape are another program's.
#[must_use]
pub fn shape() -> String {
    let mut words = format!("rules {RULES}\n");
    room::shape(&mut words);
    words
}

/// What is left to be read.
pub(crate) struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    /// How many things follow. No more than there are bytes: what claims more is no state, and gets no room kept for it.
    fn count(&mut self) -> Option<usize> {
        let count = u32::from_le_bytes(self.array()?) as usize;
        (count <= self.0.len()).then_some(count)
    }
}

/// What is kept of a room, and comes back the same.
pub(crate) trait Stored: Sized {
    fn put(&self, out: &mut Vec<u8>);
    /// `None` where the bytes are none of this.
    fn get(from: &mut Rest<'_>) -> Option<Self>;
    /// What it consists of, in words.
    fn shape(words: &mut String);
}

fn put_count(count: usize, out: &mut Vec<u8>) {
    // A room with four thousand million things of a kind does not fit into memory before it comes to this.
    out.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Stored for $number {
            fn put(&self, out: &mut Vec<u8>) {
                out.extend(self.to_le_bytes());
            }
            fn get(from: &mut Rest<'_>) -> Option<Self> {
                from.array().map(Self::from_le_bytes)
            }
            fn shape(words: &mut String) {
                words.push_str(stringify!($number));
            }
        }
    )*};
}
numbers!(u32, u64, i32, i64);

impl Stored for usize {
    fn put(&self, out: &mut Vec<u8>) {
        (*self as u64).put(out);
    }
    fn get(from: &mut Rest<'_>) -> Option<Self> {
        Self::try_from(u64::get(from)?).ok()
    }
    fn shape(words: &mut String) {
        words.push_str("usize");
    }
}

impl Stored for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
    fn get(from: &mut Rest<'_>) -> Option<Self> {
        match from.array()? {
            [0] => Some(false),
            [1] => Some(true),
            _ => None,
        }
    }
    fn shape(words: &mut String) {
        words.push_str("bool");
    }
}

impl Stored for String {
    fn put(&self, out: &mut Vec<u8>) {
        put_text(self, out);
    }
    fn get(from: &mut Rest<'_>) -> Option<Self> {
        get_text(from).map(str::to_owned)
    }
    fn shape(words: &mut String) {
        words.push_str("text");
    }
}

pub(crate) fn put_text(text: &str, out: &mut Vec<u8>) {
    put_count(text.len(), out);
    out.extend(text.as_bytes());
}

pub(crate) fn get_text<'a>(from: &mut Rest<'a>) -> Option<&'a str> {
    let count = from.count()?;
    std::str::from_utf8(from.take(count)?).ok()
}

impl Stored for Timestamp {
    fn put(&self, out: &mut Vec<u8>) {
        self.as_second().put(out);
        self.subsec_nanosecond().put(out);
    }
    fn get(from: &mut Rest<'_>) -> Option<Self> {
        Self::new(i64::get(from)?, i32::get(from)?).ok()
    }
    fn shape(words: &mut String) {
        words.push_str("time");
    }
}

impl Stored for SignedDuration {
    fn put(&self, out: &mut Vec<u8>) {
        self.as_secs().put(out);
        self.subsec_nanos().put(out);
    }
    fn get(from: &mut Rest<'_>) -> Option<Self> {
        let (whole, part) = (i64::get(from)?, i32::get(from)?);
        Self::from_secs(whole).checked_add(Self::from_nanos(part.into()))
    }
    fn shape(words: &mut String) {
        words.push_str("length");
    }
}

impl Stored for DateTime {
    fn put(&self, out: &mut Vec<u8>) {
        put_text(&self.to_string(), out);
    }
    fn get(from: &mut Rest<'_>) -> Option<Self> {
        get_text(from)?.parse().ok()
    }
    fn shape(words: &mut String) {
        words.push_str("wall");
    }
}

impl<T: Stored> Stored for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(one) = self {
            one.put(out);
        }
    }
    fn get(from: &mut Rest<'_>) -> Option<Self> {
        Some(if bool::get(from)? { Some(T::get(from)?) } else { None })
    }
    fn shape(words: &mut String) {
        words.push('?');
        T::shape(words);
    }
}

impl<T: Stored> Stored for Box<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.as_ref().put(out);
    }
    fn get(from: &mut Rest<'_>) -> Option<Self> {
        T::get(from).map(Self::new)
    }
    /// What is in it: it may be what it is in, which would have no end.
    fn shape(words: &mut String) {
        words.push_str(std::any::type_name::<T>());
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        put_count(self.len(), out);
        for one in self {
            one.put(out);
        }
    }
    fn get(from: &mut Rest<'_>) -> Option<Self> {
        let count = from.count()?;
        let mut all = Self::with_capacity(count);
        for _ in 0..count {
            all.push(T::get(from)?);
        }
        Some(all)
    }
    fn shape(words: &mut String) {
        words.push('[');
        T::shape(words);
        words.push(']');
    }
}

impl<T: Stored + Ord> Stored for BTreeSet<T> {
    fn put(&self, out: &mut Vec<u8>) {
        put_count(self.len(), out);
        for one in self {
            one.put(out);
        }
    }
    fn get(from: &mut Rest<'_>) -> Option<Self> {
        (0..from.count()?).map(|_| T::get(from)).collect()
    }
    fn shape(words: &mut String) {
        words.push_str("set ");
        T::shape(words);
    }
}

impl<K: Stored + Ord, V: Stored> Stored for BTreeMap<K, V> {
    fn put(&self, out: &mut Vec<u8>) {
        put_count(self.len(), out);
        for pair in self {
            pair.0.put(out);
            pair.1.put(out);
        }
    }
    fn get(from: &mut Rest<'_>) -> Option<Self> {
        (0..from.count()?).map(|_| Some((K::get(from)?, V::get(from)?))).collect()
    }
    fn shape(words: &mut String) {
        <Vec<(K, V)>>::shape(words);
    }
}

/// In the order of the keys: the same state has the same bytes.
impl<K: Stored + Ord + Hash, V: Stored> Stored for HashMap<K, V> {
    fn put(&self, out: &mut Vec<u8>) {
        put_count(self.len(), out);
        let mut pairs: Vec<_> = self.iter().collect();
        pairs.sort_by_key(|pair| pair.0);
        for (key, value) in pairs {
            key.put(out);
            value.put(out);
        }
    }
    fn get(from: &mut Rest<'_>) -> Option<Self> {
        (0..from.count()?).map(|_| Some((K::get(from)?, V::get(from)?))).collect()
    }
    fn shape(words: &mut String) {
        <Vec<(K, V)>>::shape(words);
    }
}

macro_rules! tuples {
    ($(($($one:ident $at:tt),*)),*) => {$(
        impl<$($one: Stored),*> Stored for ($($one,)*) {
            fn put(&self, out: &mut Vec<u8>) {
                $(self.$at.put(out);)*
            }
            fn get(from: &mut Rest<'_>) -> Option<Self> {
                Some(($($one::get(from)?,)*))
            }
            fn shape(words: &mut String) {
                words.push('(');
                $($one::shape(words); words.push(' ');)*
                words.push(')');
            }
        }
    )*};
}
tuples!((A 0, B 1), (A 0, B 1, C 2), (A 0, B 1, C 2, D 3));

/// The shape of a field, found by where it is.
pub(crate) fn field<S, T: Stored>(name: &str, words: &mut String, _: impl Fn(&S) -> Option<&T>) {
    words.push_str(name);
    words.push(':');
    T::shape(words);
    words.push(' ');
}

/// How a type is stored: all of a struct's fields, or all variants of an enum, each with a number of its own. What is left
/// out does not compile.
macro_rules! stored {
    (struct $name:ident { $($field:ident),* $(,)? }) => {
        impl $crate::stored::Stored for $name {
            fn put(&self, out: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $($field.put(out);)*
            }
            fn get(from: &mut $crate::stored::Rest<'_>) -> Option<Self> {
                Some(Self { $($field: $crate::stored::Stored::get(from)?),* })
            }
            fn shape(words: &mut String) {
                words.push_str(concat!(stringify!($name), "{"));
                $($crate::stored::field(stringify!($field), words, |one: &Self| Some(&one.$field));)*
                words.push('}');
            }
        }
    };
    (enum $name:ident { $($number:literal => $variant:ident $({ $($field:ident),* })?),* $(,)? }) => {
        impl $crate::stored::Stored for $name {
            fn put(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $({ $($field),* })? => {
                        out.push($number);
                        $($($field.put(out);)*)?
                    })*
                }
            }
            fn get(from: &mut $crate::stored::Rest<'_>) -> Option<Self> {
                Some(match from.array()? {
                    $([$number] => Self::$variant $({ $($field: $crate::stored::Stored::get(from)?),* })?,)*
                    _ => return None,
                })
            }
            fn shape(words: &mut String) {
                words.push_str(concat!(stringify!($name), "{"));
                $(
                    words.push_str(concat!($number, "=", stringify!($variant), " "));
                    $($(
                        $crate::stored::field(stringify!($field), words, |one: &Self| match one {
                            Self::$variant { $field, .. } => Some($field),
                            #[allow(unreachable_patterns, reason = "an enum may have one variant")]
                            _ => None,
                        });
                    )*)?
                )*
                words.push('}');
            }
        }
    };
}
pub(crate) use stored;
