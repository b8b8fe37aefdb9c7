//! One question to an API that answers in JSON.
//!
//! Owns: the request, and every way in which its answer is no JSON. Must not know: what stands in it.

use jiff::Timestamp;
use room::Fault;
use serde_json::Value;
use std::time::Duration;
use url::Url;

use crate::fetch::{self, Connections, Obstacle};
use crate::{Endpoint, words};

/// What an API answered.
pub(crate) struct Answer {
    /// The document.
    pub(crate) json: Value,
    /// What time it was there, to the second; nothing where the server does not say.
    pub(crate) server_time: Option<Timestamp>,
}

/// Asks for a document, of which no more than so many bytes are read.
pub(crate) async fn get(
    endpoint: &Endpoint,
    path: &str,
    parameters: &[(&str, &str)],
    limit_bytes: u64,
    timeout: Duration,
) -> Result<Answer, Fault> {
    let address = format!("{}{path}", endpoint.url);
    let url = Url::parse_with_params(&address, parameters)
        .map_err(|error| Fault::BadSettings { words: format!("the url cannot be read ({error})") })?;
    let client = fetch::client(endpoint, Connections::New, timeout)?;
    let asking = async {
        let head = fetch::head(client.get(url)).await?;
        let (status, server_time) = (head.status().as_u16(), server_time(&head));
        Ok((status, server_time, fetch::body(head, limit_bytes).await?))
    };
    let (status, server_time, body) =
        asking.await.map_err(|obstacle: Obstacle| obstacle.into_fault(&fetch::host(&endpoint.url), timeout))?;
    let json = document(status, &body, &words::secrets(&endpoint.headers))?;
    Ok(Answer { json, server_time })
}

fn server_time(head: &reqwest::Response) -> Option<Timestamp> {
    let date = head.headers().get(reqwest::header::DATE)?.to_str().ok()?;
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date).ok()
}

/// The document of an answer; the fault of one that is none.
pub(crate) fn document(status: u16, body: &[u8], secrets: &[String]) -> Result<Value, Fault> {
    match status {
        200..=299 => {}
        300..=399 => {
            return Err(Fault::Status { code: status, words: "a redirect, which is not followed".to_owned() });
        }
        _ => return Err(Fault::Status { code: status, words: words::of_server(body, secrets) }),
    }
    serde_json::from_slice(body).map_err(|error| {
        let words = match body {
            _ if words::is_html(&String::from_utf8_lossy(body)) => "an HTML page".to_owned(),
            [] => "nothing".to_owned(),
            _ => format!("no JSON ({error})"),
        };
        Fault::NotTheApi { words }
    })
}

/// A document that holds something else than what was asked for.
pub(crate) fn other_shape() -> Fault {
    Fault::NotTheApi { words: "JSON of another shape".to_owned() }
}
