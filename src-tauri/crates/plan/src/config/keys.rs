//! Takes values out of a table by their keys.
//!
//! Owns: what a value counts as, by its shape. Must not know: which keys there are. What does not fit its shape counts
//! as not there: the walk has a sentence for it.

use std::time::Duration;

use toml::de::{DeTable, DeValue};

use super::{
    value,
    watch::{Clear, Fire},
};

/// A table, or nothing, which has no keys.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys<'doc, 'text>(Option<&'doc DeTable<'text>>);

impl<'doc, 'text> Keys<'doc, 'text> {
    pub(super) fn of(table: &'doc DeTable<'text>) -> Self {
        Self(Some(table))
    }

    pub(super) fn value(self, key: &str) -> Option<&'doc DeValue<'text>> {
        self.0?.get(key).map(|value| value.get_ref())
    }

    /// Where in the text the value begins, in bytes.
    pub(super) fn offset(self, key: &str) -> Option<usize> {
        self.0?.get(key).map(|value| value.span().start)
    }

    /// The table behind a key; one without keys where there is none.
    pub(super) fn table(self, key: &str) -> Self {
        Self(self.value(key).and_then(DeValue::as_table))
    }

    /// The names of this table with the values behind them.
    pub(super) fn values(self) -> impl Iterator<Item = (&'doc str, &'doc DeValue<'text>)> {
        self.0.into_iter().flatten().map(|(word, value)| (word.get_ref().as_ref(), value.get_ref()))
    }

    /// The names of this table with the tables behind them.
    pub(super) fn tables(self) -> impl Iterator<Item = (&'doc str, Self)> {
        self.values().filter_map(|(name, value)| Some((name, Self::of(value.as_table()?))))
    }

    /// The entries of a `[[list]]`.
    pub(super) fn list(self, key: &str) -> impl Iterator<Item = Self> {
        let entries = self.value(key).and_then(DeValue::as_array);
        entries
            .into_iter()
            .flat_map(|entries| entries.iter())
            .filter_map(|entry| entry.get_ref().as_table())
            .map(Self::of)
    }

    /// Text with anything in it.
    pub(super) fn text(self, key: &str) -> Option<&'doc str> {
        self.value(key)?.as_str().filter(|text| !text.trim().is_empty())
    }

    pub(super) fn owned(self, key: &str) -> Option<String> {
        self.text(key).map(str::to_owned)
    }

    pub(super) fn texts(self, key: &str) -> Vec<String> {
        let entries = self.value(key).and_then(DeValue::as_array);
        let texts = entries.into_iter().flat_map(|entries| entries.iter()).filter_map(|entry| entry.get_ref().as_str());
        texts.filter(|text| !text.trim().is_empty()).map(str::to_owned).collect()
    }

    /// An address without slashes at its end.
    pub(super) fn url(self, key: &str) -> Option<String> {
        let url = self.text(key).filter(|text| value::url(text).is_ok())?;
        Some(url.trim_end_matches('/').to_owned())
    }

    /// The name behind `secret:`.
    pub(super) fn secret(self, key: &str) -> Option<String> {
        self.text(key).and_then(value::secret_name).map(str::to_owned)
    }

    pub(super) fn whole(self, key: &str) -> Option<u64> {
        self.value(key).and_then(value::whole)
    }

    pub(super) fn number(self, key: &str) -> Option<f64> {
        self.value(key).and_then(value::number_of).filter(|number| *number >= 0.0)
    }

    /// A duration, which may be nothing.
    pub(super) fn delay(self, key: &str) -> Option<Duration> {
        self.text(key).and_then(value::duration)
    }

    /// A duration that has a length.
    pub(super) fn length(self, key: &str) -> Option<Duration> {
        self.delay(key).filter(|duration| !duration.is_zero())
    }

    pub(super) fn fire(self, key: &str) -> Option<Fire> {
        let text = self.text(key)?;
        let tally = value::tally(text).map(|(hits, samples)| Fire::Tally { hits, samples });
        tally.or_else(|| value::duration(text).map(Fire::For))
    }

    pub(super) fn clear(self, key: &str) -> Option<Clear> {
        if let Some(level) = self.number(key) {
            return Some(Clear::Level(level));
        }
        let text = self.text(key)?;
        let tally = value::tally(text).map(|(hits, samples)| Clear::Tally { hits, samples });
        tally.or_else(|| value::duration(text).map(Clear::For))
    }
}
