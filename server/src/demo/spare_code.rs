//! A code for one more phone, so that anybody can try the app against the running demo.

use super::fault::DemoFault;
use super::office::Office;
use super::sample::{Language, Sample};
use doorstep_core::model::Timestamp;

/// Whose phone may be enrolled: the second worker, for the first one's answers by itself.
const MEMBER: &str = "zhou";
/// A code lives ten minutes; the next one is said before that.
const RENEW_AFTER_MS: i64 = 9 * 60 * 1_000;

/// The code that was said last.
pub struct SpareCode {
    said: Option<Timestamp>,
}

impl SpareCode {
    /// None was said yet.
    pub fn new() -> Self {
        Self { said: None }
    }

    /// Says a code if there is none that still has time to be typed.
    pub fn renew(
        &mut self,
        office: &Office,
        sample: &Sample,
        language: Language,
        say: &mut dyn FnMut(String),
    ) -> Result<(), DemoFault> {
        let now = office.now();
        if self.said.is_some_and(|said| (0..RENEW_AFTER_MS).contains(&now.ms_since(said))) {
            return Ok(());
        }
        let code = office.invite(MEMBER)?;
        say(language.spare_code(sample.member_name(MEMBER, language), &code.to_text()));
        self.said = Some(now);
        Ok(())
    }
}
