//! The seven commands that the window may call. All only forward: what they mean is the controller's business.

use tauri::State;
use tauri::ipc::Channel;
use tokio::sync::mpsc::Sender;
use tokio::sync::oneshot;

use crate::controller::{AlertReply, ChartsReply, PageReply, PastChartsReply, Reply, Sink, SourceReply, Wake};
use crate::wire::{
    AlertPageView, AlertQuery, ChartsPageView, ChartsQuery, Intent, LogPageView, LogQuery, PastChartsView, Problem,
    ProblemCode, SourcePageView, SourceQuery, Update,
};

/// The controller's inbox; all that the window's side holds.
pub(crate) struct Inbox(pub(crate) Sender<Wake>);

/// Sends every section to `channel`, and from then on each that changes.
#[tauri::command]
pub(crate) async fn subscribe(channel: Channel<Update>, inbox: State<'_, Inbox>) -> Result<(), Problem> {
    let sink = Sink(Box::new(move |update| channel.send(update).is_ok()));
    inbox.0.send(Wake::Subscribe(sink)).await.map_err(|_| closing())
}

/// Does what the person at the window asks for.
#[tauri::command]
pub(crate) async fn act(intent: Intent, inbox: State<'_, Inbox>) -> Result<(), Problem> {
    let (sender, answer) = oneshot::channel();
    let reply = Reply(Box::new(move |outcome| {
        if sender.send(outcome).is_err() {
            tracing::info!("the page that asked has gone");
        }
    }));
    inbox.0.send(Wake::Act { intent, reply }).await.map_err(|_| closing())?;
    answer.await.map_err(|_| closing())?
}

/// A page of the log of the room that is open: too large to be sent with every change.
#[tauri::command]
pub(crate) async fn log_page(query: LogQuery, inbox: State<'_, Inbox>) -> Result<LogPageView, Problem> {
    let (sender, answer) = oneshot::channel();
    let reply = PageReply(Box::new(move |outcome| {
        if sender.send(outcome).is_err() {
            tracing::info!("the page that asked has gone");
        }
    }));
    inbox.0.send(Wake::Page { query, reply }).await.map_err(|_| closing())?;
    answer.await.map_err(|_| closing())?
}

/// What became of an alert: too much to be sent with every change.
#[tauri::command]
pub(crate) async fn alert_page(query: AlertQuery, inbox: State<'_, Inbox>) -> Result<AlertPageView, Problem> {
    let (sender, answer) = oneshot::channel();
    let reply = AlertReply(Box::new(move |outcome| {
        if sender.send(outcome).is_err() {
            tracing::info!("the page that asked has gone");
        }
    }));
    inbox.0.send(Wake::Alert { query, reply }).await.map_err(|_| closing())?;
    answer.await.map_err(|_| closing())?
}

/// A page of the checklist's source: it may be as long as a checklist may be.
#[tauri::command]
pub(crate) async fn source_page(query: SourceQuery, inbox: State<'_, Inbox>) -> Result<SourcePageView, Problem> {
    let (sender, answer) = oneshot::channel();
    let reply = SourceReply(Box::new(move |outcome| {
        if sender.send(outcome).is_err() {
            tracing::info!("the page that asked has gone");
        }
    }));
    inbox.0.send(Wake::Source { query, reply }).await.map_err(|_| closing())?;
    answer.await.map_err(|_| closing())?
}

/// The charts over hours: too large to be sent with every change.
#[tauri::command]
pub(crate) async fn charts_page(query: ChartsQuery, inbox: State<'_, Inbox>) -> Result<ChartsPageView, Problem> {
    let (sender, answer) = oneshot::channel();
    let reply = ChartsReply(Box::new(move |outcome| {
        if sender.send(outcome).is_err() {
            tracing::info!("the page that asked has gone");
        }
    }));
    inbox.0.send(Wake::Charts { query, reply }).await.map_err(|_| closing())?;
    answer.await.map_err(|_| closing())?
}

/// The charts of the past, over the stretch that is looked at.
#[tauri::command]
pub(crate) async fn past_charts(inbox: State<'_, Inbox>) -> Result<PastChartsView, Problem> {
    let (sender, answer) = oneshot::channel();
    let reply = PastChartsReply(Box::new(move |outcome| {
        if sender.send(outcome).is_err() {
            tracing::info!("the page that asked has gone");
        }
    }));
    inbox.0.send(Wake::PastCharts { reply }).await.map_err(|_| closing())?;
    answer.await.map_err(|_| closing())?
}

fn closing() -> Problem {
    Problem { code: ProblemCode::Refused, message: "The program is closing: start it again.".to_owned(), detail: None }
}
