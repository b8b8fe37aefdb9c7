//! What a command of the plan looks at, where it only looks.
//!
//! Owns: which commands are known to change nothing, and what of them a probe can do itself. A command that is not known
//! is none: it is proposed nowhere. Must not know: which check it belongs to.

use std::collections::BTreeMap;
use std::time::Duration;

use super::address::{self, Address};
use super::shell::{self, Words};
use crate::Command;
use crate::config::{DnsRecord, ExpectCommand, ExpectDns, ExpectHttp, Probe, ProbeKind, Scalar};

/// How often a server is asked, and how long it may take: a check of the day, no vital sign.
const SOON: (Duration, Duration) = (Duration::from_secs(15), Duration::from_secs(5));
/// A name is asked as seldom as its answer is kept, at the least.
const NOW_AND_THEN: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(5));
/// A command is a process on this laptop, and asks servers that know nothing of probes.
const COMMAND: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(10));
/// A certificate ends by days.
const SELDOM: (Duration, Duration) = (Duration::from_secs(600), Duration::from_secs(5));
/// A page mostly leads to another one or two, such as that for logging in.
const REDIRECTS: u64 = 3;

/// What came of reading a command.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Look {
    /// It looks at this, and what of it is not looked at is said.
    At(Box<Probe>, String),
    /// It only looks, and something stands in the way.
    Not(String),
    /// It is no check, or nobody knows what it is.
    Nothing,
}

/// What a command looks at, and what the text expects of it.
pub(super) fn look(command: &Command, expected: Option<&str>) -> Look {
    let Some(stages) = shell::stages(&command.text) else { return blocked(command) };
    let Some((first, filters)) = stages.split_first() else { return Look::Nothing };
    if !command.blanks.is_empty() {
        return blocked(command);
    }
    let expected = expected.map(str::trim).filter(|text| !text.is_empty());
    match name(first) {
        "curl" | "wget" => of_curl(first, filters, expected),
        "nc" | "ncat" | "netcat" | "telnet" => of_nc(first, filters),
        "dig" | "nslookup" | "host" => of_dig(first, filters, expected),
        "openssl" => of_openssl(first),
        _ => of_command(command, first, filters, expected),
    }
}

/// A request for an address.
pub(super) fn request(url: &str, is_page: bool) -> Probe {
    let redirects = if is_page { REDIRECTS } else { 0 };
    let kind =
        ProbeKind::Http { url: url.to_owned(), auth: None, ca_file: None, redirects, expect: ExpectHttp::default() };
    Probe { every: SOON.0, timeout: SOON.1, kind: Some(kind) }
}

/// A server's certificate.
pub(super) fn certificate(host: &str, port: u16) -> Probe {
    let days_left = crate::config::DAYS_LEFT;
    let kind = ProbeKind::Tls { host: host.to_owned(), port, ca_file: None, days_left, within: None };
    Probe { every: SELDOM.0, timeout: SELDOM.1, kind: Some(kind) }
}

/// A connection.
pub(super) fn connection(host: &str, port: u16) -> Probe {
    let kind = ProbeKind::Tcp { host: host.to_owned(), port, within: None };
    Probe { every: SOON.0, timeout: SOON.1, kind: Some(kind) }
}

/// A name.
pub(super) fn resolved(host: &str, record: DnsRecord, value: Option<String>) -> Probe {
    let kind = ProbeKind::Dns { host: host.to_owned(), record, expect: ExpectDns { value, ..ExpectDns::default() } };
    Probe { every: NOW_AND_THEN.0, timeout: NOW_AND_THEN.1, kind: Some(kind) }
}

/// What a Prometheus scrapes.
pub(super) fn targets(source: &str) -> Probe {
    let kind = ProbeKind::Targets { source: source.to_owned(), job: None, up: None };
    Probe { every: SOON.0, timeout: SOON.1, kind: Some(kind) }
}

