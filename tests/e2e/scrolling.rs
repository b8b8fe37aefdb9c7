//! The log of a million events under a person's wheel: `cargo xtask bench`. Nothing is asserted about times.
//!
//! Owns: how the list is scrolled, what a frame takes, and when one shows a row without its words. Must not know: how the list
//! keeps what is in sight.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use journal::{Device, Journal};
use room::{Event, Opened, Person, Room};
use serde_json::Value;
use tests::home::Home;
use tests::measure::{Times, keep, noted};

use crate::walk::page;
use crate::window::Window;

/// The two logs.
const FEW: u64 = 100;
const MANY: u64 = 1_000_000;
/// What a frame of the long list may take of one of the short list, p95.
const AT_MOST: f64 = 1.2;
/// How far a frame scrolls: two rows, 3600 px a second, which is a wheel that is turned fast.
const STEP_PX: u32 = 60;
/// How many frames are scrolled at each place of the list.
const FRAMES: u32 = 200;
/// The places: parts of the whole list.
const PLACES: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 0.999];
/// How often the short list is scrolled, as many frames as the long one in all.
const ROUNDS: u32 = 5;
/// How many jumps, as of a scroll bar that is dragged.
const JUMPS: u32 = 40;
/// How long the program may take to open a million events: the dev build checks each.
const OPENS: Duration = Duration::from_secs(600);

