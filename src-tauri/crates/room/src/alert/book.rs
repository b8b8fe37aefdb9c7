//! The rulebook: every sentence of the plan that a signal observes, every one that none does, and when each counts.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use plan::config::{Bind, BoundBy, BoundTo, Config, HIGH_DEADLINE};
use plan::{Criterion, CriterionId, Item, ItemId, Place, SectionKind, Severity};

use super::engine::signed;
use super::record::AlertId;
use super::rule::{Behaviour, Purpose, Rule, in_unit_of, unit_for};
use crate::measure;
use crate::reading::Signal;
use crate::rollback::RollbackState;
use crate::state::{Mode, Room};

/// Every sentence of the plan that could be observed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rulebook {
    /// Those that are.
    pub rules: Vec<Rule>,
    /// Those that are not.
    pub unbound: Vec<Unbound>,
    /// Where each rule stands in `rules`.
    by_id: HashMap<AlertId, usize>,
    /// Where the rules of each signal stand.
    of_signal: HashMap<Signal, Vec<usize>>,
}

/// A sentence of the plan that nothing observes.
#[derive(Debug, Clone, PartialEq)]
pub struct Unbound {
    /// The criterion.
    pub criterion: CriterionId,
    /// Its check.
    pub item: Option<ItemId>,
    /// "Memory leak detected".
    pub name: String,
    /// When it would count.
    pub purpose: Purpose,
    /// Why nothing observes it.
    pub why: String,
}

impl Rulebook {
    /// The rulebook of a room, with the units that were confirmed until now.
    #[must_use]
    pub fn of(room: &Room) -> Self {
        let config = room.config();
        let binds = Binds::of(room);
        let mut book = Self::default();
        for criterion in &room.plan().criteria {
            let Some(purpose) = purpose_of(room, criterion) else { continue };
            let bind = binds.of_criterion(criterion);
            match rule(room, config, criterion, purpose.clone(), bind) {
                Ok(rule) => book.rules.push(rule),
                Err(why) => book.unbound.push(Unbound {
                    criterion: criterion.id.clone(),
                    item: criterion.item.clone(),
                    name: measure::name(criterion),
                    purpose,
                    why,
                }),
            }
        }
        let plain = room.plan().items.iter().filter(|item| room.plan().criterion_of(&item.id).is_none());
        let bound = plain.filter_map(|item| Some((item, *binds.items.get(&item.id)?)));
        book.rules.extend(bound.filter_map(|(item, bind)| rule_of_item(room, config, item, bind)));
        book.index();
        book
    }

    /// Learns anew where each rule stands: whoever changes `rules` has this done afterwards.
    pub(crate) fn index(&mut self) {
        self.by_id.clear();
        self.of_signal.clear();
        for (at, rule) in self.rules.iter().enumerate() {
            self.by_id.entry(rule.id.clone()).or_insert(at);
            self.of_signal.entry(rule.signal.clone()).or_default().push(at);
        }
    }

    /// The rule that raises an alert.
    #[must_use]
    pub fn rule(&self, id: &AlertId) -> Option<&Rule> {
        self.by_id.get(id).and_then(|at| self.rules.get(*at))
    }

    /// The rules that a signal observes, in the order of the plan. With hundreds of signals nobody looks through all rules
    /// for each.
    pub fn rules_of<'a>(&'a self, signal: &Signal) -> impl Iterator<Item = &'a Rule> + use<'a> {
        let places = self.of_signal.get(signal).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|at| self.rules.get(*at))
    }

    /// Whether a purpose counts now. `begun` says that the deployment has begun.
    #[must_use]
    pub fn counts(room: &Room, purpose: &Purpose, begun: bool, now: Timestamp) -> bool {
        if room.closed().is_some() {
            return false;
        }
        match purpose {
            Purpose::Decision => begun || now >= room.resolved().start,
            Purpose::Condition { gate } => room.current_gate().is_some_and(|current| current.item == *gate),
            Purpose::Check { section } => {
                let phases = room.plan().phases.iter().zip(&room.resolved().phases);
                let mut holding = phases.filter(|(phase, _)| {
                    section.as_ref().is_some_and(|section| room.plan().is_within(section, &phase.section))
                });
                // What stands in no phase is never observed by itself: nobody would know when it counts.
                holding.any(|(_, span)| span.start.is_some_and(|start| start <= now))
            }
            Purpose::Metric => begun && watch_has_begun(room, now),
            Purpose::Mark => room.rollback().is_some_and(RollbackState::is_running),
            Purpose::Success { window_s } => {
                // What was rolled back has no success to prove any more.
                room.mode() != Mode::RolledBack
                    && window_of(room, *window_s).is_some_and(|(from, to)| from <= now && now < to)
            }
        }
    }
}

