//! How long phases take that the text gives no length, or another one: `[durations]`.

use std::time::Duration;

use super::near::nearest_within;
use super::words::quoted;
use super::{Config, Mistake};
use crate::{Level, Phase, Plan};

/// Titles longer than this are no slips of the key.
const COMPARED_LENGTH_MAX: usize = 120;

/// A line of `[durations]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lasting {
    /// Line in the file, from 1.
    pub line: usize,
    /// The phase: its title, words that it alone has in its title, or its id.
    pub name: String,
    /// How long it takes.
    pub length: Duration,
}

/// How long the settings say that each phase takes, in the order of [`Plan::phases`].
#[must_use]
pub fn lengths(config: &Config, plan: &Plan) -> Vec<Option<Duration>> {
    let mut found = vec![None; plan.phases.len()];
    for lasting in &config.durations {
        if let Ok(at) = phase(&lasting.name, plan)
            && let Some(length) = found.get_mut(at)
        {
            *length = Some(lasting.length);
        }
    }
    found
}

/// What is to be said about each line of `[durations]` that names no phase of this plan, or more than one.
#[must_use]
pub fn unmatched_durations(config: &Config, plan: &Plan) -> Vec<Mistake> {
    let mistakes = config.durations.iter().filter_map(|lasting| {
        let several = phase(&lasting.name, plan).err()?;
        let titles = || plan.phases.iter().map(|phase| phase.title.as_str());
        let (what, mend) = if several {
            ("is in the title of several phases", "write the whole title of one".to_owned())
        } else {
            let mend = match nearest_within(&lasting.name, titles(), COMPARED_LENGTH_MAX) {
                Some(near) => format!("did you mean {}?", quoted(near)),
                None => "write the title of one as the run of the day shows it".to_owned(),
            };
            ("is no phase of the checklist", mend)
        };
        Some(Mistake {
            line: lasting.line,
            column: 1,
            level: Level::Warning,
            message: format!("{} in [durations] {what}", quoted(&lasting.name)),
            mend,
        })
    });
    mistakes.collect()
}

/// The place of the phase that is meant; else whether several could be.
fn phase(name: &str, plan: &Plan) -> Result<usize, bool> {
    let wanted = name.trim().to_lowercase();
    let is_it = |phase: &Phase| phase.section.as_str() == name || phase.title.to_lowercase() == wanted;
    let of = |is_it: &dyn Fn(&Phase) -> bool| {
        let mut places = plan.phases.iter().enumerate().filter(|(_, phase)| is_it(phase)).map(|(at, _)| at);
        match (places.next(), places.next()) {
            (Some(at), None) => Ok(at),
            (first, _) => Err(first.is_some()),
        }
    };
    of(&is_it)
        .or_else(|several| if several { Err(true) } else { of(&|one| one.title.to_lowercase().contains(&wanted)) })
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn a_phase_is_named_by_its_title_or_by_words_that_it_alone_has() {
        let text = "# Ship (Jan 21, 2026)\n\n## Deployment (6:30 AM)\n- [ ] a\n\n## Post-Deployment Verification (7:30-8:00 AM)\n- [ ] b\n\n## Go-Live Declaration (8:00 AM)\n- [ ] c\n";
        let settings = "version = 1\n[durations]\n\"go-live\" = \"2m\"\n\"Deployment\" = \"1h\"\n\"Post-deployment verification\" = \"10m\"\n\"Verificatoin\" = \"1m\"\n\"deploy\" = \"1m\"\n";
        let (config, _) = parse(settings);
        let (plan, _) = crate::read(text, &config);
        let minutes: Vec<_> =
            lengths(&config, &plan).into_iter().map(|length| length.map(|length| length.as_secs() / 60)).collect();
        assert_eq!(minutes, [Some(60), Some(10), Some(2)]);
        let told: Vec<_> =
            unmatched_durations(&config, &plan).iter().map(|mistake| mistake.sentence("war-room.toml")).collect();
        assert_eq!(
            told,
            [
                "war-room.toml:6: \"Verificatoin\" in [durations] is no phase of the checklist; write the title of one as the run of the day shows it",
                "war-room.toml:7: \"deploy\" in [durations] is in the title of several phases; write the whole title of one",
            ]
        );
    }
}
