//! What a Prometheus answers to a range query, read step by step.
//!
//! Owns: which series has a value at which step. A step means what the same answer to an instant query would. Must not
//! know: how it was asked.

use room::Fault;
use serde_json::Value;

use super::answer::{self, Answer, LABELS_SHOWN, Newest};
use super::selectors::MARK;
use super::steps::{Steps, milliseconds};
use crate::{api, words};

/// What came for one step.
#[derive(Default, Clone)]
struct Cell {
    value: f64,
    is_histogram: bool,
    /// How many series have something here.
    count: usize,
    /// Which, the first few.
    series: Vec<usize>,
}

/// The one number of each step, or why there is none.
pub(super) fn numbers(answer: &Answer<'_>, steps: &Steps) -> Result<Vec<Result<f64, Fault>>, Fault> {
    let data = of_kind(answer)?;
    let all = data.series()?;
    let mut cells = vec![Cell::default(); usize::try_from(steps.count()).unwrap_or_default()];
    for (at, series) in all.iter().enumerate() {
        for (is_histogram, key) in [(false, "values"), (true, "histograms")] {
            for pair in points(series, key)? {
                let (time_s, value) = if is_histogram { (time(pair)?, 0.0) } else { answer::sample(pair)? };
                let Some(cell) = steps.index_of(time_s).and_then(|step| cells.get_mut(step)) else { continue };
                cell.value = value;
                cell.is_histogram |= is_histogram;
                cell.count += 1;
                if cell.series.len() < LABELS_SHOWN {
                    cell.series.push(at);
                }
            }
        }
    }
    let number = |cell: Cell| match cell.count {
        0 => Err(Fault::Empty),
        1 if cell.is_histogram => Err(Fault::OtherKind { kind: "histogram".to_owned() }),
        1 if cell.value.is_nan() => Err(Fault::NotANumber),
        1 => Ok(cell.value),
        count => {
            let labels = cell.series.iter().filter_map(|at| all.get(*at)).map(answer::labels).collect();
            Err(Fault::Several { count, labels })
        }
    };
    Ok(cells.into_iter().map(number).collect())
}

/// For each step, and for each of so many selectors, its newest sample at that step; nothing for one without a series.
pub(super) fn newest(answer: &Answer<'_>, steps: &Steps, selectors: usize) -> Result<Vec<Vec<Option<Newest>>>, Fault> {
    let data = of_kind(answer)?;
    let mut found = vec![vec![None; selectors]; usize::try_from(steps.count()).unwrap_or_default()];
    for series in data.series()? {
        let mark = series.get("metric").and_then(|labels| labels.get(MARK)).and_then(Value::as_str);
        let Some(selector) = mark.map_or(Some(0), |mark| mark.parse::<usize>().ok()) else { continue };
        for pair in points(series, "values")? {
            let (time_s, newest_s) = answer::sample(pair)?;
            let slot = steps.index_of(time_s).and_then(|step| found.get_mut(step)?.get_mut(selector));
            let times = milliseconds(time_s).zip(milliseconds(newest_s).filter(|_| newest_s.is_finite()));
            if let (Some(slot), Some((time_ms, newest_ms))) = (slot, times) {
                // Subtracted as whole numbers, so that one sample has one time at every step.
                let age_s = time_ms.saturating_sub(newest_ms).max(0) as f64 / 1000.0;
                *slot = Some(Newest { age_s, at_s: newest_s });
            }
        }
    }
    Ok(found)
}

fn of_kind(answer: &Answer<'_>) -> Result<answer::Data, Fault> {
    let data = answer::data(answer)?;
    if data.kind == "matrix" {
        return Ok(data);
    }
    Err(Fault::OtherKind { kind: words::shortened(&data.kind, 20) })
}

fn points<'a>(series: &'a Value, key: &str) -> Result<&'a [Value], Fault> {
    match series.get(key) {
        None => Ok(&[]),
        Some(points) => points.as_array().map(Vec::as_slice).ok_or_else(api::other_shape),
    }
}

