//! A second, slow and obvious opinion about a room under watch: it keeps all that was heard, and works out from the
//! beginning what fires, until when, what is unseen, how much of a hold was seen, and the verdict, each time it is asked.
//!
//! Owns: what a watch says of one small day, whose facts are written down here by hand. Must not know: how `room`
//! watches; it shares no code with it. All times are whole seconds.

mod walk;

pub use walk::Stand;

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
    fn deploys(self) -> bool {
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

/// The reference: what the settings say, and all that happened.
#[derive(Debug, Clone)]
pub struct Watched {
    settings: Settings,
    start: i64,
    happened: Vec<(i64, Happening)>,
    /// Since when the room is blind; follows from all that happened, and is kept only so as not to be asked of itself.
    blind_since: Option<i64>,
    blind_deadline: Option<i64>,
    /// When a condition was last seen to be breached for good: no word from before stands against that.
    breached: [Option<i64>; RULES.len()],
    /// Where each rule stands, worked out anew after each happening.
    stands: [Stand; RULES.len()],
    /// Until when each rule's voice rests; and whether it is known that its time is up.
    silenced: [Option<i64>; RULES.len()],
    is_overdue: [bool; RULES.len()],
    /// What came of each success criterion: worked out at the end of its window.
    judged: [Option<Judged>; RULES.len()],
}

impl Watched {
    /// A watch that begins at `now`; the deployment at `start`.
    #[must_use]
    pub fn new(settings: Settings, start: i64, now: i64) -> Self {
        let happened = vec![(now, Happening::Restarted)];
        let (breached, stands) = ([None; RULES.len()], [Stand::default(); RULES.len()]);
        let (silenced, is_overdue, judged) = ([None; RULES.len()], [false; RULES.len()], [None; RULES.len()]);
        let (blind_since, blind_deadline) = (None, None);
        Self { settings, start, happened, blind_since, blind_deadline, breached, stands, silenced, is_overdue, judged }
    }

    /// Something happened.
    pub fn happens(&mut self, happening: Happening, now: i64) {
        self.happened.push((now, happening));
        let mut stands = self.stands;
        for ((rule, facts), stand) in RULES.iter().enumerate().zip(&mut stands) {
            *stand = walk::walk(self, rule, facts);
        }
        for (now_firing, (was, is_overdue)) in stands.iter().zip(self.stands.iter().zip(&mut self.is_overdue)) {
            *is_overdue &= now_firing.firing.is_some() && now_firing.firing == was.firing;
        }
        self.stands = stands;
        self.rest(happening, now);
        for (rule, facts) in RULES.iter().enumerate().filter(|(_, facts)| facts.window_s.is_some()) {
            if self.judged(rule).is_none() {
                let judged = walk::judged(self, rule, facts);
                self.judged.get_mut(rule).into_iter().for_each(|known| *known = judged);
            }
        }
        if matches!(happening, Happening::Heard(..) | Happening::Looked) && !self.is_closed() {
            for rule in self.armed(now) {
                let stand = self.stand(rule);
                let is_breached = stand.last.is_some_and(|last| last.is_breach && now <= last.good_until);
                if let Some(breached) = self.breached.get_mut(rule).filter(|_| is_breached && stand.firing.is_some()) {
                    *breached = Some(now);
                }
            }
            self.turn_blind(now);
        }
    }

    /// What silences, and what ends a silence.
    fn rest(&mut self, happening: Happening, now: i64) {
        match happening {
            Happening::Acted(Act::Silence(rule, until)) => {
                if let Some(silenced) = self.silenced.get_mut(rule) {
                    *silenced = Some(until);
                }
            }
            Happening::Acted(Act::Lift(rule)) => {
                if let Some(silenced) = self.silenced.get_mut(rule) {
                    *silenced = None;
                }
            }
            Happening::Looked if !self.is_closed() => {
                let all = self.stands.iter().zip(self.silenced.iter_mut().zip(&mut self.is_overdue));
                for (stand, (silenced, is_overdue)) in all {
                    let is_over = stand.deadline.is_some_and(|deadline| deadline <= now);
                    // Its time has run out, or what burns demands more than it did.
                    if silenced.is_some_and(|until| until <= now) || (is_over && !*is_overdue) {
                        *silenced = None;
                    }
                    *is_overdue = is_over;
                }
            }
            _ => {}
        }
    }

    /// Until when the voice of a rule rests.
    #[must_use]
    pub fn silenced(&self, rule: usize) -> Option<i64> {
        self.silenced.get(rule).copied().flatten()
    }

    /// Whether a rule that fires only follows from another: written down by hand for this day.
    #[must_use]
    pub fn follows(&self, rule: usize, now: i64) -> bool {
        let armed = if self.is_closed() { Vec::new() } else { self.armed(now) };
        let fires = |one: usize| armed.contains(&one) && self.stand(one).firing.is_some();
        let Some(facts) = RULES.get(rule).filter(|_| fires(rule)) else { return false };
        match facts.metric {
            // More errors are worse, whoever says so: the gravest says it, of equals the first.
            0 => (0..RULES.len()).any(|other| {
                let says_more = |known: &Rule| {
                    known.metric == 0 && (known.grave > facts.grave || (known.grave == facts.grave && other < rule))
                };
                fires(other) && RULES.get(other).is_some_and(says_more)
            }),
            // Of the latency the HIGH says it.
            _ => rule != 4 && fires(4),
        }
    }

    /// What came of a success criterion.
    #[must_use]
    pub fn judged(&self, rule: usize) -> Option<Judged> {
        self.judged.get(rule).copied().flatten()
    }

    fn acts(&self) -> impl DoubleEndedIterator<Item = (i64, Act)> {
        self.happened.iter().filter_map(|(at, happening)| match happening {
            Happening::Acted(act) => Some((*at, *act)),
            _ => None,
        })
    }

    fn is_closed(&self) -> bool {
        let mut turns =
            self.acts().filter_map(|(_, act)| if let Act::Close(is_closed) = act { Some(is_closed) } else { None });
        turns.next_back().unwrap_or(false)
    }

    /// Whether the deployment has begun.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.acts().any(|(_, act)| act.deploys())
    }

    /// When a gate was entered, and whether it was left behind.
    fn gate(&self, gate: usize) -> (Option<i64>, bool) {
        let enters = |act: Act| match act {
            Act::Enter(which) | Act::Leave(which) | Act::Word(which, _) => which == gate,
            _ => false,
        };
        let entered = self.acts().find(|(_, act)| enters(*act)).map(|(at, _)| at);
        (entered, self.acts().any(|(_, act)| act == Act::Leave(gate)))
    }

    /// The gate that was entered and not left behind, and when it was entered.
    #[must_use]
    pub fn current_gate(&self) -> Option<(usize, i64)> {
        (0..GATES.len()).find_map(|gate| match self.gate(gate) {
            (Some(entered), false) => Some((gate, entered)),
            _ => None,
        })
    }

    /// Whether a rule counts now.
    fn counts(&self, rule: &Rule, now: i64) -> bool {
        if let Some(window_s) = rule.window_s {
            return (self.start..self.start + window_s).contains(&now);
        }
        match rule.gate {
            None => self.has_begun() || now >= self.start,
            Some(gate) => self.current_gate().is_some_and(|(current, _)| current == gate),
        }
    }

    fn armed(&self, now: i64) -> Vec<usize> {
        (0..RULES.len()).filter(|rule| RULES.get(*rule).is_some_and(|rule| self.counts(rule, now))).collect()
    }

    /// When the rule began to count for the watch that runs now.
    fn armed_since(&self, rule: usize, now: i64) -> i64 {
        let mut since = None;
        for (at, happening, counts) in walk::looks(self, rule) {
            match counts {
                _ if happening == Happening::Restarted => since = None,
                Some(true) => since = since.or(Some(at)),
                Some(false) => since = None,
                None => {}
            }
        }
        since.unwrap_or(now)
    }

    /// Whether its first answers cannot be there yet.
    fn is_waited_for(&self, rule: usize, now: i64) -> bool {
        if self.blind_since.is_some() {
            return false;
        }
        let first = self.armed_since(rule, now);
        let last = self.stand(rule).last;
        last.is_none_or(|last| last.good_until < first) && now - first <= EVERY_S + TIMEOUT_S + 1
    }

    /// Whether the last sample of a rule counts still.
    #[must_use]
    pub fn is_fresh(&self, rule: usize, now: i64) -> bool {
        self.stand(rule).last.is_some_and(|last| now <= last.good_until)
    }

    /// The seconds at which a word was given for a condition.
    fn words(&self, gate: usize, condition: Option<usize>) -> Vec<i64> {
        self.acts().filter(|(_, act)| *act == Act::Word(gate, condition)).map(|(at, _)| at).collect()
    }

    fn has_word(&self, gate: usize, condition: Option<usize>, now: i64) -> bool {
        let breached = condition.and_then(|rule| self.breached.get(rule).copied().flatten());
        let stands = |at: &i64| now - at <= self.settings.word_s && breached.is_none_or(|breached| *at > breached);
        self.words(gate, condition).iter().any(stands)
    }

    /// Whether a condition of the current gate is met: seen, or spoken for where it is not seen.
    fn is_met(&self, gate: usize, condition: Option<usize>, now: i64) -> bool {
        match condition {
            Some(rule) if self.is_fresh(rule, now) => {
                let stand = self.stand(rule);
                stand.firing.is_none() && stand.pending.is_none() && stand.last.is_some_and(|last| !last.is_breach)
            }
            _ => self.has_word(gate, condition, now),
        }
    }

    fn conditions(gate: usize) -> Vec<Option<usize>> {
        let by_metric = (0..RULES.len()).filter(|rule| RULES.get(*rule).is_some_and(|rule| rule.gate == Some(gate)));
        let by_word = GATES.get(gate).and_then(|(_, word, _)| *word).map(|_| None);
        by_word.into_iter().chain(by_metric.map(Some)).collect()
    }

    /// The armed rules that are not seen, and should be.
    #[must_use]
    pub fn unseen(&self, now: i64) -> Vec<usize> {
        let is_unseen = |rule: &usize| {
            let is_spoken_for =
                RULES.get(*rule).and_then(|rule| rule.gate).is_some_and(|gate| self.is_met(gate, Some(*rule), now));
            !self.is_fresh(*rule, now) && !self.is_waited_for(*rule, now) && !is_spoken_for
        };
        self.armed(now).into_iter().filter(is_unseen).collect()
    }

    fn blinding(&self, now: i64) -> Vec<usize> {
        let blinds =
            |rule: &usize| RULES.get(*rule).is_some_and(|rule| rule.gate.is_some() || rule.grave >= Grave::High);
        self.unseen(now).into_iter().filter(blinds).collect()
    }

    fn turn_blind(&mut self, now: i64) {
        let blinding = self.blinding(now);
        let lost = blinding.iter().map(|rule| match self.stand(*rule).last {
            Some(last) => last.at,
            None => self.armed_since(*rule, now),
        });
        let since = lost.min();
        match since {
            None => (self.blind_since, self.blind_deadline) = (None, None),
            Some(since) => {
                let since = *self.blind_since.get_or_insert(since);
                if self.blind_deadline.is_none() && now >= since + self.settings.blind_s {
                    self.blind_deadline = Some(since + self.settings.blind_s + self.settings.high_s);
                }
            }
        }
    }

    /// Since when the room is blind, and until when that may be.
    #[must_use]
    pub fn blind(&self) -> Option<(i64, Option<i64>)> {
        Some((self.blind_since?, self.blind_deadline))
    }

    /// Where a rule stands.
    #[must_use]
    pub fn stand(&self, rule: usize) -> Stand {
        self.stands.get(rule).copied().unwrap_or_default()
    }

    /// The verdict.
    #[must_use]
    pub fn verdict(&self, now: i64) -> Word {
        if self.is_closed() {
            return Word::NotWatched;
        }
        let armed = self.armed(now);
        let fires = |least: Grave| {
            armed.iter().any(|rule| {
                let is_grave = RULES.get(*rule).is_some_and(|rule| rule.grave >= least);
                is_grave && self.stand(*rule).firing.is_some()
            })
        };
        let deadlines = armed.iter().filter_map(|rule| self.stand(*rule).deadline).chain(self.blind_deadline);
        let means_back = fires(Grave::Critical) || deadlines.into_iter().any(|deadline| deadline <= now);
        if means_back && self.has_begun() {
            return Word::RollBack;
        }
        if armed.is_empty() {
            return Word::NotWatched;
        }
        if !self.blinding(now).is_empty() {
            return Word::Blind;
        }
        if means_back || fires(Grave::High) || self.blind_deadline.is_some() {
            return Word::Hold;
        }
        if let Some((gate, _)) = self.current_gate()
            && (fires(Grave::Medium) || !Self::conditions(gate).iter().all(|one| self.is_met(gate, *one, now)))
        {
            return Word::Hold;
        }
        if !self.unseen(now).is_empty() {
            return Word::Hold;
        }
        let is_awaited = |rule: &usize| {
            let gate = RULES.get(*rule).and_then(|rule| rule.gate);
            let is_spoken_for = gate.is_some_and(|gate| self.is_met(gate, Some(*rule), now));
            !self.is_fresh(*rule, now) && self.is_waited_for(*rule, now) && !is_spoken_for
        };
        if armed.iter().any(is_awaited) {
            return Word::NotWatched;
        }
        Word::Go
    }

    /// How many of the seconds from `from` to `now` somebody looked and every condition of a gate was known to be met, by
    /// a good sample or by a word.
    #[must_use]
    pub fn covered_s(&self, gate: usize, from: i64, now: i64) -> i64 {
        let looks: Vec<i64> = self
            .happened
            .iter()
            .filter(|(_, happening)| matches!(happening, Happening::Looked))
            .map(|(at, _)| *at)
            .collect();
        // The look at `now` is on its way.
        let pairs = looks.iter().zip(looks.iter().skip(1).chain([&now]));
        let asleep: Vec<(i64, i64)> = pairs
            .map(|(before, after)| (*before, *after))
            .filter(|(before, after)| after - before > LONGEST_LOOK_S)
            .collect();
        let is_looked_at = |second: i64| !asleep.iter().any(|(before, after)| (*before..*after).contains(&second));
        let known = Self::conditions(gate).into_iter().map(|condition| {
            let samples = condition.map(|rule| walk::samples(self, rule)).unwrap_or_default();
            (samples, self.words(gate, condition))
        });
        let known: Vec<_> = known.collect();
        let is_known = |second: i64, (samples, words): &(Vec<walk::Taken>, Vec<i64>)| {
            let last = samples.iter().rev().find(|sample| sample.at <= second);
            let by_sample = last.is_some_and(|sample| !sample.is_breach && second < sample.good_until);
            by_sample || words.iter().any(|at| (*at..*at + self.settings.word_s).contains(&second))
        };
        let counted =
            (from..now).filter(|second| is_looked_at(*second) && known.iter().all(|one| is_known(*second, one)));
        i64::try_from(counted.count()).unwrap_or(i64::MAX)
    }
}
