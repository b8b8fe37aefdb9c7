//! The log is looked at: rows, words, and the past.

use jiff::SignedDuration;

use super::acting::{done, note};
use super::*;
use crate::controller::looking::Looking;
use crate::wire::project;
use crate::wire::{LogPageView, LogQuery, PastLook, PastView};

impl Table {
    /// Rows of the log, with all that the index and the disk do for them.
    fn rows(&mut self, group: &str, search: &str) -> LogPageView {
        let got = Arc::new(Mutex::new(None));
        let there = Arc::clone(&got);
        let reply = PageReply(Box::new(move |page| *there.lock().unwrap() = Some(page)));
        let (group, search) = (group.to_owned(), search.to_owned());
        let query = LogQuery { group, search, from: u32::MAX, count: 200, place_of: 0 };
        let mut effects = self.wake(Wake::Page { query, reply });
        let mut words = self.words.take();
        while let Some(effect) = effects.pop() {
            match effect {
                Effect::ReadHashes { path, page, reply } => (reply.0)(searching::with_hashes(&path, *page)),
                Effect::Page(reply, page) => (reply.0)(page),
                Effect::Words(job) => effects.extend(self.wake(Wake::Words(searching::done(&mut words, job)))),
                _ => {}
            }
        }
        self.words = words;
        let page = got.lock().unwrap().take();
        page.expect("an answer").expect("rows")
    }

    fn texts(&mut self, group: &str, search: &str) -> Vec<String> {
        self.rows(group, search).entries.into_iter().map(|entry| entry.text).collect()
    }

    /// Looks there, with all that is read for it; what the window has of the past then.
    fn look(&mut self, look: PastLook) -> PastView {
        let effects = self.act(Intent::LookBack { look });
        assert_eq!(self.answer(), Some(Ok(())));
        self.read_past(effects);
        self.past()
    }

    fn read_past(&mut self, mut effects: Vec<Effect>) {
        while let Some(effect) = effects.pop() {
            if let Effect::ReadPast(read) = effect {
                let outcome = read.read();
                effects.extend(self.wake(Wake::PastRead { read, outcome }));
            }
        }
    }

    fn past(&mut self) -> PastView {
        self.subscribe().past.expect("the log's page is shown")
    }

    fn beat(&mut self, real_ms: i64) -> Vec<Effect> {
        let began: Timestamp = "2030-01-01T00:00:00Z".parse().unwrap();
        let real = began.checked_add(SignedDuration::from_millis(real_ms)).unwrap();
        self.wake(Wake::Replayed(real))
    }
}

fn value(lines: &[crate::wire::PastLineView], label: &str) -> String {
    let line = lines.iter().find(|line| line.label == label);
    line.map(|line| format!("{} {}", line.value, line.tone).trim_end().to_owned()).unwrap_or_default()
}

fn replays(effects: &[Effect]) -> Vec<bool> {
    let replays = effects.iter().filter_map(|effect| match effect {
        Effect::Replay(is_on) => Some(*is_on),
        _ => None,
    });
    replays.collect()
}

/// The charts of the past as the window gets them.
fn charts(table: &mut Table) -> crate::wire::PastChartsView {
    let got = Arc::new(Mutex::new(None));
    let there = Arc::clone(&got);
    let reply = PastChartsReply(Box::new(move |page| *there.lock().unwrap() = Some(page)));
    for effect in table.wake(Wake::PastCharts { reply }) {
        match effect {
            Effect::PastCharts(reply, page) => (reply.0)(page.map(|page| *page)),
            Effect::ReadPastCharts { path, asked, reply } => (reply.0)(past::read_charts(&path, *asked)),
            _ => {}
        }
    }
    let page = got.lock().unwrap().take();
    page.expect("an answer").expect("charts")
}

