//! The clauses of a line, and what one of them says.

use std::borrow::Cow;
use std::sync::LazyLock;

use smallvec::{SmallVec, smallvec};

use super::bound::{self, Bound};
use super::doubt::{self, Doubt};
use super::number::spoken;
use super::stretch::{self, Stretches};
use super::{Said, Threshold, metric, unit};
use crate::model::{Operator, Unit};
use crate::read::lists::Lists;
use crate::read::words;

/// Between two conditions.
const SEPARATORS: [&str; 22] = [
    ", ", "; ", ". ", " and ", " or ", " & ", " && ", " || ", " | ", " / ", " + ", " und ", " oder ", " y ", " et ",
    " ou ", " e ", " ve ", " veya ", " и ", " или ", " – ",
];

/// Words that say of a measurement that it is as it should be, or not, without a number.
const STATES: [&str; 27] = [
    "normal",
    "healthy",
    "stable",
    "nominal",
    "acceptable",
    "baseline",
    "as expected",
    "expected range",
    "within limits",
    "in range",
    "within range",
    "within slo",
    "unchanged",
    "reasonable",
    "elevated",
    "degraded",
    "abnormal",
    "usual",
    "stabil",
    "estable",
    "estables",
    "estável",
    "estáveis",
    "normale",
    "в норме",
    "стабильна",
    "стабильно",
];

/// One of these words has a line that compares without a figure or a sign.
pub(super) fn words_that_compare() -> impl Iterator<Item = &'static str> {
    STATES.into_iter().chain(bound::NONE.map(|(word, _)| word)).chain(doubt::COMPARING)
}

/// Programs whose version may follow a comparator.
const PROGRAMS: [&str; 30] = [
    "python",
    "node",
    "node.js",
    "nodejs",
    "go",
    "golang",
    "java",
    "jdk",
    "php",
    "ruby",
    "rust",
    "rustc",
    "terraform",
    "kubectl",
    "kubernetes",
    "k8s",
    "helm",
    "docker",
    "npm",
    "pnpm",
    "yarn",
    "postgres",
    "postgresql",
    "mysql",
    "redis",
    "openssl",
    "git",
    "glibc",
    "version",
    "versions",
];

/// Whether a figure, a blank or a sign that compares stands in a line.
fn has_sign(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit() || matches!(byte, b'<' | b'>' | b'=' | b'_' | b'['))
        || text.contains('±')
}

/// Whether it is worth to look closer: most lines name neither a number nor a state.
pub(super) fn may_compare(text: &str) -> bool {
    if has_sign(text) {
        return true;
    }
    static LISTS: LazyLock<Lists> = LazyLock::new(|| {
        let none = bound::NONE.map(|(word, _)| word);
        Lists::new([STATES.as_slice(), &none, &doubt::COMPARING])
    });
    let lists = LISTS.of(text);
    if lists == 0 {
        return false;
    }
    let lower = words::lower(text);
    // Without a figure only "no errors" is a bound.
    lists & 1 != 0 && words::has_any(&lower, &STATES)
        || lists & 2 != 0 && bound::bounds(&lower).next().is_some()
        || lists & 4 != 0 && doubt::compares_with_words(&lower)
}

/// The text in lower case, as long as the text itself: lower case may change the length of rare letters, and then only
/// the signs are looked for.
fn lowered(text: &str) -> String {
    let lower = words::lower(text);
    if lower.len() == text.len() { lower } else { text.to_ascii_lowercase() }
}

/// The text with blanks in place of the brackets and what they hold.
fn without_brackets(text: String) -> String {
    if !text.contains('(') {
        return text;
    }
    let mut masked = String::with_capacity(text.len());
    let mut depth = 0_usize;
    let closes = text.matches(')').count();
    let mut closed = 0;
    for character in text.chars() {
        let opens = character == '(' && closed < closes;
        depth += usize::from(opens);
        if depth > 0 {
            masked.extend(std::iter::repeat_n(' ', character.len_utf8()));
        } else {
            masked.push(character);
        }
        if character == ')' {
            closed += 1;
            depth = depth.saturating_sub(1);
        }
    }
    masked
}

