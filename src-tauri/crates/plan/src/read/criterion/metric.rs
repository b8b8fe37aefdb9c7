//! What is measured: the names of the vocabulary, and names of our own made from the words.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::model::Unit;
use crate::read::lists::Lists;
use crate::read::words::{self, WordSet};

/// The vocabulary's names that a person also writes in other words. The first that matches counts, so what is more
/// special stands above what is more general.
const NAMES: [(&str, &[&str]); 15] = [
    (
        "success_rate",
        &[
            "success rate",
            "success ratio",
            "successful requests",
            "erfolgsquote",
            "tasa de éxito",
            "taxa de sucesso",
            "taux de succès",
        ],
    ),
    (
        "error_rate",
        &[
            "error rate",
            "error rates",
            "errors rate",
            "error ratio",
            "error_rate",
            "errorrate",
            "5xx rate",
            "http error rate",
            "failure rate",
            "error percentage",
            "fehlerrate",
            "fehlerquote",
            "tasa de errores",
            "tasa de error",
            "taxa de erros",
            "taxa de erro",
            "taux d'erreur",
            "taux d'erreurs",
            "hata oranı",
            "доля ошибок",
            "уровень ошибок",
            "процент ошибок",
        ],
    ),
    (
        "availability",
        &[
            "availability",
            "uptime",
            "verfügbarkeit",
            "disponibilidad",
            "disponibilidade",
            "disponibilité",
            "erişilebilirlik",
            "доступность",
        ],
    ),
    ("replication_lag", &["replication lag", "replica lag", "replikationsverzug", "отставание реплики"]),
    ("queue_depth", &["queue depth", "queue length", "queue size", "backlog", "consumer lag", "queue lag"]),
    (
        "latency",
        &[
            "latency",
            "latencies",
            "latency_",
            "response time",
            "response times",
            "request duration",
            "antwortzeit",
            "latenz",
            "latencia",
            "tiempo de respuesta",
            "latência",
            "tempo de resposta",
            "latence",
            "temps de réponse",
            "gecikme",
            "yanıt süresi",
            "задержка",
            "время ответа",
            "латентность",
        ],
    ),
    (
        "request_rate",
        &["request rate", "throughput", "rps", "requests per second", "requests/s", "req/s", "qps", "durchsatz"],
    ),
    ("failed_requests", &["failed requests", "failing requests"]),
    ("cpu", &["cpu", "cpu usage"]),
    (
        "memory",
        &["memory usage", "memory", "ram", "arbeitsspeicher", "memoria", "memória", "mémoire", "bellek", "память"],
    ),
    ("disk", &["disk usage", "disk utilization", "disk utilisation", "disk space", "disk full", "disk"]),
    (
        "restarts",
        &[
            "restarts",
            "pod restarts",
            "restart count",
            "pod restart",
            "restart loop",
            "neustarts",
            "reinicios",
            "перезапусков",
        ],
    ),
    ("cache_hit_rate", &["cache hit rate", "cache hit ratio", "hit rate", "hit ratio"]),
    ("saturation", &["saturation"]),
    ("crash_rate", &["crash rate"]),
];

const PERCENTILES: [(&str, &[&str]); 4] = [
    ("p50", &["p50", "median", "50th percentile"]),
    ("p90", &["p90", "90th percentile"]),
    ("p95", &["p95", "95th percentile", "95. perzentil"]),
    ("p99", &["p99", "99th percentile", "p99.9"]),
];

/// What can be a metric at all has the first word of one of these; most lines have none. In this order: [`NAMES`],
/// [`PERCENTILES`], and what counts with a unit or a state.
static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let names = NAMES.iter().chain(&PERCENTILES).map(|(_, names)| *names);
    Lists::new(names.chain([BY_UNIT.as_slice(), &ERRORS, &PODS]))
});

/// What takes time, where a unit of time stands behind it.
const BY_UNIT: [&str; 5] = ["responses", "response", "requests", "queries", "p90"];
/// What goes wrong, where a share of it is counted.
const ERRORS: [&str; 10] =
    ["error", "errors", "5xx", "http errors", "fehler", "errores", "erros", "erreurs", "ошибок", "hata"];
const PODS: [&str; 3] = ["pods", "pod", "replicas"];

/// The vocabulary's name for what a text measures.
pub(crate) fn metric(text: &str) -> Option<String> {
    named(&words::plain(text), None)
}

