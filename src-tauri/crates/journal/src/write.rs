//! Writing a room's file: one writer, each event synced before it counts.

use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use room::{Event, Recorded, VERSION};
use rusqlite::{Connection, params};

use crate::backup;
use crate::chain::{Hash, Row};
use crate::device::Device;
use crate::failure::Failure;
use crate::heads::Head;
use crate::lock::Lock;
use crate::read::{self, Log};
use crate::samples::Kept;
use crate::schema;
use crate::snapshot::{self, Snapshot};

/// A room's file, open for writing.
#[derive(Debug)]
pub struct Journal {
    pub(crate) path: PathBuf,
    pub(crate) connection: Connection,
    /// For samples, whose batches wait for no disk.
    pub(crate) unsynced: Connection,
    pub(crate) kept: Kept,
    device: Device,
    _lock: Lock,
    /// The file's number on its disk: another file at the same path is not ours.
    inode: u64,
    count: u64,
    head: Hash,
    room: String,
    /// Whether one of the events is known to be this device's.
    has_written: bool,
    pub(crate) is_rested: bool,
}

impl Journal {
    /// Makes a room's file (0600), whose first event is the opening. Nothing is left behind where that fails.
    ///
    /// # Errors
    /// There is such a file already, or it cannot be written.
    pub fn create(
        path: &Path,
        device: Device,
        opened: room::Opened,
        actor: &str,
        now: Timestamp,
    ) -> Result<(Self, Recorded), Failure> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| Failure::of_io(&error, path))?;
        }
        let lock = Lock::take(path)?;
        let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        made.map_err(|error| Failure::of_io(&error, path))?;
        let journal = schema::open(path).and_then(|connection| {
            schema::create(&connection).map_err(|error| Failure::of(&error, path))?;
            Ok(Self {
                path: path.to_owned(),
                connection,
                unsynced: schema::open_unsynced(path)?,
                kept: Kept::default(),
                device,
                _lock: lock,
                inode: inode(path)?,
                count: 0,
                head: [0; 32],
                room: opened.room.clone(),
                has_written: false,
                is_rested: false,
            })
        });
        let made = journal.and_then(|mut journal| {
            let first = journal.append(Event::Opened(Box::new(opened)), now, now, actor)?;
            Ok((journal, first))
        });
        if made.is_err() {
            for end in ["", "-wal", "-shm"] {
                let mut name = path.as_os_str().to_owned();
                name.push(end);
                // Half a room is worse than none; what cannot be removed is no room either, for it has no event.
                let _ = std::fs::remove_file(&name);
            }
            let _ = std::fs::remove_file(crate::lock::path_of(path));
        }
        made
    }

    /// Opens a room's file for writing, and reads all that it holds.
    ///
    /// # Errors
    /// Another process writes it, it may not be written, or it is not whole: then it can still be read, nothing is written to
    /// it, and a copy of it as it was found is kept beside it.
    pub fn open(path: &Path, device: Device) -> Result<(Self, Log), Failure> {
        if let Err(error) = std::fs::metadata(path) {
            return Err(Failure::of_io(&error, path));
        }
        // A look before anything is written: what is no room is not touched.
        drop(read::open_for_reading(path)?);
        let lock = Lock::take(path)?;
        // Read before it is opened for writing: SQLite brings its own log over when that is closed again.
        let log = read::log(&read::open_for_reading(path)?.connection, path)?;
        if let Some(damage) = log.damage {
            return Err(with_copy(damage));
        }
        let room = match log.events.first().map(|first| &first.event) {
            Some(Event::Opened(opened)) => opened.room.clone(),
            _ => return Err(Failure::NotARoom(path.to_owned())),
        };
        let journal = Self::after(path, device, lock, room, (log.events.len() as u64, log.head))?;
        Ok((journal, log))
    }

    /// Opens a room's file for writing, and reads what came after a snapshot of it; `None` where the file does not continue
    /// that whole, or is no whole file of this version: it is not touched then, and has to be opened with [`Journal::open`].
    ///
    /// # Errors
    /// Another process writes it, or it may not be written.
    pub fn open_after(path: &Path, device: Device, snapshot: &Snapshot) -> Result<Option<(Self, Log)>, Failure> {
        drop(read::open_for_reading(path)?);
        let lock = Lock::take(path)?;
        let Some((_, log)) = snapshot::tail(&read::open_for_reading(path)?.connection, path, snapshot)? else {
            return Ok(None);
        };
        let count = snapshot.count + log.events.len() as u64;
        let journal = Self::after(path, device, lock, snapshot.room.clone(), (count, log.head))?;
        Ok(Some((journal, log)))
    }

    fn after(
        path: &Path,
        device: Device,
        lock: Lock,
        room: String,
        (count, head): (u64, Hash),
    ) -> Result<Self, Failure> {
        let connection = schema::open(path)?;
        schema::migrate(&connection, path)?;
        Ok(Self {
            path: path.to_owned(),
            kept: Kept::of(&connection).map_err(|error| Failure::of(&error, path))?,
            unsynced: schema::open_unsynced(path)?,
            connection,
            device,
            _lock: lock,
            inode: inode(path)?,
            count,
            head,
            room,
            has_written: false,
            is_rested: false,
        })
    }

    /// The room's name.
    #[must_use]
    pub fn room(&self) -> &str {
        &self.room
    }

    /// Appends an event; when this returns, it is on the disk.
    ///
    /// # Errors
    /// It is not on the disk, and the log is as it was.
    pub fn append(
        &mut self,
        event: Event,
        occurred_at: Timestamp,
        recorded_at: Timestamp,
        actor: &str,
    ) -> Result<Recorded, Failure> {
        self.append_with(event, occurred_at, recorded_at, actor, |_| Ok(()))
    }

    /// Appends several events of one actor, each with the time at which it happened; when this returns, all are on the
    /// disk. They wait for the disk once: a thousand alerts of one second must not keep an act waiting a thousand times.
    ///
    /// # Errors
    /// None is on the disk, and the log is as it was.
    pub fn append_all(
        &mut self,
        events: Vec<(Event, Timestamp)>,
        recorded_at: Timestamp,
        actor: &str,
    ) -> Result<Vec<Recorded>, Failure> {
        self.is_there()?;
        let (mut rows, mut recorded) = (Vec::with_capacity(events.len()), Vec::with_capacity(events.len()));
        let (mut seq, mut head) = (self.count, self.head);
        for (event, occurred_at) in events {
            seq += 1;
            let row = self.row(seq, head, &event, (occurred_at, recorded_at), actor)?;
            head = row.hash;
            recorded.push(as_read(&row, event, occurred_at, recorded_at));
            rows.push(row);
        }
        self.insert(&rows, |_| Ok(())).map_err(|error| Failure::of(&error, &self.path))?;
        self.has_written |= seq > self.count;
        (self.count, self.head, self.is_rested) = (seq, head, false);
        Ok(recorded)
    }

    /// Appends an event together with what belongs to it in other tables: both are on the disk, or neither.
    pub(crate) fn append_with(
        &mut self,
        event: Event,
        occurred_at: Timestamp,
        recorded_at: Timestamp,
        actor: &str,
        more: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<Recorded, Failure> {
        self.is_there()?;
        let row = self.row(self.count + 1, self.head, &event, (occurred_at, recorded_at), actor)?;
        self.insert(std::slice::from_ref(&row), more).map_err(|error| Failure::of(&error, &self.path))?;
        self.count = row.seq;
        self.head = row.hash;
        self.has_written = true;
        self.is_rested = false;
        Ok(as_read(&row, event, occurred_at, recorded_at))
    }

    /// An event as it stands in the table, after the event with this hash.
    fn row(
        &self,
        seq: u64,
        prev: Hash,
        event: &Event,
        (occurred_at, recorded_at): (Timestamp, Timestamp),
        actor: &str,
    ) -> Result<Row, Failure> {
        let body = serde_json::to_string(event)
            .map_err(|error| Failure::Other { path: self.path.clone(), words: error.to_string() })?;
        let mut row = Row {
            seq,
            occurred_at: occurred_at.as_microsecond(),
            recorded_at: recorded_at.as_microsecond(),
            device: self.device.id(),
            actor: actor.to_owned(),
            kind: event.kind().to_owned(),
            version: VERSION,
            body,
            prev,
            hash: [0; 32],
        };
        row.hash = row.expected_hash();
        Ok(row)
    }

    fn insert(&mut self, rows: &[Row], more: impl FnOnce(&Connection) -> rusqlite::Result<()>) -> rusqlite::Result<()> {
        let change = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        more(&change)?;
        for row in rows {
            change
                .prepare_cached(
                    "INSERT INTO events (seq, occurred_at, recorded_at, device, actor, kind, version, body, prev, hash) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                )?
                .execute(params![
                    i64::try_from(row.seq).unwrap_or(i64::MAX),
                    row.occurred_at,
                    row.recorded_at,
                    row.device,
                    row.actor,
                    row.kind,
                    row.version,
                    row.body,
                    row.prev,
                    row.hash
                ])?;
        }
        change.commit()
    }

    /// Signs count and head, in the room; the caller keeps the head outside of the room as well. A device that wrote none
    /// of the events leaves no seal in the room: there it would be another's key, as that of whoever told the log anew.
    ///
    /// # Errors
    /// The seal is not on the disk.
    pub fn seal(&mut self, now: Timestamp) -> Result<Head, Failure> {
        self.is_there()?;
        let signature = self.device.sign(&Head::bytes(&self.room, self.count, &self.head)).to_vec();
        let head = Head {
            room: self.room.clone(),
            count: self.count,
            hash: self.head,
            at: now,
            public_key: self.device.public_key(),
            signature,
        };
        if !self.has_written {
            self.has_written = self.is_writer().map_err(|error| Failure::of(&error, &self.path))?;
        }
        if !self.has_written {
            return Ok(head);
        }
        self.connection
            .execute(
                "INSERT INTO seals (count, hash, at, public_key, signature) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT (count) DO NOTHING",
                params![
                    i64::try_from(head.count).unwrap_or(i64::MAX),
                    head.hash,
                    now.as_microsecond(),
                    head.public_key,
                    head.signature
                ],
            )
            .map_err(|error| Failure::of(&error, &self.path))?;
        self.is_rested = false;
        Ok(head)
    }

    /// Whether one of the events is this device's.
    fn is_writer(&self) -> rusqlite::Result<bool> {
        let query = "SELECT EXISTS (SELECT 1 FROM events WHERE device = ?1)";
        self.connection.query_row(query, [self.device.id()], |row| row.get(0))
    }

    /// Keeps words beside the log, outside of the chain: what is being typed, and what the watch remembers between two
    /// readings, each under its name. Empty words are forgotten.
    ///
    /// # Errors
    /// They are not on the disk.
    pub fn keep_scratch(&mut self, name: &str, text: &str) -> Result<(), Failure> {
        self.is_there()?;
        let done = if text.is_empty() {
            self.connection.execute("DELETE FROM scratch WHERE name = ?1", [name])
        } else {
            self.connection.execute(
                "INSERT INTO scratch (name, text) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET text = excluded.text",
                [name, text],
            )
        };
        self.is_rested = false;
        done.map(|_| ()).map_err(|error| Failure::of(&error, &self.path))
    }

    /// The words that were kept beside the log, by their name.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn scratch(&self) -> Result<Vec<(String, String)>, Failure> {
        let failure = |error: rusqlite::Error| Failure::of(&error, &self.path);
        let mut statement = self.connection.prepare("SELECT name, text FROM scratch ORDER BY name").map_err(failure)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(failure)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failure)
    }

    /// Brings what stands in SQLite's own log into the one file, so that a copy of it is whole. Cheap where nothing
    /// came since the last time; call it when nobody waits.
    pub fn rest(&mut self) {
        if !self.is_rested {
            // What cannot be brought over now stays safe where it is, and is brought over next time.
            let done = self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get::<_, i64>(0));
            self.is_rested = done.is_ok_and(|busy| busy == 0);
        }
    }

    /// Writes the file anew where it was, from what is open, after it was moved away or removed.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn restore(&mut self) -> Result<(), Failure> {
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| Failure::of_io(&error, &self.path))?;
        }
        let new = self.path.with_extension("warroom-new");
        let io = |error: std::io::Error| Failure::of_io(&error, &self.path);
        backup::vacuum_into(&self.connection, &self.path, &new)?;
        for end in ["-wal", "-shm"] {
            let mut name = self.path.as_os_str().to_owned();
            name.push(end);
            // A log of the file that is gone must not be taken for the new one's.
            let _ = std::fs::remove_file(&name);
        }
        std::fs::rename(&new, &self.path).map_err(io)?;
        backup::sync_folder(&self.path)?;
        // The lock's file may be gone with the room's: whoever opens next must find ours.
        match Lock::take(&self.path) {
            Ok(lock) => self._lock = lock,
            // Our own, still there.
            Err(Failure::Held { .. }) => {}
            Err(other) => return Err(other),
        }
        self.connection = schema::open(&self.path)?;
        self.unsynced = schema::open_unsynced(&self.path)?;
        self.inode = inode(&self.path)?;
        Ok(())
    }

    /// Whether the file at the path is still the one that is open.
    pub(crate) fn is_there(&self) -> Result<(), Failure> {
        match inode(&self.path) {
            Ok(inode) if inode == self.inode => Ok(()),
            Ok(_) | Err(Failure::Gone(_)) => Err(Failure::Gone(self.path.clone())),
            Err(other) => Err(other),
        }
    }

    /// Lets the file grow to so many pages and no further (0: not at all), as a full disk would; for tests.
    pub fn limit_pages(&self, pages: u32) {
        let now = self.connection.pragma_query_value(None, "page_count", |row| row.get::<_, u32>(0)).unwrap_or(1);
        let limit = if pages == 0 { now } else { pages };
        for connection in [&self.connection, &self.unsynced] {
            // A limit that is not set makes the test that asked for it fail.
            let _ = connection.pragma_update(None, "max_page_count", limit);
        }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many events there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The hash of the last event.
    #[must_use]
    pub fn head(&self) -> &Hash {
        &self.head
    }
}

/// An event as a later reader will see it: the log keeps microseconds.
fn as_read(row: &Row, event: Event, occurred_at: Timestamp, recorded_at: Timestamp) -> Recorded {
    let micros = |time: Timestamp| Timestamp::from_microsecond(time.as_microsecond()).unwrap_or(time);
    Recorded {
        seq: row.seq,
        occurred_at: micros(occurred_at),
        recorded_at: micros(recorded_at),
        actor: row.actor.clone(),
        event,
    }
}

/// Keeps the file as it was found, where it is damaged.
fn with_copy(damage: Failure) -> Failure {
    match damage {
        Failure::Damaged { path, event, why, last, .. } => {
            let copy = backup::keep_as_found(&path).map_err(|failure| match failure {
                Failure::Full => "the disk is full".to_owned(),
                Failure::ReadOnly(_) => "its folder may not be written".to_owned(),
                other => other.to_string(),
            });
            Failure::Damaged { path, event, why, last, copy: Some(copy) }
        }
        other => other,
    }
}

fn inode(path: &Path) -> Result<u64, Failure> {
    std::fs::metadata(path).map(|found| found.ino()).map_err(|error| Failure::of_io(&error, path))
}
