//! `cargo xtask test`: all checks, one after the other, with a table and the two numbers at the end.
//!
//! Owns: which checks there are, which of them make no sense after another failed, and what is counted. Must not know:
//! how a step runs, or how the machine was got ready.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result};

use crate::bus;
use crate::counts::{self, Counts};
use crate::display::Display;
use crate::failures;
use crate::interface;
use crate::loopback;
use crate::setup::{self, Purpose, Tools};
use crate::steps::{self, Finished, say, seconds};
use crate::tree::Tree;

/// How a check ended.
enum Outcome {
    /// It ran.
    Ran { finished: Finished, counts: Option<Counts> },
    /// Nothing had changed since it last ran well.
    Current,
    /// It makes no sense after what failed before.
    LeftOut { because: &'static str },
}

/// One line of the table.
struct Check {
    name: &'static str,
    outcome: Outcome,
}

impl Check {
    fn is_good(&self) -> bool {
        match &self.outcome {
            Outcome::Ran { finished, counts } => finished.ok && counts.is_none_or(|counts| counts.failed == 0),
            Outcome::Current => true,
            Outcome::LeftOut { .. } => false,
        }
    }

    /// Its tests. A check that failed without a failed test of its own counts as one, so that the last line is never green when
    /// something is not.
    fn counts(&self) -> Counts {
        let mut sum = match &self.outcome {
            Outcome::Ran { counts: Some(counts), .. } => *counts,
            _ => Counts::default(),
        };
        if !self.is_good() && sum.failed == 0 {
            sum.failed = 1;
        }
        sum
    }
}

/// Runs the checks and prints how they ended. Ends with 0 only if all are good.
pub(crate) fn test(tree: &Tree, quick: bool, long: bool) -> Result<ExitCode> {
    let started = Instant::now();
    let tools = setup::prepare(tree, if quick { Purpose::QuickTest } else { Purpose::Window })?;
    say("Checking:");
    let mut checks = Vec::new();
    format(tree, &mut checks)?;
    window_parts(tree, &tools, &mut checks)?;
    rust(tree, long, &mut checks)?;
    if !quick {
        real_window(tree, &tools, long, &mut checks)?;
    }
    summary(&checks, started);
    Ok(if checks.iter().all(Check::is_good) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn format(tree: &Tree, checks: &mut Vec<Check>) -> Result<()> {
    let finished = steps::run(tree, "cargo fmt --check", tree.cargo().args(["fmt", "--all", "--check"]))?;
    checks.push(Check { name: "cargo fmt", outcome: Outcome::Ran { finished, counts: None } });
    Ok(())
}

fn window_parts(tree: &Tree, tools: &Tools, checks: &mut Vec<Check>) -> Result<()> {
    let folder = tree.interface();
    checks.push(Check { name: PACKAGES, outcome: ran_or_current(interface::packages(tree, &tools.node)?) });
    for (name, script) in [("ui: lint", "lint"), ("ui: types", "check"), (INTERFACE_TESTS, "test")] {
        let outcome = if let Some(because) = failed(checks, &[PACKAGES]) {
            Outcome::LeftOut { because }
        } else {
            let finished =
                steps::run(tree, &format!("npm run {script} in ui"), tools.node.npm(&folder).args(["run", script]))?;
            let counts = (name == INTERFACE_TESTS).then(|| counts::of_vitest(&finished.output).unwrap_or_default());
            Outcome::Ran { finished, counts }
        };
        checks.push(Check { name, outcome });
    }
    let outcome = match failed(checks, &[PACKAGES]) {
        Some(because) => Outcome::LeftOut { because },
        None => ran_or_current(interface::bundle(tree, &tools.node)?),
    };
    checks.push(Check { name: BUNDLE, outcome });
    Ok(())
}

fn rust(tree: &Tree, long: bool, checks: &mut Vec<Check>) -> Result<()> {
    let mut clippy = tree.cargo_workspace("clippy");
    clippy.args(["--all-targets", "--test", "e2e", "--locked", "--", "-D", "warnings"]);
    let finished = steps::run(tree, "cargo clippy", &mut clippy)?;
    checks.push(Check { name: "cargo clippy", outcome: Outcome::Ran { finished, counts: None } });

    // Without the bundle there is nothing to build into the program.
    let outcome = match failed(checks, &[BUNDLE]) {
        Some(because) => Outcome::LeftOut { because },
        None => {
            let finished = steps::run(tree, "cargo build", tree.cargo_workspace("build").args(["--bins", "--locked"]))?;
            Outcome::Ran { finished, counts: None }
        }
    };
    checks.push(Check { name: BUILD, outcome });

    let outcome = match failed(checks, &[BUILD]) {
        Some(because) => Outcome::LeftOut { because },
        None => {
            let home = Home::new(tree)?;
            let mut cargo = tree.cargo_workspace("test");
            cargo.args(["--no-fail-fast", "--locked"]);
            home.give_to(&mut cargo);
            cargo.env("WAR_ROOM_PROGRAM", tree.program());
            // The keychain of whoever runs this is none of the tests' business: they have buses of their own.
            cargo.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
            if long {
                // Thousands of kills, and of random days held against the reference room.
                cargo.env("WAR_ROOM_LONG", "1");
            }
            let finished = steps::run(tree, "cargo test", &mut cargo)?;
            let counts = Some(counts::of_cargo(&finished.output).unwrap_or_default());
            Outcome::Ran { finished, counts }
        }
    };
    checks.push(Check { name: "Rust tests", outcome });
    Ok(())
}

fn real_window(tree: &Tree, tools: &Tools, long: bool, checks: &mut Vec<Check>) -> Result<()> {
    let outcome = match failed(checks, &[BUILD]) {
        Some(because) => Outcome::LeftOut { because },
        None => {
            let finished = in_window(tree, tools, "the real window", |command| {
                if long {
                    command.env("WAR_ROOM_LONG", "1");
                }
            })?;
            let counts = Some(counts::of_cargo(&finished.output).unwrap_or_default());
            Outcome::Ran { finished, counts }
        }
    };
    checks.push(Check { name: "the real window", outcome });
    Ok(())
}

/// Runs the end-to-end tests on a display and a message bus of their own.
pub(crate) fn in_window(tree: &Tree, tools: &Tools, name: &str, more: impl FnOnce(&mut Command)) -> Result<Finished> {
    let driver = tools.driver.as_deref().context("tauri-driver was not installed")?;
    let display = Display::start()?;
    let home = Home::new(tree)?;
    let cargo = tree.cargo_workspace("test");
    let mut command = bus::run_command(tree)?;
    command.current_dir(tree.root());
    // All was fetched and built before: nothing of the window needs a network.
    command.args(loopback::before_command()).arg(cargo.get_program()).args(cargo.get_args());
    // One window at a time: they share the display's focus, and two cores.
    command.args(["--test", "e2e", "--locked", "--", "--test-threads=1", "--nocapture"]);
    home.give_to(&mut command);
    display.give_to(&mut command);
    command.env("WAR_ROOM_PROGRAM", tree.program()).env("WAR_ROOM_TAURI_DRIVER", driver);
    more(&mut command);
    steps::run(tree, name, &mut command)
}

const PACKAGES: &str = "ui: packages";
const INTERFACE_TESTS: &str = "ui: tests";
const BUNDLE: &str = "ui: build";
const BUILD: &str = "cargo build";

fn ran_or_current(finished: Option<Finished>) -> Outcome {
    finished.map_or(Outcome::Current, |finished| Outcome::Ran { finished, counts: None })
}

/// The first of these checks that is not good.
fn failed(checks: &[Check], names: &[&'static str]) -> Option<&'static str> {
    checks.iter().find(|check| names.contains(&check.name) && !check.is_good()).map(|check| check.name)
}

fn summary(checks: &[Check], started: Instant) {
    say(&format!("\n{:<20} {:>13}   tests", "check", "took"));
    let mut sum = Counts::default();
    for check in checks {
        sum.add(check.counts());
        let (took, words) = match &check.outcome {
            Outcome::Ran { finished, counts: Some(counts) } => {
                (seconds(finished.took), format!("{} passed, {} failed", counts.passed, counts.failed))
            }
            Outcome::Ran { finished, counts: None } => (seconds(finished.took), String::new()),
            Outcome::Current => (String::from("current"), String::new()),
            Outcome::LeftOut { because } => (String::from("left out"), format!("{because} failed")),
        };
        let mark = if check.is_good() { "✓" } else { "✗" };
        say(format!("{mark} {:<18} {took:>13}   {words}", check.name).trim_end());
    }
    say(&format!("  {:<18} {:>13}", "all, with set-up", seconds(started.elapsed())));
    let bad: Vec<&str> = checks.iter().filter(|check| !check.is_good()).map(|check| check.name).collect();
    if !bad.is_empty() {
        say(&format!(
            "\nNot good: {}. What each printed stands above; a check that failed without a test counts as one.",
            bad.join(", ")
        ));
        for check in checks {
            if let Outcome::Ran { finished: Finished { ok: false, output, .. }, .. } = &check.outcome {
                say(&format!("{}:", check.name));
                for line in failures::named(output) {
                    say(&format!("    │ {line}"));
                }
            }
        }
    }
    say(&format!("{} passed, {} failed", sum.passed, sum.failed));
}

/// Folders for what the program under test keeps, so that no test sees or changes the person's own.
struct Home {
    folder: std::path::PathBuf,
}

impl Home {
    fn new(tree: &Tree) -> Result<Self> {
        let folder = tree.target().join("xtask").join(format!("home-{}", std::process::id()));
        for name in Self::NAMES {
            let path = folder.join(name);
            fs::create_dir_all(&path).with_context(|| format!("{} cannot be made", path.display()))?;
        }
        Ok(Self { folder })
    }

    const NAMES: [&str; 4] = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"];

    fn give_to(&self, command: &mut Command) {
        for name in Self::NAMES {
            command.env(name, self.path(name));
        }
    }

    fn path(&self, name: &str) -> OsString {
        Path::new(&self.folder).join(name).into_os_string()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // A folder left in target/ does no harm.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
