//! A look at a name: what the name servers of this laptop tell of it.
//!
//! Owns: the question, and the answer held against what is expected. Must not know: how often is looked.
//!
//! The name servers of the system are asked anew each time, past the system's own memory and its file of hosts. That a
//! name or its record does not exist is an answer, so it fails. A name server that cannot say, or says nothing, may be
//! this laptop's, so it is a fault.

use std::net::SocketAddr;
use std::time::Duration;

use hickory_resolver::config::{NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use hickory_resolver::{TokioResolver, system_conf};
use jiff::Timestamp;
use plan::config::{DnsRecord, ExpectDns};
use room::{Fault, Measure, Sample};

use crate::look::{looked, took};
use crate::supervision::Asker;
use crate::words;

/// So many records are enough to see where a name leads.
const RECORDS_SHOWN: usize = 4;

/// Looks at one name.
pub(crate) struct Dns {
    /// The name.
    pub(crate) host: String,
    /// Which of its records.
    pub(crate) record: DnsRecord,
    /// What is expected of them.
    pub(crate) expect: ExpectDns,
    /// The one name server that is asked instead of the system's.
    pub(crate) server: Option<SocketAddr>,
    /// How often is looked.
    pub(crate) every: Duration,
    /// How long a look may take.
    pub(crate) timeout: Duration,
    /// Reads the time.
    pub(crate) clock: fn() -> Timestamp,
}

/// What the name servers told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Told {
    /// The records that were asked for, as they are written.
    values: Vec<String>,
    /// How long the answer may be kept: the longest of what leads to it.
    ttl_s: u32,
}

/// Why they told nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Nothing {
    /// There is no such name.
    Unknown,
    /// The name has no such record.
    Without,
    /// They gave no answer.
    Unsaid(Fault),
}

impl Dns {
    fn resolver(&self) -> Result<TokioResolver, Fault> {
        let (config, mut options) = match self.server {
            Some(server) => (only(server), ResolverOpts::default()),
            // Read each time: a laptop changes its network during the day.
            None => system_conf::read_system_conf().map_err(|error| Fault::NameServer {
                words: format!("this laptop names none that can be asked ({error})"),
            })?,
        };
        options.cache_size = 0;
        options.use_hosts_file = ResolveHosts::Never;
        options.preserve_intermediates = true;
        // Twice within the time limit: a lost packet is no lost answer.
        options.timeout = self.timeout / 2;
        options.attempts = 1;
        let mut builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
        *builder.options_mut() = options;
        builder.build().map_err(|error| Fault::NameServer { words: error.to_string() })
    }

    async fn told(&self) -> Result<Told, Nothing> {
        let wanted = record_type(self.record);
        let resolver = self.resolver().map_err(Nothing::Unsaid)?;
        let mut name = Name::from_utf8(&self.host)
            .map_err(|error| bad(format!("{} is no name for name servers ({error})", self.host)))?;
        // A name with a dot is whole; others may be meant within the system's own domain.
        if self.host.contains('.') {
            name.set_fqdn(true);
        }
        let lookup = resolver.lookup(name, wanted).await.map_err(|error| nothing(&error, self.timeout))?;
        let told = Told::of(lookup.answers(), wanted);
        if told.values.is_empty() { Err(Nothing::Without) } else { Ok(told) }
    }
}

fn bad(words: String) -> Nothing {
    Nothing::Unsaid(Fault::BadSettings { words })
}

fn only(server: SocketAddr) -> ResolverConfig {
    let mut config = NameServerConfig::udp(server.ip());
    for connection in &mut config.connections {
        connection.port = server.port();
    }
    ResolverConfig::from_name_servers(vec![config])
}

fn record_type(record: DnsRecord) -> RecordType {
    match record {
        DnsRecord::A => RecordType::A,
        DnsRecord::Aaaa => RecordType::AAAA,
        DnsRecord::Cname => RecordType::CNAME,
    }
}

impl Told {
    fn of(records: &[Record], wanted: RecordType) -> Self {
        let values = records.iter().filter(|record| record.record_type() == wanted).map(|record| match &record.data {
            RData::A(address) => address.0.to_string(),
            RData::AAAA(address) => address.0.to_string(),
            RData::CNAME(name) => plain(&name.0.to_utf8()),
            other => other.to_string(),
        });
        let mut values: Vec<String> = values.collect();
        // Name servers turn the order with each answer.
        values.sort();
        Self { values, ttl_s: records.iter().map(|record| record.ttl).max().unwrap_or(0) }
    }
}

