//! The whole grammar of `war-room.toml`, as one declaration.
//!
//! Owns: which tables and keys there are, what may stand behind each, and which parts this version acts on. Must not
//! know: how a document is walked or how a value is read. A later version that acts on a part flips its `in_use` here
//! and nowhere else.

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
    /// `90s`, `10m`, `1h30m`; zero where `may_be_zero`.
    Duration {
        /// Whether nothing at all makes sense here.
        may_be_zero: bool,
    },
    /// `1MiB`.
    Size,
    /// `http://…` or `https://…`, without a password in it.
    Url,
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
    /// `[[name]]`, any number of times.
    List(&'static Table),
}

/// A key and what may stand behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) needed: bool,
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
}

/// The keys that only one kind of a table has.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) keys: &'static [Key],
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
    Key { name, shape, needed: false }
}

const fn must(name: &'static str, shape: Shape) -> Key {
    Key { name, shape, needed: true }
}

const fn plain(keys: &'static [Key]) -> Table {
    Table { keys, kinds: &[], choice: &[] }
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
const NO_DATA: Shape = Shape::OneOf(&["blind", "zero", "breach"]);

/// Everything that may stand in the file.
pub(super) static FILE: &[Part] = &[
    used(must("version", Shape::Whole)),
    used(may("plan", Shape::Table(&PLAN))),
    known(may("people", Shape::Named(&PERSON))),
    known(may("ladder", Shape::List(&RUNG))),
    known(may("sources", Shape::Named(&SOURCE))),
    known(may("metrics", Shape::Named(&METRIC))),
    known(may("probes", Shape::Named(&PROBE))),
    known(may("bind", Shape::List(&BIND))),
    known(may("durations", Shape::Values(&LENGTH))),
    known(may("gates", Shape::Table(&GATES))),
    known(may("alerts", Shape::Table(&ALERTS))),
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
};

static BASIC: Table = plain(&[must("user", Shape::Text), must("password", Shape::Secret)]);

static AUTH: Table = Table {
    keys: &[
        may("bearer", Shape::Secret),
        may("basic", Shape::Table(&BASIC)),
        may("headers", Shape::Values(&Shape::MaybeSecret)),
    ],
    kinds: &[],
    choice: &["bearer", "basic", "headers"],
};

static SOURCE: Table = Table {
    keys: &[],
    kinds: &[Kind {
        name: "prometheus",
        keys: &[
            must("url", Shape::Url),
            may("every", LENGTH),
            may("timeout", LENGTH),
            may("auth", Shape::Table(&AUTH)),
            may("ca_file", Shape::Text),
        ],
    }],
    choice: &[],
};

static MINIMUM: Table = plain(&[must("query", Shape::Text), must("at_least", Shape::Number)]);

static METRIC: Table = plain(&[
    must("source", Shape::NameOf("sources")),
    must("query", Shape::Text),
    may("unit", Shape::OneOf(&["ratio", "percent", "s", "ms", "bytes", "cores", "count"])),
    may("minimum", Shape::Table(&MINIMUM)),
    may("no_data", NO_DATA),
    may("matches", Shape::Texts),
    may("fire", Shape::Fire),
    may("keep_firing", DELAY),
    may("clear", Shape::Clear),
    may("warm_up", DELAY),
]);

static EXPECT_HTTP: Table = plain(&[
    may("status", Shape::Whole),
    may("body", Shape::Text),
    may("json", Shape::Values(&Shape::Scalar)),
    may("within", LENGTH),
]);
static EXPECT_TLS: Table = plain(&[may("days_left", Shape::Whole), may("within", LENGTH)]);
static EXPECT_TCP: Table = plain(&[may("within", LENGTH)]);
static EXPECT_DNS: Table = plain(&[may("value", Shape::Text), may("ttl", LENGTH), may("within", LENGTH)]);
static EXPECT_KUBERNETES: Table =
    plain(&[may("rolled_out", Shape::Flag), may("pods_ready", Shape::Whole), may("restarts", Shape::Whole)]);
static EXPECT_COMMAND: Table = plain(&[may("exit", Shape::Whole), may("text", Shape::Text), may("within", LENGTH)]);
static EXPECT_LOG: Table = plain(&[may("errors", Shape::Whole), may("warnings", Shape::Whole)]);
static EXPECT_ALERTS: Table = plain(&[may("firing", Shape::Whole)]);
static EXPECT_TARGETS: Table = plain(&[may("up", Shape::Whole)]);

static PROBE: Table = Table {
    keys: &[may("every", LENGTH), may("timeout", LENGTH)],
    kinds: &[
        Kind {
            name: "http",
            keys: &[
                must("url", Shape::Url),
                may("auth", Shape::Table(&AUTH)),
                may("ca_file", Shape::Text),
                may("expect", Shape::Table(&EXPECT_HTTP)),
            ],
        },
        Kind {
            name: "tls",
            keys: &[
                must("host", Shape::Text),
                may("port", Shape::Port),
                may("ca_file", Shape::Text),
                may("expect", Shape::Table(&EXPECT_TLS)),
            ],
        },
        Kind {
            name: "tcp",
            keys: &[must("host", Shape::Text), must("port", Shape::Port), may("expect", Shape::Table(&EXPECT_TCP))],
        },
        Kind {
            name: "dns",
            keys: &[
                must("host", Shape::Text),
                may("record", Shape::OneOf(&["A", "AAAA", "CNAME"])),
                may("expect", Shape::Table(&EXPECT_DNS)),
            ],
        },
        Kind {
            name: "kubernetes",
            keys: &[
                may("context", Shape::Text),
                may("namespace", Shape::Text),
                may("deployment", Shape::Text),
                may("selector", Shape::Text),
                may("expect", Shape::Table(&EXPECT_KUBERNETES)),
            ],
        },
        Kind { name: "command", keys: &[must("command", Shape::Text), may("expect", Shape::Table(&EXPECT_COMMAND))] },
        Kind {
            name: "log",
            keys: &[
                must("command", Shape::Text),
                may("allowed", Shape::Texts),
                may("expect", Shape::Table(&EXPECT_LOG)),
            ],
        },
        Kind {
            name: "alertmanager",
            keys: &[
                must("url", Shape::Url),
                may("auth", Shape::Table(&AUTH)),
                may("ca_file", Shape::Text),
                may("labels", Shape::Values(&Shape::Text)),
                may("expect", Shape::Table(&EXPECT_ALERTS)),
            ],
        },
        Kind {
            name: "targets",
            keys: &[
                must("source", Shape::NameOf("sources")),
                may("job", Shape::Text),
                may("expect", Shape::Table(&EXPECT_TARGETS)),
            ],
        },
    ],
    choice: &[],
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
        Kind { name: "slack", keys: &[must("url", Shape::Secret)] },
        Kind { name: "teams", keys: &[must("url", Shape::Secret)] },
        Kind { name: "webhook", keys: &[must("url", Shape::Secret)] },
        Kind {
            name: "smtp",
            keys: &[
                must("host", Shape::Text),
                may("port", Shape::Port),
                may("user", Shape::Text),
                may("password", Shape::Secret),
                must("from", Shape::Text),
                must("to", Shape::Texts),
            ],
        },
        Kind {
            name: "statuspage",
            keys: &[must("page", Shape::Text), must("token", Shape::Secret), may("url", Shape::Url)],
        },
        Kind { name: "pagerduty", keys: &[must("key", Shape::Secret), may("url", Shape::Url)] },
        Kind { name: "file", keys: &[must("path", Shape::Text)] },
    ],
    choice: &[],
};

static REVIEW: Table = plain(&[may("allow", Shape::Codes)]);
