//! Where the day is lived: time on the wall and time that passes, from a table written down by hand. All times are
//! whole seconds; a time on the wall is counted as if it were UTC.

/// A day in seconds.
pub(super) const DAY_S: i64 = 86_400;

/// A place with its T0.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The zone's name.
    pub zone: &'static str,
    /// T0 on the wall.
    pub start: i64,
    /// So far its wall is from UTC.
    offset: i64,
    /// When that changes, and what it is afterwards.
    turn: Option<(i64, i64)>,
}

/// T0 as the text has it, on the wall: Jan 21, 2026, 6:30 AM.
pub(super) const TEXT_START: i64 = 20_474 * DAY_S + HALF_PAST_SIX;
const HALF_PAST_SIX: i64 = 23_400;
const HALF_PAST_TWO: i64 = 9_000;
const BERLIN: Place = Place { zone: "Europe/Berlin", start: 0, offset: 3_600, turn: None };
const NEW_YORK: Place = Place { zone: "America/New_York", start: 0, offset: -18_000, turn: None };
/// In Berlin the clock goes from 2 to 3 on Mar 29, and from 3 to 2 on Oct 25, both at 01:00 UTC.
const BERLIN_SPRING: Option<(i64, i64)> = Some((20_541 * DAY_S + 3_600, 7_200));
const BERLIN_AUTUMN: Option<(i64, i64)> = Some((20_751 * DAY_S + 3_600, 3_600));

/// The places: one whose clock never changes, the nights in which it does, and a T0 that the zone skips or has twice.
pub const PLACES: [Place; 7] = [
    Place { zone: "UTC", start: TEXT_START, offset: 0, turn: None },
    Place { start: 20_540 * DAY_S + HALF_PAST_SIX, turn: BERLIN_SPRING, ..BERLIN },
    Place { start: 20_750 * DAY_S + HALF_PAST_SIX, offset: 7_200, turn: BERLIN_AUTUMN, ..BERLIN },
    // In New York from 2 to 3 on Mar 8 at 07:00 UTC, from 2 to 1 on Nov 1 at 06:00 UTC.
    Place { start: 20_519 * DAY_S + HALF_PAST_SIX, turn: Some((20_520 * DAY_S + 25_200, -14_400)), ..NEW_YORK },
    Place {
        start: 20_757 * DAY_S + HALF_PAST_SIX,
        offset: -14_400,
        turn: Some((20_758 * DAY_S + 21_600, -18_000)),
        ..NEW_YORK
    },
    Place { start: 20_541 * DAY_S + HALF_PAST_TWO, turn: BERLIN_SPRING, ..BERLIN },
    Place { start: 20_751 * DAY_S + HALF_PAST_TWO, offset: 7_200, turn: BERLIN_AUTUMN, ..BERLIN },
];

impl Place {
    /// What the wall shows.
    #[must_use]
    pub fn wall(&self, at: i64) -> i64 {
        match self.turn {
            Some((turn, offset)) if at >= turn => at + offset,
            _ => at + self.offset,
        }
    }

    /// When the wall shows this first; where it never does, as if the clock had not been changed.
    #[must_use]
    pub fn instant(&self, wall: i64) -> i64 {
        let offsets = [Some(self.offset), self.turn.map(|(_, offset)| offset)];
        let found = offsets.into_iter().flatten().map(|offset| wall - offset).filter(|at| self.wall(*at) == wall);
        found.min().unwrap_or(wall - self.offset)
    }
}
