//! The rooms of the last weeks, side by side.

use room::Trend;

use super::times::date;
use super::words::{counted, stopwatch};
use crate::rooms::{RoomTrend, TREND_WEEKS, Trends};
use crate::wire::{TrendView, TrendsView};

/// The rooms that were read, and the one that is open.
pub(crate) fn trends(trends: &Trends, own: &RoomTrend) -> TrendsView {
    let read = trends.rooms.iter().filter_map(|one| one.known.as_ref().ok()?.as_ref());
    let mut rooms: Vec<(&RoomTrend, bool)> = read.map(|room| (room, false)).chain([(own, true)]).collect();
    rooms.sort_by_key(|(room, here)| (std::cmp::Reverse(room.day), !here));
    let mut unread: Vec<String> = trends.rooms.iter().filter_map(|one| one.known.as_ref().err().cloned()).collect();
    unread.extend(rooms.iter().filter(|(room, _)| !room.damage.is_empty()).map(|(room, _)| room.damage.clone()));
    if trends.left_out > 0 {
        unread.push(format!("{} written earlier were not read.", counted(trends.left_out, "room", "rooms")));
    }
    let count = counted(rooms.len(), "room", "rooms");
    TrendsView {
        words: format!("{count}, the last {TREND_WEEKS} weeks, drills left out"),
        rooms: rooms.iter().map(|(room, here)| view(room, *here)).collect(),
        unread,
    }
}

fn view(room: &RoomTrend, here: bool) -> TrendView {
    let Trend { fired, passed, over, over_s, rollbacks_s, rehearsed_s, target_s } = &room.trend;
    let [critical, ..] = fired;
    let target = target_s.unwrap_or(u64::MAX);
    TrendView {
        title: room.title.clone(),
        day: format!("{} {}", date(room.day), room.day.year()),
        here,
        alerts: fired.iter().sum(),
        critical: *critical,
        over: match (over, passed) {
            (_, 0) => "no gate passed".to_owned(),
            (0, passed) => format!("none of {passed}"),
            (over, passed) => format!("{over} of {passed}, {}", stopwatch(*over_s)),
        },
        is_over: *over > 0,
        back: match rollbacks_s.as_slice() {
            [] => "none".to_owned(),
            taken => taken.iter().map(|took_s| stopwatch(*took_s)).collect::<Vec<_>>().join(", "),
        },
        is_slow: rollbacks_s.iter().any(|took_s| *took_s > target),
        rehearsed: rehearsed_s.map_or_else(|| "none".to_owned(), stopwatch),
        ended: room.ended.clone(),
        damage: !room.damage.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(title: &str, day: &str, trend: Trend) -> RoomTrend {
        let (title, day) = (title.to_owned(), day.parse().unwrap());
        RoomTrend { title, day, ended: String::new(), trend, damage: String::new() }
    }

    #[test]
    fn the_rooms_stand_side_by_side_and_what_was_not_read_is_named() {
        let own = Trend {
            fired: [1, 2, 0],
            passed: 3,
            over: 2,
            over_s: 450,
            rollbacks_s: vec![452, 1000],
            rehearsed_s: Some(370),
            target_s: Some(900),
        };
        let mut read = Trends { left_out: 3, ..Trends::default() };
        read.push(Ok(Some(room("pay 4.3", "2026-01-28", Trend::default()))));
        let cut =
            RoomTrend { damage: "Event 9 is not whole.".to_owned(), ..room("pay 4.1", "2026-01-14", Trend::default()) };
        read.push(Ok(Some(cut)));
        read.push(Ok(None));
        read.push(Err("odd.warroom is not a room.".to_owned()));
        let view = trends(&read, &room("pay 4.2", "2026-01-21", own));
        assert_eq!(view.words, "3 rooms, the last 8 weeks, drills left out");
        assert_eq!(
            view.unread,
            ["odd.warroom is not a room.", "Event 9 is not whole.", "3 rooms written earlier were not read."]
        );
        let [later, here, cut] = view.rooms.as_slice() else { panic!("{:?}", view.rooms) };
        assert_eq!(
            (later.title.as_str(), later.over.as_str(), later.back.as_str()),
            ("pay 4.3", "no gate passed", "none")
        );
        assert_eq!((here.day.as_str(), here.here, here.alerts, here.critical), ("21 Jan 2026", true, 3, 1));
        assert_eq!((here.over.as_str(), here.back.as_str()), ("2 of 3, 07:30", "07:32, 16:40"));
        assert!(cut.damage && !here.damage && !later.damage);
        assert!(here.is_over && here.is_slow && !later.is_slow);
        assert_eq!((here.rehearsed.as_str(), later.rehearsed.as_str()), ("06:10", "none"));
    }
}
