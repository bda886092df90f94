//! The `doorstep` program as an administrator runs it: a child process with flags and environment.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};

/// Environment that opens an office: the key's variable and its value.
pub type Key<'a> = (&'a str, &'a str);

/// The program's file: built beside the tests, or named by `DOORSTEP_BIN`.
///
/// # Panics
/// If it was not built.
pub fn binary() -> PathBuf {
    let binary = std::env::var_os("DOORSTEP_BIN").map_or_else(
        || {
            let test = std::env::current_exe().expect("a running test has a file");
            test.ancestors().nth(2).expect("tests run in target/release/deps").join("doorstep")
        },
        PathBuf::from,
    );
    assert!(binary.exists(), "{} is missing: cargo build --release", binary.display());
    binary
}

/// A command on an office's folder. Nothing of the surrounding environment reaches it.
pub fn command(data: &Path, key: Key<'_>, args: &[&str]) -> Command {
    let mut command = Command::new(binary());
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("DOORSTEP_")) {
        command.env_remove(name);
    }
    command.env("DOORSTEP_DATA", data).env(key.0, key.1).args(args).stdin(Stdio::null());
    command
}

/// Runs a command to its end.
///
/// # Panics
/// If it cannot be started.
pub fn run(data: &Path, key: Key<'_>, args: &[&str]) -> Output {
    command(data, key, args).output().expect("the program starts")
}

/// Runs a command that has to succeed; what it printed.
///
/// # Panics
/// If it fails.
pub fn succeed(data: &Path, key: Key<'_>, args: &[&str]) -> String {
    let output = run(data, key, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

/// Runs a command that has to fail with exit status 1; what it said.
///
/// # Panics
/// If it succeeds.
pub fn refuse(data: &Path, key: Key<'_>, args: &[&str]) -> String {
    let output = run(data, key, args);
    assert_eq!(output.status.code(), Some(1), "{args:?}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).expect("the program speaks UTF-8")
}

/// A running `serve`; killed when dropped.
pub struct Serving {
    child: Child,
    log: PathBuf,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Serving {
    /// Starts `serve` and waits until it listens. Its log goes to a file.
    ///
    /// # Panics
    /// If it does not come to listen.
    pub fn start(data: &Path, key: Key<'_>, args: &[&str], log: &Path) -> Self {
        let mut child = command(data, key, &[&["serve"], args].concat())
            .stdout(Stdio::piped())
            .stderr(File::create(log).expect("a folder of the test's own"))
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let output = child.stdout.take().expect("piped above");
        BufReader::new(output).read_line(&mut line).expect("the program prints UTF-8");
        let address = line.trim().strip_prefix("listening on ").and_then(|address| address.parse().ok());
        let Some(address) = address else {
            panic!("serve said {line:?}: {}", std::fs::read_to_string(log).unwrap_or_default())
        };
        Self { child, log: log.to_owned(), address }
    }

    /// Asks it to end, as a service manager does; its exit status and its log.
    ///
    /// # Panics
    /// If it cannot be asked.
    pub fn stop(mut self) -> (ExitStatus, String) {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("it is running");
        let status = self.child.wait().expect("it is a child of ours");
        (status, std::fs::read_to_string(&self.log).expect("made at the start"))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Fails only if it has ended already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