/// A drill keeps no samples: what its page shows while it runs, and once it is over, is the same to the last digit.
#[test]
fn the_past_of_a_drill_is_the_same_once_it_is_over() {
    let (mut table, mut run) = Table::drilling();
    table.seconds(&mut run, 300);
    table.look(PastLook::Open);
    let Open::Room(live) = &table.controller.open else { panic!("no room") };
    // Once it is over nobody looks at what came after its last event.
    let last = live.events.last().unwrap().occurred_at.as_second();
    let looks: Vec<f64> = (0..14).map(|number| (last - 1 - 7 * number) as f64).collect();
    let seen: Vec<_> = looks.iter().map(|at_s| table.look(PastLook::Moment { at_s: *at_s }).values).collect();
    assert!(seen.iter().flatten().all(|line| line.value != "not seen"), "{seen:?}");
    let during = charts(&mut table);
    assert_eq!(during.note, "");
    let Open::Room(live) = &table.controller.open else { panic!("no room") };
    let path = live.path().to_path_buf();
    table.act(Intent::Leave);
    table.wake(Wake::Path { path, given: Given::default(), origin: Origin::Window });
    table.look(PastLook::Open);
    let again: Vec<_> = looks.iter().map(|at_s| table.look(PastLook::Moment { at_s: *at_s }).values).collect();
    assert_eq!(again, seen);
    table.look(PastLook::Moment { at_s: looks[0] });
    let after = charts(&mut table);
    assert_eq!(after.note, "Made up again from the drill's scenario and seed, skipped time too.");
    // Where both have a value it is the same one.
    for (one, other) in during.charts.iter().zip(&after.charts) {
        let known: Vec<_> = one.times_s.iter().zip(&one.values).collect();
        let told: Vec<_> = other.times_s.iter().zip(&other.values).collect();
        let strange: Vec<_> = told.iter().filter(|point| !known.contains(point)).collect();
        assert!(told.len() > 20 && strange.is_empty(), "{}: {strange:?} of {}", one.name, told.len());
    }
}

#[test]
fn words_are_found_in_what_is_shown_and_what_came_since_is_looked_through_too() {
    let mut table = Table::in_the_room();
    for text in ["the pool waits", "coffee", "POOL is up OR down ★"] {
        done(&mut table, note(text));
    }
    assert_eq!(table.texts("", "pool"), ["the pool waits", "POOL is up OR down ★"]);
    assert_eq!(table.texts("notes", "pool OR"), ["POOL is up OR down ★"], "an operator is a word");
    assert_eq!(table.texts("ticks", "pool"), [""; 0]);
    assert_eq!(table.texts("", "★"), ["POOL is up OR down ★"]);
    for odd in ["\"", "*", "NEAR(", "a:b", "🚀", "\u{0}"] {
        assert_eq!(table.texts("", odd), [""; 0], "{odd}");
    }
    done(&mut table, note("the pool is calm"));
    assert_eq!(table.texts("", "pool").len(), 3);
    assert!(table.rows("", "pool").entries.iter().all(|entry| entry.hash.len() == 9), "each has its fingerprint");
}

#[test]
fn a_search_waits_until_all_words_are_indexed_and_holds_nothing_else_up() {
    let mut table = Table::in_the_room();
    for number in 0..3 {
        done(&mut table, note(&format!("note {number}")));
    }
    let got = Arc::new(Mutex::new(None));
    let there = Arc::clone(&got);
    let reply = PageReply(Box::new(move |page| *there.lock().unwrap() = Some(page)));
    let query = LogQuery { group: String::new(), search: "note".to_owned(), from: 0, count: 9, place_of: 0 };
    let effects = table.wake(Wake::Page { query, reply });
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Words(_))));
    done(&mut table, note("note 3"));
    assert!(got.lock().unwrap().is_none(), "nothing is said to be missing that was not looked for");
    let mut words = None;
    let mut effects = effects;
    while let Some(effect) = effects.pop() {
        match effect {
            Effect::Words(job) => effects.extend(table.wake(Wake::Words(searching::done(&mut words, job)))),
            Effect::ReadHashes { path, page, reply } => (reply.0)(searching::with_hashes(&path, *page)),
            _ => {}
        }
    }
    let page = got.lock().unwrap().take().expect("an answer").expect("rows");
    assert_eq!(page.found, 4, "with the one that came meanwhile");
}

