//! One small day, and what a person who reads it knows of it.

/// The checklist.
pub const DAY: &str = "# Ship pay (Jan 21, 2026)

## Before (Jan 20)
- [x] Backups tested
- [x] Keys rotated
- [ ] Cake ordered
- [x] Version: ____
- [ ] Built: ____ Signed: ____
- [x] Asked twice: [x] Yes [ ] No

## Rollout (6:30 AM)
- [ ] **10% traffic**
  - [ ] Error rate <1%
  - [ ] Latency normal
  - [ ] Hold for 5 minutes
- [x] **50% traffic**
  - [x] Pods: [x] well [ ] failed [ ] HOLD
  - [x] P95 latency <200ms
  - [x] Hold for 10 minutes
- [x] Watched
- [ ] Decision: [ ] GO [ ] NO-GO [ ] N/A

## Go-live (8:00 AM)
- [ ] Said so

## Success criteria
- [x] P99 latency <500ms

## Communication
### Team
- [ ] Note: we ship at [TIME]

## Contacts
```
Manager: [Name] - [Phone] - [Email]
Director: [Name] - [Phone] - [Email]
War Room: [Channel]
Status Page: [URL]
```
";

/// A check, as a person reads it.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// Its words.
    pub text: &'static str,
    /// Which of [`PHASES`] it stands in.
    pub phase: Option<usize>,
    /// Which of [`SECTIONS`] holds it, besides the whole day.
    pub section: usize,
    /// Whether the source claims it; a success criterion opens empty.
    pub claimed: bool,
    /// Whether what was seen must be said.
    pub asks: bool,
    /// What must be seen, in the text's unit.
    pub below: Option<f64>,
    /// The answers to choose from, the first of which the source claims where it claims anything.
    pub answers: &'static [(&'static str, Means)],
    /// What its blanks ask for.
    pub blanks: &'static [&'static str],
}

/// What an answer says, to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// Nobody goes on.
    NoGo,
    /// It asks for nothing.
    Nothing,
}

const PLAIN: Check =
    Check { text: "", phase: None, section: 0, claimed: false, asks: false, below: None, answers: &[], blanks: &[] };

/// A gate, as a person reads it.
#[derive(Debug, Clone, Copy)]
pub struct Gate {
    /// The check that is the gate.
    pub check: usize,
    /// The checks that must be met.
    pub conditions: &'static [usize],
    /// The check that says how long.
    pub hold: usize,
    /// How long, in seconds.
    pub hold_s: u64,
}

/// The gates, in order.
pub const GATES: &[Gate] = &[
    Gate { check: 6, conditions: &[7, 8], hold: 9, hold_s: 300 },
    Gate { check: 10, conditions: &[11, 12], hold: 13, hold_s: 600 },
];

/// The names of alerts that may fire; one that never does stands beyond them.
pub const ALERTS: &[&str] = &["errors", "latency"];

