//! The kinds of tampering, each on positions that chance chooses, with what must be said of it.

use std::path::Path;

use ed25519_dalek::SigningKey;
use journal::{Heads, hex, short};

use crate::forger::{Chance, Forger};
use crate::rooms::Base;
use crate::{Case, Expected};

/// How many positions of each kind are tried in each room.
const POSITIONS: usize = 2;

const EVENT_COLUMNS: [&str; 9] =
    ["occurred_at", "recorded_at", "device", "actor", "kind", "version", "body", "prev", "hash"];
const SAMPLE_COLUMNS: [&str; 5] = ["signal", "at", "state", "good_for", "value"];
const ROLLUP_COLUMNS: [&str; 12] =
    ["signal", "at", "first_at", "last_at", "good_until", "low", "high", "mean", "last", "seen", "unseen", "gap"];
const CHUNK_COLUMNS: [&str; 5] = ["minutes", "first", "last", "rows", "digest"];

/// What is known outside of the room.
#[derive(Clone)]
enum Known {
    Nothing,
    /// The list of heads of its owner's laptop.
    List,
    /// A head that somebody wrote down.
    Head(String),
}

struct Trier<'a> {
    base: &'a Base,
    place: &'a Path,
    chance: Chance,
    cases: &'a mut Vec<Case>,
    /// The room as it was.
    events: u64,
    /// How many events the seals in the room count, and the heads in the list.
    seals: Vec<u64>,
    heads: Vec<u64>,
    has_samples: bool,
    chunks: Vec<u64>,
    fresh: u64,
    /// The hash of each event.
    hashes: Vec<[u8; 32]>,
    room: String,
}

/// Tries all kinds on a room.
pub(crate) fn all(base: &Base, place: &Path, seed: u64, cases: &mut Vec<Case>) {
    let original = Forger::copy(base, place.join("original.warroom"));
    let unsigned = |query: &str| -> Vec<u64> { original.numbers(query).into_iter().map(i64::unsigned_abs).collect() };
    let has_samples = !original.numbers("SELECT 1 FROM sqlite_schema WHERE name = 'chunks'").is_empty();
    let of_samples = |query: &str| if has_samples { unsigned(query) } else { Vec::new() };
    let room = "ab".repeat(16);
    let mut heads: Vec<u64> = Heads::at(&base.heads).of(&room).iter().map(|head| head.count).collect();
    heads.sort_unstable();
    let mut trier = Trier {
        base,
        place,
        chance: Chance(seed),
        cases,
        events: original.count(),
        seals: unsigned("SELECT count FROM seals ORDER BY count"),
        heads,
        has_samples,
        chunks: of_samples("SELECT id FROM chunks ORDER BY id"),
        fresh: of_samples("SELECT count(*) FROM fresh_samples").into_iter().sum(),
        hashes: original.rows().iter().map(|row| row.hash).collect(),
        room,
    };
    trier.untouched();
    trier.wrong_heads();
    trier.edited_bytes();
    trier.removed_inserted_and_swapped();
    trier.cut_tails();
    trier.seals();
    trier.rewritten();
    trier.newer();
    if !trier.chunks.is_empty() {
        trier.samples();
        trier.fresh_samples();
    }
}

