//! Killed at any moment, under load: what was acknowledged is there, nothing is there by half, and the chain holds.

use std::path::Path;

use journal::{Heads, Integrity};
use room::{Event, Recorded};
use tests::long::{Progress, asked, is_long};

use crate::hammer::Hammer;

/// Kills in a plain run, and where there is time (`cargo xtask test --long`).
const KILLS: u64 = 100;
const KILLS_LONG: u64 = 2_000;

/// How many kills one room lives through; then the next room is begun, so that killed beginnings are among them too.
const KILLS_OF_A_ROOM: u64 = 10;

/// Chance from a seed (SplitMix64): the same seed tells the same acts.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// An act, and what must stand in the log if it counts.
struct Told {
    act: String,
    event: Option<Event>,
}

fn note(words: String) -> Told {
    Told { act: format!("note {words}"), event: Some(Event::Noted { text: words }) }
}

/// An act that no rule refuses. `at` is new for each.
fn act(chance: &mut Chance, at: u64) -> Told {
    match chance.below(20) {
        0..12 => note(format!("act {at}")),
        12..15 => {
            // Several pages at once.
            let bytes = 5_000 + chance.below(60_000);
            let text = "x".repeat(usize::try_from(bytes).expect("small"));
            Told { act: format!("long {bytes}"), event: Some(Event::Noted { text }) }
        }
        15..17 => Told { act: format!("typing half a word {at}"), event: None },
        17 => Told { act: "seal".to_owned(), event: None },
        // Brings SQLite's own log into the file: to be killed in the middle of that must cost nothing either.
        _ => Told { act: "rest".to_owned(), event: None },
    }
}

/// What was told in one life, and how much of it was answered.
struct Life {
    told: Vec<Told>,
    answered: usize,
}

impl Life {
    /// One life of a hammer on a room that holds `before` events and these typed words: acts that are waited for, acts
    /// that are not, the kill.
    fn on(room: &Path, before: usize, typed: &[&str], chance: &mut Chance) -> Self {
        let mut hammer = Hammer::on(room);
        let mut life = Self { told: Vec::new(), answered: 0 };
        // Now and then it is killed while it opens the room.
        if chance.below(8) == 0 {
            spin(chance, 3_000_000);
            hammer.kill();
            return life;
        }
        // A new room has its opening.
        let opening = hammer.answer().expect("it opens the room");
        assert_eq!(opening, format!("open {}", before.max(1)), "what was there before is there again");
        let kept = hammer.ask("typed");
        assert!(kept.strip_prefix("typed ").is_some_and(|kept| typed.contains(&kept)), "{kept} of {typed:?}");
        for at in 0..chance.below(6) {
            life.tell(&mut hammer, act(chance, at));
            life.hear(&mut hammer);
        }
        let unwaited = 2 + chance.below(14);
        for at in 0..unwaited {
            life.tell(&mut hammer, act(chance, 100 + at));
        }
        for _ in 0..chance.below(unwaited) {
            life.hear(&mut hammer);
        }
        if chance.below(2) == 0 {
            spin(chance, 60_000);
        }
        let late = hammer.kill();
        assert!(late.iter().all(|answer| answer.starts_with("ok ")), "{late:?}");
        life.answered += late.len();
        life
    }

    fn tell(&mut self, hammer: &mut Hammer, told: Told) {
        hammer.tell(&told.act);
        self.told.push(told);
    }

    fn hear(&mut self, hammer: &mut Hammer) {
        let answer = hammer.answer().expect("it goes on until it is killed");
        assert!(answer.starts_with("ok "), "{answer}");
        self.answered += 1;
    }

    fn acknowledged(&self) -> &[Told] {
        &self.told[..self.answered]
    }

    /// How many acknowledged acts stand in the log.
    fn events(&self) -> usize {
        self.acknowledged().iter().filter(|told| told.event.is_some()).count()
    }

