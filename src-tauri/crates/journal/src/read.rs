//! Reading a room's file without changing it.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use room::Recorded;
use rusqlite::{Connection, OpenFlags};

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
    rows_after(&opened.connection, 0, path)
}

/// Follows a room that another process writes.
#[derive(Debug)]
pub struct Follower {
    path: PathBuf,
    opened: Opened,
    last: u64,
    head: Hash,
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
        Ok((Self { path: path.to_owned(), opened, last, head: log.head }, log))
    }

    /// The events that came since the last call.
    ///
    /// # Errors
    /// The file cannot be read, or what came does not continue the chain.
    pub fn poll(&mut self) -> Result<Vec<Recorded>, Failure> {
        let mut events = Vec::new();
        for row in rows_after(&self.opened.connection, self.last, &self.path)? {
            let event = next(&row, self.last, &self.head).map_err(|why| Failure::Damaged {
                path: self.path.clone(),
                event: self.last + 1,
                why,
            })?;
            self.last = row.seq;
            self.head = row.hash;
            events.push(event);
        }
        Ok(events)
    }

    /// The hash of the last event that was read.
    #[must_use]
    pub fn head(&self) -> &Hash {
        &self.head
    }
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

fn connect(path: &Path) -> Result<Connection, Failure> {
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
    let mut log = Log { events: Vec::new(), head: [0; 32], damage };
    let mut last = 0;
    for row in rows_after(connection, 0, path)? {
        match next(&row, last, &log.head) {
            Ok(event) => {
                last = row.seq;
                log.head = row.hash;
                log.events.push(event);
            }
            Err(why) => {
                log.damage = Some(Failure::Damaged { path: path.to_owned(), event: last + 1, why });
                break;
            }
        }
    }
    Ok(log)
}

/// Checks that a row continues the chain, and reads its event.
fn next(row: &Row, last: u64, head: &Hash) -> Result<Recorded, String> {
    if row.seq != last + 1 {
        return Err(format!("event {} stands where event {} should", row.seq, last + 1));
    }
    if &row.prev != head {
        return Err("it does not continue the event before it".to_owned());
    }
    if row.expected_hash() != row.hash {
        return Err("its content is not what was hashed".to_owned());
    }
    let time = |micros| Timestamp::from_microsecond(micros).map_err(|error| error.to_string());
    let event: room::Event =
        serde_json::from_str(&row.body).map_err(|error| format!("its body cannot be read: {error}"))?;
    if event.kind() != row.kind {
        return Err(format!("it is called {} but holds {}", row.kind, event.kind()));
    }
    Ok(Recorded {
        seq: row.seq,
        occurred_at: time(row.occurred_at)?,
        recorded_at: time(row.recorded_at)?,
        actor: row.actor.clone(),
        event,
    })
}

/// The rows after number `after`, in order.
pub(crate) fn rows_after(connection: &Connection, after: u64, path: &Path) -> Result<Vec<Row>, Failure> {
    let failure = |error: rusqlite::Error| Failure::of(&error, path);
    let mut statement = connection
        .prepare_cached(
            "SELECT seq, occurred_at, recorded_at, device, actor, kind, version, body, prev, hash \
             FROM events WHERE seq > ?1 ORDER BY seq",
        )
        .map_err(failure)?;
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    let rows = statement.query_map([after], |row| {
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
    });
    rows.map_err(failure)?.collect::<rusqlite::Result<Vec<Row>>>().map_err(failure)
}
