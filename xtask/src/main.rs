//! The project's own commands: `cargo xtask run`, `test`, `bench`, `screenshots`, `fuzz`, `bindings`.
//!
//! Owns: what a machine needs to build, open and test War Room, and in which order things are done. Must not know: what
//! War Room does. It has few and light dependencies, so that it is there seconds after a fresh clone.

mod bench;
mod bindings;
mod bus;
mod counts;
mod display;
mod failures;
mod fuzz;
mod interface;
mod loopback;
mod run;
mod screenshots;
mod setup;
mod steps;
mod test;
mod tree;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// War Room's own commands. Each finds out what is missing on this machine, says what it will install and why,
/// installs it, and goes on.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build War Room and open its window.
    Run {
        /// The checklist to open; without one the start window opens.
        checklist: Option<PathBuf>,
    },
    /// Check and test everything, the real window too.
    Test {
        /// Leave out what needs a display, and its set-up.
        #[arg(long, conflicts_with = "long")]
        quick: bool,
        /// Add the long runs.
        #[arg(long)]
        long: bool,
    },
    /// Measure the program beside the least that the machine allows, the real window too. Nothing fails for being slow.
    Bench {
        /// Measure an optimised build; without it the one that the tests use.
        #[arg(long)]
        release: bool,
    },
    /// Take pictures of every screen of the real window, in two sizes, dark and light.
    Screenshots {
        /// The folder to put them in [default: target/screenshots]
        #[arg(long)]
        out: Option<PathBuf>,
        /// The checklist to show; without one the bundled test's own.
        #[arg(long)]
        checklist: Option<PathBuf>,
    },
    /// Read texts that nobody wrote, made from ours by chance, until one breaks a law of reading.
    Fuzz {
        /// For how long.
        #[arg(long, default_value_t = 10)]
        minutes: u64,
        /// From which all chance follows.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// A folder of more texts to begin with.
        folder: Option<PathBuf>,
    },
    /// Write the window's TypeScript types from the Rust ones.
    Bindings,
}

fn main() -> ExitCode {
    let outcome = tree::Tree::find().and_then(|tree| match Arguments::parse().command {
        Command::Run { checklist } => run::run(&tree, checklist),
        Command::Test { quick, long } => test::test(&tree, quick, long),
        Command::Bench { release } => bench::bench(&tree, release),
        Command::Screenshots { out, checklist } => screenshots::screenshots(&tree, out, checklist),
        Command::Fuzz { minutes, seed, folder } => fuzz::fuzz(&tree, minutes, seed, folder),
        Command::Bindings => bindings::bindings(&tree),
    });
    match outcome {
        Ok(code) => code,
        Err(error) => {
            steps::say(&format!("\n{error:#}"));
            ExitCode::FAILURE
        }
    }
}