/// How many rows are found for these words; the index is worked until it answers.
fn found(table: &mut Table, words: &mut Option<journal::Words>, search: &str) -> Vec<u32> {
    let got = Arc::new(Mutex::new(None));
    let there = Arc::clone(&got);
    let reply = PageReply(Box::new(move |page| *there.lock().unwrap() = Some(page)));
    let query = LogQuery { group: String::new(), search: search.to_owned(), from: 0, count: 9, place_of: 0 };
    let mut effects = table.wake(Wake::Page { query, reply });
    while let Some(effect) = effects.pop() {
        match effect {
            Effect::Words(job) => effects.extend(table.wake(Wake::Words(searching::done(words, job)))),
            Effect::ReadHashes { path, page, reply } => (reply.0)(searching::with_hashes(&path, *page)),
            _ => {}
        }
    }
    let page = got.lock().unwrap().take().expect("an answer").expect("rows");
    page.entries.iter().map(|entry| entry.seq).collect()
}

#[test]
fn what_is_corrected_is_found_by_what_is_right_as_well() {
    let mut table = Table::in_the_room();
    let mut words = None;
    done(&mut table, note("begun at 06:31"));
    let [seq] = found(&mut table, &mut words, "begun")[..] else { panic!("one note") };
    let correct = Act::Correct {
        event: seq,
        right: "at half past".to_owned(),
        why: "the pipeline says so".to_owned(),
        at: String::new(),
    };
    done(&mut table, correct);
    assert_eq!(found(&mut table, &mut words, "half past"), [seq, seq + 1]);
    assert_eq!(found(&mut table, &mut words, "06:31 half"), [seq, seq + 1], "the other says what the first one said");
    assert_eq!(found(&mut table, &mut words, "pipeline"), [seq + 1]);
}

#[test]
fn the_past_is_the_fold_up_to_then_while_the_room_goes_on() {
    let mut table = Table::watching();
    for _ in 0..12 {
        table.both(0.001, 0.151);
    }
    let then = table.now;
    for _ in 0..60 {
        table.both(0.2, 0.7);
    }
    let update = table.subscribe();
    assert_eq!(update.past, None, "nobody looks at the log");
    let open = table.look(PastLook::Open);
    assert!(!open.is_past && open.stood.is_empty());
    let at_s = then.as_second() as f64;
    let past = table.look(PastLook::Moment { at_s });
    assert_eq!((past.is_past, past.at_s), (true, at_s));
    assert!(past.banner.starts_with("You are looking at "), "{}", past.banner);
    assert_eq!(value(&past.stood, "Open alerts"), "0");
    assert_eq!(value(&past.values, "P95 latency"), "151 ms", "{:?}", past.values);
    let later = table.look(PastLook::Last);
    assert_ne!(value(&later.stood, "Open alerts"), "0", "{:?}", later.stood);
    assert!(value(&later.values, "P95 latency").ends_with("high"), "{:?}", later.values);
    assert_eq!(table.look(PastLook::Moment { at_s }).stood, past.stood, "to and fro it is the same");
    let alerts = table.subscribe().alerts.unwrap();
    assert!(!alerts.alerts.is_empty(), "what is shown of now goes on");
    assert!(!table.look(PastLook::Now).is_past);
    let effects = table.act(Intent::LookBack { look: PastLook::Close });
    assert_eq!(sent(&effects), None);
    assert_eq!(table.subscribe().past, None);
}

#[test]
fn the_past_passes_again_by_the_worlds_clock_and_ends_at_now() {
    let mut table = Table::in_the_room();
    for _ in 0..20 {
        table.now = table.now.checked_add(SignedDuration::from_secs(30)).unwrap();
        done(&mut table, note("half a minute"));
    }
    table.look(PastLook::Open);
    let first = table.look(PastLook::First);
    let effects = table.act(Intent::LookBack { look: PastLook::Replay });
    assert_eq!(replays(&effects), [true]);
    table.beat(0);
    table.beat(100);
    table.beat(1_000);
    let at = table.past();
    assert!(at.is_playing);
    assert_eq!(at.at_s - first.at_s, 10.0, "ten times as fast");
    table.act(Intent::LookBack { look: PastLook::Speed { speed: 60 } });
    table.beat(2_000);
    let at = table.past();
    assert_eq!((at.at_s - first.at_s, at.event), (70.0, 3), "with the last event up to then");
    let effects = table.beat(60_000);
    assert_eq!(replays(&effects), [false]);
    let now = table.past();
    assert!(!now.is_past && !now.is_playing, "it has caught up");
    assert_eq!(replays(&table.beat(60_100)), [false], "a beat too many ends itself");
    let (_, message) = table.refusal(Intent::LookBack { look: PastLook::Speed { speed: 7 } });
    assert!(message.contains("1, 10 or 60"), "{message}");
}

