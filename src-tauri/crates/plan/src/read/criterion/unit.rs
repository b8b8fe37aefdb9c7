//! Units as people write them, and the factor that brings a value into a unit of the plan.

use std::sync::LazyLock;

use crate::model::Unit;
use crate::read::words;

/// The units that a person's own value may have.
const UNITS: [(&str, Unit, f64); 36] = [
    ("milliseconds", Unit::Ms, 1.0),
    ("percent", Unit::Percent, 1.0),
    ("seconds", Unit::S, 1.0),
    ("minutes", Unit::S, 60.0),
    ("second", Unit::S, 1.0),
    ("minute", Unit::S, 60.0),
    ("hours", Unit::S, 3600.0),
    ("cores", Unit::Cores, 1.0),
    ("bytes", Unit::Bytes, 1.0),
    ("hour", Unit::S, 3600.0),
    ("days", Unit::S, 86_400.0),
    ("core", Unit::Cores, 1.0),
    ("secs", Unit::S, 1.0),
    ("mins", Unit::S, 60.0),
    ("day", Unit::S, 86_400.0),
    ("hrs", Unit::S, 3600.0),
    ("sec", Unit::S, 1.0),
    ("min", Unit::S, 60.0),
    ("kib", Unit::Bytes, 1024.0),
    ("mib", Unit::Bytes, 1_048_576.0),
    ("gib", Unit::Bytes, 1_073_741_824.0),
    ("tib", Unit::Bytes, 1_099_511_627_776.0),
    ("hr", Unit::S, 3600.0),
    ("kb", Unit::Bytes, 1e3),
    ("mb", Unit::Bytes, 1e6),
    ("gb", Unit::Bytes, 1e9),
    ("tb", Unit::Bytes, 1e12),
    ("ki", Unit::Bytes, 1024.0),
    ("mi", Unit::Bytes, 1_048_576.0),
    ("gi", Unit::Bytes, 1_073_741_824.0),
    ("ms", Unit::Ms, 1.0),
    ("%", Unit::Percent, 1.0),
    ("s", Unit::S, 1.0),
    ("m", Unit::S, 60.0),
    ("h", Unit::S, 3600.0),
    ("d", Unit::S, 86_400.0),
];

/// What only stands in sentences.
const SPOKEN: [(&str, Unit, f64); 67] = [
    ("requests per second", Unit::Count, 1.0),
    ("requests/second", Unit::Count, 1.0),
    ("requests/sec", Unit::Count, 1.0),
    ("requests/s", Unit::Count, 1.0),
    ("req/sec", Unit::Count, 1.0),
    ("req/s", Unit::Count, 1.0),
    ("rps", Unit::Count, 1.0),
    ("qps", Unit::Count, 1.0),
    ("tps", Unit::Count, 1.0),
    ("k", Unit::Count, 1e3),
    ("million", Unit::Count, 1e6),
    ("ppm", Unit::Ratio, 1e-6),
    ("pct", Unit::Percent, 1.0),
    ("per cent", Unit::Percent, 1.0),
    ("prozent", Unit::Percent, 1.0),
    ("por ciento", Unit::Percent, 1.0),
    ("por cento", Unit::Percent, 1.0),
    ("pour cent", Unit::Percent, 1.0),
    ("процент", Unit::Percent, 1.0),
    ("процента", Unit::Percent, 1.0),
    ("процентов", Unit::Percent, 1.0),
    ("msec", Unit::Ms, 1.0),
    ("msecs", Unit::Ms, 1.0),
    ("millis", Unit::Ms, 1.0),
    ("millisecond", Unit::Ms, 1.0),
    ("мс", Unit::Ms, 1.0),
    ("us", Unit::Ms, 1e-3),
    ("µs", Unit::Ms, 1e-3),
    ("μs", Unit::Ms, 1e-3),
    ("microseconds", Unit::Ms, 1e-3),
    ("weeks", Unit::S, 604_800.0),
    ("week", Unit::S, 604_800.0),
    ("sekunden", Unit::S, 1.0),
    ("sekunde", Unit::S, 1.0),
    ("segundos", Unit::S, 1.0),
    ("secondes", Unit::S, 1.0),
    ("saniye", Unit::S, 1.0),
    ("sn", Unit::S, 1.0),
    ("секунд", Unit::S, 1.0),
    ("сек", Unit::S, 1.0),
    ("с", Unit::S, 1.0),
    ("minuten", Unit::S, 60.0),
    ("minutos", Unit::S, 60.0),
    ("dakika", Unit::S, 60.0),
    ("dk", Unit::S, 60.0),
    ("минут", Unit::S, 60.0),
    ("мин", Unit::S, 60.0),
    ("stunden", Unit::S, 3600.0),
    ("stunde", Unit::S, 3600.0),
    ("horas", Unit::S, 3600.0),
    ("heures", Unit::S, 3600.0),
    ("saat", Unit::S, 3600.0),
    ("часов", Unit::S, 3600.0),
    ("часа", Unit::S, 3600.0),
    ("час", Unit::S, 3600.0),
    ("ч", Unit::S, 3600.0),
    ("tage", Unit::S, 86_400.0),
    ("días", Unit::S, 86_400.0),
    ("dias", Unit::S, 86_400.0),
    ("jours", Unit::S, 86_400.0),
    ("gün", Unit::S, 86_400.0),
    ("дней", Unit::S, 86_400.0),
    ("vcpus", Unit::Cores, 1.0),
    ("vcpu", Unit::Cores, 1.0),
    ("millicores", Unit::Cores, 1e-3),
    ("mib/s", Unit::Bytes, 1_048_576.0),
    ("mb/s", Unit::Bytes, 1e6),
];

