//! What one look at the words of a line tells: which readers it may say something to, so that each of the others can
//! leave it at once.
//!
//! Owns: the place of each reader's words among all. Must not know: what a reader makes of them.

use std::sync::LazyLock;

use super::lists::Lists;
use super::signs::Signs;
use super::{criteria, criterion, gate, held, message, rollback, routine, script, steps, told};

/// A reader's words, one of which a line has that says anything to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    /// An order to turn back.
    Order,
    /// What joins the halves of an order.
    Join,
    /// What compares without a figure or a sign.
    Comparison,
    /// What makes the list below a line one of breaches.
    Lead,
    /// That something is sent to people.
    Sending,
    /// That something repeats.
    Repeating,
    /// How long to hold.
    Holding,
    /// That nobody passes before something is so.
    Stopping,
    /// The answer of a command.
    Answer,
    /// One of several, of which only one is run.
    Alternative,
    /// How long a way back may take.
    Limit,
    /// That something is to be done once a condition holds.
    Act,
    /// What makes a heading one over breaches.
    OverBreaches,
    /// How severe something is.
    Severity,
    /// That a way back, or all of it, worked.
    Success,
    /// That a heading stands over a checklist, or is a condition.
    Checklist,
    /// That a heading stands over what decides whether to go back.
    Deciding,
    /// That a heading stands over what must be true.
    Checking,
    /// That a heading stands over signs that are no state.
    Signs,
    /// That a heading stands over what is told.
    Told,
    /// That somebody decides to go or not.
    Decision,
    /// When a message is sent.
    Before,
    After,
    During,
    /// To whom it is.
    Audience,
}

impl Hint {
    const ALL: [Self; 25] = [
        Self::Order,
        Self::Join,
        Self::Comparison,
        Self::Lead,
        Self::Sending,
        Self::Repeating,
        Self::Holding,
        Self::Stopping,
        Self::Answer,
        Self::Alternative,
        Self::Limit,
        Self::Act,
        Self::OverBreaches,
        Self::Severity,
        Self::Success,
        Self::Checklist,
        Self::Deciding,
        Self::Checking,
        Self::Signs,
        Self::Told,
        Self::Decision,
        Self::Before,
        Self::After,
        Self::During,
        Self::Audience,
    ];

    fn words(self) -> Vec<&'static str> {
        match self {
            Self::Order => criteria::words_of_orders().collect(),
            Self::Join => criteria::words_that_join().collect(),
            Self::Comparison => criterion::words_that_compare().collect(),
            Self::Lead => criteria::words_of_leads().collect(),
            Self::Sending => message::SEND.to_vec(),
            Self::Repeating => routine::words_that_repeat().collect(),
            Self::Holding => gate::words_that_hold().collect(),
            Self::Stopping => held::STOP.to_vec(),
            Self::Answer => script::ANSWERS.to_vec(),
            Self::Alternative => script::words_of_alternatives().collect(),
            Self::Limit => rollback::LIMITS_INSIDE.to_vec(),
            Self::Act => criteria::words_of_acts().collect(),
            Self::OverBreaches => criteria::words_over_breaches().collect(),
            Self::Severity => criteria::severities().collect(),
            Self::Success => criteria::SUCCESS.to_vec(),
            Self::Checklist => vec!["checklist", "if"],
            Self::Deciding => steps::DECIDES.to_vec(),
            Self::Checking => steps::CHECKS.to_vec(),
            Self::Signs => steps::SIGNS_TOLD.to_vec(),
            Self::Told => told::TOLD.to_vec(),
            Self::Decision => held::DECISIONS.to_vec(),
            Self::Before => message::BEFORE.to_vec(),
            Self::After => message::AFTER.to_vec(),
            Self::During => message::DURING.to_vec(),
            Self::Audience => message::words_of_audiences().collect(),
        }
    }

    fn bit(self) -> u64 {
        1 << (self as u32)
    }
}

/// What a line may say.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hints {
    lists: u64,
    /// The sorts of bytes that it holds.
    pub(crate) signs: Signs,
}

impl Hints {
    /// The hints of what was not looked at: it may say anything.
    pub(crate) const ANY: Self = Self { lists: u64::MAX, signs: Signs::ANY };

    /// The hints of a text as it stands.
    pub(crate) fn of(text: &str) -> Self {
        static LISTS: LazyLock<Lists> = LazyLock::new(|| {
            let lists = Hint::ALL.map(Hint::words);
            Lists::new(lists.iter().map(Vec::as_slice))
        });
        let (lists, signs) = LISTS.look(text);
        Self { lists, signs }
    }

