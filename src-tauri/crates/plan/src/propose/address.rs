//! Addresses as the text names them, and which of them a probe may ask.

use crate::read::blanks;

/// Names that are kept free for examples and tests: nobody answers there.
const RESERVED: [&str; 7] = ["example", "example.com", "example.org", "example.net", "test", "invalid", "localdomain"];

/// An address that can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// As it stands.
    pub(super) url: String,
    /// The server's name.
    pub(super) host: String,
    /// Its port.
    pub(super) port: u16,
    /// Whether it is asked over TLS.
    pub(super) is_secure: bool,
    /// What stands after the host, without query: `/health`.
    pub(super) path: String,
}

impl Address {
    /// The address in a text.
    ///
    /// # Errors
    /// Why it cannot be asked, as the end of a sentence.
    pub(super) fn of(text: &str) -> Result<Self, String> {
        let url = text.trim().trim_matches(['<', '>', '`']).trim_end_matches(['.', ',']);
        if let Some(blank) = blanks(url).into_iter().next() {
            return Err(format!("the address {url} has the blank {blank}"));
        }
        if url.contains(['$', '{', '}', '<', '>', '[', ']', '*', ' ', '"', '\\']) {
            return Err(format!("the address {url} is not whole"));
        }
        let (scheme, rest) = url.split_once("://").ok_or_else(|| format!("{url} is no address"))?;
        let is_secure = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return Err(format!("{url} is no address of the web")),
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (place, after) = (rest.get(..end).unwrap_or_default(), rest.get(end..).unwrap_or_default());
        if place.contains('@') {
            return Err("a password stands in the address: it belongs into the settings, with \"auth\"".to_owned());
        }
        let (name, port) = match place.rsplit_once(':') {
            Some((name, port)) => (name, port.parse().map_err(|_| format!("the port of {url} is none"))?),
            None => (place, if is_secure { 443 } else { 80 }),
        };
        host(name)?;
        let path = after.split(['?', '#']).next().unwrap_or_default();
        Ok(Self { url: url.to_owned(), host: name.to_owned(), port, is_secure, path: path.to_owned() })
    }

    /// What is to be known of it; nothing mostly.
    pub(super) fn caveat(&self) -> Option<String> {
        host_caveat(&self.host)
    }

    /// Whether its path is one that services tell their health at.
    pub(super) fn is_health(&self) -> bool {
        let last = self.path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        ["health", "healthz", "healthcheck", "health-check", "ready", "readyz", "live", "livez", "ping", "status"]
            .contains(&last.as_str())
            || last == "-" && self.path.contains("health")
            || self.path.ends_with("/health/ready")
    }

    /// Whether it is the server's own page.
    pub(super) fn is_bare(&self) -> bool {
        self.path.is_empty() || self.path == "/"
    }
}

/// Whether a server of that name can be asked from this laptop.
///
/// # Errors
/// Why not, as the end of a sentence.
pub(super) fn host(name: &str) -> Result<(), String> {
    let is_name = !name.is_empty()
        && name.len() < 254
        && name.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '.' | '-' | '_'))
        && !name.starts_with(['.', '-']);
    if !is_name {
        return Err(format!("“{name}” is no name of a server"));
    }
    let lower = name.to_ascii_lowercase();
    if lower == "localhost" || lower.ends_with(".localhost") || lower.starts_with("127.") || lower == "0.0.0.0" {
        return Err(format!("{name} is this laptop, and no server of production"));
    }
    Ok(())
}

/// Whether a text is an address in numbers: `203.0.113.7`, `2001:db8::7`.
pub(super) fn is_number(text: &str) -> bool {
    let is_old = text.split('.').count() == 4 && text.split('.').all(|part| part.parse::<u8>().is_ok());
    let is_new = text.contains("::") || text.split(':').count() == 8;
    is_old || is_new && text.chars().all(|one| one.is_ascii_hexdigit() || one == ':')
}

/// What is to be known of a server's name.
pub(super) fn host_caveat(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let is_reserved = RESERVED.iter().any(|one| lower == *one || lower.ends_with(&format!(".{one}")));
    is_reserved.then(|| format!("{name} is a name for examples: nobody answers there"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_asked_and_what_not() {
        let told = |text: &str| match Address::of(text) {
            Ok(address) => format!("{} {} {}", address.host, address.port, address.path),
            Err(why) => why,
        };
        assert_eq!(told("https://api.harbour.io/health?full=1"), "api.harbour.io 443 /health");
        assert_eq!(told("http://api.harbour.io:8080"), "api.harbour.io 8080 ");
        assert_eq!(told("https://<HOST>/health"), "the address https://<HOST>/health has the blank <HOST>");
        assert_eq!(told("https://$HOST/health"), "the address https://$HOST/health is not whole");
        assert_eq!(told("http://localhost:8080/health"), "localhost is this laptop, and no server of production");
        assert_eq!(told("http://127.0.0.1/"), "127.0.0.1 is this laptop, and no server of production");
        assert_eq!(told("ftp://a.b"), "ftp://a.b is no address of the web");
        assert!(told("https://u:p@a.b/").starts_with("a password stands"));
        assert_eq!(told("https://[::1]/"), "the address https://[::1]/ has the blank [::1]");
        assert_eq!(
            host_caveat("api.example").as_deref(),
            Some("api.example is a name for examples: nobody answers there")
        );
        assert_eq!(host_caveat("counterexample.io"), None);
        assert!(["203.0.113.7", "2001:db8::7", "::1", "1:2:3:4:5:6:7:8"].into_iter().all(is_number));
        assert!(!["203.0.113", "203.0.113.999", "a.b.c.d", "10:30", "edge.harbour.io"].into_iter().any(is_number));
        assert!(Address::of("https://a.b/healthz").is_ok_and(|address| address.is_health()));
        assert!(Address::of("https://a.b/wealth").is_ok_and(|address| !address.is_health()));
    }
}
