//! What could be otherwise: what each would gain and what it would cost, in words, before anybody takes it.

use jiff::{SignedDuration, Timestamp};
use plan::{Gate, ItemId};
use room::{Day, Room, Wanted, WhatIf, WhatIfSolved};

use super::rows::{earliest, projections};
use super::{Solved, share_of, slack_state, span, stopwatch_of};
use crate::wire::WhatIfView;
use crate::wire::project::times::{clock, zone};
use crate::wire::project::words::stopwatch;

/// What is shown: as it stands, what lies at hand, and what a person asked for.
pub(super) fn what_ifs(room: &Room, solved: &Solved, asked: &[WhatIf]) -> Vec<WhatIfView> {
    let Solved { day, stands } = solved;
    if stands.go_live.is_none() || stands.is_over() {
        return Vec::new();
    }
    let mut all = vec![WhatIf::AsItStands];
    all.extend(at_hand(day, solved));
    all.extend(asked.iter().filter(|one| !is_over(one, stands.now)).cloned());
    let mut seen: Vec<String> = Vec::new();
    all.retain(|one| {
        let id = id(one);
        let is_new = !seen.contains(&id);
        seen.push(id);
        is_new
    });
    all.into_iter().map(|one| view(room, solved, &day.what_if(one, stands))).collect()
}

fn is_over(what: &WhatIf, now: Timestamp) -> bool {
    match what {
        WhatIf::GoesOnAt { at } | WhatIf::StartAt { at } | WhatIf::WindowEnd { to: at } => *at <= now,
        _ => false,
    }
}

/// What lies at hand as the day stands.
fn at_hand(day: &Day, Solved { stands, .. }: &Solved) -> Vec<WhatIf> {
    let mut found = Vec::new();
    let now = stands.now;
    let open = day.stages.iter().flat_map(|stage| &stage.steps).filter(|step| step.passed.is_none());
    // The longest hold that is left, cut by half to whole minutes.
    let longest = open.clone().filter(|step| step.held.is_zero()).max_by_key(|step| step.hold);
    if let Some((step, hold)) = longest.and_then(|step| Some((step, step.hold?))) {
        let half = SignedDuration::from_mins(hold.as_secs() / 120);
        if half.is_positive() {
            found.push(WhatIf::Hold { gate: step.gate.clone(), to: half });
        }
    }
    if let Some(step) =
        open.clone().find(|step| step.entered.is_some() && !step.held.is_zero() && !step.rest().is_zero())
    {
        found.push(WhatIf::HoldAnew { gate: step.gate.clone() });
        if step.is_paused() {
            found.push(WhatIf::GoesOnAt { at: next_mark(now, 300) });
        }
    }
    if can_start_later(day) {
        let start = day.t0.max(now).checked_add(SignedDuration::from_mins(15)).unwrap_or(now);
        found.push(WhatIf::StartAt { at: at_mark(start, 300) });
    }
    found.extend(day.next_end(stands).map(|to| WhatIf::WindowEnd { to }));
    found
}

/// The next full stretch of so many seconds that is a minute ahead at least.
fn next_mark(now: Timestamp, step_s: i64) -> Timestamp {
    at_mark(now.checked_add(SignedDuration::from_secs(60 + step_s - 1)).unwrap_or(now), step_s)
}

fn at_mark(at: Timestamp, step_s: i64) -> Timestamp {
    Timestamp::from_second(at.as_second().div_euclid(step_s).saturating_mul(step_s)).unwrap_or(at)
}

/// Whether T0's phase is ahead.
pub(super) fn can_start_later(day: &Day) -> bool {
    let of_t0 = day.stages.iter().find(|stage| stage.planned.0.is_some_and(|planned| planned >= day.t0));
    of_t0.is_some_and(|stage| stage.begun.is_none() && stage.ended.is_none())
}

/// The gates whose holds could be shorter.
pub(super) fn holds(room: &Room) -> Vec<&Gate> {
    let is_open =
        |gate: &&Gate| gate.hold_s.is_some() && room.gate(&gate.item).is_none_or(|state| state.passed.is_none());
    room.plan().gates.iter().filter(is_open).collect()
}

