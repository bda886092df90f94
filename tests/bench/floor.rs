//! Floors: the least that the same job costs with the same parts and none of our code.
//! Each is measured in the same run as the figure that it is held against.

use anyhow::{Context, Result};
use rusqlite::Connection;
use rusqlite::types::Value;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

/// A connection with the pragmas of the product, to a fresh encrypted database.
pub fn bare_database(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA key = \"x'2b7e151628aed2a6abf7158809cf4f3c2b7e151628aed2a6abf7158809cf4f3c'\";
         PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;",
    )?;
    Ok(connection)
}

/// Single durable commits of one row, taken in turns with what they are held against: the disk of a shared machine
/// is now quick, now slow.
pub struct BareCommits {
    connection: Connection,
    body: Vec<u8>,
}

impl BareCommits {
    /// Each of a row of `bytes` bytes.
    pub fn new(directory: &Path, bytes: usize) -> Result<Self> {
        let connection = bare_database(&directory.join("bare.db"))?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS record (id INTEGER PRIMARY KEY, body BLOB NOT NULL)",
        )?;
        Ok(Self { connection, body: vec![7_u8; bytes] })
    }

    /// How long one takes.
    pub fn time(&self) -> Result<Duration> {
        let started = Instant::now();
        self.connection.prepare_cached("INSERT INTO record (body) VALUES (?1)")?.execute([&self.body])?;
        Ok(started.elapsed())
    }
}

/// A server thread that answers each framed request with the next of `answers` (the last one repeats).
pub struct Loopback {
    stream: TcpStream,
}

impl Loopback {
    /// Starts the thread and connects to it.
    pub fn start(answers: Vec<Vec<u8>>) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        std::thread::spawn(move || -> std::io::Result<()> {
            let (mut stream, _) = listener.accept()?;
            stream.set_nodelay(true)?;
            let mut answers = answers.iter();
            let mut answer = answers.next();
            while read_frame(&mut stream).is_ok() {
                write_frame(&mut stream, answer.map_or(&[][..], Vec::as_slice))?;
                answer = answers.next().or(answer);
            }
            Ok(())
        });
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream })
    }

    /// One round trip.
    pub fn exchange(&mut self, body: &[u8]) -> Result<Vec<u8>> {
        write_frame(&mut self.stream, body)?;
        Ok(read_frame(&mut self.stream)?)
    }
}

fn write_frame(stream: &mut TcpStream, body: &[u8]) -> std::io::Result<()> {
    let length = u32::try_from(body.len()).unwrap_or(u32::MAX).to_be_bytes();
    stream.write_all(&[&length, body].concat())
}

fn read_frame(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut length = [0; 4];
    stream.read_exact(&mut length)?;
    let mut body = vec![0; u32::from_be_bytes(length) as usize];
    stream.read_exact(&mut body)?;
    Ok(body)
}

/// The rows that a sync left behind, to be inserted again by plain statements.
pub struct Rows {
    schema: Vec<String>,
    tables: Vec<Table>,
}

struct Table {
    insert: String,
    rows: Vec<Vec<Value>>,
}

impl Rows {
    /// Reads schema and rows of the named tables.
    pub fn read(connection: &Connection, tables: &[&str]) -> Result<Self> {
        let mut schema = Vec::new();
        let mut read = Vec::new();
        for table in tables {
            // The table first, then its indexes: automatic ones have no SQL and come by themselves.
            let mut statement = connection.prepare(
                "SELECT sql FROM sqlite_master WHERE tbl_name = ?1 AND sql IS NOT NULL AND type IN ('table', 'index')
                 ORDER BY type DESC",
            )?;
            for sql in statement.query_map([table], |row| row.get::<_, String>(0))? {
                schema.push(sql?);
            }
            let mut statement = connection.prepare(&format!("SELECT * FROM {table}"))?;
            let columns = statement.column_count();
            let marks = vec!["?"; columns].join(", ");
            let rows = statement
                .query_map([], |row| (0..columns).map(|index| row.get::<_, Value>(index)).collect())?
                .collect::<Result<Vec<Vec<Value>>, _>>()?;
            read.push(Table { insert: format!("INSERT INTO {table} VALUES ({marks})"), rows });
        }
        Ok(Self { schema, tables: read })
    }

    /// The same bytes read from loopback, decoded with zstd, and the same rows inserted, page by page.
    pub fn replay(&self, directory: &Path, pages: &[Vec<u8>], request: &[u8]) -> Result<Duration> {
        let mut connection = bare_database(&directory.join("floor.db"))?;
        for sql in &self.schema {
            connection.execute_batch(sql).context("schema of the floor")?;
        }
        let mut loopback = Loopback::start(pages.to_vec())?;
        let started = Instant::now();
        for page in 0..pages.len() {
            let compressed = loopback.exchange(request)?;
            std::hint::black_box(zstd::decode_all(&compressed[..])?);
            let transaction = connection.transaction()?;
            for table in &self.tables {
                let share = |index: usize| index * table.rows.len() / pages.len();
                let mut insert = transaction.prepare_cached(&table.insert)?;
                for row in &table.rows[share(page)..share(page + 1)] {
                    insert.execute(rusqlite::params_from_iter(row))?;
                }
            }
            transaction.commit()?;
        }
        Ok(started.elapsed())
    }
}
