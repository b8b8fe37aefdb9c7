//! Reading a room's file without changing it.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use room::{Event, Recorded, VERSION};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::chain::{Hash, Row};
use crate::failure::Failure;
use crate::schema;

/// What was read: the events up to the first bad one.
#[derive(Debug, Clone)]
pub struct Log {
    /// The events, in order, whole up to here.
    pub events: Vec<Recorded>,
    /// The hash of the last of them.
    pub head: Hash,
    /// What is wrong with the file after them, where something is.
    pub damage: Option<Failure>,
}

/// Reads the whole log.
///
/// # Errors
/// The file cannot be opened, or is no room. A damaged log is read up to its last whole event.
pub fn read(path: &Path) -> Result<Log, Failure> {
    let opened = open_for_reading(path)?;
    log(&opened.connection, path)
}

/// The rows as they are stored, in order, for an export from which the chain can be checked. They are not checked here.
///
/// # Errors
/// As [`read`].
pub fn rows(path: &Path) -> Result<Vec<Row>, Failure> {
    let opened = open_for_reading(path)?;
    let mut rows = Vec::new();
    let end = walk(&opened.connection, 0, path, |row| {
        rows.push(row);
        ControlFlow::Continue(())
    })?;
    match end {
        Walked::Unreadable(words) => Err(Failure::Other { path: path.to_owned(), words }),
        Walked::ToTheEnd | Walked::Stopped => Ok(rows),
    }
}

/// Follows a room that another process writes.
#[derive(Debug)]
pub struct Follower {
    path: PathBuf,
    opened: Opened,
    chain: Chain,
}

impl Follower {
    /// Opens a room for reading, with all that it holds.
    ///
    /// # Errors
    /// As [`read`].
    pub fn open(path: &Path) -> Result<(Self, Log), Failure> {
        let opened = open_for_reading(path)?;
        let log = log(&opened.connection, path)?;
        let last = log.events.last().map_or(0, |event| event.seq);
        Ok((Self { path: path.to_owned(), opened, chain: Chain { last, head: log.head } }, log))
    }

    /// The events that came since the last call.
    ///
    /// # Errors
    /// The file cannot be read, or what came does not continue the chain.
    pub fn poll(&mut self) -> Result<Vec<Recorded>, Failure> {
        let found = schema::version(&self.opened.connection).map_err(|error| Failure::of(&error, &self.path))?;
        let is_newer = found > schema::VERSION;
        let (mut events, mut failure) = (Vec::new(), None);
        let (path, chain) = (&self.path, &mut self.chain);
        let end = walk(&self.opened.connection, chain.last, path, |row| {
            match chain.take(&row, is_newer) {
                Ok(Taken::Event(event)) => {
                    events.push(recorded(row, event));
                    return ControlFlow::Continue(());
                }
                Ok(Taken::Newer) => {
                    failure = Some(Failure::Newer { path: path.clone(), found: found.max(i64::from(row.version)) });
                }
                Err(why) => failure = Some(damaged(path, chain.last, why)),
            }
            ControlFlow::Break(())
        })?;
        if let Walked::Unreadable(why) = end {
            failure = Some(damaged(path, chain.last, why));
        }
        match failure {
            // What came before it is told now, and the failure with the next call.
            Some(failure) if events.is_empty() => Err(failure),
            _ => Ok(events),
        }
    }

    /// The hash of the last event that was read.
    #[must_use]
    pub fn head(&self) -> &Hash {
        &self.chain.head
    }
}

pub(crate) fn damaged(path: &Path, last: u64, why: String) -> Failure {
    Failure::Damaged { path: path.to_owned(), event: last + 1, why, last: last + 1, copy: None }
}

/// A connection that only reads, and the copy that it reads where the place itself cannot be used.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) connection: Connection,
    _copy: Option<Copy>,
}

/// A copy of a room's files in a folder of their own, removed when dropped.
#[derive(Debug)]
struct Copy {
    folder: PathBuf,
}

