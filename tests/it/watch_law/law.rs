//! All that must be so at any moment of a watched day.

use jiff::Timestamp;
use room::{AlertId, Cause, Mode, Phase, Room, Standing, SuccessOutcome, VerdictWord};
use tests::watched::{Grave, RULES, Word};

use super::tally::Count;
use super::{Day, at};

impl Day {
    /// All that must be so at any moment.
    pub(super) fn hold_the_law(&mut self) {
        let now = at(self.now);
        let here = self.here();
        for (rule, facts) in RULES.iter().enumerate() {
            let (id, stand) = (self.rule_id(rule), self.reference.stand(rule));
            let phase = match (stand.firing, stand.pending) {
                (Some(_), _) => Phase::Firing,
                (None, Some(_)) => Phase::Pending,
                (None, None) => Phase::Inactive,
            };
            assert_eq!(self.watch.phase(&id), phase, "{}: {here}", facts.text);
            let since = self.watch.rule_memory(&id).and_then(room::RuleMemory::since).map(Timestamp::as_second);
            assert_eq!(since, stand.firing.or(stand.pending), "since, {}: {here}", facts.text);
            let deadline = self.watch.deadline_of(&self.room, &id).map(Timestamp::as_second);
            assert_eq!(deadline, stand.deadline, "deadline, {}: {here}", facts.text);
            assert_eq!(
                self.watch.fresh(&id, now).is_some(),
                self.reference.is_fresh(rule, self.now),
                "{}: {here}",
                facts.text
            );
            // What burns in the log burns in the watch.
            let in_log = self.room.alerts().get(&id).is_some_and(room::AlertState::is_firing);
            assert_eq!(in_log, phase == Phase::Firing, "in the log, {}: {here}", facts.text);
            let extended = self.room.alerts().get(&id).is_some_and(|state| state.extended.is_some());
            if let (Some((was_since, was)), Some((since, is))) = (self.deadlines[rule], stand.firing.zip(deadline)) {
                assert!(was_since != since || is <= was || extended, "the deadline moved to later: {here}");
            }
            self.deadlines[rule] = stand.firing.zip(deadline);
            let silence = self.room.alerts().get(&id).and_then(|state| state.silenced.as_ref());
            let until = silence.map(|silence| silence.until.as_second());
            assert_eq!(until, self.reference.silenced(rule), "silenced, {}: {here}", facts.text);
            let follows = self.watch.follows(&self.room, now).contains_key(&id);
            assert_eq!(follows, self.reference.follows(rule, self.now), "follows, {}: {here}", facts.text);
            self.hold_the_judgement(rule, &id, &here);
            if let Some(item) =
                self.watch.book().rules.iter().find(|known| known.id == id).and_then(|rule| rule.item.clone())
                && matches!(self.room.standing(&item), Standing::Observed { .. })
                && facts.gate == self.reference.current_gate().map(|(gate, _)| gate)
                && self.room.mode() != Mode::Closed
            {
                let is_good = self.reference.is_fresh(rule, self.now) && stand.last.is_some_and(|last| !last.is_breach);
                assert!(is_good, "{} is shown as observed: {here}", facts.text);
            }
        }
        let blind = self.watch.memory().blind();
        let blind = blind.map(|blind| (blind.since().as_second(), blind.deadline().map(Timestamp::as_second)));
        assert_eq!(blind, self.reference.blind(), "blind: {here}");
        let in_log = self.room.alerts().get(&AlertId::blind()).is_some_and(room::AlertState::is_firing);
        assert_eq!(in_log, blind.is_some(), "blindness in the log: {here}");
        self.hold_the_verdict(&here);
        self.hold_the_hold(&here);
    }

    /// A success criterion is judged once, at the end of its window, on what was seen in it.
    fn hold_the_judgement(&self, rule: usize, id: &AlertId, here: &str) {
        let known = self.room.success().get(id);
        let Some(judged) = self.reference.judged(rule) else {
            assert_eq!(known, None, "judged: {here}");
            return;
        };
        let known = known.unwrap_or_else(|| panic!("{} is not judged: {here}", RULES[rule].text));
        let is_unproven = judged.unseen_s > self.settings.blind_s;
        let outcome = match (judged.has_fired, is_unproven) {
            (true, _) => SuccessOutcome::NotMet,
            (false, true) => SuccessOutcome::Unproven,
            (false, false) => SuccessOutcome::Met,
        };
        let seconds = |milliseconds: u64| i64::try_from(milliseconds / 1000).expect("short");
        assert_eq!(
            (known.outcome, seconds(known.breached_ms), seconds(known.unseen_ms)),
            (outcome, judged.breached_s, judged.unseen_s),
            "judged: {here}"
        );
    }

    fn hold_the_verdict(&mut self, here: &str) {
        let verdict = self.watch.verdict(&self.room, at(self.now));
        let word = match verdict.word {
            VerdictWord::NotWatched => Word::NotWatched,
            VerdictWord::Go => Word::Go,
            VerdictWord::Hold => Word::Hold,
            VerdictWord::Blind => Word::Blind,
            VerdictWord::RollBack => Word::RollBack,
        };
        assert_eq!(word, self.reference.verdict(self.now), "{:?}: {here}", verdict.cause);
        self.tally.words[word as usize] += 1;
        if word == Word::Go {
            let is_strong = |rule: &usize| RULES[*rule].gate.is_none() && RULES[*rule].grave >= Grave::High;
            let all_seen = (0..RULES.len()).filter(is_strong).all(|rule| self.reference.is_fresh(rule, self.now));
            assert!(all_seen, "GO, and a CRITICAL or a HIGH is unseen: {here}");
        }
        if verdict.cause != Cause::Waiting && self.room.mode() != Mode::Closed {
            let said = self.room.verdict().map_or(VerdictWord::NotWatched, |(word, _)| word);
            assert_eq!(said, verdict.word, "what the log says of the verdict: {here}");
        }
    }

    fn hold_the_hold(&mut self, here: &str) {
        let Some((gate, entered)) = self.reference.current_gate() else { return };
        let held_ms = self.watch.memory().hold().held_ms();
        if self.watch.memory().hold().turn().is_none() || held_ms == 0 {
            return;
        }
        self.tally.counts[Count::OnWord as usize] += usize::from(self.watch.memory().hold().on_word());
        let from = self.broken.unwrap_or(entered).max(entered);
        let covered_s = self.reference.covered_s(gate, (from, self.furthest), self.now);
        let covered_ms = u64::try_from(covered_s).expect("ahead") * 1000;
        assert!(held_ms <= covered_ms, "held for {held_ms} ms, seen for {covered_ms} ms: {here}");
    }

    /// Whoever reads the log sees the room that was lived in.
    pub(super) fn fold(&self) {
        let mut log = self.log.clone();
        for recorded in &mut log {
            let stored = serde_json::to_string(&recorded.event).expect("an event can be written");
            recorded.event = serde_json::from_str(&stored).expect("what was written can be read");
        }
        let folded = Room::fold(&log).expect("the log begins with the opening");
        let here = self.here();
        assert_eq!((folded.alerts(), folded.success()), (self.room.alerts(), self.room.success()), "{here}");
        assert_eq!(
            (folded.verdict(), folded.mode(), folded.last()),
            (self.room.verdict(), self.room.mode(), self.room.last()),
            "{here}"
        );
        for item in &self.room.plan().items {
            assert_eq!(folded.item(&item.id), self.room.item(&item.id), "{here}");
            assert_eq!(folded.gate(&item.id), self.room.gate(&item.id), "{here}");
        }
    }
}
