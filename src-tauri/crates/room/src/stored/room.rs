//! The whole room: what its events made is stored, and what its text says is read again.

use jiff::tz::TimeZone;

use super::{Rest, Stored, stored};
use crate::reread::Rereads;
use crate::state::{Room, WorkedOut};

/// What is stored beside the room's own fields: of [`Rereads`] all but the rules that nobody has any more.
struct Reading {
    last: u64,
    names: std::collections::HashMap<String, Option<String>>,
    words: std::collections::HashMap<String, String>,
}
stored!(struct Reading { last, names, words });

/// Every field that is stored, in one order for all three.
macro_rules! fields {
    ($with:ident) => {
        $with!(
            items,
            people,
            actor,
            contacts,
            added,
            channels,
            drafts,
            last_draft,
            sent,
            notes,
            acts,
            closed,
            closed_at,
            rollbacks,
            attempts,
            attempt_from,
            attempt_start,
            alerts,
            success,
            gates,
            units,
            test,
            awake,
            do_not_disturb,
            verdict,
            clock_jumps,
            bound,
            gone,
            schedule,
            afterwards,
            handoffs,
            evidence,
            corrections,
            last
        )
    };
}

pub(super) fn shape(words: &mut String) {
    words.push_str("Room{");
    super::field("opened", words, |room: &Room| Some(&room.opened));
    super::field("reread", words, |room: &Room| Some(&room.reread));
    Reading::shape(words);
    macro_rules! each {
        ($($field:ident),*) => {$(super::field(stringify!($field), words, |room: &Room| Some(&room.$field));)*};
    }
    fields!(each);
    words.push('}');
}

impl Room {
    /// The state as bytes: the same state has the same. `None` where a rule burns that no checklist has any more: it would
    /// have to be stored with all that a rule consists of, and such a room is opened from its log.
    #[must_use]
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let Rereads { last, names, left, words } = &self.rereads;
        if !left.is_empty() {
            return None;
        }
        let mut out = Vec::new();
        self.opened.put(&mut out);
        self.reread.put(&mut out);
        Reading { last: *last, names: names.clone(), words: words.clone() }.put(&mut out);
        macro_rules! each {
            ($($field:ident),*) => {
                let Self {
                    // Stored above.
                    opened: _, reread: _, rereads: _,
                    // Read again from the text, or worked out again.
                    plan: _, findings: _, resolved: _, config: _, own_config: _, mode: _,
                    $($field),*
                } = self;
                $($field.put(&mut out);)*
            };
        }
        fields!(each);
        Some(out)
    }

    /// The room of these bytes; `None` where they are none. Whether they are what was written, and by the same rules, is not
    /// asked here.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = Rest::of(bytes);
        let opened = crate::event::Opened::get(&mut from)?;
        let reread = Option::<crate::reread::Reread>::get(&mut from)?;
        let Reading { last, names, words } = Reading::get(&mut from)?;
        let rereads = Rereads { last, names, left: Vec::new(), words };
        let (text, settings, start) = match &reread {
            Some(reread) => (&reread.text, &reread.settings, reread.start),
            None => (&opened.text, &opened.settings, opened.start),
        };
        let own_config = settings.as_deref().map(|text| plan::config::parse(text).0).unwrap_or_default();
        let (plan, findings) = plan::read(text, &own_config);
        let zone = TimeZone::get(&opened.zone).unwrap_or(TimeZone::UTC);
        let resolved = plan::resolve(&plan, start, zone);
        macro_rules! each {
            ($($field:ident),*) => {
                Self {
                    // In the order in which they were put.
                    $($field: Stored::get(&mut from)?,)*
                    opened, reread, rereads, plan, findings, resolved,
                    config: own_config.clone(),
                    own_config,
                    mode: WorkedOut::default(),
                }
            };
        }
        let mut room: Self = fields!(each);
        if !from.is_empty() {
            return None;
        }
        room.resolve_attempt();
        room.renew_config();
        Some(room)
    }
}