/// A check that cannot be asked as it stands: a blank, or something that the shell would have to put in.
fn blocked(command: &Command) -> Look {
    let first = command.text.split_whitespace().next().unwrap_or_default();
    let looks = ["curl", "wget", "nc", "dig", "nslookup", "telnet", "openssl"].contains(&first);
    match command.blanks.first() {
        Some(blank) if looks => Look::Not(format!("the command on line {} has the blank {blank}", command.line)),
        _ => Look::Nothing,
    }
}

/// The name of a program without its folder.
fn name(words: &Words) -> &str {
    words.first().map(|word| word.rsplit('/').next().unwrap_or(word)).unwrap_or_default()
}

fn of_curl(words: &Words, filters: &[Words], expected: Option<&str>) -> Look {
    let (mut url, mut timeout, mut caveat) = (None, None, Vec::new());
    let (mut redirects, mut rest) = (0, words.iter().skip(1).map(String::as_str));
    while let Some(word) = rest.next() {
        match word {
            "-L" | "--location" => redirects = REDIRECTS,
            "-k" | "--insecure" | "--no-check-certificate" => {
                caveat.push("the command trusts any certificate, which a probe does not".to_owned());
            }
            "-m" | "--max-time" | "--connect-timeout" | "-T" if word != "-T" || name(words) == "wget" => {
                let seconds = rest.next().and_then(|text| text.parse::<u64>().ok());
                timeout = seconds.filter(|seconds| (1..=SOON.0.as_secs()).contains(seconds)).or(timeout);
            }
            "-w" | "--write-out" | "--retry" | "--retry-delay" | "-A" | "--user-agent" => drop(rest.next()),
            "-X" | "--request" => match rest.next() {
                Some("GET" | "HEAD") => {}
                _ => return Look::Nothing,
            },
            "-o" | "--output" | "-O" => match rest.next() {
                Some("/dev/null" | "-") => {}
                _ => return Look::Nothing,
            },
            "-H" | "--header" => {
                let header = rest.next().unwrap_or_default().to_lowercase();
                if !header.starts_with("accept") {
                    return Look::Not(format!(
                        "its command sends the header {}, which belongs into the settings: write the probe there, with \"auth\"",
                        header.split(':').next().unwrap_or_default()
                    ));
                }
            }
            "-u" | "--user" | "-b" | "--cookie" | "-E" | "--cert" | "--key" => {
                return Look::Not(
                    "its command proves who asks, which belongs into the settings: write the probe there, with \"auth\""
                        .to_owned(),
                );
            }
            "--fail" | "--silent" | "--show-error" | "--head" | "--get" | "--spider" | "--compressed" | "--include"
            | "--verbose" | "--fail-with-body" | "-4" | "-6" | "--ipv4" | "--ipv6" | "-qO-" | "-q" | "--http2" => {}
            _ if word.starts_with("--") => return Look::Nothing,
            _ if word.starts_with('-') => {
                // Letters that only change what is shown.
                if !word.chars().skip(1).all(|letter| "fsSIivgqL#".contains(letter)) {
                    return Look::Nothing;
                }
                if word.contains('L') {
                    redirects = REDIRECTS;
                }
            }
            _ if url.is_some() => return Look::Not("its command asks several addresses at once".to_owned()),
            _ => url = Some(word),
        }
    }
    let Some(address) = url.map(|url| if url.contains("://") { url.to_owned() } else { format!("http://{url}") })
    else {
        return Look::Nothing;
    };
    let address = match Address::of(&address) {
        Ok(address) => address,
        Err(why) => return Look::Not(why),
    };
    caveat.extend(address.caveat());
    let mut expect = ExpectHttp::default();
    let mut pointer = None;
    for filter in filters {
        match filtered(filter) {
            Filter::Shows => {}
            Filter::Body(text) => expect.body = Some(text),
            Filter::Json(path, value) => {
                expect.json.insert(path, value);
            }
            Filter::Pointer(path) => pointer = Some(path),
            Filter::Unknown => caveat.push(format!("what {} makes of the answer is not looked at", name(filter))),
        }
    }
    if let Some(text) = expected
        && !take_expected(&mut expect, pointer.as_deref(), text)
    {
        caveat.push(format!("the text expects “{text}”, which is not looked at"));
    }
    let timeout = timeout.map_or(SOON.1, Duration::from_secs);
    let kind = ProbeKind::Http { url: address.url, auth: None, ca_file: None, redirects, expect };
    Look::At(Box::new(Probe { every: SOON.0, timeout, kind: Some(kind) }), caveat.join("; "))
}