/// The unit that a text begins with (after one blank at most), the factor that brings a value into it, and the length.
pub(super) fn plain_unit(text: &str) -> (Unit, f64, usize) {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(UNITS));
    longest(text, &TABLE).map_or((Unit::Count, 1.0, 0), |(unit, factor, length, _)| (unit, factor, length))
}

/// The unit that a text begins with in a sentence: unit, factor, length and its name.
pub(super) fn unit(text: &str) -> Option<(Unit, f64, usize, &'static str)> {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(SPOKEN.into_iter().chain(UNITS)));
    longest(text, &TABLE)
}

/// Seconds of the unit of time that a text begins with, and its length.
pub(super) fn time(text: &str) -> Option<(f64, usize)> {
    unit(text).filter(|(unit, ..)| *unit == Unit::S).map(|(_, factor, length, _)| (factor, length))
}

/// A unit: its name, what it is, and the factor that brings a value into it.
type Named = (&'static str, Unit, f64);

/// The units by the byte that their names begin with: most texts begin with none of them.
struct Table([Vec<Named>; 256]);

impl Table {
    fn new(units: impl IntoIterator<Item = Named>) -> Self {
        let mut found = std::array::from_fn(|_| Vec::new());
        for named in units {
            let first = named.0.bytes().next().map(usize::from);
            if let Some(units) = first.and_then(|first| found.get_mut(first)) {
                units.push(named);
            }
        }
        Self(found)
    }
}

fn longest(text: &str, table: &Table) -> Option<(Unit, f64, usize, &'static str)> {
    let body = text.strip_prefix([' ', '\u{a0}', '\u{202f}']).unwrap_or(text);
    let blank = text.len() - body.len();
    let first = usize::from(*body.as_bytes().first()?);
    let mut found: Option<(Unit, f64, usize, &'static str)> = None;
    for (name, unit, factor) in table.0.get(first).into_iter().flatten() {
        let Some(after) = body.strip_prefix(name) else { continue };
        let is_whole = *name == "%" || !after.starts_with(|next: char| next.is_alphanumeric());
        if is_whole && found.is_none_or(|(_, _, length, _)| length < blank + name.len()) {
            found = Some((*unit, *factor, blank + name.len(), name));
        }
    }
    found
}

/// The unit of a bound without one, where the metric or the words leave no choice.
pub(super) fn of_metric(metric: &str, lower: &str, value: f64) -> Option<Unit> {
    let is_share = !metric.starts_with("latency") && metric != "replication_lag";
    if value == 0.0 && is_share {
        return Some(Unit::Percent);
    }
    let is_good = matches!(metric, "availability" | "success_rate" | "cache_hit_rate");
    let is_ratio = words::has(lower, "ratio") || is_good && (0.5..=1.0).contains(&value);
    (is_share && is_ratio && (0.0..=1.0).contains(&value)).then_some(Unit::Ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_whole_unit_counts() {
        assert_eq!(unit("ms p95").map(|found| (found.0, found.2)), Some((Unit::Ms, 2)));
        assert_eq!(unit(" requests/s").map(|found| found.3), Some("requests/s"));
        assert_eq!(unit("minutes ago").map(|found| found.1), Some(60.0));
        assert_eq!(unit(" ppm").map(|found| found.1), Some(1e-6));
        assert_eq!(unit("th"), None);
        assert_eq!(time(" dk"), Some((60.0, 3)));
        assert_eq!(plain_unit(" dk"), (Unit::Count, 1.0, 0), "what a person types is read as before");
    }
}
