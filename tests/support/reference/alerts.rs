//! Alerts: what was found of them, and what people did about it, each worked out from the first act on.

use super::day::ALERTS;
use super::rules::said;
use super::{AlertSeen, Ask, Found, Reference};

impl Reference {
    /// The last episode of an alert.
    pub(super) fn alert(&self, alert: usize) -> Option<AlertSeen> {
        let fires = |ask: &Ask| matches!(ask, Ask::Finds(Found::Fires(which, _)) if *which == alert);
        let began = self.acts.iter().rposition(|act| fires(&act.ask))?;
        let mut seen = AlertSeen { silenced: self.silence(alert), ..AlertSeen::default() };
        for act in self.acts.iter().skip(began) {
            match &act.ask {
                Ask::Finds(Found::Fires(which, deadline_s)) if *which == alert => {
                    seen.event = act.seq;
                    seen.deadline = deadline_s.map(|deadline_s| act.now + deadline_s);
                }
                Ask::Finds(Found::Resolved(which)) if *which == alert => seen.resolved = Some(act.now),
                Ask::Finds(Found::TimeIsUp(which)) if *which == alert => seen.is_overdue = true,
                Ask::Acknowledge(which, words) if *which == alert => {
                    seen.acknowledged = Some((act.actor.clone(), act.now, words.trim().to_owned()));
                }
                Ask::ExtendDeadline(which, until_s, reason) if *which == alert => {
                    seen.deadline = Some(act.now + until_s);
                    seen.extended = Some((act.actor.clone(), reason.trim().to_owned()));
                    seen.is_overdue = false;
                }
                _ => {}
            }
        }
        Some(seen)
    }

    /// What rests its voice, whichever episode it was said of: until it is lifted, is over, or its time is up.
    fn silence(&self, alert: usize) -> Option<(i64, String, String)> {
        let mut silence = None;
        for act in &self.acts {
            match &act.ask {
                Ask::Silence(which, until_s, reason) if *which == alert => {
                    silence = Some((act.now + until_s, act.actor.clone(), reason.trim().to_owned()));
                }
                Ask::LiftSilence(which) | Ask::Finds(Found::SilenceOver(which) | Found::TimeIsUp(which))
                    if *which == alert =>
                {
                    silence = None;
                }
                _ => {}
            }
        }
        silence
    }

    pub(super) fn allows_silence(&self, ask: &Ask, now: i64) -> bool {
        match ask {
            Ask::Silence(alert, until_s, reason) => {
                let Some(seen) = self.alert(*alert).filter(|seen| seen.resolved.is_none()) else { return false };
                let is_up = seen.is_overdue || seen.deadline.is_some_and(|deadline| deadline <= now);
                // What demands the way back rests for a quarter of an hour at the most.
                let is_short = !(*alert == 0 || is_up) || *until_s <= 900;
                self.actor().is_some() && said(reason).is_some() && *until_s > 0 && is_short
            }
            Ask::LiftSilence(alert) => {
                let silenced = self.alert(*alert).and_then(|seen| seen.silenced);
                silenced.is_some_and(|(until, ..)| now < until)
            }
            _ => false,
        }
    }

    pub(super) fn alerts(&self) -> Vec<Option<AlertSeen>> {
        (0..ALERTS.len()).map(|alert| self.alert(alert)).collect()
    }

    pub(super) fn allows_acknowledge(&self, alert: usize) -> bool {
        self.alert(alert).is_some_and(|seen| seen.acknowledged.is_none())
    }

    pub(super) fn allows_extend(&self, alert: usize, until_s: i64, reason: &str, now: i64) -> bool {
        let is_named = said(reason).is_some() && self.actor().is_some();
        let is_later =
            |seen: AlertSeen| seen.resolved.is_none() && seen.deadline.is_some_and(|deadline| now + until_s > deadline);
        is_named && until_s > 0 && self.alert(alert).is_some_and(is_later)
    }

    /// When the test notification was shown, and who said what of it since.
    pub(super) fn test(&self) -> Option<(i64, Option<(String, bool)>)> {
        let shown = self.acts.iter().rposition(|act| act.ask == Ask::Finds(Found::Tested))?;
        let mut since = self.acts.iter().skip(shown);
        let at = since.next()?.now;
        let mut answers = since.filter_map(|act| match &act.ask {
            Ask::AnswerTest(was_seen) => Some((act.actor.clone(), *was_seen)),
            _ => None,
        });
        Some((at, answers.next_back()))
    }

    pub(super) fn verdict(&self) -> Option<(bool, i64)> {
        let mut turns = self.acts.iter().filter_map(|act| match &act.ask {
            Ask::Finds(Found::Verdict(is_go)) => Some((*is_go, act.now)),
            _ => None,
        });
        turns.next_back()
    }
}
