//! What is observed and when it alarms, as `war-room.toml` says it.
//!
//! Owns: the shapes and their defaults. Must not know: how a document is read.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::Unit;

/// A server that answers queries: `[sources.NAME]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// `http://…` or `https://…`, without a slash at its end.
    pub url: String,
    /// How long from one poll to the next.
    pub every: Duration,
    /// How long an answer may take, connecting included.
    pub timeout: Duration,
    /// What proves who asks.
    pub auth: Option<Auth>,
    /// A file of certificates in PEM that are trusted besides the system's; relative to the settings' folder.
    pub ca_file: Option<String>,
}

/// What proves who asks. Secrets are names (`prometheus` for `secret:prometheus`), never values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Auth {
    /// A bearer token.
    Bearer {
        /// The secret's name.
        secret: String,
    },
    /// User and password.
    Basic {
        /// The user.
        user: String,
        /// The name of the secret that is the password.
        secret: String,
    },
    /// Headers, each a plain value or a secret's name.
    Headers(BTreeMap<String, HeaderValue>),
}

/// The value of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderValue {
    /// As it stands.
    Plain(String),
    /// The name of a secret.
    Secret(String),
}

/// A query with its unit: `[metrics.NAME]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// The name of an entry of `sources`.
    pub source: String,
    /// PromQL.
    pub query: String,
    /// The unit of its value; `None` where nobody said.
    pub unit: Option<Unit>,
    /// Below how many the value proves nothing.
    pub minimum: Option<Minimum>,
    /// Other words for it in the text.
    pub matches: Vec<String>,
    /// How it alarms, where it differs from `[alerts]`.
    pub tuning: Tuning,
}

/// `minimum = { query, at_least }`
#[derive(Debug, Clone, PartialEq)]
pub struct Minimum {
    /// PromQL for how many things the value was made from.
    pub query: String,
    /// From how many on it counts.
    pub at_least: f64,
}

/// How an alarm behaves; `None` where the level above decides (bind, then metric, then `[alerts]`, then the defaults).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tuning {
    /// What the absence of data means.
    pub no_data: Option<NoData>,
    /// What it takes to fire.
    pub fire: Option<Fire>,
    /// How long it keeps firing after the last breach.
    pub keep_firing: Option<Duration>,
    /// What it takes to resolve.
    pub clear: Option<Clear>,
    /// How long after a step samples are not judged.
    pub warm_up: Option<Duration>,
}

/// What the absence of data means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoData {
    /// The room is blind there.
    Blind,
    /// The value is nought: right for what only exists once something went wrong.
    Zero,
    /// It is a breach.
    Breach,
}

/// What it takes to fire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fire {
    /// So many of the last so many samples with distinct times breach.
    Tally {
        /// How many breach.
        hits: u64,
        /// Of how many.
        samples: u64,
    },
    /// It breaches for this long without a break.
    For(Duration),
}

/// What it takes to resolve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Clear {
    /// A level other than the threshold, in the criterion's unit.
    Level(f64),
    /// So many of the last so many samples are good.
    Tally {
        /// How many are good.
        hits: u64,
        /// Of how many.
        samples: u64,
    },
    /// It is good for this long without a break.
    For(Duration),
}

/// A check that something answers as expected: `[probes.NAME]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    /// How long from one look to the next.
    pub every: Duration,
    /// How long it may take, connecting included.
    pub timeout: Duration,
    /// What is looked at; `None` for a kind that this version does not know how to look at.
    pub kind: Option<ProbeKind>,
}

impl Probe {
    /// The unit of its value, where it gives a number and no yes or no.
    #[must_use]
    pub fn unit(&self) -> Option<Unit> {
        match &self.kind {
            Some(ProbeKind::Command { number, .. }) => number.as_ref().map(|number| number.unit),
            _ => None,
        }
    }
}

/// What a probe looks at.
#[derive(Debug, Clone, PartialEq)]
pub enum ProbeKind {
    /// An HTTP request.
    Http {
        /// The address.
        url: String,
        /// What proves who asks.
        auth: Option<Auth>,
        /// A file of certificates in PEM that are trusted besides the system's.
        ca_file: Option<String>,
        /// How many redirects are followed.
        redirects: u64,
        /// What the answer must be.
        expect: ExpectHttp,
    },
    /// A server's certificate.
    Tls {
        /// The server's name.
        host: String,
        /// Its port.
        port: u16,
        /// A file of certificates in PEM that are trusted besides the system's.
        ca_file: Option<String>,
        /// How many whole days it must be good for still.
        days_left: u64,
        /// How long the handshake may take.
        within: Option<Duration>,
    },
    /// A connection.
    Tcp {
        /// The server's name.
        host: String,
        /// Its port.
        port: u16,
        /// How long connecting may take.
        within: Option<Duration>,
    },
    /// What name servers tell of a name.
    Dns {
        /// The name.
        host: String,
        /// Which of its records.
        record: DnsRecord,
        /// What the answer must be.
        expect: ExpectDns,
    },
    /// A command, which runs once a person has armed it.
    Command {
        /// Its text, for a shell.
        command: String,
        /// The number in its output that is the value; `None` where the command says yes or no.
        number: Option<NumberInOutput>,
        /// What must come of it.
        expect: ExpectCommand,
    },
    /// The alerts of an Alertmanager.
    Alertmanager {
        /// `http://…` or `https://…`, without a slash at its end.
        url: String,
        /// What proves who asks.
        auth: Option<Auth>,
        /// A file of certificates in PEM that are trusted besides the system's.
        ca_file: Option<String>,
        /// The labels that an alert must have to count.
        labels: BTreeMap<String, String>,
        /// The name of an alert that always fires, as long as the Alertmanager hears from those who send it alerts.
        watchdog: Option<String>,
        /// How many may fire.
        firing: u64,
    },
    /// What a Prometheus scrapes.
    Targets {
        /// The name of an entry of `sources`.
        source: String,
        /// The job whose targets count; `None` for those of every job.
        job: Option<String>,
        /// How many must be up at least; `None` for all.
        up: Option<u64>,
    },
}

