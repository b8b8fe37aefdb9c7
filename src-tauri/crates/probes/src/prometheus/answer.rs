//! What a Prometheus answers to an instant query, read.
//!
//! Owns: every shape of the answer, and every way in which it is not a number. Must not know: how it was asked, and what
//! the time is.

use room::Fault;
use serde_json::Value;

use super::selectors::MARK;
use crate::api::{self, other_shape};
use crate::words;

/// So many labels of too many series are enough to see which they are.
pub(super) const LABELS_SHOWN: usize = 3;

/// An answer as it came.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer<'a> {
    /// The status of HTTP.
    pub(super) status: u16,
    /// What came with it.
    pub(super) body: &'a [u8],
    /// What must not be shown, should the server send it back.
    pub(super) secrets: &'a [String],
}

/// The one number of an answer.
pub(super) fn number(answer: &Answer<'_>) -> Result<f64, Fault> {
    let data = data(answer)?;
    let number = match data.kind.as_str() {
        "scalar" => sample(&data.result)?.1,
        "vector" => match data.series()? {
            [] => return Err(Fault::Empty),
            [one] => sample(value(one)?)?.1,
            several => {
                let labels = several.iter().take(LABELS_SHOWN).map(labels).collect();
                return Err(Fault::Several { count: several.len(), labels });
            }
        },
        kind => return Err(Fault::OtherKind { kind: words::shortened(kind, 20) }),
    };
    if number.is_nan() { Err(Fault::NotANumber) } else { Ok(number) }
}

/// For each of so many selectors the age of its newest sample in seconds, and that sample's time by the server's clock;
/// nothing for one that has no series.
pub(super) fn newest(answer: &Answer<'_>, selectors: usize) -> Result<Vec<Option<Newest>>, Fault> {
    let data = data(answer)?;
    if data.kind != "vector" {
        return Err(Fault::OtherKind { kind: words::shortened(&data.kind, 20) });
    }
    let mut found = vec![None; selectors];
    for series in data.series()? {
        let mark = series.get("metric").and_then(|labels| labels.get(MARK)).and_then(Value::as_str);
        let at = mark.map_or(Some(0), |mark| mark.parse().ok());
        let (evaluated_s, newest_s) = sample(value(series)?)?;
        if let Some(slot) = at.and_then(|at: usize| found.get_mut(at)).filter(|_| newest_s.is_finite()) {
            // The server may hold samples of its future; they are no fresher than fresh.
            *slot = Some(Newest { age_s: (evaluated_s - newest_s).max(0.0), at_s: newest_s });
        }
    }
    Ok(found)
}

/// The newest sample of a selector.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Newest {
    /// How old it was when the query was evaluated.
    pub(super) age_s: f64,
    /// Its time by the server's clock.
    pub(super) at_s: f64,
}

/// How far apart samples are, in seconds: the median of each series, the smallest over all. Nothing where no series has
/// two samples.
pub(super) fn interval(answer: &Answer<'_>) -> Result<Option<f64>, Fault> {
    let data = data(answer)?;
    if data.kind != "matrix" {
        return Err(Fault::OtherKind { kind: words::shortened(&data.kind, 20) });
    }
    let medians = data.series()?.iter().filter_map(|series| {
        let samples = ["values", "histograms"].into_iter().filter_map(|key| series.get(key)?.as_array()).next()?;
        let times: Vec<f64> = samples.iter().filter_map(|sample| sample.get(0)?.as_f64()).collect();
        let mut gaps: Vec<f64> =
            times.iter().zip(times.iter().skip(1)).map(|(one, next)| next - one).filter(|gap| *gap > 0.0).collect();
        gaps.sort_by(f64::total_cmp);
        gaps.get(gaps.len() / 2).copied()
    });
    Ok(medians.min_by(f64::total_cmp))
}

/// The result of an answer that is none of an error.
pub(super) struct Data {
    /// `vector`, `matrix`, `scalar`, `string`.
    pub(super) kind: String,
    result: Value,
}

impl Data {
    /// The series of a vector or a matrix.
    pub(super) fn series(&self) -> Result<&[Value], Fault> {
        self.result.as_array().map(Vec::as_slice).ok_or_else(other_shape)
    }
}

/// The result of an answer, or what the server says instead.
pub(super) fn data(answer: &Answer<'_>) -> Result<Data, Fault> {
    let Answer { status, body, secrets } = *answer;
    let read: Result<Value, _> = serde_json::from_slice(body);
    if let Ok(Value::Object(answer)) = &read
        && answer.get("status").and_then(Value::as_str) == Some("error")
    {
        let told = |key: &str| answer.get(key).and_then(Value::as_str).unwrap_or_default();
        let words = words::without_secrets(told("error"), secrets);
        // What cannot be read and what cannot be computed: both are mended in the query.
        return match told("errorType") {
            "bad_data" | "execution" => Err(Fault::BadQuery { words }),
            _ => Err(Fault::Status { code: status, words }),
        };
    }
    let Value::Object(mut answer) = api::document(status, body, secrets)? else { return Err(other_shape()) };
    let Some(Value::Object(mut data)) = answer.remove("data") else { return Err(other_shape()) };
    let (Some(Value::String(kind)), Some(result)) = (data.remove("resultType"), data.remove("result")) else {
        return Err(other_shape());
    };
    Ok(Data { kind, result })
}

