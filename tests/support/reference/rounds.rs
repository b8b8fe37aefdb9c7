//! What repeats after go-live: each round listed from the beginning, with what was said in it.

use super::clock::DAY_S;
use super::day::{Every, ROUTINES};
use super::rules::{meets, said};
use super::{Act, Ask, CHECKS, Found, Reference, RoundSeen, SAWS, Said, Sight};

/// How long a round that is due is not overdue, at the most.
const GRACE_S: i64 = 900;

/// Somebody looked at the clock; and what came of it.
#[derive(Debug, Clone)]
pub(super) struct Look {
    now: i64,
    /// Whether the program was started anew right before.
    is_restart: bool,
    /// Whether what was live made rounds then.
    in_the_watch: bool,
    seen: MissedSeen,
}

/// What is told of rounds when somebody looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MissedSeen {
    /// What is said to the log: which rounds were missed, by routine and time.
    pub missed: Vec<(usize, i64)>,
    /// What is said on the desktop: how many rounds are due, and how many were missed.
    pub notice: Option<(usize, usize)>,
}

impl Look {
    pub(super) fn events(&self) -> usize {
        usize::from(!self.seen.missed.is_empty()) + usize::from(self.seen.notice.is_some())
    }
}

fn grace_s(every: Every) -> i64 {
    match every {
        Every::Seconds(every_s) => GRACE_S.min(every_s / 4),
        _ => GRACE_S,
    }
}

fn is_like(said_of_it: &Said) -> Option<String> {
    match said_of_it {
        Said::Done(saw) => Some(format!("done: {}", SAWS.get(*saw)?.0.and_then(said).unwrap_or_default())),
        Said::Overridden(reason) => Some(format!("overridden: {}", reason.trim())),
        Said::Deferred(reason) => Some(format!("deferred: {}", reason.trim())),
        Said::NotApplicable(reason) => Some(format!("not applicable: {}", reason.trim())),
    }
}

impl Reference {
    /// T0 on the wall.
    fn start_wall(&self) -> i64 {
        let mut attempts = self.acts.iter().rev().filter_map(|act| match act.ask {
            Ask::BeginAttempt(after_s, _) => Some(self.place.wall(act.now) + after_s),
            _ => None,
        });
        attempts.next().unwrap_or(self.place.start)
    }

    /// When the rounds of one routine are due, and after the last of them the one that would follow.
    fn dues(&self, routine: usize) -> Vec<i64> {
        let (Some(live), Some((every, _))) = (self.went_live(), ROUTINES.get(routine)) else { return Vec::new() };
        let wall = self.place.wall(live);
        let (today, time) = (wall.div_euclid(DAY_S), wall.rem_euclid(DAY_S));
        let at = |day: i64, time: i64| self.place.instant(day * DAY_S + time);
        // All that lies within a week of go-live on the wall, and one more.
        let within_a_week = |first: i64, step: i64, time: i64| {
            let days = (0..).map(|number| first + number * step);
            let count = days.clone().take_while(|day| day * DAY_S + time <= wall + 7 * DAY_S).count();
            days.map(|day| at(day, time)).take(count.max(1) + 1).collect()
        };
        match *every {
            Every::Handoff => Vec::new(),
            Every::Seconds(every_s) => (1..=DAY_S / every_s + 1).map(|number| live + number * every_s).collect(),
            Every::Day => within_a_week(today + 1, 1, time),
            Every::DayAt(time) => within_a_week(if at(today, time) > live { today } else { today + 1 }, 1, time),
            Every::WeekFrom(day) => {
                let moved = self.start_wall() - super::clock::TEXT_START;
                let mut first = (day * DAY_S + time + moved).div_euclid(DAY_S);
                while at(first, time) <= live {
                    first += 7;
                }
                within_a_week(first, 7, time)
            }
        }
    }

    /// The round that somebody means who counts from the last one that is due: 0 for it, 1 for the next, -1 for the one
    /// before.
    #[must_use]
    pub fn round_from(&self, routine: usize, count: i64, now: i64) -> i64 {
        let dues = self.dues(routine);
        let begun = dues.iter().filter(|due| **due <= now).count();
        let place = i64::try_from(begun).unwrap_or(0) - 1 + count;
        usize::try_from(place).ok().and_then(|place| dues.get(place)).copied().unwrap_or(now)
    }

    /// What was said in the rounds of the go-live that holds, and not taken back.
    fn ticks(&self) -> Vec<&Act> {
        let live = self.acts.iter().rev().find(|act| matches!(act.ask, Ask::DeclareGoLive(_)));
        let since = live.map_or(0, |act| act.seq);
        self.told().ticks.into_iter().filter(|act| act.seq > since).collect()
    }