impl Drop for Copy {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's temporary folder, which is emptied by the system.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Opens for reading. On a medium that cannot be written SQLite cannot read a log beside the file; then a copy is read.
pub(crate) fn open_for_reading(path: &Path) -> Result<Opened, Failure> {
    if let Err(error) = std::fs::metadata(path) {
        return Err(Failure::of_io(&error, path));
    }
    match connect(path) {
        Ok(connection) => Ok(Opened { connection, _copy: None }),
        Err(failure @ (Failure::NotARoom(_) | Failure::Gone(_))) => Err(failure),
        Err(_) => {
            let copy = copy(path)?;
            let connection = connect(&copy.folder.join("room.warroom"))?;
            Ok(Opened { connection, _copy: Some(copy) })
        }
    }
}

pub(crate) fn connect(path: &Path) -> Result<Connection, Failure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| Failure::of(&error, path))?;
    let version = connection.pragma_query_value(None, "application_id", |row| row.get::<_, i64>(0));
    if version.map_err(|error| Failure::of(&error, path))? != schema::APPLICATION {
        return Err(Failure::NotARoom(path.to_owned()));
    }
    Ok(connection)
}

fn copy(path: &Path) -> Result<Copy, Failure> {
    let name = format!("war-room-read-{}-{}", std::process::id(), crate::chain::hex(&crate::device::random()?[..4]));
    let copy = Copy { folder: std::env::temp_dir().join(name) };
    let failure = |error: std::io::Error| Failure::of_io(&error, path);
    std::fs::create_dir(&copy.folder).map_err(failure)?;
    std::fs::copy(path, copy.folder.join("room.warroom")).map_err(failure)?;
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if Path::new(&log).exists() {
        std::fs::copy(&log, copy.folder.join("room.warroom-wal")).map_err(failure)?;
    }
    Ok(copy)
}

/// Reads and checks all events.
pub(crate) fn log(connection: &Connection, path: &Path) -> Result<Log, Failure> {
    let damage = match schema::check(connection, path) {
        Ok(()) => None,
        Err(newer @ Failure::Newer { .. }) => Some(newer),
        Err(failure) => return Err(failure),
    };
    let is_newer = damage.is_some();
    let mut log = Log { events: Vec::new(), head: [0; 32], damage };
    let mut chain = Chain::default();
    let (mut bad, mut not_understood) = (None, None);
    let end = walk(connection, 0, path, |row| match chain.take(&row, is_newer) {
        Ok(Taken::Event(event)) => {
            log.head = row.hash;
            log.events.push(recorded(row, event));
            ControlFlow::Continue(())
        }
        // What follows an event that is not understood would be told wrongly.
        Ok(Taken::Newer) => {
            not_understood = Some(i64::from(row.version));
            ControlFlow::Break(())
        }
        Err(why) => {
            bad = Some(why);
            ControlFlow::Break(())
        }
    })?;
    if let Walked::Unreadable(why) = end {
        bad = Some(why);
    }
    if let Some(why) = bad {
        let event = chain.last + 1;
        let last = last_known(connection).max(event);
        log.damage = Some(Failure::Damaged { path: path.to_owned(), event, why, last, copy: None });
    } else if let (Some(found), None) = (not_understood, &log.damage) {
        log.damage = Some(Failure::Newer { path: path.to_owned(), found });
    }
    Ok(log)
}

/// The last event that the file itself says there was: of its rows and its seals. Of what cannot be read nothing is said.
fn last_known(connection: &Connection) -> u64 {
    let most = |query: &str| connection.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap_or(0);
    most("SELECT max(seq) FROM events").max(most("SELECT max(count) FROM seals")).max(0).unsigned_abs()
}

/// Where the chain stands while it is walked.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    /// The number of the last whole event.
    pub(crate) last: u64,
    /// Its hash.
    pub(crate) head: Hash,
}

/// What a row that continues the chain holds.
pub(crate) enum Taken {
    /// An event.
    Event(Event),
    /// An event that only a newer program understands.
    Newer,
}