/// The text with blanks in place of stretches of it.
fn masked<'a>(text: &'a str, spans: &[(usize, usize)]) -> Cow<'a, str> {
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for (start, end) in spans {
        masked.push_str(text.get(from..*start).unwrap_or(""));
        masked.extend(std::iter::repeat_n(' ', end.saturating_sub(*start)));
        from = *end;
    }
    masked.push_str(text.get(from..).unwrap_or(""));
    Cow::Owned(masked)
}

/// What a look at a clause without brackets told.
pub(super) struct Look {
    lower: String,
    stretches: Stretches,
    first: Option<Bound>,
}

/// Cuts a line so that each part holds one bound at most; with what the look at it told, where it stays whole and has no
/// brackets.
pub(super) fn split(text: &str) -> (SmallVec<[&str; 2]>, Option<Look>) {
    let lower = without_brackets(lowered(text));
    let stretches = stretch::stretches(&lower);
    let bounds: SmallVec<[Bound; 2]> = bound::bounds(&masked(&lower, &stretches.spans)).collect();
    if bounds.len() < 2 {
        let first = bounds.into_iter().next();
        return (smallvec![text.trim()], (!text.contains('(')).then_some(Look { lower, stretches, first }));
    }
    let (mut parts, mut start) = (SmallVec::new(), 0);
    for pair in bounds.windows(2) {
        let [before, after] = pair else { continue };
        let gap = lower.get(before.end..after.start).unwrap_or("");
        let cut = words::first_sign(gap, &SEPARATORS);
        let (at, length) = match cut {
            Some(cut) => cut,
            None if metric::named(gap, None).is_some() => (0, 0),
            None => continue,
        };
        parts.push(text.get(start..before.end + at).unwrap_or("").trim());
        start = before.end + at + length;
    }
    parts.push(text.get(start..).unwrap_or("").trim());
    (parts, None)
}

/// Reads a clause; one without a metric of its own takes the one before it. `look` is what the look at it told already.
pub(super) fn read(text: &str, before: Option<&str>, look: Option<Look>, found: &mut Vec<Said>) {
    let (look, mut inside) = match look {
        Some(look) => (look, Vec::new()),
        None => {
            let (outside, inside) = words::brackets(text);
            let lower = lowered(&outside);
            let stretches = stretch::stretches(&lower);
            let first = bound::bounds(&masked(&lower, &stretches.spans)).next();
            (Look { lower, stretches, first }, inside)
        }
    };
    let Look { lower, stretches, first } = look;
    let Some((bound, stretches)) = bound_of(&lower, stretches, first) else {
        let of_bracket = inside.iter().position(|part| bound_in_brackets(part).is_some());
        match of_bracket.map(|at| inside.remove(at)) {
            Some(part) => in_brackets(text, &lower, &part, &inside, found),
            None => in_words(text, &lower, inside, found),
        }
        return;
    };
    let mut name = name_around(&lower, &bound, &stretches);
    // "Response time < 500 ms (p95)", "Query (p95) < 200 ms".
    if let Some(percentile) = inside.iter().find(|part| metric::is_percentile(part)) {
        name.push(' ');
        name.push_str(&percentile.to_lowercase());
    }
    let others: Vec<String> = inside.iter().filter(|part| is_alternative(part)).cloned().collect();
    inside.retain(|part| !is_alternative(part));
    let Some(said) = compared(&lower, &bound, &name, before) else { return };
    let metric = said.0.as_ref().and_then(|said| said.metric.as_ref());
    let own = metric.filter(|_| !others.is_empty()).cloned();
    push(text, said, &stretches, &inside, found);
    for part in others {
        read(&part, own.as_deref(), None, found);
    }
}

/// "(or >45% for more than one region)": a second bound for the same metric.
fn is_alternative(part: &str) -> bool {
    part.starts_with("or ") && part.contains(['<', '>', '≤', '≥']) && bound::bounds(&lowered(part)).next().is_some()
}