/// What a stage of the pipe makes of an answer.
enum Filter {
    Shows,
    Body(String),
    Json(String, Scalar),
    Pointer(String),
    Unknown,
}

fn filtered(words: &Words) -> Filter {
    let (flags, rest): (Vec<&str>, Vec<&str>) =
        words.iter().skip(1).map(String::as_str).partition(|word| word.starts_with('-'));
    match (name(words), rest.as_slice()) {
        ("jq", [] | ["."]) | ("cat" | "head" | "less", _) | ("python" | "python3", ["json.tool"]) => Filter::Shows,
        ("grep", [pattern]) => {
            let is_plain = pattern.chars().all(|one| one.is_alphanumeric() || " _-:\"/,=@{}".contains(one));
            let asks = flags.iter().all(|flag| ["-q", "--quiet", "-F", "-o", "-s"].contains(flag));
            if is_plain && asks { Filter::Body((*pattern).to_owned()) } else { Filter::Unknown }
        }
        ("jq", [filter]) => of_jq(filter),
        _ => Filter::Unknown,
    }
}

/// `.status`, `.db.ok == true`: a path of plain names, and what must stand there.
fn of_jq(filter: &str) -> Filter {
    let (path, value) = match filter.split_once("==") {
        Some((path, value)) => (path.trim(), Some(value.trim())),
        None => (filter.trim(), None),
    };
    let names: Vec<&str> = path.strip_prefix('.').unwrap_or_default().split('.').collect();
    let is_name = |name: &&str| !name.is_empty() && name.chars().all(|one| one.is_alphanumeric() || one == '_');
    if names.is_empty() || !names.iter().all(is_name) {
        return Filter::Unknown;
    }
    let pointer = format!("/{}", names.join("/"));
    match value {
        None => Filter::Pointer(pointer),
        Some(value) => scalar(value).map_or(Filter::Unknown, |value| Filter::Json(pointer, value)),
    }
}

fn scalar(text: &str) -> Option<Scalar> {
    match text {
        "true" => Some(Scalar::Flag(true)),
        "false" => Some(Scalar::Flag(false)),
        _ => match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(text) if !text.contains(['"', '\\']) => Some(Scalar::Text(text.to_owned())),
            Some(_) => None,
            None => text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Scalar::Number),
        },
    }
}

/// What the text expects of an answer, where it is plain what it means.
fn take_expected(expect: &mut ExpectHttp, pointer: Option<&str>, text: &str) -> bool {
    let bare = text.trim_matches(['`', '\'']).trim();
    if let Some(pointer) = pointer {
        let value = scalar(bare).unwrap_or_else(|| Scalar::Text(bare.to_owned()));
        expect.json.insert(pointer.to_owned(), value);
        return !bare.contains(char::is_whitespace);
    }
    if let Some(status) = status(bare) {
        expect.status = Some(status);
        return true;
    }
    if let Some(fields) = fields(bare) {
        expect.json.extend(fields);
        return true;
    }
    match quoted(text) {
        Some(words) => {
            expect.body = Some(words.to_owned());
            true
        }
        None => false,
    }
}

/// `200`, `HTTP 200`, `HTTP/1.1 200 OK`, `200 OK`.
fn status(text: &str) -> Option<u16> {
    let mut words = text.split_whitespace().skip_while(|word| {
        let word = word.to_ascii_lowercase();
        word.starts_with("http") || word == "status" || word == "code"
    });
    let status = words.next()?.parse().ok().filter(|status| (100..600).contains(status))?;
    words.all(|word| word.chars().all(char::is_alphabetic) && word.len() <= 10).then_some(status)
}

