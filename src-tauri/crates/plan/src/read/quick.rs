//! Maps whose keys nobody chooses: lines, numbers of things, and ids, which are digests already. Their hash has to be
//! quick, and keeps nothing secret.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map by lines, numbers or ids.
pub(crate) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<QuickHasher>>;
/// A set of lines, numbers or ids.
pub(crate) type QuickSet<K> = HashSet<K, BuildHasherDefault<QuickHasher>>;

/// Puts things in order that mostly stand in it: to sort them takes as much memory once more, whether anything has to be
/// moved or not.
pub(crate) fn put_in_order<T, K: Ord>(all: &mut [T], key: impl Fn(&T) -> K) {
    if !all.is_sorted_by_key(&key) {
        all.sort_by_key(key);
    }
}

/// What is known of the lines of a text, or of other things that are counted from 0 without gaps. They are asked for one
/// after the other, which a map would look for all over the memory.
#[derive(Debug, Clone)]
pub(crate) struct ByNumber<T>(Vec<Option<T>>);

impl<T> ByNumber<T> {
    /// With a place for all numbers up to one.
    pub(crate) fn up_to(number: usize) -> Self {
        Self(Vec::with_capacity(number + 1))
    }

    /// What is known of a number.
    pub(crate) fn get(&self, number: usize) -> Option<&T> {
        self.0.get(number)?.as_ref()
    }

    /// Whether anything is known of a number.
    pub(crate) fn knows(&self, number: usize) -> bool {
        self.get(number).is_some()
    }

    /// Keeps what is known of a number, in place of what was.
    pub(crate) fn set(&mut self, number: usize, known: T) {
        match self.0.get_mut(number) {
            Some(place) => *place = Some(known),
            None => {
                self.0.resize_with(number, || None);
                self.0.push(Some(known));
            }
        }
    }

    /// Keeps what is known of a number, unless something is known of it already.
    pub(crate) fn set_first(&mut self, number: usize, known: T) {
        if !self.knows(number) {
            self.set(number, known);
        }
    }
}

impl<T> Default for ByNumber<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// Eight bytes at a time, each step a long product whose halves are folded together, as wyhash does it.
#[derive(Debug, Clone, Default)]
pub(crate) struct QuickHasher(u64);

impl QuickHasher {
    fn fold(&mut self, bits: u64) {
        let product = u128::from(self.0 ^ bits ^ 0x2d35_8dcc_aa6c_78a5) * 0x8bb8_4b93_962e_acc9;
        let [low, high] = [product & u128::from(u64::MAX), product >> 64];
        self.0 = u64::try_from(low ^ high).unwrap_or_default();
    }
}

impl Hasher for QuickHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (whole, rest) = bytes.as_chunks::<8>();
        for chunk in whole {
            self.fold(u64::from_le_bytes(*chunk));
        }
        let last = rest.iter().rev().fold(rest.len() as u64, |bits, byte| bits << 8 | u64::from(*byte));
        self.fold(last);
    }

    fn write_u8(&mut self, number: u8) {
        self.fold(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.fold(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.fold(number as u64);
    }
}
