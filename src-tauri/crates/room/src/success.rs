//! The criteria of success as they stand, and what is not met when a person declares success. The declaration is a person's: no
//! criterion declares anything, and none forbids it.

use jiff::Timestamp;
use plan::{ItemId, SectionKind, Severity};

use crate::alert::{AlertId, Judged, Purpose, Rule, Rulebook, SuccessOutcome, window_of};
use crate::said::question;
use crate::state::{Room, Standing};

/// Where a criterion of success stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuccessStanding {
    /// Seen over its whole window, and met.
    Met,
    /// A person says that it is met.
    OnWord,
    /// It was broken in its window.
    NotMet,
    /// Too much of its window was not seen.
    Unproven,
    /// Its window runs.
    Running,
    /// It was passed against what was seen.
    Overridden,
    /// It does not apply.
    NotApplicable,
    /// Nobody said anything of it, and nothing observes it.
    Open,
}

impl SuccessStanding {
    /// Whether success can be declared without naming it.
    #[must_use]
    pub fn is_met(self) -> bool {
        matches!(self, Self::Met | Self::OnWord | Self::NotApplicable)
    }
}

/// A criterion of success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuccessLine {
    /// Its check.
    pub item: ItemId,
    /// Its words.
    pub text: String,
    /// Where it stands.
    pub standing: SuccessStanding,
    /// What was seen or said of it, or why it is not met.
    pub words: String,
    /// When its window ends, where one runs.
    pub until: Option<Timestamp>,
    /// What came of its window.
    pub judged: Option<Judged>,
}

/// The criteria of success as they stand now, in the order of the text.
#[must_use]
pub fn success_lines(room: &Room, now: Timestamp) -> Vec<SuccessLine> {
    let plan = room.plan();
    let is_success = |section| plan.section(section).is_some_and(|section| section.kind == SectionKind::Success);
    let items = plan.items.iter().filter(|item| item.section.as_ref().is_some_and(is_success));
    let items: Vec<_> = items.filter(|item| item.children.is_empty()).collect();
    if items.is_empty() {
        return Vec::new();
    }
    let book = Rulebook::of(room);
    items
        .into_iter()
        .map(|item| {
            let of_item = |rule: &&Rule| {
                let is_its = plan.criterion_of(&item.id).is_some_and(|known| rule.id == AlertId::from(&known.id));
                is_its || rule.id == AlertId::from(&item.id)
            };
            let rule = book.rules.iter().find(of_item);
            let line = |standing, words: String| SuccessLine {
                item: item.id.clone(),
                text: question(item),
                standing,
                words,
                until: None,
                judged: None,
            };
            match room.standing(&item.id) {
                Standing::Overridden { reason } => return line(SuccessStanding::Overridden, reason.clone()),
                Standing::NotApplicable { reason } => return line(SuccessStanding::NotApplicable, reason.clone()),
                _ => {}
            }
            if let Some(rule) = rule
                && let Purpose::Success { window_s } = rule.purpose
                && let Some((from, to)) = window_of(room, window_s)
            {
                return in_window(room, rule, (from, to), now, line);
            }
            match room.standing(&item.id) {
                Standing::Stated { saw } => line(SuccessStanding::OnWord, saw.clone().unwrap_or_default()),
                Standing::Observed { seen } => line(SuccessStanding::Met, seen.words.clone()),
                Standing::AnsweredNo { words, .. } => line(SuccessStanding::NotMet, words.clone()),
                Standing::Lost { why, .. } => line(SuccessStanding::NotMet, why.clone()),
                Standing::Deferred { reason, .. } => line(SuccessStanding::Open, format!("deferred: {reason}")),
                _ => line(SuccessStanding::Open, "nobody said so, and nothing observes it".to_owned()),
            }
        })
        .collect()
}

fn in_window(
    room: &Room,
    rule: &Rule,
    (from, to): (Timestamp, Timestamp),
    now: Timestamp,
    line: impl Fn(SuccessStanding, String) -> SuccessLine,
) -> SuccessLine {
    // What was judged over the window from T0 says nothing of the one from go-live.
    let judged = room.success().get(&rule.id).filter(|judged| (judged.from, judged.to) == (from, to));
    let Some(judged) = judged else {
        let fires = room.alerts().get(&rule.id).is_some_and(crate::alert::AlertState::is_firing);
        let (standing, words) = match (fires, now < to) {
            (true, _) => (SuccessStanding::NotMet, "it is broken now".to_owned()),
            (false, true) => (SuccessStanding::Running, "its window is not over".to_owned()),
            (false, false) => (SuccessStanding::Unproven, "its window is over, and nothing was judged".to_owned()),
        };
        return SuccessLine { until: (now < to).then_some(to), ..line(standing, words) };
    };
    let (standing, words) = match judged.outcome {
        SuccessOutcome::Met => (SuccessStanding::Met, "seen over its whole window"),
        SuccessOutcome::NotMet => (SuccessStanding::NotMet, "it was broken in its window"),
        SuccessOutcome::Unproven => (SuccessStanding::Unproven, "too much of its window was not seen"),
        SuccessOutcome::CutShort => (SuccessStanding::Unproven, "its window was cut short"),
    };
    SuccessLine { judged: Some(judged.clone()), ..line(standing, words.to_owned()) }
}

/// What is not met when success is declared now, each in words: criteria of success, then what burns.
#[must_use]
pub fn success_open(room: &Room, now: Timestamp) -> Vec<String> {
    let lines = success_lines(room, now);
    let open = lines.iter().filter(|line| !line.standing.is_met());
    let mut open: Vec<String> = open
        .map(|line| {
            let how = match line.standing {
                SuccessStanding::NotMet => "not met",
                SuccessStanding::Unproven => "unproven",
                SuccessStanding::Running => "not over yet",
                SuccessStanding::Overridden => "overridden",
                _ => "not observed",
            };
            format!("{how}: {} ({})", line.text, line.words)
        })
        .collect();
    if lines.is_empty() {
        open.push("the checklist names no criteria of success".to_owned());
    }
    for state in room.alerts().values().filter(|state| state.is_firing()) {
        let severity = match state.fired.severity {
            Severity::Critical => "CRITICAL",
            Severity::High => "HIGH",
            Severity::Medium => "MEDIUM",
        };
        open.push(format!("{severity} fires: {}", state.fired.name));
    }
    open
}