/// The first bound of a clause, and the stretches beside it.
fn bound_of(lower: &str, stretches: Stretches, first: Option<Bound>) -> Option<(Bound, Stretches)> {
    if let Some(bound) = first {
        return Some((bound, stretches));
    }
    // "Unavailable for > 5 minutes": the stretch is all that is compared, unless a known metric is to be so that long.
    let is_state = metric::named(lower, None).is_some_and(|name| !name.starts_with("latency"));
    let bound = bound::bounds(lower).next().filter(|_| !is_state)?;
    // "5-minute average over 2 s": what the bound does not take is still a stretch.
    let beside = stretch::stretches(&masked(lower, &[(bound.start, bound.end)]));
    Some((bound, beside))
}

fn name_around(lower: &str, bound: &Bound, stretches: &Stretches) -> String {
    let mut spans = stretches.spans.clone();
    spans.push((bound.start, bound.end));
    spans.sort_unstable();
    let all = masked(lower, &spans);
    let mut name = String::with_capacity(all.len() + 16);
    name.push_str(if bound.is_zero_of { "" } else { " " });
    for part in after_trigger(&all).split_inclusive(':') {
        match part.strip_suffix(':') {
            Some(part) => name.extend([part, " "]),
            None => name.push_str(part),
        }
    }
    name
}

/// What stands behind "roll back if": the words before it say what is to be done, not what is measured.
fn after_trigger(name: &str) -> &str {
    const TRIGGERS: [&str; 9] = [" if ", " when ", " once ", " unless ", " wenn ", " si ", " se ", " если ", " eğer "];
    let lead = || words::first_sign(name, &TRIGGERS).map(|(at, length)| at + length);
    let starts =
        ["if ", "when ", "wenn ", "si ", "se ", "если "].into_iter().find(|word| name.starts_with(word)).map(str::len);
    let rest = starts.or_else(lead).and_then(|at| name.get(at..)).unwrap_or(name);
    if rest.split(|next: char| !next.is_alphanumeric()).any(|word| word.len() > 2) { rest } else { name }
}

/// A threshold and its doubt; `None` where the bound is none after all.
type Judged = (Option<Threshold>, Option<Doubt>);

/// Puts a bound and the words around it together.
fn compared(lower: &str, bound: &Bound, name: &str, before: Option<&str>) -> Option<Judged> {
    let plain = words::plain(name);
    let known = metric::named(&plain, Some(bound.unit)).filter(|known| fits(known, bound));
    // "Incident response … within 1 hour" is a deadline: only a metric that is named without its unit explains it.
    let is_named = || metric::named(&plain, None).is_some_and(|named| Some(named) == known);
    if bound.is_weak && bound.unit != Unit::Ms && !is_named() || is_other(lower, bound) {
        return None;
    }
    let own = || {
        if !bound.is_zero_of {
            return metric::name_of(&plain);
        }
        let of = lower.get(bound.end..).unwrap_or("");
        zero_of(of.split([',', ';', '(']).next().unwrap_or(of))
    };
    let named =
        known.clone().filter(|known| !bound.is_zero_of || matches!(known.as_str(), "restarts" | "failed_requests"));
    let metric = named.or_else(own).or_else(|| before.map(str::to_owned));
    if metric.is_none() {
        return Some((None, Some(Doubt::NoMetric)));
    }
    if doubt::is_relative(lower) {
        let threshold = known.map(|known| Threshold { metric: Some(known), ..Threshold::default() });
        return Some((threshold, Some(Doubt::Relative)));
    }
    let mut unit = bound.unit;
    let (mut value, mut high) = (bound.value, bound.high);
    let mut doubt = None;
    if let Some(metric) = metric.as_deref() {
        if bound.unit_name == Some("m") && metric == "cpu" {
            // "500m": thousandths of a core.
            unit = Unit::Cores;
            value /= 60_000.0;
            high = high.map(|high| high / 60_000.0);
        }
        if bound.unit_name.is_none() && unit == Unit::Count && metric::needs_unit(metric) {
            match unit::of_metric(metric, lower, value) {
                Some(found) => unit = found,
                None => doubt = Some(Doubt::NoUnit),
            }
        }
    }
    let is_known = doubt.is_none();
    let threshold = Threshold {
        metric,
        op: is_known.then_some(bound.op),
        value: is_known.then_some(value),
        high: high.filter(|_| is_known),
        unit: is_known.then_some(unit),
        remark: bound.of.map(|all| format!("of {all}")),
        ..Threshold::default()
    };
    Some((Some(threshold), doubt))
}

