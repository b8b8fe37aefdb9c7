#!/usr/bin/env python3
"""Verifies a War Room's log, without War Room.

For a person who was handed a room's file and trusts neither its owner nor the program that wrote it. It follows
docs/log-format.md alone, needs Python 3.9 and nothing besides it, sends nothing, and changes nothing in the file.

    python3 verify.py pay-20260121-1.warroom
    python3 verify.py pay-20260121-1.warroom --head 3f9a-c27e      a head that you hold: from a message, from a printout
    python3 verify.py pay-20260121-1.warroom --heads heads.log     a list of heads that you keep
    python3 verify.py pay-20260121-1.warroom --json
    python3 verify.py pay-4.2.0-20260121.tar                       an archive of a room, or the folder it was unpacked into

Two answers. Integrity: is every event what was hashed, and does it continue the one before? Completeness: up to which
event does somebody else vouch for the log? A file alone never answers the second: whoever owns it can tell it anew from
the first event on, or cut it off at its end, and hash it freshly. So ask for a head from somebody who held it at the time.
Of an archive a third one: are its files what the manifest says, and whose key signed that?

Exit: 0 whole, and complete up to a known head; 1 broken; 2 not readable, or no room; 3 whole as far as it goes,
completeness unknown; 64 wrong use.
"""

import argparse
import functools
import hashlib
import json
import math
import os
import re
import shutil
import sqlite3
import struct
import sys
import tarfile
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

APPLICATION = 0x57524F4D  # "WROM", in SQLite's application_id.
SCHEMA = 2  # The newest schema that this verifier knows, in SQLite's user_version.
EVENT_VERSION = 1  # The newest version of an event's body that it knows.
TIME_LEAST, TIME_MOST = -377705023201000000, 253402207200999999  # Microseconds since 1970 that a time may be.
GOOD, BROKEN, UNREADABLE, UNKNOWN, USAGE = 0, 1, 2, 3, 64


# --- Ed25519 (RFC 8032), verifying only -------------------------------------------------------------------------------
# Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z, on -x^2 + y^2 = 1 + d x^2 y^2 over the integers modulo P.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def point_of(data):
    """The point that 32 bytes stand for; None where they stand for none."""
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P != 0 or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def bytes_of(point):
    x, y, z, _ = point
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


NEUTRAL = (0, 1, 1, 0)
BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def added(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, point):
    product = NEUTRAL
    while number > 0:
        if number & 1:
            product = added(product, point)
        point = added(point, point)
        number >>= 1
    return product


def is_of_small_order(point):
    return bytes_of(times(8, point)) == bytes_of(NEUTRAL)


@functools.lru_cache(maxsize=4096)
def is_signed(key, message, signature):
    """Whether the signature over the message is the key's."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, r = point_of(key), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if public is None or r is None or s >= ORDER:
        return False
    if is_of_small_order(public) or is_of_small_order(r):
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    k = int.from_bytes(digest, "little") % ORDER
    negative = (P - public[0], public[1], public[2], P - public[3])
    return bytes_of(added(times(s, BASE), times(k, negative))) == signature[:32]


# --- The bytes that are hashed and signed -----------------------------------------------------------------------------


def number(value):
    """Eight bytes, the most significant first; negative numbers in two's complement."""
    return (value % 2**64).to_bytes(8, "big")


def sized(data):
    """A text, with its length in bytes before it: no field can run into the next."""
    return number(len(data)) + data


def real(value):
    """A byte that says whether there is a number, and its IEEE 754 double."""
    if value is None or math.isnan(value):
        return b"\0"
    return b"\1" + struct.pack(">d", value)


def event_hash(row):
    parts = [
        b"war-room event 1\n",
        number(row["seq"]),
        number(row["occurred_at"]),
        number(row["recorded_at"]),
        row["version"].to_bytes(4, "big"),
        sized(row["device"]),
        sized(row["actor"]),
        sized(row["kind"]),
        sized(row["body"]),
        row["prev"],
    ]
    return hashlib.sha256(b"".join(parts)).digest()


def seal_bytes(room, count, head):
    return b"war-room seal 1\n" + sized(room) + number(count) + head


def samples_digest(chunk, signals):
    """`signals`: (name, rows) in the order of their ids; a row: (at, state, good_for, value)."""
    digest = hashlib.sha256(b"war-room samples 1\n" + number(chunk) + number(len(signals)))
    for name, rows in signals:
        digest.update(sized(name) + number(len(rows)))
        for at, state, good_for, value in rows:
            digest.update(number(at) + bytes([state]) + number(good_for) + real(value))
    return digest.digest()