fn value(series: &Value) -> Result<&Value, Fault> {
    match (series.get("value"), series.get("histogram")) {
        (Some(value), _) => Ok(value),
        (None, Some(_)) => Err(Fault::OtherKind { kind: "histogram".to_owned() }),
        (None, None) => Err(other_shape()),
    }
}

/// `[1737441000.1, "0.5"]`: time and value. Values are strings, since JSON knows neither NaN nor infinity.
pub(super) fn sample(pair: &Value) -> Result<(f64, f64), Fault> {
    let at = pair.get(0).and_then(Value::as_f64).ok_or_else(other_shape)?;
    let value = match pair.get(1) {
        Some(Value::String(text)) => text.parse().map_err(|_| other_shape())?,
        Some(Value::Number(number)) => number.as_f64().ok_or_else(other_shape)?,
        _ => return Err(other_shape()),
    };
    Ok((at, value))
}

/// `up{pod="a"}`
pub(super) fn labels(series: &Value) -> String {
    let Some(Value::Object(labels)) = series.get("metric") else { return "{}".to_owned() };
    let name = labels.get("__name__").and_then(Value::as_str).unwrap_or_default();
    let pairs = labels.iter().filter(|(key, _)| *key != "__name__");
    let pairs: Vec<String> = pairs.map(|(key, value)| format!("{key}={value}")).collect();
    words::shortened(&format!("{name}{{{}}}", pairs.join(",")), 120)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(status: u16, body: &str) -> String {
        let secrets = ["s3cr3t-token".to_owned()];
        match number(&Answer { status, body: body.as_bytes(), secrets: &secrets }) {
            Ok(number) => number.to_string(),
            Err(fault) => format!("{fault:?}"),
        }
    }

    fn check(kind: &str, result: &str, expected: &str) {
        let body =
            format!(r#"{{"status":"success","data":{{"resultType":"{kind}","result":{result}}},"warnings":["w"]}}"#);
        assert_eq!(told(200, &body), expected, "{kind} {result}");
    }

    #[test]
    fn a_number_is_one_number() {
        check("vector", r#"[{"metric":{},"value":[1737441000.1,"0.004"]}]"#, "0.004");
        check("scalar", r#"[1737441000,"2"]"#, "2");
        check("vector", r#"[{"metric":{},"value":[1,"1e-3"]}]"#, "0.001");
        check("vector", r#"[{"metric":{},"value":[1,"+Inf"]}]"#, "inf");
        check("scalar", r#"[1,"-Inf"]"#, "-inf");
        check("vector", r#"[{"metric":{},"value":[1,0.5]}]"#, "0.5");
    }

    #[test]
    fn every_absence_is_told_apart() {
        check("vector", "[]", "Empty");
        check("vector", r#"[{"metric":{},"value":[1,"NaN"]}]"#, "NotANumber");
        check("scalar", r#"[1,"NaN"]"#, "NotANumber");
        check(
            "vector",
            r#"[{"metric":{"__name__":"up","pod":"a"},"value":[1,"1"]},{"metric":{"pod":"b","x":"1"},"value":[1,"1"]}]"#,
            r#"Several { count: 2, labels: ["up{pod=\"a\"}", "{pod=\"b\",x=\"1\"}"] }"#,
        );
        check("matrix", "[]", r#"OtherKind { kind: "matrix" }"#);
        check("string", r#"[1,"text"]"#, r#"OtherKind { kind: "string" }"#);
        check("vector", r#"[{"metric":{},"histogram":[1,{"count":"3"}]}]"#, r#"OtherKind { kind: "histogram" }"#);
    }

    #[test]
    fn of_many_series_the_first_three_are_shown() {
        let one = r#"{"metric":{"pod":"p"},"value":[1,"1"]}"#;
        let all = vec![one; 50].join(",");
        let labels = r#"["{pod=\"p\"}", "{pod=\"p\"}", "{pod=\"p\"}"]"#;
        check("vector", &format!("[{all}]"), &format!("Several {{ count: 50, labels: {labels} }}"));
    }

    #[test]
    fn what_the_server_refuses_is_told_in_its_words() {
        let error = |kind: &str, words: &str| format!(r#"{{"status":"error","errorType":"{kind}","error":"{words}"}}"#);
        assert_eq!(told(400, &error("bad_data", "parse error")), r#"BadQuery { words: "parse error" }"#);
        assert_eq!(told(422, &error("execution", "many-to-many")), r#"BadQuery { words: "many-to-many" }"#);
        assert_eq!(told(503, &error("timeout", "too slow")), r#"Status { code: 503, words: "too slow" }"#);
        assert_eq!(told(401, "bad s3cr3t-token"), r#"Status { code: 401, words: "bad •••" }"#);
        assert_eq!(told(400, &error("bad_data", "no s3cr3t-token")), r#"BadQuery { words: "no •••" }"#);
        assert_eq!(
            told(502, "<html><title>502 Bad Gateway</title>"),
            r#"Status { code: 502, words: "502 Bad Gateway" }"#
        );
        assert_eq!(told(404, "404 page not found\n"), r#"Status { code: 404, words: "404 page not found" }"#);
        assert_eq!(told(302, ""), r#"Status { code: 302, words: "a redirect, which is not followed" }"#);
        assert_eq!(told(500, ""), r#"Status { code: 500, words: "" }"#);
        let long = told(500, &"x".repeat(5000));
        assert!(long.chars().count() < 250 && long.contains('…'), "{long}");
    }

    #[test]
    fn what_is_not_the_api_is_said() {
        let not = |words: &str| format!("NotTheApi {{ words: {words:?} }}");
        assert_eq!(told(200, "<!doctype html><title>Log in</title>"), not("an HTML page"));
        assert_eq!(told(200, ""), not("nothing"));
        assert_eq!(told(200, "up 1"), not("no JSON (expected value at line 1 column 1)"));
        assert_eq!(told(200, "[]"), not("JSON of another shape"));
        assert_eq!(told(200, "{}"), not("JSON of another shape"));
        assert_eq!(told(200, r#"{"status":"success","data":{"resultType":"vector"}}"#), not("JSON of another shape"));
        check("vector", "{}", &not("JSON of another shape"));
        check("vector", r#"[{"value":[1,"one"]}]"#, &not("JSON of another shape"));
        check("vector", r#"[{"value":[]}]"#, &not("JSON of another shape"));
        check("vector", "[7]", &not("JSON of another shape"));
        check("scalar", "null", &not("JSON of another shape"));
    }

    fn answer(body: &str) -> Answer<'_> {
        Answer { status: 200, body: body.as_bytes(), secrets: &[] }
    }

    #[test]
    fn the_newest_samples_have_an_age() {
        let at = |age_s, at_s| Some(Newest { age_s, at_s });
        let one = r#"{"data":{"resultType":"vector","result":[{"metric":{},"value":[1000.5,"990.25"]}]}}"#;
        assert_eq!(newest(&answer(one), 1).unwrap(), [at(10.25, 990.25)]);
        let two = r#"{"data":{"resultType":"vector","result":[
            {"metric":{"war_room":"2"},"value":[1000,"999"]},
            {"metric":{"war_room":"0"},"value":[1000,"1010"]},
            {"metric":{"war_room":"9"},"value":[1000,"1"]}]}}"#;
        assert_eq!(newest(&answer(two), 3).unwrap(), [at(0.0, 1010.0), None, at(1.0, 999.0)]);
        let none = r#"{"data":{"resultType":"vector","result":[]}}"#;
        assert_eq!(newest(&answer(none), 2).unwrap(), [None, None]);
        let odd = r#"{"data":{"resultType":"vector","result":[{"metric":{},"value":[1,"NaN"]}]}}"#;
        assert_eq!(newest(&answer(odd), 1).unwrap(), [None]);
    }

    #[test]
    fn the_interval_is_the_smallest_median() {
        let check = |series: &[&[u32]], expected: Option<f64>| {
            let series: Vec<String> = series
                .iter()
                .map(|times| {
                    let samples: Vec<String> = times.iter().map(|time| format!(r#"[{time},"1"]"#)).collect();
                    format!(r#"{{"metric":{{}},"values":[{}]}}"#, samples.join(","))
                })
                .collect();
            let body = format!(r#"{{"data":{{"resultType":"matrix","result":[{}]}}}}"#, series.join(","));
            assert_eq!(interval(&answer(&body)).unwrap(), expected);
        };
        check(&[&[0, 30, 60, 90]], Some(30.0));
        check(&[&[0, 15, 30, 120, 135, 150]], Some(15.0));
        check(&[&[0, 60, 120], &[0, 15, 30, 45]], Some(15.0));
        check(&[&[7], &[]], None);
        check(&[&[7, 7]], None);
        check(&[], None);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_it(status in 100_u16..600, body in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let answer = Answer { status, body: &body, secrets: &[] };
            let _ = (number(&answer), newest(&answer, 2), interval(&answer));
        }

        #[test]
        fn no_json_breaks_it(kind in "vector|matrix|scalar|string|x", result in json()) {
            let body = serde_json::json!({"status": "success", "data": {"resultType": kind, "result": result}}).to_string();
            let answer = answer(&body);
            let _ = (number(&answer), newest(&answer, 2), interval(&answer));
        }
    }

    fn json() -> impl proptest::strategy::Strategy<Value = Value> {
        use proptest::prelude::*;
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<f64>().prop_map(Value::from),
            "NaN|[+]Inf|1|x|".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            let key = "metric|value|values|histogram|war_room";
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(key, inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }
}