fn time(pair: &Value) -> Result<f64, Fault> {
    pair.get(0).and_then(Value::as_f64).ok_or_else(api::other_shape)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::Timestamp;

    use super::*;

    fn steps() -> Steps {
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        Steps::over(at(1000), at(1015), Duration::from_secs(5))
    }

    fn body(result: &str) -> String {
        format!(r#"{{"status":"success","data":{{"resultType":"matrix","result":{result}}}}}"#)
    }

    fn answer(body: &str) -> Answer<'_> {
        Answer { status: 200, body: body.as_bytes(), secrets: &[] }
    }

    fn check(result: &str, expected: [&str; 4]) {
        let body = body(result);
        let numbers = numbers(&answer(&body), &steps()).unwrap();
        let told: Vec<String> = numbers.iter().map(|one| format!("{one:?}")).collect();
        assert_eq!(told, expected, "{result}");
    }

    #[test]
    fn each_step_is_what_an_instant_query_would_say() {
        check("[]", ["Err(Empty)"; 4]);
        check(
            r#"[{"metric":{},"values":[[1000,"1"],[1005,"NaN"],[1015,"+Inf"]]}]"#,
            ["Ok(1.0)", "Err(NotANumber)", "Err(Empty)", "Ok(inf)"],
        );
        let two = r#"[{"metric":{"pod":"a"},"values":[[1000,"1"],[1005,"1"]]},{"metric":{"pod":"b"},"values":[[1005,"2"],[1010,"2"]]}]"#;
        let several = r#"Err(Several { count: 2, labels: ["{pod=\"a\"}", "{pod=\"b\"}"] })"#;
        check(two, ["Ok(1.0)", several, "Ok(2.0)", "Err(Empty)"]);
        check(
            r#"[{"metric":{},"histograms":[[1005,{"count":"1"}]],"values":[[1010,"3"],[999,"9"],[1012,"9"]]}]"#,
            ["Err(Empty)", r#"Err(OtherKind { kind: "histogram" })"#, "Ok(3.0)", "Err(Empty)"],
        );
    }

    #[test]
    fn a_step_of_many_series_shows_three() {
        let one = r#"{"metric":{"pod":"p"},"values":[[1000,"1"]]}"#;
        let body = body(&format!("[{}]", vec![one; 50].join(",")));
        let Err(Fault::Several { count, labels }) = &numbers(&answer(&body), &steps()).unwrap()[0] else {
            panic!("several")
        };
        assert_eq!((*count, labels.len()), (50, 3));
    }

    #[test]
    fn the_newest_samples_have_an_age_at_each_step() {
        let body = body(
            r#"[{"metric":{"war_room":"1"},"values":[[1000,"998.5"],[1005,"998.5"],[1010,"1010.5"],[1015,"NaN"]]},
                {"metric":{"war_room":"7"},"values":[[1000,"1"]]},{"metric":{"war_room":"0"},"values":[[1005,"1004"]]}]"#,
        );
        let at = |age_s, at_s| Some(Newest { age_s, at_s });
        let expected = [
            vec![None, at(1.5, 998.5)],
            vec![at(1.0, 1004.0), at(6.5, 998.5)],
            vec![None, at(0.0, 1010.5)],
            vec![None, None],
        ];
        assert_eq!(newest(&answer(&body), &steps(), 2).unwrap(), expected);
    }

    #[test]
    fn what_is_no_matrix_is_told_apart() {
        let told = |body: &str| numbers(&answer(body), &steps()).unwrap_err();
        assert_eq!(
            told(r#"{"data":{"resultType":"vector","result":[]}}"#),
            Fault::OtherKind { kind: "vector".to_owned() }
        );
        assert_eq!(told(r#"{"data":{"resultType":"matrix","result":7}}"#), api::other_shape());
        assert_eq!(told(&body(r#"[{"values":7}]"#)), api::other_shape());
        assert_eq!(told(&body(r#"[{"values":[7]}]"#)), api::other_shape());
        let refused = r#"{"status":"error","errorType":"execution","error":"too many samples"}"#;
        assert_eq!(told(refused), Fault::BadQuery { words: "too many samples".to_owned() });
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_it(result in "[\\[\\]{}\",:0-9a-z]{0,80}", values in proptest::collection::vec(proptest::num::f64::ANY, 0..6)) {
            let body = body(&result);
            let _ = (numbers(&answer(&body), &steps()), newest(&answer(&body), &steps(), 2));
            let pairs: Vec<String> = values.iter().map(|value| format!("[{value:e},\"{value:e}\"]")).collect();
            let body = tests::body(&format!(r#"[{{"metric":{{}},"values":[{}]}}]"#, pairs.join(",")));
            let _ = (numbers(&answer(&body), &steps()), newest(&answer(&body), &steps(), 2));
        }
    }
}
