//! Which check asks for what: its own commands and links, the words that it shares with an address that the text names,
//! and what the settings have and nothing uses.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::address::Address;
use super::look::{self, Look};
use super::said::{CERTIFICATE, HEALTH, IS_VALID, NOT_HEALTH, NOT_SHOWN, RESOLVES, SERVICES, WORKS};
use super::{Proposal, Proposals, Unproposed, draft};
use crate::config::{BoundBy, BoundTo, Config, Probe, ProbeKind, bound, digest};
use crate::read::words::{has_any, plain};
use crate::{Command, Criterion, Inline, Item, ItemId, ItemKind, Place, Plan, ReferenceKind};

/// So many addresses are known by one first word of their name; more of one name tell nothing apart.
const NAMED_MAX: usize = 8;

/// An address that the text names.
struct Named {
    line: usize,
    /// What the text calls it, as it is compared.
    label: String,
    /// The line in words.
    words: String,
    address: Address,
    /// How a command asks for it; `None` where a person does, in a browser.
    probe: Option<Probe>,
}

/// Everything that is looked at to propose.
pub(super) struct Finding<'a> {
    plan: &'a Plan,
    config: &'a Config,
    commands: HashMap<&'a str, &'a Command>,
    named: Vec<Named>,
    /// By the first word of the label: places in `named`.
    by_word: HashMap<String, Vec<usize>>,
    bound: HashSet<BoundTo>,
    /// The probes and metrics that a binding uses.
    used: HashSet<String>,
    /// How often a text stands among items and criteria.
    texts: HashMap<String, usize>,
    names: BTreeMap<String, Probe>,
    found: Proposals,
}

impl<'a> Finding<'a> {
    pub(super) fn of(plan: &'a Plan, config: &'a Config) -> Self {
        let binds = config.binds.iter().flat_map(|bind| bound(plan, bind));
        let used = config.binds.iter().map(|bind| match &bind.by {
            BoundBy::Metric(name) | BoundBy::Probe(name) => name.clone(),
        });
        let mut texts = HashMap::new();
        let of_criteria = plan.criteria.iter().filter(|criterion| criterion.item.is_none());
        for text in
            plan.items.iter().map(|item| item.text.as_str()).chain(of_criteria.map(|criterion| criterion.text.as_str()))
        {
            *texts.entry(compared(text)).or_insert(0) += 1;
        }
        let mut finding = Self {
            plan,
            config,
            commands: plan.commands.iter().map(|command| (command.id.as_str(), command)).collect(),
            named: Vec::new(),
            by_word: HashMap::new(),
            bound: binds.collect(),
            used: used.collect(),
            texts,
            names: BTreeMap::new(),
            found: Proposals::default(),
        };
        finding.name_addresses();
        finding
    }

    pub(super) fn all(mut self) -> Proposals {
        let plan = self.plan;
        let criteria: HashMap<&ItemId, &Criterion> =
            plan.criteria.iter().rev().filter_map(|criterion| Some((criterion.item.as_ref()?, criterion))).collect();
        let routine: HashSet<&ItemId> = plan.routines.iter().flat_map(|routine| &routine.items).collect();
        for item in &plan.items {
            // What a person answers or fills in is nobody else's to say, and what is done round after round has a state
            // for each.
            let is_asked = item.choices.is_empty() && item.fields.is_empty() && item.kind == ItemKind::Check;
            if !is_asked || routine.contains(&item.id) || self.bound.contains(&BoundTo::Item(item.id.clone())) {
                continue;
            }
            match criteria.get(&item.id).copied() {
                Some(criterion) if criterion.op.is_some() && criterion.value.is_some() => self.of_number(criterion),
                // Judged over the window that they name; what names none is a person's to say.
                Some(Criterion { place: Place::Success, window_s: None, .. }) => {}
                _ => self.of_item(item),
            }
        }
        for criterion in plan.criteria.iter().filter(|criterion| criterion.item.is_none()) {
            if criterion.op.is_some() && criterion.value.is_some() {
                self.of_number(criterion);
            }
        }
        self.found.proposals.sort_by_key(|proposal| proposal.line);
        self.found.unproposed.sort_by_key(|one| one.line);
        self.found
    }

