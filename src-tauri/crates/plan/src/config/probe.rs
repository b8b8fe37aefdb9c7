//! From a `[probes.NAME]` to what is looked at.
//!
//! Owns: which key becomes which field of each kind, and what stands where a key is not there. Must not know: the
//! sentences about mistakes.

use toml::de::DeValue;

use super::{
    fill::{auth, polls, unit},
    keys::Keys,
    value,
    watch::{DAYS_LEFT, DnsRecord, ExpectCommand, ExpectDns, ExpectHttp, NumberInOutput, Probe, ProbeKind, Scalar},
};

/// The port of TLS where a probe names none.
const TLS_PORT: u16 = 443;

/// What a `[probes.NAME]` looks at, and how often.
pub(super) fn probe(keys: Keys<'_, '_>) -> Option<Probe> {
    let kind = match keys.text("kind")? {
        "http" => Some(http(keys)?),
        "tls" => Some(tls(keys)?),
        "tcp" => Some(tcp(keys)?),
        "dns" => Some(dns(keys)?),
        "command" => Some(command(keys)?),
        "alertmanager" => Some(alertmanager(keys)?),
        "targets" => Some(targets(keys)?),
        _ => None,
    };
    let (every, timeout) = polls(keys);
    Some(Probe { every, timeout, kind })
}

fn http(keys: Keys<'_, '_>) -> Option<ProbeKind> {
    let expect = keys.table("expect");
    let json = expect.table("json").values();
    Some(ProbeKind::Http {
        // A path with a slash at its end may be another than the one without: it stays as it is written.
        url: keys.text("url").filter(|url| value::url(url).is_ok())?.to_owned(),
        auth: auth(keys),
        ca_file: keys.owned("ca_file"),
        redirects: keys.whole("redirects").unwrap_or(0),
        expect: ExpectHttp {
            status: expect.whole("status").and_then(|status| u16::try_from(status).ok()),
            body: expect.owned("body"),
            version: expect.owned("version"),
            json: json.filter_map(|(pointer, value)| Some((pointer.to_owned(), scalar(value)?))).collect(),
            within: expect.length("within"),
        },
    })
}

fn scalar(value: &DeValue<'_>) -> Option<Scalar> {
    match value {
        DeValue::String(text) => Some(Scalar::Text(text.as_ref().to_owned())),
        DeValue::Boolean(flag) => Some(Scalar::Flag(*flag)),
        _ => value::number_of(value).map(Scalar::Number),
    }
}

fn tls(keys: Keys<'_, '_>) -> Option<ProbeKind> {
    let expect = keys.table("expect");
    Some(ProbeKind::Tls {
        host: keys.owned("host")?,
        port: port(keys).unwrap_or(TLS_PORT),
        ca_file: keys.owned("ca_file"),
        days_left: expect.whole("days_left").unwrap_or(DAYS_LEFT),
        within: expect.length("within"),
    })
}

fn port(keys: Keys<'_, '_>) -> Option<u16> {
    keys.whole("port").and_then(|port| u16::try_from(port).ok())
}

fn tcp(keys: Keys<'_, '_>) -> Option<ProbeKind> {
    Some(ProbeKind::Tcp { host: keys.owned("host")?, port: port(keys)?, within: keys.table("expect").length("within") })
}

fn dns(keys: Keys<'_, '_>) -> Option<ProbeKind> {
    let expect = keys.table("expect");
    let record = match keys.text("record") {
        Some("AAAA") => DnsRecord::Aaaa,
        Some("CNAME") => DnsRecord::Cname,
        _ => DnsRecord::A,
    };
    let expect = ExpectDns { value: expect.owned("value"), ttl: expect.length("ttl"), within: expect.length("within") };
    Some(ProbeKind::Dns { host: keys.owned("host")?, record, expect })
}

fn command(keys: Keys<'_, '_>) -> Option<ProbeKind> {
    let (expect, number) = (keys.table("expect"), keys.table("number"));
    let unit = number.text("unit").and_then(unit);
    Some(ProbeKind::Command {
        command: keys.owned("command")?,
        number: unit.map(|unit| NumberInOutput { unit, after: number.owned("after") }),
        expect: ExpectCommand {
            exit: expect.whole("exit").and_then(|exit| u8::try_from(exit).ok()).unwrap_or(0),
            text: expect.owned("text"),
            within: expect.length("within"),
        },
    })
}

fn alertmanager(keys: Keys<'_, '_>) -> Option<ProbeKind> {
    let labels = keys.table("labels").values();
    Some(ProbeKind::Alertmanager {
        url: keys.url("url")?,
        auth: auth(keys),
        ca_file: keys.owned("ca_file"),
        labels: labels.filter_map(|(name, value)| Some((name.to_owned(), value.as_str()?.to_owned()))).collect(),
        watchdog: keys.owned("watchdog"),
        firing: keys.table("expect").whole("firing").unwrap_or(0),
    })
}

