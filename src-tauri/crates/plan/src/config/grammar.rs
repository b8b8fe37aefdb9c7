//! The whole grammar of `war-room.toml`, as one declaration.
//!
//! Owns: which tables and keys there are, what may stand behind each, and which parts this version acts on. Must not
//! know: how a document is walked or how a value is read. A later version that acts on a part, or on a kind of it, flips
//! its `in_use` here and nowhere else.

use std::time::Duration;

use super::watch::EVERY;

/// What may stand behind a key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    /// Words, at least one character that is not blank.
    Text,
    /// A list of [`Shape::Text`].
    Texts,
    /// Words where `secret:NAME` may stand too, and must where the key's own name speaks of a secret.
    MaybeSecret,
    /// `secret:NAME` and nothing else: the value itself never stands in the file.
    Secret,
    /// A whole number from 0.
    Whole,
    /// A number from 0.
    Number,
    /// `true` or `false`.
    Flag,
    /// A whole number from 1 to 65535.
    Port,
    /// A status of HTTP: a whole number from 100 to 599.
    Status,
    /// What a command ends with: a whole number from 0 to 255.
    Exit,
    /// A server's name or address, without a port.
    Host,
    /// `90s`, `10m`, `1h30m`; zero where `may_be_zero`.
    Duration {
        /// Whether nothing at all makes sense here.
        may_be_zero: bool,
    },
    /// `1MiB`.
    Size,
    /// `http://…` or `https://…`, without a password in it.
    Url,
    /// A [`Shape::Url`] that paths are put behind: it has no `?` and no `#`.
    Base,
    /// IANA name.
    Zone,
    /// `2026-01-21T06:30`.
    Moment,
    /// `06:30/08:00`.
    Window,
    /// `2 of 3` or a duration.
    Fire,
    /// A number, `2 of 3` or a duration.
    Clear,
    /// A rule of the review, such as `CMD-04`, in a list.
    Codes,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Text, a number, or true or false.
    Scalar,
    /// The name of an entry of this top-level table.
    NameOf(&'static str),
    /// Keys of its own.
    Table(&'static Table),
    /// Names that the writer chooses, each with a table.
    Named(&'static Table),
    /// Names that the writer chooses, each with a value.
    Values(&'static Shape),
    /// The names of shell variables, each with text.
    Variables,
    /// The names of HTTP headers, each with a value.
    Headers,
    /// JSON pointers, each with a [`Shape::Scalar`].
    Pointers,
    /// `[[name]]`, any number of times.
    List(&'static Table),
}

/// A key and what may stand behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) need: Need,
}

/// What it means that a key is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing: there is a default.
    May,
    /// Something less happens, which these words say after "has no …, and".
    Should(&'static str),
    /// A mistake.
    Must,
}

/// The keys of a table.
#[derive(Debug)]
pub(super) struct Table {
    /// Keys that it may have whatever its kind.
    pub(super) keys: &'static [Key],
    /// What else it may have, by the word behind its key `kind`; empty where it has no kinds.
    pub(super) kinds: &'static [Kind],
    /// Of these keys exactly one must stand; empty where there is no such choice.
    pub(super) choice: &'static [&'static str],
    /// Durations of which one should not exceed another; empty where there are none.
    pub(super) limits: &'static [Limit],
}

/// A duration that should not exceed another.
#[derive(Debug)]
pub(super) struct Limit {
    pub(super) name: &'static str,
    /// The key of the one that it should not exceed.
    pub(super) limit: &'static str,
    /// What that one is where the table does not say.
    pub(super) default: Duration,
    /// What comes of it, in words.
    pub(super) consequence: &'static str,
}

/// The keys that only one kind of a table has.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) keys: &'static [Key],
    /// Where this version does not act on it although it acts on the part, the words that say so after "is of kind …,";
    /// they draw a note.
    pub(super) unused: Option<&'static str>,
}

/// A key at the top of the file.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) key: Key,
    /// Whether this version acts on it; one that it does not act on draws a note.
    pub(super) in_use: bool,
}

/// The version of the grammar that is declared here.
pub(super) const VERSION: u64 = 1;

const fn may(name: &'static str, shape: Shape) -> Key {
    Key { name, shape, need: Need::May }
}

const fn should(name: &'static str, shape: Shape, otherwise: &'static str) -> Key {
    Key { name, shape, need: Need::Should(otherwise) }
}

const fn must(name: &'static str, shape: Shape) -> Key {
    Key { name, shape, need: Need::Must }
}

const fn plain(keys: &'static [Key]) -> Table {
    Table { keys, kinds: &[], choice: &[], limits: &[] }
}

const fn kind(name: &'static str, keys: &'static [Key]) -> Kind {
    Kind { name, keys, unused: None }
}

/// A kind of probe that this version does not know how to look at.
const fn unwatched(name: &'static str, keys: &'static [Key]) -> Kind {
    Kind { name, keys, unused: Some("which this version does not look at yet; a person states what is bound to it") }
}

