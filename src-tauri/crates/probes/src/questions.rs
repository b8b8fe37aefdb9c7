//! From the settings to what is asked.
//!
//! Owns: which questions follow from the settings, with secrets and certificates filled in. Must not know: where secrets
//! and files are, and how anything is asked.

use std::path::Path;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use plan::config::{Auth, Config, HeaderValue, Probe, ProbeKind, Source};
use room::{Fault, Signal};

use crate::{Ask, Endpoint, Question, fetch, trust};

/// What the settings only name, given by who knows.
#[derive(Clone, Copy)]
pub struct Keeper<'a> {
    /// The value behind the name of a secret, or the fault of all that needs it.
    pub secret: &'a dyn Fn(&str) -> Result<String, Fault>,
    /// The bytes of a file that the settings name, or a sentence.
    pub file: &'a dyn Fn(&str) -> Result<Vec<u8>, String>,
    /// The folder of the settings, in which commands run.
    pub folder: &'a Path,
    /// Whether a person armed the command of a probe: its name, and the text that would run. Whoever armed another text
    /// did not arm this one.
    pub armed: &'a dyn Fn(&str, &str) -> bool,
}

impl std::fmt::Debug for Keeper<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Keeper").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// Everything that the settings want observed.
#[must_use]
pub fn questions(config: &Config, keeper: &Keeper<'_>) -> Vec<Question> {
    let metrics = config.metrics.iter().map(|(name, metric)| {
        let signal = Signal::Metric(name.clone());
        let Some(source) = config.sources.get(&metric.source) else {
            let (every, timeout) = (plan::config::EVERY, plan::config::TIMEOUT);
            return Question { signal, every, timeout, ask: Err(no_source(&metric.source)) };
        };
        let minimum = metric.minimum.as_ref().map(|minimum| (minimum.query.clone(), minimum.at_least));
        let ask =
            keeper.source(source).map(|endpoint| Ask::Prometheus { endpoint, query: metric.query.clone(), minimum });
        Question { signal, every: source.every, timeout: source.timeout, ask }
    });
    let probes = config.probes.iter().filter_map(|(name, probe)| {
        let Probe { every, timeout, kind } = probe;
        let ask = keeper.probe(config, name, kind.as_ref()?);
        Some(Question { signal: Signal::Probe(name.clone()), every: *every, timeout: *timeout, ask })
    });
    metrics.chain(probes).collect()
}

/// Checking the settings says this with its line; here it must not be silence.
fn no_source(name: &str) -> Fault {
    Fault::BadSettings { words: format!("there is no [sources.{name}] in the settings") }
}

