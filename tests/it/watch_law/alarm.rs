//! What the desktop is told, held against what burns: no alarm is lost, none is doubled, what rests is silent.

use jiff::{SignedDuration, Timestamp};
use room::{Alarm, AlertId, Event, Notice, NotifyOutcome, Room, SUMMARY, Watch};
use tests::watched::RULES;

use super::tally::Count;
use super::{Bug, Day, at};

/// How often what nobody acknowledged is told again: what the settings say where they say nothing.
const REPEAT_S: i64 = 60;
/// How long a storm is gathered before it is told anew, and a look beside that.
const GATHERED_S: i64 = 6;

/// What was told of one rule.
#[derive(Debug, Clone, Copy, Default)]
struct Spoken {
    /// Since when it has burned without a rest, and of which episode that is.
    open: Option<(i64, i64)>,
    /// When it was told last in that time.
    told: Option<i64>,
    /// Whether its time was up then.
    was_overdue: bool,
}

/// The alarm, and what it said.
pub(super) struct Told {
    pub(super) alarm: Alarm,
    spoken: [Spoken; RULES.len()],
}

impl Told {
    pub(super) fn new(room: &Room, watch: &Watch, now: Timestamp) -> Self {
        Self { alarm: Alarm::new(room, watch, now), spoken: [Spoken::default(); RULES.len()] }
    }

    /// The wall clock is set.
    pub(super) fn set_clock(&mut self, watch: &Watch, by: i64) {
        self.alarm.clock_was_set(watch, SignedDuration::from_secs(by));
        for spoken in &mut self.spoken {
            spoken.told = spoken.told.map(|told| told + by);
            spoken.open = spoken.open.map(|(open, since)| (open + by, since));
        }
    }

    /// The program begins anew: what the log says was told waits for its time from here.
    pub(super) fn restart(&mut self, room: &Room, watch: &Watch, now: Timestamp) {
        self.alarm = Alarm::new(room, watch, now);
        for spoken in self.spoken.iter_mut().filter(|spoken| spoken.told.is_some()) {
            spoken.told = Some(now.as_second());
        }
    }
}

impl Day {
    /// Lets the alarm speak, and holds what it says against what burns.
    pub(super) fn tell(&mut self) {
        self.tell_of_rounds();
        let now = at(self.now);
        let mut notices = self.told.alarm.due(&self.room, &self.watch, now);
        let is_resting = |rule: usize| self.reference.silenced(rule).is_some();
        match self.bug {
            Bug::SilenceRestsAll if (0..RULES.len()).any(is_resting) => notices.clear(),
            Bug::ToldOnce => notices.retain(|notice| notice.is_first),
            _ => {}
        }
        let ids: Vec<AlertId> = (0..RULES.len()).map(|rule| self.rule_id(rule)).collect();
        self.follow_the_voices(&ids, &notices);
        // What the log keeps of it.
        for notice in notices.into_iter().filter(|notice| notice.is_first) {
            self.tally.count(if notice.key == SUMMARY { Count::Summed } else { Count::Told });
            let Notice { key, title, .. } = notice;
            let told = Event::Notified { key, title, outcome: NotifyOutcome::Shown, words: String::new() };
            self.take(vec![told], "War Room");
        }
    }

    fn follow_the_voices(&mut self, ids: &[AlertId], notices: &[Notice]) {
        let here = self.here();
        let firing = self.watch.firing(&self.room, at(self.now));
        for (rule, id) in ids.iter().enumerate() {
            let stand = self.reference.stand(rule);
            let burns = firing.iter().any(|(firing, _)| firing == id) && self.room.closed().is_none();
            let follows = self.reference.follows(rule, self.now);
            let is_overdue = stand.deadline.is_some_and(|deadline| deadline <= self.now);
            // What came to be overdue right now was silenced as something smaller: it speaks before the log has it.
            let in_log = self.room.alerts().get(id).is_some_and(|state| state.is_overdue);
            let is_silenced =
                is_overdue == in_log && self.reference.silenced(rule).is_some_and(|until| self.now < until);
            if follows {
                self.tally.count(Count::Followed);
            }
            let by_itself: Vec<&Notice> =
                notices.iter().filter(|notice| notice.key == id.as_str() && notice.severity.is_some()).collect();
            assert!(by_itself.len() <= 1, "told twice at once, {}: {here}", RULES[rule].text);
            let spoken = &mut self.told.spoken[rule];
            if !burns || follows || is_silenced {
                assert!(by_itself.is_empty(), "{} rests, and is told: {here}", RULES[rule].text);
                *spoken = Spoken::default();
                continue;
            }
            let Some(since) = stand.firing else { continue };
            // What is new and what gets worse is told at once; more time is no news.
            if spoken.open.is_none_or(|(_, of)| of != since) || (is_overdue && !spoken.was_overdue) {
                *spoken = Spoken { open: Some((self.now, since)), ..Spoken::default() };
            }
            spoken.was_overdue = is_overdue;
            let in_summary = notices.iter().any(|notice| notice.key == SUMMARY);
            if !by_itself.is_empty() {
                // After a clock was set back it is told once too often, and never too late.
                let is_too_soon = spoken.told.is_some_and(|told| (told..told + REPEAT_S).contains(&self.now));
                assert!(!is_too_soon, "{} is told twice: {here}", RULES[rule].text);
            }
            if in_summary || !by_itself.is_empty() {
                spoken.told = Some(self.now);
            }
            let open = spoken.open.map_or(self.now, |(open, _)| open);
            let waits_since = spoken.told.map_or(open, |told| told + REPEAT_S);
            assert!(self.now - waits_since <= GATHERED_S, "{} burns, and is not told: {here}", RULES[rule].text);
        }
    }
}
