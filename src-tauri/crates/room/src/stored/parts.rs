//! How each part of a room is stored.

use plan::config::BoundBy;
use plan::{CommandId, Contact, ContactId, CriterionId, ItemId, MessageId, SectionId, Severity, Unit};

use super::{Rest, Stored, get_text, put_text, stored};
use crate::alert::{AlertId, AlertState, Fired, Judged, Seen, Silence, SuccessOutcome};
use crate::attempt::Attempt as PastAttempt;
use crate::bound::{Armed, Binding};
use crate::event::{
    Accepted, Drill, Evidence, NotifyOutcome, Opened, Person, RoomClosed, RoundKey, RoundReading, RoundSaid, Way,
};
use crate::evidence::Attached;
use crate::gate::HoldTurn;
use crate::handoff::{Handoff, Handoffs, Offer};
use crate::reread::{Carried, Reread};
use crate::rollback::{RollbackEnd, RollbackState, StepState, ToldState, WayTaken};
use crate::routine::{Afterwards, RoundDone, RoundMark, RoundState, Succeeded, WentLive, Why};
use crate::said::{Answer, Meaning, Said, Value};
use crate::schedule::{HoldCut, Moved, ScheduleState};
use crate::state::{
    Attempt, ContactState, Draft, GatePass, GateState, Gone, ItemState, Mark, Note, Proof, Sent, Standing, TestState,
    Undoable,
};
use crate::verdict::VerdictWord;

macro_rules! names {
    ($($name:ident),*) => {$(
        impl Stored for $name {
            fn put(&self, out: &mut Vec<u8>) {
                put_text(self.as_str(), out);
            }
            fn get(from: &mut Rest<'_>) -> Option<Self> {
                get_text(from).map(|text| Self::from(text.to_owned()))
            }
            fn shape(words: &mut String) {
                words.push_str(stringify!($name));
            }
        }
    )*};
}
names!(AlertId, CommandId, ContactId, CriterionId, ItemId, MessageId, SectionId);

impl Stored for BoundBy {
    fn put(&self, out: &mut Vec<u8>) {
        let (number, name) = match self {
            Self::Metric(name) => (0, name),
            Self::Probe(name) => (1, name),
        };
        out.push(number);
        name.put(out);
    }
    fn get(from: &mut Rest<'_>) -> Option<Self> {
        let is_probe = bool::get(from)?;
        let name = String::get(from)?;
        Some(if is_probe { Self::Probe(name) } else { Self::Metric(name) })
    }
    fn shape(words: &mut String) {
        words.push_str("BoundBy{0=Metric 1=Probe}");
    }
}

stored!(struct Opened { room, file, path, text, settings, start, zone, moved_s, zone_data, reader, drill });
stored!(struct Drill { scenario, seed });
stored!(struct Reread { text, settings, start, reader, carried, ways });
stored!(struct Carried { from, to });

stored!(enum Unit { 0 => Ratio, 1 => Percent, 2 => S, 3 => Ms, 4 => Bytes, 5 => Cores, 6 => Count });
stored!(enum Severity { 0 => Medium, 1 => High, 2 => Critical });
stored!(enum VerdictWord { 0 => NotWatched, 1 => Go, 2 => Hold, 3 => Blind, 4 => RollBack });

stored!(struct Person { initials, name, role });
stored!(enum Way { 0 => Phone, 1 => Mail, 2 => Chat, 3 => Pager });
stored!(struct Contact { id, line, text, role, name, phone, mail, chat, order, blanks });
stored!(struct ContactState { name, addresses, proven, tried });
stored!(struct Attempt { actor, at, way, answered, words, about });
stored!(struct Proof { actor, at, words });
stored!(struct Draft { message, to, subject, body, actor, at });
stored!(struct Sent { event, draft, message, to, subject, body, actor, at });
stored!(struct Note { event, at, recorded_at, actor, text });
stored!(struct Undoable { event, actor, items });

stored!(struct ItemState { source, claims, marks });
stored!(struct Mark { event, standing, said, actor, at });
stored!(enum Standing {
    0 => Open,
    1 => Claimed,
    2 => Stated { saw },
    3 => AnsweredNo { words, is_no_go },
    4 => Observed { seen },
    5 => Lost { seen, why },
    6 => Overridden { reason },
    7 => Deferred { to, reason },
    8 => NotApplicable { reason },
});
stored!(struct Said { saw, answer, values });
stored!(struct Answer { words, means });
stored!(enum Meaning { 0 => Done, 1 => NotMet, 2 => NoGo, 3 => NotApplicable });
stored!(struct Value { field, value });
stored!(struct Gone { event, id, text, marks });
stored!(struct Attached { event, evidence, actor, at });
stored!(enum Evidence { 0 => Text { text }, 1 => Link { address }, 2 => File { name, bytes, sha256 } });

stored!(struct Seen { words, value, unit, at, fetched });
stored!(struct Fired { alert, name, text, severity, since, seen, deadline, why, first, since_before });
stored!(struct Judged { alert, text, from, to, outcome, breached_ms, unseen_ms, seen });
stored!(enum SuccessOutcome { 0 => Met, 1 => NotMet, 2 => Unproven, 3 => CutShort });
stored!(struct Silence { until, reason, actor, at });
stored!(struct AlertState {
    fired, event, at, acknowledged, deadline, extended, is_overdue, resolved, is_notified, silenced,
});
stored!(struct TestState { outcome, words, at, answered });
stored!(enum NotifyOutcome { 0 => Shown, 1 => Failed, 2 => Unknown });

stored!(struct GateState { entered, turn, passed, back });
stored!(struct GatePass { at, actor, held_ms, on_word, overridden });
stored!(enum HoldTurn { 0 => Started, 1 => Paused, 2 => WentOn, 3 => Broken, 4 => Held });

stored!(struct Armed { digest, is_another, actor, at });
stored!(struct Accepted { proposal, item, text, draft, reason });
stored!(struct Binding { accepted, by, actor, at });

stored!(struct RollbackState { began, actor, criterion, reason, ways, steps, told, ended, is_rehearsal });
stored!(struct WayTaken { way, at, actor, reason });
stored!(struct StepState { event, worked, result, actor, at, before });
stored!(struct ToldState { answered, words, actor, at });
stored!(struct RollbackEnd { at, actor, stood_down });
stored!(struct PastAttempt { number, start, ended, items, gates, rollback, evidence });
stored!(struct RoomClosed { outcome, open });

stored!(struct ScheduleState { window, start, holds, reminded });
stored!(struct Moved { from, to, actor, at, reason });
stored!(struct HoldCut { from_s, to_s, actor, at, reason });

stored!(struct Afterwards { lives, rounds, missed, told, away, success, lessons });
stored!(struct WentLive { event, at, actor, reason, open, rolled_back });
stored!(struct Succeeded { at, actor, reason, open });
stored!(struct RoundKey { routine, due });
stored!(struct RoundState { marks, done, why });
stored!(struct RoundMark { event, said, actor, at });
stored!(enum RoundSaid {
    0 => Done { saw },
    1 => Overridden { reason },
    2 => Deferred { reason },
    3 => NotApplicable { reason },
});
stored!(struct RoundDone { at, actor, late_s, readings });
stored!(struct RoundReading { signal, name, seen, unseen });
stored!(struct Why { actor, at, reason });

stored!(struct Handoffs { waiting, past });
stored!(struct Offer { event, at, by, had_by, to });
stored!(struct Handoff { event, at, by, signed, open });