/// Whether a stretch is that after the deployment ("first hour"), and not one that a rate is taken over ("3 per hour").
fn names_the_first(text: &str) -> bool {
    let text = padded(text);
    [" first ", " initial "].iter().any(|word| text.contains(word))
}

/// From when to when a success criterion counts: the window that its text names, from the go-live that was declared, and
/// from T0 on while nobody declared one. `None` where the text names none.
pub(crate) fn window_of(room: &Room, window_s: Option<u64>) -> Option<(Timestamp, Timestamp)> {
    let from = room.went_live().map_or(room.resolved().start, |live| live.at);
    let to = from.checked_add(signed(Duration::from_secs(window_s?))).ok()?;
    Some((from, to))
}

/// Whether the watch has begun: with go-live, or the first section of it by the clock.
fn watch_has_begun(room: &Room, now: Timestamp) -> bool {
    if room.went_live().is_some() {
        return true;
    }
    let is_watch = |section| room.plan().section(section).is_some_and(|section| section.kind == SectionKind::Watch);
    let phases = room.plan().phases.iter().zip(&room.resolved().phases);
    phases.filter(|(phase, _)| is_watch(&phase.section)).any(|(_, span)| span.start.is_some_and(|start| start <= now))
}

/// The bindings of the settings by what they bind.
struct Binds<'config> {
    items: HashMap<ItemId, &'config Bind>,
    criteria: HashMap<CriterionId, &'config Bind>,
}

impl<'config> Binds<'config> {
    fn of(room: &'config Room) -> Self {
        let mut found = Self { items: HashMap::new(), criteria: HashMap::new() };
        for bind in &room.config().binds {
            for bound in plan::config::bound(room.plan(), bind) {
                match bound {
                    BoundTo::Item(id) => found.items.insert(id, bind),
                    BoundTo::Criterion(id) => found.criteria.insert(id, bind),
                };
            }
        }
        found
    }

    fn of_criterion(&self, criterion: &Criterion) -> Option<&'config Bind> {
        let by_item = criterion.item.as_ref().and_then(|item| self.items.get(item));
        self.criteria.get(&criterion.id).or(by_item).copied()
    }
}

fn purpose_of(room: &Room, criterion: &Criterion) -> Option<Purpose> {
    let of_item = || criterion.item.as_ref().map(|_| Purpose::Check { section: criterion.section.clone() });
    match criterion.place {
        Place::Decision => Some(Purpose::Decision),
        Place::Gate => gate_of(room, criterion.item.as_ref()?).map(|gate| Purpose::Condition { gate }),
        Place::Watch => Some(Purpose::Metric),
        Place::Success => {
            Some(Purpose::Success { window_s: criterion.window_s.filter(|_| names_the_first(&criterion.text)) })
        }
        Place::Rollback => criterion.item.as_ref().map(|_| Purpose::Mark),
        Place::Phase | Place::Preparation => of_item(),
    }
}

fn gate_of(room: &Room, item: &ItemId) -> Option<ItemId> {
    room.plan().gates.iter().find(|gate| gate.conditions.contains(item)).map(|gate| gate.item.clone())
}

