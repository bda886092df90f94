//! A process that is started, listened to, and killed without warning.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

/// A child process that dies with its handle.
pub struct Process {
    child: Child,
    lines: BufReader<std::process::ChildStdout>,
}

impl Process {
    /// Starts a command whose standard output will be read.
    ///
    /// # Panics
    /// If it does not start.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let lines = BufReader::new(child.stdout.take().expect("standard output is piped"));
        Self { child, lines }
    }

    /// The next line; none at the end.
    ///
    /// # Panics
    /// If the output is not text.
    pub fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let length = self.lines.read_line(&mut line).expect("output is text");
        (length > 0).then(|| line.trim_end().to_owned())
    }

    /// `kill -9`, and everything that was printed before. What was printed in part counts for nothing.
    ///
    /// # Panics
    /// If the output is not text.
    pub fn kill(mut self) -> Vec<String> {
        // A process that has ended by itself cannot be killed, and need not be.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let mut rest = String::new();
        self.lines.read_to_string(&mut rest).expect("output is text");
        let whole = rest.rfind('\n').map_or("", |end| &rest[..end]);
        whole.lines().map(str::to_owned).collect()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
