//! What is said of a panic: where, never what. Its text can hold what somebody wrote.

use std::panic::{PanicHookInfo, set_hook};
use std::sync::Once;

/// From now on a panic says where it happened and nothing else.
pub(crate) fn keep_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| set_hook(Box::new(|panic| eprintln!("{}", said(panic)))));
}

fn said(panic: &PanicHookInfo<'_>) -> String {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    format!("doorstep: panic at {place}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn a_panic_says_where_and_not_what() {
        static HEARD: Mutex<String> = Mutex::new(String::new());
        let before = std::panic::take_hook();
        set_hook(Box::new(|panic| *HEARD.lock().unwrap() = said(panic)));
        let narrative = "母亲在家";
        // Rust's own message quotes the text whose middle this cuts through.
        let cut = std::panic::catch_unwind(|| narrative[..1].len());
        set_hook(before);
        assert!(cut.is_err());
        let heard = HEARD.lock().unwrap();
        assert!(heard.contains("panic.rs") && !heard.contains('母'), "{heard}");
    }
}
