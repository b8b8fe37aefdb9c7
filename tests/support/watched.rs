//! A second, slow and obvious opinion about a room under watch: it keeps all that was heard, and works out from the
//! beginning what fires, until when, what is unseen, how much of a hold was seen, and the verdict, each time it is asked.
//!
//! Owns: what a watch says of one small day, whose facts are written down here by hand. Must not know: how `room`
//! watches; it shares no code with it. All times are whole seconds.

mod covered;
mod facts;
mod walk;

use self::facts::Life;
pub use facts::{
    Absence, Act, Answer, DAY, EVERY_S, GATES, Grave, Happening, Judged, LONGEST_LOOK_S, METRICS, OUTLIVES_S, RULES,
    Rule, Settings, TIMEOUT_S, Takes, Word,
};
pub use walk::Stand;

/// The reference: what the settings say, and all that happened.
#[derive(Debug, Clone)]
pub struct Watched {
    settings: Settings,
    start: i64,
    happened: Vec<(i64, Happening)>,
    /// Where among them people acted, so that the few acts are found among the many looks.
    acted: Vec<usize>,
    /// Since when the room is blind; follows from all that happened, and is kept only so as not to be asked of itself.
    blind_since: Option<i64>,
    blind_deadline: Option<i64>,
    /// After how much a condition was last seen to be breached for good: no word from before stands against that. Not by
    /// the clock, which may have been set back since.
    breached: [Option<usize>; RULES.len()],
    /// Where each rule stands, worked out anew after each happening.
    stands: [Stand; RULES.len()],
    /// Until when each rule's voice rests; and whether it is known that its time is up.
    silenced: [Option<i64>; RULES.len()],
    is_overdue: [bool; RULES.len()],
    /// What came of each success criterion, with where its window began: worked out at the end of that.
    judged: [Option<(i64, Judged)>; RULES.len()],
}

impl Watched {
    /// A watch that begins at `now`; the deployment at `start`.
    #[must_use]
    pub fn new(settings: Settings, start: i64, now: i64) -> Self {
        let happened = vec![(now, Happening::Restarted)];
        let (breached, stands) = ([None; RULES.len()], [Stand::default(); RULES.len()]);
        let (silenced, is_overdue, judged) = ([None; RULES.len()], [false; RULES.len()], [None; RULES.len()]);
        let (blind_since, blind_deadline) = (None, None);
        let acted = Vec::new();
        Self {
            settings,
            start,
            happened,
            acted,
            blind_since,
            blind_deadline,
            breached,
            stands,
            silenced,
            is_overdue,
            judged,
        }
    }

