//! Tests.

use std::future::pending;
use std::sync::Mutex;

use room::Measure;

use super::*;
use crate::tests::{begin, endpoint, jump, paused_clock, set_back, start};

const EVERY: Duration = Duration::from_secs(5);
const TIMEOUT: Duration = Duration::from_secs(3);

/// What an asker of the tests does, told by how often it was asked.
type Act = fn(u32) -> Does;

enum Does {
    Answer,
    Fault(Fault),
    Hang,
    Panic,
    TakeSeconds(u64),
    /// A yes or no that says no, after so many seconds.
    Fail(u64),
    /// The laptop sleeps so many seconds while the answer is awaited.
    SleepThrough(u64),
}

#[derive(Default)]
struct Asked {
    times: u32,
    made: u32,
    reconnected: u32,
}

struct Fake {
    act: Act,
    asked: Arc<Mutex<Asked>>,
}

impl Asker for Fake {
    async fn ask(&mut self) -> Result<Sample, Fault> {
        let times = {
            let mut asked = self.asked.lock().unwrap();
            asked.times += 1;
            asked.times
        };
        match (self.act)(times) {
            Does::Answer => {}
            Does::Fault(fault) => return Err(fault),
            Does::Hang => pending().await,
            Does::Panic => panic!("it broke at {times}"),
            Does::TakeSeconds(seconds) => sleep(Duration::from_secs(seconds)).await,
            Does::Fail(seconds) => {
                sleep(Duration::from_secs(seconds)).await;
                let (measure, at) = (Measure::Failed("500 in 3 ms".to_owned()), paused_clock());
                return Ok(Sample { measure, at, good_until: at, too_few: None });
            }
            Does::SleepThrough(seconds) => {
                sleep(Duration::from_secs(1)).await;
                jump(Duration::from_secs(seconds));
            }
        }
        let at = paused_clock();
        Ok(Sample { measure: Measure::Number(f64::from(times)), at, good_until: at, too_few: None })
    }

    fn reconnect(&mut self) {
        self.asked.lock().unwrap().reconnected += 1;
    }
}

struct Run {
    /// Seconds from the start, sequence, outcome.
    heard: Arc<Mutex<Vec<(f64, u64, String)>>>,
    asked: Arc<Mutex<Asked>>,
    tasks: JoinSet<()>,
}

fn watched(act: Act) -> Run {
    watched_for(TIMEOUT, act)
}

/// [`watched`] with another time limit.
fn watched_for(timeout: Duration, act: Act) -> Run {
    begin();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let asked = Arc::new(Mutex::new(Asked::default()));
    let hears = Arc::clone(&heard);
    let rhythm = Rhythm {
        signal: Signal::Metric("errors".to_owned()),
        every: EVERY,
        timeout,
        clock: paused_clock,
        before_first: 0,
        heard: Arc::new(move |reading: Reading| {
            let seconds = reading.at.duration_since(start()).as_secs_f64();
            let words = match reading.outcome {
                Ok(Sample { measure: Measure::Number(number), .. }) => number.to_string(),
                Ok(Sample { measure: Measure::Passed(words) | Measure::Failed(words), .. }) => words,
                Err(fault) => fault.to_string(),
            };
            hears.lock().unwrap().push((seconds, reading.sequence, words));
        }),
    };
    let asks = Arc::clone(&asked);
    let mut tasks = JoinSet::new();
    tasks.spawn(rhythm.supervise(move || {
        asks.lock().unwrap().made += 1;
        Fake { act, asked: Arc::clone(&asks) }
    }));
    Run { heard, asked, tasks }
}

impl Run {
    fn heard(&self) -> Vec<(f64, u64, String)> {
        self.heard.lock().unwrap().clone()
    }

    /// From one reading to the next, in whole seconds.
    fn gaps(&self) -> Vec<i64> {
        let heard = self.heard();
        heard.iter().zip(heard.iter().skip(1)).map(|(one, next)| (next.0 - one.0).round() as i64).collect()
    }
}

async fn pass(seconds: u64) {
    sleep(Duration::from_secs(seconds)).await;
}

