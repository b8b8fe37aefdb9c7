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
- [ ] Rollback time measured (target: <15 minutes)
- [x] Cluster
  - [ ] Nodes ready
  - [x] Storage
    - [ ] Class
- [x] Network
  - [x] Routes
- [ ] Service health verified

## Rollout (6:30 AM)
- [ ] **10% traffic**
  - [ ] Error rate <1%
  - [ ] Latency normal
  - [ ] All pods healthy
  - [ ] Hold for 5 minutes
- [x] **50% traffic**
  - [x] Pods: [x] well [ ] failed [ ] HOLD
  - [x] P95 latency <200ms
  - [x] Hold for 10 minutes
- [x] Watched
- [ ] Decision: [ ] GO [ ] NO-GO [ ] N/A

## Go-live (8:00 AM)
- [ ] Said so

## After the deployment
### First 24 hours
**Every 1 hour:**
- [ ] Look at the boards
- [ ] Error rate <2%

**Every 4 hours:**
- [ ] Smoke tests

**Shift handoff:**
- [ ] Tell the next one

### First week
- [ ] Daily at 02:30: look at the backup

**Daily:**
- [ ] Trends

**Weekly (Jan 28):**
- [ ] Review

## Rollback (target: 15 minutes)
### CRITICAL
- Error rate >10%
```bash
# Option 1: Undo (if during canary)
kubectl rollout undo deployment/pay

# Option 2: Switch DNS
# (Update the A record)
```
### Success criteria for rollback
- [x] Old version answers
- [ ] No data loss

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

## Quick reference
- API health: https://api.pay.io/health
";

/// The settings beside it.
pub const SETTINGS: &str = "version = 1
[plan]
window = \"06:30/08:00\"
[probes.lag]
kind = \"command\"
command = \"lag --now\"
expect = { exit = 0 }
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
    /// The check that it stands below.
    pub above: Option<usize>,
    /// Whether it asks how many of how many pods are ready.
    pub counts: bool,
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

const PLAIN: Check = Check {
    text: "",
    phase: None,
    section: 0,
    claimed: false,
    asks: false,
    below: None,
    answers: &[],
    blanks: &[],
    above: None,
    counts: false,
};
const BEFORE: Check = Check { phase: Some(0), section: 1, ..PLAIN };
const ROLLOUT: Check = Check { phase: Some(1), section: 2, ..PLAIN };

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
    Gate { check: 14, conditions: &[15, 16, 17], hold: 18, hold_s: 300 },
    Gate { check: 19, conditions: &[20, 21], hold: 22, hold_s: 600 },
];

/// The names of alerts that may fire, the gravest first: CRITICAL, HIGH, MEDIUM. One that never does stands beyond them.
pub const ALERTS: &[&str] = &["errors", "latency", "disk"];

/// The checks, in the order of the text.
pub const CHECKS: &[Check] = &[
    Check { text: "Backups tested", claimed: true, ..BEFORE },
    Check { text: "Keys rotated", claimed: true, ..BEFORE },
    Check { text: "Cake ordered", ..BEFORE },
    Check { text: "Version: ____", claimed: true, blanks: &["Version"], ..BEFORE },
    Check { text: "Built: ____ Signed: ____", blanks: &["Built", "Signed"], ..BEFORE },
    Check {
        text: "Asked twice: [x] Yes [ ] No",
        claimed: true,
        answers: &[("Yes", Means::Yes), ("No", Means::No)],
        ..BEFORE
    },
    Check { text: "Rollback time measured (target: <15 minutes)", asks: true, below: Some(900_000.0), ..BEFORE },
    Check { text: "Cluster", claimed: true, ..BEFORE },
    Check { text: "Nodes ready", above: Some(7), ..BEFORE },
    Check { text: "Storage", claimed: true, above: Some(7), ..BEFORE },
    Check { text: "Class", above: Some(9), ..BEFORE },
    Check { text: "Network", claimed: true, ..BEFORE },
    Check { text: "Routes", claimed: true, above: Some(11), ..BEFORE },
    Check { text: "Service health verified", ..BEFORE },
    Check { text: "10% traffic", ..ROLLOUT },
    Check { text: "Error rate <1%", asks: true, below: Some(1.0), above: Some(14), ..ROLLOUT },
    Check { text: "Latency normal", asks: true, above: Some(14), ..ROLLOUT },
    Check { text: "All pods healthy", asks: true, counts: true, above: Some(14), ..ROLLOUT },
    Check { text: "Hold for 5 minutes", above: Some(14), ..ROLLOUT },
    Check { text: "50% traffic", claimed: true, ..ROLLOUT },
    Check {
        text: "Pods: [x] well [ ] failed [ ] HOLD",
        claimed: true,
        answers: &[("well", Means::Yes), ("failed", Means::No), ("HOLD", Means::NoGo)],
        above: Some(19),
        ..ROLLOUT
    },
    Check { text: "P95 latency <200ms", claimed: true, asks: true, below: Some(200.0), above: Some(19), ..ROLLOUT },
    Check { text: "Hold for 10 minutes", claimed: true, above: Some(19), ..ROLLOUT },
    Check { text: "Watched", claimed: true, ..ROLLOUT },
    Check {
        text: "Decision: [ ] GO [ ] NO-GO [ ] N/A",
        answers: &[("GO", Means::Yes), ("NO-GO", Means::NoGo), ("N/A", Means::Nothing)],
        ..ROLLOUT
    },
    Check { text: "Said so", phase: Some(2), section: 3, ..PLAIN },
    Check { text: "Look at the boards", phase: Some(3), section: 7, ..PLAIN },
    Check { text: "Error rate <2%", phase: Some(3), section: 7, asks: true, below: Some(2.0), ..PLAIN },
    Check { text: "Smoke tests", phase: Some(3), section: 7, ..PLAIN },
    Check { text: "Tell the next one", phase: Some(3), section: 7, ..PLAIN },
    Check { text: "Daily at 02:30: look at the backup", phase: Some(4), section: 8, ..PLAIN },
    Check { text: "Trends", phase: Some(4), section: 8, ..PLAIN },
    Check { text: "Review", phase: Some(4), section: 8, ..PLAIN },
    Check { text: "Old version answers", section: 6, claimed: true, ..PLAIN },
    Check { text: "No data loss", section: 6, ..PLAIN },
    Check { text: "P99 latency <500ms", phase: Some(5), section: 4, asks: true, below: Some(500.0), ..PLAIN },
    Check { text: "Note: we ship at [TIME]", section: 5, ..PLAIN },
];