def rollups_digest(chunk, signals):
    """As above; a row is a dictionary with the columns of the table `rollups`."""
    digest = hashlib.sha256(b"war-room rollups 1\n" + number(chunk) + number(len(signals)))
    for name, rows in signals:
        digest.update(sized(name) + number(len(rows)))
        for row in rows:
            for column in ("at", "first_at", "last_at", "good_until", "gap", "seen", "unseen"):
                digest.update(number(row[column]))
            for column in ("low", "high", "mean", "last"):
                digest.update(real(row[column]))
    return digest.digest()


def replaced_digest(digests):
    return hashlib.sha256(b"war-room replaced chunks 1\n" + number(len(digests)) + b"".join(digests)).digest()


# --- The file ---------------------------------------------------------------------------------------------------------


class Unreadable(Exception):
    """What stands in the file cannot be what a War Room wrote there."""


class NotARoom(Exception):
    """There is no file, or it is none of ours."""


class Text(bytes):
    """A TEXT of SQLite as its very bytes: a BLOB comes as plain bytes, and is told apart."""


class Opened:
    """The file, opened so that nothing in it and nothing beside it changes."""

    def __init__(self, path):
        self.folder = None
        if not path.is_file():
            raise NotARoom(f"There is no file {path}.")
        try:
            self.connection = self.opened(path)
            # One state of the file for all that follows, though somebody may be writing it.
            self.connection.execute("BEGIN")
            application = self.number("PRAGMA application_id")
            self.schema = self.number("PRAGMA user_version")
        except sqlite3.Error as error:
            self.close()
            raise NotARoom(f"{path} cannot be read as a room: {error}.") from error
        if application != APPLICATION:
            self.close()
            raise NotARoom(f"{path} is not a room.")

    def opened(self, path):
        beside = [path.with_name(path.name + end) for end in ("-wal", "-journal")]
        if not any(other.exists() and other.stat().st_size > 0 for other in beside):
            # All of it stands in the one file: so nothing needs to be made beside it.
            return self.connected(path, "immutable=1")
        try:
            connection = self.connected(path, "mode=ro")
            executed(connection, "SELECT count(*) FROM sqlite_master").fetchall()
            return connection
        except sqlite3.Error:
            # A medium that cannot be written: SQLite wants a file beside the log that is there. A copy has room for it.
            self.folder = tempfile.mkdtemp(prefix="war-room-verify-")
            copy = Path(self.folder) / "room.warroom"
            shutil.copyfile(path, copy)
            for other in beside:
                if other.exists():
                    shutil.copyfile(other, Path(self.folder) / ("room.warroom" + other.name[len(path.name) :]))
            return self.connected(copy, "mode=rw")

    def connected(self, path, how):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
        connection.text_factory = Text
        return connection

    def number(self, query):
        return executed(self.connection, query).fetchone()[0]

    def close(self):
        if getattr(self, "connection", None) is not None:
            self.connection.close()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def executed(connection, query, parameters=()):
    try:
        return connection.execute(query, parameters)
    except UnicodeDecodeError as error:
        # SQLite complains of its own tables in words that hold the damage.
        raise sqlite3.DatabaseError(f"what SQLite says of the damage is no text: {error}") from error


def is_damage(error):
    """Whether it is the file that cannot be read, and not the moment (another program that holds it, say)."""
    return not isinstance(error, sqlite3.OperationalError) or "disk I/O" in str(error)


def rows_of(connection, query, columns, parameters=()):
    """Rows as dictionaries whose values are of the kinds that `columns` names."""
    cursor = None
    while True:
        try:
            cursor = cursor or executed(connection, query, parameters)
            values = cursor.fetchone()
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                raise Unreadable(f"the file is damaged: {error}") from error
            raise
        if values is None:
            return
        row = dict(zip(columns, values))
        for name, kind in columns.items():
            if not KINDS[kind](row[name]):
                raise Unreadable(f"{name} cannot be read: {row[name]!r} is no {kind}")
        yield row


def is_text(value):
    try:
        return isinstance(value, Text) and value.decode("utf-8") is not None
    except UnicodeDecodeError:
        return False


def is_number(value, least=-(2**63), most=2**63 - 1):
    return isinstance(value, int) and least <= value <= most


