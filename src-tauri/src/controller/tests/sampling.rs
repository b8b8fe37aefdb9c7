//! What is measured is kept beside the log: in no act's way, closed under digests, there again after a kill.

use jiff::SignedDuration;
use journal::{Heads, SamplesReport};

use super::acting::{in_room, note};
use super::*;
use crate::wire::{ChartsPageView, ChartsQuery};

impl Table {
    fn file(&self) -> PathBuf {
        let rooms = self.folder.path().join("data/war-room/rooms");
        let files = std::fs::read_dir(rooms).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|ending| ending == "warroom")).last().unwrap()
    }

    fn samples(&self) -> SamplesReport {
        journal::verify(&self.file(), &Heads::at(Path::new("/nowhere/heads.log")), None).unwrap().samples
    }

    fn sealed(&self) -> usize {
        self.kinds().iter().filter(|kind| *kind == "samples_sealed").count()
    }

    /// The charts over hours, as the driver reads them.
    fn charts(&mut self, hours: u32) -> Result<ChartsPageView, Problem> {
        let got = Arc::new(Mutex::new(None));
        let there = Arc::clone(&got);
        let reply = ChartsReply(Box::new(move |page| *there.lock().unwrap() = Some(page)));
        for effect in self.wake(Wake::Charts { query: ChartsQuery { hours }, reply }) {
            match effect {
                Effect::Charts(reply, outcome) => (reply.0)(outcome.map(|page| *page)),
                Effect::ReadCharts { path, asked, reply } => (reply.0)(samples::read_charts(&path, &asked)),
                _ => {}
            }
        }
        let page = got.lock().unwrap().take();
        page.expect("an answer")
    }
}

/// The jobs of the disk that are about samples.
fn sampling(table: &Table) -> Vec<&'static str> {
    let name = |job: &Job| match job {
        Job::KeepSamples { .. } => Some("keep"),
        Job::SealSamples { .. } => Some("seal"),
        Job::TendSamples { .. } => Some("tend"),
        _ => None,
    };
    table.jobs.iter().filter_map(name).collect()
}

#[test]
fn what_is_measured_is_kept_each_second_and_closed_every_ten_minutes() {
    let mut table = Table::watching();
    for _ in 0..110 {
        table.both(0.001, 0.151);
    }
    assert_eq!(table.sealed(), 0, "the log is not filled");
    assert_eq!(table.samples().fresh, 218, "what came with the last second is still on its way");
    for _ in 0..15 {
        table.both(0.001, 0.151);
    }
    let report = table.samples();
    assert_eq!((table.sealed(), report.chunks, report.first_bad.as_ref()), (1, 1, None));
    assert!(report.rows + report.fresh == 248, "{report:?}");
    let log = table.subscribe().log.unwrap();
    assert!(log.tail.iter().all(|entry| entry.event != "samples_sealed"), "{:?}", log.tail);
}

#[test]
fn a_decision_closes_what_was_seen_until_then() {
    let mut table = Table::watching();
    table.both(0.001, 0.151);
    table.pass(2);
    acting::done(&mut table, Act::RollBack { criterion: String::new(), reason: "bad".to_owned(), way: 0 });
    assert_eq!(table.sealed(), 0);
    table.pass(1);
    assert_eq!(table.sealed(), 1);
    table.pass(60);
    assert_eq!(table.sealed(), 1, "nothing new");
}

#[test]
fn acts_go_first() {
    let mut table = Table::watching();
    table.both(0.001, 0.151);
    table.is_disk_slow = true;
    table.act(in_room(note("an act")));
    table.pass(3);
    assert_eq!(sampling(&table), Vec::<&str>::new(), "an act is on its way");
    table.work();
    table.pass(3);
    assert_eq!(sampling(&table), ["keep"], "one batch at a time");
    table.act(in_room(note("another")));
    assert!(matches!(table.jobs.back(), Some(Job::Append { .. })), "and no act waits for its answer");
    table.work();
    assert_eq!(table.samples().fresh, 2);
}

