//! One rule, walked through all that was heard of it.

use super::{Absence, Act, Answer, Grave, Happening, OUTLIVES_S, Rule, Takes, Watched};
use super::{EVERY_S, Judged, Life, TIMEOUT_S};

/// A sample as a rule takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Its own time.
    pub at: i64,
    /// Until when it counts.
    pub good_until: i64,
    /// Whether it is a breach.
    pub is_breach: bool,
}

/// Where a rule stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stand {
    /// Since when it fires.
    pub firing: Option<i64>,
    /// Since when it threatens.
    pub pending: Option<i64>,
    /// Until when it must be resolved.
    pub deadline: Option<i64>,
    /// The last sample.
    pub last: Option<Taken>,
    /// Whether it ever fired.
    pub has_fired: bool,
}

/// What a rule hears: a sample, or that it has more time.
enum Heard {
    Sample(Taken),
    Extended(i64),
}

/// All that happened, and at each look whether the rule counted; none where nobody looks, or the room is closed.
pub(super) fn looks(watched: &Watched, rule: usize) -> Vec<(i64, Happening, Option<bool>)> {
    let gate = super::RULES.get(rule).and_then(|rule| rule.gate);
    let window = super::RULES.get(rule).and_then(|rule| rule.window_s);
    let (from, since) = watched.window();
    let judging = window.and_then(|window_s| judging(watched, from + window_s));
    let mut life = Life::default();
    let mut gates = [(false, false); super::GATES.len()];
    let mut start = watched.start;
    let told = watched.happened.iter().enumerate().map(|(place, (now, happening))| {
        let mut counts = None;
        if let Happening::Acted(act) = happening {
            life.turn(*act);
        }
        match happening {
            Happening::Acted(Act::Attempt(begins)) => {
                start = *begins;
                gates = Default::default();
            }
            Happening::Acted(act) => {
                for (at, (is_entered, is_left)) in gates.iter_mut().enumerate() {
                    if let Act::Back(to) = act
                        && *to <= at
                    {
                        (*is_entered, *is_left) = (*to == at, false);
                    }
                    *is_entered |= matches!(act, Act::Enter(gate) | Act::Word(gate, _) if *gate == at);
                    *is_left |= *act == Act::Leave(at);
                }
            }
            Happening::Heard(..) | Happening::Overtaken | Happening::Looked if !life.is_closed => {
                let end = window.map(|window_s| from + window_s);
                counts = Some(match gate {
                    // What came of a window before is judged, and forgotten.
                    _ if end.is_some() && place < since => false,
                    // From its end on what was sampled in the window is waited for, until it is judged.
                    _ if end.is_some() => {
                        let is_judged_later = judging.is_none_or(|(at, _)| *now < at);
                        let is_waited_for = judging.is_some() && is_judged_later;
                        *now >= from && (end.is_some_and(|end| *now < end) || is_waited_for)
                    }
                    None => life.has_begun() || *now >= start,
                    Some(gate) => gates.get(gate) == Some(&(true, false)),
                });
            }
            _ => {}
        }
        (*now, *happening, counts)
    });
    told.collect()
}

/// All that a rule has heard since it began to count.
fn heard(watched: &Watched, rule: usize, facts: &Rule) -> Vec<Heard> {
    let mut heard: Vec<Heard> = Vec::new();
    for (now, happening, counts) in looks(watched, rule) {
        match (happening, counts) {
            (_, Some(false)) => heard.clear(),
            (Happening::Acted(Act::Extend(which, until)), _) if which == rule => heard.push(Heard::Extended(until)),
            (Happening::Heard(metric, answer), Some(true)) if metric == facts.metric => {
                let end = facts.window_s.map(|window_s| watched.window().0 + window_s);
                let is_too_late = |sample: &Taken| end.is_some_and(|end| now >= end && sample.at >= end);
                let sample = sample(watched.settings.absence, facts, answer, now);
                heard.extend(sample.filter(|sample| !is_too_late(sample)).map(Heard::Sample));
            }
            _ => {}
        }
    }
    heard
}

/// When a window that ends at `end` is judged, as far as has happened: the first moment at which the last answers had
/// time to come after somebody looked. `i64::MAX` while that is ahead; none where nothing is to be judged.
fn judging(watched: &Watched, end: i64) -> Option<(i64, usize)> {
    let ((from, since), mut life, mut was_looked_at) = (watched.window(), Life::default(), false);
    let mut ended = None;
    for (place, (now, happening)) in watched.happened.iter().enumerate() {
        if let Happening::Acted(act) = happening {
            life.turn(*act);
        }
        match happening {
            Happening::Acted(_) | Happening::Restarted => {}
            _ if life.is_closed || place < since => {}
            _ if *now < end => was_looked_at |= *now >= from,
            // Nothing was deployed, or nobody was there: nothing is judged, whatever comes later.
            _ if ended.is_none() && !(life.has_begun() && was_looked_at) => return None,
            _ => {
                let ended = *ended.get_or_insert(*now);
                if now - ended >= 2 * EVERY_S + TIMEOUT_S {
                    return Some((*now, place));
                }
            }
        }
    }
    ended.map(|_| (i64::MAX, usize::MAX))
}