/// What a what-if is called between window and program.
fn id(what: &WhatIf) -> String {
    match what {
        WhatIf::AsItStands => "as_it_stands".to_owned(),
        WhatIf::Hold { gate, to } => format!("hold:{}:{gate}", to.as_secs()),
        WhatIf::HoldAnew { gate } => format!("anew:{gate}"),
        WhatIf::GoesOnAt { at } => format!("goes_on:{}", at.as_second()),
        WhatIf::StartAt { at } => format!("start:{}", at.as_second()),
        WhatIf::WindowEnd { to } => format!("window:{}", to.as_second()),
    }
}

/// What is taken with a what-if of this name, and what was shown of it.
///
/// # Errors
/// A sentence, where nobody can take it.
pub(crate) fn taken(room: &Room, solved: &Solved, name: &str) -> Result<(Wanted, String), String> {
    let at = |text: &str| text.parse().ok().and_then(|second| Timestamp::from_second(second).ok());
    let unknown = || "There is no such what-if any more: look at the page again.".to_owned();
    let (kind, rest) = name.split_once(':').unwrap_or((name, ""));
    let (what, wanted) = match kind {
        "hold" => {
            let (seconds, gate) = rest.split_once(':').ok_or_else(unknown)?;
            let seconds: u32 = seconds.parse().map_err(|_| unknown())?;
            let gate = ItemId::from(gate.to_owned());
            let what = WhatIf::Hold { gate: gate.clone(), to: SignedDuration::from_secs(i64::from(seconds)) };
            (what, Wanted::Hold(gate, u64::from(seconds)))
        }
        "start" => {
            let at = at(rest).ok_or_else(unknown)?;
            (WhatIf::StartAt { at }, Wanted::Start(at))
        }
        "window" => {
            let to = at(rest).ok_or_else(unknown)?;
            (WhatIf::WindowEnd { to }, Wanted::WindowEnd(to))
        }
        "as_it_stands" => return Err("As it stands nothing is to be taken: choose another one.".to_owned()),
        _ => return Err("This only shows what would be: nobody can take it.".to_owned()),
    };
    let view = view(room, solved, &solved.day.what_if(what, &solved.stands));
    let shown =
        [view.gain, view.costs].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; costs ");
    Ok((wanted, format!("{}: {shown}", view.title)))
}

/// A what-if that a person asks for: `hold` with a gate and a length, `start` or `window` with a time.
///
/// # Errors
/// A sentence about what cannot be asked.
pub(crate) fn asked_what_if(
    room: &Room,
    what: &str,
    gate: &str,
    value: &str,
    time: impl Fn(&str) -> Result<Timestamp, String>,
) -> Result<WhatIf, String> {
    match what {
        "hold" => {
            let known = holds(room).into_iter().find(|known| known.item.as_str() == gate);
            let known = known.ok_or_else(|| "There is no such gate whose hold is ahead: choose one.".to_owned())?;
            let text = value.trim();
            let text = if text.chars().all(|letter| letter.is_ascii_digit()) && !text.is_empty() {
                format!("{text}m")
            } else {
                text.replace(" min", "m").replace(' ', "")
            };
            let length = plan::config::length(&text).and_then(|length| SignedDuration::try_from(length).ok());
            let length = length.ok_or_else(|| format!("“{value}” is no length: write 15 min, 90s or 1h."))?;
            let to_s = u64::try_from(length.as_secs()).unwrap_or(0);
            if to_s == 0 || known.hold_s.is_some_and(|hold| to_s >= hold) {
                return Err(format!(
                    "The plan holds it for {}: name a shorter time that is not nothing.",
                    stopwatch(known.hold_s.unwrap_or(0))
                ));
            }
            Ok(WhatIf::Hold { gate: known.item.clone(), to: length })
        }
        "start" => Ok(WhatIf::StartAt { at: time(value)? }),
        "window" if room.window().is_none() => {
            Err("No window is announced: write it into the checklist, or into war-room.toml.".to_owned())
        }
        "window" => Ok(WhatIf::WindowEnd { to: time(value)? }),
        _ => Err("Ask what a shorter hold, a later start or another end of the window would bring.".to_owned()),
    }
}