#[test]
fn a_disk_that_takes_no_samples_is_said_once_and_loses_none_and_no_act() {
    let mut table = Table::watching();
    table.both(0.001, 0.151);
    table.pass(2);
    table.rooms.journal().unwrap().limit_pages(0);
    let said = |effects: &[Effect]| {
        let problems = effects.iter().filter_map(|effect| match effect {
            Effect::Send(update) => update.problems.clone(),
            _ => None,
        });
        problems.flatten().map(|problem| problem.message).collect::<Vec<_>>()
    };
    // More than fits into what is left of a page.
    for _ in 0..150 {
        table.now += SignedDuration::from_millis(2);
        table.hears(1, "error_rate", Ok(0.001));
        table.hears(1, "latency_p95", Ok(0.151));
    }
    let all = said(&table.pass(2));
    assert_eq!(
        all,
        [
            "What is measured is not being kept for the charts over hours: the disk is full. Free some space; it is tried \
             again. Acts and alarms go on."
        ]
    );
    table.act(Intent::DismissProblem);
    table.answer();
    assert_eq!(said(&table.both(0.001, 0.151)), Vec::<String>::new(), "said once");
    table.rooms.journal().unwrap().limit_pages(100_000);
    table.pass(2);
    let report = table.samples();
    assert_eq!(report.rows + report.fresh, 2 + 300 + 2, "{report:?}");
    acting::done(&mut table, note("an act"));
}

#[test]
fn after_a_kill_the_charts_begin_with_what_was_kept() {
    let mut table = Table::watching();
    for errors in [0.001, 0.002, 0.003] {
        table.both(errors, 0.151);
    }
    table.pass(1);
    let points = |table: &mut Table| {
        let vitals = table.subscribe().vitals.unwrap().vitals;
        let errors = vitals.iter().find(|vital| vital.id == "error_rate").unwrap();
        (errors.times_s.clone(), errors.values.clone())
    };
    let before = points(&mut table);
    assert_eq!(before.0.len(), 3);
    let (folder, path, now) = (Rc::clone(&table.folder), table.file(), table.now);
    drop(table);
    let mut table = Table::in_folder(folder);
    table.now = now + SignedDuration::from_secs(40);
    table.subscribe();
    table.wake(Wake::Path { path, given: Given::default(), origin: Origin::CommandLine });
    assert_eq!(points(&mut table), before);
    assert_eq!(table.samples().fresh, 6);
    table.act(Intent::Leave);
    let report = table.samples();
    assert_eq!((report.chunks, report.rows, report.fresh), (1, 6, 0), "whoever leaves leaves all under a digest");
    assert_eq!(table.kinds().last().map(String::as_str), Some("samples_sealed"));
}

#[test]
fn the_last_second_is_kept_where_the_room_is_left() {
    let mut table = Table::watching();
    table.both(0.001, 0.151);
    table.act(Intent::Leave);
    assert_eq!((table.samples().rows, table.samples().fresh), (2, 0));
}

#[test]
fn a_look_at_hours_shows_each_breach_and_each_gap() {
    let mut table = Table::watching();
    for round in 0..40 {
        table.both(0.001, if round == 20 { 0.612 } else { 0.151 });
    }
    // Nobody looks for an hour.
    table.pass(1);
    table.now += SignedDuration::from_hours(1);
    for _ in 0..3 {
        table.both(0.001, 0.151);
    }
    table.pass(1);
    let page = table.charts(6).unwrap();
    assert_eq!((page.hours, page.to_s - page.from_s, page.stale_after_s), (6, 21_600.0, 36.0));
    assert_eq!(page.caption, "last 6 h · low–high of 36 s");
    let named: Vec<(f64, &str)> = page.axis.iter().map(|(at_s, words)| (*at_s, words.as_str())).collect();
    assert!(
        named.iter().all(|(at_s, _)| at_s % 7_200.0 == 0.0 && (page.from_s..=page.to_s).contains(at_s)),
        "{named:?}"
    );
    assert_eq!(named.len(), 3, "{named:?}");
    let latency = page.charts.iter().find(|chart| chart.id == "latency_p95").unwrap();
    let high = latency.highs.iter().flatten().copied().fold(0.0, f64::max);
    assert_eq!(high, 612.0, "in the unit that is shown");
    assert!(latency.times_s.len() < 40 && latency.highs.contains(&None), "{latency:?}");
    assert_eq!(latency.gaps.len(), 2);
    assert_eq!(
        latency.words,
        "P95 latency, last 6 hours: from 151 ms to 612 ms, now 151 ms, not seen for 5:56:34 in all, from 06:33:20 to \
         07:33:26, from 01:33:37 to 06:30:05"
    );
    assert_eq!(
        table.charts(5).unwrap_err().message,
        "Charts are drawn over 1, 6 or 24 hours, not over 5: choose one of them."
    );
    table.act(Intent::Leave);
    assert!(table.charts(6).is_err());
}

#[test]
fn a_drill_keeps_no_samples_and_draws_its_own() {
    let (mut table, mut run) = Table::drilling();
    table.seconds(&mut run, 150);
    let page = table.charts(1).unwrap();
    assert!(page.charts.iter().any(|chart| chart.times_s.len() > 20), "{page:?}");
    assert_eq!(table.samples(), SamplesReport::default());
    assert!(!table.kinds().iter().any(|kind| kind.starts_with("samples")));
}
