//! The way to a Prometheus: its address, its client, and one question with its answer.
//!
//! Owns: the POST form, asking again where a kept connection had gone, and what of the answer must not be shown. Must
//! not know: what is asked.

use std::time::Duration;

use reqwest::Client;
use room::Fault;

use super::answer::Answer;
use crate::fetch::{self, Connections, Obstacle};
use crate::{Endpoint, words};

/// A Prometheus, and the way to it.
pub(super) struct Server {
    endpoint: Endpoint,
    timeout: Duration,
    limit_bytes: u64,
    client: Option<Client>,
    host: String,
    secrets: Vec<String>,
}

/// Status and body of an answer.
pub(super) type Raw = (u16, Vec<u8>);

impl Server {
    /// Nothing is connected yet. No answer is waited for longer, and none that is larger is read.
    pub(super) fn new(endpoint: Endpoint, timeout: Duration, limit_bytes: u64) -> Self {
        let host = fetch::host(&endpoint.url);
        let secrets = words::secrets(&endpoint.headers);
        Self { endpoint, timeout, limit_bytes, client: None, host, secrets }
    }

    /// The client, which keeps its connections.
    pub(super) fn client(&mut self) -> Result<Client, Fault> {
        if let Some(client) = &self.client {
            return Ok(client.clone());
        }
        let client = fetch::client(&self.endpoint, Connections::Kept, self.timeout)?;
        self.client = Some(client.clone());
        Ok(client)
    }

    /// Forgets its connections.
    pub(super) fn reconnect(&mut self) {
        self.client = None;
    }

    /// The answer to a form that is sent to a path of the API, such as `/api/v1/query`.
    pub(super) async fn post(&self, client: &Client, path: &str, form: &[(&str, &str)]) -> Result<Raw, Fault> {
        let mut answer = self.attempt(client, path, form).await;
        if answer == Err(Obstacle::Closed) {
            // The server may have closed a kept connection at the very moment at which it was used; the others that are
            // kept may be as dead, so a new one has to tell.
            let client = fetch::client(&self.endpoint, Connections::New, self.timeout)?;
            answer = self.attempt(&client, path, form).await;
        }
        answer.map_err(|obstacle| obstacle.into_fault(&self.host, self.timeout))
    }

    async fn attempt(&self, client: &Client, path: &str, form: &[(&str, &str)]) -> Result<Raw, Obstacle> {
        let request = client.post(format!("{}{path}", self.endpoint.url)).form(form);
        let head = fetch::head(request).await?;
        let status = head.status().as_u16();
        Ok((status, fetch::body(head, self.limit_bytes).await?))
    }

    /// An answer, to be read.
    pub(super) fn read<'a>(&'a self, (status, body): &'a Raw) -> Answer<'a> {
        Answer { status: *status, body, secrets: &self.secrets }
    }
}
