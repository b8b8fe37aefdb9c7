//! Reads texts that nobody wrote, for as long as it is told, and stops at the first that breaks a law of reading.
//!
//! ```text
//! fuzz SECONDS SEED [FOLDER]      FOLDER: more texts to begin with, such as other teams' checklists
//! ```
//!
//! Owns: when it ends and what it says. Must not know: the laws, nor how texts are made (`tests/support/reading`).

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use tests::reading::{Mutator, broken, seeds};

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            // Where even this cannot be said, the code says that it failed.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [seconds, seed, folder @ ..] = arguments.as_slice() else {
        return Err("fuzz SECONDS SEED [FOLDER]".into());
    };
    let (seconds, seed): (u64, u64) = (seconds.parse()?, seed.parse()?);
    let mut texts = seeds()?;
    for folder in folder {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "md") {
                texts.push((path.display().to_string(), fs::read_to_string(&path)?));
            }
        }
    }
    // A panic is a broken law and said as one; its own words would only flood the page.
    std::panic::set_hook(Box::new(|_| {}));
    let mut mutator = Mutator::new(seed);
    let (started, limit) = (Instant::now(), Duration::from_secs(seconds));
    let (mut read, mut said) = (0_u64, 0_u64);
    while started.elapsed() < limit {
        let text = mutator.next(&texts);
        let complaints = broken(&text);
        if !complaints.is_empty() {
            let kept = Path::new("broken.md");
            fs::write(kept, &text)?;
            writeln!(
                io::stdout(),
                "Text {read} of seed {seed} breaks {} laws; it is kept in {}:\n  {}",
                complaints.len(),
                kept.display(),
                complaints.join("\n  ")
            )?;
            return Ok(false);
        }
        read += 1;
        if started.elapsed().as_secs() / 10 > said {
            said = started.elapsed().as_secs() / 10;
            writeln!(io::stdout(), "{read} texts, {} s of {seconds} s", started.elapsed().as_secs())?;
        }
    }
    writeln!(io::stdout(), "{read} texts from {} beginnings, seed {seed}: every law held.", texts.len())?;
    Ok(true)
}