#[test]
fn a_follower_a_closed_and_a_damaged_room_are_searched_and_looked_back_into_as_well() {
    let mut table = Table::in_the_room();
    done(&mut table, note("the pool waits"));
    done(&mut table, note("whole until here"));
    let path = table.controller.room().unwrap().path().to_path_buf();
    let enter = |table: &mut Table| {
        let path = path.clone();
        table.subscribe();
        table.wake(Wake::Path { path, given: Given::default(), origin: Origin::CommandLine });
        table.subscribe().record.unwrap()
    };
    let works = |table: &mut Table, gone_on: &str| {
        assert_eq!(table.texts("", "pool"), ["the pool waits"]);
        table.look(PastLook::Open);
        let past = table.look(PastLook::Event { seq: 1 });
        assert!(past.is_past && past.event == 1 && !past.stood.is_empty(), "{past:?}");
        assert_eq!(past.gone_on, gone_on);
        table.act(Intent::LookBack { look: PastLook::Close });
    };
    let mut second = Table::beside(&table);
    assert!(enter(&mut second).reading_only.contains("another window"));
    works(&mut second, "The room has gone on; the header shows now.");
    done(&mut table, note("the pool waits no more"));
    second.wake(Wake::Tick);
    assert_eq!(second.texts("", "pool").len(), 2, "what the first wrote is found, too");
    drop(second);

    done(&mut table, Act::Close { outcome: "done".to_owned() });
    let last = table.subscribe().log.unwrap().count;
    table.look(PastLook::Open);
    table.now = table.now.checked_add(SignedDuration::from_hours(9)).unwrap();
    let end = table.look(PastLook::Last);
    assert_eq!((end.event, end.at_s), (last, end.now_s), "nothing happened since");
    assert_eq!(end.gone_on, "The room is closed; the header shows how it ended.");
    table.act(Intent::Leave);

    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(5).position(|window| window == b"whole").unwrap();
    bytes[at] = b'W';
    std::fs::write(&path, bytes).unwrap();
    let mut third = Table::beside(&table);
    assert!(enter(&mut third).reading_only.contains("damaged at event 3"));
    works(&mut third, "The room has gone on; the header shows now.");
}

#[test]
fn steps_go_through_the_rows_as_they_are_filtered_and_stop_at_the_ends() {
    let mut table = Table::in_the_room();
    for text in ["one", "two", "three"] {
        table.now = table.now.checked_add(SignedDuration::from_mins(2)).unwrap();
        done(&mut table, note(text));
    }
    table.look(PastLook::Open);
    let step = |by: i32, group: &str| PastLook::Rows { group: group.to_owned(), search: String::new(), by };
    let mut steps = |by: i32, group: &str| table.look(step(by, group)).event;
    let last = steps(-1, "");
    assert_eq!([steps(-1, ""), steps(-1, ""), steps(1, "")], [last - 1, last - 2, last - 1]);
    assert_eq!([steps(9, "notes"), steps(-99, "notes"), steps(-99, "")], [last, last - 2, 1]);
    assert_eq!(steps(1, "alerts"), 1, "there is none");
    let minute = table.look(PastLook::Minutes { by: 1 });
    assert_eq!(minute.event, 1);
    assert!(!table.look(PastLook::Minutes { by: 60 }).is_past, "beyond the end is now");
    assert_eq!(table.look(PastLook::Minutes { by: -600 }).event, 1, "before the first event nothing was");
}

