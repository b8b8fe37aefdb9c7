//! The list of what is needed from the system, and why.
//!
//! Owns: names of programs, libraries and packages. Must not know: how packages are installed.

use std::path::Path;
use std::process::{Command, Stdio};

use super::Purpose;
use crate::tree::on_path;

/// How it is seen that something is here.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sign {
    /// A program on the PATH.
    Program(&'static str),
    /// A program on the PATH under any of these names; Debian's comes first.
    OneOf(&'static [&'static str]),
    /// A library that pkg-config knows.
    Library(&'static str),
    /// A module of the system's own python3.
    PythonModule(&'static str),
}

/// Something that is needed. A package manager without a name for it has an empty list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Need {
    /// How it is seen.
    pub(crate) sign: Sign,
    /// What it is for, in words.
    pub(crate) why: &'static str,
    /// Debian's and Ubuntu's packages.
    pub(crate) apt: &'static [&'static str],
    /// Fedora's.
    pub(crate) dnf: &'static [&'static str],
    /// Arch's.
    pub(crate) pacman: &'static [&'static str],
    /// openSUSE's.
    pub(crate) zypper: &'static [&'static str],
    /// Homebrew's.
    pub(crate) brew: &'static [&'static str],
    /// The service of the system that Debian's package would start, and that nobody asked for.
    pub(crate) service: Option<&'static str>,
}

/// A need without any package, to be filled in.
const NOTHING: Need =
    Need { sign: Sign::Program(""), why: "", apt: &[], dnf: &[], pacman: &[], zypper: &[], brew: &[], service: None };

const BUILD: &[Need] = &[
    Need {
        sign: Sign::Program("cc"),
        why: "the linker that Rust calls, and the compiler of the shell grammar",
        apt: &["gcc", "libc6-dev"],
        dnf: &["gcc"],
        pacman: &["gcc"],
        zypper: &["gcc"],
        ..NOTHING
    },
    Need {
        sign: Sign::Program("pkg-config"),
        why: "finds the libraries of the window",
        apt: &["pkg-config"],
        dnf: &["pkgconf-pkg-config"],
        pacman: &["pkgconf"],
        zypper: &["pkgconf-pkg-config"],
        ..NOTHING
    },
];

#[cfg(not(target_os = "macos"))]
const WINDOW: &[Need] = &[Need {
    sign: Sign::Library("webkit2gtk-4.1"),
    why: "draws the window",
    apt: &["libwebkit2gtk-4.1-dev"],
    dnf: &["webkit2gtk4.1-devel"],
    pacman: &["webkit2gtk-4.1"],
    zypper: &["webkit2gtk3-devel"],
    ..NOTHING
}];

/// macOS brings its own web view.
#[cfg(target_os = "macos")]
const WINDOW: &[Need] = &[];

const TEST: &[Need] = &[
    Need {
        sign: Sign::Program("prometheus"),
        why: "a real Prometheus for the tests, never started as a service",
        apt: &["prometheus"],
        dnf: &["golang-github-prometheus"],
        pacman: &["prometheus"],
        zypper: &["golang-github-prometheus-prometheus"],
        brew: &["prometheus"],
        service: Some("prometheus"),
    },
    Need {
        sign: Sign::OneOf(&["prometheus-pushgateway", "pushgateway"]),
        why: "gives that Prometheus its samples",
        apt: &["prometheus-pushgateway"],
        pacman: &["prometheus-pushgateway"],
        service: Some("prometheus-pushgateway"),
        ..NOTHING
    },
    Need {
        sign: Sign::OneOf(&["prometheus-alertmanager", "alertmanager"]),
        why: "a real Alertmanager for the tests, never started as a service",
        apt: &["prometheus-alertmanager"],
        dnf: &["golang-github-prometheus-alertmanager"],
        pacman: &["alertmanager"],
        zypper: &["golang-github-prometheus-alertmanager"],
        brew: &["alertmanager"],
        service: Some("prometheus-alertmanager"),
    },
    Need {
        sign: Sign::Program("python3"),
        why: "the tests' second opinion about formats and signatures",
        apt: &["python3"],
        dnf: &["python3"],
        pacman: &["python"],
        zypper: &["python3"],
        brew: &["python@3"],
        ..NOTHING
    },
    Need {
        sign: Sign::PythonModule("cryptography"),
        why: "checks signatures independently of our own code",
        apt: &["python3-cryptography"],
        dnf: &["python3-cryptography"],
        pacman: &["python-cryptography"],
        zypper: &["python3-cryptography"],
        ..NOTHING
    },
    Need {
        sign: Sign::Program("dbus-daemon"),
        why: "message buses of the tests' own, for notifications and for keeping the laptop awake",
        apt: &["dbus"],
        dnf: &["dbus-daemon"],
        pacman: &["dbus"],
        zypper: &["dbus-1"],
        brew: &["dbus"],
        ..NOTHING
    },
    Need {
        sign: Sign::Program("pdftotext"),
        why: "reads printed pages back",
        apt: &["poppler-utils"],
        dnf: &["poppler-utils"],
        pacman: &["poppler"],
        zypper: &["poppler-tools"],
        brew: &["poppler"],
        ..NOTHING
    },
];