impl Trier<'_> {
    /// Tampers with a copy.
    fn tries(
        &mut self,
        kind: &'static str,
        what: String,
        known: &Known,
        expected: Expected,
        does: impl FnOnce(&Forger),
    ) {
        let (number, mut told) = (self.cases.len(), what);
        told.insert_str(0, &format!("{}, ", self.base.name));
        let forger = Forger::copy(self.base, self.place.join(format!("{number}.warroom")));
        does(&forger);
        self.cases.push(Case {
            kind,
            what: told,
            room: forger.path,
            heads: matches!(known, Known::List).then(|| self.base.heads.clone()),
            head: if let Known::Head(head) = known { Some(head.clone()) } else { None },
            expected,
        });
    }

    fn whole(&self, complete_to: Option<u64>) -> Expected {
        Expected::Whole(complete_to, self.fresh)
    }

    /// The head of an event as somebody would have written it down.
    fn head_of(&mut self, event: u64) -> Known {
        let hash = self.hashes[usize::try_from(event).unwrap() - 1];
        Known::Head(if self.chance.within(0, 1) == 0 { short(&hash) } else { hex(&hash).to_uppercase() })
    }

    fn last_head(&self) -> u64 {
        self.heads.last().copied().unwrap()
    }

    fn untouched(&mut self) {
        self.tries("untouched", "nothing known".to_owned(), &Known::Nothing, self.whole(None), |_| {});
        self.tries("untouched", "the list".to_owned(), &Known::List, self.whole(Some(self.last_head())), |_| {});
        for _ in 0..POSITIONS {
            let event = self.chance.within(1, self.events);
            let head = self.head_of(event);
            self.tries("untouched", format!("the head of {event}"), &head, self.whole(Some(event)), |_| {});
        }
    }

    /// A head that is mistyped, too short to be one, or of another room contradicts the log, and vouches for nothing.
    fn wrong_heads(&mut self) {
        let last = hex(self.hashes.last().unwrap());
        for given in [&last[..7], "0123-4567", "no head", ""] {
            let expected = Expected::Event(self.events + 1);
            self.tries("wrong head", format!("{given:?}"), &Known::Head(given.to_owned()), expected, |_| {});
        }
    }

    fn edited_bytes(&mut self) {
        for column in EVENT_COLUMNS {
            for _ in 0..POSITIONS {
                let event = self.chance.within(1, self.events);
                let mut chance = Chance(self.chance.next());
                let what = format!("{column} of {event}");
                self.tries("edited byte", what, &Known::List, Expected::Event(event), |forger| {
                    forger.edit("events", column, &format!("seq = {event}"), &mut chance);
                });
            }
        }
        for _ in 0..POSITIONS {
            let event = self.chance.within(1, self.events);
            let far = event + 1000;
            let what = format!("seq of {event}");
            // Without a head from elsewhere a last event that is gone would be no contradiction: but it stands there.
            self.tries("edited byte", what, &Known::Nothing, Expected::Event(event), |forger| {
                forger.does(&format!("UPDATE events SET seq = {far} WHERE seq = {event}"));
            });
        }
        let note = if self.base.name.starts_with("two") { "on the second 1" } else { "note 1" };
        let event = self.event_with(note);
        self.tries("edited byte", format!("in the file, of {event}"), &Known::List, Expected::Event(event), |_| {});
        Forger::flip(&self.cases.last().unwrap().room, note);
    }

    fn event_with(&self, text: &str) -> u64 {
        let original = Forger::copy(self.base, self.place.join("looked-at.warroom"));
        original.rows().iter().find(|row| row.body.contains(text)).unwrap().seq
    }

    fn removed_inserted_and_swapped(&mut self) {
        for _ in 0..POSITIONS {
            let event = self.chance.within(1, self.events - 1);
            let next = event + 1;
            self.tries("removed", format!("{event}"), &Known::Nothing, Expected::Event(event), |forger| {
                forger.does(&format!("DELETE FROM events WHERE seq = {event}"));
            });
            self.tries("removed", format!("{event}, renumbered"), &Known::Nothing, Expected::Event(event), |forger| {
                forger.does(&format!("DELETE FROM events WHERE seq = {event}"));
                forger.shift(next, -1);
            });
            self.tries("inserted", format!("after {event}"), &Known::Nothing, Expected::Event(next), |forger| {
                let mut row = forger.rows().swap_remove(usize::try_from(event).unwrap() - 1);
                forger.shift(next, 1);
                row.seq = next;
                forger.put(&row);
            });
            // Hashed freshly it is whole in itself: what came after it no longer continues, if no seal knew better.
            let bad = if self.seals.contains(&next) { next } else { next + 1 };
            let what = format!("after {event}, hashed");
            self.tries("inserted", what, &Known::Nothing, Expected::Event(bad), |forger| {
                let mut row = forger.rows().swap_remove(usize::try_from(event).unwrap() - 1);
                forger.shift(next, 1);
                (row.seq, row.prev) = (next, row.hash);
                row.hash = row.expected_hash();
                forger.put(&row);
            });
            // Hashed freshly, each is whole in itself; only the event after it knows which one it followed.
            let bad = if self.seals.contains(&event) { event } else { next };
            self.tries("replaced", format!("{event}, hashed"), &Known::Nothing, Expected::Event(bad), |forger| {
                let mut row = forger.rows().swap_remove(usize::try_from(event).unwrap() - 1);
                row.actor.push('!');
                row.hash = row.expected_hash();
                forger.put(&row);
            });
            let what = format!("{event}, all after it hashed");
            self.tries("removed", what, &Known::Nothing, Expected::Event(event), |forger| {
                forger
                    .does(&format!("DELETE FROM events WHERE seq = {event}; DELETE FROM seals WHERE count >= {event}"));
                forger.rewrite(next, None);
            });
            let other = self.chance.within(next, self.events);
            self.tries("swapped", format!("{event} and {other}"), &Known::Nothing, Expected::Event(event), |forger| {
                forger.swap(event, other);
            });
        }
        self.tries("inserted", "before the first".to_owned(), &Known::Nothing, Expected::Event(1), |forger| {
            forger.does(
                "INSERT INTO events SELECT -3, occurred_at, recorded_at, device, actor, kind, version, body, prev, hash \
                 FROM events WHERE seq = 1",
            );
        });
        self.tries("removed", "all".to_owned(), &Known::Nothing, Expected::Event(1), |forger| {
            forger.does("DELETE FROM events; DELETE FROM seals");
        });
    }

    /// Whoever cuts the tail takes the seals over it with it.
    fn cut_tails(&mut self) {
        let cut = |after: u64| {
            move |forger: &Forger| {
                forger
                    .does(&format!("DELETE FROM events WHERE seq > {after}; DELETE FROM seals WHERE count > {after}"));
            }
        };
        for _ in 0..POSITIONS {
            // With the samples that its events named gone as well, what is left is a shorter log and no more.
            let after = self.chance.within(1, self.last_head() - 1);
            self.tries("tail cut", format!("after {after}"), &Known::List, Expected::Event(after + 1), cut(after));
            let head = self.head_of(self.events);
            self.tries("tail cut", format!("after {after}"), &head, Expected::Event(after + 1), cut(after));
        }
        let (last, events) = (self.last_head(), self.events);
        if last < events {
            let after = self.chance.within(last, events - 1);
            // Nobody holds what came after the last head, and nobody says that the log is complete there.
            let what = format!("after {after}, beyond every head");
            self.tries("tail cut that nobody can find", what, &Known::List, self.whole(Some(last)), cut(after));
        }
    }

    fn seals(&mut self) {
        let stranger = SigningKey::from_bytes(&[77; 32]);
        for count in self.seals.clone() {
            for column in ["hash", "public_key", "signature"] {
                let mut chance = Chance(self.chance.next());
                let what = format!("{column} of the seal over {count}");
                self.tries("edited seal", what, &Known::List, Expected::Event(count), |forger| {
                    forger.edit("seals", column, &format!("count = {count}"), &mut chance);
                });
            }
            let moved = self.chance.within(1, self.events + 20);
            if !self.seals.contains(&moved) {
                let bad = moved.min(self.events + 1);
                let what = format!("the seal over {count} moved to {moved}");
                self.tries("edited seal", what, &Known::List, Expected::Event(bad), |forger| {
                    forger.does(&format!("UPDATE seals SET count = {moved} WHERE count = {count}"));
                });
            }
        }
        let (first, room) = (self.seals[0], self.room.clone());
        let what = format!("over {first} and what follows");
        self.tries("seal by another key", what.clone(), &Known::Nothing, Expected::Event(first), |forger| {
            forger.seal_anew(first, &stranger, &room);
        });
        let what = "seals of another room".to_owned();
        self.tries("seal by another key", what, &Known::Nothing, Expected::Event(first), |forger| {
            forger.seal_anew(first, &SigningKey::from_bytes(&[1; 32]), "another room");
        });
        // A room whose seals are gone still has those who hold its head.
        let what = "all seals gone".to_owned();
        self.tries("edited seal", what, &Known::List, self.whole(Some(self.last_head())), |forger| {
            forger.does("DELETE FROM seals");
        });
    }

    fn rewritten(&mut self) {
        let stranger = SigningKey::from_bytes(&[78; 32]);
        let device = hex(&stranger.verifying_key().to_bytes()[..8]);
        for _ in 0..POSITIONS {
            let from = self.chance.within(1, self.last_head());
            let first_head = self.heads.iter().copied().find(|count| *count >= from).unwrap();
            let head = self.head_of(self.events);
            let without_seals = |forger: &Forger| {
                forger.rewrite(from, None);
                forger.does(&format!("DELETE FROM seals WHERE count >= {from}"));
            };
            let what = format!("from {from}, its seals gone");
            self.tries("rewritten", what.clone(), &Known::List, Expected::Event(first_head), without_seals);
            self.tries("rewritten", what.clone(), &head, Expected::Event(self.events + 1), without_seals);
            self.tries("rewritten that nobody can find", what, &Known::Nothing, self.whole(None), without_seals);

            if let Some(sealed) = self.seals.iter().copied().find(|count| *count >= from) {
                let what = format!("from {from}, the old seals left");
                self.tries("rewritten", what, &Known::Nothing, Expected::Event(sealed), |forger| {
                    forger.rewrite(from, None);
                });
                let (room, what) = (self.room.clone(), format!("from {from}, sealed by another key"));
                self.tries("rewritten", what, &Known::Nothing, Expected::Event(sealed), |forger| {
                    forger.rewrite(from, None);
                    forger.seal_anew(from, &stranger, &room);
                });
            }
            let (room, key) = (self.room.clone(), stranger.clone());
            let by_another_device = |forger: &Forger| {
                forger.rewrite(from, Some(&device));
                forger.seal_anew(from, &key, &room);
            };
            let what = format!("from {from}, as another device's own");
            self.tries("rewritten", what.clone(), &Known::List, Expected::Event(first_head), by_another_device);
            self.tries("rewritten", what.clone(), &head, Expected::Event(self.events + 1), by_another_device);
            self.tries("rewritten that nobody can find", what, &Known::Nothing, self.whole(None), by_another_device);
        }
    }

    /// What a newer program wrote is in the chain as all else is, whether or not it is understood.
    fn newer(&mut self) {
        let next = self.events + 1;
        let schema = if self.has_samples { 2 } else { 1 };
        for (kind, version, schema) in [("noted", 7, schema), ("foreseen", 1, 9)] {
            // A newer schema has all the tables of the older ones.
            if schema > 2 && !self.has_samples {
                continue;
            }
            let adds = |forger: &Forger| {
                let mut row = forger.rows().pop().unwrap();
                (row.seq, row.prev, row.version, row.kind) = (next, row.hash, version, kind.to_owned());
                row.body = format!("{{\"kind\":\"{kind}\",\"colour\":\"green\"}}");
                row.hash = row.expected_hash();
                forger.put(&row);
                forger.does(&format!("PRAGMA user_version = {schema}"));
            };
            let what = format!("{kind} {version}");
            let expected = self.whole(Some(self.last_head()));
            self.tries("of a newer program", what.clone(), &Known::List, expected, adds);
            let event = self.chance.within(1, self.events);
            self.tries("of a newer program, edited", what, &Known::List, Expected::Event(event), |forger| {
                adds(forger);
                forger.does(&format!("UPDATE events SET actor = actor || '!' WHERE seq = {event}"));
            });
        }
    }

    fn samples(&mut self) {
        let tables: [(&str, &[&str]); 3] =
            [("samples", &SAMPLE_COLUMNS), ("rollups", &ROLLUP_COLUMNS), ("chunks", &CHUNK_COLUMNS)];
        for (table, columns) in tables {
            let key = if table == "chunks" { "id" } else { "chunk" };
            let of_chunk = self.row_of(table, key);
            for column in columns {
                let mut chance = Chance(self.chance.next());
                let (chunk, row) = self.chance.one(&of_chunk);
                let what = format!("{table}.{column} of chunk {chunk}");
                self.tries("changed samples", what, &Known::List, Expected::Chunk(chunk), |forger| match *column {
                    // Another row's place would be taken.
                    "signal" | "at" => forger.does(&format!("UPDATE {table} SET {column} = {column} + 50 WHERE {row}")),
                    _ => forger.edit(table, column, &row, &mut chance),
                });
            }
            let (chunk, row) = self.chance.one(&of_chunk);
            let what = format!("a row of {table} of chunk {chunk} moved");
            self.tries("changed samples", what, &Known::List, Expected::Chunk(chunk), |forger| {
                forger.does(&format!("UPDATE {table} SET {key} = {key} + 100 WHERE {row}"));
            });
            let (chunk, row) = self.chance.one(&of_chunk);
            let what = format!("a row of {table} of chunk {chunk}");
            self.tries("removed samples", what, &Known::List, Expected::Chunk(chunk), |forger| {
                forger.does(&format!("DELETE FROM {table} WHERE {row}"));
            });
            let chunk = self.chance.one(&of_chunk).0;
            let what = format!("{table} of chunk {chunk}");
            self.tries("removed samples", what, &Known::List, Expected::Chunk(chunk), |forger| {
                forger.does(&format!("DELETE FROM {table} WHERE {key} = {chunk}"));
            });
        }
        let added = self.chunks.last().unwrap() + 7;
        self.tries("added samples", format!("chunk {added}"), &Known::List, Expected::Chunk(added), |forger| {
            forger.does(&format!("INSERT INTO samples VALUES ({added}, 1, 5, 0, 5, 5.0)"));
        });
        let first = self.chunks[0];
        self.tries("changed samples", "a signal's name".to_owned(), &Known::List, Expected::Chunk(first), |forger| {
            forger.does("UPDATE signals SET name = 'metrics.other' WHERE id = 1");
        });
        let what = "counts below nought".to_owned();
        let chunk = self.row_of("rollups", "chunk")[0].0;
        self.tries("changed samples", what, &Known::List, Expected::Chunk(chunk), |forger| {
            forger.does(&format!("UPDATE rollups SET seen = -seen WHERE chunk = {chunk}"));
        });
        let what = "a state that no byte holds".to_owned();
        let (chunk, row) = self.row_of("samples", "chunk").swap_remove(0);
        self.tries("changed samples", what, &Known::List, Expected::Chunk(chunk), |forger| {
            forger.does(&format!("UPDATE samples SET state = 300 WHERE {row}"));
        });
    }

    /// The rows of a table, each with its chunk and the words by which SQL finds it.
    fn row_of(&self, table: &str, key: &str) -> Vec<(u64, String)> {
        let original = Forger::copy(self.base, self.place.join("looked-at.warroom"));
        let chunks = original.numbers(&format!("SELECT DISTINCT {key} FROM {table} ORDER BY {key}"));
        let mut found = Vec::new();
        for chunk in chunks {
            if key == "id" {
                found.push((chunk.unsigned_abs(), format!("id = {chunk}")));
                continue;
            }
            for at in original.numbers(&format!("SELECT at FROM {table} WHERE chunk = {chunk} AND signal = 1")) {
                found.push((chunk.unsigned_abs(), format!("chunk = {chunk} AND signal = 1 AND at = {at}")));
            }
        }
        found
    }

    /// No digest holds them yet: nothing can be found, and they are counted as what nobody vouches for.
    fn fresh_samples(&mut self) {
        assert!(self.fresh > 1);
        let complete_to = Some(self.last_head());
        let one = "id = (SELECT max(id) FROM fresh_samples)";
        let kind = "fresh samples, which nobody can find";
        self.tries(kind, "changed".to_owned(), &Known::List, self.whole(complete_to), |forger| {
            forger.does(&format!("UPDATE fresh_samples SET value = 77 WHERE {one}"));
        });
        let fewer = Expected::Whole(complete_to, self.fresh - 1);
        self.tries(kind, "removed".to_owned(), &Known::List, fewer, |forger| {
            forger.does(&format!("DELETE FROM fresh_samples WHERE {one}"));
        });
    }
}