KINDS = {
    "text": is_text,
    "number": is_number,
    "count": lambda value: is_number(value, 0),
    "short count": lambda value: is_number(value, 0, 2**32 - 1),
    "byte": lambda value: is_number(value, 0, 255),
    "hash": lambda value: type(value) is bytes and len(value) == 32,
    "bytes": lambda value: type(value) is bytes,
    "real or nothing": lambda value: value is None or isinstance(value, (int, float)),
}


# --- Integrity and completeness ---------------------------------------------------------------------------------------


class Log:
    """What is found, from the first event on. The first bad number counts."""

    def __init__(self):
        self.room, self.hashes, self.writers, self.samples = b"", [], {}, Said()
        self.is_newer, self.first_is_known = False, False
        self.first_bad, self.why = None, None
        self.complete_to, self.vouched_by = None, None

    def breaks(self, event, why):
        if self.first_bad is None or event < self.first_bad:
            self.first_bad, self.why = event, why

    @property
    def events(self):
        return len(self.hashes)

    @property
    def head(self):
        return self.hashes[-1] if self.hashes else bytes(32)

    def walk(self, opened):
        """The events, each held against the one before, up to the first that is bad."""
        self.is_newer = opened.schema > SCHEMA
        columns = dict(
            seq="number", occurred_at="number", recorded_at="number", device="text", actor="text",
            kind="text", version="short count", body="text", prev="hash", hash="hash",
        )  # fmt: skip
        query = f"SELECT {', '.join(columns)} FROM events WHERE seq > 0 ORDER BY seq"
        try:
            for row in rows_of(opened.connection, query, columns):
                why = self.wrong(row)
                if why is not None:
                    return self.breaks(self.events + 1, why)
                self.take(row)
        except Unreadable as error:
            return self.breaks(self.events + 1, str(error))
        if self.events == 0:
            self.breaks(1, "there is no event at all")
        elif not self.room and self.first_is_known:
            self.breaks(1, "the first event does not open a room")

    def wrong(self, row):
        after = self.events + 1
        if row["seq"] != after:
            return f"event {row['seq']} stands where event {after} should"
        if row["prev"] != self.head:
            return "it does not continue the event before it"
        if row["hash"] != event_hash(row):
            return "its content is not what was hashed"
        if any(not TIME_LEAST <= row[time] <= TIME_MOST for time in ("occurred_at", "recorded_at")):
            return "its time is none"
        if row["version"] == 0:
            return "its version is 0, and versions count from 1"
        if row["version"] <= EVENT_VERSION:
            try:
                body = row["parsed"] = json.loads(row["body"].decode())
                kind = body.get("kind") if isinstance(body, dict) else None
                if kind != row["kind"].decode():
                    return f"it is called {row['kind'].decode()} but holds {kind}"
                Said().take(body)
            except (KeyError, TypeError, ValueError, RecursionError) as error:
                return f"its body cannot be read: {error!r}"
        return None

    def take(self, row):
        self.hashes.append(row["hash"])
        self.writers.setdefault(bytes(row["device"]), row["seq"])
        if "parsed" not in row:
            # Only a newer program knows what it means. That it is in the chain was seen all the same.
            self.is_newer = True
            return
        body = row["parsed"]
        self.first_is_known |= row["seq"] == 1
        if row["seq"] == 1 and body["kind"] == "opened" and isinstance(body.get("room"), str):
            self.room = body["room"].encode()
        self.samples.take(body)

    def find_outside_of_the_count(self, opened):
        try:
            least = opened.number("SELECT min(seq) FROM events WHERE seq < 1")
        except sqlite3.DatabaseError:
            return  # The walk has found the damage.
        if least is not None:
            self.breaks(1, f"an event has the number {least}, and events are counted from 1")

    def place(self, count):
        """Where a seal over so many events stands: after one of the events, or right after the last of them."""
        return min(max(count, 1), self.events + 1)

    def hold_seals(self, opened):
        columns = dict(count="number", hash="bytes", public_key="bytes", signature="bytes")
        query = f"SELECT {', '.join(columns)} FROM seals ORDER BY count"
        try:
            for seal in rows_of(opened.connection, query, columns):
                count, key = max(seal["count"], 0), seal["public_key"]
                if len(seal["hash"]) != 32 or len(key) != 32:
                    self.breaks(self.place(count), f"a seal in the room over {count} events is no seal")
                    continue
                self.hold("a seal in the room", count, seal["hash"], key, seal["signature"])
                device = key[:8].hex()
                if self.writers.get(device.encode(), count + 1) > count:
                    why = f"a seal in the room over {count} events is of the device {device}, which wrote none of them"
                    self.breaks(self.place(count), why)
        except Unreadable as error:
            self.breaks(self.events + 1, f"the seals in the room cannot be read: {error}")

    def hold(self, source, count, head, key, signature):
        if not is_signed(key, seal_bytes(self.room, count, head), signature):
            self.breaks(self.place(count), f"{source} over {count} events has a bad signature")
        elif count == 0:
            self.breaks(1, f"{source} counts no events")
        elif count > self.events:
            why = f"{source} counts {count} events, but the log ends after {self.events}"
            self.breaks(self.events + 1, why)
        elif self.hashes[count - 1] != head:
            self.breaks(count, f"{source} says that event {count} was another")

    def hold_list(self, path):
        """A list of heads that was kept outside of the room: what contradicts it is not the log that was."""
        source = f"the list of heads {path}"
        for room, count, head, key, signature in heads_in(path):
            if room != self.room or not is_signed(key, seal_bytes(room, count, head), signature):
                continue
            self.hold(source, count, head, key, signature)
            self.vouch(count, source)

    def compare(self, given):
        wanted = given.replace("-", "").lower()
        found = [at for at, head in enumerate(self.hashes) if len(wanted) >= 8 and head.hex().startswith(wanted)]
        if found:
            return self.vouch(found[-1] + 1, "the head that was given")
        why = (
            f"no event has the head {given}, the last one is {short(self.head)}: it is mistyped, or another room's, "
            "or the log was cut or changed since"
        )
        self.breaks(self.events + 1, why)

    def vouch(self, count, source):
        if self.complete_to is None or self.complete_to < count:
            self.complete_to, self.vouched_by = count, source


