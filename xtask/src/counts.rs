//! How many tests passed and failed, as the test runners print it.
//!
//! Owns: reading the closing lines of `cargo test` and Vitest. Must not know: how the runners are started.

/// Tests that passed and tests that failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Passed.
    pub(crate) passed: u64,
    /// Failed.
    pub(crate) failed: u64,
}

impl Counts {
    /// Both together.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// The sum over all binaries of a `cargo test`: `test result: ok. 12 passed; 0 failed; …`. `None` where no binary ran.
pub(crate) fn of_cargo(output: &str) -> Option<Counts> {
    let mut counts = None;
    for line in output.lines() {
        let Some((_, rest)) = line.split_once("test result: ") else {
            continue;
        };
        let sum = counts.get_or_insert_with(Counts::default);
        sum.add(Counts { passed: number_before(rest, " passed"), failed: number_before(rest, " failed") });
    }
    counts
}

/// Vitest's closing line: `Tests  1 failed | 11 passed (12)`. `None` where it did not get that far.
pub(crate) fn of_vitest(output: &str) -> Option<Counts> {
    let line = output.lines().rfind(|line| line.trim_start().starts_with("Tests  "))?;
    Some(Counts { passed: number_before(line, " passed"), failed: number_before(line, " failed") })
}

fn number_before(line: &str, word: &str) -> u64 {
    let Some((before, _)) = line.split_once(word) else {
        return 0;
    };
    before.rsplit(|letter: char| !letter.is_ascii_digit()).next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_binaries_are_added_up() {
        let output = "test result: ok. 12 passed; 0 failed; 1 ignored\nnoise\ntest result: FAILED. 3 passed; 2 failed; 0 ignored\n";
        assert_eq!(of_cargo(output), Some(Counts { passed: 15, failed: 2 }));
    }

    #[test]
    fn a_run_that_did_not_get_to_its_tests_has_no_count() {
        assert_eq!(of_cargo("error: could not compile"), None);
        assert_eq!(of_vitest("Error: no such file"), None);
    }

    #[test]
    fn vitest_names_failed_before_passed() {
        let output = " Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 11 passed (12)\n";
        assert_eq!(of_vitest(output), Some(Counts { passed: 11, failed: 1 }));
        assert_eq!(of_vitest("      Tests  7 passed (7)\n"), Some(Counts { passed: 7, failed: 0 }));
    }
}