#[test]
fn the_chain_is_verified_and_a_changed_row_is_named() {
    let mut table = Table::in_the_room();
    done(&mut table, note("coffee"));
    let chain = |table: &mut Table| {
        let effects = table.act(Intent::LookBack { look: PastLook::Verify });
        let verify = effects.into_iter().find_map(|effect| match effect {
            Effect::Verify { path, heads } => Some((path, heads)),
            _ => None,
        });
        let (path, heads) = verify.expect("it is verified");
        let now = table.now;
        table.wake(Wake::Verified(Box::new(proof::verify(path, &heads, || now))));
        table.subscribe().chain.unwrap()
    };
    let whole = chain(&mut table);
    assert_eq!((whole.state.as_str(), whole.why.as_str()), ("whole", ""), "{whole:?}");
    assert_eq!(whole.checked, "05:48:10 in 0 ms");
    let path = table.controller.room().unwrap().path().to_path_buf();
    let file = rusqlite::Connection::open(path).unwrap();
    file.execute_batch("DROP TRIGGER events_are_not_changed; UPDATE events SET actor = 'XX' WHERE seq = 2").unwrap();
    let broken = chain(&mut table);
    assert_eq!((broken.state.as_str(), broken.words.as_str()), ("broken", "Broken at event 2"), "{broken:?}");
    assert!(!broken.why.is_empty());
}

/// What looking costs in a long log, in the build that tests use: `cargo test … -- --ignored --nocapture looking_costs`.
#[test]
#[ignore = "measures, and says nothing on a busy machine"]
#[allow(clippy::print_stdout, reason = "it prints what it measured")]
fn what_looking_costs() {
    use std::time::Instant;

    let room = sample::room();
    let item = room.plan().items[2].id.clone();
    for count in [100, 100_000, 1_000_000_u64] {
        let events = sample::recorded((0..count).map(|number| match number % 4 {
            0 => room::Event::Stated {
                item: item.clone(),
                saw: Some(number.to_string()),
                answer: None,
                values: Vec::new(),
            },
            1 => room::Event::Undone { event: number + 1 },
            _ => room::Event::Noted { text: format!("the pool of payments-db waits for step {number}") },
        }));
        let ms = |began: Instant| began.elapsed().as_secs_f64() * 1000.0;
        let began = Instant::now();
        let looking = Looking::of(&events);
        println!("{count} events: index {:.1} ms", ms(began));
        let rows = project::Rows { events: &events, index: &looking.index, found: None };
        let mut pages: Vec<f64> = (0..200_u32)
            .map(|number| {
                let from = number * 7919 % u32::try_from(count).unwrap();
                let query = LogQuery { group: String::new(), search: String::new(), from, count: 100, place_of: 0 };
                let began = Instant::now();
                assert!(!project::log_page(&room, rows, &query).entries.is_empty());
                ms(began)
            })
            .collect();
        pages.sort_by(f64::total_cmp);
        println!("  a page of 100 rows: p50 {:.2} ms, p95 {:.2} ms", pages[100], pages[190]);
        if count > 100_000 {
            continue;
        }
        let mut folds = past::Folds::default();
        let began = Instant::now();
        folds.at(&events, events.len()).unwrap();
        println!("  the past for the first time: {:.1} ms", ms(began));
        let mut scrubs: Vec<f64> = (0..100_usize)
            .map(|number| {
                let began = Instant::now();
                let room = folds.at(&events, 1 + number * 7919 % events.len()).unwrap();
                assert!(!project::stood(room, events[0].recorded_at, &[]).is_empty());
                ms(began)
            })
            .collect();
        scrubs.sort_by(f64::total_cmp);
        println!("  a moment anywhere: p50 {:.1} ms, p95 {:.1} ms, max {:.1} ms", scrubs[50], scrubs[95], scrubs[99]);
        let mut words = journal::Words::new().unwrap();
        let began = Instant::now();
        let mut longest = 0.0_f64;
        for from in (0..events.len()).step_by(2_000) {
            let began = Instant::now();
            let portion = project::words_of(&room, &events, &looking.index, from, 2_000);
            longest = longest.max(ms(began));
            words.add(&portion).unwrap();
        }
        println!("  indexing its words: {:.0} ms, the longest the controller is held up {longest:.1} ms", ms(began));
        let began = Instant::now();
        let found = words.find("payments-db pool 99").unwrap().len();
        println!("  finding {found}: {:.1} ms", ms(began));
    }
}
