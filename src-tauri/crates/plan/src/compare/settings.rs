//! What differs between two readings of `war-room.toml`, by table and name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use super::change::{Aspect, Change};
use crate::config::{Bind, Config};

/// What differs, each as `metrics.error_rate` with `new`, `gone` or `changed`.
#[must_use]
pub fn compare_settings(old: &Config, new: &Config) -> Vec<Change> {
    let mut found = Vec::new();
    let mut say = |name: String, was: bool, is: bool| {
        let word = match (was, is) {
            (true, true) => "changed",
            (true, false) => "gone",
            _ => "new",
        };
        found.push(Change { aspect: Aspect::Setting, before: name, after: word.to_owned() });
    };
    if old.plan != new.plan {
        say("plan".to_owned(), true, true);
    }
    for (name, was, is) in table(&old.sources, &new.sources) {
        say(format!("sources.{name}"), was, is);
    }
    for (name, was, is) in table(&old.metrics, &new.metrics) {
        say(format!("metrics.{name}"), was, is);
    }
    for (name, was, is) in table(&old.probes, &new.probes) {
        say(format!("probes.{name}"), was, is);
    }
    let binds = |config: &Config| {
        let all = config.binds.iter().map(|bind| (bind.item.clone(), Bind { line: 0, ..bind.clone() }));
        all.collect::<BTreeMap<_, _>>()
    };
    for (name, was, is) in table(&binds(old), &binds(new)) {
        say(format!("bind “{name}”"), was, is);
    }
    if old.gates != new.gates {
        say("gates".to_owned(), true, true);
    }
    if old.alerts != new.alerts {
        say("alerts".to_owned(), true, true);
    }
    found
}

/// The names of a table that differ, each with whether it was and is there.
fn table<T: PartialEq + Debug>(old: &BTreeMap<String, T>, new: &BTreeMap<String, T>) -> Vec<(String, bool, bool)> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differ = names.into_iter().filter(|name| old.get(*name) != new.get(*name));
    differ.map(|name| (name.clone(), old.contains_key(name), new.contains_key(name))).collect()
}