    /// Whether a text may say one of these.
    pub(crate) fn has_any(self, hints: &[Hint]) -> bool {
        hints.iter().any(|hint| self.has(*hint))
    }

    /// Whether a text may say this: it has the first word of one of the phrases.
    pub(crate) fn has(self, hint: Hint) -> bool {
        self.lists & hint.bit() != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{Audience, MessageMoment, Place, Plan};

    #[test]
    fn a_line_gives_a_hint_to_whom_it_says_something_and_to_nobody_else() {
        for (text, hint) in [
            ("✅ ROLL  BACK at once", Hint::Order),
            ("disks fill up OR hang", Hint::Join),
            ("Latency normal", Hint::Comparison),
            ("Rollback if:", Hint::Lead),
            ("**Post** in #ops:", Hint::Sending),
            ("Every 4 hours: look", Hint::Repeating),
            ("Soak time: 1h", Hint::Holding),
            ("Don't go on until it is green", Hint::Stopping),
            ("Expected output:", Hint::Answer),
            ("Alternatively:", Hint::Alternative),
            ("RTO: 30 min", Hint::Limit),
            ("page Ann", Hint::Act),
            ("Alert rules", Hint::OverBreaches),
            ("SEV-1", Hint::Severity),
            ("How to verify", Hint::Success),
            ("If go:", Hint::Checklist),
            ("Откат", Hint::Order),
        ] {
            assert!(Hints::of(text).has(hint), "{text}");
        }
        assert!(!Hints::of("Ada waters 3 plants").has_any(&Hint::ALL));
        assert!(Hint::ALL.iter().enumerate().all(|(at, hint)| hint.bit() == 1 << at && Hints::ANY.has(*hint)));
    }

    /// A text that is read as it is only by the words of a hint, and whether it was.
    type Example = (Hint, &'static str, fn(&Plan) -> bool);

    #[test]
    fn what_a_hint_leads_to_is_read() {
        fn moment(plan: &Plan) -> Option<MessageMoment> {
            plan.messages.first().map(|message| message.moment)
        }
        let examples: [Example; 12] = [
            (Hint::Deciding, "# X\n\n## Rollback triggers\n\n1. Restart the server\n", |plan| plan.items.is_empty()),
            (Hint::Checking, "# X\n\n## Verification\n\n- The page is up again\n- Ann sees her invoices\n", |plan| {
                plan.items.len() == 2
            }),
            (Hint::Signs, "# X\n\n## Key\n\n- ✅ Ann has seen it\n- ❌ Ann has not seen it\n", |plan| {
                plan.items.is_empty()
            }),
            (Hint::Told, "# X\n\n## Overview\n\n1. Restart the server\n", |plan| plan.items.is_empty()),
            (Hint::Checklist, "# X\n\n## Launch checklist\n\nRestart the server.\n", |plan| plan.items.len() == 1),
            (Hint::Decision, "# X\n\n## Deploy\n\n### Go / no-go\n\n- [ ] Ann agrees\n", |plan| plan.gates.len() == 1),
            (Hint::Before, "# X\n\n## Communication\n\n### Before\n\n- Slack: \"We begin at nine\"\n", |plan| {
                moment(plan) == Some(MessageMoment::Before)
            }),
            (Hint::After, "# X\n\n## Communication\n\n### After\n\n- Slack: \"We are done now\"\n", |plan| {
                moment(plan) == Some(MessageMoment::After)
            }),
            // What is nearer counts.
            (Hint::During, "# X\n\n## Communication after it\n\n### Updates\n\n- Slack: \"We go on now\"\n", |plan| {
                moment(plan) == Some(MessageMoment::During)
            }),
            (Hint::Audience, "# X\n\n## Communication\n\n### Customers\n\n- Mail: \"We begin at nine\"\n", |plan| {
                plan.messages.first().map(|message| message.audience) == Some(Audience::Customers)
            }),
            (Hint::Lead, "# X\n\n## Deploy\n\nRoll back if:\n\n- Error rate > 5 %\n", |plan| {
                plan.criteria.first().map(|criterion| criterion.place) == Some(Place::Decision)
            }),
            (Hint::OverBreaches, "# X\n\n## Deploy\n\n### Alert rules\n\n- Error rate > 5 %\n", |plan| {
                plan.criteria.first().map(|criterion| criterion.place) == Some(Place::Decision)
            }),
        ];
        let missed =
            examples.into_iter().filter(|(_, text, is_read)| !is_read(&crate::read(text, &Config::default()).0));
        assert_eq!(missed.map(|(hint, ..)| hint).collect::<Vec<_>>(), []);
    }
}