/// Whether a metric can have a bound of such a unit: nobody measures memory in minutes.
fn fits(known: &str, bound: &Bound) -> bool {
    match bound.unit {
        Unit::S => {
            known.starts_with("latency") || known == "replication_lag" || known == "cpu" && bound.unit_name == Some("m")
        }
        Unit::Ms => known.starts_with("latency") || known == "replication_lag",
        Unit::Bytes => matches!(
            known,
            "memory" | "memory_free" | "disk" | "disk_free" | "queue_depth" | "replication_lag" | "request_rate"
        ),
        Unit::Cores => known == "cpu",
        Unit::Percent | Unit::Ratio => !known.starts_with("latency"),
        Unit::Count => true,
    }
}

/// What only looks like a bound: a scale's step, a version, a menu's path, a time to read.
fn is_other(lower: &str, bound: &Bound) -> bool {
    let head = lower.get(..bound.start).unwrap_or("").trim_end();
    let after = lower.get(bound.end..).unwrap_or("");
    let is_step = head.is_empty() && after.trim_start().starts_with(':');
    let last =
        head.rsplit(|character: char| character.is_whitespace() || character == ':').find(|word| !word.is_empty());
    let is_version =
        bound.unit_name.is_none() && (last.is_some_and(|word| PROGRAMS.contains(&word)) || words::has(head, "version"));
    let is_menu = bound.unit_name.is_none() && lower.matches(" > ").count() > 1;
    let is_reading = words::has_any(after, &["of reading", "read", "to read"]);
    is_step || is_version || is_menu || is_reading
}

/// What "no", "zero" or "0" counts: the words up to the noun.
fn zero_of(after: &str) -> Option<String> {
    let open = masked(after, &stretch::stretches(after).spans);
    let lower = words::plain(&open);
    if words::has_any(&lower, &["restarts", "pod restarts"]) {
        return Some("restarts".to_owned());
    }
    let cut = [" in ", " on ", " during ", " after ", " with ", " for ", " from ", " - ", " – ", ". "]
        .into_iter()
        .filter_map(|word| lower.find(word))
        .min();
    metric::own_name(cut.and_then(|at| lower.get(..at)).unwrap_or(&lower))
}

/// A bound that fills a bracket: ">80%", "7/7", "target: <15 minutes". A duration alone is none.
fn bound_in_brackets(part: &str) -> Option<Bound> {
    let part = lowered(part);
    let value = words::labelled(&part).map_or(part.as_str(), |(_, value)| value);
    let open = masked(value, &stretch::stretches(value).spans);
    let is_weak_plus = |bound: &Bound| bound.is_weak && bound.op == Operator::AtLeast;
    let found = bound::bounds(&open).next().filter(|bound| !is_weak_plus(bound))?;
    let lead = value.get(..found.start)?.trim();
    (lead.is_empty() || words::has_any(lead, &["should be", "must be", "should stay", "soll", "p95", "p99"]))
        .then_some(found)
}

fn in_brackets(text: &str, outside: &str, part: &str, inside: &[String], found: &mut Vec<Said>) {
    let Some(bound) = bound_in_brackets(part) else { return };
    let lower = lowered(part);
    let value = words::labelled(&lower).map_or(lower.as_str(), |(_, value)| value);
    let stretches = stretch::stretches(value);
    let around = stretch::stretches(outside);
    let outer = masked(outside, &around.spans).replace(':', " ");
    let own = if bound.is_zero_of { Cow::Borrowed("") } else { masked(value, &stretches.spans) };
    let beside = format!("{} {}", own.get(..bound.start).unwrap_or(""), own.get(bound.end..).unwrap_or(""));
    let name = format!("{} {beside}", after_trigger(&outer));
    let Some(mut said) = compared(value, &bound, &name, None) else { return };
    // Words in the bracket only stand in a name where nothing stands outside.
    if let Some(threshold) = said.0.as_mut()
        && !bound.is_zero_of
        && metric::named(&words::plain(&name), Some(bound.unit)).is_none()
        && let Some(own) = metric::own_name(after_trigger(&outer))
    {
        threshold.metric = Some(own);
    }
    let mut all = stretches;
    all.for_s = all.for_s.or(around.for_s);
    all.window_s = all.window_s.or(around.window_s);
    push(text, said, &all, inside, found);
}

