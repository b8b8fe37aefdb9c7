//! Keeping the laptop awake.
//!
//! Owns: the inhibitor, and why there is none. Must not know: when the laptop has to be awake.

/// Keeps the laptop awake until it is dropped.
#[derive(Debug)]
pub struct Awake {
    /// The system counts it as held for as long as this is open.
    #[cfg(target_os = "linux")]
    _inhibitor: std::os::fd::OwnedFd,
}

impl Awake {
    /// Asks the system not to sleep, and not to idle. Blocks for a moment.
    ///
    /// # Errors
    /// Why it was refused, in words.
    #[cfg(target_os = "linux")]
    pub fn hold(why: &str) -> Result<Self, String> {
        logind::inhibitor(why).map(|inhibitor| Self { _inhibitor: inhibitor })
    }

    /// Asks the system not to sleep, and not to idle.
    ///
    /// # Errors
    /// Always: this program can ask logind only.
    #[cfg(not(target_os = "linux"))]
    pub fn hold(_why: &str) -> Result<Self, String> {
        Err(String::from("the laptop is not kept awake: this program can ask for it on Linux only"))
    }
}

#[cfg(target_os = "linux")]
mod logind {
    use std::os::fd::OwnedFd;
    use std::time::Duration;

    use zbus::blocking::connection::Builder;

    use crate::limit::Limit;

    const NAME: &str = "org.freedesktop.login1";
    const PATH: &str = "/org/freedesktop/login1";
    const INTERFACE: &str = "org.freedesktop.login1.Manager";

    /// How long logind may take; it answers in milliseconds, and may ask polkit before.
    const LIMIT: Duration = Duration::from_secs(4);

    /// What holds the laptop awake while it is open.
    pub(super) fn inhibitor(why: &str) -> Result<OwnedFd, String> {
        let why = why.replace(char::is_control, " ");
        Limit::default()
            .within(LIMIT, move || ask(&why))
            .unwrap_or_else(|overrun| Err(format!("the laptop is not kept awake: logind {overrun}")))
    }

    fn ask(why: &str) -> Result<OwnedFd, String> {
        let bus = Builder::system()
            .and_then(Builder::build)
            .map_err(|error| format!("the laptop is not kept awake: the system bus cannot be reached ({error})"))?;
        let asked = ("sleep:idle", "War Room", why, "block");
        let reply =
            bus.call_method(Some(NAME), PATH, Some(INTERFACE), "Inhibit", &asked).map_err(|error| refusal(&error))?;
        let inhibitor: zbus::zvariant::OwnedFd = reply
            .body()
            .deserialize()
            .map_err(|error| format!("the laptop is not kept awake: logind gave no inhibitor ({error})"))?;
        Ok(inhibitor.into())
    }

    fn refusal(error: &zbus::Error) -> String {
        let zbus::Error::MethodError(name, detail, _) = error else {
            return format!("the laptop is not kept awake: logind cannot be asked ({error})");
        };
        let detail = detail.as_deref().unwrap_or(name.as_str());
        match name.as_str() {
            "org.freedesktop.DBus.Error.ServiceUnknown" | "org.freedesktop.DBus.Error.NameHasNoOwner" => {
                String::from("the laptop is not kept awake: no logind answers on the system bus")
            }
            _ => format!("the laptop is not kept awake: logind refuses it ({detail})"),
        }
    }
}
