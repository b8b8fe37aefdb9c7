//! The diagnostics of the program itself: `war-room.log`, a new file each day, five kept.
//!
//! Owns: where diagnostics go. They are for whoever mends the program; what a person must know stands in the window or
//! on standard error. Must not know: what is logged.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// How many days are kept.
const DAYS_KEPT: usize = 5;

/// Starts writing diagnostics into `folder`. `WAR_ROOM_LOG` chooses what is written, in the syntax of
/// `tracing_subscriber`'s filter; `info` without it. What is returned must live as long as the program does, so that
/// the last lines reach the disk.
///
/// # Errors
/// A sentence for standard error; the program goes on without diagnostics.
pub(crate) fn start(folder: &Path) -> Result<WorkerGuard, String> {
    let failed = |why: String| format!("Diagnostics cannot be written in {}: {why}.", folder.display());
    std::fs::create_dir_all(folder).map_err(|error| failed(error.to_string()))?;
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("war-room")
        .filename_suffix("log")
        .latest_symlink("war-room.log")
        .max_log_files(DAYS_KEPT)
        .build(folder)
        .map_err(|error| failed(error.to_string()))?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
    let filter = EnvFilter::try_from_env("WAR_ROOM_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer)
        .with_ansi(false)
        .try_init()
        .map_err(|error| format!("Diagnostics are already on: {error}."))?;
    Ok(guard)
}