    /// Every address that the text names, links before what commands ask.
    fn name_addresses(&mut self) {
        let plan = self.plan;
        for reference in plan.references.iter().filter(|reference| reference.kind == ReferenceKind::Link) {
            self.name(reference.line, &reference.text, &reference.target, None);
        }
        for item in &plan.items {
            for inline in &item.inlines {
                if let Inline::Link { text, target } = inline {
                    self.name(item.range.line, text, target, None);
                }
            }
        }
        let expected: HashMap<&ItemId, &str> =
            plan.items.iter().filter_map(|item| Some((&item.id, item.expected.as_deref()?))).collect();
        for command in &plan.commands {
            let expected = command.item.as_ref().and_then(|item| expected.get(item).copied());
            if let Look::At(probe, _) = look::look(command, expected)
                && let Some(ProbeKind::Http { url, .. }) = &probe.kind
            {
                let label = command.label.clone().unwrap_or_default();
                self.name(command.line, &label, url, Some(probe.as_ref().clone()));
            }
        }
        for (place, named) in self.named.iter().enumerate() {
            let host = named.address.host.split('.').next().unwrap_or_default().to_ascii_lowercase();
            let first = named.label.split(' ').next().unwrap_or_default().to_owned();
            for word in [first, host] {
                let known = self.by_word.entry(word).or_default();
                if known.len() < NAMED_MAX && !known.contains(&place) {
                    known.push(place);
                }
            }
        }
    }

    fn name(&mut self, line: usize, label: &str, target: &str, probe: Option<Probe>) {
        if let Ok(address) = Address::of(target) {
            let words = match label {
                "" => format!("line {line} names {target}"),
                _ if target == label => format!("line {line} names {target}"),
                _ => format!("line {line} names “{label}”: {target}"),
            };
            self.named.push(Named { line, label: compared(label), words, address, probe });
        }
    }

    /// A check without a number.
    fn of_item(&mut self, item: &'a Item) {
        let looks: Vec<(&Command, Look)> = item
            .commands
            .iter()
            .filter_map(|id| self.commands.get(id.as_str()).copied())
            .map(|command| (command, look::look(command, item.expected.as_deref())))
            .collect();
        let mut asked = looks.iter().filter(|(_, look)| matches!(look, Look::At(..)));
        match (asked.next(), asked.count(), looks.len()) {
            (Some((command, Look::At(probe, caveat))), 0, 1) => {
                let reason = format!("line {} has its command: {}", command.line, first_line(&command.text));
                self.add(item, probe.as_ref().clone(), reason, command.line, caveat.clone());
            }
            (Some(_), _, several) => {
                let why = format!("{several} commands stand below it, and none alone shows that all of it is so");
                self.not(item.range.line, &item.text, why);
            }
            (None, _, 0) => self.by_words(item),
            // What it has is done, or cannot be asked as it stands: its words say nothing more.
            (None, _, _) => {
                if let [(_, Look::Not(why))] = looks.as_slice() {
                    self.not(item.range.line, &item.text, why.clone());
                }
            }
        }
    }

    /// A check whose words ask for something that another line names.
    fn by_words(&mut self, item: &'a Item) {
        let text = plain(&item.text);
        let has = |words: &[&str]| has_any(&text, words);
        if has(&CERTIFICATE) && has(&IS_VALID) && !has(&NOT_SHOWN) {
            return self.certificate(item);
        }
        if has(&HEALTH) && !has(&NOT_HEALTH) {
            return self.health(item);
        }
        if has(&["dns"]) && has(&RESOLVES) {
            let Some(service) = self.service() else {
                return self.not(
                    item.range.line,
                    &item.text,
                    "no line names an address whose name it could be".to_owned(),
                );
            };
            let (host, reason, line) = (service.address.host.clone(), service.words.clone(), service.line);
            let probe = look::resolved(&host, crate::config::DnsRecord::A, None);
            let caveat = format!("{host} has an address; whether it is the right one, no line says");
            return self.add(item, probe, reason, line, caveat);
        }
        if !has(&WORKS) {
            return;
        }
        if has(&["prometheus"]) && self.targets(item) || self.of_settings(item, &text) {
            return;
        }
        let mut words: Vec<&str> =
            text.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        words.dedup();
        let place = words.iter().find_map(|word| {
            let known = self.by_word.get(*word).filter(|_| word.len() > 2)?;
            let fits = |place: &&usize| {
                self.named.get(**place).is_some_and(|named| {
                    let host = named.address.host.split('.').next().unwrap_or_default();
                    has_any(&text, &[named.label.as_str()]) && !named.label.is_empty()
                        || host.eq_ignore_ascii_case(word)
                })
            };
            // Over TLS rather than not, and a query that is asked rather than a page.
            let rank = |place: &&usize| {
                let named = self.named.get(**place);
                named.map_or((true, true), |named| (!is_query(named), !named.address.is_secure))
            };
            known.iter().filter(fits).min_by_key(rank).copied()
        });
        match place.and_then(|place| self.named.get(place)) {
            Some(named) => {
                let mut probe = look::request(&named.address.url, named.address.is_bare());
                let is_query = is_query(named);
                if is_query && let Some(ProbeKind::Http { expect, .. }) = &mut probe.kind {
                    let text = |text: &str| crate::config::Scalar::Text(text.to_owned());
                    expect.json.insert("/status".to_owned(), text("success"));
                    expect.json.insert("/data/result/0/value/1".to_owned(), text("1"));
                }
                let proves = if is_query {
                    "the first target that the query tells of is up; the others it does not look at".to_owned()
                } else {
                    format!("it shows that {} answers, and nothing else of what the check says", named.address.host)
                };
                let caveat = named.address.caveat().map_or(proves.clone(), |caveat| format!("{proves}; {caveat}"));
                let (reason, line) = (named.words.clone(), named.line);
                self.add(item, probe, reason, line, caveat);
            }
            None => {
                if let Some(service) = SERVICES.iter().find(|service| has_any(&text, &[service])) {
                    self.not(item.range.line, &item.text, format!("no line names an address of {service}"));
                }
            }
        }
    }