const fn used(key: Key) -> Part {
    Part { key, in_use: true }
}

const fn known(key: Key) -> Part {
    Part { key, in_use: false }
}

/// A stretch of time that has a length.
const LENGTH: Shape = Shape::Duration { may_be_zero: false };
/// A stretch of time that may be nothing.
const DELAY: Shape = Shape::Duration { may_be_zero: true };
const UNIT: Shape = Shape::OneOf(&["ratio", "percent", "s", "ms", "bytes", "cores", "count"]);
const NO_DATA: Shape = Shape::OneOf(&["blind", "zero", "breach"]);

/// Everything that may stand in the file.
pub(super) static FILE: &[Part] = &[
    used(must("version", Shape::Whole)),
    used(may("plan", Shape::Table(&PLAN))),
    known(may("people", Shape::Named(&PERSON))),
    known(may("ladder", Shape::List(&RUNG))),
    used(may("sources", Shape::Named(&SOURCE))),
    used(may("metrics", Shape::Named(&METRIC))),
    used(may("probes", Shape::Named(&PROBE))),
    used(may("bind", Shape::List(&BIND))),
    used(may("durations", Shape::Values(&LENGTH))),
    used(may("gates", Shape::Table(&GATES))),
    used(may("alerts", Shape::Table(&ALERTS))),
    known(may("commands", Shape::Table(&COMMANDS))),
    known(may("variables", Shape::Variables)),
    known(may("channels", Shape::Named(&CHANNEL))),
    known(may("review", Shape::Table(&REVIEW))),
];

static PLAN: Table = plain(&[
    may("service", Shape::Text),
    may("release", Shape::Text),
    may("environment", Shape::Text),
    may("start", Shape::Moment),
    may("zone", Shape::Zone),
    may("window", Shape::Window),
]);

static PERSON: Table = plain(&[
    may("name", Shape::Text),
    may("role", Shape::Text),
    may("phone", Shape::Text),
    may("mail", Shape::Text),
    may("chat", Shape::Text),
    may("pager", Shape::Text),
]);

static RUNG: Table = Table {
    keys: &[may("person", Shape::NameOf("people")), may("role", Shape::Text), must("after", DELAY)],
    kinds: &[],
    choice: &["person", "role"],
    limits: &[],
};

static BASIC: Table = plain(&[must("user", Shape::Text), must("password", Shape::Secret)]);

static AUTH: Table = Table {
    keys: &[may("bearer", Shape::Secret), may("basic", Shape::Table(&BASIC)), may("headers", Shape::Headers)],
    kinds: &[],
    choice: &["bearer", "basic", "headers"],
    limits: &[],
};

const POLLS: Limit = Limit {
    name: "timeout",
    limit: "every",
    default: EVERY,
    consequence: "polls that fall due while one still waits for its answer are left out",
};

static SOURCE: Table = Table {
    keys: &[],
    kinds: &[kind(
        "prometheus",
        &[
            must("url", Shape::Base),
            may("every", LENGTH),
            may("timeout", LENGTH),
            may("auth", Shape::Table(&AUTH)),
            may("ca_file", Shape::Text),
        ],
    )],
    choice: &[],
    limits: &[POLLS],
};

static MINIMUM: Table = plain(&[must("query", Shape::Text), must("at_least", Shape::Number)]);

static METRIC: Table = plain(&[
    must("source", Shape::NameOf("sources")),
    must("query", Shape::Text),
    should("unit", UNIT, "its criteria are not armed until its unit is chosen in the window"),
    may("minimum", Shape::Table(&MINIMUM)),
    may("no_data", NO_DATA),
    may("matches", Shape::Texts),
    may("fire", Shape::Fire),
    may("keep_firing", DELAY),
    may("clear", Shape::Clear),
    may("warm_up", DELAY),
]);

static EXPECT_HTTP: Table = plain(&[
    may("status", Shape::Status),
    may("body", Shape::Text),
    may("version", Shape::Text),
    may("json", Shape::Pointers),
    may("within", LENGTH),
]);
static EXPECT_TLS: Table = plain(&[may("days_left", Shape::Whole), may("within", LENGTH)]);
static EXPECT_TCP: Table = plain(&[may("within", LENGTH)]);
static EXPECT_DNS: Table = plain(&[may("value", Shape::Text), may("ttl", LENGTH), may("within", LENGTH)]);
static EXPECT_KUBERNETES: Table =
    plain(&[may("rolled_out", Shape::Flag), may("pods_ready", Shape::Whole), may("restarts", Shape::Whole)]);
