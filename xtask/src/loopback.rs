//! A network that ends at the loopback, for tests that must not need more.
//!
//! Owns: how a command gets it. Must not know: which command.

use std::process::{Command, Stdio};

use crate::steps::say;

/// Runs what follows with the loopback and without any route.
const ALONE: [&str; 5] = ["unshare", "--net", "sh", "-c", "ip link set lo up && exec \"$@\""];

/// What to put before a command; empty where the system does not allow it, which is said.
pub(crate) fn before_command() -> Vec<&'static str> {
    let mut prefix: Vec<&str> = ALONE.to_vec();
    prefix.push("sh");
    let mut trial = Command::new("unshare");
    trial.args(prefix.iter().skip(1)).arg("true").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if trial.status().is_ok_and(|status| status.success()) {
        return prefix;
    }
    say("No network namespace is to be had here (root and iproute2 give one): the window is tested with the network.");
    Vec::new()
}
