//! Ports of the loopback for what a test starts.
//!
//! Owns: which port is whose. Must not know: who listens there.

use std::net::{Ipv4Addr, TcpListener};
use std::process;
use std::sync::atomic::{AtomicU16, Ordering};

/// The ports that are given away here. Systems give their own, to a connection or to whoever asks for any, from 32768 on: a
/// port from among those that was found free is sometimes taken before the program that it was meant for listens there.
const FIRST: u16 = 10_000;
const COUNT: u16 = 22_000;
/// How many a test process gives away before it comes to those of the next one.
const EACH: u32 = 100;

static GIVEN: AtomicU16 = AtomicU16::new(0);

/// A port that nobody listens on, and that nobody else in this process is given.
#[must_use]
pub fn free_port() -> u16 {
    let (listener, port) = listen();
    drop(listener);
    port
}

/// Listens on such a port. Who stops listening finds it free when it comes back.
pub(super) fn listen() -> (TcpListener, u16) {
    let of_process = process::id() % (u32::from(COUNT) / EACH) * EACH;
    let of_process = u16::try_from(of_process).expect("less than their count");
    (0..COUNT)
        .find_map(|_| {
            let next = GIVEN.fetch_add(1, Ordering::Relaxed) % COUNT;
            let port = FIRST + (of_process + next) % COUNT;
            Some((TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()?, port))
        })
        .expect("a port is free")
}
