//! The room as its events made it.

mod record;

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use plan::config::Config;
use plan::{ChannelKind, Contact, ContactId, Finding, Gate, Item, ItemId, Plan, Resolved, Unit};

pub use record::{
    Attempt, ContactState, Draft, GatePass, GateState, Gone, ItemState, Mark, Note, Proof, Sent, Standing, TestState,
    Undoable,
};

use crate::alert::{AlertId, AlertState, Judged};
use crate::attempt::Attempt as PastAttempt;
use crate::bound::Bound;
use crate::correction::Corrections;
use crate::event::{Opened, Person, RoomClosed};
use crate::evidence::Attached;
use crate::handoff::Handoffs;
use crate::reread::{Reread, Rereads};
use crate::rollback::RollbackState;
use crate::routine::Afterwards;
use crate::schedule::ScheduleState;
use crate::verdict::VerdictWord;

/// Where the room is in its life. Not the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Before the first act of deployment.
    Prepare,
    /// From the first check stated in T0's phase or later.
    Live,
    /// A person decided to roll back.
    RollingBack,
    /// It is rolled back, and a person said so.
    RolledBack,
    /// A person declared go-live.
    Watch,
    /// A person closed it.
    Closed,
}

/// What follows from all else, once it was asked for: two rooms of which one was asked are the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct WorkedOut(OnceLock<Mode>);

impl PartialEq for WorkedOut {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The state of a room: the fold of its events. Nothing else changes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Room {
    pub(crate) opened: Opened,
    pub(crate) plan: Plan,
    pub(crate) findings: Vec<Finding>,
    pub(crate) resolved: Resolved,
    pub(crate) items: HashMap<ItemId, ItemState>,
    pub(crate) people: Vec<Person>,
    pub(crate) actor: Option<String>,
    pub(crate) contacts: HashMap<ContactId, ContactState>,
    /// Whom a person put on the ladder.
    pub(crate) added: Vec<Contact>,
    pub(crate) channels: HashMap<ContactId, String>,
    pub(crate) drafts: BTreeMap<u32, Draft>,
    pub(crate) last_draft: u32,
    /// The mode, once it was asked for: each reading of each rule asks, and it is worked out from every item.
    pub(crate) mode: WorkedOut,
    pub(crate) sent: Vec<Sent>,
    pub(crate) notes: Vec<Note>,
    pub(crate) acts: Vec<Undoable>,
    pub(crate) closed: Option<RoomClosed>,
    /// When, while it is closed.
    pub(crate) closed_at: Option<Timestamp>,
    pub(crate) rollbacks: Vec<RollbackState>,
    /// The attempts that ended.
    pub(crate) attempts: Vec<PastAttempt>,
    /// The first rollback of the attempt that counts, by its place.
    pub(crate) attempt_from: usize,
    /// T0 of that attempt, where it is not the first, on the wall.
    pub(crate) attempt_start: Option<DateTime>,
    pub(crate) alerts: BTreeMap<AlertId, AlertState>,
    pub(crate) success: BTreeMap<AlertId, Judged>,
    pub(crate) gates: HashMap<ItemId, GateState>,
    pub(crate) units: BTreeMap<String, Unit>,
    pub(crate) test: Option<TestState>,
    pub(crate) awake: Option<(bool, String)>,
    pub(crate) do_not_disturb: Option<(bool, String)>,
    pub(crate) verdict: Option<(VerdictWord, Timestamp)>,
    /// By how much the wall clock was set, after which event.
    pub(crate) clock_jumps: Vec<(u64, SignedDuration)>,
    /// The settings that hold: those beside the checklist, and above them what people accepted.
    pub(crate) config: Config,
    /// The settings beside the checklist.
    pub(crate) own_config: Config,
    /// What people accepted and dropped of what was proposed, and which commands they armed.
    pub(crate) bound: Bound,
    /// The checklist as it was read again last; `None` while the text of the opening holds.
    pub(crate) reread: Option<Reread>,
    pub(crate) rereads: Rereads,
    pub(crate) gone: Vec<Gone>,
    pub(crate) schedule: ScheduleState,
    pub(crate) afterwards: Afterwards,
    pub(crate) handoffs: Handoffs,
    /// What was attached to the checks.
    pub(crate) evidence: HashMap<ItemId, Vec<Attached>>,
    pub(crate) corrections: Corrections,
    /// Number of the last event.
    pub(crate) last: u64,
}

impl Room {
    /// A room right after its first event.
    #[must_use]
    pub fn open(opened: Opened) -> Self {
        let config = opened.settings.as_deref().map(|text| plan::config::parse(text).0).unwrap_or_default();
        let (plan, findings) = plan::read(&opened.text, &config);
        let zone = TimeZone::get(&opened.zone).unwrap_or(TimeZone::UTC);
        let resolved = plan::resolve(&plan, opened.start, zone);
        Self::of_config(opened, plan, findings, resolved, config)
    }