    fn round(&self, routine: usize, due: (i64, i64), ticks: &[&Act], now: i64) -> RoundSeen {
        let Some((every, checks)) = ROUTINES.get(routine) else { return RoundSeen::default() };
        let of_this = |act: &&&Act, check: usize| matches!(act.ask, Ask::TickRound(a, b, c, _) if (a, b, c) == (routine, due.0, check));
        let last = |check: usize| ticks.iter().rfind(|act| of_this(act, check));
        let marks: Vec<Option<&&Act>> = checks.iter().map(|check| last(*check)).collect();
        let words = |act: &&Act| match &act.ask {
            Ask::TickRound(.., said_of_it) => is_like(said_of_it).map(|words| (act.seq, words)),
            _ => None,
        };
        let is_done = marks.iter().all(Option::is_some);
        let finished = marks.iter().flatten().max_by_key(|act| act.seq).filter(|_| is_done);
        let late = |now: i64| if now - due.0 >= grace_s(*every) { now - due.0 } else { 0 };
        let standing = if is_done {
            "done"
        } else if now < due.0 {
            "ahead"
        } else if now >= due.1 {
            if marks.iter().any(Option::is_some) { "unfinished" } else { "missed" }
        } else if late(now) > 0 {
            "overdue"
        } else {
            "due"
        };
        RoundSeen {
            due,
            standing,
            said: marks.iter().map(|mark| mark.and_then(words)).collect(),
            done: finished.map(|act| (act.now, act.actor.clone(), late(act.now))),
            why: None,
            was_away: false,
        }
    }

    /// Which rounds were missed when somebody said why, by routine and time, with the reason.
    fn explained(&self) -> Vec<((usize, i64), String)> {
        let live = self.acts.iter().rposition(|act| matches!(act.ask, Ask::DeclareGoLive(_)));
        let mut explained = Vec::new();
        for (place, act) in self.acts.iter().enumerate().skip(live.unwrap_or(0)) {
            let Ask::ExplainRounds(reason) = &act.ask else { continue };
            let rounds = self.before(place).bare_rounds(act.now);
            for (routine, rounds) in rounds.iter().enumerate() {
                let missed = rounds.iter().filter(|round| round.standing == "missed");
                explained.extend(missed.map(|round| ((routine, round.due.0), reason.trim().to_owned())));
            }
        }
        explained
    }

    /// From when to when nobody looked, since something was live.
    fn away(&self) -> Vec<(i64, i64)> {
        let slept = self.acts.iter().enumerate().filter_map(|(place, act)| match act.ask {
            Ask::Finds(Found::Slept(for_s)) if self.before(place).went_live().is_some() => {
                Some((act.now - for_s, act.now))
            }
            _ => None,
        });
        slept.collect()
    }

    /// The rounds, without what was said of all of them together.
    fn bare_rounds(&self, now: i64) -> Vec<Vec<RoundSeen>> {
        let ticks = self.ticks();
        let of = |routine: usize| {
            let dues = self.dues(routine);
            let each = dues.iter().zip(dues.iter().skip(1));
            each.map(|(due, until)| self.round(routine, (*due, *until), &ticks, now)).collect()
        };
        (0..ROUTINES.len()).map(of).collect()
    }

    pub(super) fn rounds(&self, now: i64) -> Vec<Vec<RoundSeen>> {
        let (away, explained) = (self.away(), self.explained());
        let mut rounds = self.bare_rounds(now);
        for (routine, rounds) in rounds.iter_mut().enumerate() {
            for round in rounds {
                let due = round.due.0;
                round.was_away = away.iter().any(|(from, to)| (*from..*to).contains(&due));
                // The first who spoke of it counts: after that it was explained.
                let why = explained.iter().find(|(known, _)| *known == (routine, due));
                round.why = why.map(|(_, reason)| reason.clone());
            }
        }
        rounds
    }

    /// How many rounds were missed and nobody said why, and how many checks those are.
    pub(super) fn missed(rounds: &[Vec<RoundSeen>]) -> (u64, u64) {
        let missed = rounds.iter().flatten().filter(|round| round.standing == "missed" && round.why.is_none());
        missed.fold((0, 0), |(count, checks), round| (count + 1, checks + round.said.len() as u64))
    }