/// A name as it is compared: in small letters, without the dot at its end.
fn plain(name: &str) -> String {
    name.trim_end_matches('.').to_lowercase()
}

/// What an error of the resolver means.
fn nothing(error: &NetError, after: Duration) -> Nothing {
    let cannot_say = |words: String| Nothing::Unsaid(Fault::NameServer { words });
    let of_code = |code: ResponseCode| match code {
        ResponseCode::ServFail => cannot_say("it failed to find out (SERVFAIL)".to_owned()),
        ResponseCode::Refused => cannot_say("it refuses to tell this laptop (REFUSED)".to_owned()),
        other => cannot_say(format!("it answers “{other}”")),
    };
    match error {
        NetError::Timeout => Nothing::Unsaid(Fault::TimedOut { after }),
        NetError::Dns(DnsError::NoRecordsFound(found)) => match found.response_code {
            ResponseCode::NXDomain => Nothing::Unknown,
            ResponseCode::NoError => Nothing::Without,
            other => of_code(other),
        },
        NetError::Dns(DnsError::ResponseCode(code)) => of_code(*code),
        NetError::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            cannot_say("nothing listens where it should be".to_owned())
        }
        NetError::Io(error) => Nothing::Unsaid(Fault::Unreachable { words: error.to_string() }),
        other => cannot_say(other.to_string()),
    }
}

impl Asker for Dns {
    async fn ask(&mut self) -> Result<Sample, Fault> {
        if let Some(words) = unfit(self.record, &self.expect) {
            return Err(Fault::BadSettings { words });
        }
        let asked_at = (self.clock)();
        let told = self.told().await;
        let measure = match told {
            Ok(told) => judged(self.record, &told, took(asked_at, (self.clock)()), &self.expect),
            Err(Nothing::Unknown) => Measure::Failed(format!("there is no name {} (NXDOMAIN)", self.host)),
            Err(Nothing::Without) => Measure::Failed(format!("{} has no {} record", self.host, self.record.name())),
            Err(Nothing::Unsaid(fault)) => return Err(fault),
        };
        Ok(looked(measure, (self.clock)(), self.every, self.timeout))
    }

    fn reconnect(&mut self) {
        // Each look asks with a resolver of its own.
    }
}

/// Why a value can stand in no record of that kind.
fn unfit(record: DnsRecord, expect: &ExpectDns) -> Option<String> {
    let value = expect.value.as_ref()?;
    let (fits, what) = match record {
        DnsRecord::A => (value.parse::<std::net::Ipv4Addr>().is_ok(), "an address of IPv4"),
        DnsRecord::Aaaa => (value.parse::<std::net::Ipv6Addr>().is_ok(), "an address of IPv6"),
        DnsRecord::Cname => (value.parse::<std::net::IpAddr>().is_err(), "a name"),
    };
    (!fits).then(|| format!("expect.value is “{value}”, and a record {} holds {what}", record.name()))
}

/// An answer held against what is expected, the first that differs named.
fn judged(record: DnsRecord, told: &Told, took: Duration, expect: &ExpectDns) -> Measure {
    let shown: Vec<&str> = told.values.iter().take(RECORDS_SHOWN).map(String::as_str).collect();
    let more = match told.values.len().saturating_sub(RECORDS_SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let ttl = words::length(Duration::from_secs(told.ttl_s.into()));
    let seen = format!("{}{more}, kept for {ttl}, in {}", shown.join(", "), words::length(took));
    let wanted = expect.value.as_ref().map(|value| match record {
        DnsRecord::Aaaa => value.parse().map_or_else(|_| value.clone(), |ip: std::net::Ipv6Addr| ip.to_string()),
        _ => plain(value),
    });
    if let Some(wanted) = wanted.filter(|wanted| !told.values.contains(wanted)) {
        return Measure::Failed(format!("{seen}; expected {wanted}"));
    }
    if let Some(most) = expect.ttl.filter(|most| Duration::from_secs(told.ttl_s.into()) > *most) {
        return Measure::Failed(format!("{seen}; expected to be kept for {} at most", words::length(most)));
    }
    match expect.within.filter(|within| took > *within) {
        Some(within) => Measure::Failed(format!("{seen}; expected within {}", words::length(within))),
        None => Measure::Passed(seen),
    }
}

#[cfg(test)]
mod tests;