def heads_in(path):
    """The heads in a list; a line that is none counts for nothing."""
    try:
        lines = Path(path).read_bytes().split(b"\n")
    except OSError:
        return
    digits = r"(?:[0-9a-fA-F]{2})"
    pattern = rf"{TIME} +(\S+) +\+?([0-9]+) +({digits}{{32}}) +({digits}{{32}}) +({digits}*)(?: .*)?\r?"
    for line in lines:
        try:
            found = re.fullmatch(pattern, line.decode("utf-8"))
        except UnicodeDecodeError:
            continue
        if found and int(found[2]) < 2**64:
            room, count = found[1].encode(), int(found[2])
            yield (room, count, bytes.fromhex(found[3]), bytes.fromhex(found[4]), bytes.fromhex(found[5]))


# --- Samples ----------------------------------------------------------------------------------------------------------

NOT_KNOWN = "no event of the log knows these samples"
COLUMNS = dict(
    at="number", first_at="number", last_at="number", good_until="number", low="real or nothing",
    high="real or nothing", mean="real or nothing", last="real or nothing", seen="count", unseen="count", gap="number",
)  # fmt: skip


class Said:
    """What the events say of the chunks of samples."""

    def __init__(self):
        self.chunks, self.replaced, self.bad = {}, set(), None

    def take(self, body):
        if body["kind"] == "samples_sealed":
            self.chunks[counted(body["chunk"])] = (0, body["from"], body["to"], counted(body["rows"]), body["digest"])
        elif body["kind"] == "samples_rolled_up":
            names = [counted(chunk) for chunk in body["chunks"]]
            old = [self.chunks.pop(chunk) for chunk in names if chunk in self.chunks]
            digests = [unhex(digest) for *_, digest in old if unhex(digest) is not None]
            is_so = len(digests) == len(names) and replaced_digest(digests).hex() == body["old"]
            into, span = counted(body["into"]), (body["from"], body["to"])
            if not is_so and self.bad is None:
                self.bad = (into, span, "it was made from other chunks than the log holds the digests of")
            self.replaced.update(names)
            self.chunks[into] = (counted(body["minutes"]), *span, counted(body["rows"]), body["new"])


def counted(value):
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{value!r} counts nothing")
    return value


