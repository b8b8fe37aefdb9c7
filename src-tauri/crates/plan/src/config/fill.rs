//! From a document to settings.
//!
//! Owns: which key becomes which field, and what stands where a key is not there. Must not know: the sentences about
//! mistakes. An entry that lacks what it needs is left out: the walk has refused the file then.

use std::collections::BTreeMap;
use std::time::Duration;

use toml::de::{DeTable, DeValue};

use super::{
    Config, Lasting, PlanFacts,
    keys::Keys,
    position::Lines,
    probe::probe,
    value,
    watch::{
        AlertRules, Auth, Bind, BoundBy, EVERY, GateRules, HeaderValue, Metric, Minimum, NoData, OnBreach, Source,
        TIMEOUT, Tuning,
    },
};
use crate::Unit;

/// The settings of a document.
pub(super) fn config(document: &DeTable<'_>, lines: &Lines<'_>) -> Config {
    let keys = Keys::of(document);
    Config {
        plan: plan_facts(keys.table("plan")),
        sources: named(keys.table("sources"), source),
        metrics: named(keys.table("metrics"), metric),
        probes: named(keys.table("probes"), probe),
        binds: keys.list("bind").filter_map(|keys| bind(keys, lines)).collect(),
        durations: durations(keys.table("durations"), lines),
        gates: gates(keys.table("gates")),
        alerts: alerts(keys.table("alerts")),
    }
}

fn named<'doc, 'text: 'doc, Entry>(
    keys: Keys<'doc, 'text>,
    entry: impl Fn(Keys<'doc, 'text>) -> Option<Entry>,
) -> BTreeMap<String, Entry> {
    keys.tables().filter_map(|(name, keys)| Some((name.to_owned(), entry(keys)?))).collect()
}

fn plan_facts(keys: Keys<'_, '_>) -> PlanFacts {
    PlanFacts {
        service: keys.owned("service"),
        release: keys.owned("release"),
        environment: keys.owned("environment"),
        start: keys.text("start").and_then(value::moment),
        zone: keys.text("zone").and_then(value::zone),
        window: keys.text("window").and_then(value::window),
    }
}

/// In the order of their names; a name stands there once.
fn durations(keys: Keys<'_, '_>, lines: &Lines<'_>) -> Vec<Lasting> {
    let lengths = keys.values().filter_map(|(name, _)| {
        let (line, _) = lines.at(keys.offset(name)?);
        Some(Lasting { line, name: name.to_owned(), length: keys.length(name)? })
    });
    lengths.collect()
}

fn source(keys: Keys<'_, '_>) -> Option<Source> {
    (keys.text("kind")? == "prometheus").then_some(())?;
    let (every, timeout) = polls(keys);
    Some(Source { url: keys.url("url")?, every, timeout, auth: auth(keys), ca_file: keys.owned("ca_file") })
}

/// `every` and `timeout`. Where only `every` is set and is shorter than the default time limit, the limit is as short:
/// nobody asked for polls that outlast the next.
pub(super) fn polls(keys: Keys<'_, '_>) -> (Duration, Duration) {
    let every = keys.length("every").unwrap_or(EVERY);
    (every, keys.length("timeout").unwrap_or_else(|| TIMEOUT.min(every)))
}

pub(super) fn auth(keys: Keys<'_, '_>) -> Option<Auth> {
    let keys = keys.table("auth");
    if let Some(secret) = keys.secret("bearer") {
        return Some(Auth::Bearer { secret });
    }
    let basic = keys.table("basic");
    if let (Some(user), Some(secret)) = (basic.owned("user"), basic.secret("password")) {
        return Some(Auth::Basic { user, secret });
    }
    keys.value("headers")?.as_table()?;
    let headers =
        keys.table("headers").values().filter_map(|(name, value)| Some((name.to_owned(), header(name, value)?)));
    Some(Auth::Headers(headers.collect()))
}