/// A clause without a bound: a state in words, a bare value, or something that only looks like a threshold.
fn in_words(text: &str, lower: &str, mut inside: Vec<String>, found: &mut Vec<Said>) {
    let known = metric::named(&words::plain(lower), None);
    if let Some(doubt) = doubt::of(lower, known.as_deref()) {
        let threshold = known.map(|known| Threshold { metric: Some(known), ..Threshold::default() });
        let stretches = stretch::stretches(lower);
        push(text, (threshold, Some(doubt)), &stretches, &inside, found);
        return;
    }
    let Some(known) = known else { return };
    let mut stretches = stretch::stretches(lower);
    if let Some(value) = bare(lower).filter(|_| matches!(known.as_str(), "availability" | "success_rate")) {
        let threshold = Threshold {
            metric: Some(known),
            op: Some(Operator::AtLeast),
            value: Some(value),
            unit: Some(Unit::Percent),
            ..Threshold::default()
        };
        push(text, (Some(threshold), None), &stretches, &inside, found);
        if let Some(said) = found.last_mut() {
            said.is_bare = true;
        }
        return;
    }
    // A question asks whether it is so; nothing has to be.
    let is_state = !lower.trim_end().ends_with('?') && words::has_any(lower, &STATES);
    let is_running = known == "pods_ready" && stretches.for_s.is_some();
    if !is_state && !is_running {
        return;
    }
    // "Pod healthy (2+ minutes)": the bracket is how long, not a bound.
    let at = inside.iter().position(|remark| duration_alone(remark).is_some());
    let of_bracket = at.map(|at| inside.remove(at)).and_then(|remark| duration_alone(&remark));
    stretches.for_s = of_bracket.or(stretches.for_s);
    // Pods are healthy or they are not, and anybody can see it; how much is normal nobody can.
    let doubt = (!is_running && known != "pods_ready").then_some(Doubt::Words);
    push(text, (Some(Threshold { metric: Some(known), ..Threshold::default() }), doubt), &stretches, &inside, found);
}

/// A bracket that says how long, and nothing else opens it.
fn duration_alone(remark: &str) -> Option<u64> {
    let lower = remark.to_lowercase();
    let body = ["for ", "at least ", "min ", "> ", ">", "≥ "]
        .into_iter()
        .find_map(|word| lower.strip_prefix(word))
        .unwrap_or(&lower);
    stretch::duration(body).map(|(seconds, _)| seconds)
}

/// The first percentage of a clause that compares nothing.
fn bare(lower: &str) -> Option<f64> {
    let end = lower.find('%')?;
    let head = lower.get(..end)?.trim_end();
    let start = head
        .rfind(|character: char| !(character.is_ascii_digit() || matches!(character, '.' | ',')))
        .map_or(0, |at| at + head.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let before = head.get(..start)?.trim_end();
    let is_change = before.ends_with(['+', '-', '~', '±', '[', '<', '>']);
    spoken(head.get(start..)?).filter(|_| !is_change).map(|(value, _)| value)
}

fn push(text: &str, (threshold, doubt): Judged, stretches: &Stretches, inside: &[String], found: &mut Vec<Said>) {
    let threshold = threshold.map(|mut threshold| {
        let of_remarks = || inside.iter().find_map(|remark| stretch::stretches(&remark.to_lowercase()).window_s);
        threshold.window_s = stretches.window_s.or_else(of_remarks);
        threshold.for_s = stretches.for_s;
        let remarks: Vec<String> = threshold.remark.take().into_iter().chain(inside.iter().cloned()).collect();
        threshold.remark = (!remarks.is_empty()).then(|| remarks.join("; "));
        threshold
    });
    found.push(Said { text: text.to_owned(), threshold, doubt, is_bare: false });
}