/// What came of a success criterion, second by second, at the moment at which it is judged.
pub(super) fn judged(watched: &Watched, rule: usize, facts: &Rule) -> Option<Judged> {
    let (from, _) = watched.window();
    let end = from + facts.window_s?;
    let (_, place) = judging(watched, end)?;
    // All that had happened until then.
    let happened = watched.happened.get(..place)?.to_vec();
    let acted = watched.acted.iter().copied().filter(|acted| *acted < place).collect();
    let before = Watched { happened, acted, ..watched.clone() };
    let samples = samples(&before, rule);
    let mut judged = Judged { has_fired: walk(&before, rule, facts).has_fired, breached_s: 0, unseen_s: 0 };
    for second in from..end {
        let last = samples.iter().rev().find(|sample| sample.at <= second);
        match last.filter(|sample| second < sample.good_until) {
            None => judged.unseen_s += 1,
            Some(sample) => judged.breached_s += i64::from(sample.is_breach),
        }
    }
    Some(judged)
}

/// What an answer means to a rule.
fn sample(absence: Absence, facts: &Rule, answer: Answer, now: i64) -> Option<Taken> {
    let is_breach = |value: f64| value > facts.breach.0 && value < facts.breach.1;
    let absent = |is_breach| Some(Taken { at: now, good_until: now + 2 * EVERY_S + TIMEOUT_S, is_breach });
    match (answer, absence) {
        (Answer::Value(value, at, good_until), _) => Some(Taken { at, good_until, is_breach: is_breach(value) }),
        (Answer::TooFew | Answer::Unreachable, _) | (Answer::Absent, Absence::Blind) => None,
        (Answer::Absent, Absence::Zero) => absent(is_breach(0.0)),
        (Answer::Absent, Absence::Breach) => absent(true),
    }
}

/// Takes a sample, and says whether it is new: one of the same time may only count for longer.
fn take(taken: &mut Vec<Taken>, sample: Taken) -> bool {
    match taken.last_mut() {
        Some(last) if sample.at == last.at => last.good_until = last.good_until.max(sample.good_until),
        Some(last) if sample.at < last.at => {}
        _ => {
            taken.push(sample);
            return true;
        }
    }
    false
}

/// The samples that a rule took.
pub(super) fn samples(watched: &Watched, rule: usize) -> Vec<Taken> {
    let Some(facts) = super::RULES.get(rule) else { return Vec::new() };
    let mut taken = Vec::new();
    for one in heard(watched, rule, facts) {
        if let Heard::Sample(sample) = one {
            take(&mut taken, sample);
        }
    }
    taken
}

/// Where the stretch of equal samples began that the last one ends. What was not seen was not good.
fn began(taken: &[Taken]) -> i64 {
    let mut back = taken.iter().rev();
    let Some(last) = back.next() else { return 0 };
    let mut began = last;
    for one in back {
        let is_gap = !last.is_breach && one.good_until < began.at;
        if one.is_breach != last.is_breach || is_gap {
            break;
        }
        began = one;
    }
    began.at
}

/// The last so many samples, in their order.
fn newest(taken: &[Taken], of: usize) -> &[Taken] {
    taken.get(taken.len().saturating_sub(of)..).unwrap_or_default()
}

/// From the first sample to the last.
pub(super) fn walk(watched: &Watched, rule: usize, facts: &Rule) -> Stand {
    let fire = watched.settings.fire.unwrap_or(Takes::Of(2, 3));
    let mut stand = Stand::default();
    let mut taken: Vec<Taken> = Vec::new();
    let mut resolved: Option<i64> = None;
    // The deadline of the episode that fires, or of the last one.
    let mut deadline = None;
    for one in heard(watched, rule, facts) {
        let sample = match one {
            Heard::Extended(until) => {
                deadline = Some(until);
                continue;
            }
            Heard::Sample(sample) => sample,
        };
        if !take(&mut taken, sample) {
            continue;
        }
        let breaches = |of: usize| newest(&taken, of).iter().filter(|sample| sample.is_breach).count();
        let goods = |of: usize| newest(&taken, of).iter().filter(|sample| !sample.is_breach).count();
        let lasts = sample.at - began(&taken);
        match (sample.is_breach, stand.firing) {
            (true, Some(_)) => {}
            (true, None) => {
                let since = *stand.pending.get_or_insert(sample.at);
                let fires = match fire {
                    Takes::Of(hits, of) => breaches(of) >= hits,
                    Takes::For(long) => lasts >= long,
                };
                if fires {
                    stand.has_fired = true;
                    stand.firing = Some(since);
                    let is_old = resolved.is_some_and(|resolved| since - resolved <= OUTLIVES_S);
                    let own = since + watched.settings.high_s;
                    let old = deadline.filter(|_| is_old);
                    deadline = (facts.grave == Grave::High).then(|| old.unwrap_or(own));
                }
            }
            (false, Some(_)) => {
                let is_clear = match (watched.settings.clear, fire) {
                    (Some(Takes::Of(hits, of)), _) => goods(of) >= hits,
                    (Some(Takes::For(long)), _) => lasts >= long,
                    (None, Takes::For(_)) => true,
                    (None, Takes::Of(_, of)) => goods(of) == of,
                };
                if is_clear && lasts >= watched.settings.keep_s {
                    (stand.firing, stand.pending) = (None, None);
                    resolved = Some(sample.at);
                }
            }
            (false, None) => {
                let threatens = |of: usize| newest(&taken, of).iter().find(|sample| sample.is_breach);
                stand.pending = match fire {
                    Takes::For(_) => None,
                    Takes::Of(_, of) => threatens(of).map(|oldest| oldest.at),
                };
            }
        }
    }
    stand.deadline = stand.firing.and(deadline);
    stand.last = taken.last().copied();
    stand
}
