//! What is asked of a signal, in words.

use std::time::Duration;

use plan::config::{Config, ExpectHttp, ProbeKind, Scalar};
use room::Signal;

use crate::wire::project::words::length;

/// What observes a signal: "Prometheus (prod)", "HTTP check api", "command lag".
pub(crate) fn asked_by(config: &Config, signal: &Signal) -> String {
    match signal {
        Signal::Metric(name) => {
            let source = config.metrics.get(name).map_or("", |metric| metric.source.as_str());
            format!("Prometheus ({source})")
        }
        Signal::Probe(name) => match config.probes.get(name).and_then(|probe| probe.kind.as_ref()) {
            Some(ProbeKind::Tls { .. }) => format!("certificate check {name}"),
            Some(ProbeKind::Tcp { .. }) => format!("TCP check {name}"),
            Some(ProbeKind::Dns { .. }) => format!("DNS check {name}"),
            Some(ProbeKind::Command { .. }) => format!("command {name}"),
            Some(ProbeKind::Alertmanager { .. }) => format!("Alertmanager ({name})"),
            Some(ProbeKind::Targets { source, .. }) => format!("targets of Prometheus ({source})"),
            Some(ProbeKind::Http { .. }) | None => format!("HTTP check {name}"),
        },
    }
}

/// What a signal asks: its query, its address, or its command.
pub(crate) fn asks(config: &Config, signal: &Signal) -> String {
    match signal {
        Signal::Metric(name) => config.metrics.get(name).map(|metric| metric.query.clone()).unwrap_or_default(),
        Signal::Probe(name) => match config.probes.get(name).and_then(|probe| probe.kind.as_ref()) {
            Some(ProbeKind::Http { url, .. }) => url.clone(),
            Some(ProbeKind::Tls { host, port, .. } | ProbeKind::Tcp { host, port, .. }) => format!("{host}:{port}"),
            Some(ProbeKind::Dns { host, record, .. }) => format!("{} {host}", record.name()),
            Some(ProbeKind::Command { command, .. }) => command.clone(),
            Some(ProbeKind::Alertmanager { url, labels, .. }) => {
                let labels: Vec<String> = labels.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
                if labels.is_empty() { url.clone() } else { format!("{url} {{{}}}", labels.join(",")) }
            }
            Some(ProbeKind::Targets { job, .. }) => {
                job.as_ref().map_or_else(|| "up".to_owned(), |job| format!("up{{job={job:?}}}"))
            }
            None => String::new(),
        },
    }
}

/// What must come of it, where a probe says yes or no: "status 200, the body holds “ok”".
pub(crate) fn expected(kind: &ProbeKind) -> String {
    let mut parts: Vec<String> = Vec::new();
    match kind {
        ProbeKind::Http { expect, .. } => parts.extend(of_http(expect)),
        ProbeKind::Tls { days_left, within, .. } => {
            parts.push(format!("trusted, and good for {days_left} days still"));
            parts.extend(within_words(*within));
        }
        ProbeKind::Tcp { within, .. } => {
            parts.push("a connection".to_owned());
            parts.extend(within_words(*within));
        }
        ProbeKind::Dns { expect, .. } => {
            parts.push(
                expect.value.as_ref().map_or_else(|| "an answer".to_owned(), |value| format!("{value} among them")),
            );
            parts.extend(expect.ttl.map(|ttl| format!("kept for {} at most", length(ttl.as_secs()))));
            parts.extend(within_words(expect.within));
        }
        ProbeKind::Command { number, expect, .. } => {
            parts.push(format!("exit {}", expect.exit));
            parts.extend(expect.text.as_ref().map(|text| format!("the output holds “{text}”")));
            parts.extend(number.as_ref().map(|number| match &number.after {
                Some(after) => format!("the number after “{after}” in its output is the value"),
                None => "the number in its output is the value".to_owned(),
            }));
            parts.extend(within_words(expect.within));
        }
        ProbeKind::Alertmanager { watchdog, firing, .. } => {
            parts.push(format!("{firing} alerts at most"));
            parts.extend(watchdog.as_ref().map(|name| format!("and {name} firing")));
        }
        ProbeKind::Targets { up, .. } => {
            parts.push(up.map_or_else(|| "every target up".to_owned(), |up| format!("{up} targets up at least")));
        }
    }
    parts.join(", ")
}

fn of_http(expect: &ExpectHttp) -> Vec<String> {
    let status = expect.status.map_or_else(|| "status 200 to 299".to_owned(), |status| format!("status {status}"));
    let body = expect.body.as_ref().map(|body| format!("the body holds “{body}”"));
    let version = expect.version.as_ref().map(|version| format!("the version {version}"));
    let json = expect.json.iter().map(|(pointer, value)| match value {
        Scalar::Text(text) => format!("{pointer} is “{text}”"),
        Scalar::Number(number) => format!("{pointer} is {number}"),
        Scalar::Flag(flag) => format!("{pointer} is {flag}"),
    });
    std::iter::once(status).chain(body).chain(version).chain(json).chain(within_words(expect.within)).collect()
}

fn within_words(within: Option<Duration>) -> Option<String> {
    within.map(|within| format!("within {} ms", within.as_millis()))
}