    /// The words that may be kept as being typed, where `before` might be: the last that were acknowledged, and any
    /// that were told after them.
    fn typed(&self, before: Vec<String>) -> Vec<String> {
        let words = |told: &Told| told.act.strip_prefix("typing ").map(str::to_owned);
        let last = self.acknowledged().iter().rev().find_map(words);
        let later = self.told[self.answered..].iter().filter_map(words);
        last.map_or(before, |last| vec![last]).into_iter().chain(later).collect()
    }
}

/// Somewhere inside an act, instead of right after an answer.
pub(crate) fn spin(chance: &mut Chance, most: u64) {
    for _ in 0..chance.below(most) {
        std::hint::spin_loop();
    }
}

/// The room after a kill: whole, and exactly what was told up to some act that is not before the last answered one.
/// Gives its events; none where the kill came before the opening was on the disk.
fn look(room: &Path, before: &[Recorded], life: &Life, seed: u64) -> Vec<Recorded> {
    // Read only: a lock that this process held would, for a moment, be held by whatever another test starts.
    let log = match journal::read(room) {
        Ok(log) if !log.events.is_empty() => log,
        other => {
            assert!(before.is_empty() && life.told.is_empty(), "seed {seed}: nothing is there: {other:?}");
            return Vec::new();
        }
    };
    assert_eq!(log.damage, None, "seed {seed}");
    let report = journal::verify(room, &Heads::at(&room.with_extension("heads")), None).expect("it can be read");
    assert_eq!((report.integrity, report.events), (Integrity::Whole, log.events.len() as u64), "seed {seed}");
    assert_eq!(log.events.get(..before.len()), Some(before), "seed {seed}: what was there before stays");
    // A new room begins with its opening.
    let found: Vec<&Event> = log.events[before.len().max(1)..].iter().map(|recorded| &recorded.event).collect();
    let wanted: Vec<&Event> = life.told.iter().filter_map(|told| told.event.as_ref()).collect();
    assert!(found.len() <= wanted.len(), "seed {seed}: more than was told");
    assert_eq!(found, wanted[..found.len()], "seed {seed}: in the order in which it was told, nothing by half");
    let acknowledged = life.events();
    assert!(found.len() >= acknowledged, "seed {seed}: {acknowledged} were acknowledged, {} are there", found.len());
    log.events
}

#[test]
#[allow(clippy::print_stdout, reason = "what the kills hit is not the same in every run, and is worth knowing")]
fn whatever_was_acknowledged_is_there_after_a_kill_at_any_moment() {
    let kills = if is_long() { KILLS_LONG } else { KILLS };
    let first = asked("WAR_ROOM_SEED").unwrap_or(1);
    let progress = Progress::of("journals killed", kills);
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let (mut acknowledged, mut unanswered, mut unfinished) = (0, 0, 0);
    let (mut before, mut typed) = (Vec::new(), vec![String::new()]);
    for seed in first..first + kills {
        let number = (seed - first) / KILLS_OF_A_ROOM;
        if (seed - first).is_multiple_of(KILLS_OF_A_ROOM) {
            (before, typed) = (Vec::new(), vec![String::new()]);
        }
        let room = folder.path().join(format!("day-{number}.warroom"));
        let words: Vec<&str> = typed.iter().map(String::as_str).collect();
        let life = Life::on(&room, before.len(), &words, &mut Chance(seed));
        let after = look(&room, &before, &life, seed);
        if after.is_empty() {
            // Nothing was acknowledged in it: the next life begins it anew, as a person would.
            for entry in std::fs::read_dir(folder.path()).expect("the folder is ours").flatten() {
                if entry.file_name().to_string_lossy().starts_with(&format!("day-{number}.")) {
                    std::fs::remove_file(entry.path()).expect("the folder is ours");
                }
            }
        }
        acknowledged += life.events();
        unanswered += usize::from(after.len().saturating_sub(before.len().max(1)) > life.events());
        unfinished += usize::from(life.answered < life.told.len());
        typed = life.typed(typed);
        before = after;
        progress.step();
    }
    println!(
        "{kills} kills from seed {first}: {acknowledged} acts acknowledged, all there; {unfinished} kills with acts \
         still under way, {unanswered} of them between commit and answer"
    );
    assert!(unfinished as u64 > kills / 10, "the kills came too late to prove anything: {unfinished}");
}