fn rule(
    room: &Room,
    config: &Config,
    criterion: &Criterion,
    purpose: Purpose,
    bind: Option<&Bind>,
) -> Result<Rule, String> {
    let signal = match bind {
        Some(Bind { by: BoundBy::Probe(name), .. }) => Signal::Probe(name.clone()),
        Some(Bind { by: BoundBy::Metric(name), .. }) => Signal::Metric(name.clone()),
        None => Signal::Metric(metric_for(config, criterion).ok_or("no metric or probe is bound to it")?),
    };
    let tuning = bind.map(|bind| &bind.tuning);
    // The duration in a decision says how long it must be so to alarm; in a condition, how long it must be met.
    let is_decision = purpose == Purpose::Decision;
    let for_s = criterion.for_s.filter(|_| is_decision);
    let met_for = criterion.for_s.filter(|_| !is_decision).map_or(Duration::ZERO, Duration::from_secs);
    let id = AlertId::from(&criterion.id);
    let (unit, own, every, timeout, behaviour) = match &signal {
        Signal::Metric(name) => {
            let metric = config.metrics.get(name).ok_or_else(|| format!("there is no metric {name}"))?;
            if criterion.op.is_none() || criterion.value.is_none() {
                return Err("the text names no number to hold its metric against: a person has to say it".to_owned());
            }
            let unit = unit_for(metric, room.confirmed_unit(name), criterion)?;
            let source = config.sources.get(&metric.source).ok_or_else(|| format!("metric {name} has no source"))?;
            let behaviour = Behaviour::of(tuning, Some(&metric.tuning), &config.alerts, for_s);
            (Some(unit), Some(criterion.clone()), source.every, source.timeout, behaviour)
        }
        Signal::Probe(name) => {
            let probe = config.probes.get(name).ok_or_else(|| format!("there is no probe {name}"))?;
            if probe.kind.is_none() {
                return Err(format!("this version does not look at the kind of probe {name}"));
            }
            let own = match probe.unit() {
                Some(_) if criterion.op.is_none() || criterion.value.is_none() => {
                    return Err("the text names no number to hold its probe against: a person has to say it".to_owned());
                }
                Some(unit) => {
                    in_unit_of(unit, criterion, "probe")?;
                    Some(criterion.clone())
                }
                // It says yes or no, whatever number the text names.
                None => None,
            };
            (probe.unit(), own, probe.every, probe.timeout, Behaviour::of(tuning, None, &config.alerts, for_s))
        }
    };
    let name = if own.is_some() { measure::name(criterion) } else { criterion.text.clone() };
    Ok(Rule {
        id,
        name,
        text: criterion.text.clone(),
        criterion: own,
        item: criterion
            .item
            .clone()
            .filter(|_| matches!(purpose, Purpose::Condition { .. } | Purpose::Check { .. } | Purpose::Mark)),
        severity: criterion.severity.unwrap_or(Severity::Medium),
        high_deadline: high_deadline(config, criterion.deadline_s),
        is_default_deadline: config.alerts.high_deadline.is_none() && criterion.deadline_s.is_none(),
        purpose,
        signal,
        unit,
        every,
        timeout,
        met_for,
        fire: behaviour.fire,
        is_default_fire: behaviour.is_default_fire,
        keep_firing: behaviour.keep_firing,
        clear: behaviour.clear,
        warm_up: behaviour.warm_up,
        no_data: behaviour.no_data,
    })
}

/// The settings before the text, the text before the default (INTERFACE.md, "Precedence of a fact").
fn high_deadline(config: &Config, of_text_s: Option<u64>) -> Duration {
    config.alerts.high_deadline.or(of_text_s.map(Duration::from_secs)).unwrap_or(HIGH_DEADLINE)
}

/// How long blindness may burn once it is HIGH: as the settings say, else as long as the shortest that the text gives.
pub(crate) fn blind_deadline(room: &Room) -> Duration {
    let of_text = room.plan().criteria.iter().filter_map(|criterion| criterion.deadline_s).min();
    high_deadline(room.config(), of_text)
}

/// A check without a threshold that a probe ticks.
fn rule_of_item(room: &Room, config: &Config, item: &Item, bind: &Bind) -> Option<Rule> {
    // A metric gives a number, as some probes do, and the check names none.
    let BoundBy::Probe(name) = &bind.by else { return None };
    let probe = config.probes.get(name).filter(|probe| probe.kind.is_some() && probe.unit().is_none())?;
    let behaviour = Behaviour::of(Some(&bind.tuning), None, &config.alerts, None);
    let purpose = match gate_of(room, &item.id) {
        Some(gate) => Purpose::Condition { gate },
        None if room.plan().rollback.success.contains(&item.id) => Purpose::Mark,
        None => Purpose::Check { section: item.section.clone() },
    };
    Some(Rule {
        id: AlertId::from(&item.id),
        name: item.text.to_string(),
        text: item.text.to_string(),
        criterion: None,
        item: Some(item.id.clone()),
        severity: Severity::Medium,
        high_deadline: high_deadline(config, None),
        is_default_deadline: config.alerts.high_deadline.is_none(),
        purpose,
        signal: Signal::Probe(name.clone()),
        unit: None,
        every: probe.every,
        timeout: probe.timeout,
        met_for: Duration::ZERO,
        fire: behaviour.fire,
        is_default_fire: behaviour.is_default_fire,
        keep_firing: behaviour.keep_firing,
        clear: behaviour.clear,
        warm_up: behaviour.warm_up,
        no_data: behaviour.no_data,
    })
}

/// The metric that a criterion is about: by its name, else by the words that the settings give for it.
fn metric_for(config: &Config, criterion: &Criterion) -> Option<String> {
    if let Some(name) = criterion.metric.as_ref().filter(|name| config.metrics.contains_key(*name)) {
        return Some(name.clone());
    }
    let text = padded(&criterion.text);
    let says = |words: &&String| text.contains(&padded(words));
    config
        .metrics
        .iter()
        .find(|(_, metric)| metric.matches.iter().any(|words| says(&words)))
        .map(|(name, _)| name.clone())
}

/// The words of a text in small letters with one blank around each, so that only whole words match.
fn padded(text: &str) -> String {
    let letters: String = text.chars().map(|one| if one.is_alphanumeric() { one } else { ' ' }).collect();
    format!(" {} ", letters.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "))
}