/// `{"status":"ok","db":true}`: a flat object.
fn fields(text: &str) -> Option<BTreeMap<String, Scalar>> {
    let inside = text.strip_prefix('{')?.strip_suffix('}')?;
    let mut found = BTreeMap::new();
    for field in inside.split(',') {
        let (name, value) = field.split_once(':')?;
        let name = name.trim().strip_prefix('"')?.strip_suffix('"')?;
        let is_plain = !name.is_empty() && name.chars().all(|one| one.is_alphanumeric() || "_-".contains(one));
        found.insert(format!("/{}", Some(name).filter(|_| is_plain)?), scalar(value.trim())?);
    }
    Some(found)
}

/// What stands in quotes or back-ticks, where that is all.
fn quoted(text: &str) -> Option<&str> {
    let pairs = [('`', '`'), ('"', '"'), ('“', '”'), ('\'', '\'')];
    let inside = pairs.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))?;
    (!inside.is_empty() && !inside.contains(['`', '"'])).then_some(inside)
}

fn of_nc(words: &Words, filters: &[Words]) -> Look {
    let is_telnet = name(words) == "telnet";
    let flags: Vec<&str> = words.iter().skip(1).map(String::as_str).filter(|word| word.starts_with('-')).collect();
    let only_looks = is_telnet || flags.iter().any(|flag| flag.contains('z'));
    let rest: Vec<&str> = words.iter().skip(1).map(String::as_str).filter(|word| !word.starts_with('-')).collect();
    let [.., host, port] = rest.as_slice() else { return Look::Nothing };
    let (Ok(port), true, true) = (port.parse::<u16>(), only_looks, filters.is_empty()) else { return Look::Nothing };
    at_host(host, |host| connection(host, port))
}

fn at_host(host: &str, probe: impl Fn(&str) -> Probe) -> Look {
    match address::host(host) {
        Ok(()) => Look::At(Box::new(probe(host)), address::host_caveat(host).unwrap_or_default()),
        Err(why) => Look::Not(why),
    }
}

fn of_dig(words: &Words, filters: &[Words], expected: Option<&str>) -> Look {
    let mut record = DnsRecord::A;
    let mut host = None;
    for word in words.iter().skip(1).map(String::as_str) {
        match word.to_ascii_uppercase().as_str() {
            "A" | "-TYPE=A" => {}
            "AAAA" | "-TYPE=AAAA" => record = DnsRecord::Aaaa,
            "CNAME" | "-TYPE=CNAME" => record = DnsRecord::Cname,
            "MX" | "TXT" | "NS" | "SOA" | "ANY" | "SRV" => return Look::Nothing,
            "-T" => {}
            _ if word.starts_with('+') => {}
            // Another server, or something of which nobody knows what it is.
            _ if word.starts_with(['@', '-']) || host.is_some() => return Look::Nothing,
            _ => host = Some(word),
        }
    }
    let (Some(host), true) = (host, filters.iter().all(|filter| matches!(filtered(filter), Filter::Shows))) else {
        return Look::Nothing;
    };
    let value = expected.map(|text| text.trim_matches('`').trim_end_matches('.').to_owned());
    let is_value = |text: &String| {
        if record == DnsRecord::Cname {
            address::host(text).is_ok() && text.contains('.')
        } else {
            address::is_number(text)
        }
    };
    match (value.clone().filter(is_value), value) {
        (None, Some(text)) => match at_host(host, |host| resolved(host, record, None)) {
            Look::At(probe, caveat) => {
                let unread = format!("the text expects “{text}”, which is not looked at");
                Look::At(
                    probe,
                    [caveat, unread].into_iter().filter(|one| !one.is_empty()).collect::<Vec<_>>().join("; "),
                )
            }
            other => other,
        },
        (value, _) => at_host(host, |host| resolved(host, record, value.clone())),
    }
}

/// `openssl s_client -connect host:443`.
fn of_openssl(words: &Words) -> Look {
    let mut rest = words.iter().map(String::as_str).skip_while(|word| *word != "-connect").skip(1);
    let is_client = words.get(1).is_some_and(|word| word == "s_client");
    let Some((host, port)) = rest.next().and_then(|place| place.rsplit_once(':')).filter(|_| is_client) else {
        return Look::Nothing;
    };
    let Ok(port) = port.parse::<u16>() else { return Look::Nothing };
    at_host(host, |host| certificate(host, port))
}

