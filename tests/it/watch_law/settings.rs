//! Settings and moods by chance: how a day under watch is set up, and how its metrics behave.

use std::fmt::Write;

use tests::watched::{Absence, Answer, EVERY_S, METRICS, Settings, TIMEOUT_S, Takes};

use crate::kill::Chance;

pub(super) fn by_chance(chance: &mut Chance) -> Settings {
    let fire = [
        None,
        Some(Takes::Of(1, 1)),
        Some(Takes::Of(2, 3)),
        Some(Takes::Of(3, 5)),
        Some(Takes::For(0)),
        Some(Takes::For(15)),
    ];
    let clear = [None, None, Some(Takes::Of(2, 3)), Some(Takes::For(12))];
    Settings {
        fire: fire[chance.index(fire.len())],
        clear: clear[chance.index(clear.len())],
        keep_s: [0, 0, 10][chance.index(3)],
        absence: [Absence::Blind, Absence::Blind, Absence::Zero, Absence::Breach][chance.index(4)],
        high_s: chance.seconds(60, 300),
        blind_s: chance.seconds(30, 120),
        word_s: chance.seconds(20, 90),
        restarts: chance.one_in(2),
    }
}

/// The settings as a person writes them.
pub(super) fn written(settings: &Settings) -> String {
    let takes = |takes: Takes| match takes {
        Takes::Of(hits, of) => format!("\"{hits} of {of}\""),
        Takes::For(seconds) => format!("\"{seconds}s\""),
    };
    let mut text = format!(
        "version = 1\n[sources.prod]\nkind = \"prometheus\"\nurl = \"http://127.0.0.1:9\"\nevery = \"{EVERY_S}s\"\ntimeout = \"{TIMEOUT_S}s\"\n"
    );
    let absence = match settings.absence {
        Absence::Blind => "blind",
        Absence::Zero => "zero",
        Absence::Breach => "breach",
    };
    for (metric, unit) in METRICS.iter().zip(["ratio", "s"]) {
        let _ = write!(
            text,
            "[metrics.{metric}]\nsource = \"prod\"\nquery = \"{metric}\"\nunit = \"{unit}\"\nno_data = \"{absence}\"\n"
        );
    }
    let on_breach = if settings.restarts { "restart" } else { "resume" };
    let _ = write!(
        text,
        "[gates]\non_breach = \"{on_breach}\"\nword_valid_for = \"{}s\"\n[alerts]\nhigh_deadline = \"{}s\"\nblind_for = \"{}s\"\nkeep_firing = \"{}s\"\n",
        settings.word_s, settings.high_s, settings.blind_s, settings.keep_s
    );
    if let Some(fire) = settings.fire {
        let _ = writeln!(text, "fire = {}", takes(fire));
    }
    if let Some(clear) = settings.clear {
        let _ = writeln!(text, "clear = {}", takes(clear));
    }
    text
}

/// How a metric behaves for a while.
#[derive(Clone, Copy)]
pub(super) enum Mood {
    /// All is well.
    Good,
    /// Any of its values.
    Mixed,
    /// One of its bad values.
    Bad(usize),
    /// No value.
    Silent(Answer),
}

pub(super) fn mood(chance: &mut Chance) -> Mood {
    match chance.below(10) {
        0..=4 => Mood::Good,
        5 => Mood::Mixed,
        6 | 7 => Mood::Bad(1 + chance.index(3)),
        8 => Mood::Silent([Answer::TooFew, Answer::Absent, Answer::Unreachable][chance.index(3)]),
        _ => Mood::Good,
    }
}
