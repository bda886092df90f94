//! What a database holds, table by table, so that a test can say "and nothing else changed".

use doorstep_server::{Server, StoreFault};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Number of rows and hash of every table.
pub type Tables = BTreeMap<String, (usize, String)>;

/// Where refused work is kept and noted; and devices, which note when they were seen.
pub const ASIDE: [&str; 3] = ["set_aside", "audit", "devices"];

/// All tables of the server but some.
///
/// # Panics
/// If the database cannot be read.
pub fn server_tables(server: &Server, without: &[&str]) -> Tables {
    server
        .store()
        .read::<_, StoreFault>(|tx| Ok(tables(tx, without)?))
        .expect("a server that is alive can be read")
}

/// All tables of a database but some.
pub fn tables(database: &Connection, without: &[&str]) -> rusqlite::Result<Tables> {
    let mut names = database.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )?;
    let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let wanted = names.into_iter().filter(|name| !without.contains(&name.as_str()));
    wanted.map(|name| Ok((name.clone(), table(database, &name)?))).collect()
}

fn table(database: &Connection, name: &str) -> rusqlite::Result<(usize, String)> {
    let mut statement = database.prepare(&format!("SELECT * FROM {name}"))?;
    let width = statement.column_count();
    let mut rows = statement.query([])?;
    let (mut count, mut hash) = (0, Sha256::new());
    while let Some(row) = rows.next()? {
        count += 1;
        for column in 0..width {
            let (tag, bytes): (u8, Vec<u8>) = match row.get_ref(column)? {
                ValueRef::Null => (0, Vec::new()),
                ValueRef::Integer(number) => (1, number.to_be_bytes().to_vec()),
                ValueRef::Real(number) => (2, number.to_be_bytes().to_vec()),
                ValueRef::Text(text) => (3, text.to_vec()),
                ValueRef::Blob(blob) => (4, blob.to_vec()),
            };
            hash.update([tag]);
            hash.update(bytes.len().to_be_bytes());
            hash.update(bytes);
        }
    }
    let hash = hash.finalize().iter().take(8).fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    Ok((count, hash))
}