static EXPECT_COMMAND: Table = plain(&[may("exit", Shape::Exit), may("text", Shape::Text), may("within", LENGTH)]);
static NUMBER: Table = plain(&[must("unit", UNIT), may("after", Shape::Text)]);
static EXPECT_LOG: Table = plain(&[may("errors", Shape::Whole), may("warnings", Shape::Whole)]);
static EXPECT_ALERTS: Table = plain(&[may("firing", Shape::Whole)]);
static EXPECT_TARGETS: Table = plain(&[may("up", Shape::Whole)]);

static PROBE: Table = Table {
    keys: &[may("every", LENGTH), may("timeout", LENGTH)],
    kinds: &[
        kind(
            "http",
            &[
                must("url", Shape::Url),
                may("auth", Shape::Table(&AUTH)),
                may("ca_file", Shape::Text),
                may("redirects", Shape::Whole),
                may("expect", Shape::Table(&EXPECT_HTTP)),
            ],
        ),
        kind(
            "tls",
            &[
                must("host", Shape::Host),
                may("port", Shape::Port),
                may("ca_file", Shape::Text),
                may("expect", Shape::Table(&EXPECT_TLS)),
            ],
        ),
        kind("tcp", &[must("host", Shape::Host), must("port", Shape::Port), may("expect", Shape::Table(&EXPECT_TCP))]),
        kind(
            "dns",
            &[
                must("host", Shape::Host),
                may("record", Shape::OneOf(&["A", "AAAA", "CNAME"])),
                may("expect", Shape::Table(&EXPECT_DNS)),
            ],
        ),
        unwatched(
            "kubernetes",
            &[
                may("context", Shape::Text),
                may("namespace", Shape::Text),
                may("deployment", Shape::Text),
                may("selector", Shape::Text),
                may("expect", Shape::Table(&EXPECT_KUBERNETES)),
            ],
        ),
        Kind {
            name: "command",
            keys: &[
                must("command", Shape::Text),
                may("number", Shape::Table(&NUMBER)),
                may("expect", Shape::Table(&EXPECT_COMMAND)),
            ],
            unused: Some(
                "which runs only once a person armed it in the room, on the signals' page; until then what is bound to it has no data",
            ),
        },
        unwatched(
            "log",
            &[must("command", Shape::Text), may("allowed", Shape::Texts), may("expect", Shape::Table(&EXPECT_LOG))],
        ),
        kind(
            "alertmanager",
            &[
                must("url", Shape::Base),
                may("auth", Shape::Table(&AUTH)),
                may("ca_file", Shape::Text),
                may("labels", Shape::Values(&Shape::Text)),
                may("watchdog", Shape::Text),
                may("expect", Shape::Table(&EXPECT_ALERTS)),
            ],
        ),
        kind(
            "targets",
            &[
                must("source", Shape::NameOf("sources")),
                may("job", Shape::Text),
                may("expect", Shape::Table(&EXPECT_TARGETS)),
            ],
        ),
    ],
    choice: &[],
    limits: &[POLLS],
};

static BIND: Table = Table {
    keys: &[
        must("item", Shape::Text),
        may("probe", Shape::NameOf("probes")),
        may("metric", Shape::NameOf("metrics")),
        may("no_data", NO_DATA),
        may("fire", Shape::Fire),
        may("keep_firing", DELAY),
        may("clear", Shape::Clear),
        may("warm_up", DELAY),
    ],
    kinds: &[],
    choice: &["probe", "metric"],
    limits: &[],
};

static GATES: Table = plain(&[may("on_breach", Shape::OneOf(&["restart", "resume"])), may("word_valid_for", LENGTH)]);

static ALERTS: Table = plain(&[
    may("fire", Shape::Fire),
    may("keep_firing", DELAY),
    may("clear", Shape::Clear),
    may("warm_up", DELAY),
    may("repeat", LENGTH),
    may("high_deadline", LENGTH),
    may("blind_for", LENGTH),
]);

static COMMANDS: Table = plain(&[
    may("shell", Shape::Text),
    may("folder", Shape::Text),
    may("context", Shape::Text),
    may("namespace", Shape::Text),
    may("output_limit", Shape::Size),
]);

static CHANNEL: Table = Table {
    keys: &[],
    kinds: &[
        kind("slack", &[must("url", Shape::Secret)]),
        kind("teams", &[must("url", Shape::Secret)]),
        kind("webhook", &[must("url", Shape::Secret)]),
        kind(
            "smtp",
            &[
                must("host", Shape::Host),
                may("port", Shape::Port),
                may("user", Shape::Text),
                may("password", Shape::Secret),
                must("from", Shape::Text),
                must("to", Shape::Texts),
            ],
        ),
        kind("statuspage", &[must("page", Shape::Text), must("token", Shape::Secret), may("url", Shape::Url)]),
        kind("pagerduty", &[must("key", Shape::Secret), may("url", Shape::Url)]),
        kind("file", &[must("path", Shape::Text)]),
    ],
    choice: &[],
    limits: &[],
};

static REVIEW: Table = plain(&[may("allow", Shape::Codes)]);
