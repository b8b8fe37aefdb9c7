//! What a checklist is about, in a few words.

use plan::Plan;

use crate::state::Room;

/// Service and release, else the checklist's title, else the name of its file.
#[must_use]
pub fn title(plan: &Plan, path: &str) -> String {
    let name = plan.subject.name.trim();
    if !name.is_empty() {
        return match plan.subject.release.as_deref().map(str::trim) {
            Some(release) if !release.is_empty() => format!("{name} {release}"),
            _ => name.to_owned(),
        };
    }
    if plan.title.trim().is_empty() { path.rsplit('/').next().unwrap_or(path).to_owned() } else { plan.title.clone() }
}

impl Room {
    /// What its checklist is about, in a few words.
    #[must_use]
    pub fn title(&self) -> String {
        title(self.plan(), &self.opened().path)
    }
}
