//! The words of a log, indexed for a search: SQLite's FTS5, in memory.
//!
//! Owns: how words are cut and looked up. Must not know: what an event means, nor where its words come from.
//!
//! It lies in memory and in no file. The room's own file is evidence: an index inside would be bytes that no fingerprint
//! covers, written to a file that verification, the triggers and a reader on another laptop know nothing of. A second file
//! would outlive the room that it tells of, would have to be guarded as the room is, and could be older than it. Made anew
//! from the events it is never stale, and works where a room can only be read.

use rusqlite::{Connection, params};

use crate::failure::Failure;

/// Only what finds its way to an event is kept, not the words once more: `content=''`.
const SCHEMA: &str = "CREATE VIRTUAL TABLE log USING fts5(
    words, content='', tokenize=\"unicode61 remove_diacritics 2\")";

/// The index.
#[derive(Debug)]
pub struct Words {
    connection: Connection,
    /// The number after the highest.
    next: u32,
    /// How often words of an event came once more.
    again: u32,
}

impl Words {
    /// An index of nothing.
    ///
    /// # Errors
    /// SQLite gives no memory.
    pub fn new() -> Result<Self, Failure> {
        let connection = Connection::open_in_memory().map_err(|error| failure(&error))?;
        connection.execute_batch(SCHEMA).map_err(|error| failure(&error))?;
        Ok(Self { connection, next: 0, again: 0 })
    }

    /// Takes in the words of events, by any number of theirs. Of an event whose words come once more, all of them are found
    /// from then on: without a content FTS5 does not know what it would have to forget.
    ///
    /// # Errors
    /// SQLite gives no memory.
    pub fn add(&mut self, words: &[(u32, String)]) -> Result<(), Failure> {
        let (mut next, mut again) = (self.next, self.again);
        let add = |connection: &mut Connection, next: &mut u32, again: &mut u32| {
            let moment = connection.transaction()?;
            {
                let mut insert = moment.prepare_cached("INSERT INTO log(rowid, words) VALUES (?1, ?2)")?;
                for (number, text) in words {
                    let is_new = *number >= *next;
                    *next = (*next).max(number.saturating_add(1));
                    *again = again.saturating_add(u32::from(!is_new));
                    let row = if is_new { 0 } else { i64::from(*again) << 32 } | i64::from(*number);
                    insert.execute(params![row, format!("{text}{}", signs(text))])?;
                }
            }
            moment.commit()
        };
        add(&mut self.connection, &mut next, &mut again).map_err(|error| failure(&error))?;
        (self.next, self.again) = (next, again);
        Ok(())
    }