class Samples:
    """What lies beside the log, held against what its events say."""

    def __init__(self):
        self.chunks, self.rows, self.fresh, self.bad = 0, 0, 0, None

    def finds(self, chunk, span, why):
        if self.bad is None or chunk < self.bad[0]:
            self.bad = (chunk, span, why)

    def hold(self, opened, said, is_chain_whole):
        self.bad = said.bad
        if opened.schema < 2:
            for chunk in sorted(said.chunks)[:1]:
                self.finds(chunk, said.chunks[chunk][1:3], "the file has no samples at all")
            return
        try:
            self.hold_all(opened, said, is_chain_whole)
        except (Unreadable, sqlite3.DatabaseError) as error:
            if isinstance(error, sqlite3.DatabaseError) and not is_damage(error):
                raise
            self.finds(0, None, f"the tables of samples cannot be read: {error}")

    def hold_all(self, opened, said, is_chain_whole):
        self.fresh = opened.number("SELECT count(*) FROM fresh_samples")
        columns = dict(id="count", minutes="short count", first="number", last="number", rows="count", digest="bytes")
        query = f"SELECT {', '.join(columns)} FROM chunks ORDER BY id"
        listed = {row["id"]: row for row in rows_of(opened.connection, query, columns)}
        for chunk in sorted(said.chunks):
            try:
                why = wrong_chunk(opened.connection, chunk, said.chunks[chunk], listed.get(chunk))
            except Unreadable as error:
                why = f"its rows cannot be read: {error}"
            if why is None:
                self.chunks, self.rows = self.chunks + 1, self.rows + said.chunks[chunk][3]
            else:
                self.finds(chunk, said.chunks[chunk][1:3], why)
        # Where the chain ends early, or says what only a newer program understands, an event of it may know them.
        if not is_chain_whole:
            return
        for chunk, row in listed.items():
            if chunk not in said.chunks:
                self.finds(chunk, (written(row["first"]), written(row["last"])), NOT_KNOWN)
        for table in ("samples", "rollups"):
            for row in rows_of(opened.connection, f"SELECT DISTINCT chunk FROM {table}", {"chunk": "number"}):
                chunk = max(row["chunk"], 0)
                # What was rolled up may still be there until it is swept away.
                if chunk not in said.chunks and chunk not in said.replaced:
                    self.finds(chunk, None, NOT_KNOWN)


def wrong_chunk(connection, chunk, said, listed):
    """What is wrong with a chunk; None where it is what the chain says."""
    minutes, first, last, rows, digest = said
    if listed is None:
        return "it is missing"
    columns = ", ".join(COLUMNS)
    query = f"SELECT signal, {columns} FROM rollups WHERE chunk = ? ORDER BY signal, at"
    rollups = by_signal(connection, query, dict(signal="number", **COLUMNS), chunk)
    if minutes == 0:
        query = "SELECT signal, at, state, good_for, value FROM samples WHERE chunk = ? ORDER BY signal, at, state"
        kinds = dict(signal="number", at="number", state="byte", good_for="number", value="real or nothing")
        samples = [
            (name, [(row["at"], row["state"], row["good_for"], row["value"]) for row in rows])
            for name, rows in by_signal(connection, query, kinds, chunk)
        ]
        found, made = count_of(samples), samples_digest(chunk, samples)
        of_a_minute = [(name, rolled(rows)) for name, rows in samples]
        if made == unhex(digest) and rollups_digest(chunk, of_a_minute) != rollups_digest(chunk, rollups):
            return "its rows of a minute are not what its samples make"
    else:
        found, made = count_of(rollups), rollups_digest(chunk, rollups)
    if found != rows:
        return f"{found} rows are there, and {rows} were sealed"
    if made != unhex(digest):
        return "its rows are not what was sealed"
    is_listed_so = (
        listed["minutes"] == minutes
        and (listed["first"], listed["last"]) == (milliseconds(first), milliseconds(last))
        and listed["rows"] == rows
        and listed["digest"] == unhex(digest)
    )
    return None if is_listed_so else "its place in the list of chunks is not what was sealed"


def by_signal(connection, query, kinds, chunk):
    """The rows of a chunk under the name of each signal. A number without a name has none."""
    signals = rows_of(connection, "SELECT id, name FROM signals", dict(id="number", name="text"))
    names = {row["id"]: bytes(row["name"]) for row in signals}
    found = {}
    for row in rows_of(connection, query, kinds, (chunk,)):
        found.setdefault(row["signal"], []).append(row)
    return [(names.get(signal, b""), rows) for signal, rows in found.items()]


def count_of(signals):
    return sum(len(rows) for _, rows in signals)


def rolled(samples):
    """The rows of a minute that samples make, as the table `rollups` has them beside the samples of a chunk."""
    rows = []
    for at, state, good_for, value in samples:
        row = dict.fromkeys(COLUMNS, 0)
        row.update(at=at, low=0.0, high=0.0, mean=0.0, last=0.0, unseen=1)
        if value is not None and state <= 3:
            row.update(first_at=at, last_at=at, good_until=at + good_for, seen=1, unseen=0)
            row.update(low=float(value), high=float(value), mean=float(value), last=float(value))
        begin = at // 60_000 * 60_000
        if rows and rows[-1]["at"] == begin:
            add(rows[-1], row)
        else:
            rows.append(dict(row, at=begin))
    return rows