    /// Something happened.
    pub fn happens(&mut self, happening: Happening, now: i64) {
        if matches!(happening, Happening::Acted(_)) {
            self.acted.push(self.happened.len());
        }
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
            if !self.is_judged(rule)
                && let Some(judged) = walk::judged(self, rule, facts)
            {
                let from = self.window().0;
                self.judged.get_mut(rule).into_iter().for_each(|known| *known = Some((from, judged)));
            }
        }
        if matches!(happening, Happening::Heard(..) | Happening::Looked) && !self.is_closed() {
            for rule in self.armed(now) {
                let stand = self.stand(rule);
                let is_breached = stand.last.is_some_and(|last| last.is_breach && now <= last.good_until);
                if let Some(breached) = self.breached.get_mut(rule).filter(|_| is_breached && stand.firing.is_some()) {
                    *breached = Some(self.happened.len());
                }
            }
            self.turn_blind(now);
        }
    }

    /// The wall clock was set, and that is known: all that was is where it is by the clock as it is now. Only for a moment
    /// at which nothing fires: what fires keeps its times as the log has them.
    pub fn sets_clock(&mut self, by: i64) {
        for (at, happening) in &mut self.happened {
            *at += by;
            if let Happening::Heard(_, Answer::Value(_, at, good_until)) = happening {
                *at += by;
                *good_until += by;
            }
        }
        self.blind_since = self.blind_since.map(|since| since + by);
        // Of what went live the log has the time, by the clock as it was.
        if self.is_live() {
            self.judged.iter_mut().flatten().for_each(|(from, _)| *from += by);
        }
        for (rule, facts) in RULES.iter().enumerate() {
            let stand = walk::walk(self, rule, facts);
            self.stands.get_mut(rule).into_iter().for_each(|known| *known = stand);
        }
    }

    /// Whether the clock may be set: nothing fires, no deadline may come back, and no time of the wall is waited for.
    #[must_use]
    pub fn may_set_clock(&self, now: i64) -> bool {
        let is_over = |facts: &Rule| facts.window_s.is_none_or(|window_s| now > self.window().0 + window_s);
        let judged = RULES
            .iter()
            .enumerate()
            .all(|(rule, facts)| facts.window_s.is_none() || (self.is_judged(rule) && is_over(facts)));
        let is_quiet = self.stands.iter().all(|stand| stand.firing.is_none())
            && self.stands.get(4).is_some_and(|high| !high.has_fired);
        let rests = self.silenced.iter().any(Option::is_some);
        self.has_begun() && judged && is_quiet && !rests && self.blind_deadline.is_none() && !self.is_closed()
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

    /// What came of a success criterion last.
    #[must_use]
    pub fn judged(&self, rule: usize) -> Option<Judged> {
        self.judged.get(rule).copied().flatten().map(|(_, judged)| judged)
    }

    /// Whether that is what came of the window that counts.
    #[must_use]
    pub fn is_judged(&self, rule: usize) -> bool {
        self.judged.get(rule).copied().flatten().is_some_and(|(from, _)| from == self.window().0)
    }

    /// Where the windows of success begin: at go-live once that was declared, else at T0; and after what happened.
    fn window(&self) -> (i64, usize) {
        let mut begins = self.acts().rev().filter_map(|(place, at, act)| match act {
            Act::GoLive => Some((at, place)),
            Act::Attempt(start) => Some((start, place)),
            _ => None,
        });
        begins.next().unwrap_or((self.start, 0))
    }

    /// T0 of the attempt that counts.
    #[must_use]
    pub fn start(&self) -> i64 {
        let mut starts = self.acts().rev().filter_map(|(.., act)| match act {
            Act::Attempt(start) => Some(start),
            _ => None,
        });
        starts.next().unwrap_or(self.start)
    }

    fn life(&self) -> Life {
        let mut life = Life::default();
        self.acts().for_each(|(.., act)| life.turn(act));
        life
    }

    /// Whether the way back is taken.
    #[must_use]
    pub fn goes_back(&self) -> bool {
        self.life().goes_back
    }

    /// Whether the windows are counted from a go-live.
    fn is_live(&self) -> bool {
        let mut turns = self.acts().rev().filter(|(.., act)| matches!(act, Act::GoLive | Act::Attempt(_)));
        turns.next().is_some_and(|(.., act)| act == Act::GoLive)
    }

    /// How long a gate is held.
    #[must_use]
    pub fn hold_s(&self, gate: usize) -> i64 {
        // A new attempt holds as the plan wants.
        let cut = self.acts().rev().find_map(|(.., act)| match act {
            Act::Cut(which, hold_s) if which == gate => Some(Some(hold_s)),
            Act::Attempt(_) => Some(None),
            _ => None,
        });
        cut.flatten().or_else(|| GATES.get(gate).map(|(_, _, hold_s)| *hold_s)).unwrap_or(0)
    }

    /// What people did, each with where it stands among all that happened.
    fn acts(&self) -> impl DoubleEndedIterator<Item = (usize, i64, Act)> {
        self.acted.iter().filter_map(|place| match self.happened.get(*place) {
            Some((at, Happening::Acted(act))) => Some((*place, *at, *act)),
            _ => None,
        })
    }

    fn is_closed(&self) -> bool {
        self.life().is_closed
    }

    /// Whether the deployment has begun.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.life().has_begun()
    }

    /// Where what counts of a gate begins: whoever goes back to it, or to one before it, and whoever begins anew, makes
    /// void what was.
    fn gate_from(&self, gate: usize) -> usize {
        let mut voids = self.acts().rev().filter(|(.., act)| match act {
            Act::Back(to) => *to <= gate,
            Act::Attempt(_) => true,
            _ => false,
        });
        voids.next().map_or(0, |(place, ..)| place)
    }

    /// When a gate was entered, and whether it was left behind.
    fn gate(&self, gate: usize) -> (Option<i64>, bool) {
        let enters = |act: Act| match act {
            Act::Enter(which) | Act::Leave(which) | Act::Word(which, _) | Act::Back(which) => which == gate,
            _ => false,
        };
        let from = self.gate_from(gate);
        let counting = || self.acts().filter(move |(place, ..)| *place >= from);
        let entered = counting().find(|(.., act)| enters(*act)).map(|(_, at, _)| at);
        (entered, counting().any(|(.., act)| act == Act::Leave(gate)))
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
            let (from, _) = self.window();
            return (from..from + window_s).contains(&now);
        }
        match rule.gate {
            None => self.has_begun() || now >= self.start(),
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
        self.acts().filter(|(.., act)| *act == Act::Word(gate, condition)).map(|(_, at, _)| at).collect()
    }

    fn has_word(&self, gate: usize, condition: Option<usize>, now: i64) -> bool {
        let breached = condition.and_then(|rule| self.breached.get(rule).copied().flatten());
        // The last word counts, whatever the clock showed at an earlier one: it may have been set back between the two.
        let last = self.acts().rev().find(|(.., act)| *act == Act::Word(gate, condition));
        last.filter(|(place, ..)| *place >= self.gate_from(gate)).is_some_and(|(place, at, _)| {
            now - at <= self.settings.word_s && breached.is_none_or(|breached| place >= breached)
        })
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
}