#[tokio::test(start_paused = true)]
async fn the_first_question_is_asked_at_once_and_the_others_at_their_interval() {
    let run = watched(|_| Does::Answer);
    pass(31).await;
    let heard = run.heard();
    assert_eq!(heard[0], (0.0, 1, "1".to_owned()));
    assert_eq!(heard[1].0, 5.0 - shift(&Signal::Metric("errors".to_owned()), EVERY).as_secs_f64());
    assert!(run.gaps()[1..].iter().all(|gap| *gap == 5), "{:?}", run.gaps());
    let sequences: Vec<u64> = heard.iter().map(|(_, sequence, _)| *sequence).collect();
    assert_eq!(sequences, (1..=heard.len() as u64).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn what_an_answer_takes_is_part_of_the_interval() {
    let run = watched(|_| Does::TakeSeconds(2));
    pass(60).await;
    assert!(run.gaps()[1..].iter().all(|gap| *gap == 5), "{:?}", run.gaps());
}

#[test]
fn signals_are_shifted_each_by_its_own_part() {
    let shift = |name: &str| shift(&Signal::Probe(name.to_owned()), EVERY);
    assert_eq!(shift("errors"), shift("errors"));
    assert_ne!(shift("errors"), shift("latency"));
    for name in ["", "a", "errors", "p95", "ünïcode"] {
        assert!(shift(name) < EVERY / 2);
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_takes_too_long_is_dropped_and_the_next_question_asked() {
    let run = watched(|times| if times == 1 { Does::TakeSeconds(4) } else { Does::Answer });
    pass(12).await;
    let words: Vec<String> = run.heard().into_iter().map(|(_, _, words)| words).collect();
    assert_eq!(words, ["no reply in 3 s", "2", "3"]);
    assert_eq!(run.heard()[0].0, 3.0);
}

#[tokio::test(start_paused = true)]
async fn a_way_at_fault_is_asked_less_and_less_often_until_it_answers() {
    let run = watched(|times| match times {
        2..=7 => Does::Fault(Fault::Unreachable { words: "no route to host".to_owned() }),
        _ => Does::Answer,
    });
    pass(170).await;
    assert_eq!(run.gaps()[1..9], [5, 10, 20, 30, 30, 30, 5, 5]);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_hangs_is_asked_twice_a_minute() {
    let run = watched(|_| Does::Hang);
    pass(600).await;
    assert_eq!(run.gaps()[5..10], [30; 5]);
}

#[tokio::test(start_paused = true)]
async fn a_fault_that_the_server_tells_keeps_the_interval() {
    let run = watched(|_| Does::Fault(Fault::Empty));
    pass(60).await;
    assert!(run.gaps()[1..].iter().all(|gap| *gap == 5), "{:?}", run.gaps());
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_panics_says_so_and_is_started_again() {
    let run = watched(|times| if times == 2 { Does::Panic } else { Does::Answer });
    pass(30).await;
    let heard = run.heard();
    let words: Vec<&str> = heard.iter().map(|(_, _, words)| words.as_str()).collect();
    assert_eq!(words[..3], ["1", "the probe failed and was started again: it broke at 2", "3"]);
    let sequences: Vec<u64> = heard.iter().map(|(_, sequence, _)| *sequence).collect();
    assert_eq!(sequences, (1..=heard.len() as u64).collect::<Vec<_>>());
    assert_eq!(run.asked.lock().unwrap().made, 2);
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_panics_each_time_is_started_less_and_less_often() {
    let run = watched(|_| Does::Panic);
    pass(200).await;
    assert_eq!(run.gaps()[..6], [5, 10, 20, 30, 30, 30]);
}

#[tokio::test(start_paused = true)]
async fn after_a_sleep_of_the_laptop_connections_are_made_anew() {
    let run = watched(|_| Does::Answer);
    pass(30).await;
    assert_eq!(run.asked.lock().unwrap().reconnected, 0);
    jump(Duration::from_secs(600));
    pass(30).await;
    assert_eq!(run.asked.lock().unwrap().reconnected, 1);
}

#[tokio::test(start_paused = true)]
async fn what_fails_right_after_a_sleep_is_held_against_nobody_and_what_fails_on_is() {
    let run = watched(|times| if times < 6 { Does::Answer } else { Does::Fail(0) });
    // Between the fifth question and the sixth.
    pass(23).await;
    let before = run.heard().len();
    jump(Duration::from_secs(600));
    pass(45).await;
    let heard = run.heard();
    let told: Vec<(i64, &str)> =
        heard[before..].iter().map(|(at, _, words)| ((at - heard[before].0).round() as i64, words.as_str())).collect();
    let waking = "the laptop slept, and the network may not be back yet: 500 in 3 ms";
    let expected = [(0, waking), (5, waking), (10, waking), (15, waking), (20, "500 in 3 ms"), (25, "500 in 3 ms")];
    assert_eq!(told[..6], expected);
}

#[tokio::test(start_paused = true)]
async fn what_takes_its_time_to_fail_is_no_sleep() {
    let run = watched_for(Duration::from_secs(60), |_| Does::Fail(30));
    pass(200).await;
    let words: Vec<String> = run.heard().into_iter().map(|(_, _, words)| words).collect();
    assert!(words.len() > 4 && words.iter().all(|words| words == "500 in 3 ms"), "{words:?}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_after_a_sleep_ends_the_grace() {
    let run = watched(|times| match times {
        6 | 8 => Does::Fail(0),
        _ => Does::Answer,
    });
    pass(23).await;
    let before = run.heard().len();
    jump(Duration::from_secs(600));
    pass(16).await;
    let words: Vec<String> = run.heard()[before..].iter().map(|(_, _, words)| words.clone()).collect();
    let waking = "the laptop slept, and the network may not be back yet: 500 in 3 ms";
    assert_eq!(words[..3], [waking, "7", "500 in 3 ms"]);
}

#[tokio::test(start_paused = true)]
async fn a_way_that_is_not_back_after_a_sleep_is_asked_at_its_interval() {
    let run = watched(|times| match times {
        6..=15 => Does::Fault(Fault::Unreachable { words: "no route to host".to_owned() }),
        _ => Does::Answer,
    });
    pass(23).await;
    let before = run.heard().len();
    jump(Duration::from_secs(600));
    pass(60).await;
    assert_eq!(run.gaps()[before..before + 6], [5, 5, 5, 5, 5, 10]);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_was_slept_over_is_none() {
    let run = watched(|times| if times == 2 { Does::SleepThrough(600) } else { Does::Answer });
    pass(20).await;
    let words: Vec<String> = run.heard().into_iter().map(|(_, _, words)| words).collect();
    assert_eq!(words[..3], ["1".to_owned(), Fault::Overslept.to_string(), "3".to_owned()]);
    assert!(run.asked.lock().unwrap().reconnected > 0);
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_back_lengthens_no_grace() {
    let run = watched(|times| if times < 6 { Does::Answer } else { Does::Fail(0) });
    pass(23).await;
    jump(Duration::from_secs(600));
    pass(6).await;
    set_back(Duration::from_secs(3600));
    pass(30).await;
    assert_eq!(run.heard().last().unwrap().2, "500 in 3 ms");
}

#[tokio::test(start_paused = true)]
async fn numbers_go_on_where_watching_is_begun_again() {
    begin();
    let question = || {
        let ask = Err(Fault::BadSettings { words: "nothing".to_owned() });
        vec![Question { signal: Signal::Probe("a".to_owned()), every: EVERY, timeout: TIMEOUT, ask }]
    };
    let mut numbers = Vec::new();
    for _ in 0..3 {
        let (sender, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let watching = watch(question(), paused_clock, move |reading: Reading| {
            let _ = sender.send(reading.sequence);
        });
        for _ in 0..4 {
            numbers.push(heard.recv().await.unwrap());
        }
        drop(watching);
    }
    assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
}

#[tokio::test(start_paused = true)]
async fn dropping_ends_everything() {
    let run = watched(|_| Does::TakeSeconds(2));
    pass(1).await;
    drop(run.tasks);
    pass(60).await;
    assert_eq!(run.heard.lock().unwrap().len(), 0);
    assert_eq!(run.asked.lock().unwrap().times, 1);
    assert_eq!(Arc::strong_count(&run.asked), 1, "the task inside has ended too");
}

#[tokio::test(start_paused = true)]
async fn every_question_is_watched_and_one_that_cannot_be_asked_answers_why() {
    begin();
    let fault = Fault::NoSecret { name: "a".to_owned(), variable: "WAR_ROOM_SECRET_A".to_owned() };
    let question =
        |name: &str, ask| Question { signal: Signal::Probe(name.to_owned()), every: EVERY, timeout: TIMEOUT, ask };
    let refused = endpoint(&format!("http://127.0.0.1:{}", crate::tests::free_port()));
    let questions = vec![
        question("b", Err(fault.clone())),
        question("c", Ok(Ask::Prometheus { endpoint: refused, query: "up".to_owned(), minimum: None })),
    ];
    let (sender, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let watching = watch(questions, paused_clock, move |reading| sender.send(reading).unwrap());
    let mut b = Vec::new();
    let mut c = Vec::new();
    while b.len() < 3 || c.len() < 3 {
        let reading = heard.recv().await.unwrap();
        if reading.signal.name() == "b" { b.push(reading.outcome) } else { c.push(reading.outcome) }
    }
    assert_eq!(b[..3], [Err(fault.clone()), Err(fault.clone()), Err(fault)]);
    assert_eq!(c[..3], [Err(Fault::Refused), Err(Fault::Refused), Err(Fault::Refused)]);
    drop(watching);
    assert!(heard.recv().await.is_none_or(|reading| reading.sequence > 3));
}

/// Every kind is asked for what its question says.
#[tokio::test]
async fn every_kind_is_looked_at() {
    let server = wiremock::MockServer::start().await;
    let answers = wiremock::Mock::given(wiremock::matchers::path("/api/v2/alerts"));
    answers.respond_with(wiremock::ResponseTemplate::new(200).set_body_string("[]")).mount(&server).await;
    let at = || endpoint(&server.uri());
    let port = server.address().port();
    let asks = [
        ("port", Ask::Tcp { host: "127.0.0.1".to_owned(), port, within: None }),
        ("alerts", Ask::Alertmanager { endpoint: at(), labels: Default::default(), watchdog: None, firing: 0 }),
        ("targets", Ask::Targets { endpoint: at(), job: None, up: None }),
        (
            "command",
            Ask::Command {
                command: "echo 7".to_owned(),
                folder: std::env::temp_dir(),
                number: Some(plan::config::NumberInOutput { unit: plan::Unit::Count, after: None }),
                expect: plan::config::ExpectCommand::default(),
            },
        ),
        (
            "name",
            Ask::Dns {
                host: "a.example".to_owned(),
                record: plan::config::DnsRecord::A,
                expect: plan::config::ExpectDns { value: Some("no address".to_owned()), ..Default::default() },
            },
        ),
    ];
    let questions = asks.map(|(name, ask)| Question {
        signal: Signal::Probe(name.to_owned()),
        every: Duration::from_secs(600),
        timeout: Duration::from_secs(20),
        ask: Ok(ask),
    });
    let (sender, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let _watching = watch(questions.to_vec(), start, move |reading| sender.send(reading).unwrap());
    let mut told = std::collections::BTreeMap::new();
    while told.len() < 5 {
        let reading = heard.recv().await.unwrap();
        let words = match reading.outcome {
            Ok(Sample { measure: Measure::Number(number), .. }) => format!("{number}"),
            Ok(Sample { measure: Measure::Passed(words) | Measure::Failed(words), .. }) => words,
            Err(fault) => fault.to_string(),
        };
        told.insert(reading.signal.name().to_owned(), words);
    }
    let told: Vec<(&str, &str)> = told.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
    assert_eq!(
        told,
        [
            ("alerts", "no alert fires"),
            ("command", "7"),
            ("name", "expect.value is “no address”, and a record A holds an address of IPv4"),
            ("port", "connected in 0 ms"),
            ("targets", "the server answers 404"),
        ]
    );
}
