//! What the page of the watch says.

use jiff::Timestamp;
use room::{Event, Intent, Opened, Person, Recorded, Room, RoundKey, RoundSaid, Sight, decide};

use super::super::book::Book;
use super::rounds::round_name;
use super::*;

const TEXT: &str = "# Ship pay (Jan 21, 2026)

## Rollout (6:30 AM)
- [ ] Started
- [ ] **10% traffic**
  - [ ] Pods look well
  - [ ] Hold for 5 minutes

## After the deployment

### First 24 hours
**Every 1 hour:**
- [ ] Look at the dashboards
- [ ] Error rate <1%

**Key metrics to watch:**
```
Error Rate: <0.1% (target: <1%)
P95 Latency: <200ms (target: <200ms)
Failed Requests: 0
```

### First week
**Daily:**
- [ ] Trends

**Weekly (Jan 28):**
- [ ] Review
";

struct Day {
    room: Room,
    now: Timestamp,
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

impl Day {
    fn live() -> Self {
        let opened = Opened {
            room: "0".repeat(32),
            file: "pay.md".to_owned(),
            path: "/pay.md".to_owned(),
            text: TEXT.to_owned(),
            settings: None,
            start: "2026-01-21T06:30".parse().unwrap(),
            zone: "UTC".to_owned(),
            moved_s: 0,
            zone_data: "2026a".to_owned(),
            reader: "1".to_owned(),
            drill: None,
        };
        let mut day = Self { room: Room::open(opened), now: at("2026-01-21T06:30:00Z") };
        let person = Person { initials: "MK".to_owned(), name: "Mira".to_owned(), role: String::new() };
        day.act(&Intent::NamePerson(person));
        day.act(&Intent::ChooseActor { initials: "MK".to_owned() });
        let item = day.room.plan().items[0].id.clone();
        day.act(&Intent::State { item, saw: None });
        day
    }

    fn go_live(mut self) -> Self {
        self.now = at("2026-01-21T14:18:00Z");
        self.act(&Intent::DeclareGoLive { reason: "by hand".to_owned() });
        self
    }

    fn act(&mut self, intent: &Intent) {
        let (event, _) = decide(&self.room, intent, &Sight::default(), self.now).expect("allowed");
        self.put(event);
    }

    fn put(&mut self, event: Event) {
        let (seq, now) = (self.room.last() + 1, self.now);
        self.room.apply(&Recorded { seq, occurred_at: now, recorded_at: now, actor: "MK".to_owned(), event });
    }

    fn view(&self) -> RoutinesView {
        routines(&Book::of(self.room.plan()), &self.room, None, self.now)
    }