/// The vocabulary's name for what words in lower case measure in a unit.
pub(super) fn named(lower: &str, unit: Option<Unit>) -> Option<String> {
    let plain = if lower.contains('_') { Cow::Owned(lower.replace('_', " ")) } else { Cow::Borrowed(lower) };
    let lists = LISTS.held(&plain);
    if lists == 0 {
        return None;
    }
    let has = |names: &[&str]| words::has_any(lower, names);
    let find = |named: &[(&'static str, &[&str])], from: usize| {
        let mut held = named.iter().zip(from..).filter(|(_, place)| (lists >> place) & 1 == 1);
        held.next().map(|((name, _), _)| *name)
    };
    let percentile = find(&PERCENTILES, NAMES.len());
    let is_time = unit.is_none_or(|unit| matches!(unit, Unit::S | Unit::Ms | Unit::Count));
    let known = find(&NAMES, 0);
    match known {
        Some("latency") if is_time => {
            return Some(percentile.map_or_else(|| "latency".to_owned(), |percentile| format!("latency_{percentile}")));
        }
        Some("latency") => None,
        Some("memory") if has(&["memory leak", "memory leaks"]) && unit.is_none() => None,
        // How much is free is the other side of how much is used.
        Some("disk") if has(&["free", "available", "left", "remaining", "frei", "libre"]) => Some("disk_free"),
        Some("memory") if has(&["free", "available"]) => Some("memory_free"),
        Some("request_rate") if unit.is_some_and(|unit| unit != Unit::Count) => None,
        Some(name) => Some(name),
        None if matches!(unit, Some(Unit::S | Unit::Ms)) && has(&BY_UNIT) => {
            return Some(percentile.map_or_else(|| "latency".to_owned(), |percentile| format!("latency_{percentile}")));
        }
        None if percentile.is_some() && is_time => return percentile.map(|percentile| format!("latency_{percentile}")),
        None if unit == Some(Unit::Percent) && has(&ERRORS) => Some("error_rate"),
        None if has(&PODS) && has(&["running", "healthy", "ready", "available", "up"]) => Some("pods_ready"),
        None => None,
    }
    .map(str::to_owned)
}

/// Whether a bracket only names a percentile.
pub(super) fn is_percentile(text: &str) -> bool {
    let plain = words::plain(text);
    plain.len() <= 16 && PERCENTILES.into_iter().any(|(_, words)| words::has_any(&plain, words))
}

/// Whether a bound without a unit says nothing about a metric.
pub(super) fn needs_unit(metric: &str) -> bool {
    metric.starts_with("latency")
        || matches!(
            metric,
            "error_rate"
                | "success_rate"
                | "availability"
                | "cpu"
                | "memory"
                | "disk"
                | "disk_free"
                | "memory_free"
                | "crash_rate"
                | "cache_hit_rate"
                | "replication_lag"
        )
}

/// Whether more of a metric is better; `None` where nobody can tell.
pub(crate) fn more_is_better(metric: &str) -> Option<bool> {
    if metric.starts_with("latency") {
        return Some(false);
    }
    match metric {
        "success_rate" | "availability" | "cache_hit_rate" | "pods_ready" | "request_rate" | "disk_free"
        | "memory_free" => Some(true),
        "error_rate" | "crash_rate" | "cpu" | "memory" | "disk" | "restarts" | "failed_requests" | "queue_depth"
        | "replication_lag" => Some(false),
        _ => None,
    }
}

/// A name made from the words, where the vocabulary has none: "Nodes ready" is `nodes_ready`.
pub(crate) fn own_name(text: &str) -> Option<String> {
    name_of(&words::plain(text))
}

/// The same, from words that are plain already.
pub(super) fn name_of(lower: &str) -> Option<String> {
    static FILLING: LazyLock<WordSet> = LazyLock::new(|| {
        [
            "minimum", "min", "maximum", "max", "at", "least", "most", "than", "in", "the", "first", "for", "a", "of",
            "is", "are", "be", "was", "were", "stays", "stay", "remains", "remain", "must", "should", "shall", "not",
            "never", "if", "when", "it", "its", "an", "each", "any", "all", "on", "to", "and", "or", "with", "within",
            "has", "have", "drops", "drop", "falls", "goes", "rises", "only", "still", "no", "zero", "und", "der",
            "die", "das", "el", "la", "de", "out", "then", "criteria", "evidence",
        ]
        .into_iter()
        .collect()
    });
    let mut parts: Vec<&str> = Vec::new();
    for word in lower.split(|character: char| !character.is_alphanumeric()) {
        let is_number = word.starts_with(|character: char| character.is_ascii_digit())
            && !matches!(word, "5xx" | "4xx" | "404" | "429" | "500" | "502" | "503");
        if !word.is_empty() && !is_number && !FILLING.contains(word) && !parts.contains(&word) && parts.len() < 4 {
            parts.push(word);
        }
    }
    let is_name =
        parts.iter().any(|part| part.chars().any(char::is_alphabetic)) || parts.iter().any(|part| part.len() == 3);
    is_name.then(|| parts.join("_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_have_many_names() {
        let name = |text: &str, unit| named(&words::plain(text), unit);
        assert_eq!(name("5xx rate", None).as_deref(), Some("error_rate"));
        assert_eq!(name("HTTP errors", Some(Unit::Percent)).as_deref(), Some("error_rate"));
        assert_eq!(name("HTTP errors", Some(Unit::Count)), None);
        assert_eq!(name("latency_p99", None).as_deref(), Some("latency_p99"));
        assert_eq!(name("95th percentile", Some(Unit::Ms)).as_deref(), Some("latency_p95"));
        assert_eq!(name("uptime", Some(Unit::Percent)).as_deref(), Some("availability"));
        assert_eq!(name("free disk space", None).as_deref(), Some("disk_free"));
        assert_eq!(name("Fehlerrate", None).as_deref(), Some("error_rate"));
        assert_eq!(name("время ответа", None).as_deref(), Some("latency"));
        assert_eq!(name("Memory leak", None), None);
        assert_eq!(name("Memory leak", Some(Unit::Percent)).as_deref(), Some("memory"));
        assert_eq!(own_name("the 429 responses of"), Some("429_responses".to_owned()));
        assert_eq!(own_name("5 of 10"), None);
    }
}
