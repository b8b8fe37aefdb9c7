//! Whether the desktop holds notifications back, asked in the way of each notification service.
//!
//! Owns: whom to ask what, and what the answer means. Must not know: when it is asked, or what follows from it.
//!
//! There is no common way: the specification knows none, so each service is asked in its own. One that is not known is
//! asked for KDE's property, which others have taken over; where that fails nothing is known, and that is said.

use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use zbus::Message;
use zbus::blocking::Connection;
use zbus::zvariant::{OwnedValue, Value};

use crate::DoNotDisturb;
use crate::service::{NAME, PATH, life};

/// How long the program that reads a desktop's settings may take; it answers in milliseconds.
const READER_LIMIT: Duration = Duration::from_secs(2);
/// How often it is looked whether it has ended.
const LOOK: Duration = Duration::from_millis(20);

/// What the service on this line tells. Starts no service: one that does not run holds nothing back, and shows nothing.
pub(crate) fn told(line: &Connection) -> DoNotDisturb {
    let name = match life(line).and_then(|_| server(line)) {
        Ok(name) => name,
        Err(words) => return DoNotDisturb::Unknown(words),
    };
    let known = name.to_lowercase();
    let has = |word: &str| known.contains(word);
    let told = if has("dunst") {
        property(line, PATH, "org.dunstproject.cmd0", "paused").map(|paused| (paused, "dunst is paused"))
    } else if has("mako") {
        modes(line).map(|modes| (modes.iter().any(|mode| is_quiet(mode)), "mako is in the mode “do not disturb”"))
    } else if has("swaync") || has("swaynotificationcenter") {
        let (name, path) = ("org.erikreider.swaync.cc", "/org/erikreider/swaync/cc");
        is(line.call_method(Some(name), path, Some(name), "GetDnd", &()))
            .map(|is| (is, "the notification centre’s switch is on"))
    } else if has("xfce") {
        let (name, path) = ("org.xfce.Xfconf", "/org/xfce/Xfconf");
        let asked = ("xfce4-notifyd", "/do-not-disturb");
        is(line.call_method(Some(name), path, Some(name), "GetProperty", &asked)).map(|is| (is, "Xfce’s switch is on"))
    } else if has("gnome-shell") {
        setting("org.gnome.desktop.notifications", "show-banners").map(|shows| (!shows, "GNOME shows no banners"))
    } else if has("cinnamon") {
        setting("org.cinnamon.desktop.notifications", "display-notifications")
            .map(|shows| (!shows, "Cinnamon shows no notifications"))
    } else if has("mate") {
        setting("org.mate.NotificationDaemon", "do-not-disturb").map(|is| (is, "MATE’s switch is on"))
    } else {
        property(line, PATH, NAME, "Inhibited").map(|is| (is, "notifications are inhibited"))
    };
    match told {
        Some((true, words)) => DoNotDisturb::On(words.to_owned()),
        Some((false, _)) => DoNotDisturb::Off(format!("{name} says so")),
        None => DoNotDisturb::Unknown(format!("{name} does not tell whether it holds notifications back")),
    }
}

/// What the notification service calls itself.
fn server(line: &Connection) -> Result<String, String> {
    let reply = line
        .call_method(Some(NAME), PATH, Some(NAME), "GetServerInformation", &())
        .map_err(|error| format!("the notification service does not say what it is ({error})"))?;
    let named: Result<(String, String, String, String), _> = reply.body().deserialize();
    named.map(|(name, ..)| name).map_err(|error| format!("the notification service does not say what it is ({error})"))
}

fn property(line: &Connection, path: &str, interface: &str, name: &str) -> Option<bool> {
    bool::try_from(got(line, path, interface, name)?).ok()
}

fn modes(line: &Connection) -> Option<Vec<String>> {
    Vec::try_from(got(line, "/fr/emersion/Mako", "fr.emersion.Mako", "Modes")?).ok()
}

/// Modes have the names that a person gave them; these are what mako's own manual and most people call it.
fn is_quiet(mode: &str) -> bool {
    matches!(mode, "do-not-disturb" | "dnd" | "silent")
}

fn got(line: &Connection, path: &str, interface: &str, name: &str) -> Option<OwnedValue> {
    let properties = Some("org.freedesktop.DBus.Properties");
    line.call_method(Some(NAME), path, properties, "Get", &(interface, name)).ok()?.body().deserialize().ok()
}

/// A yes or no of a method's answer, bare or in a box of any type.
fn is(answer: zbus::Result<Message>) -> Option<bool> {
    let answer = answer.ok()?;
    let body = answer.body();
    body.deserialize::<bool>().ok().or_else(|| match body.deserialize::<Value<'_>>().ok()? {
        Value::Bool(is) => Some(is),
        _ => None,
    })
}

/// A yes or no of a desktop's settings: they lie in a file of a form of its own, which its own program reads.
fn setting(schema: &str, key: &str) -> Option<bool> {
    let mut reader = Command::new("gsettings")
        .args(["get", schema, key])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    // Nobody ever sends: it is the wait between two looks.
    let (_never, wait) = channel::<()>();
    let mut waited = Duration::ZERO;
    while reader.try_wait().ok()?.is_none() {
        if waited >= READER_LIMIT || wait.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout) {
            let _ = reader.kill();
            let _ = reader.wait();
            return None;
        }
        waited += LOOK;
    }
    let mut said = String::new();
    reader.stdout.take()?.read_to_string(&mut said).ok()?;
    said.trim().parse().ok()
}