    /// The address at which the service tells its health: over TLS where the text names both.
    fn service(&self) -> Option<&Named> {
        let health = self.named.iter().filter(|named| named.address.is_health());
        health.min_by_key(|named| !named.address.is_secure)
    }

    fn health(&mut self, item: &'a Item) {
        let Some(named) = self.service() else {
            return self.not(item.range.line, &item.text, "no line names an address that tells of health".to_owned());
        };
        // As the text asks for it itself, where it does.
        let same = self.named.iter().filter(|other| other.address.url == named.address.url);
        let asked = same.filter_map(|other| other.probe.clone()).next();
        let probe = asked.unwrap_or_else(|| look::request(&named.address.url, false));
        let others = self.named.iter().filter(|other| other.address.is_health());
        let hosts: HashSet<&str> = others.map(|other| other.address.host.as_str()).collect();
        let mut caveat: Vec<String> = named.address.caveat().into_iter().collect();
        if has_any(&plain(&item.text), &["version"]) {
            caveat.push("it shows that the service answers, and not which version does".to_owned());
        }
        if hosts.len() > 1 {
            caveat.push(format!("{} only; the text names {} such addresses", named.address.host, hosts.len()));
        }
        let (reason, line) = (named.words.clone(), named.line);
        self.add(item, probe, reason, line, caveat.join("; "));
    }

    fn certificate(&mut self, item: &'a Item) {
        let text = item.text.to_lowercase();
        let secure = || self.named.iter().filter(|named| named.address.is_secure);
        let in_its_words = secure().find(|named| text.contains(&named.address.host.to_lowercase()));
        let chosen =
            in_its_words.or_else(|| self.service().filter(|named| named.address.is_secure)).or(secure().next());
        let Some(named) = chosen else {
            return self.not(item.range.line, &item.text, "no line names an address over TLS".to_owned());
        };
        let hosts: HashSet<&str> = secure().map(|named| named.address.host.as_str()).collect();
        let mut caveat: Vec<String> = named.address.caveat().into_iter().collect();
        if hosts.len() > 1 && in_its_words.is_none() {
            let others = hosts.len() - 1;
            caveat
                .push(format!("the certificate of {} only; the text names {others} more over TLS", named.address.host));
        }
        let probe = look::certificate(&named.address.host, named.address.port);
        let (reason, line) = (named.words.clone(), named.line);
        self.add(item, probe, reason, line, caveat.join("; "));
    }

    /// Whether the settings have a Prometheus, whose targets say that it scrapes.
    fn targets(&mut self, item: &'a Item) -> bool {
        let mut sources = self.config.sources.keys();
        let (Some(source), None) = (sources.next(), sources.next()) else { return false };
        let reason = format!("the settings name the Prometheus: [sources.{source}]");
        self.add(item, look::targets(source), reason, item.range.line, String::new());
        true
    }

    /// Whether the settings have a probe that nothing uses and whose name the check says.
    fn of_settings(&mut self, item: &'a Item, text: &str) -> bool {
        let unused = self.config.probes.iter().filter(|(name, _)| !self.used.contains(*name));
        let fits = |(name, probe): &(&String, &Probe)| match &probe.kind {
            Some(ProbeKind::Alertmanager { .. }) => has_any(text, &["alertmanager", "alerts"]),
            Some(_) if probe.unit().is_none() => has_any(text, &[&compared(name)]),
            _ => false,
        };
        let Some((name, _)) = unused.into_iter().find(fits) else { return false };
        let reason = format!("the settings have [probes.{name}], and nothing uses it");
        self.push(item, BoundBy::Probe(name.clone()), None, (reason, item.range.line), String::new());
        true
    }