    /// A room right after its first event, where its plan has been read already.
    #[must_use]
    pub fn of(opened: Opened, plan: Plan, findings: Vec<Finding>, resolved: Resolved) -> Self {
        let config = opened.settings.as_deref().map(|text| plan::config::parse(text).0).unwrap_or_default();
        Self::of_config(opened, plan, findings, resolved, config)
    }

    fn of_config(opened: Opened, plan: Plan, findings: Vec<Finding>, resolved: Resolved, config: Config) -> Self {
        let items = plan.items.iter().map(|item| (item.id.clone(), ItemState::of(&plan, item))).collect();
        let contacts = plan.contacts.iter().map(|contact| (contact.id.clone(), ContactState::of(contact))).collect();
        let channels = plan.channels.iter();
        let channels = channels.filter_map(|channel| Some((channel.id.clone(), channel.target.clone()?))).collect();
        Self {
            opened,
            plan,
            findings,
            resolved,
            items,
            people: Vec::new(),
            actor: None,
            contacts,
            added: Vec::new(),
            channels,
            drafts: BTreeMap::new(),
            last_draft: 0,
            mode: WorkedOut::default(),
            sent: Vec::new(),
            notes: Vec::new(),
            acts: Vec::new(),
            clock_jumps: Vec::new(),
            closed: None,
            closed_at: None,
            rollbacks: Vec::new(),
            attempts: Vec::new(),
            attempt_from: 0,
            attempt_start: None,
            alerts: BTreeMap::new(),
            success: BTreeMap::new(),
            gates: HashMap::new(),
            units: BTreeMap::new(),
            test: None,
            awake: None,
            do_not_disturb: None,
            verdict: None,
            own_config: config.clone(),
            config,
            bound: Bound::default(),
            reread: None,
            rereads: Rereads::default(),
            gone: Vec::new(),
            schedule: ScheduleState::default(),
            afterwards: Afterwards::default(),
            handoffs: Handoffs::default(),
            evidence: HashMap::new(),
            corrections: Corrections::default(),
            last: 1,
        }
    }

    /// The first event.
    #[must_use]
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What reading the plan gave to say.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// T0, zone and the phases' times.
    #[must_use]
    pub fn resolved(&self) -> &Resolved {
        &self.resolved
    }

    /// T0 on the wall.
    #[must_use]
    pub fn start(&self) -> DateTime {
        let first = self.reread.as_ref().map_or(self.opened.start, |reread| reread.start);
        self.attempt_start.unwrap_or(first)
    }

    /// What is true of a check; open for one that the plan does not have.
    #[must_use]
    pub fn standing(&self, item: &ItemId) -> &Standing {
        self.items.get(item).map_or(&Standing::Open, ItemState::standing)
    }

    /// A check's acts.
    #[must_use]
    pub fn item(&self, item: &ItemId) -> Option<&ItemState> {
        self.items.get(item)
    }

    /// The people, in the order in which they were named.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Who acts: a person's initials, once one was chosen.
    #[must_use]
    pub fn actor(&self) -> Option<&str> {
        self.actor.as_deref()
    }

    /// The ladder, the lowest level first: whom the plan names, then whom a person added.
    #[must_use]
    pub fn ladder(&self) -> Vec<&Contact> {
        let mut ladder: Vec<&Contact> = self.plan.contacts.iter().collect();
        ladder.sort_by_key(|contact| contact.order);
        ladder.extend(&self.added);
        ladder
    }

