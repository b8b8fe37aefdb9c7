//! What follows go-live, as sentences of the log.

use room::{Event, MissedRun, RoundSaid, Timetable};

use super::Teller;
use crate::wire::project::times::on_the_wall;
use crate::wire::project::words::{counted, stopwatch};

impl Teller<'_> {
    /// The sentence about something after go-live, and what else belongs to it; nothing for any other event.
    pub(super) fn afterwards(&self, event: &Event) -> (String, String) {
        let at = |moment| on_the_wall(moment, self.resolved);
        match event {
            Event::GoLiveDeclared(declared) => {
                let why = Some(declared.reason.clone()).filter(|reason| !reason.is_empty());
                let detail: Vec<String> = why.into_iter().chain(declared.open.iter().cloned()).collect();
                ("declared go-live".to_owned(), detail.join(" · "))
            }
            Event::SuccessDeclared(declared) => {
                let why = Some(declared.reason.clone()).filter(|reason| !reason.is_empty());
                let open: Vec<String> = why.into_iter().chain(declared.open.iter().cloned()).collect();
                let how = if declared.open.is_empty() { "" } else { ", not all of it met" };
                (format!("declared success{how}"), open.join(" · "))
            }
            Event::RoundTicked(ticked) => {
                let round = format!("{}, {}", at(ticked.round.due), self.routine(&ticked.round.routine));
                let item = self.item(&ticked.item);
                let (how, words) = match &ticked.said {
                    RoundSaid::Done { saw: None } => ("ticked", String::new()),
                    RoundSaid::Done { saw: Some(saw) } => ("ticked", format!("saw {saw}")),
                    RoundSaid::Overridden { reason } => ("overridden", reason.clone()),
                    RoundSaid::Deferred { reason } => ("deferred to the next round", reason.clone()),
                    RoundSaid::NotApplicable { reason } => ("not applicable", reason.clone()),
                };
                let Some(finished) = &ticked.finished else {
                    return (format!("{how} in the round of {round}: {item}"), words);
                };
                let late = match finished.late_s {
                    0 => String::new(),
                    late_s => format!(", late by {}", stopwatch(late_s)),
                };
                let readings = finished.readings.iter().map(|reading| match &reading.seen {
                    Some(seen) => format!("{} {} at {}", reading.name, seen.words, at(seen.at)),
                    None => format!("{} not seen: {}", reading.name, reading.unseen),
                });
                let words = Some(words).filter(|words| !words.is_empty());
                let detail: Vec<String> = words.into_iter().chain(readings).collect();
                (format!("finished the round of {round}{late}: {how}: {item}"), detail.join(" · "))
            }
            Event::RoundsMissed(missed) => {
                let rounds: u64 = missed.runs.iter().map(|run| run.count).sum();
                let rounds = counted(usize::try_from(rounds).unwrap_or(usize::MAX), "round", "rounds");
                (format!("missed {rounds}"), self.runs(&missed.runs))
            }
            Event::RoundsExplained(explained) => {
                let rounds: u64 = explained.runs.iter().map(|run| run.count).sum();
                let rounds = counted(usize::try_from(rounds).unwrap_or(usize::MAX), "round", "rounds");
                let detail = format!("{} · {}", explained.reason, self.runs(&explained.runs));
                (format!("said why {rounds} missed"), detail)
            }
            Event::HandedOver(handed) => {
                let whose = Some(&handed.had_by).filter(|whose| !whose.is_empty());
                let whose = whose.map(|whose| format!(", for {whose}")).unwrap_or_default();
                (format!("handed the room over to {}{whose}", handed.to), "not taken over yet".to_owned())
            }
            Event::TakenOver(taken) => {
                let open = Some(taken.open.join("; ")).filter(|open| !open.is_empty());
                let open = open.map(|open| format!(" · left open: {open}")).unwrap_or_default();
                let text = format!("took the room over from {}", taken.from);
                (text, format!("signed by {} in event {}{open}", taken.from, taken.signed))
            }
            Event::LessonNoted { text } => (format!("learned: {text}"), String::new()),
            _ => (String::new(), String::new()),
        }
    }

    fn runs(&self, runs: &[MissedRun]) -> String {
        let at = |moment| on_the_wall(moment, self.resolved);
        let run = |run: &MissedRun| {
            let name = self.routine(&run.routine);
            if run.count == 1 {
                format!("{name}: {}", at(run.from))
            } else {
                format!("{name}: {} from {} to {}", run.count, at(run.from), at(run.to))
            }
        };
        runs.iter().map(run).collect::<Vec<_>>().join(" · ")
    }

    /// A routine's words; those of its section or item where it is none any more.
    fn routine(&self, key: &str) -> String {
        let table = |table: &&Timetable| table.key == key;
        let words = self.room.timetables().iter().find(table).and_then(|table| {
            let routine = self.room.plan().routines.get(table.index)?;
            Some(routine.text.trim().trim_end_matches(':').to_owned())
        });
        words.unwrap_or_else(|| self.section(&key.to_owned().into()).trim_end_matches(':').to_owned())
    }
}
