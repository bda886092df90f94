//! Peak memory and start-up, read from real child processes of this same binary.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// Peak resident memory of a process, in MB (10⁶ bytes).
pub fn peak_memory_mb(pid: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).context("no VmHWM: not Linux?")?;
    let kib: f64 = line.split_whitespace().nth(1).context("VmHWM without a number")?.parse()?;
    Ok(kib * 1024.0 / 1e6)
}

/// A child that is ended when dropped, so that no bench leaves a process behind.
pub struct ChildProcess {
    child: Child,
    lines: BufReader<std::process::ChildStdout>,
}

impl ChildProcess {
    /// Starts this binary again with other arguments.
    pub fn start(arguments: &[&str]) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let lines = BufReader::new(child.stdout.take().context("stdout was asked for")?);
        Ok(Self { child, lines })
    }

    /// The next line that the child prints.
    pub fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.lines.read_line(&mut line)? == 0 {
            bail!("a child process of the bench ended early");
        }
        Ok(line.trim_end().to_owned())
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for ChildProcess {
    fn drop(&mut self) {
        // Both fail only if it has ended already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