/// A header's value. One that should name a secret and does not is left out: it may be the secret itself.
fn header(name: &str, value: &DeValue<'_>) -> Option<HeaderValue> {
    let text = value.as_str()?;
    match value::secret_name(text) {
        Some(secret) => Some(HeaderValue::Secret(secret.to_owned())),
        None if value::names_a_secret(name) || text.starts_with("secret:") => None,
        None => value::is_header_value(text).then(|| HeaderValue::Plain(text.to_owned())),
    }
}

fn metric(keys: Keys<'_, '_>) -> Option<Metric> {
    let minimum = keys.table("minimum");
    Some(Metric {
        source: keys.owned("source")?,
        query: keys.owned("query")?,
        unit: keys.text("unit").and_then(unit),
        minimum: minimum
            .owned("query")
            .zip(minimum.number("at_least"))
            .map(|(query, at_least)| Minimum { query, at_least }),
        matches: keys.texts("matches"),
        tuning: tuning(keys),
    })
}

pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "ratio" => Unit::Ratio,
        "percent" => Unit::Percent,
        "s" => Unit::S,
        "ms" => Unit::Ms,
        "bytes" => Unit::Bytes,
        "cores" => Unit::Cores,
        "count" => Unit::Count,
        _ => return None,
    })
}

fn tuning(keys: Keys<'_, '_>) -> Tuning {
    let no_data = match keys.text("no_data") {
        Some("blind") => Some(NoData::Blind),
        Some("zero") => Some(NoData::Zero),
        Some("breach") => Some(NoData::Breach),
        _ => None,
    };
    Tuning {
        no_data,
        fire: keys.fire("fire"),
        keep_firing: keys.delay("keep_firing"),
        clear: keys.clear("clear"),
        warm_up: keys.delay("warm_up"),
    }
}

fn bind(keys: Keys<'_, '_>, lines: &Lines<'_>) -> Option<Bind> {
    let by = match (keys.owned("metric"), keys.owned("probe")) {
        (Some(metric), _) => BoundBy::Metric(metric),
        (None, probe) => BoundBy::Probe(probe?),
    };
    let (line, _) = lines.at(keys.offset("item")?);
    Some(Bind { line, item: keys.owned("item")?, by, tuning: tuning(keys) })
}

fn gates(keys: Keys<'_, '_>) -> GateRules {
    let GateRules { on_breach, word_valid_for } = GateRules::default();
    GateRules {
        on_breach: match keys.text("on_breach") {
            Some("restart") => OnBreach::Restart,
            Some("resume") => OnBreach::Resume,
            _ => on_breach,
        },
        word_valid_for: keys.length("word_valid_for").unwrap_or(word_valid_for),
    }
}

