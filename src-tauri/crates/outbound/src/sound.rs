//! The bundled sound, through whatever player the desktop has.
//!
//! Owns: where its file lies, which player is tried, how long one may take. Must not know: why it sounds.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::tone;

/// The players, the likeliest to be heard first, each with what stands before the file.
const PLAYERS: [(&str, &[&str]); 4] =
    [("pw-play", &[]), ("paplay", &[]), ("aplay", &["-q"]), ("canberra-gtk-play", &["-f"])];
/// How long a player may take; the sound itself lasts less than a second.
const PLAYER_LIMIT: Duration = Duration::from_secs(4);
/// How often it is looked whether a player has ended.
const LOOK: Duration = Duration::from_millis(20);
/// The file's name.
const FILE: &str = "alarm.wav";

/// Plays it, and says through what. Takes as long as the sound does.
///
/// # Errors
/// In words, why none could be heard.
pub(crate) fn play_bundled() -> Result<String, String> {
    let folder = folder().ok_or("no sound could be made: neither XDG_RUNTIME_DIR, XDG_CACHE_HOME nor HOME is set")?;
    play(&folder, &env::var_os("PATH").unwrap_or_default(), PLAYER_LIMIT)
}

fn folder() -> Option<PathBuf> {
    let named = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let parent = named("XDG_RUNTIME_DIR").or_else(|| named("XDG_CACHE_HOME"));
    Some(parent.or_else(|| Some(named("HOME")?.join(".cache")))?.join("war-room"))
}

fn play(folder: &Path, programs: &OsStr, limit: Duration) -> Result<String, String> {
    let mut failed: Vec<String> = Vec::new();
    let mut file: Option<PathBuf> = None;
    for (player, arguments) in PLAYERS {
        let Some(program) = env::split_paths(programs).map(|folder| folder.join(player)).find(|path| path.is_file())
        else {
            continue;
        };
        let file = match &file {
            Some(file) => file,
            None => file.insert(written(folder).map_err(|error| {
                format!("no sound could be made: {} cannot be written ({error})", folder.join(FILE).display())
            })?),
        };
        match run(Command::new(program).args(arguments).arg(file), limit) {
            Ok(Some(status)) if status.success() => return Ok(format!("a bundled sound through {player}")),
            Ok(Some(status)) => failed.push(format!("{player} ended with {status}")),
            Ok(None) => failed.push(format!("{player} did not end within {} s", limit.as_secs_f64())),
            Err(error) => failed.push(format!("{player} did not start ({error})")),
        }
    }
    if failed.is_empty() {
        let names: Vec<&str> = PLAYERS.iter().map(|(name, _)| *name).collect();
        return Err(format!("no sound could be made: none of {} is on the PATH", names.join(", ")));
    }
    Err(format!("no sound could be made: {}", failed.join("; ")))
}

/// Runs a player to its end, or for as long as it may take: then it is killed, and there is no status.
fn run(command: &mut Command, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let mut player = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // Nobody ever sends: it is the wait between two looks.
    let (_never, wait) = channel::<()>();
    let mut waited = Duration::ZERO;
    loop {
        if let Some(status) = player.try_wait()? {
            return Ok(Some(status));
        }
        if waited >= limit || wait.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout) {
            player.kill()?;
            player.wait()?;
            return Ok(None);
        }
        waited += LOOK;
    }
}

/// The sound's file, which only this person may read or change; it is made anew where it is not what it should be.
fn written(folder: &Path) -> io::Result<PathBuf> {
    let (path, sound) = (folder.join(FILE), tone::wav());
    if fs::read(&path).is_ok_and(|there| there == sound) {
        return Ok(path);
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        builder.mode(0o700);
        options.mode(0o600);
    }
    builder.create(folder)?;
    // Two programs may write it at once: each its own, and the last one is as good as the first.
    let own = folder.join(format!("{FILE}.{}", std::process::id()));
    match fs::remove_file(&own) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    io::Write::write_all(&mut options.open(&own)?, &sound)?;
    fs::rename(&own, &path)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// Players that are shell scripts.
    struct Players(tempfile::TempDir);

    impl Players {
        fn new(scripts: &[(&str, &str)]) -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            for (name, script) in scripts {
                let path = folder.path().join(name);
                fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a script");
                fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a script that runs");
            }
            Self(folder)
        }

        fn play(&self, limit: Duration) -> Result<String, String> {
            play(&self.0.path().join("war-room"), self.0.path().as_os_str(), limit)
        }

        fn heard(&self) -> Vec<u8> {
            fs::read(self.0.path().join("heard")).unwrap_or_default()
        }
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn the_first_player_that_works_plays_the_file() {
        let copy = "cp \"$2\" \"$(dirname \"$0\")/heard\"";
        let players = Players::new(&[("pw-play", "exit 1"), ("aplay", copy), ("canberra-gtk-play", "exit 1")]);
        assert_eq!(players.play(LONG), Ok("a bundled sound through aplay".into()));
        assert_eq!(players.heard(), tone::wav());
        // A second time it is played from the same file, and one that was changed is made anew.
        let file = players.0.path().join("war-room").join(FILE);
        assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600);
        fs::write(&file, "noise").expect("a file");
        assert!(players.play(LONG).is_ok());
        assert_eq!(players.heard(), tone::wav());
    }

    #[test]
    fn where_nothing_plays_it_is_said_why() {
        let players = Players::new(&[("pw-play", "exit 3"), ("paplay", "sleep 600")]);
        let words = players.play(Duration::from_millis(100)).expect_err("nothing plays");
        assert_eq!(words, "no sound could be made: pw-play ended with exit status: 3; paplay did not end within 0.1 s");
        let words = Players::new(&[]).play(LONG).expect_err("nothing plays");
        assert_eq!(words, "no sound could be made: none of pw-play, paplay, aplay, canberra-gtk-play is on the PATH");
    }
}
