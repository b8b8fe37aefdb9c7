//! Reading loses nothing and never fails, whatever the text is.

use std::fs;
use std::path::PathBuf;

use tests::long::{Progress, is_long};
use tests::reading::{Mutator, broken, seeds, unread_words};

use crate::corpus::shared;

/// Texts that nobody wrote, in a plain run and where there is time (`cargo xtask test --long`).
const TEXTS: usize = 1_500;
const TEXTS_LONG: usize = 100_000;
const SEED: u64 = 7;

/// Checklists as people wrote them: our own, and those beside the project where they are at hand.
fn written() -> Vec<(String, String)> {
    let mut found = seeds().expect("the seeds can be read");
    let Some(folder) = shared() else { return found };
    let corpus = fs::read_dir(folder.join("corpus")).expect("the corpus is there");
    let corpus = corpus.filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<PathBuf> = corpus.chain([folder.join("production-deployment.md")]).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
        found.push((path.display().to_string(), fs::read_to_string(path).expect("a checklist is text")));
    }
    found
}

#[test]
fn every_byte_of_every_checklist_became_something() {
    let complaints: Vec<String> = written()
        .iter()
        .flat_map(|(name, text)| broken(text).into_iter().map(move |law| format!("{name}: {law}")))
        .collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn every_word_of_every_checklist_stands_in_its_plan() {
    let mut lost = Vec::new();
    for (name, text) in &written() {
        for (line, word) in unread_words(text) {
            lost.push(format!("{name}:{line}: {word}"));
        }
    }
    assert!(lost.is_empty(), "{} words are lost:\n{}\n", lost.len(), lost.join("\n"));
}

#[test]
fn texts_that_nobody_wrote_break_no_law() {
    let seeds = seeds().expect("the seeds can be read");
    let mut mutator = Mutator::new(SEED);
    let texts = if is_long() { TEXTS_LONG } else { TEXTS };
    let progress = Progress::of("texts read", texts as u64);
    for number in 0..texts {
        let text = mutator.next(&seeds);
        let complaints = broken(&text);
        assert!(
            complaints.is_empty(),
            "text {number} of seed {SEED} breaks a law:\n{}\n--- the text ---\n{text}",
            complaints.join("\n")
        );
        progress.step();
    }
}

/// What is far larger or deeper than any checklist. That each ends at all, in a stack and a memory of ordinary size, is
/// the promise; how long each takes the benchmark measures.
#[test]
fn what_is_far_too_large_is_read_to_its_end() {
    let scale = if is_long() { 10 } else { 1 };
    let nested: String = (0..1_000 * scale).map(|depth| format!("{}- [ ] a\n", "  ".repeat(depth % 500))).collect();
    let texts = [
        ("words", "word ".repeat(200_000 * scale)),
        ("boxes", "- [ ] Error rate <1% for 5 minutes\n".repeat(3_000 * scale)),
        ("one line", "x".repeat(500_000 * scale)),
        ("lists in lists", "- ".repeat(1_000 * scale) + "[ ] deep"),
        ("steps", nested),
        ("quotes", "> ".repeat(1_000 * scale) + "said"),
        ("pictures", "🚀".repeat(100_000 * scale)),
        ("brackets", "[".repeat(20_000 * scale)),
        ("cells", "|".repeat(20_000 * scale) + "\n" + &"|-".repeat(20_000 * scale)),
        ("headings", "# Phase 1: Deploy (6:30 AM)\n".repeat(2_000 * scale)),
        ("open fence", format!("```sh\n{}", "echo \"$A\" | grep x\n".repeat(2_000 * scale))),
        ("stars", "*a **b ".repeat(20_000 * scale)),
    ];
    for (name, text) in texts {
        let complaints = broken(&text);
        assert!(complaints.is_empty(), "{name}, {} bytes:\n{}", text.len(), complaints.join("\n"));
    }
}