/// Exactly between: the act is seen on the disk by another reader, and the answer never comes.
#[test]
fn an_act_that_was_on_the_disk_and_not_answered_is_there_once() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let room = folder.path().join("day.warroom");
    let mut hammer = Hammer::on(&room);
    assert_eq!(hammer.answer().as_deref(), Some("open 1"));
    assert_eq!(hammer.ask("note first"), "ok 2");
    for life in 0..5 {
        hammer.tell(&format!("silent {life}"));
        // Syncing takes milliseconds; this many readings take seconds.
        let is_there = (0..20_000)
            .any(|_| journal::read(&room).expect("it can be read while it is written").events.len() == life + 3);
        assert!(is_there, "life {life}: the act never came to the disk");
        assert_eq!(hammer.kill(), Vec::<String>::new(), "it was not answered");
        hammer = Hammer::on(&room);
        assert_eq!(hammer.answer(), Some(format!("open {}", life + 3)), "it is there, once");
    }
    let integrity = journal::verify(&room, &Heads::at(&folder.path().join("heads.log")), None).expect("read").integrity;
    assert_eq!(integrity, Integrity::Whole);
}

/// Killed among batches, digests and roll-ups: every batch that was answered is there, none by half, and all that bears a
/// digest is what it says.
#[test]
fn samples_that_were_kept_are_there_after_a_kill_and_are_what_their_digests_say() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let room = folder.path().join("day.warroom");
    let heads = Heads::at(&folder.path().join("heads.log"));
    let (mut kept, mut told) = (0, 0);
    for seed in 1..=30 {
        let mut chance = Chance(seed);
        let mut hammer = Hammer::on(&room);
        let opening = hammer.answer().expect("it opens the room");
        assert!(opening.starts_with("open "), "seed {seed}: {opening}");
        let acts: Vec<&str> = (0..8 + chance.below(30))
            .map(|_| match chance.below(12) {
                0..8 => "samples 7",
                8 => "close",
                9 => "tend",
                10 => "rest",
                _ => "note an act",
            })
            .collect();
        for act in &acts {
            hammer.tell(act);
        }
        let heard = usize::try_from(chance.below(acts.len() as u64)).expect("small");
        for _ in 0..heard {
            let answer = hammer.answer().expect("it goes on until it is killed");
            assert!(answer.starts_with("ok "), "seed {seed}: {answer}");
        }
        spin(&mut chance, 60_000);
        let answered = heard + hammer.kill().len();
        let samples = |acts: &[&str]| acts.iter().filter(|act| act.starts_with("samples")).count() as u64 * 7;
        // What was told and not answered may be there or not, each batch whole.
        let (least, most) = (kept + samples(&acts[..answered]), kept + samples(&acts));
        told += samples(&acts);
        let report = journal::verify(&room, &heads, None).expect("it can be read");
        assert_eq!((report.integrity, report.samples.first_bad), (Integrity::Whole, None), "seed {seed}");
        let names: Vec<String> = (0..7).map(|number| format!("metrics.m{number}")).collect();
        let (begin, end) = (jiff::Timestamp::UNIX_EPOCH, jiff::Timestamp::MAX);
        let stretches = journal::samples(&room, &names, begin, end, 10).expect("they can be read");
        let counts: Vec<u64> =
            stretches.iter().map(|stretch| stretch.buckets.iter().map(|bucket| bucket.seen).sum()).collect();
        let found: u64 = counts.iter().sum();
        assert!(counts.windows(2).all(|pair| pair[0] == pair[1]), "seed {seed}: a batch by half: {counts:?}");
        assert!((least..=most).contains(&found), "seed {seed}: {found}, of {least} to {most}");
        kept = found;
    }
    assert!(kept > told / 4, "the kills came too early to prove anything: {kept} of {told}");
}