    /// A number: a metric of the settings whose name it says, where the settings do not bind one already.
    fn of_number(&mut self, criterion: &'a Criterion) {
        let id = BoundTo::Criterion(criterion.id.clone());
        let text = compared(&criterion.text);
        let says = |words: &String| has_any(&text, &[&compared(words)]);
        let is_known = criterion.metric.as_ref().is_some_and(|name| self.config.metrics.contains_key(name))
            || self.config.metrics.values().any(|metric| metric.matches.iter().any(says));
        let is_bound = self.bound.contains(&id)
            || criterion.item.as_ref().is_some_and(|item| self.bound.contains(&BoundTo::Item(item.clone())));
        if is_known || is_bound {
            return;
        }
        let words = |name: &str| compared(name).split(' ').map(str::to_owned).collect::<Vec<String>>();
        let own: HashSet<String> =
            words(&text).into_iter().chain(words(criterion.metric.as_deref().unwrap_or_default())).collect();
        let fits = self.config.metrics.keys().filter_map(|name| {
            let words: Vec<String> = words(name).into_iter().filter(|word| word.len() > 1).collect();
            (!words.is_empty() && words.iter().all(|word| own.contains(word))).then_some((words.len(), name))
        });
        let mut fits: Vec<(usize, &String)> = fits.collect();
        fits.sort();
        let Some((count, name)) = fits.pop().filter(|best| fits.last().is_none_or(|next| next.0 < best.0)) else {
            if criterion.place == Place::Phase {
                let name = criterion.metric.as_deref().unwrap_or("no name");
                let why = format!("the settings have no metric for it ({name}), and the text names no query");
                self.not(criterion.line, &criterion.text, why);
            }
            return;
        };
        let item = criterion.item.as_ref().map_or_else(|| criterion.id.to_string(), ToString::to_string);
        let says = if count == 1 { "whose name" } else { "all of whose name" };
        let reason = format!("the settings have [metrics.{name}], {says} the line says");
        let (by, name) = (BoundBy::Metric(name.clone()), self.item_name(&criterion.text, &item));
        let text = draft::text(None, &by, &name);
        self.found.proposals.push(Proposal {
            id: id_of(&item, &text),
            item,
            line: criterion.line,
            text: criterion.text.clone(),
            by,
            probe: None,
            draft: text,
            reason,
            reason_line: criterion.line,
            caveat: String::new(),
        });
    }

    fn add(&mut self, item: &'a Item, probe: Probe, reason: String, line: usize, caveat: String) {
        // What the settings ask already is not asked twice.
        let known = self.config.probes.iter().find(|(_, known)| known.kind == probe.kind).map(|(name, _)| name.clone());
        if let Some(name) = known {
            return self.push(item, BoundBy::Probe(name), None, (reason, line), caveat);
        }
        let name = self.free_name(draft::name(&probe), &probe);
        self.names.insert(name.clone(), probe.clone());
        self.push(item, BoundBy::Probe(name), Some(probe), (reason, line), caveat);
    }

    fn free_name(&self, name: String, probe: &Probe) -> String {
        let is_free = |name: &String| {
            !self.config.probes.contains_key(name) && self.names.get(name).is_none_or(|known| known == probe)
        };
        let most = self.config.probes.len() + self.names.len();
        let beside = (2..most + 3).map(|number| format!("{name}-{number}"));
        std::iter::once(name.clone()).chain(beside).find(is_free).unwrap_or(name)
    }

    fn push(&mut self, item: &Item, by: BoundBy, probe: Option<Probe>, reason: (String, usize), caveat: String) {
        let name = self.item_name(&item.text, item.id.as_str());
        let text = draft::text(probe.as_ref(), &by, &name);
        self.found.proposals.push(Proposal {
            id: id_of(item.id.as_str(), &text),
            item: item.id.to_string(),
            line: item.range.line,
            text: item.text.to_string(),
            by,
            probe,
            draft: text,
            reason: reason.0,
            reason_line: reason.1,
            caveat,
        });
    }

    /// How a binding names a check: by its words, which serve next month too, where they stand only once; else by its id.
    fn item_name(&self, text: &str, id: &str) -> String {
        let is_once = self.texts.get(&compared(text)).is_some_and(|count| *count == 1);
        if is_once && !text.contains('\n') { text.to_owned() } else { id.to_owned() }
    }

    fn not(&mut self, line: usize, text: &str, why: String) {
        self.found.unproposed.push(Unproposed { line, text: text.to_owned(), why });
    }
}

/// Whether it is Prometheus' query for which of its targets are up.
fn is_query(named: &Named) -> bool {
    named.address.url.ends_with("/api/v1/query?query=up")
}

fn id_of(item: &str, draft: &str) -> String {
    let digest = digest(&format!("{item}\n{draft}"));
    format!("b-{}", digest.get(..12).unwrap_or(&digest))
}

/// A text as it is compared: letters and digits in small letters, one blank between words.
fn compared(text: &str) -> String {
    let letters: String = text.chars().map(|one| if one.is_alphanumeric() { one } else { ' ' }).collect();
    letters.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or(text)
}