    /// What is known of a contact.
    #[must_use]
    pub fn contact(&self, contact: &ContactId) -> Option<&ContactState> {
        self.contacts.get(contact)
    }

    /// Where a channel is, once known.
    #[must_use]
    pub fn channel(&self, channel: &ContactId) -> Option<&str> {
        self.channels.get(channel).map(String::as_str)
    }

    /// Where a channel of this kind is, once known.
    #[must_use]
    pub fn channel_of(&self, kind: ChannelKind) -> Option<&str> {
        let of_kind = self.plan.channels.iter().filter(|channel| channel.kind == kind);
        of_kind.filter_map(|channel| self.channel(&channel.id)).next()
    }

    /// The drafts by their number.
    #[must_use]
    pub fn drafts(&self) -> &BTreeMap<u32, Draft> {
        &self.drafts
    }

    /// The number that the next draft gets.
    #[must_use]
    pub fn next_draft(&self) -> u32 {
        self.last_draft + 1
    }

    /// What went out, in the order of the log.
    #[must_use]
    pub fn sent(&self) -> &[Sent] {
        &self.sent
    }

    /// The notes, in the order of the log.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The last act that can be taken back.
    #[must_use]
    pub fn undoable(&self) -> Option<&Undoable> {
        self.acts.last()
    }

    /// The settings that hold: those beside the checklist, and above them what people accepted in the room.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The last episode of each alert that ever fired.
    #[must_use]
    pub fn alerts(&self) -> &BTreeMap<AlertId, AlertState> {
        &self.alerts
    }

    /// What came of the success criteria whose windows are over, by their rule.
    #[must_use]
    pub fn success(&self) -> &BTreeMap<AlertId, Judged> {
        &self.success
    }

    /// A gate's state; empty for one that nobody has entered.
    #[must_use]
    pub fn gate(&self, gate: &ItemId) -> Option<&GateState> {
        self.gates.get(gate)
    }

    /// The gate that was entered and not passed, if any.
    #[must_use]
    pub fn current_gate(&self) -> Option<&Gate> {
        self.plan.gates.iter().find(|gate| {
            self.gates.get(&gate.item).is_some_and(|state| state.entered.is_some() && state.passed.is_none())
        })
    }

    /// The first gate that nobody has passed, if any.
    #[must_use]
    pub fn next_gate(&self) -> Option<&Gate> {
        self.plan.gates.iter().find(|gate| self.gates.get(&gate.item).is_none_or(|state| state.passed.is_none()))
    }

    /// The gate at which the rollout stands: the one that was entered, else the last that was passed.
    #[must_use]
    pub fn stands_at(&self) -> Option<&Gate> {
        let is_reached = |gate: &&Gate| self.gates.get(&gate.item).is_some_and(|state| state.entered.is_some());
        self.plan.gates.iter().rev().find(is_reached)
    }

    /// Whether a check is a gate, its hold, or one of its conditions.
    #[must_use]
    pub fn is_of_a_gate(&self, id: &ItemId) -> bool {
        let mut gates = self.plan.gates.iter();
        gates.any(|gate| gate.item == *id || gate.hold_item.as_ref() == Some(id) || gate.conditions.contains(id))
    }

    /// Whether a claim of the source can be confirmed among others: not where a gate holds it, not where a blank is to be
    /// filled, and not where it is a mark of the way back that runs.
    #[must_use]
    pub fn is_confirmable(&self, item: &Item) -> bool {
        *self.standing(&item.id) == Standing::Claimed
            && item.fields.is_empty()
            && !self.is_of_a_gate(&item.id)
            && !self.asks_how_you_know(item)
    }

    /// The unit of a metric as a person confirmed it; `None` while nobody has.
    #[must_use]
    pub fn confirmed_unit(&self, metric: &str) -> Option<Unit> {
        self.units.get(metric).copied()
    }

    /// What is known of the test notification.
    #[must_use]
    pub fn test(&self) -> Option<&TestState> {
        self.test.as_ref()
    }