impl Chain {
    /// Checks that a row continues the chain, and reads its event.
    pub(crate) fn take(&mut self, row: &Row, is_newer: bool) -> Result<Taken, String> {
        let next = self.last + 1;
        if row.seq != next {
            return Err(format!("event {} stands where event {next} should", row.seq));
        }
        if row.prev != self.head {
            return Err("it does not continue the event before it".to_owned());
        }
        if row.expected_hash() != row.hash {
            return Err("its content is not what was hashed".to_owned());
        }
        for micros in [row.occurred_at, row.recorded_at] {
            Timestamp::from_microsecond(micros).map_err(|error| error.to_string())?;
        }
        let taken = match row.version {
            0 => return Err("its version is 0, and versions count from 1".to_owned()),
            1..=VERSION => match serde_json::from_str::<Event>(&row.body) {
                Ok(event) if event.kind() == row.kind => Taken::Event(event),
                Ok(event) => return Err(format!("it is called {} but holds {}", row.kind, event.kind())),
                Err(_) if is_newer && kind_of(&row.body).as_deref() == Some(&row.kind) => Taken::Newer,
                Err(error) => return Err(format!("its body cannot be read: {error}")),
            },
            // What it means is the newer program's; that it is in the chain can be told without it.
            _ => Taken::Newer,
        };
        self.last = next;
        self.head = row.hash;
        Ok(taken)
    }
}

/// What a body calls itself.
fn kind_of(body: &str) -> Option<String> {
    let body: serde_json::Value = serde_json::from_str(body).ok()?;
    Some(body.get("kind")?.as_str()?.to_owned())
}

/// An event with what its row says of it. The chain has looked at its times.
pub(crate) fn recorded(row: Row, event: Event) -> Recorded {
    let time = |micros| Timestamp::from_microsecond(micros).unwrap_or_default();
    Recorded {
        seq: row.seq,
        occurred_at: time(row.occurred_at),
        recorded_at: time(row.recorded_at),
        actor: row.actor,
        event,
    }
}

/// How a walk over the rows ended.
pub(crate) enum Walked {
    /// After the last row.
    ToTheEnd,
    /// Where it was told to.
    Stopped,
    /// Before a row that the file does not give, and why.
    Unreadable(String),
}

/// Walks over the rows after number `after`, in the order of their numbers.
pub(crate) fn walk(
    connection: &Connection,
    after: u64,
    path: &Path,
    mut each: impl FnMut(Row) -> ControlFlow<()>,
) -> Result<Walked, Failure> {
    let failure = |error: &rusqlite::Error| Failure::of(error, path);
    let mut statement = connection
        .prepare_cached(
            "SELECT seq, occurred_at, recorded_at, device, actor, kind, version, body, prev, hash \
             FROM events WHERE seq > ?1 ORDER BY seq",
        )
        .map_err(|error| failure(&error))?;
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    let mut rows = statement.query([after]).map_err(|error| failure(&error))?;
    loop {
        match rows.next() {
            Ok(None) => return Ok(Walked::ToTheEnd),
            Ok(Some(row)) => match row_of(row) {
                Ok(row) => {
                    if each(row).is_break() {
                        return Ok(Walked::Stopped);
                    }
                }
                Err(why) => return Ok(Walked::Unreadable(why)),
            },
            Err(error) if is_damage(&error) => return Ok(Walked::Unreadable(format!("the file is damaged: {error}"))),
            Err(error) => return Err(failure(&error)),
        }
    }
}

/// Whether it is the file that cannot be read, and not the moment.
pub(crate) fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::SystemIoFailure)
    )
}

fn row_of(row: &rusqlite::Row<'_>) -> Result<Row, String> {
    let read = || -> rusqlite::Result<Row> {
        Ok(Row {
            seq: row.get::<_, i64>(0)?.unsigned_abs(),
            occurred_at: row.get(1)?,
            recorded_at: row.get(2)?,
            device: row.get(3)?,
            actor: row.get(4)?,
            kind: row.get(5)?,
            version: row.get(6)?,
            body: row.get(7)?,
            prev: row.get(8)?,
            hash: row.get(9)?,
        })
    };
    read().map_err(|error| format!("it cannot be read: {error}"))
}
