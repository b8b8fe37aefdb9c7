//! From the start of the program to a window that says what it has to say, and the memory that it then holds, each in turn
//! with an empty Tauri window: `cargo xtask bench`. Nothing is asserted about times or sizes.
//!
//! Owns: when a window counts as drawn, and whose memory counts. Must not know: what is in the window; both programs are
//! looked at from the display alone, without WebDriver, which changes how a web view starts.

use std::collections::{BTreeMap, HashMap};
use std::env;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tests::home::Home;
use tests::measure::{Sizes, Times};
use x11rb::connect;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt, ImageFormat, MapState, Window};
use x11rb::rust_connection::RustConnection;

use crate::driver::PATIENCE;

/// How often each of the two is started, beside one start before that fills the machine's caches.
const STARTS: usize = 5;
/// What the window may take of what an empty one takes: to be drawn, and to hold in memory.
const START_AT_MOST: f64 = 1.25;
const MEMORY_AT_MOST: f64 = 1.2;
/// How long after the first paint a window is left alone before its memory is read.
const SETTLED: Duration = Duration::from_secs(3);
/// How often the display is looked at.
const LOOK: Duration = Duration::from_millis(4);
/// How many rows of pixels are looked at, from the top: the heading is among them, and a look stays cheap.
const ROWS: u16 = 300;
/// Narrower windows are helpers of the toolkit's.
const NARROWEST: u16 = 500;
/// Which share of what is there in the end must be there: a clock may have gone on.
const THERE: f64 = 0.95;

#[test]
#[ignore = "measures; cargo xtask bench runs it"]
fn start_and_memory() {
    let named = |name: &str| PathBuf::from(env::var_os(name).unwrap_or_else(|| panic!("{name} names a file")));
    let (program, empty) = (named("WAR_ROOM_PROGRAM"), named("WAR_ROOM_EMPTY_WINDOW"));
    // Kept from start to start, as a person's own: the first start makes folders and caches.
    let (home, empty_home) = (Home::new().expect("a home"), Home::new().expect("a home"));
    let display = Display::open();
    display.started(&empty, &empty_home);
    display.started(&program, &home);

    let (mut empty_start, mut start) = (Times::of("empty window drawn"), Times::of("start window drawn"));
    let (mut empty_memory, mut memory) = (Sizes::of("empty window's memory"), Sizes::of("start window's memory"));
    let (mut empty_own, mut own) = (Sizes::of("… without WebKit's, empty"), Sizes::of("… without WebKit's processes"));
    for number in 0..STARTS {
        // Each goes first as often as the other, but for one.
        let mut once = |is_empty: bool| {
            let started =
                if is_empty { display.started(&empty, &empty_home) } else { display.started(&program, &home) };
            let Started { shown, painted, drawn, memory: kb } = &started;
            let name = if is_empty { "empty window" } else { "War Room" };
            println!("{name}: there after {shown:?}, painted after {painted:?}, drawn after {drawn:?}; kB: {kb:?}");
            let (times, sizes, owns) = if is_empty {
                (&mut empty_start, &mut empty_memory, &mut empty_own)
            } else {
                (&mut start, &mut memory, &mut own)
            };
            times.add(started.drawn);
            sizes.add(started.memory.values().sum());
            let without = started.memory.iter().filter(|(name, _)| !name.starts_with("WebKit"));
            owns.add(without.map(|(_, kb)| kb).sum());
        };
        let is_even = number % 2 == 0;
        once(is_even);
        once(!is_even);
    }
    let lines = [
        empty_start.line(None),
        start.line_within(&empty_start, START_AT_MOST),
        empty_memory.line(None),
        memory.line_within(&empty_memory, MEMORY_AT_MOST),
        empty_own.line(None),
        own.line(Some(&empty_own)),
    ];
    fs::write(named("WAR_ROOM_BENCH"), lines.map(|line| line + "\n").concat()).expect("the lines are kept");
}

/// What one start took.
#[derive(Debug)]
struct Started {
    /// Until there was a window, blank as yet.
    shown: Duration,
    /// Until there was anything in it.
    painted: Duration,
    /// Until the window showed what it still shows when it has settled.
    drawn: Duration,
    /// In kB and by the names of the processes: what is their own, and their share of what they share (PSS).
    memory: BTreeMap<String, u64>,
}

/// The display of the tests, on which there is one window at a time.
struct Display {
    connection: RustConnection,
    root: Window,
}

impl Display {
    fn open() -> Self {
        let (connection, screen) = connect(None).expect("the display");
        let root = connection.setup().roots[screen].root;
        Self { connection, root }
    }