const DISPLAY: &[Need] = &[
    Need {
        sign: Sign::Program("Xvfb"),
        why: "a display for windows that nobody looks at",
        apt: &["xvfb"],
        dnf: &["xorg-x11-server-Xvfb"],
        pacman: &["xorg-server-xvfb"],
        zypper: &["xorg-x11-server-Xvfb"],
        ..NOTHING
    },
    Need {
        sign: Sign::Program("WebKitWebDriver"),
        why: "presses the keys in the real window",
        apt: &["webkit2gtk-driver"],
        dnf: &["webkit2gtk4.1"],
        pacman: &["webkit2gtk-4.1"],
        zypper: &["webkit2gtk3-minibrowser"],
        ..NOTHING
    },
    Need {
        sign: Sign::Program("dbus-run-session"),
        why: "a message bus of the tests' own",
        apt: &["dbus"],
        dnf: &["dbus-daemon"],
        pacman: &["dbus"],
        zypper: &["dbus-1"],
        ..NOTHING
    },
    Need {
        sign: Sign::Program("gnome-keyring-daemon"),
        why: "a keychain of the tests' own",
        apt: &["gnome-keyring"],
        dnf: &["gnome-keyring"],
        pacman: &["gnome-keyring"],
        zypper: &["gnome-keyring"],
        ..NOTHING
    },
    Need {
        sign: Sign::OneOf(&["ip", "/usr/sbin/ip"]),
        why: "a network of the tests' own that ends at the loopback",
        apt: &["iproute2"],
        dnf: &["iproute"],
        pacman: &["iproute2"],
        zypper: &["iproute2"],
        ..NOTHING
    },
    Need {
        sign: Sign::Program("dbus-launch"),
        why: "the same, for programs that ask the display for their bus",
        apt: &["dbus-x11"],
        dnf: &["dbus-x11"],
        pacman: &["dbus"],
        zypper: &["dbus-1-x11"],
        ..NOTHING
    },
    Need {
        sign: Sign::Program("dunst"),
        why: "a real notification service for the tests",
        apt: &["dunst"],
        dnf: &["dunst"],
        pacman: &["dunst"],
        zypper: &["dunst"],
        ..NOTHING
    },
];

/// What `purpose` needs from the system.
pub(crate) fn of(purpose: Purpose) -> Vec<Need> {
    let parts: &[&[Need]] = match purpose {
        Purpose::Run => &[BUILD, WINDOW],
        Purpose::QuickTest => &[BUILD, WINDOW, TEST],
        Purpose::Window => &[BUILD, WINDOW, TEST, DISPLAY],
    };
    parts.concat()
}

/// Any npm, to install a Node that is new enough.
pub(crate) fn npm() -> Need {
    Need {
        sign: Sign::Program("npm"),
        why: "gets a Node of at least 22.12, which builds the window; the one here is older or missing",
        apt: &["npm"],
        dnf: &["nodejs-npm"],
        pacman: &["npm"],
        zypper: &["npm-default"],
        brew: &["node@22"],
        ..NOTHING
    }
}

impl Need {
    /// Whether it is here.
    pub(crate) fn is_met(&self) -> bool {
        match self.sign {
            Sign::Program(name) => on_path(name).is_some(),
            Sign::OneOf(names) => names.iter().any(|name| on_path(name).is_some()),
            Sign::Library(name) => ends_well(Command::new("pkg-config").args(["--exists", name])),
            Sign::PythonModule(name) => ends_well(Command::new(python()).args(["-c", &format!("import {name}")])),
        }
    }

    /// Its name for people.
    pub(crate) fn name(&self) -> &'static str {
        match self.sign {
            Sign::Program(name) | Sign::Library(name) | Sign::PythonModule(name) => name,
            Sign::OneOf(names) => names.first().copied().unwrap_or_default(),
        }
    }
}

/// The system's own Python: packages of the system serve that one, not another that stands before it on the PATH.
fn python() -> &'static str {
    if Path::new("/usr/bin/python3").exists() { "/usr/bin/python3" } else { "python3" }
}

fn ends_well(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
