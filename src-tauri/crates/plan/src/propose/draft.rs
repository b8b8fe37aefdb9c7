//! A proposal as the settings write it.
//!
//! Owns: names of new probes, and how a probe and its binding are written. What is written reads back as the same.

use std::fmt::Write as _;
use std::time::Duration;

use crate::config::{BoundBy, DnsRecord, ExpectCommand, ExpectDns, ExpectHttp, Probe, ProbeKind, Scalar};

/// The longest name that is made of an address.
const NAME_MAX: usize = 40;

/// A name for a probe: of the server and what is asked there, or of the command.
pub(super) fn name(probe: &Probe) -> String {
    let words = match &probe.kind {
        Some(ProbeKind::Http { url, .. }) => {
            let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            let last = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').rsplit('/').next();
            format!("{} {}", label(host), last.unwrap_or_default())
        }
        Some(ProbeKind::Tls { host, .. }) => format!("{} tls", label(host)),
        Some(ProbeKind::Tcp { host, port, .. }) => format!("{} {port}", label(host)),
        Some(ProbeKind::Dns { host, record, .. }) => format!("{} dns {}", label(host), record.name()),
        Some(ProbeKind::Command { command, .. }) => {
            let words = command.split_whitespace().filter(|word| !word.starts_with('-'));
            words.take(3).collect::<Vec<_>>().join(" ")
        }
        Some(ProbeKind::Targets { source, .. }) => format!("{source} targets"),
        Some(ProbeKind::Alertmanager { .. }) | None => "alerts".to_owned(),
    };
    let mut name = String::new();
    for character in words.chars().take(NAME_MAX) {
        if character.is_ascii_alphanumeric() {
            name.push(character.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() { "check".to_owned() } else { name.to_owned() }
}

/// The first part of a server's name.
fn label(host: &str) -> &str {
    let host = host.split(':').next().unwrap_or(host);
    host.strip_prefix("www.").unwrap_or(host).split('.').next().unwrap_or(host)
}

/// The probe, where it is a new one, and the binding.
pub(super) fn text(probe: Option<&Probe>, by: &BoundBy, item: &str) -> String {
    let mut text = String::new();
    if let (Some(probe), BoundBy::Probe(name)) = (probe, by) {
        let _ = writeln!(text, "[probes.{name}]\n{}", keys(probe));
    }
    let (key, name) = match by {
        BoundBy::Metric(name) => ("metric", name),
        BoundBy::Probe(name) => ("probe", name),
    };
    let _ = writeln!(text, "[[bind]]\nitem = {}\n{key} = {}", quoted(item), quoted(name));
    text
}

fn keys(probe: &Probe) -> String {
    let mut keys: Vec<(&str, String)> = Vec::new();
    let mut expect: Vec<(&str, String)> = Vec::new();
    match &probe.kind {
        Some(ProbeKind::Http { url, redirects, expect: wanted, .. }) => {
            keys.extend([("kind", quoted("http")), ("url", quoted(url))]);
            if *redirects > 0 {
                keys.push(("redirects", redirects.to_string()));
            }
            expect = of_http(wanted);
        }
        Some(ProbeKind::Tls { host, port, days_left, .. }) => {
            keys.extend([("kind", quoted("tls")), ("host", quoted(host)), ("port", port.to_string())]);
            expect.push(("days_left", days_left.to_string()));
        }
        Some(ProbeKind::Tcp { host, port, .. }) => {
            keys.extend([("kind", quoted("tcp")), ("host", quoted(host)), ("port", port.to_string())]);
        }
        Some(ProbeKind::Dns { host, record, expect: ExpectDns { value, .. } }) => {
            keys.extend([("kind", quoted("dns")), ("host", quoted(host))]);
            if *record != DnsRecord::A {
                keys.push(("record", quoted(record.name())));
            }
            expect.extend(value.as_ref().map(|value| ("value", quoted(value))));
        }
        Some(ProbeKind::Command { command, expect: ExpectCommand { exit, text, .. }, .. }) => {
            keys.extend([("kind", quoted("command")), ("command", quoted(command))]);
            expect.push(("exit", exit.to_string()));
            expect.extend(text.as_ref().map(|text| ("text", quoted(text))));
        }
        Some(ProbeKind::Targets { source, .. }) => {
            keys.extend([("kind", quoted("targets")), ("source", quoted(source))]);
        }
        // Never made here: the settings name them.
        Some(ProbeKind::Alertmanager { .. }) | None => {}
    }
    keys.extend([("every", span(probe.every)), ("timeout", span(probe.timeout))]);
    let mut text = String::new();
    for (key, value) in keys {
        let _ = writeln!(text, "{key} = {value}");
    }
    if !expect.is_empty() {
        let fields: Vec<String> = expect.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        let _ = writeln!(text, "expect = {{ {} }}", fields.join(", "));
    }
    text
}

fn of_http(expect: &ExpectHttp) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    found.extend(expect.status.map(|status| ("status", status.to_string())));
    found.extend(expect.body.as_ref().map(|body| ("body", quoted(body))));
    if !expect.json.is_empty() {
        let fields = expect.json.iter().map(|(pointer, value)| {
            let value = match value {
                Scalar::Text(text) => quoted(text),
                Scalar::Number(number) => number.to_string(),
                Scalar::Flag(flag) => flag.to_string(),
            };
            format!("{} = {value}", quoted(pointer))
        });
        found.push(("json", format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))));
    }
    found
}