fn alerts(keys: Keys<'_, '_>) -> AlertRules {
    let AlertRules { repeat, blind_for, .. } = AlertRules::default();
    AlertRules {
        tuning: tuning(keys),
        repeat: keys.length("repeat").unwrap_or(repeat),
        high_deadline: keys.length("high_deadline"),
        blind_for: keys.length("blind_for").unwrap_or(blind_for),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Clear, Fire, Mistake, Probe, ProbeKind, parse};

    /// The settings of a text without a mistake; notes are none.
    fn read(text: &str) -> Config {
        let (config, mistakes) = parse(&format!("version = 1\n{text}"));
        let mistakes: Vec<&Mistake> = mistakes.iter().filter(|mistake| mistake.level > crate::Level::Note).collect();
        assert_eq!(mistakes, Vec::<&Mistake>::new());
        config
    }

    fn source(keys: &str) -> Source {
        let text = format!("[sources.p]\nkind = \"prometheus\"\n{keys}\n");
        read(&text).sources.remove("p").unwrap()
    }

    fn metric(keys: &str) -> Metric {
        let text = format!(
            "[sources.p]\nkind = \"prometheus\"\nurl = \"http://p\"\n[metrics.m]\nsource = \"p\"\nquery = \"up\"\n{keys}\n"
        );
        read(&text).metrics.remove("m").unwrap()
    }

    fn probe(keys: &str) -> Probe {
        let (mut config, _) = parse(&format!("version = 1\n[probes.a]\n{keys}\n"));
        config.probes.remove("a").unwrap()
    }

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn nothing_said_is_the_defaults() {
        assert_eq!(read(""), Config::default());
        assert_eq!(read("[gates]\n[alerts]\n[sources]\n"), Config::default());
    }

    #[test]
    fn an_address_loses_the_slashes_at_its_end_where_paths_follow() {
        assert_eq!(source("url = \"https://p.example/prom//\"").url, "https://p.example/prom");
        let Some(ProbeKind::Http { url, .. }) = probe("kind = \"http\"\nurl = \"https://a.example/health/\"").kind
        else {
            unreachable!("an http probe");
        };
        assert_eq!(url, "https://a.example/health/");
    }

    #[test]
    fn a_time_limit_that_nobody_set_is_no_longer_than_the_time_to_the_next_poll() {
        let polls = |keys: &str| {
            let source = source(&format!("url = \"http://p\"\n{keys}"));
            (source.every, source.timeout)
        };
        assert_eq!(polls(""), (EVERY, TIMEOUT));
        assert_eq!(polls("every = \"1m\""), (seconds(60), TIMEOUT));
        assert_eq!(polls("every = \"1s\""), (seconds(1), seconds(1)));
        assert_eq!(polls("every = \"1s\"\ntimeout = \"500ms\""), (seconds(1), Duration::from_millis(500)));
        assert_eq!(polls("timeout = \"4s\""), (EVERY, seconds(4)));
        let probe = probe("kind = \"http\"\nurl = \"http://a\"\nevery = \"2s\"");
        assert_eq!((probe.every, probe.timeout), (seconds(2), seconds(2)));
    }

    #[test]
    fn what_is_longer_stays_as_it_was_set() {
        let (config, mistakes) = parse(
            "version = 1\n[sources.p]\nkind = \"prometheus\"\nurl = \"http://p\"\nevery = \"2s\"\ntimeout = \"9s\"\n",
        );
        assert_eq!(config.sources.get("p").map(|source| source.timeout), Some(seconds(9)));
        assert_eq!(mistakes.first().map(|mistake| (mistake.line, mistake.level)), Some((6, crate::Level::Warning)));
    }

    #[test]
    fn every_way_to_prove_who_asks() {
        let auth = |words: &str| source(&format!("url = \"http://p\"\nauth = {words}")).auth;
        assert_eq!(source("url = \"http://p\"").auth, None);
        assert_eq!(auth("{ bearer = \"secret:prom\" }"), Some(Auth::Bearer { secret: "prom".into() }));
        assert_eq!(
            auth("{ basic = { user = \"u\", password = \"secret:prom-password\" } }"),
            Some(Auth::Basic { user: "u".into(), secret: "prom-password".into() })
        );
        assert_eq!(
            auth("{ headers = { X-Scope-OrgID = \"team\", Authorization = \"secret:prom\" } }"),
            Some(Auth::Headers(BTreeMap::from([
                ("X-Scope-OrgID".into(), HeaderValue::Plain("team".into())),
                ("Authorization".into(), HeaderValue::Secret("prom".into())),
            ])))
        );
    }

    #[test]
    fn a_secret_written_out_is_not_kept() {
        let (config, _) = parse(
            "version = 1\n[sources.p]\nkind = \"prometheus\"\nurl = \"http://p\"\nauth = { headers = { Authorization = \"hunter2\" } }\n[sources.q]\nkind = \"prometheus\"\nurl = \"http://u:hunter2@q\"\n[sources.r]\nkind = \"prometheus\"\nurl = \"http://r\"\nauth = { bearer = \"hunter2\" }\n",
        );
        assert_eq!(config.sources.len(), 2);
        assert!(!format!("{config:?}").contains("hunter2"), "{config:?}");
    }

    #[test]
    fn every_unit_of_the_grammar() {
        let unit = |word: &str| metric(&format!("unit = \"{word}\"")).unit;
        assert_eq!(metric("").unit, None);
        let words = ["ratio", "percent", "s", "ms", "bytes", "cores", "count"];
        let units = [Unit::Ratio, Unit::Percent, Unit::S, Unit::Ms, Unit::Bytes, Unit::Cores, Unit::Count];
        assert_eq!(words.map(unit), units.map(Some));
    }

    #[test]
    fn every_word_about_an_alarm() {
        assert_eq!(metric("").tuning, Tuning::default());
        assert_eq!(
            metric("no_data = \"zero\"\nfire = \"3 of 5\"\nkeep_firing = \"0s\"\nclear = 0.5\nwarm_up = \"2m\"").tuning,
            Tuning {
                no_data: Some(NoData::Zero),
                fire: Some(Fire::Tally { hits: 3, samples: 5 }),
                keep_firing: Some(Duration::ZERO),
                clear: Some(Clear::Level(0.5)),
                warm_up: Some(seconds(120)),
            }
        );
        let fire = |word: &str| metric(&format!("fire = {word}")).tuning.fire;
        assert_eq!(fire("\"2m\""), Some(Fire::For(seconds(120))));
        assert_eq!(fire("\"0s\""), Some(Fire::For(Duration::ZERO)));
        let clear = |word: &str| metric(&format!("clear = {word}")).tuning.clear;
        assert_eq!(clear("1"), Some(Clear::Level(1.0)));
        assert_eq!(clear("1_000.5"), Some(Clear::Level(1000.5)));
        assert_eq!(clear("\"2 of 3\""), Some(Clear::Tally { hits: 2, samples: 3 }));
        assert_eq!(clear("\"90s\""), Some(Clear::For(seconds(90))));
        assert_eq!(metric("no_data = \"breach\"").tuning.no_data, Some(NoData::Breach));
    }

    #[test]
    fn the_levels_of_tuning_stay_apart() {
        let config = read(
            "[sources.p]\nkind = \"prometheus\"\nurl = \"http://p\"\n[alerts]\nfire = \"1 of 1\"\nkeep_firing = \"1m\"\nclear = \"1m\"\nwarm_up = \"2m\"\nrepeat = \"5m\"\nhigh_deadline = \"1h\"\nblind_for = \"10m\"\n[metrics.m]\nsource = \"p\"\nquery = \"up\"\nfire = \"2 of 2\"\n[[bind]]\nitem = \"a\"\nmetric = \"m\"\nfire = \"3 of 3\"\nno_data = \"zero\"\n[[bind]]\nitem = \"b\"\nmetric = \"m\"\n",
        );
        let tally = |number| Some(Fire::Tally { hits: number, samples: number });
        assert_eq!(
            config.alerts,
            AlertRules {
                tuning: Tuning {
                    no_data: None,
                    fire: tally(1),
                    keep_firing: Some(seconds(60)),
                    clear: Some(Clear::For(seconds(60))),
                    warm_up: Some(seconds(120)),
                },
                repeat: seconds(300),
                high_deadline: Some(seconds(3_600)),
                blind_for: seconds(600),
            }
        );
        assert_eq!(
            config.metrics.get("m").map(|metric| metric.tuning.clone()),
            Some(Tuning { fire: tally(2), ..Tuning::default() })
        );
        let binds: Vec<(usize, Tuning)> = config.binds.into_iter().map(|bind| (bind.line, bind.tuning)).collect();
        let first = Tuning { no_data: Some(NoData::Zero), fire: tally(3), ..Tuning::default() };
        assert_eq!(binds, [(18, first), (23, Tuning::default())]);
    }

    #[test]
    fn gates_as_they_are_set() {
        let rules = read("[gates]\non_breach = \"resume\"\nword_valid_for = \"90s\"\n").gates;
        assert_eq!(rules, GateRules { on_breach: OnBreach::Resume, word_valid_for: seconds(90) });
    }
}