impl Keeper<'_> {
    fn probe(&self, config: &Config, name: &str, kind: &ProbeKind) -> Result<Ask, Fault> {
        match kind {
            ProbeKind::Http { url, auth, ca_file, redirects, expect } => {
                let endpoint = self.endpoint(url, auth.as_ref(), ca_file.as_deref())?;
                Ok(Ask::Http { endpoint, redirects: *redirects, expect: expect.clone() })
            }
            ProbeKind::Tls { host, port, ca_file, days_left, within } => {
                let ca_pem = self.certificates(ca_file.as_deref())?;
                let (host, within): (String, Option<Duration>) = (host.clone(), *within);
                Ok(Ask::Tls { host, port: *port, ca_pem, days_left: *days_left, within })
            }
            ProbeKind::Tcp { host, port, within } => Ok(Ask::Tcp { host: host.clone(), port: *port, within: *within }),
            ProbeKind::Dns { host, record, expect } => {
                Ok(Ask::Dns { host: host.clone(), record: *record, expect: expect.clone() })
            }
            ProbeKind::Command { command, number, expect } => {
                if !(self.armed)(name, command) {
                    return Err(Fault::NotArmed);
                }
                let (command, folder) = (command.clone(), self.folder.to_path_buf());
                Ok(Ask::Command { command, folder, number: number.clone(), expect: expect.clone() })
            }
            ProbeKind::Alertmanager { url, auth, ca_file, labels, watchdog, firing } => {
                let endpoint = self.endpoint(url, auth.as_ref(), ca_file.as_deref())?;
                let (labels, watchdog) = (labels.clone(), watchdog.clone());
                Ok(Ask::Alertmanager { endpoint, labels, watchdog, firing: *firing })
            }
            ProbeKind::Targets { source, job, up } => {
                let endpoint = self.source(config.sources.get(source).ok_or_else(|| no_source(source))?)?;
                Ok(Ask::Targets { endpoint, job: job.clone(), up: *up })
            }
        }
    }

    fn source(&self, source: &Source) -> Result<Endpoint, Fault> {
        self.endpoint(&source.url, source.auth.as_ref(), source.ca_file.as_deref())
    }

    fn endpoint(&self, url: &str, auth: Option<&Auth>, ca_file: Option<&str>) -> Result<Endpoint, Fault> {
        let headers = match auth {
            None => Vec::new(),
            Some(Auth::Bearer { secret }) => {
                vec![("Authorization".to_owned(), format!("Bearer {}", self.secret(secret)?))]
            }
            Some(Auth::Basic { user, secret }) => {
                let pair = format!("{user}:{}", self.secret(secret)?);
                vec![("Authorization".to_owned(), format!("Basic {}", STANDARD.encode(pair)))]
            }
            Some(Auth::Headers(headers)) => {
                let filled = headers.iter().map(|(name, value)| {
                    let value = match value {
                        HeaderValue::Plain(value) => value.clone(),
                        HeaderValue::Secret(secret) => self.secret(secret)?,
                    };
                    Ok((name.clone(), value))
                });
                filled.collect::<Result<_, Fault>>()?
            }
        };
        fetch::headers(&headers).map_err(|words| Fault::BadSettings { words })?;
        Ok(Endpoint { url: url.to_owned(), headers, ca_pem: self.certificates(ca_file)? })
    }

    fn secret(&self, name: &str) -> Result<String, Fault> {
        let value = (self.secret)(name)?;
        // A secret that was read from a file mostly ends with a line break, which no header may hold.
        Ok(value.trim_end_matches(['\r', '\n']).to_owned())
    }

    fn certificates(&self, ca_file: Option<&str>) -> Result<Option<Vec<u8>>, Fault> {
        let Some(path) = ca_file else { return Ok(None) };
        let bytes = (self.file)(path).map_err(|words| Fault::BadSettings { words })?;
        trust::certificates(&bytes).map_err(|words| Fault::BadSettings { words: format!("{path}: {words}") })?;
        Ok(Some(bytes))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use plan::config::{DnsRecord, ExpectCommand, ExpectDns, ExpectHttp, Metric, Minimum, Tuning};

    use super::*;

    fn source(auth: Option<Auth>, ca_file: Option<&str>) -> Source {
        Source {
            url: "https://p.example/prefix".to_owned(),
            every: Duration::from_secs(7),
            timeout: Duration::from_secs(2),
            auth,
            ca_file: ca_file.map(str::to_owned),
        }
    }

    fn metric() -> Metric {
        Metric {
            source: "prometheus".to_owned(),
            query: "up".to_owned(),
            unit: None,
            minimum: Some(Minimum { query: "count(up)".to_owned(), at_least: 3.0 }),
            matches: Vec::new(),
            tuning: Tuning::default(),
        }
    }

    fn asked(config: &Config) -> Vec<Question> {
        let pem = rcgen::generate_simple_self_signed(["a.example".to_owned()]).unwrap().cert.pem();
        let keeper = Keeper {
            secret: &|name| match name {
                "token" => Ok("s3cr3t\n".to_owned()),
                other => Err(Fault::NoSecret { name: other.to_owned(), variable: "THE_SECRET".to_owned() }),
            },
            file: &|path| match path {
                "ca.pem" => Ok(pem.clone().into_bytes()),
                "note.txt" => Ok(b"hello".to_vec()),
                other => Err(format!("{other} is not there")),
            },
            folder: Path::new("/plan"),
            armed: &|probe, text| (probe, text) == ("lag", "lag --now"),
        };
        questions(config, &keeper)
    }

    /// The headers, or the fault, of a metric of such a source.
    fn check(auth: Option<Auth>, ca_file: Option<&str>, expected: &str) {
        let config = Config {
            sources: BTreeMap::from([("prometheus".to_owned(), source(auth, ca_file))]),
            metrics: BTreeMap::from([("errors".to_owned(), metric())]),
            ..Config::default()
        };
        let told = match &asked(&config)[0].ask {
            Ok(Ask::Prometheus { endpoint, .. }) => format!("{:?}", endpoint.headers),
            Ok(_) => panic!("a metric is a query"),
            Err(fault) => fault.to_string(),
        };
        assert_eq!(told, expected);
    }

    #[test]
    fn secrets_are_filled_in() {
        let name = |name: &str| name.to_owned();
        check(None, None, "[]");
        check(Some(Auth::Bearer { secret: name("token") }), Some("ca.pem"), r#"[("Authorization", "Bearer s3cr3t")]"#);
        check(
            Some(Auth::Basic { user: name("ada"), secret: name("token") }),
            None,
            r#"[("Authorization", "Basic YWRhOnMzY3IzdA==")]"#,
        );
        let headers = BTreeMap::from([
            (name("X-Key"), HeaderValue::Secret(name("token"))),
            (name("X-Scope-OrgID"), HeaderValue::Plain(name("team"))),
        ]);
        check(Some(Auth::Headers(headers)), None, r#"[("X-Key", "s3cr3t"), ("X-Scope-OrgID", "team")]"#);
    }

    #[test]
    fn what_is_missing_is_a_fault_that_names_the_mend() {
        check(
            Some(Auth::Bearer { secret: "prod-grafana".to_owned() }),
            None,
            "the secret prod-grafana is not there: set THE_SECRET, or write it into secrets.toml",
        );
        check(None, Some("gone.pem"), "gone.pem is not there");
        check(None, Some("note.txt"), "note.txt: no certificate in PEM stands in it");
        let bad = BTreeMap::from([("X Key".to_owned(), HeaderValue::Plain("a".to_owned()))]);
        check(Some(Auth::Headers(bad)), None, "X Key is no name of a header");
    }

    #[test]
    fn every_metric_and_every_known_probe_is_asked() {
        let probe = |kind| Probe { every: Duration::from_secs(11), timeout: Duration::from_secs(4), kind };
        let http = ProbeKind::Http {
            url: "http://a.example".to_owned(),
            auth: None,
            ca_file: None,
            redirects: 2,
            expect: ExpectHttp::default(),
        };
        let tls =
            ProbeKind::Tls { host: "a.example".to_owned(), port: 443, ca_file: None, days_left: 14, within: None };
        let config = Config {
            sources: BTreeMap::from([("prometheus".to_owned(), source(None, None))]),
            metrics: BTreeMap::from([
                ("errors".to_owned(), metric()),
                ("lost".to_owned(), Metric { source: "elsewhere".to_owned(), ..metric() }),
            ]),
            probes: BTreeMap::from([
                ("a".to_owned(), probe(Some(http))),
                ("b".to_owned(), probe(None)),
                ("c".to_owned(), probe(Some(tls))),
            ]),
            ..Config::default()
        };
        let questions = asked(&config);
        let names: Vec<&str> = questions.iter().map(|question| question.signal.name()).collect();
        assert_eq!(names, ["errors", "lost", "a", "c"]);
        assert_eq!((questions[0].every, questions[0].timeout), (Duration::from_secs(7), Duration::from_secs(2)));
        assert_eq!((questions[2].every, questions[2].timeout), (Duration::from_secs(11), Duration::from_secs(4)));
        let Ok(Ask::Prometheus { endpoint, query, minimum }) = &questions[0].ask else { panic!("a query") };
        assert_eq!((endpoint.url.as_str(), query.as_str()), ("https://p.example/prefix", "up"));
        assert_eq!(minimum, &Some(("count(up)".to_owned(), 3.0)));
        let lost = questions[1].ask.as_ref().unwrap_err();
        assert_eq!(lost.to_string(), "there is no [sources.elsewhere] in the settings");
    }

    fn of_kind(name: &str, kind: ProbeKind) -> Result<Ask, Fault> {
        let probe = Probe { every: Duration::from_secs(11), timeout: Duration::from_secs(4), kind: Some(kind) };
        let config = Config {
            sources: BTreeMap::from([("prometheus".to_owned(), source(None, None))]),
            probes: BTreeMap::from([(name.to_owned(), probe)]),
            ..Config::default()
        };
        asked(&config).remove(0).ask
    }

    #[test]
    fn a_command_runs_only_as_it_was_armed() {
        let command = |text: &str| ProbeKind::Command {
            command: text.to_owned(),
            number: None,
            expect: ExpectCommand::default(),
        };
        let Ok(Ask::Command { command: text, folder, .. }) = of_kind("lag", command("lag --now")) else {
            panic!("it is armed");
        };
        assert_eq!((text.as_str(), folder.as_path()), ("lag --now", Path::new("/plan")));
        for (name, text) in [("lag", "lag --later"), ("other", "lag --now")] {
            assert_eq!(of_kind(name, command(text)).unwrap_err(), Fault::NotArmed);
        }
        assert_eq!(Fault::NotArmed.to_string(), "no person armed this command: arm it on the signals' page (S)");
    }

    #[test]
    fn what_the_other_kinds_ask() {
        let host = || "a.example".to_owned();
        let tcp = of_kind("a", ProbeKind::Tcp { host: host(), port: 5432, within: None });
        assert!(matches!(tcp, Ok(Ask::Tcp { port: 5432, .. })));
        let kind = ProbeKind::Dns { host: host(), record: DnsRecord::Aaaa, expect: ExpectDns::default() };
        assert!(matches!(of_kind("a", kind), Ok(Ask::Dns { record: DnsRecord::Aaaa, .. })));
        let alertmanager = |secret: &str| ProbeKind::Alertmanager {
            url: "http://am.example".to_owned(),
            auth: Some(Auth::Bearer { secret: secret.to_owned() }),
            ca_file: None,
            labels: BTreeMap::new(),
            watchdog: None,
            firing: 0,
        };
        assert!(matches!(of_kind("a", alertmanager("token")), Ok(Ask::Alertmanager { .. })));
        assert!(matches!(of_kind("a", alertmanager("gone")), Err(Fault::NoSecret { .. })));
        let targets = |source: &str| ProbeKind::Targets { source: source.to_owned(), job: None, up: Some(3) };
        let Ok(Ask::Targets { endpoint, up, .. }) = of_kind("a", targets("prometheus")) else { panic!("targets") };
        assert_eq!((endpoint.url.as_str(), up), ("https://p.example/prefix", Some(3)));
        let lost = of_kind("a", targets("elsewhere")).unwrap_err();
        assert_eq!(lost.to_string(), "there is no [sources.elsewhere] in the settings");
    }

    #[test]
    fn no_question_shows_a_secret() {
        let auth = Auth::Bearer { secret: "token".to_owned() };
        let config = Config {
            sources: BTreeMap::from([("prometheus".to_owned(), source(Some(auth), None))]),
            metrics: BTreeMap::from([("errors".to_owned(), metric())]),
            ..Config::default()
        };
        assert!(!format!("{:?}", asked(&config)).contains("s3cr3t"));
    }
}
