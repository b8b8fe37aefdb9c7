//! The log as lines for programs: one event a line, with all that its hash is made of, so that the chain can be
//! checked from the lines alone.

use std::fmt::Write as _;

use jiff::Timestamp;
use journal::{Row, hex};
use serde::de::IgnoredAny;

/// The rows as JSON, one a line. The body is printed as it is stored, since its very bytes are what was hashed.
pub(crate) fn export_jsonl(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{{\"seq\":{},\"occurred_at\":{},\"recorded_at\":{},\"device\":{},\"actor\":{},\"kind\":{},\
             \"version\":{},\"body\":{},\"prev\":\"{}\",\"hash\":\"{}\"}}",
            row.seq,
            time(row.occurred_at),
            time(row.recorded_at),
            quoted(&row.device),
            quoted(&row.actor),
            quoted(&row.kind),
            row.version,
            body(&row.body),
            hex(&row.prev),
            hex(&row.hash)
        );
    }
    text
}

/// RFC 3339, to the microsecond that is stored. A number that is no time, as only a forged row has it, stays a number.
fn time(micros: i64) -> String {
    Timestamp::from_microsecond(micros).map_or_else(|_| micros.to_string(), |at| quoted(&at.to_string()))
}

/// The stored body as the object that it is; as a text where it is none or would break the line, as only a forged row's
/// does.
fn body(stored: &str) -> String {
    let is_object = stored.starts_with('{') && serde_json::from_str::<IgnoredAny>(stored).is_ok();
    if is_object && !stored.contains(['\n', '\r']) { stored.to_owned() } else { quoted(stored) }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
