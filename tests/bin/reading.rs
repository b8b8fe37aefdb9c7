//! Measures reading beside the least that it could take, and prints a line of JSON for each thing; `cargo xtask bench`
//! makes a table of them.
//!
//! ```text
//! reading FILE            FILE is a checklist; a short one is taken again and again, up to the length of a real one
//! ```
//!
//! By itself, and so without the rest of the program: what is optimised builds long, and not optimised a reading says
//! little. Owns: what reading is held against. Must not know: what a good time is.

use std::error::Error;
use std::hint::black_box;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use plan::config::Config;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// The lines of a real checklist.
const LINES: usize = 500;
/// How many times the text is measured, and how often. The longer ones show whether reading grows as the text does, and
/// no faster.
const SIZES: [Size; 3] = [
    Size { times: 1, rounds: 300, bare: "bare parses", whole: "text to plan", gone: "and gone again", share: "" },
    Size {
        times: 100,
        rounds: 9,
        bare: "bare parses, 100 times the text",
        whole: "100 times the text to plan",
        gone: "100 times, and gone again",
        share: "a hundredth of that",
    },
    Size {
        times: 1000,
        rounds: 9,
        bare: "bare parses, 1000 times the text",
        whole: "1000 times the text to plan",
        gone: "1000 times, and gone again",
        share: "a thousandth of that",
    },
];
/// Reading means to take at most this many times the bare parses of Markdown and shell.
const AT_MOST: f64 = 4.0;

/// The options with which `plan` parses, see `src-tauri/crates/plan/src/read/document/mod.rs`.
const MARKDOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS);

/// A length that is measured.
struct Size {
    times: u32,
    rounds: usize,
    bare: &'static str,
    whole: &'static str,
    /// That, and letting the plan go again.
    gone: &'static str,
    /// What one text of the whole takes.
    share: &'static str,
}

fn main() -> ExitCode {
    let Some(file) = std::env::args_os().nth(1) else { return ExitCode::from(64) };
    match std::fs::read_to_string(file).map_err(Box::from).and_then(|text| measure(&text)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where even this cannot be said, the code says that it failed.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(text: &str) -> Result<(), Box<dyn Error>> {
    let lines = text.lines().count().max(LINES);
    let text: String = text.lines().cycle().take(lines).flat_map(|line| [line, "\n"]).collect();
    let config = Config::default();
    let mut once: Option<Times> = None;
    for size in SIZES {
        let text = text.repeat(usize::try_from(size.times)?);
        let (mut bare, mut whole, mut gone) = (Times::of(size.bare), Times::of(size.whole), Times::of(size.gone));
        // What is needed for the first time only is made before anything is measured.
        bare_parses(&text)?;
        black_box(plan::read(&text, &config));
        // In turn: what slows the machine for a while slows both.
        for _ in 0..size.rounds {
            let started = Instant::now();
            bare_parses(black_box(&text))?;
            bare.add(started.elapsed());
            let started = Instant::now();
            let read = black_box(plan::read(black_box(&text), &config));
            // What people wait for is the plan; it is let go when the room is left.
            whole.add(started.elapsed());
            drop(read);
            gone.add(started.elapsed());
        }
        say(&bare, None, None)?;
        say(&whole, Some(&bare), Some(AT_MOST))?;
        say(&gone, Some(&bare), None)?;
        match &once {
            // Reading grows as the text does where this is as long as one reading of the text itself.
            Some(once) => {
                let mut share = Times::of(size.share);
                share.add(whole.percentile(50) / size.times);
                say(&share, Some(once), None)?;
            }
            None => once = Some(whole),
        }
    }
    Ok(())
}

/// The least that reading can do: the Markdown parser's events, and the shell grammar's tree of each fence.
fn bare_parses(text: &str) -> Result<(), Box<dyn Error>> {
    let mut shell = tree_sitter::Parser::new();
    shell.set_language(&tree_sitter_bash::LANGUAGE.into())?;
    let mut fence: Option<String> = None;
    for (event, _) in Parser::new_ext(text, MARKDOWN).into_offset_iter() {
        match (event, &mut fence) {
            (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), _) if is_shell(&info) => {
                fence = Some(String::new());
            }
            (Event::Text(words), Some(script)) => script.push_str(&words),
            (Event::End(TagEnd::CodeBlock), Some(script)) => {
                black_box(shell.parse(&*script, None));
                fence = None;
            }
            (event, _) => {
                black_box(event);
            }
        }
    }
    Ok(())
}

fn is_shell(info: &str) -> bool {
    matches!(info, "bash" | "sh" | "shell")
}

/// The times of one thing that was done again and again.
struct Times {
    name: &'static str,
    all: Vec<Duration>,
}

impl Times {
    fn of(name: &'static str) -> Self {
        Self { name, all: Vec::new() }
    }

    fn add(&mut self, took: Duration) {
        self.all.push(took);
        self.all.sort_unstable();
    }

    /// The smallest time that this share of all times does not exceed.
    fn percentile(&self, percent: usize) -> Duration {
        let at = (self.all.len() * percent).div_ceil(100).saturating_sub(1);
        self.all.get(at).copied().unwrap_or_default()
    }
}

/// A line as `cargo xtask bench` takes it: the ratio is that of the medians, so that one stall is no verdict.
fn say(times: &Times, limit: Option<&Times>, at_most: Option<f64>) -> io::Result<()> {
    let micros = |percent| times.percentile(percent).as_secs_f64() * 1e6;
    let mut line = format!(
        "{{\"name\":\"{}\",\"count\":{},\"median_us\":{:.1},\"p95_us\":{:.1},\"max_us\":{:.1}",
        times.name,
        times.all.len(),
        micros(50),
        micros(95),
        micros(100)
    );
    if let Some(limit) = limit {
        let ratio = times.percentile(50).as_secs_f64() / limit.percentile(50).as_secs_f64().max(1e-9);
        line.push_str(&format!(",\"limit\":\"{}\",\"ratio\":{ratio:.3}", limit.name));
    }
    if let Some(at_most) = at_most {
        line.push_str(&format!(",\"at_most\":{at_most:.1}"));
    }
    writeln!(io::stdout(), "{line}}}")
}
