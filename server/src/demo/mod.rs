//! The demo: a sample office, the real server on this machine, and real phones that work a day.

#![expect(dead_code, reason = "read by the demo's tests until the command is there")]

mod clock;
mod form;
#[expect(unused_imports, reason = "as above")]
mod sample;
mod timeline;