/// A command that is known to look and to end, with an answer that its exit or the text tells.
fn of_command(command: &Command, first: &Words, filters: &[Words], expected: Option<&str>) -> Look {
    let Some(answers) = only_looks(first).filter(|_| filters.iter().all(is_filter)) else { return Look::Nothing };
    let text = expected.and_then(|text| quoted(text).or(Some(text).filter(|text| !text.contains(char::is_whitespace))));
    if text.is_none() && !answers {
        return match expected {
            Some(text) => Look::Not(format!("what its command must tell (“{text}”) is not said in quotes")),
            None => {
                Look::Not("its command shows something, and the text does not say what must stand there".to_owned())
            }
        };
    }
    if command.folder.is_some() {
        return Look::Not("its command runs in another folder than the checklist's".to_owned());
    }
    let waits = first.iter().any(|word| word == "rollout");
    let caveat = match (expected, text) {
        (None, None) if waits => {
            format!("while the rollout runs it waits, and is ended after {} s: no data until then", COMMAND.1.as_secs())
        }
        (Some(words), None) => format!("the text expects “{words}”, and only how the command ends is looked at"),
        _ => String::new(),
    };
    let expect = ExpectCommand { exit: 0, text: text.map(str::to_owned), within: None };
    let kind = ProbeKind::Command { command: command.text.clone(), number: None, expect };
    Look::At(Box::new(Probe { every: COMMAND.0, timeout: COMMAND.1, kind: Some(kind) }), caveat)
}

/// Whether a command is known to change nothing and to end; and then, whether how it ends is its answer.
fn only_looks(words: &Words) -> Option<bool> {
    let all: Vec<&str> = words.iter().map(String::as_str).collect();
    let never_ends = |word: &&str| {
        matches!(*word, "-w" | "--watch" | "-f" | "--follow" | "--watch=true" | "-i" | "--interactive" | "-it")
    };
    if all.iter().any(never_ends) {
        return None;
    }
    // Options before the verb have a word each, which is none.
    let verbs: Vec<&str> = {
        let mut verbs = Vec::new();
        let mut rest = all.iter().skip(1).copied();
        while let Some(word) = rest.next() {
            match word {
                "-n" | "--namespace" | "--context" | "-c" | "--profile" | "--region" | "-h" | "-p" | "-U" | "-d" => {
                    rest.next();
                }
                _ if word.starts_with('-') => {}
                _ => verbs.push(word),
            }
        }
        verbs
    };
    match (name(words), verbs.as_slice()) {
        ("kubectl", ["rollout", "status", ..] | ["auth", "can-i", ..]) => Some(true),
        ("kubectl", ["get", what, ..]) if !what.starts_with("secret") => Some(false),
        ("kubectl", ["top", ..] | ["describe", ..] | ["cluster-info"] | ["version"]) => Some(false),
        ("helm", ["status" | "list" | "ls" | "history", ..]) => Some(false),
        ("docker", ["ps" | "inspect" | "images", ..]) => Some(false),
        ("systemctl", ["is-active" | "is-enabled", ..]) => Some(true),
        ("pg_isready" | "mysqladmin", [] | ["ping"]) => Some(true),
        ("redis-cli", ["ping" | "PING" | "info" | "INFO"]) => Some(false),
        ("df" | "free" | "uptime" | "nproc", _) => Some(false),
        ("git", ["status" | "log" | "rev-parse" | "describe", ..]) => Some(false),
        ("etcdctl", ["endpoint", "health", ..]) | ("vault", ["status"]) | ("rabbitmqctl", ["status"]) => Some(true),
        _ => None,
    }
}

fn is_filter(words: &Words) -> bool {
    match name(words) {
        "grep" | "jq" | "head" | "tail" | "wc" | "cut" | "tr" | "uniq" | "cat" | "column" => {
            words.iter().all(|word| word != "-f" && word != "--follow" && word != "-F")
        }
        "sort" => words.iter().all(|word| !word.starts_with("-o") && !word.starts_with("--output")),
        _ => false,
    }
}
