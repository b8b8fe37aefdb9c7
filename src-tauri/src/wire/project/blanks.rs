//! The blanks of a notice, and what the plan knows to fill in.
//!
//! Only what the plan knows for certain is proposed: service, release, environment, the announced window and T0. A bare
//! `[TIME]` may mean any time, and stays a person's to fill.

use room::Room;

use super::times::{start_words_there, stretch};
use crate::wire::BlankView;

/// The blanks of a notice, in its order.
pub(crate) fn blanks(room: &Room, subject: &str, body: &str) -> Vec<BlankView> {
    let found = plan::blanks(&format!("{subject}\n{body}"));
    found.into_iter().map(|blank| BlankView { suggestion: suggestion(room, &blank), blank }).collect()
}

/// The text with every blank filled that the plan can fill.
pub(crate) fn filled(room: &Room, text: &str) -> String {
    let mut text = text.to_owned();
    for blank in plan::blanks(&text) {
        let suggestion = suggestion(room, &blank);
        if !suggestion.is_empty() {
            text = text.replace(&blank, &suggestion);
        }
    }
    text
}

/// What the plan would fill in; empty where it does not know.
fn suggestion(room: &Room, blank: &str) -> String {
    let plan = room.plan();
    match meaning(blank).as_str() {
        "service" | "service name" => plan.subject.name.clone(),
        "release" | "version" | "release version" => plan.subject.release.clone().unwrap_or_default(),
        "environment" => plan.environment.clone().unwrap_or_default(),
        "window" | "deployment window" | "maintenance window" => window(room),
        "t0" | "time of t0" | "start of the deployment" | "deployment start" => start_words_there(room.resolved()),
        _ => String::new(),
    }
}

/// `{{ release_version }}` and `[Release Version]` mean the same.
fn meaning(blank: &str) -> String {
    let bare = blank.trim_matches(|letter: char| "[]{}<>".contains(letter)).to_lowercase();
    let spaced: String = bare.chars().map(|letter| if "_-".contains(letter) { ' ' } else { letter }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `21 Jan 06:30 – 08:00 UTC`.
fn window(room: &Room) -> String {
    let resolved = room.resolved();
    let Some((from, to)) = room.window() else { return String::new() };
    let local = |at: jiff::Timestamp| at.to_zoned_datetime(resolved.zone.clone());
    stretch(&local(from), Some(&local(to)))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn what_the_plan_knows_is_filled_in_and_nothing_else() {
        let room = sample::room();
        assert_eq!(
            filled(&room, "{{ service }} <VERSION> on [Environment], [window], from [TIME of T0]: [TIME] [Name] ____"),
            "payments-api 4.2.0 on production, 21 Jan 06:30 – 08:00 UTC, from 21 Jan 2026 06:30 UTC: [TIME] [Name] ____"
        );
    }

    #[test]
    fn a_blank_that_the_plan_cannot_fill_has_no_suggestion() {
        let found = blanks(&sample::room(), "[service]", "done at [TIME]");
        let words: Vec<_> = found.iter().map(|blank| (blank.blank.as_str(), blank.suggestion.as_str())).collect();
        assert_eq!(words, [("[service]", "payments-api"), ("[TIME]", "")]);
    }
}