/// The checks, in the order of the text.
pub const CHECKS: &[Check] = &[
    Check { text: "Backups tested", phase: Some(0), section: 1, claimed: true, ..PLAIN },
    Check { text: "Keys rotated", phase: Some(0), section: 1, claimed: true, ..PLAIN },
    Check { text: "Cake ordered", phase: Some(0), section: 1, ..PLAIN },
    Check { text: "Version: ____", phase: Some(0), section: 1, claimed: true, blanks: &["Version"], ..PLAIN },
    Check { text: "Built: ____ Signed: ____", phase: Some(0), section: 1, blanks: &["Built", "Signed"], ..PLAIN },
    Check {
        text: "Asked twice: [x] Yes [ ] No",
        phase: Some(0),
        section: 1,
        claimed: true,
        answers: &[("Yes", Means::Yes), ("No", Means::No)],
        ..PLAIN
    },
    Check { text: "10% traffic", phase: Some(1), section: 2, ..PLAIN },
    Check { text: "Error rate <1%", phase: Some(1), section: 2, asks: true, below: Some(1.0), ..PLAIN },
    Check { text: "Latency normal", phase: Some(1), section: 2, asks: true, ..PLAIN },
    Check { text: "Hold for 5 minutes", phase: Some(1), section: 2, ..PLAIN },
    Check { text: "50% traffic", phase: Some(1), section: 2, claimed: true, ..PLAIN },
    Check {
        text: "Pods: [x] well [ ] failed [ ] HOLD",
        phase: Some(1),
        section: 2,
        claimed: true,
        answers: &[("well", Means::Yes), ("failed", Means::No), ("HOLD", Means::NoGo)],
        ..PLAIN
    },
    Check {
        text: "P95 latency <200ms",
        phase: Some(1),
        section: 2,
        claimed: true,
        asks: true,
        below: Some(200.0),
        ..PLAIN
    },
    Check { text: "Hold for 10 minutes", phase: Some(1), section: 2, claimed: true, ..PLAIN },
    Check { text: "Watched", phase: Some(1), section: 2, claimed: true, ..PLAIN },
    Check {
        text: "Decision: [ ] GO [ ] NO-GO [ ] N/A",
        phase: Some(1),
        section: 2,
        answers: &[("GO", Means::Yes), ("NO-GO", Means::NoGo), ("N/A", Means::Nothing)],
        ..PLAIN
    },
    Check { text: "Said so", phase: Some(2), section: 3, ..PLAIN },
    Check { text: "P99 latency <500ms", phase: Some(3), section: 4, asks: true, below: Some(500.0), ..PLAIN },
    Check { text: "Note: we ship at [TIME]", section: 5, ..PLAIN },
];

/// The first phase from which acts make a room live.
pub(super) const T0_PHASE: usize = 1;

/// The phases, in order.
pub const PHASES: &[&str] = &["Before", "Rollout", "Go-live", "Success criteria"];

/// The sections that can be confirmed; the first holds all others.
pub const SECTIONS: &[&str] = &["Ship pay (Jan 21, 2026)", "Before", "Rollout", "Go-live", "Success criteria", "Team"];

/// What was seen, to a person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Saw {
    /// Not a word.
    Nothing,
    /// Words, which are a person's to answer for.
    Words,
    /// Hundredths.
    Percent(f64),
    /// Milliseconds.
    Ms(f64),
    /// A bare number, which could be anything.
    Bare,
}

/// What may be typed for what was seen.
pub const SAWS: &[(Option<&str>, Saw)] = &[
    (None, Saw::Nothing),
    (Some("  "), Saw::Nothing),
    (Some(" fine so far "), Saw::Words),
    (Some("0.4 %"), Saw::Percent(0.4)),
    (Some("1 %"), Saw::Percent(1.0)),
    (Some("1.2 %"), Saw::Percent(1.2)),
    (Some("499 ms"), Saw::Ms(499.0)),
    (Some("500ms"), Saw::Ms(500.0)),
    (Some("0.3 s"), Saw::Ms(300.0)),
    (Some("0.004"), Saw::Bare),
];

/// What may be given as an answer; empty for none.
pub const ANSWERS: &[&str] = &["", "GO", " NO-GO ", "N/A", "Yes", "No", "well", "failed", "HOLD", "go"];

/// What may be filled in: what each blank asks for, and what stands in it.
pub const VALUES: &[&[(&str, &str)]] = &[
    &[],
    &[("Version", "4.2.0")],
    &[("Version", " ")],
    &[("Built", "7"), ("Signed", " MK ")],
    &[("Built", "7"), ("Signed", "")],
    &[("Signed", "MK"), ("Built", "7")],
];

/// The people of the ladder.
pub const CONTACTS: &[&str] = &["Manager", "Director"];

/// The places.
pub const CHANNELS: &[&str] = &["War Room", "Status Page"];

/// What may stand in a draft, and whether a blank is open in it.
pub const BODIES: &[(&str, bool)] = &[("we ship at [TIME]", true), ("we ship at 06:30 UTC", false), ("", false)];
