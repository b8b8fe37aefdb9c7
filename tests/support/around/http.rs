//! As much of HTTP as tests need, on the loopback: ask, and answer.
//!
//! Owns: one request a connection. Must not know: what is asked.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::port::listen;

/// How long the other side may be silent.
const SILENCE: Duration = Duration::from_secs(10);

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// With its query.
    pub path: String,
    /// Its bytes as text.
    pub body: String,
}

/// An answer as it goes.
#[derive(Debug, Clone)]
pub struct Answer {
    /// 200, 503, …
    pub status: u16,
    /// What it says it is.
    pub content_type: &'static str,
    /// Its text.
    pub body: String,
    /// How long the text comes after the head.
    pub body_after: Duration,
}

impl Answer {
    /// Plain text that is well.
    #[must_use]
    pub fn text(body: impl Into<String>) -> Self {
        let content_type = "text/plain; charset=utf-8";
        Self { status: 200, content_type, body: body.into(), body_after: Duration::ZERO }
    }
}

/// Asks a port of the loopback, and gives status and body.
///
/// # Errors
/// Where nobody answers, or not in HTTP.
pub fn ask(port: u16, method: &str, path: &str, body: &str) -> io::Result<(u16, String)> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(SILENCE))?;
    // Of the older HTTP, so that the answer comes in one piece and the connection ends with it.
    let length = body.len();
    write!(stream, "{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {length}\r\n\r\n{body}")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let no_http = || io::Error::new(io::ErrorKind::InvalidData, format!("no HTTP: {answer}"));
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(no_http)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(no_http)?;
    Ok((status, body.to_owned()))
}

type Handler = dyn Fn(Request) -> Answer + Send + Sync;

/// A server on a port of the loopback, which can die and live again there.
pub struct Server {
    port: u16,
    handler: Arc<Handler>,
    running: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
}

impl Server {
    /// Listens on a free port.
    pub fn start(handler: impl Fn(Request) -> Answer + Send + Sync + 'static) -> Self {
        let (listener, port) = listen();
        let mut server = Self { port, handler: Arc::new(handler), running: None };
        server.listen(listener);
        server
    }

    /// Where it listens.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Nobody listens there any more: a connection is refused.
    pub fn die(&mut self) {
        if let Some((ends, thread)) = self.running.take() {
            ends.store(true, Ordering::SeqCst);
            // Wakes it, so that it sees that.
            let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
            thread.join().expect("the server's thread");
        }
    }

    /// Listens again where it did.
    pub fn live(&mut self) {
        if self.running.is_some() {
            return;
        }
        self.listen(TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).expect("the port is free"));
    }

    fn listen(&mut self, listener: TcpListener) {
        let (ends, handler) = (Arc::new(AtomicBool::new(false)), Arc::clone(&self.handler));
        let end = Arc::clone(&ends);
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if end.load(Ordering::SeqCst) {
                    break;
                }
                // What one client does is none of the others' business.
                let handler = Arc::clone(&handler);
                thread::spawn(move || stream.and_then(|stream| answer(&stream, handler.as_ref())));
            }
        });
        self.running = Some((ends, thread));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.die();
    }
}

fn answer(stream: &TcpStream, handler: &Handler) -> io::Result<()> {
    stream.set_read_timeout(Some(SILENCE))?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let Some((name, value)) = header.split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap_or_default();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body = String::from_utf8_lossy(&body).into_owned();
    let Answer { status, content_type, body, body_after } = handler(Request { method, path, body });
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status} .\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    if !body_after.is_zero() {
        // Nobody ever sends: it is a wait.
        let (_never, wait) = channel::<()>();
        let _ = wait.recv_timeout(body_after);
    }
    stream.write_all(body.as_bytes())?;
    stream.shutdown(Shutdown::Write)
}