    fn tick(&mut self, due: &str, row: usize, saw: Option<&str>) {
        let table = self.room.timetables().remove(0);
        let round = RoundKey { routine: table.key, due: at(due) };
        let said = RoundSaid::Done { saw: saw.map(str::to_owned) };
        self.act(&Intent::TickRound { round, item: table.items[row].clone(), said });
    }
}

#[test]
fn before_go_live_the_page_says_what_speaks_against_it() {
    let day = Day::live();
    let view = day.view();
    assert_eq!((view.state.as_str(), view.grids.len()), ("before", 0));
    assert_eq!(view.words, "Rounds count from go-live, which nobody has declared yet.");
    assert_eq!((view.go_live.state.as_str(), view.go_live.wants_reason), ("open", true));
    assert_eq!(view.go_live.grave, ["gate not passed: 10% traffic"]);
}

#[test]
fn a_grid_has_a_column_a_round_and_says_what_became_of_it() {
    let mut day = Day::live().go_live();
    let view = day.view();
    assert_eq!(view.words, "live since 21 Jan 14:18 UTC, declared by MK");
    let titles: Vec<_> =
        view.grids.iter().map(|grid| (grid.title.as_str(), grid.rhythm.as_str(), grid.columns.len())).collect();
    assert_eq!(
        titles,
        [
            ("Every 1 hour", "at :18", 24),
            ("Daily", "at 14:18 UTC each day", 7),
            ("Weekly (Jan 28)", "We, 28 Jan 14:18 UTC", 1)
        ]
    );
    assert_eq!(view.grids[0].next, "next 15:18 UTC, in 1 h");
    assert_eq!(view.grids[1].columns[0].label, "Th 22");
    day.now = at("2026-01-21T15:20:00Z");
    day.tick("2026-01-21T15:18:00Z", 0, None);
    day.tick("2026-01-21T15:18:00Z", 1, Some("0.2 %"));
    day.now = at("2026-01-21T20:30:00Z");
    day.put(Event::Slept { from: at("2026-01-21T16:30:00Z"), to: at("2026-01-21T18:00:00Z") });
    day.tick("2026-01-21T20:18:00Z", 0, None);
    let view = day.view();
    let grid = &view.grids[0];
    let states: Vec<_> = grid.columns.iter().take(8).map(|column| column.state.as_str()).collect();
    assert_eq!(states, ["done", "missed", "asleep", "missed", "missed", "due", "next", "ahead"]);
    assert_eq!(grid.columns[0].words, "finished 15:20:00 by MK");
    assert_eq!(grid.rows[1].cells[0].words, "MK 15:20:00: 0.2 %");
    assert_eq!(grid.rows[0].cells[5].state, "done");
    assert_eq!(
        view.missed,
        "Nobody looked from 21 Jan 16:30 UTC to 21 Jan 18:00 UTC. 4 rounds with 8 checks were missed, from 21 Jan 16:18 \
         UTC to 21 Jan 19:18 UTC."
    );
    let rounds: Vec<_> = view.rounds.iter().map(|round| (round.title.as_str(), round.words.as_str())).collect();
    assert_eq!(rounds[0], ("21 Jan 20:18 UTC · Every 1 hour", "due · 1 of 2 checks settled"));
    assert_eq!(rounds[1].0, "21 Jan 19:18 UTC · Every 1 hour");
    assert_eq!(view.rounds[0].items[0].id, round_name(&day.room.timetables()[0].items[0], at("2026-01-21T20:18:00Z")));
    assert_eq!(view.last.as_ref().unwrap().words, "Every 1 hour, finished 15:20:00 UTC by MK");
    assert_eq!(view.next_round, view.rounds[0].id);
    // Nobody is led to what is finished, nor to what was missed.
    day.tick("2026-01-21T20:18:00Z", 1, Some("0.2 %"));
    let view = day.view();
    assert_eq!((view.next_round.as_str(), view.rounds.len()), ("", 5));
    assert!(view.next[0].starts_with("21:18 UTC in 48 min"), "{:?}", view.next);
    // A week later the last hourly one, which was missed, does not stand before what is due.
    let before = std::mem::replace(&mut day.now, at("2026-01-28T14:20:00Z"));
    let view = day.view();
    assert_eq!(view.rounds[0].title, "28 Jan 14:18 UTC · Daily");
    assert_eq!(view.next_round, view.rounds[0].id);
    day.now = before;
    // One that is done within its grace is not late; one that is finished hours afterwards is.
    day.tick("2026-01-21T19:18:00Z", 0, None);
    day.tick("2026-01-21T19:18:00Z", 1, Some("0.2 %"));
    let column = &day.view().grids[0].columns[4];
    assert_eq!((column.state.as_str(), column.words.as_str()), ("late", "finished 20:30:00 by MK, late by 1:12:00"));
}

#[test]
fn targets_that_contradict_each_other_are_both_shown() {
    let view = Day::live().go_live().view();
    let targets: Vec<_> =
        view.metrics.iter().map(|metric| (metric.name.as_str(), metric.targets.join(" | "))).collect();
    assert_eq!(targets[1], ("Error rate", "< 0.1 % | target: <1%".to_owned()));
    assert_eq!(view.metrics[1].worst, "", "what was never seen has no worst value");
    assert_eq!(view.metrics[1].state, "unbound");
    assert!(view.contradictions[0].starts_with("Error rate: the line says < 0.1 %"), "{:?}", view.contradictions);
    assert!(!view.contradictions.iter().any(|words| words.starts_with("P95")), "{:?}", view.contradictions);
    assert!(view.contradictions.iter().any(|words| words.contains("cannot both be kept")), "{:?}", view.contradictions);
}

#[test]
fn lessons_stand_in_their_order_and_name_their_review() {
    let mut day = Day::live().go_live();
    day.act(&Intent::NoteLesson { text: " load it like production ".to_owned() });
    let view = day.view();
    assert_eq!(view.lessons[0].text, "load it like production");
    assert_eq!(view.lessons[0].by, "21 Jan 14:18 · MK");
    assert_eq!(view.lessons_words, "1 note · for 28 Jan");
}

#[test]
fn the_name_of_a_check_in_a_round_leads_back_to_it() {
    let item = plan::ItemId::from("i-7@x".to_owned());
    let due = at("2026-01-21T15:18:00Z");
    assert_eq!(named(&round_name(&item, due)), Some((item, due)));
    assert_eq!(named("i-7"), None);
}