def add(row, after):
    unseen = row["unseen"] + after["unseen"]
    if after["seen"] and not row["seen"]:
        row.update(after, at=row["at"])
    elif after["seen"]:
        if after["first_at"] > row["good_until"]:
            row["gap"] += after["first_at"] - row["last_at"]
        seen = row["seen"] + after["seen"]
        row["mean"] = (row["mean"] * float(row["seen"]) + after["mean"] * float(after["seen"])) / float(seen)
        row.update(seen=seen, low=min(row["low"], after["low"]), high=max(row["high"], after["high"]))
        row.update(last_at=after["last_at"], last=after["last"], good_until=after["good_until"])
    row["unseen"] = unseen


def unhex(text):
    return bytes.fromhex(text) if isinstance(text, str) and re.fullmatch("[0-9a-fA-F]{64}", text) else None


# --- Times ------------------------------------------------------------------------------------------------------------

TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?Z"
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def milliseconds(text):
    """The milliseconds since 1970 of a time in a body; None where it is none, or finer."""
    if not isinstance(text, str) or not re.fullmatch(TIME, text):
        return None
    whole, _, fraction = text[:-1].partition(".")
    fraction = (fraction + "000")[:3] if not fraction[3:].strip("0") else None
    try:
        at = datetime.strptime(whole, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)
    except ValueError:
        return None
    return None if fraction is None else (at - EPOCH) // timedelta(milliseconds=1) + int(fraction)


def written(millisecond):
    try:
        at = EPOCH + timedelta(milliseconds=millisecond)
    except OverflowError:
        return str(millisecond)
    fraction = f".{millisecond % 1000:03}".rstrip("0") if millisecond % 1000 else ""
    return at.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"


# --- An archive -------------------------------------------------------------------------------------------------------

MANIFEST, SIGNATURE = "MANIFEST", "MANIFEST.sig"
OTHER_ROOM = "it is of another room, or of another moment of it"


def is_archive(path):
    """Whether a path is an archive: a tar file, or a folder with a manifest."""
    if path.is_dir():
        return (path / MANIFEST).exists()
    try:
        with path.open("rb") as file:
            file.seek(257)
            return file.read(5) == b"ustar"
    except OSError:
        return False


def unread(error):
    return "it is missing" if isinstance(error, FileNotFoundError) else "it cannot be read"


def is_plain(name):
    return name not in ("", ".", "..") and "/" not in name and "\0" not in name