fn span(time: Duration) -> String {
    let seconds = time.as_secs();
    let text = if seconds.is_multiple_of(60) { format!("{}m", seconds / 60) } else { format!("{seconds}s") };
    quoted(&text)
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            _ if character.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(character));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::super::look::{certificate, connection, request, resolved, targets};
    use super::*;
    use crate::config::parse;

    #[test]
    fn what_is_written_reads_back_as_the_same() {
        let mut asks = request("https://api.harbour.io/health?x=1", true);
        if let Some(ProbeKind::Http { expect, .. }) = &mut asks.kind {
            expect.status = Some(204);
            expect.body = Some("a \"b\" \\ c\nd\u{7}é".to_owned());
            expect.json = [("/n", Scalar::Number(1.5)), ("/f", Scalar::Flag(true)), ("/s", Scalar::Text("up".into()))]
                .into_iter()
                .map(|(pointer, value)| (pointer.to_owned(), value))
                .collect();
        }
        let runs = ProbeKind::Command {
            command: "kubectl rollout status \\\n  deployment/x".to_owned(),
            number: None,
            expect: ExpectCommand { exit: 0, text: Some("1/1".to_owned()), within: None },
        };
        let runs = Probe { every: Duration::from_secs(30), timeout: Duration::from_secs(10), kind: Some(runs) };
        for (probe, expected) in [
            (asks, "api-health"),
            (certificate("api.harbour.io", 443), "api-tls"),
            (connection("db.harbour.io", 5432), "db-5432"),
            (resolved("www.harbour.io", DnsRecord::Cname, Some("edge.harbour.io".to_owned())), "harbour-dns-cname"),
            (targets("prod"), "prod-targets"),
            (runs, "kubectl-rollout-status"),
        ] {
            let name = name(&probe);
            assert_eq!(name, expected);
            let by = BoundBy::Probe(name.clone());
            let source = "[sources.prod]\nkind = \"prometheus\"\nurl = \"http://p\"\n";
            let text = format!("version = 1\n{source}{}", text(Some(&probe), &by, "All \"pods\" healthy"));
            let (config, mistakes) = parse(&text);
            let mistakes: Vec<_> = mistakes.iter().filter(|one| one.level > crate::Level::Note).collect();
            assert!(mistakes.is_empty(), "{text}\n{mistakes:?}");
            assert_eq!(config.probes.get(&name), Some(&probe), "{text}");
            assert_eq!((config.binds[0].item.as_str(), &config.binds[0].by), ("All \"pods\" healthy", &by));
        }
    }
}
