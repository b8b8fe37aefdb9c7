//! The worked example of `docs/log-format.md`, held against the rooms that it is about.

use std::path::{Path, PathBuf};

use journal::{Head, Row, hex, rows, short};
use room::Event;
use rusqlite::Connection;

use crate::rooms::fixtures;

fn page() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/log-format.md")).unwrap()
}

/// A copy, since SQLite puts files beside what it reads.
fn copy(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let room = folder.path().join(name);
    std::fs::copy(fixtures().join(name), &room).unwrap();
    (folder, room)
}

/// The blocks of digits on the page.
fn blocks() -> Vec<String> {
    page().split("```").skip(1).step_by(2).map(|block| block.trim().to_owned()).collect()
}

fn sized(text: &str) -> String {
    format!("{:016x}{}", text.len(), hex(text.as_bytes()))
}

/// The fields of an event's bytes, one a line.
fn lines(row: &Row) -> String {
    let Row { seq, occurred_at, recorded_at, device, actor, kind, version, body, prev, .. } = row;
    let fields = [
        hex(b"war-room event 1\n"),
        format!("{seq:016x}"),
        format!("{occurred_at:016x}"),
        format!("{recorded_at:016x}"),
        format!("{version:08x}"),
        sized(device),
        sized(actor),
        sized(kind),
        sized(body),
        hex(prev),
    ];
    fields.join("\n")
}

#[test]
fn the_worked_example_of_an_event_and_its_seal_is_what_the_room_holds() {
    let (page, blocks) = (page(), blocks());
    let (_folder, room) = copy("schema-1.warroom");
    let rows = rows(&room).unwrap();
    let second = &rows[1];
    let fields = blocks.iter().find(|block| block.starts_with("seq")).unwrap();
    for (name, value) in [
        ("seq", second.seq.to_string()),
        ("occurred_at", second.occurred_at.to_string()),
        ("recorded_at", second.recorded_at.to_string()),
        ("device", second.device.clone()),
        ("actor", second.actor.clone()),
        ("kind", second.kind.clone()),
        ("version", second.version.to_string()),
        ("body", second.body.clone()),
        ("prev", hex(&second.prev)),
    ] {
        let line = fields.lines().find(|line| line.split_whitespace().next() == Some(name)).unwrap();
        assert!(line.contains(&format!(" {value}")), "{line}, and {name} is {value}");
    }
    assert!(blocks.contains(&lines(second)), "{}", lines(second));
    assert!(blocks.contains(&hex(&second.hash)));
    for head in [short(&second.hash), short(&rows[3].hash)] {
        assert!(page.contains(&format!("`{head}`")), "{head}");
    }

    let connection = Connection::open(&room).unwrap();
    let (key, signature): (Vec<u8>, Vec<u8>) = connection
        .query_row("SELECT public_key, signature FROM seals", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let name = "ab".repeat(16);
    let signed = format!("{}\n{}\n{:016x}\n{}", hex(b"war-room seal 1\n"), sized(&name), 4, hex(&rows[3].hash));
    assert_eq!(signed.replace('\n', ""), hex(&Head::bytes(&name, 4, &rows[3].hash)));
    let signature = hex(&signature);
    let seal = format!("{signed}\n\n{}\n\n{}\n{}", hex(&key), &signature[..64], &signature[64..]);
    assert!(blocks.contains(&seal), "{seal}");
    let line = format!("2027-01-15T08:00:09Z {name} 4\n{}\n{}\n{signature}", hex(&rows[3].hash), hex(&key));
    assert!(blocks.contains(&line), "{line}");
}

#[test]
fn the_worked_example_of_samples_is_what_the_room_holds() {
    let (_folder, room) = copy("schema-2.warroom");
    let connection = Connection::open(&room).unwrap();
    let mut block = format!("{}\n{:016x}{:016x}", hex(b"war-room samples 1\n"), 4, 2);
    for (id, name) in [(1, "metrics.error_rate"), (2, "probes.api")] {
        let mut statement = connection
            .prepare(
                "SELECT at, state, good_for, value FROM samples WHERE chunk = 4 AND signal = ?1 ORDER BY at, state",
            )
            .unwrap();
        let rows: Vec<(i64, u8, i64, Option<f64>)> = statement
            .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        block += &format!("\n{}{:016x}", sized(name), rows.len());
        for (at, state, good_for, value) in rows {
            let value = value.map_or("00".to_owned(), |value| format!("01{:016x}", value.to_bits()));
            block += &format!("\n{at:016x}{state:02x}{good_for:016x}{value}");
        }
    }
    assert!(blocks().contains(&block), "{block}");
    let event = journal::read(&room).unwrap().events.swap_remove(13).event;
    let Event::SamplesSealed(sealed) = event else { panic!("{event:?}") };
    assert_eq!(sealed.chunk, 4);
    assert!(blocks().contains(&sealed.digest));
}

#[test]
fn the_page_tells_every_column_of_every_table() {
    let (_folder, room) = copy("schema-2.warroom");
    let connection = Connection::open(&room).unwrap();
    let mut statement = connection
        .prepare(
            "SELECT tables.name, columns.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns \
             WHERE tables.type = 'table'",
        )
        .unwrap();
    let columns: Vec<(String, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap();
    assert!(columns.len() > 40, "{columns:?}");
    let page = page();
    for (table, column) in columns {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{table}` |"))).unwrap_or_default();
        assert!(row.contains(&format!("`{column}`")), "{table}.{column}");
    }
}
