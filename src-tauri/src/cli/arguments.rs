//! The arguments, as `--help` shows them.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::DateTime;
use plan::Level;

use crate::start_and_zone;
use crate::wire::project::Given;

/// One window from which a production deployment is run.
#[derive(Debug, Parser)]
#[command(
    name = "war-room",
    version,
    about,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = "Examples:\n  \
        war-room                               open the window\n  \
        war-room deploy.md                     open a checklist in the window\n  \
        war-room deploy.md --start 2026-01-21T06:30 --zone Europe/Lisbon\n  \
        war-room check deploy.md               read and review a checklist\n  \
        war-room check --json deploy.md | jq .counts\n  \
        war-room backtest deploy.md --days 7   how the criteria would have alarmed\n  \
        war-room now pay-20260121-1.warroom    two lines for the chat\n  \
        war-room verify pay-20260121-1.warroom --head 3f9a-c27e\n  \
        war-room export pay-20260121-1.warroom --to md --out record.md"
)]
pub(super) struct Arguments {
    /// What to open: a checklist, a Markdown file, or a room
    #[arg(value_parser = super::named::room)]
    pub(super) file: Option<PathBuf>,
    #[command(flatten)]
    pub(super) day: Day,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read and review a checklist
    #[command(after_help = "Examples:\n  \
        war-room check deploy.md               findings and counts, for people\n  \
        war-room check --json deploy.md        all that was read, for programs\n  \
        war-room check --deny warning plans/*.md\n  \
        war-room check deploy.md --start 2026-01-21T06:30 --zone UTC\n\n\
        Exit codes:\n  \
        0   nothing at the denied level\n  \
        1   findings at the denied level\n  \
        2   a file could not be read\n  \
        64  wrong use of the command line")]
    Check(Check),
    /// Tell in two lines how a room stands
    #[command(after_help = "Examples:\n  \
        war-room now pay-20260121-1.warroom\n  \
        war-room now pay-20260121-1.warroom | xclip\n\n\
        Exit codes:\n  \
        0   told\n  \
        1   told up to the last whole event: the log is broken after it\n  \
        2   the room could not be read\n  \
        64  wrong use of the command line")]
    Now(Now),
    /// Watch production against a checklist's thresholds, in a terminal
    #[command(after_help = "Examples:\n  \
        war-room watch deploy.md --for 10m     as the war-room.toml beside it says; begun at T0\n  \
        war-room watch deploy.md --start 2026-01-21T06:30 --zone UTC --json\n  \
        war-room watch pay-20260121-1.warroom  a room, with its log\n  \
        war-room watch deploy.md --test-notification --for 5s\n\n\
        Exit codes:\n  \
        0   ended at GO\n  \
        1   ended at HOLD\n  \
        2   the input could not be read\n  \
        3   ended at BLIND or NOT WATCHED\n  \
        4   ended at ROLL BACK\n  \
        64  wrong use of the command line")]
    Watch(Watch),
    /// Rehearse: a made-up deployment goes wrong, in the window or without one
    #[command(after_help = "Examples:\n  \
        war-room drill                         in the window, over the bundled example\n  \
        war-room drill bad-canary --checklist deploy.md\n  \
        war-room drill --headless --speed 60 --seed 7 --json | tail -1\n  \
        war-room drill --list\n\n\
        Exit codes:\n  \
        0   played to its end\n  \
        2   the checklist could not be read, or names nothing that a drill could breach\n  \
        64  wrong use of the command line")]
    Drill(Drill),
    /// Hold a checklist's criteria against the past days of the real Prometheus
    #[command(after_help = "Examples:\n  \
        war-room backtest deploy.md            the past 7 days, for people\n  \
        war-room backtest deploy.md --days 30\n  \
        war-room backtest deploy.md --json | jq '.criteria[] | {text, fired, worst}'\n\n\
        Exit codes:\n  \
        0   every criterion that is bound to a metric was seen throughout\n  \
        2   the checklist could not be read\n  \
        3   part was not seen: no data, no answer, stopped, or nothing is bound to a metric\n  \
        64  wrong use of the command line")]
    Backtest(Backtest),
    /// Verify a room's log: whether it is whole, and whether it is complete
    #[command(after_help = "Examples:\n  \
        war-room verify pay-20260121-1.warroom\n  \
        war-room verify pay-20260121-1.warroom --head 3f9a-c27e    a head that somebody else holds\n  \
        war-room verify pay-4.2.0-20260121.tar                     an archive, and the room in it\n  \
        war-room verify pay-20260121-1.warroom --json | jq .first_bad\n\n\
        Exit codes:\n  \
        0   whole, and complete up to a head from outside of the room\n  \
        1   broken: the first bad event is named\n  \
        2   the room could not be read\n  \
        3   whole as far as it goes; whether events are missing at its end is unknown\n  \
        64  wrong use of the command line")]
    Verify(Verify),
    /// Write what a room holds as a file for people or programs
    #[command(after_help = "Examples:\n  \
        war-room export pay-20260121-1.warroom --to html --out report.html\n  \
        war-room export pay-20260121-1.warroom --to md --out record.md\n  \
        war-room export pay-20260121-1.warroom --to jsonl | jq -c .kind\n  \
        war-room export pay-20260121-1.warroom --to archive --out pay.tar\n\n\
        Exit codes:\n  \
        0   written\n  \
        1   written up to the last whole event: the log is broken after it\n  \
        2   the room could not be read, or the file could not be written\n  \
        64  wrong use of the command line")]
    Export(Export),
}

/// What is said about the day.
#[derive(Debug, Default, Args)]
pub(super) struct Day {
    /// T0, the start of the first deployment phase, such as 2026-01-21T06:30
    #[arg(long, value_name = "TIME", value_parser = start_and_zone::start)]
    pub(super) start: Option<DateTime>,
    /// The plan's time zone by its IANA name, such as Europe/Lisbon
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub(super) zone: Option<String>,
}

impl Day {
    pub(super) fn given(&self) -> Given {
        Given { start: self.start, zone: self.zone.clone(), is_example: false }
    }
}

fn zone(name: &str) -> Result<String, String> {
    start_and_zone::zone(name).map(|zone| zone.iana_name().unwrap_or(name).to_owned())
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The checklists, Markdown files
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub(super) json: bool,
    /// How the result is written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(super) format: Format,
    /// The level from which on findings give exit code 1
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Deny::Error)]
    pub(super) deny: Deny,
    /// A finding that is accepted, by its code; may be given several times
    #[arg(long, value_name = "CODE")]
    pub(super) allow: Vec<String>,
    #[command(flatten)]
    pub(super) day: Day,
}

impl Check {
    pub(super) fn is_json(&self) -> bool {
        self.json || self.format == Format::Json
    }
}

#[derive(Debug, Args)]
pub(super) struct Watch {
    /// A checklist, or a room: a file that ends in .warroom, or its name
    #[arg(value_name = "FILE", value_parser = super::named::room)]
    pub(super) path: PathBuf,
    /// How long to watch, such as 10m; until it is interrupted where none is given
    #[arg(long, value_name = "LENGTH", value_parser = super::watch::length)]
    pub(super) r#for: Option<Duration>,
    /// For programs: every reading and every turn, one object a line
    #[arg(long)]
    pub(super) json: bool,
    /// Show a test notification on the desktop first
    #[arg(long)]
    pub(super) test_notification: bool,
    #[command(flatten)]
    pub(super) day: Day,
}

#[derive(Debug, Args)]
pub(super) struct Drill {
    /// What goes wrong; see --list
    #[arg(value_name = "SCENARIO")]
    pub(super) scenario: Option<String>,
    /// The checklist that is drilled, in the place of the bundled example
    #[arg(long, value_name = "FILE")]
    pub(super) checklist: Option<PathBuf>,
    /// Say which scenarios there are
    #[arg(long)]
    pub(super) list: bool,
    /// Without a window: made-up people act
    #[arg(long)]
    pub(super) headless: bool,
    /// How many times faster than the wall, 1 to 60
    #[arg(long, value_name = "TIMES", value_parser = clap::value_parser!(u32).range(1..=60))]
    pub(super) speed: Option<u32>,
    /// From which all chance of the drill follows
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,
    /// For programs: one object a line, the summary last
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Backtest {
    /// The checklist, a Markdown file with its war-room.toml beside it
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// How many days back, of 24 hours each
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=365))]
    pub(super) days: u32,
    /// For programs: one object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Now {
    /// The room: a file that ends in .warroom, or its name
    #[arg(value_name = "ROOM", value_parser = super::named::room)]
    pub(super) room: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The room: a file that ends in .warroom, or its name; or an archive of one, as it was exported or unpacked into a folder
    #[arg(value_name = "ROOM", value_parser = super::named::room)]
    pub(super) room: PathBuf,
    /// A head that somebody else holds, such as 3f9a-c27e, or all its digits
    #[arg(long, value_name = "HEAD", value_parser = head)]
    pub(super) head: Option<String>,
    /// For programs: one object
    #[arg(long)]
    pub(super) json: bool,
}

/// A slip of the pen is not a broken log: what cannot be a head is wrong use.
fn head(text: &str) -> Result<String, String> {
    let digits: String = text.trim().chars().filter(|letter| *letter != '-').collect();
    // A head is told by 8 digits (3f9a-c27e), and has 64 in all.
    if (8..=64).contains(&digits.len()) && digits.chars().all(|digit| digit.is_ascii_hexdigit()) {
        Ok(text.trim().to_lowercase())
    } else {
        Err("a head has 8 to 64 hexadecimal digits, such as 3f9a-c27e".to_owned())
    }
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The room: a file that ends in .warroom, or its name
    #[arg(value_name = "ROOM", value_parser = super::named::room)]
    pub(super) room: PathBuf,
    /// What to write
    #[arg(long, value_enum, value_name = "FORM")]
    pub(super) to: Form,
    /// The file to write, which must not be there yet, or a folder; standard output where none is named
    #[arg(long, value_name = "PATH")]
    pub(super) out: Option<PathBuf>,
}

/// What an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// For people: the checklist with who, when, value and reason at each box
    Md,
    /// For people: the report, one page that opens with no network and prints
    Html,
    /// For programs: the log, one event a line, with its chain
    Jsonl,
    /// For programs: what was measured, one row an answer
    Csv,
    /// All of it with the room itself, digests and a verifier: a plain tar
    Archive,
}

/// How the result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For programs: an object for one file, an array for several
    Json,
}

/// A level of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    /// Would mislead the room
    Error,
    /// To be decided before the day
    Warning,
    /// Worth knowing
    Note,
}

impl Deny {
    pub(super) fn level(self) -> Level {
        match self {
            Self::Error => Level::Error,
            Self::Warning => Level::Warning,
            Self::Note => Level::Note,
        }
    }
}