fn targets(keys: Keys<'_, '_>) -> Option<ProbeKind> {
    Some(ProbeKind::Targets {
        source: keys.owned("source")?,
        job: keys.owned("job"),
        up: keys.table("expect").whole("up"),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use super::*;
    use crate::Unit;
    use crate::config::{Auth, TIMEOUT, parse};

    fn probe(keys: &str) -> Probe {
        let (mut config, _) = parse(&format!("version = 1\n[probes.a]\n{keys}\n"));
        config.probes.remove("a").unwrap()
    }

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn what_an_http_answer_must_be() {
        let Some(ProbeKind::Http { expect, auth, ca_file, redirects, .. }) = probe(
            "kind = \"http\"\nurl = \"https://a.example\"\nca_file = \"ca.pem\"\nauth = { bearer = \"secret:a\" }\nexpect = { json = { \"/n\" = 3, \"/h\" = 0x10, \"/f\" = -0.5, \"/t\" = true, \"/s\" = \"\" } }",
        )
        .kind
        else {
            unreachable!("an http probe");
        };
        assert_eq!(auth, Some(Auth::Bearer { secret: "a".into() }));
        assert_eq!(ca_file.as_deref(), Some("ca.pem"));
        assert_eq!((expect.status, expect.body, expect.version, expect.within), (None, None, None, None));
        assert_eq!(redirects, 0);
        let json: Vec<(&str, Scalar)> =
            expect.json.iter().map(|(pointer, value)| (pointer.as_str(), value.clone())).collect();
        assert_eq!(
            json,
            [
                ("/f", Scalar::Number(-0.5)),
                ("/h", Scalar::Number(16.0)),
                ("/n", Scalar::Number(3.0)),
                ("/s", Scalar::Text(String::new())),
                ("/t", Scalar::Flag(true)),
            ]
        );
    }

    #[test]
    fn what_a_certificate_must_be() {
        assert_eq!(
            probe("kind = \"tls\"\nhost = \"a.example\"").kind,
            Some(ProbeKind::Tls {
                host: "a.example".into(),
                port: 443,
                ca_file: None,
                days_left: DAYS_LEFT,
                within: None
            })
        );
        assert_eq!(
            probe("kind = \"tls\"\nhost = \"a.example\"\nport = 8443\nca_file = \"ca.pem\"\nexpect = { days_left = 0, within = \"1s\" }").kind,
            Some(ProbeKind::Tls {
                host: "a.example".into(),
                port: 8443,
                ca_file: Some("ca.pem".into()),
                days_left: 0,
                within: Some(seconds(1)),
            })
        );
    }

    #[test]
    fn a_kind_that_nothing_here_looks_at_is_known_by_name_only() {
        assert_eq!(
            probe("kind = \"kubernetes\"\nevery = \"30s\""),
            Probe { every: seconds(30), timeout: TIMEOUT, kind: None }
        );
    }

    #[test]
    fn redirects_and_a_version() {
        let kind = probe("kind = \"http\"\nurl = \"http://a\"\nredirects = 2\nexpect = { version = \"4.2.0\" }").kind;
        let Some(ProbeKind::Http { expect, redirects, .. }) = kind else { unreachable!("an http probe") };
        assert_eq!((expect.version.as_deref(), redirects), (Some("4.2.0"), 2));
    }

    #[test]
    fn where_a_connection_and_a_name_lead() {
        assert_eq!(
            probe("kind = \"tcp\"\nhost = \"db\"\nport = 5432\nexpect = { within = \"1s\" }").kind,
            Some(ProbeKind::Tcp { host: "db".into(), port: 5432, within: Some(seconds(1)) })
        );
        assert_eq!(
            probe("kind = \"dns\"\nhost = \"a.example\"").kind,
            Some(ProbeKind::Dns { host: "a.example".into(), record: DnsRecord::A, expect: ExpectDns::default() })
        );
        assert_eq!(
            probe("kind = \"dns\"\nhost = \"a.example\"\nrecord = \"CNAME\"\nexpect = { value = \"b.example\", ttl = \"1m\", within = \"2s\" }").kind,
            Some(ProbeKind::Dns {
                host: "a.example".into(),
                record: DnsRecord::Cname,
                expect: ExpectDns {
                    value: Some("b.example".into()),
                    ttl: Some(seconds(60)),
                    within: Some(seconds(2))
                },
            })
        );
    }

    #[test]
    fn what_must_come_of_a_command() {
        assert_eq!(
            probe("kind = \"command\"\ncommand = \"true\"").kind,
            Some(ProbeKind::Command { command: "true".into(), number: None, expect: ExpectCommand::default() })
        );
        let counted = probe(
            "kind = \"command\"\ncommand = \"lag\"\nnumber = { unit = \"s\", after = \"lag:\" }\nexpect = { exit = 3, text = \"ok\", within = \"1s\" }",
        );
        assert_eq!(counted.unit(), Some(Unit::S));
        assert_eq!(
            counted.kind,
            Some(ProbeKind::Command {
                command: "lag".into(),
                number: Some(NumberInOutput { unit: Unit::S, after: Some("lag:".into()) }),
                expect: ExpectCommand { exit: 3, text: Some("ok".into()), within: Some(seconds(1)) },
            })
        );
    }

    #[test]
    fn whose_alerts_and_whose_targets() {
        assert_eq!(
            probe("kind = \"alertmanager\"\nurl = \"http://a/\"\nlabels = { service = \"payments\" }\nwatchdog = \"Watchdog\"\nexpect = { firing = 2 }").kind,
            Some(ProbeKind::Alertmanager {
                url: "http://a".into(),
                auth: None,
                ca_file: None,
                labels: BTreeMap::from([("service".into(), "payments".into())]),
                watchdog: Some("Watchdog".into()),
                firing: 2,
            })
        );
        assert_eq!(
            probe("kind = \"targets\"\nsource = \"p\"").kind,
            Some(ProbeKind::Targets { source: "p".into(), job: None, up: None })
        );
        assert_eq!(
            probe("kind = \"targets\"\nsource = \"p\"\njob = \"api\"\nexpect = { up = 3 }").kind,
            Some(ProbeKind::Targets { source: "p".into(), job: Some("api".into()), up: Some(3) })
        );
    }
}