/// Scrolls in the page itself, where neither the driver nor its messages count. A frame goes from one animation frame to the
/// next; what it shows is looked at in the first task after it, when it is drawn.
const SCROLL: &str = "
    const list = document.querySelector('[data-testid=\"log-list\"]');
    // A row in sight that is not there, or has no words yet.
    const isBlank = () => {
        const rows = list.querySelector('ol');
        const [top, end] = [list.scrollTop, Math.min(list.scrollTop + list.clientHeight, list.scrollHeight)];
        const first = rows.offsetTop;
        if (first > top || first + rows.children.length * 30 < end) return true;
        const from = Math.max(0, Math.floor((top - first) / 30));
        const to = Math.min(rows.children.length, Math.ceil((end - first) / 30));
        for (let at = from; at < to; at += 1) if (rows.children[at].firstElementChild === null) return true;
        return false;
    };
    const drawn = (then) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => { channel.port1.close(); then(performance.now()); };
        channel.port2.postMessage(null);
    };
    const scroll = (step, frames, done) => {
        const times = [];
        let [last, wasBlank, blank, direction] = [null, false, 0, 1];
        const frame = (now) => {
            // A frame that shows a row without its words has drawn nothing: the next one that does ends it.
            if (last === null) last = now;
            else if (!wasBlank) { times.push(now - last); last = now; }
            if (times.length >= frames) { done({ times, blank }); return; }
            const next = list.scrollTop + direction * step;
            if (next > list.scrollHeight - list.clientHeight || next < 0) direction = -direction;
            list.scrollTop += direction * step;
            drawn(() => { wasBlank = isBlank(); if (wasBlank) blank += 1; });
            requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
    };
    // How long after a jump the rows of that place are drawn.
    const jump = (part, done) => {
        const begun = performance.now();
        list.scrollTop = part * (list.scrollHeight - list.clientHeight);
        let frames = 0;
        const look = () => requestAnimationFrame(() => drawn((now) => {
            frames += 1;
            // In the first frame the rows of before stand there still.
            if (frames > 1 && !isBlank()) done(now - begun); else look();
        }));
        look();
    };
    window.scrolling = { list, scroll, jump };
";

#[test]
#[ignore = "measures; cargo xtask bench runs it"]
fn a_million_events_scroll_as_a_hundred_do() {
    let mut few = Times::of("frame, scrolling 100 events");
    let few_blank = scrolled(FEW, &mut few, None);
    let mut many = Times::of("frame, scrolling 1,000,000 events");
    let mut jumps = Times::of("a place in 1,000,000 drawn");
    let many_blank = scrolled(MANY, &mut many, Some(&mut jumps));
    // Once before and once after: what else the machine does is in both.
    let few_blank = few_blank + scrolled(FEW, &mut few, None);
    println!("p95 of a frame: {:?} and {:?}", few.percentile(95), many.percentile(95));
    println!("frames with a row without words: {few_blank} of {}, {many_blank} of {}", few.count(), many.count());
    let lines = [
        few.line(None),
        many.line(None),
        noted(
            &many.line_of(95, "frame, 1,000,000 events, p95", &few, AT_MOST),
            &format!(
                "{many_blank} of {} frames showed a row without words, {few_blank} of the hundred's",
                many.count()
            ),
        ),
        jumps.line(None),
    ];
    keep(&lines).expect("the lines are kept");
}

/// Opens a log of so many events and scrolls it. Gives how many frames showed a row without its words.
fn scrolled(events: u64, frames: &mut Times, jumps: Option<&mut Times>) -> u64 {
    let home = Home::new().expect("a home");
    let begun = Instant::now();
    let path = write(home.path(), events).expect("a room is written");
    println!("{events} events written in {:.1?}", begun.elapsed());
    let begun = Instant::now();
    let window = Window::open(&home, &[path.as_os_str()]);
    window.wait_within(OPENS, "the room is open", |window| window.is_there("room"));
    println!("{events} events opened in {:.1?}", begun.elapsed());
    window.resize(1440, 900);
    page(&window, "l", "log");
    window.wait_within(OPENS, "the moment that is looked at is there", |window| window.is_there("past-track"));
    // The words of all events are looked through: after that nothing works beside the frames any more.
    window.press("/");
    window.write("canary");
    window.wait_within(OPENS, "the words are looked through", |window| window.all_words().contains("events fit"));
    window.press("escape");
    window.wait_within(OPENS, "all events are listed", |window| counted(window) >= events);
    window.script(SCROLL, vec![]);
    // Once for nothing: what is done for the first time takes longer.
    scroll(&window, 60);
    let mut blank = 0;
    let places: Vec<f64> = if events > FEW { PLACES.to_vec() } else { vec![0.0; ROUNDS as usize] };
    for part in places {
        window.script_that_answers(&format!("scrolling.jump({part}, arguments[0])"));
        let found = scroll(&window, FRAMES);
        for ms in found["times"].as_array().expect("times") {
            frames.add(Duration::from_secs_f64(ms.as_f64().expect("a time") / 1000.0));
        }
        blank += found["blank"].as_u64().expect("a number");
    }
    if let Some(jumps) = jumps {
        for number in 0..JUMPS {
            // Spread over the list, never beside the one before.
            let part = f64::from(number * 17 % JUMPS) / f64::from(JUMPS);
            let ms = window.script_that_answers(&format!("scrolling.jump({part}, arguments[0])"));
            jumps.add(Duration::from_secs_f64(ms.as_f64().expect("a time") / 1000.0));
        }
    }
    blank
}

fn scroll(window: &Window, frames: u32) -> Value {
    window.script_that_answers(&format!("scrolling.scroll({STEP_PX}, {frames}, arguments[0])"))
}

/// How many rows the list has.
fn counted(window: &Window) -> u64 {
    let count = window.script("return seen('log-list')[0]?.dataset.count ?? '0'", vec![]);
    count.as_str().and_then(|count| count.parse().ok()).unwrap_or(0)
}

/// A room as a long watch leaves it: notes, what was seen, who came.
fn write(folder: &Path, count: u64) -> Result<PathBuf, Box<dyn Error>> {
    /// So many at once.
    const BATCH: u64 = 10_000;
    let begin = Timestamp::from_second(1_800_000_000)?;
    let opened = Opened {
        room: "cd".repeat(16),
        file: "pay.md".to_owned(),
        path: "/pay.md".to_owned(),
        text: "# Pay 4.2 (Jan 21, 2027)\n\n## Deploy (6:30 AM)\n\n- [ ] Roll out the canary\n- [ ] Announce it\n"
            .to_owned(),
        settings: None,
        start: "2027-01-21T06:30".parse()?,
        zone: "UTC".to_owned(),
        moved_s: 0,
        zone_data: "2026a".to_owned(),
        reader: "1".to_owned(),
        drill: None,
    };
    let items: Vec<_> = Room::open(opened.clone()).plan().items.iter().map(|item| item.id.clone()).collect();
    let path = folder.join("long.warroom");
    let (mut journal, _) = Journal::create(&path, Device::from_seed([5; 32]), opened, "login", begin)?;
    while journal.count() < count {
        let now = begin + SignedDuration::from_secs(i64::try_from(journal.count())?);
        let batch = (journal.count()..count.min(journal.count() + BATCH)).map(|number| {
            let event = match number % 4 {
                0 => Event::Stated {
                    item: items[usize::try_from(number / 4).unwrap_or(0) % items.len()].clone(),
                    saw: Some(format!("0.{} % after a quarter of an hour", number % 97)),
                    answer: None,
                    values: Vec::new(),
                },
                1 => Event::PersonNamed(Person {
                    initials: "MK".to_owned(),
                    name: format!("Maria Keller {}", number % 7),
                    role: "release manager".to_owned(),
                }),
                _ => Event::Noted { text: format!("note {number}: the canary holds, errors and latency as before") },
            };
            (event, now)
        });
        journal.append_all(batch.collect(), now, "MK")?;
    }
    journal.seal(begin + SignedDuration::from_secs(i64::try_from(count)?))?;
    journal.rest();
    Ok(path)
}
