//! Answers and blanks: what may be said of a check that asks for more than a tick, and what it makes of it.

use super::day::{ANSWERS, CHECKS, Means, VALUES};
use super::gates::{gate_of, is_condition};
use super::rules::said;
use super::{Act, Ask, Reference, Sight};

/// What the answer of this ask means for its check; nothing where it names none of the check's answers.
pub(super) fn meant(check: usize, answer: usize) -> Option<Means> {
    let answers = CHECKS.get(check)?.answers;
    let answer = ANSWERS.get(answer)?.trim();
    answers.iter().find(|(words, _)| *words == answer).map(|(_, means)| *means)
}

/// What an accepted answer means; an ask without one says that the check is done.
pub(super) fn means(ask: &Ask) -> Means {
    match ask {
        Ask::Answer { check, answer, .. } => meant(*check, *answer).unwrap_or(Means::Yes),
        _ => Means::Yes,
    }
}

/// The answer that an act gave, in words.
fn given(act: &Act, check: usize) -> Option<&'static str> {
    match &act.ask {
        Ask::Answer { answer, .. } => ANSWERS.get(*answer).map(|words| words.trim()).filter(|words| !words.is_empty()),
        Ask::Confirm(_) | Ask::ConfirmSection(_) => claims(check),
        _ => None,
    }
}

/// The answer that the source claims.
pub(super) fn claims(check: usize) -> Option<&'static str> {
    let facts = CHECKS.get(check).filter(|facts| facts.claimed)?;
    facts.answers.first().map(|(words, _)| *words)
}

/// Its place among [`ANSWERS`]; that of none where the source claims none.
pub(super) fn claimed_answer(check: usize) -> usize {
    let claimed = claims(check).unwrap_or_default();
    ANSWERS.iter().position(|words| *words == claimed).unwrap_or_default()
}

/// What was said with an accepted answer, in one line.
pub(super) fn line(check: usize, answer: usize, values: usize) -> String {
    let answer = ANSWERS.get(answer).map_or("", |words| words.trim());
    let mut parts: Vec<String> = said(answer).into_iter().collect();
    let values = VALUES.get(values).copied().unwrap_or_default();
    let is_alone = values.len() == 1 && parts.is_empty() && CHECKS.get(check).is_some();
    parts.extend(values.iter().map(|(field, value)| match is_alone {
        true => value.trim().to_owned(),
        false => format!("{field}: {}", value.trim()),
    }));
    parts.join(" · ")
}

impl Reference {
    pub(super) fn allows_answer(&self, check: usize, answer: usize, values: usize, sight: &Sight) -> bool {
        let (Some(facts), Some(words), Some(values)) = (CHECKS.get(check), ANSWERS.get(answer), VALUES.get(values))
        else {
            return false;
        };
        let is_offered = match said(words) {
            None => facts.answers.is_empty(),
            Some(_) => meant(check, answer).is_some(),
        };
        let are_filled = values.iter().map(|(field, _)| *field).eq(facts.blanks.iter().copied())
            && values.iter().all(|(_, value)| said(value).is_some());
        let means = meant(check, answer).unwrap_or(Means::Yes);
        let is_so = means == Means::Yes;
        let last = self.last_on(check);
        let is_same = last.is_some_and(|act| given(act, check).is_some_and(|before| before == words.trim()));
        let is_new = match self.standing(check) {
            standing if standing.starts_with("stated") => {
                said(words).is_some() && !is_same || self.is_held_condition(check)
            }
            standing if standing.starts_with("answered no") || standing.starts_with("not applicable") => !is_same,
            standing => standing != "observed" || !is_so,
        };
        let is_seen_otherwise = sight.check == Some((check, false)) && is_so;
        // What speaks against going on may be said of what is still to come.
        let gates_let = match means {
            Means::NoGo => gate_of(check).is_none() || is_condition(check),
            _ => self.gates_let_state(check),
        };
        // A check that neither offers answers nor has blanks is ticked, or says what was seen.
        let is_asked_for_nothing_else = !facts.asks;
        let is_all_said = !is_so || self.may_be_done(check, !values.is_empty() || said(words).is_some());
        is_offered
            && are_filled
            && is_new
            && !is_seen_otherwise
            && gates_let
            && is_asked_for_nothing_else
            && is_all_said
    }
}