    /// The numbers of the events that have every one of these words, in order. A word may be the beginning of a longer
    /// one; what FTS5 takes for an operator is a word as any other.
    ///
    /// # Errors
    /// SQLite gives no memory.
    pub fn find(&self, search: &str) -> Result<Vec<u32>, Failure> {
        let query = query(search);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let find = || {
            let mut found =
                self.connection.prepare_cached("SELECT rowid FROM log WHERE log MATCH ?1 ORDER BY rowid")?;
            found.query_map(params![query], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()
        };
        let rows = find().map_err(|error| failure(&error))?;
        let mut found: Vec<u32> = rows.iter().filter_map(|row| u32::try_from(row & i64::from(u32::MAX)).ok()).collect();
        // Only rows that came once more are out of their order.
        if self.again > 0 {
            found.sort_unstable();
            found.dedup();
        }
        Ok(found)
    }
}

/// A search as FTS5 reads it: each word in quotes, so that nothing in it is an operator, and open at its end.
fn query(search: &str) -> String {
    // FTS5 reads up to the first nought, and would miss the closing quote.
    let words = search.split(|letter: char| letter.is_whitespace() || letter == '\0').filter_map(|word| {
        let parts: Vec<String> = if word.chars().any(char::is_alphanumeric) {
            vec![format!("\"{}\"*", word.replace('"', "\"\""))]
        } else {
            // A word of signs alone has nothing that FTS5 would keep.
            word.chars().map(|sign| format!("\"{}\"", named(sign))).collect()
        };
        Some(parts.join(" AND ")).filter(|parts| !parts.is_empty())
    });
    words.collect::<Vec<_>>().join(" AND ")
}

/// The signs of a text, each once under a name: FTS5 knows letters and digits alone, and a star or an emoji is to be found.
fn signs(text: &str) -> String {
    let mut signs: Vec<char> = text.chars().filter(|sign| !sign.is_alphanumeric() && !sign.is_whitespace()).collect();
    signs.sort_unstable();
    signs.dedup();
    signs.into_iter().map(|sign| format!(" {}", named(sign))).collect()
}

/// Nothing that a log says by itself.
fn named(sign: char) -> String {
    format!("sign{:x}sign", u32::from(sign))
}

fn failure(error: &rusqlite::Error) -> Failure {
    Failure::Other { path: std::path::PathBuf::new(), words: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(texts: &[&str], search: &str) -> Vec<u32> {
        let mut words = Words::new().unwrap();
        let texts: Vec<(u32, String)> = (0..).zip(texts.iter().map(|text| (*text).to_owned())).collect();
        words.add(&texts).unwrap();
        words.find(search).unwrap()
    }

    #[test]
    fn every_word_must_stand_there_and_may_be_a_beginning() {
        let texts =
            ["P95 latency reached 200 ms: hold paused", "kubectl rollout status payments-api · exit 0", "Überlast"];
        assert_eq!(found(&texts, "LATENCY pause"), [0]);
        assert_eq!(found(&texts, "roll"), [1]);
        assert_eq!(found(&texts, "payments-api"), [1]);
        assert_eq!(found(&texts, "payments-apx"), [0; 0]);
        assert_eq!(found(&texts, "uberlast"), [2]);
        assert_eq!(found(&texts, "latency rollout"), [0; 0]);
        assert_eq!(found(&texts, "  "), [0; 0]);
    }

    #[test]
    fn words_that_come_once_more_are_found_with_those_before_and_once() {
        let mut words = Words::new().unwrap();
        let of = |number, text: &str| vec![(number, text.to_owned())];
        words.add(&[of(0, "begun at 06:31"), of(1, "coffee")].concat()).unwrap();
        words.add(&of(0, "begun at 06:31 corrected by 3 begun at 06:33")).unwrap();
        words.add(&of(2, "corrects 1 begun at 06:33")).unwrap();
        words.add(&of(0, "begun at 06:31 corrected by 3 begun at 06:33 corrected by 4 no")).unwrap();
        assert_eq!(words.find("06:33").unwrap(), [0, 2], "in their order");
        assert_eq!(words.find("06:31 06:33").unwrap(), [0]);
        assert_eq!(words.find("begun").unwrap(), [0, 2]);
        assert_eq!(words.find("coffee").unwrap(), [1]);
    }

    #[test]
    fn what_fts5_takes_for_an_operator_is_a_word_and_a_sign_is_found() {
        let texts = ["this OR that", "near a NOT", "12.4 % of it ★ 🚀", "a “quote\" and a * star", "words: (one) ^two"];
        assert_eq!(found(&texts, "OR"), [0]);
        assert_eq!(found(&texts, "NOT"), [1]);
        assert_eq!(found(&texts, "NEAR"), [1]);
        assert_eq!(found(&texts, "AND"), [3]);
        assert_eq!(found(&texts, "★"), [2]);
        assert_eq!(found(&texts, "🚀"), [2]);
        assert_eq!(found(&texts, "%"), [2]);
        assert_eq!(found(&texts, "\""), [3]);
        assert_eq!(found(&texts, "*"), [3]);
        assert_eq!(found(&texts, "^two"), [4]);
        assert_eq!(found(&texts, "words:"), [4]);
        for odd in [
            "\"",
            "\"\"\"",
            "*",
            "a*b\"",
            "(",
            ")",
            "^",
            "-",
            "NEAR(",
            "words:two",
            "{",
            "'",
            ";--",
            "\u{0}",
            "a\u{0}b",
            "👩‍🚀",
            "é\u{301}",
        ] {
            let _ = found(&texts, odd);
        }
    }
}
