//! The live notice: the server says that there is something to fetch, and nothing else.
//!
//! `GET /v1/live` answers with server-sent events as long as the connection lives. A notice holds no
//! content: how far the member's scopes advanced, or which version the directory has. What is then
//! fetched, and by whom, is the sync's business; a phone that never listens misses nothing.
//!
//! ```text
//! event: advanced        event: directory        : (a heartbeat)
//! data: 4711             data: 8127364512
//! ```

use super::Reply;
use std::io::{BufRead, Read};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where phones listen.
pub const LIVE_PATH: &str = "/v1/live";
/// Longest line that a notice may have, in bytes.
const LINE_LIMIT: u64 = 128;

/// What a server says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Something in the member's scopes stands at this position.
    Advanced(u64),
    /// The directory has this version.
    Directory(u64),
}

/// Why listening came to its end, other than by [`Cancel`] or because enough was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listened {
    /// By the listener's own wish, or the server ended it in good order: listen again when it suits.
    Ended,
    /// The server turned the request down.
    Refused(Reply),
}

/// What the thread that reads tells the one that waits.
pub(super) enum Heard {
    Heartbeat,
    Notice(Notice),
    End(Listened),
    Broken,
    Cancelled,
}

impl Heard {
    pub(super) fn of(notice: Option<Notice>) -> Self {
        notice.map_or(Self::Heartbeat, Self::Notice)
    }
}

/// Ends a wait from another thread. Serves one wait at a time, and stays cancelled.
#[derive(Clone, Default)]
pub struct Cancel(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    is_cancelled: bool,
    waiting: Option<Sender<Heard>>,
}

impl Cancel {
    /// Ends the wait that is under way, and every later one at once.
    pub fn cancel(&self) {
        let mut state = self.state();
        state.is_cancelled = true;
        if let Some(waiting) = state.waiting.take() {
            // Fails if the wait has just ended by itself.
            let _ = waiting.send(Heard::Cancelled);
        }
    }

    /// Whether [`Cancel::cancel`] was called.
    pub fn is_cancelled(&self) -> bool {
        self.state().is_cancelled
    }

    /// From now on cancelling speaks through `waiting`. False if it is too late for that.
    pub(super) fn speak_through(&self, waiting: Sender<Heard>) -> bool {
        let mut state = self.state();
        if !state.is_cancelled {
            state.waiting = Some(waiting);
        }
        !state.is_cancelled
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads notices until `tell` has no more use for them or the stream ends. Heartbeats are told as
/// nothing, so that whoever went away is noticed. Lines of a later release are skipped.
pub(super) fn read_notices(
    stream: impl Read,
    tell: &mut dyn FnMut(Option<Notice>) -> bool,
) -> std::io::Result<()> {
    let mut stream = std::io::BufReader::new(stream);
    let mut event = String::new();
    loop {
        let mut line = Vec::new();
        stream.by_ref().take(LINE_LIMIT).read_until(b'\n', &mut line)?;
        if line.last() != Some(&b'\n') {
            let kind = std::io::ErrorKind::InvalidData;
            return if line.is_empty() { Ok(()) } else { Err(kind.into()) };
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        let mut notice = None;
        if let Some(name) = line.strip_prefix("event:") {
            name.trim().clone_into(&mut event);
            continue;
        } else if let Some(data) = line.strip_prefix("data:") {
            notice = match (event.as_str(), data.trim().parse()) {
                ("advanced", Ok(position)) => Some(Notice::Advanced(position)),
                ("directory", Ok(version)) => Some(Notice::Directory(version)),
                _ => None,
            };
        }
        if !tell(notice) {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(stream: &str) -> (Vec<Notice>, bool) {
        let mut notices = Vec::new();
        let end = read_notices(stream.as_bytes(), &mut |notice| {
            notices.extend(notice);
            true
        });
        (notices, end.is_ok())
    }

    #[test]
    fn notices_are_read_and_what_is_unknown_is_skipped() {
        let stream = ":\n\nevent: advanced\ndata: 12\n\nevent: later\ndata: x\n\nid: 3\n\nevent: directory\ndata: 7\n\n";
        assert_eq!(read(stream), (vec![Notice::Advanced(12), Notice::Directory(7)], true));
    }

    #[test]
    fn a_line_without_end_is_given_up() {
        let endless = format!("event: advanced\ndata: {}", "1".repeat(100_000));
        assert_eq!(read(&endless), (vec![], false));
        assert_eq!(read("event: adva"), (vec![], false));
    }
}
