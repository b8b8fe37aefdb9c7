//! The weekly review: what the room's own log knows of the week since go-live.

use jiff::Timestamp;
use room::{AlertTally, DayTally, Recorded, Room, RoundsTally};

use super::routines::moment;
use super::times::{date, on_the_wall};
use super::watch::severity_word;
use super::words::{counted, small, stopwatch};
use crate::wire::{HandoffLineView, ReviewAlertView, ReviewDayView, ReviewRoundsView, ReviewView};

/// The page.
pub(crate) fn review(room: &Room, events: &[Recorded], now: Timestamp) -> ReviewView {
    let Some(week) = room::review(room, events, now) else {
        return ReviewView {
            state: "before".to_owned(),
            words: "The week counts from go-live, which nobody has declared yet.".to_owned(),
            ..ReviewView::default()
        };
    };
    let day = week.to.duration_since(week.from).as_hours() / 24 + 1;
    let words = if week.is_over {
        format!("{} to {}, the week is over", moment(room, week.from), moment(room, week.to))
    } else {
        format!("{} to now, day {day} of 7", moment(room, week.from))
    };
    ReviewView {
        state: if week.is_over { "over" } else { "week" }.to_owned(),
        words,
        rounds_words: rounds_words(&week.rounds),
        rounds: week.rounds.iter().map(|tally| rounds(room, tally)).collect(),
        alerts_words: alerts_words(&week.alerts),
        alerts: week.alerts.iter().map(alert).collect(),
        days: week.days.iter().map(day_view).collect(),
        rollbacks: rollbacks(room),
        rooms: None,
    }
}

fn rounds(room: &Room, tally: &RoundsTally) -> ReviewRoundsView {
    let routine = room.plan().routines.get(tally.index);
    ReviewRoundsView {
        title: routine.map(|routine| routine.text.trim().trim_end_matches(':').to_owned()).unwrap_or_default(),
        due: tally.due,
        done: tally.done,
        late: tally.late,
        missed: tally.missed,
        unexplained: tally.unexplained,
        open: tally.open,
    }
}

fn rounds_words(all: &[RoundsTally]) -> String {
    let sum = |of: fn(&RoundsTally) -> u32| all.iter().map(of).sum::<u32>();
    let done = sum(|tally| tally.done + tally.late);
    format!(
        "{done} of {} done, {} late, {} missed",
        sum(|tally| tally.due),
        sum(|tally| tally.late),
        sum(|tally| tally.missed)
    )
}

fn alert(tally: &AlertTally) -> ReviewAlertView {
    let is_blind = tally.alert.is_blind();
    ReviewAlertView {
        id: tally.alert.to_string(),
        name: tally.name.clone(),
        severity: if is_blind { "blind" } else { severity_word(tally.severity) }.to_owned(),
        count: tally.count,
        longest: stopwatch(tally.longest_s),
        total: stopwatch(tally.total_s),
        firing: tally.is_firing,
        event: small(usize::try_from(tally.event).unwrap_or(usize::MAX)),
    }
}

fn alerts_words(all: &[AlertTally]) -> String {
    let times: u32 = all.iter().map(|tally| tally.count).sum();
    let times = usize::try_from(times).unwrap_or(usize::MAX);
    let criteria = counted(all.len(), "criterion", "criteria");
    let words = format!("{}, {criteria}", counted(times, "time", "times"));
    match all.iter().filter(|tally| tally.is_firing).count() {
        0 => words,
        1 => format!("{words}, 1 burns still"),
        several => format!("{words}, {several} burn still"),
    }
}

fn day_view(tally: &DayTally) -> ReviewDayView {
    let weekday: String = tally.date.strftime("%a").to_string().chars().take(2).collect();
    ReviewDayView {
        day: format!("{weekday} {}", date(tally.date)),
        fired: tally.fired,
        done: tally.done,
        late: tally.late,
        missed: tally.missed,
        handoffs: tally.handoffs,
    }
}

/// The best rehearsal, and every rollback that ended, each against the limit.
fn rollbacks(room: &Room) -> Vec<HandoffLineView> {
    let limit = room.plan().rollback.target_s.map(|target_s| format!("of {}", stopwatch(target_s)));
    let line = |title: String, words: String| HandoffLineView {
        title,
        words,
        right: limit.clone().unwrap_or_else(|| "no limit named".to_owned()),
        ..HandoffLineView::default()
    };
    let at = |moment| on_the_wall(moment, room.resolved());
    let best = room.rehearsals().first().map(|best| {
        line(format!("Best rehearsal {}", stopwatch(best.took_s)), format!("{} {}", best.actor, at(best.at)))
    });
    let taken = room.rollbacks().iter().filter(|rollback| !rollback.is_rehearsal).filter_map(|rollback| {
        let end = rollback.ended.as_ref().filter(|end| end.stood_down.is_none())?;
        let took_s = u64::try_from(end.at.duration_since(rollback.began).as_secs()).unwrap_or(0);
        let words = format!("{} {}: {}", rollback.actor, at(rollback.began), rollback.reason);
        Some(line(format!("Rollback {}", stopwatch(took_s)), words))
    });
    best.into_iter().chain(taken).collect()
}

#[cfg(test)]
mod tests {
    use room::{Event, GoLiveDeclared};

    use super::super::sample;
    use super::*;

    #[test]
    fn before_go_live_there_is_no_week_and_afterwards_it_counts_its_days() {
        let room = sample::room();
        let now: Timestamp = "2026-01-23T09:00:00Z".parse().unwrap();
        assert_eq!(review(&room, &[], now).words, "The week counts from go-live, which nobody has declared yet.");
        let live = GoLiveDeclared { reason: String::new(), open: Vec::new() };
        let events = sample::recorded([Event::GoLiveDeclared(Box::new(live))]);
        let room = sample::room_after(&events);
        let view = review(&room, &events, now);
        assert_eq!(view.words, "21 Jan 06:31 UTC to now, day 3 of 7");
        assert_eq!(
            view.days.iter().map(|day| day.day.as_str()).collect::<Vec<_>>(),
            ["We 21 Jan", "Th 22 Jan", "Fr 23 Jan"]
        );
        assert_eq!((view.alerts_words.as_str(), view.rollbacks.len()), ("0 times, 0 criteria", 0));
        let after = review(&room, &events, "2026-01-30T09:00:00Z".parse().unwrap());
        assert_eq!(
            (after.state.as_str(), after.words.as_str()),
            ("over", "21 Jan 06:31 UTC to 28 Jan 06:31 UTC, the week is over")
        );
    }
}