class Archive:
    """An archive, held against its manifest. The first file that is not what it says counts."""

    def __init__(self, path):
        self.folder, self.unpacked = path, None
        self.first_bad, self.why = None, None
        self.key, self.files, self.room = None, 0, None
        self.said = {"room": "", "events": "0", "head": "", "key": ""}
        if not path.is_dir():
            self.unpacked = tempfile.mkdtemp(prefix="war-room-verify-")
            self.folder = Path(self.unpacked)
            self.unpack(path)
        self.hold()

    def close(self):
        if self.unpacked is not None:
            shutil.rmtree(self.unpacked, ignore_errors=True)

    def bad(self, name, why):
        if self.first_bad is None:
            self.first_bad, self.why = name, why

    def unpack(self, path):
        with tarfile.open(path, "r:") as archive:
            for entry in archive:
                if not entry.isreg() or not is_plain(entry.name):
                    return self.bad(entry.name, "it is no plain file, as an archive of War Room has them alone")
                where = self.folder / entry.name
                if where.exists():
                    return self.bad(entry.name, "it is in the archive twice")
                with archive.extractfile(entry) as content, where.open("xb") as file:
                    shutil.copyfileobj(content, file)
        return None

    def hold(self):
        try:
            manifest = (self.folder / MANIFEST).read_bytes()
        except OSError as error:
            return self.bad(MANIFEST, unread(error))
        files = self.read(manifest)
        if files is None:
            return None
        self.files = len(files)
        rooms = [name for _, name in files if name.endswith(".warroom") and is_plain(name)]
        if rooms and (self.folder / rooms[0]).exists():
            self.room = self.folder / rooms[0]
        if not self.hold_signature(manifest):
            return None
        for digest, name in files:
            if not is_plain(name):
                return self.bad(name, "the manifest names what is no file of an archive")
            try:
                found = self.digest(self.folder / name)
            except OSError as error:
                return self.bad(name, unread(error))
            if found != digest:
                return self.bad(name, "its SHA-256 is not what the manifest says")
        listed = {name for _, name in files} | {MANIFEST, SIGNATURE}
        for name in sorted(other.name for other in self.folder.iterdir()):
            if name not in listed:
                return self.bad(name, "the manifest does not name it")
        return None

    def read(self, manifest):
        """The digests with their names; what else it says is kept."""
        try:
            lines = manifest.decode("utf-8").splitlines()
        except UnicodeDecodeError:
            return self.bad(MANIFEST, "it cannot be read")
        if lines[:1] != ["# war-room manifest 1"]:
            return self.bad(MANIFEST, "it is not of the kind that is signed")
        files = []
        for line in lines[1:]:
            if line.startswith("# "):
                what, _, said = line[2:].partition(" ")
                if what not in self.said:
                    return self.bad(MANIFEST, f"it says “{what}”, which is not known")
                self.said[what] = said
            else:
                digest, blanks, name = line.partition("  ")
                if not blanks:
                    return self.bad(MANIFEST, f"“{line}” is no line of one")
                files.append((digest, name))
        return files

    def hold_signature(self, manifest):
        try:
            signature = (self.folder / SIGNATURE).read_text("utf-8").rstrip("\n")
        except FileNotFoundError:
            if self.said["key"]:
                self.bad(SIGNATURE, "it is missing")
            return not self.said["key"]
        except (OSError, UnicodeDecodeError) as error:
            self.bad(SIGNATURE, unread(error))
            return False
        key, digits = unhex(self.said["key"]), re.fullmatch("[0-9a-fA-F]{128}", signature)
        message = b"war-room manifest 1\n" + manifest
        if key is None or digits is None or not is_signed(key, message, bytes.fromhex(signature)):
            self.bad(
                SIGNATURE, "it is not the signature of the key that the manifest names over the manifest as it is"
            )
            return False
        self.key = key.hex()
        return True

    def digest(self, path):
        digest = hashlib.sha256()
        with path.open("rb") as file:
            for part in iter(lambda: file.read(65536), b""):
                digest.update(part)
        return digest.hexdigest()

    def compare(self, found):
        """The manifest is of the room beside it, and of this moment of it."""
        is_it = [self.said["room"], self.said["events"], self.said["head"]] == [
            found["room"],
            str(found["events"]),
            found["head"],
        ]
        if found["integrity"] == "whole" and not is_it:
            self.bad(MANIFEST, OTHER_ROOM)

    def answer(self, writers):
        return {
            "integrity": "whole" if self.first_bad is None else "broken",
            "files": self.files,
            "first_bad": self.first_bad,
            "why": self.why,
            "signed_by": self.key,
            "signer_wrote": self.key is not None and self.key[:16].encode() in writers,
        }


def verify_archive(path, heads=None, head=None):
    """All three answers; where the room in it cannot be read, the one about the archive alone."""
    archive = Archive(Path(path))
    try:
        writers, found = set(), {}
        if archive.room is not None:
            try:
                found = verify(archive.room, heads, head, writers)
                archive.compare(found)
            except (NotARoom, OSError, sqlite3.Error) as error:
                archive.bad(archive.room.name, str(error))
        else:
            archive.bad(MANIFEST, "there is no room in it")
        return {**found, "archive": archive.answer(writers)}
    finally:
        archive.close()


# --- The answers ------------------------------------------------------------------------------------------------------


def verify(room, heads=None, head=None, writers=None):
    """Both answers as a dictionary, with the field names of `war-room verify --json`. `writers` takes the devices."""
    opened = Opened(Path(room))
    try:
        log, samples = Log(), Samples()
        log.walk(opened)
        is_chain_whole = log.first_bad is None and not log.is_newer
        samples.hold(opened, log.samples, is_chain_whole)
        log.find_outside_of_the_count(opened)
        log.hold_seals(opened)
    finally:
        opened.close()
    if heads is not None:
        log.hold_list(heads)
    if head is not None:
        log.compare(head)
    if log.first_bad is not None:
        log.complete_to = None
    if writers is not None:
        writers.update(bytes(device) for device in log.writers)
    chunk, span, why = samples.bad or (None, None, None)
    first, last = span or (None, None)
    return {
        "room": log.room.decode("utf-8", "replace"),
        "events": log.events,
        "head": log.head.hex(),
        "integrity": "whole" if log.first_bad is None else "broken",
        "first_bad": log.first_bad,
        "why": log.why,
        "complete_to": log.complete_to,
        "vouched_by": log.vouched_by if log.complete_to is not None else None,
        "samples": {
            "integrity": "whole" if samples.bad is None else "broken",
            "chunks": samples.chunks,
            "rows": samples.rows,
            "fresh": samples.fresh,
            "first_bad": chunk,
            "from": first,
            "to": last,
            "why": why,
        },
    }


