//! The nearest known word to one that is not known.

/// Longer words are no slips of the key, and comparing them costs time.
const COMPARED_LENGTH_MAX: usize = 64;

/// The candidate that differs from `word` by the fewest letters, where that looks like a slip: at most a third of the
/// word's letters, and one at least. Letters in the wrong case do not count as a difference.
pub(super) fn nearest<'known>(word: &str, known: impl IntoIterator<Item = &'known str>) -> Option<&'known str> {
    nearest_within(word, known, COMPARED_LENGTH_MAX)
}

/// [`nearest`] for words or texts up to another length.
pub(super) fn nearest_within<'known>(
    word: &str,
    known: impl IntoIterator<Item = &'known str>,
    compared_length_max: usize,
) -> Option<&'known str> {
    let length = word.chars().count();
    if length > compared_length_max {
        return None;
    }
    let lower = word.to_lowercase();
    let allowed = (length / 3).max(1);
    known
        .into_iter()
        .filter(|candidate| candidate.len() <= compared_length_max)
        // Each letter more or less is a difference already.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_from_another_word() {
        let known = ["service", "release", "zone"];
        assert_eq!(nearest("servce", known), Some("service"));
        assert_eq!(nearest("Zone", known), Some("zone"));
        assert_eq!(nearest("zoen", known), Some("zone"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest(&"zone".repeat(1000), known), None);
    }
}