/// Which records of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DnsRecord {
    /// Addresses of IPv4.
    A,
    /// Addresses of IPv6.
    Aaaa,
    /// The name that it stands for.
    Cname,
}

impl DnsRecord {
    /// As zone files write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Aaaa => "AAAA",
            Self::Cname => "CNAME",
        }
    }
}

/// What name servers must tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExpectDns {
    /// An address or a name that must be among the records.
    pub value: Option<String>,
    /// How long they may be kept at most.
    pub ttl: Option<Duration>,
    /// How long the answer may take.
    pub within: Option<Duration>,
}

/// A number in the output of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberInOutput {
    /// Its unit.
    pub unit: Unit,
    /// The words that it follows; `None` where it is the only number.
    pub after: Option<String>,
}

/// What must come of a command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExpectCommand {
    /// What it ends with.
    pub exit: u8,
    /// Text that its output must hold.
    pub text: Option<String>,
    /// How long it may take.
    pub within: Option<Duration>,
}

/// What an HTTP answer must be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExpectHttp {
    /// The status; `None` for any from 200 to 299.
    pub status: Option<u16>,
    /// Text that the body must hold.
    pub body: Option<String>,
    /// A version that the body must speak of.
    pub version: Option<String>,
    /// JSON pointers and what must stand there.
    pub json: BTreeMap<String, Scalar>,
    /// How long the answer may take.
    pub within: Option<Duration>,
}

/// A plain value of JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Flag(bool),
}

/// Which item or criterion is observed by what: `[[bind]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Bind {
    /// Line of its `item` in the file.
    pub line: usize,
    /// The text of an item or criterion, or an id.
    pub item: String,
    /// By what.
    pub by: BoundBy,
    /// How it alarms, where it differs from the metric's.
    pub tuning: Tuning,
}

/// What observes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BoundBy {
    /// An entry of `metrics`.
    Metric(String),
    /// An entry of `probes`.
    Probe(String),
}

/// `[gates]`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GateRules {
    /// What a breach does to the hold's clock.
    pub on_breach: OnBreach,
    /// How long a statement counts.
    pub word_valid_for: Duration,
}

/// What a breach does to the hold's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnBreach {
    /// The hold starts again from nought.
    Restart,
    /// The hold goes on where it was.
    Resume,
}

/// `[alerts]`
#[derive(Debug, Clone, PartialEq)]
pub struct AlertRules {
    /// How all alarms behave that say nothing themselves.
    pub tuning: Tuning,
    /// How often a notification is repeated until it is acknowledged.
    pub repeat: Duration,
    /// How long a HIGH may burn before the way back is due; where it is not set, what the text says counts, and
    /// [`HIGH_DEADLINE`] where that says nothing.
    pub high_deadline: Option<Duration>,
    /// How long blindness is tolerated before it is HIGH.
    pub blind_for: Duration,
}

/// DESIGN.md, "Fires when": 2 of the last 3 samples where the text gives no duration.
pub const FIRE: Fire = Fire::Tally { hits: 2, samples: 3 };
/// How long a HIGH may burn where neither settings nor text say (DESIGN.md, "Severity sets the demand").
pub const HIGH_DEADLINE: Duration = Duration::from_secs(30 * 60);
/// How often a source or a probe is asked where the settings do not say: as often as INTERFACE.md's example.
pub const EVERY: Duration = Duration::from_secs(5);
/// How long an answer may take where the settings do not say: below [`EVERY`], so that polls do not pile up.
pub const TIMEOUT: Duration = Duration::from_secs(3);
/// A certificate that ends sooner cannot be renewed at leisure; the field renews at a month.
pub const DAYS_LEFT: u64 = 14;

impl Default for GateRules {
    fn default() -> Self {
        Self { on_breach: OnBreach::Restart, word_valid_for: Duration::from_secs(5 * 60) }
    }
}

impl Default for AlertRules {
    fn default() -> Self {
        Self {
            tuning: Tuning::default(),
            repeat: Duration::from_secs(60),
            high_deadline: None,
            blind_for: Duration::from_secs(5 * 60),
        }
    }
}