    /// Starts a program, waits until its window has settled, and ends it.
    fn started(&self, program: &Path, home: &Home) -> Started {
        let begun = Instant::now();
        let running = Running::start(program, home);
        let mut pictures: Vec<(Duration, Vec<u32>)> = Vec::new();
        let mut painted = None;
        while painted.is_none_or(|at| begun.elapsed() < at + SETTLED) {
            assert!(begun.elapsed() < PATIENCE, "{} draws no window", program.display());
            if let Some(picture) = self.picture() {
                let at = begun.elapsed();
                if painted.is_none() && !is_blank(&picture) {
                    painted = Some(at);
                }
                if pictures.last().is_none_or(|(_, last)| *last != picture) {
                    pictures.push((at, picture));
                }
            }
            thread::sleep(LOOK);
        }
        let memory = memory_of(running.0.id());
        drop(running);
        while self.window().is_some() {
            thread::sleep(LOOK);
        }
        let shown = pictures.first().map(|(at, _)| *at).unwrap_or_default();
        Started { shown, painted: painted.unwrap_or_default(), drawn: drawn_at(&pictures), memory }
    }

    /// The window that is shown, with its width and height.
    fn window(&self) -> Option<(Window, u16, u16)> {
        let windows = self.connection.query_tree(self.root).ok()?.reply().ok()?.children;
        windows.into_iter().find_map(|window| {
            // A window may be gone between two questions.
            let attributes = self.connection.get_window_attributes(window).ok()?.reply().ok()?;
            let geometry = self.connection.get_geometry(window).ok()?.reply().ok()?;
            let is_shown = attributes.map_state == MapState::VIEWABLE && geometry.width >= NARROWEST;
            is_shown.then_some((window, geometry.width, geometry.height))
        })
    }

    /// The upper part of the window that is shown, pixel by pixel.
    fn picture(&self) -> Option<Vec<u32>> {
        let (window, width, height) = self.window()?;
        let rows = height.min(ROWS);
        let image =
            self.connection.get_image(ImageFormat::Z_PIXMAP, window, 0, 0, width, rows, !0).ok()?.reply().ok()?;
        let pixels = image.data.chunks_exact(4);
        // The fourth byte of a pixel may be anything.
        Some(pixels.map(|pixel| u32::from_le_bytes([pixel[0], pixel[1], pixel[2], 0])).collect())
    }
}

fn is_blank(picture: &[u32]) -> bool {
    picture.windows(2).all(|pair| pair[0] == pair[1])
}

/// When nearly all of what the last picture shows on its background was there for the first time.
fn drawn_at(pictures: &[(Duration, Vec<u32>)]) -> Duration {
    let (_, last) = pictures.last().expect("a window was seen");
    let mut counts: HashMap<u32, usize> = HashMap::new();
    for pixel in last {
        *counts.entry(*pixel).or_default() += 1;
    }
    let background = counts.into_iter().max_by_key(|(_, count)| *count).map(|(pixel, _)| pixel);
    let ink: Vec<usize> = (0..last.len()).filter(|at| Some(last[*at]) != background).collect();
    let is_there = |picture: &[u32]| {
        let there = ink.iter().filter(|at| picture.get(**at) == Some(&last[**at])).count();
        picture.len() == last.len() && there as f64 >= THERE * ink.len() as f64
    };
    pictures.iter().find(|(_, picture)| is_there(picture)).map(|(at, _)| *at).expect("the last picture is like itself")
}

/// A started program, ended with all of its processes when this value goes.
struct Running(Child);

impl Running {
    fn start(program: &Path, home: &Home) -> Self {
        let child = Command::new(program)
            .envs(home.variables())
            .env("NO_AT_BRIDGE", "1")
            .stdin(Stdio::null())
            // A group of its own, so that what it starts ends with it.
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
        Self(child)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}

/// The memory of a process and of all that it started, in kB, by name.
fn memory_of(process: u32) -> BTreeMap<String, u64> {
    let mut parents = HashMap::new();
    let mut names = HashMap::new();
    for entry in fs::read_dir("/proc").expect("the list of processes").flatten() {
        // "4711 (war-room) S PARENT …"; a process may end while it is looked at.
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
        let Some((before, after)) = stat.rsplit_once(") ") else { continue };
        let Some((id, name)) = before.split_once(" (") else { continue };
        let parent = after.split(' ').nth(1).and_then(|parent| parent.parse().ok());
        if let (Ok(id), Some(parent)) = (id.parse::<u32>(), parent) {
            parents.insert(id, parent);
            names.insert(id, name.to_owned());
        }
    }
    let belongs = |id: u32| {
        let mut line = std::iter::successors(Some(id), |id| parents.get(id).copied());
        line.any(|ancestor| ancestor == process)
    };
    let mut memory = BTreeMap::new();
    for (id, name) in names.into_iter().filter(|(id, _)| belongs(*id)) {
        *memory.entry(name).or_default() += pss_kb(id);
    }
    memory
}

fn pss_kb(process: u32) -> u64 {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
