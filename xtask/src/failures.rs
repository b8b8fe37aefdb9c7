//! What failed, picked out of all that a test runner printed.
//!
//! Owns: finding the lines of `cargo test` and Vitest that name a failure. Must not know: how the runners are started.
//!
//! A run over many binaries goes on after the first that fails, so the end of its output is about those that were well; who
//! sees only the last lines of a CI run could not tell what failed.

/// Lines that are kept of one check: enough for some messages with their values, little enough to be read at the end of a run.
const MOST: usize = 80;
/// Lines that belong to a panic's first line: its message and the values that were compared.
const OF_A_PANIC: usize = 4;

/// The lines that name the failures, in their order; none where a runner failed without a test (it did not build, say).
pub(crate) fn named(output: &str) -> Vec<&str> {
    let mut kept = Vec::new();
    let mut listing = false;
    let mut after_panic = 0;
    for line in output.lines() {
        let words = line.trim_start();
        if words == "failures:" {
            listing = true;
            continue;
        }
        if words.starts_with("test result: ") {
            listing = false;
        }
        if words.contains("panicked at ") {
            after_panic = OF_A_PANIC + 1;
        }
        let of_vitest = words.starts_with("FAIL  ") || words.starts_with("AssertionError") || words.starts_with("→ ");
        let told = (listing || after_panic > 0 || of_vitest) && !words.is_empty() && !words.starts_with("note: ");
        after_panic = after_panic.saturating_sub(1);
        if told && !kept.contains(&line) {
            kept.push(line);
        }
    }
    let beyond = kept.len().saturating_sub(MOST);
    kept.truncate(MOST);
    if beyond > 0 {
        kept.push("… and more, which stands above or in the log of the check");
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_named_though_the_binaries_after_it_were_well() {
        let output = "test a ... ok\ntest b ... FAILED\n\nfailures:\n\n---- b stdout ----\n\nthread 'b' panicked at tests/b.rs:3:5:\n\
                      two are not three\nnote: run with `RUST_BACKTRACE=1`\n\n\nfailures:\n    b\n\ntest result: FAILED. 1 passed; 1 failed\n\
                      test c ... ok\ntest result: ok. 1 passed; 0 failed\n";
        assert_eq!(
            named(output),
            ["---- b stdout ----", "thread 'b' panicked at tests/b.rs:3:5:", "two are not three", "    b"]
        );
    }

    #[test]
    fn a_message_that_was_printed_at_once_is_found_as_well() {
        let output = "thread 'x' panicked at tests/e2e/x.rs:9:1:\nthe page is empty\ntest x ... FAILED\n\nfailures:\n    x\n\ntest result: FAILED. 0 passed\n";
        assert_eq!(
            named(output),
            ["thread 'x' panicked at tests/e2e/x.rs:9:1:", "the page is empty", "test x ... FAILED", "    x"]
        );
    }

    #[test]
    fn the_window_tests_name_their_files() {
        let output = " ✓ src/a.test.ts (3 tests)\n FAIL  src/b.test.ts > b\nAssertionError: expected 2 to be 3\n";
        assert_eq!(named(output), [" FAIL  src/b.test.ts > b", "AssertionError: expected 2 to be 3"]);
    }

    #[test]
    fn many_are_cut_and_that_is_said() {
        let output: String = std::iter::once(String::from("failures:\n"))
            .chain((0..200).map(|number| format!("    t{number}\n")))
            .collect();
        let kept = named(&output);
        assert_eq!(kept.len(), MOST + 1);
        assert!(kept.last().is_some_and(|line| line.contains("more")));
    }
}