def exit_code(found):
    archive = found.get("archive")
    if archive is not None and archive["integrity"] == "broken":
        return BROKEN
    code = exit_of_room(found)
    is_vouched = archive is None or archive["signer_wrote"]
    return code if code == BROKEN or is_vouched else UNKNOWN


def exit_of_room(found):
    if found["integrity"] == "broken" or found["samples"]["integrity"] == "broken":
        return BROKEN
    return UNKNOWN if found["complete_to"] is None else GOOD


def short(head):
    """A head as people compare it."""
    return f"{head.hex()[:4]}-{head.hex()[4:8]}"


def several(count, one, more):
    return f"{count} {one if count == 1 else more}"


def words_of_archive(archive):
    if archive["integrity"] == "broken":
        return f"  archive: not as it was exported: {archive['first_bad']}: {archive['why']}"
    files = several(archive["files"], "file", "files")
    if archive["signed_by"] is None:
        unsigned = "which nobody signed: whoever changed one could write it anew"
        return f"  archive: {files} as the manifest says, {unsigned}"
    wrote = "wrote events of this room" if archive["signer_wrote"] else "wrote no event of it: ask whose it is"
    return f"  archive: {files} as the manifest says, signed by the device {archive['signed_by'][:16]}, which {wrote}"


def words(path, found):
    if "events" not in found:
        return f"{path}:\n{words_of_archive(found['archive'])}"
    head, last, samples = bytes.fromhex(found["head"]), found["events"], found["samples"]
    lines = [f"{path}: {several(last, 'event', 'events')}, head {short(head)}"]
    if "archive" in found:
        lines.append(words_of_archive(found["archive"]))
    if found["integrity"] == "broken":
        lines.append(f"  integrity: broken at event {found['first_bad']}: {found['why']}")
        lines.append("  completeness: unknown, since the chain is broken")
    else:
        lines.append("  integrity: whole")
        if found["complete_to"] is None:
            known = f"whole as far as it goes; completeness after event {last} unknown: no head from elsewhere is known"
        else:
            known = f"complete up to event {found['complete_to']}, says {found['vouched_by']}; "
            known += f"completeness after event {last} unknown"
        lines.append(f"  completeness: {known}")
    fresh = f"; {several(samples['fresh'], 'sample', 'samples')} not closed under a digest yet" * (samples["fresh"] > 0)
    if samples["integrity"] == "broken":
        span = f" ({samples['from']} to {samples['to']})" if samples["from"] else ""
        lines.append(f"  samples: changed in chunk {samples['first_bad']}{span}: {samples['why']}")
    elif samples["chunks"]:
        rows, chunks = several(samples["rows"], "row", "rows"), several(samples["chunks"], "chunk", "chunks")
        lines.append(f"  samples: whole, {rows} in {chunks}{fresh}")
    elif fresh:
        lines.append(f"  samples: none under a digest{fresh}")
    return "\n".join(lines)


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def list_of_this_computer():
    """Where War Room keeps the heads that it has seen on this computer."""
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return str(Path(data) / "war-room" / "heads.log")


def main(arguments=None):
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("room", help="the file, NAME.warroom; or an archive of one, packed or unpacked")
    parser.add_argument("--head", help="a head that somebody else holds: 3f9a-c27e, or all its digits")
    parser.add_argument("--heads", default=list_of_this_computer(), help="a list of heads (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON object, for programs")
    given = parser.parse_args(arguments)
    try:
        how = verify_archive if is_archive(Path(given.room)) else verify
        found = how(given.room, given.heads, given.head)
    except (NotARoom, OSError, sqlite3.Error, tarfile.TarError) as error:
        print(error, file=sys.stderr)
        return UNREADABLE
    print(json.dumps(found, indent=2, ensure_ascii=False) if given.json else words(given.room, found))
    return exit_code(found)


if __name__ == "__main__":
    sys.exit(main())
