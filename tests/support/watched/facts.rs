//! The facts of the watched day, written down by hand, and the words in which it is told.

/// The checklist. T0 is 6:30 AM in UTC.
pub const DAY: &str = "# Ship pay (Jan 21, 2026)

## Rollout (6:30 AM)
- [ ] Started
- [ ] **10% traffic**
  - [ ] Pods look well
  - [ ] Error rate <1%
  - [ ] Hold for 1 minute
- [ ] **50% traffic**
  - [ ] Error rate <2%
  - [ ] P95 latency <200ms
  - [ ] Hold for 2 minutes

## First 24 hours
**Every 1 minute:**
- [ ] Look at the boards

## Rollback
### CRITICAL (roll back now)
- Error rate >10%
### HIGH
- P95 latency >500ms
### MEDIUM
- P95 latency 200-500ms

## Success criteria
- [ ] Error rate <1.2% (first 4 minutes)
";

/// The metrics, by their names in the settings.
pub const METRICS: [&str; 2] = ["error_rate", "latency_p95"];

/// How grave a breach is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grave {
    /// To investigate.
    Medium,
    /// Has a deadline.
    High,
    /// The way back.
    Critical,
}

/// A sentence of the day that a metric observes.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its words.
    pub text: &'static str,
    /// Of [`METRICS`].
    pub metric: usize,
    /// Of [`GATES`]; `None` for a decision.
    pub gate: Option<usize>,
    /// What a breach demands.
    pub grave: Grave,
    /// Which values are a breach: from, to, in the metric's own unit. No value of the test stands on a bound.
    pub breach: (f64, f64),
    /// For how many seconds from T0 on it counts: a success criterion.
    pub window_s: Option<i64>,
}

/// The sentences that a metric observes.
pub const RULES: [Rule; 7] = [
    Rule { gate: Some(0), ..rule("Error rate <1%", 0, Grave::Medium, (0.01, f64::INFINITY)) },
    Rule { gate: Some(1), ..rule("Error rate <2%", 0, Grave::Medium, (0.02, f64::INFINITY)) },
    Rule { gate: Some(1), ..rule("P95 latency <200ms", 1, Grave::Medium, (0.2, f64::INFINITY)) },
    rule("Error rate >10%", 0, Grave::Critical, (0.1, f64::INFINITY)),
    rule("P95 latency >500ms", 1, Grave::High, (0.5, f64::INFINITY)),
    rule("P95 latency 200-500ms", 1, Grave::Medium, (0.2, 0.5)),
    Rule {
        window_s: Some(240),
        ..rule("Error rate <1.2% (first 4 minutes)", 0, Grave::Medium, (0.012, f64::INFINITY))
    },
];

const fn rule(text: &'static str, metric: usize, grave: Grave, breach: (f64, f64)) -> Rule {
    Rule { text, metric, gate: None, grave, breach, window_s: None }
}

/// The gates: the check's words, the condition that a person alone can speak for, the hold in seconds.
pub const GATES: [(&str, Option<&str>, i64); 2] =
    [("10% traffic", Some("Pods look well"), 60), ("50% traffic", None, 120)];

/// What it takes to fire, or to resolve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// So many of the last so many.
    Of(usize, usize),
    /// For so long without a break.
    For(i64),
}

/// What the settings say.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// What it takes to fire; 2 of 3 where nothing is said.
    pub fire: Option<Takes>,
    /// What it takes to resolve.
    pub clear: Option<Takes>,
    /// How long it keeps firing.
    pub keep_s: i64,
    /// Whether the absence of series is a breach, is nought, or is nothing seen.
    pub absence: Absence,
    /// How long a HIGH may burn.
    pub high_s: i64,
    /// How long blindness is tolerated.
    pub blind_s: i64,
    /// How long a word counts.
    pub word_s: i64,
    /// Whether a breach starts the hold again.
    pub restarts: bool,
}

/// What the absence of series means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// Nothing is seen.
    Blind,
    /// The value is nought.
    Zero,
    /// It is a breach.
    Breach,
}

/// How often a metric is asked, and how long an answer may take.
pub const EVERY_S: i64 = 5;
/// See [`EVERY_S`].
pub const TIMEOUT_S: i64 = 3;
/// A longer time between two looks was slept through.
pub const LONGEST_LOOK_S: i64 = 10;
/// A breach that comes back sooner takes the old deadline up.
pub const OUTLIVES_S: i64 = 600;

/// What a metric answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Answer {
    /// A value, its own time, and until when it counts.
    Value(f64, i64, i64),
    /// A value made from too little.
    TooFew,
    /// The source says that there is nothing.
    Absent,
    /// The source cannot be asked.
    Unreachable,
}

/// What a person did that the watch has to do with, once it was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The first act of the deployment.
    Start,
    /// Of [`GATES`].
    Enter(usize),
    /// Of [`GATES`]: passed, or overridden.
    Leave(usize),
    /// A word for a condition: the one of the gate that no metric observes, or one of [`RULES`].
    Word(usize, Option<usize>),
    /// The deadline of one of [`RULES`] is moved to this second.
    Extend(usize, i64),
    /// The room is closed, or open again.
    Close(bool),
    /// The voice of one of [`RULES`] rests until this second.
    Silence(usize, i64),
    /// It speaks again.
    Lift(usize),
    /// From the gate after this one of [`GATES`] back to it.
    Back(usize),
    /// One of [`GATES`] is held for so many seconds.
    Cut(usize, i64),
    /// The way back is taken.
    RollBack,
    /// It is given up.
    StandDown,
    /// It is rolled back.
    RolledBack,
    /// A new attempt begins, with its T0 at this second.
    Attempt(i64),
    /// What is deployed is declared live.
    GoLive,
}

/// Where the room is in its life, as its acts made it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Life {
    has_deployed: bool,
    /// Whether the way back is taken, or was to its end.
    pub(super) goes_back: bool,
    is_back: bool,
    pub(super) is_closed: bool,
}

impl Life {
    /// Takes in what somebody did.
    pub(super) fn turn(&mut self, act: Act) {
        self.has_deployed |= act.deploys();
        match act {
            Act::Close(is_closed) => self.is_closed = is_closed,
            Act::RollBack => self.goes_back = true,
            Act::RolledBack => self.is_back = true,
            // All is as it was before: rolled back, where it was.
            Act::StandDown => self.goes_back = self.is_back,
            Act::Attempt(_) => *self = Self::default(),
            _ => {}
        }
    }

    /// Whether the deployment counts as begun.
    pub(super) fn has_begun(self) -> bool {
        self.has_deployed || self.goes_back
    }
}

/// What came of a success criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// Whether its breach came to fire in its window.
    pub has_fired: bool,
    /// For how many seconds of it a sample that counted was a breach.
    pub breached_s: i64,
    /// For how many seconds no sample counted.
    pub unseen_s: i64,
}

impl Act {
    /// Whether it is one of the deployment.
    pub(super) fn deploys(self) -> bool {
        matches!(self, Self::Start | Self::Enter(_) | Self::Leave(_) | Self::Word(..))
    }
}

/// What happened, in order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Happening {
    /// A metric's answer.
    Heard(usize, Answer),
    /// An answer that a later one overtook: it says nothing.
    Overtaken,
    /// Somebody looked at the clock.
    Looked,
    /// A person acted.
    Acted(Act),
    /// The program was killed and started.
    Restarted,
}

/// A word of the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Nothing is armed, or the first answers are waited for.
    NotWatched,
    /// All is well.
    Go,
    /// Not on.
    Hold,
    /// Not seen.
    Blind,
    /// Back.
    RollBack,
}