    pub(super) fn due(&self, rounds: &[Vec<RoundSeen>]) -> Vec<(i64, usize)> {
        if self.mode() != "watch" {
            return Vec::new();
        }
        let is_due = |round: &&RoundSeen| matches!(round.standing, "due" | "overdue");
        let of = |(routine, rounds): (usize, &Vec<RoundSeen>)| {
            rounds.iter().filter(is_due).map(|round| (round.due.0, routine)).collect::<Vec<_>>()
        };
        let mut due: Vec<(i64, usize)> = rounds.iter().enumerate().flat_map(of).collect();
        due.sort_unstable();
        due
    }

    pub(super) fn ahead(rounds: &[Vec<RoundSeen>], now: i64) -> Vec<(i64, usize)> {
        let next = |(routine, rounds): (usize, &Vec<RoundSeen>)| {
            let next = rounds.iter().find(|round| round.due.0 > now);
            next.filter(|round| round.standing == "ahead").map(|round| (round.due.0, routine))
        };
        let mut ahead: Vec<(i64, usize)> = rounds.iter().enumerate().filter_map(next).collect();
        ahead.sort_unstable();
        ahead
    }

    /// Somebody looks: what is told of rounds then, each once, however long nobody looked and however often the program
    /// was started.
    pub fn look(&mut self, is_restart: bool, now: i64) -> MissedSeen {
        let mut seen = MissedSeen::default();
        if let Some(live) = self.went_live().filter(|_| self.mode() == "watch") {
            let rounds = self.rounds(now);
            for (routine, rounds) in rounds.iter().enumerate() {
                let told = self.looks.iter().flat_map(|look| &look.seen.missed);
                let told = told.filter(|(of, _)| *of == routine).map(|(_, due)| *due).max();
                let missed = rounds.iter().filter(|round| round.standing == "missed").map(|round| round.due.0);
                let new = missed.filter(|due| told.is_none_or(|told| *due > told));
                seen.missed.extend(new.map(|due| (routine, due)));
            }
            // What fell due since the desktop was told, or since somebody looked while the program ran.
            let told = self.looks.iter().filter(|look| look.seen.notice.is_some()).map(|look| look.now).max();
            let started = self.looks.iter().rposition(|look| look.is_restart).unwrap_or(0);
            let looked = self.looks.iter().skip(started).filter(|look| look.in_the_watch && !is_restart);
            let from = looked.map(|look| look.now).chain(told).fold(live, i64::max);
            let fell = |round: &&RoundSeen| from < round.due.0 && round.due.0 <= now;
            let count = |words: &[&str]| {
                let all = rounds.iter().flatten().filter(fell);
                all.filter(|round| words.contains(&round.standing)).count()
            };
            let (due, missed) = (count(&["due", "overdue"]), count(&["missed"]));
            seen.notice = Some((due, missed)).filter(|both| *both != (0, 0));
        }
        let in_the_watch = self.mode() == "watch";
        self.looks.push(Look { now, is_restart, in_the_watch, seen: seen.clone() });
        seen
    }

    pub(super) fn allows_round(&self, ask: &Ask, sight: &Sight, now: i64) -> bool {
        match ask {
            Ask::TickRound(routine, due, check, said_of_it) => {
                let dues = self.dues(*routine);
                let until = dues.iter().position(|one| one == due).and_then(|place| dues.get(place + 1));
                let (Some((every, _)), Some(until)) = (ROUTINES.get(*routine), until) else { return false };
                let round = self.round(*routine, (*due, *until), &self.ticks(), now);
                let place = ROUTINES.get(*routine).and_then(|(_, checks)| checks.iter().position(|one| one == check));
                let is_open = place.is_some_and(|place| round.said.get(place) == Some(&None));
                let is_said = match said_of_it {
                    Said::Overridden(reason) | Said::Deferred(reason) | Said::NotApplicable(reason) => {
                        said(reason).is_some()
                    }
                    Said::Done(saw) => {
                        let seen_otherwise = sight.check == Some((*check, false));
                        let is_met = CHECKS.get(*check).zip(SAWS.get(*saw));
                        !seen_otherwise && is_met.is_some_and(|(facts, (_, saw))| meets(facts, saw))
                    }
                };
                is_open && due - now <= grace_s(*every) && is_said
            }
            Ask::UntickRound(routine, due, check) => {
                let is_meant =
                    |act: &&Act| matches!(act.ask, Ask::TickRound(a, b, c, _) if (a, b, c) == (*routine, *due, *check));
                self.went_live().is_some() && self.ticks().iter().any(is_meant)
            }
            Ask::ExplainRounds(reason) => said(reason).is_some() && Self::missed(&self.rounds(now)).0 > 0,
            _ => false,
        }
    }
}