/// What a rehearsal measures.
pub(super) const MEASURED: usize = 6;
/// In so many seconds the way back is to be gone.
pub(super) const TARGET_S: i64 = 900;
/// The marks of a rollback that worked.
pub(super) const MARKS: [usize; 2] = [33, 34];
/// The criterion of success.
pub(super) const SUCCESS: usize = 35;
/// The check that a proposal observes.
pub(super) const PROPOSED: usize = 13;
/// The phases of the deployment, up to the first one of the watch.
pub(super) const DEPLOYMENT: [usize; 2] = [1, 2];

/// How often something repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// So many seconds, in the first 24 hours.
    Seconds(i64),
    /// A day in the first week, at go-live's time on the wall, from the day after on.
    Day,
    /// A day in the first week, at this second of it.
    DayAt(i64),
    /// A week, from a day of the text on (counted from 1970) that moves with T0.
    WeekFrom(i64),
    /// When somebody hands over.
    Handoff,
}

/// What repeats after go-live, with its checks, in the order of the text.
pub const ROUTINES: [(Every, &[usize]); 6] = [
    (Every::Seconds(3_600), &[26, 27]),
    (Every::Seconds(14_400), &[28]),
    (Every::Handoff, &[29]),
    (Every::DayAt(9_000), &[30]),
    (Every::Day, &[31]),
    (Every::WeekFrom(20_481), &[32]),
];

/// The first phase from which acts make a room live.
pub(super) const T0_PHASE: usize = 1;

/// The phases, in order.
pub const PHASES: &[&str] = &["Before", "Rollout", "Go-live", "First 24 hours", "First week", "Success criteria"];

/// The sections that can be confirmed; the first holds all others.
pub const SECTIONS: &[&str] = &[
    "Ship pay (Jan 21, 2026)",
    "Before",
    "Rollout",
    "Go-live",
    "Success criteria",
    "Team",
    "Success criteria for rollback",
    "First 24 hours",
    "First week",
];

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
    /// So many of so many.
    Count(u64, u64),
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
    (Some("3/3 ready"), Saw::Count(3, 3)),
    (Some("2 of 3"), Saw::Count(2, 3)),
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

/// What may be attached to a check: whether it is given as an address, its words, and how it is kept; nothing where it is
/// refused. The last one is a file.
pub const EVIDENCE: &[(bool, &str, Option<&str>)] = &[
    (false, " seen at 14:02 ", Some("seen at 14:02")),
    (false, "  ", None),
    (false, "https://pay.corp.io/d/1", Some("link https://pay.corp.io/d/1")),
    (true, "https://pay.corp.io/d/1", Some("link https://pay.corp.io/d/1")),
    (true, "file:///etc/passwd", None),
    (false, "file:///etc/passwd and more", Some("file:///etc/passwd and more")),
    (true, "the board", Some("the board")),
    (false, "", Some("file nodes.txt")),
];

/// How many ways back there are.
pub(super) const WAYS_BACK: u32 = 2;
/// The steps of the ways back: a command, and one that is done by hand.
pub const STEPS: usize = 2;
/// Who can be told of a rollback: the people of the ladder, the places, and the readers of the one notice.
pub const TOLD: usize = 5;
/// How many proposals the plan's own words make.
pub const PROPOSALS: usize = 1;
