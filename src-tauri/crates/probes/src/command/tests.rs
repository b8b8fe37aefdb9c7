//! Tests.

use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::tests::{clock, set, start};

fn run(command: &str) -> Run {
    Run {
        command: command.to_owned(),
        folder: std::env::temp_dir(),
        number: None,
        expect: ExpectCommand::default(),
        every: Duration::from_secs(5),
        timeout: Duration::from_secs(3),
        clock,
    }
}

async fn seen(mut run: Run) -> Result<Measure, Fault> {
    set(start(), Duration::from_millis(44));
    run.ask().await.map(|sample| sample.measure)
}

async fn check(run: Run, expected: Result<&str, &str>) {
    let expected = match expected {
        Ok(words) => Measure::Passed(words.to_owned()),
        Err(words) => Measure::Failed(words.to_owned()),
    };
    assert_eq!(seen(run).await, Ok(expected));
}

async fn check_fault(run: Run, expected: &str) {
    assert_eq!(seen(run).await.unwrap_err().to_string(), expected);
}

fn expects(command: &str, expect: ExpectCommand) -> Run {
    Run { expect, ..run(command) }
}

fn counts(command: &str, after: Option<&str>) -> Run {
    let number = NumberInOutput { unit: plan::Unit::Count, after: after.map(str::to_owned) };
    Run { number: Some(number), ..run(command) }
}

#[tokio::test]
async fn it_ends_as_expected_or_not() {
    check(run("true"), Ok("exit 0 in 44 ms")).await;
    check(run("echo fine; exit 3"), Err("exit 3 in 44 ms, expected 0: fine")).await;
    check(run("echo fine; echo 'no  way' >&2; false"), Err("exit 1 in 44 ms, expected 0: no way")).await;
    check(expects("exit 3", ExpectCommand { exit: 3, ..ExpectCommand::default() }), Ok("exit 3 in 44 ms")).await;
    let within =
        |within_ms| ExpectCommand { within: Some(Duration::from_millis(within_ms)), ..ExpectCommand::default() };
    check(expects("true", within(44)), Ok("exit 0 in 44 ms")).await;
    check(expects("true", within(20)), Err("exit 0 in 44 ms, expected within 20 ms")).await;
}

#[tokio::test]
async fn its_output_holds_a_text_or_not() {
    let text = |command: &str| {
        expects(command, ExpectCommand { text: Some("rolled out".to_owned()), ..ExpectCommand::default() })
    };
    check(text("echo successfully rolled out"), Ok("exit 0 in 44 ms")).await;
    check(text("echo successfully rolled out >&2"), Ok("exit 0 in 44 ms")).await;
    check(text("echo waiting"), Err("exit 0 in 44 ms, the output does not hold “rolled out”")).await;
}

#[tokio::test]
async fn a_number_in_the_output_is_the_value() {
    assert_eq!(seen(counts("echo ready 7", None)).await, Ok(Measure::Number(7.0)));
    assert_eq!(seen(counts("echo 'a=1 b=2'", Some("b="))).await, Ok(Measure::Number(2.0)));
    check_fault(counts("echo none", None), "the output is not one number: it holds none: none").await;
    // A failure is no bad value.
    check_fault(counts("echo 7; exit 1", None), "the command gave no answer: exit 1 in 44 ms, expected 0: 7").await;
}

#[tokio::test]
async fn what_cannot_run_gives_no_answer() {
    let fault = seen(run("no-such-command-here")).await.unwrap_err().to_string();
    assert!(fault.starts_with("the command gave no answer: the shell cannot run it (exit 127): bash: "), "{fault}");
    check_fault(run("kill -9 $$"), "the command gave no answer: something ended it (signal: 9 (SIGKILL))").await;
    let nowhere = Run { folder: PathBuf::from("/no/such/folder"), ..run("true") };
    check_fault(nowhere, "the command gave no answer: there is no bash, or not the folder of the settings").await;
}

#[tokio::test]
async fn it_reads_nothing_and_hides_no_failure() {
    check(run("cat"), Ok("exit 0 in 44 ms")).await;
    check(run("false | cat"), Err("exit 1 in 44 ms, expected 0")).await;
    let fault = seen(run("echo $NO_SUCH_VARIABLE_HERE")).await;
    assert!(matches!(&fault, Err(Fault::NotRun { words }) if words.contains("unbound variable")), "{fault:?}");
}

#[tokio::test]
async fn more_output_than_anybody_reads_is_read_on_and_forgotten() {
    check(run("head -c 1000000 /dev/zero"), Ok("exit 0 in 44 ms")).await;
    let end = ExpectCommand { text: Some("end".to_owned()), ..ExpectCommand::default() };
    let late = expects("head -c 1000000 /dev/zero; echo end", end.clone());
    check_fault(late, "the answer is larger than 64 KiB").await;
    check(expects("echo end; head -c 1000000 /dev/zero", end), Ok("exit 0 in 44 ms")).await;
    check_fault(counts("echo 7; head -c 1000000 /dev/zero", None), "the answer is larger than 64 KiB").await;
}

/// A command that leaves a child running and then goes on as told; the child holds a connection open, whose end is its
/// end.
async fn leaves_a_child(then: &str) -> (Run, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (run(&format!("exec 3<>/dev/tcp/127.0.0.1/{port}; sleep 600 & echo begun >&3; {then}")), listener)
}

/// Waits until nobody holds the connection open any more.
async fn is_over(stream: &mut TcpStream) {
    let mut buffer = [0; 64];
    while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
}

#[tokio::test]
async fn what_it_leaves_running_neither_holds_the_look_up_nor_outlives_it() {
    let (run, listener) = leaves_a_child("true").await;
    check(run, Ok("exit 0 in 44 ms")).await;
    let (mut stream, _) = listener.accept().await.unwrap();
    is_over(&mut stream).await;
}

#[tokio::test]
async fn one_that_takes_too_long_ends_with_all_that_it_started() {
    let (mut run, listener) = leaves_a_child("wait").await;
    let begun = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        assert_eq!(stream.read(&mut [0; 64]).await.unwrap(), "begun\n".len());
        stream
    };
    // As the time limit does it: what is asked is dropped.
    let mut stream = tokio::select! {
        seen = run.ask() => panic!("it ended by itself: {seen:?}"),
        stream = begun => stream,
    };
    is_over(&mut stream).await;
}

#[test]
fn a_secret_of_the_environment_is_not_shown() {
    let kept = |text: &str| Kept { text: text.to_owned(), is_cut: false };
    let status = std::os::unix::process::ExitStatusExt::from_raw(1 << 8);
    let outcome = Outcome { status, took: Duration::ZERO, output: kept(""), errors: kept("bad token s3cr3t-token") };
    let measure = judged(&outcome, &ExpectCommand::default(), None, &["s3cr3t-token".to_owned()]);
    assert_eq!(measure, Ok(Measure::Failed("exit 1 in 0 ms, expected 0: bad token •••".to_owned())));
}