fn view(room: &Room, Solved { day, stands }: &Solved, found: &WhatIfSolved) -> WhatIfView {
    let wall = |at: Timestamp| clock(&at.to_zoned_datetime(room.resolved().zone.clone()));
    let step = |gate: &ItemId| day.stages.iter().flat_map(|stage| &stage.steps).find(|step| step.gate == *gate);
    let share = |gate: &ItemId| step(gate).map(|step| share_of(room, step)).unwrap_or_default();
    let lost = |by: SignedDuration| if by.is_positive() { stopwatch_of(by) } else { "nothing".to_owned() };
    let only_shown = "this only shows what would be".to_owned();
    let (title, remark, costs, cannot_take) = match &found.what {
        WhatIf::AsItStands => {
            ("As it stands".to_owned(), stands_words(day, stands), "nothing".to_owned(), "it stands so".to_owned())
        }
        WhatIf::Hold { gate, to } => {
            let planned = step(gate).and_then(|step| step.planned).unwrap_or_default();
            (
                format!("{} held {}, not {}", share(gate), stopwatch_of(*to), stopwatch_of(planned)),
                waits(day, found, wall),
                format!("evidence: {} of {} watched, with a reason", stopwatch_of(*to), stopwatch_of(planned)),
                String::new(),
            )
        }
        WhatIf::HoldAnew { gate } => {
            let lets = room.config().gates.on_breach == plan::config::OnBreach::Resume;
            let remark =
                if lets { "from 00:00, though this plan lets it go on" } else { "from 00:00, as a breach makes it" };
            (format!("The {} hold starts again", share(gate)), remark.to_owned(), lost(found.go_live_by), only_shown)
        }
        WhatIf::GoesOnAt { at } => {
            let from_now = format!("{} from now", stopwatch_of(at.duration_since(stands.now)));
            (format!("The hold goes on at {}", wall(*at)), from_now, lost(found.go_live_by), only_shown)
        }
        WhatIf::StartAt { at } => {
            let by = at.duration_since(day.t0);
            let taken =
                found.slack_by.map_or_else(|| lost(found.go_live_by), |by| lost(by.checked_neg().unwrap_or_default()));
            let costs =
                if taken == "nothing" { "nothing: waiting absorbs it".to_owned() } else { format!("{taken} of slack") };
            (
                format!("Start at {}, {} later", wall(*at), stopwatch_of(by)),
                waits(day, found, wall),
                costs,
                String::new(),
            )
        }
        WhatIf::WindowEnd { to } => {
            let zone = zone(&to.to_zoned_datetime(room.resolved().zone.clone()));
            let was = stands.window.map(|(_, was)| wall(was)).unwrap_or_default();
            let is_longer = stands.window.is_some_and(|(_, was)| *to > was);
            let costs = if is_longer {
                "a notice to whoever was told the first end"
            } else {
                "slack; whoever was told waits less"
            };
            (format!("The window ends {} {zone}, not {was}", wall(*to)), String::new(), costs.to_owned(), String::new())
        }
    };
    WhatIfView {
        id: id(&found.what),
        title,
        remark,
        go_live: earliest(room, found.schedule.go_live),
        slack: found.schedule.slack.map_or_else(|| "–".to_owned(), span),
        slack_state: slack_state(found.schedule.slack),
        gain: gain(found),
        costs,
        cannot_take,
        projected: projections(&found.schedule),
    }
}

/// Where something is paused: that it goes on now.
fn stands_words(day: &Day, stands: &room::Schedule) -> String {
    let stage = stands.current.and_then(|at| day.stages.get(at));
    let paused = stage.and_then(|stage| stage.steps.iter().find(|step| step.is_paused()));
    paused.map(|step| format!("the hold goes on now from {}", stopwatch_of(step.held))).unwrap_or_default()
}

/// The phase that would wait for its fixed time.
fn waits(day: &Day, found: &WhatIfSolved, wall: impl Fn(Timestamp) -> String) -> String {
    let mut pairs = day.stages.iter().zip(&found.schedule.stages).skip(1).zip(&found.schedule.stages);
    let waiting = pairs.find_map(|((stage, solved), before)| {
        let fixed = stage.not_before.filter(|fixed| solved.start == Some(*fixed) && stage.begun.is_none())?;
        before
            .end
            .is_some_and(|end| end.at < fixed && !end.is_past)
            .then(|| format!("{} waits for {}", stage.title, wall(fixed)))
    });
    waiting.unwrap_or_default()
}

/// "12:00 earlier, 12:00 more slack".
fn gain(found: &WhatIfSolved) -> String {
    let earlier =
        Some(found.go_live_by).filter(|by| by.is_negative()).map(|by| format!("go-live {} earlier", stopwatch_of(by)));
    let more = found.slack_by.filter(|by| by.is_positive()).map(|by| format!("{} more slack", stopwatch_of(by)));
    earlier.into_iter().chain(more).collect::<Vec<_>>().join(", ")
}