    /// Whether the laptop is kept awake, and why not; `None` while nobody tried.
    #[must_use]
    pub fn awake(&self) -> Option<(bool, &str)> {
        self.awake.as_ref().map(|(held, why)| (*held, why.as_str()))
    }

    /// Whether the desktop holds notifications back, as the log knows it, and how that is known; `None` while it does not.
    #[must_use]
    pub fn do_not_disturb(&self) -> Option<(bool, &str)> {
        self.do_not_disturb.as_ref().map(|(on, words)| (*on, words.as_str()))
    }

    /// The verdict that the log knows last, and since when.
    #[must_use]
    pub fn verdict(&self) -> Option<(VerdictWord, Timestamp)> {
        self.verdict
    }

    /// The last rollback of the attempt that counts, running or ended; a rehearsal while it runs. One that was stood down
    /// leaves the one before it, where that was brought to its end.
    #[must_use]
    pub fn rollback(&self) -> Option<&RollbackState> {
        self.rollback_place().and_then(|place| self.rollbacks.get(place))
    }

    pub(crate) fn rollback_place(&self) -> Option<usize> {
        let counts = |one: &RollbackState| !one.is_rehearsal || one.is_running();
        let of_this = self.rollbacks.get(self.attempt_from..).unwrap_or_default();
        let last = of_this.iter().rposition(counts)?;
        // What was stood down leaves all as it was before: rolled back, where it was.
        let is_stood_down = of_this.get(last).is_some_and(|one| !one.is_running() && !one.is_back());
        let before = of_this.iter().rposition(|one| is_stood_down && !one.is_rehearsal && one.is_back());
        Some(before.unwrap_or(last) + self.attempt_from)
    }

    /// How the room ended, while it is closed.
    #[must_use]
    pub fn closed(&self) -> Option<&str> {
        self.closed.as_ref().map(|closed| closed.outcome.as_str())
    }

    /// How the room was closed, with what was left open, while it is closed.
    #[must_use]
    pub fn closing(&self) -> Option<&RoomClosed> {
        self.closed.as_ref()
    }

    /// When the room was closed, while it is.
    #[must_use]
    pub fn closed_at(&self) -> Option<Timestamp> {
        self.closed_at
    }

    /// Number of the last event.
    #[must_use]
    pub fn last(&self) -> u64 {
        self.last
    }

    /// When an event was, by the wall clock as it is set now. What the room shows is as the log has it; what is measured
    /// from an event on is measured by this.
    #[must_use]
    pub fn by_this_clock(&self, at: Timestamp, event: u64) -> Timestamp {
        let since = self.clock_jumps.iter().rev().take_while(|(seq, _)| *seq > event);
        since.fold(at, |at, (_, by)| at.checked_add(*by).unwrap_or(at))
    }

    /// Where the room is in its life (DESIGN.md, "Day and time").
    #[must_use]
    pub fn mode(&self) -> Mode {
        *self.mode.0.get_or_init(|| self.mode_of_items())
    }

    fn mode_of_items(&self) -> Mode {
        if self.closed.is_some() {
            return Mode::Closed;
        }
        if let Some(rollback) = self.rollback().filter(|rollback| !rollback.is_rehearsal) {
            match &rollback.ended {
                None => return Mode::RollingBack,
                Some(end) if end.stood_down.is_none() => return Mode::RolledBack,
                Some(_) => {}
            }
        }
        if self.went_live().is_some() {
            return Mode::Watch;
        }
        let from = self.plan.start.phase.as_ref();
        let phases = self.plan.phases.iter().skip_while(|phase| Some(&phase.section) != from);
        let acted = phases.flat_map(|phase| &phase.items).any(|item| {
            self.items.get(item).is_some_and(|state| {
                // Who says NO-GO deploys nothing; who says that something failed has begun.
                let by_a_person = |mark: &Mark| {
                    matches!(
                        mark.standing,
                        Standing::Stated { .. }
                            | Standing::AnsweredNo { is_no_go: false, .. }
                            | Standing::Overridden { .. }
                    )
                };
                state.marks.iter().any(by_a_person)
            })
        });
        let entered = self.gates.values().any(|gate| gate.entered.is_some());
        if acted || entered { Mode::Live } else { Mode::Prepare }
    }
}
