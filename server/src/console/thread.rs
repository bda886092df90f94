//! The review thread of an entry: hand-ins, decisions and remarks in order.

use super::moment;
use super::reading::Reading;
use super::words;
use crate::records::Record;
use doorstep_core::model::ActionKind;
use jiff::tz::TimeZone;

/// One step of the thread.
pub struct Remark {
    /// Names it.
    pub action: String,
    /// Its stable code.
    pub code: String,
    /// What was done.
    pub what: String,
    /// Who did it.
    pub who: String,
    /// When the server took it; a decision at the console at once, a phone's with its sync.
    pub when: String,
    /// Names of the answers that it is about.
    pub about: String,
    /// What was written, by paragraphs.
    pub text: Vec<String>,
    /// Someone has dealt with it.
    pub is_resolved: bool,
    /// The reader may say so.
    pub may_resolve: bool,
}

/// All steps, oldest first. What was resolved is said at the remark itself.
pub fn remarks(reading: &Reading<'_>, record: &Record, zone: &TimeZone, may_review: bool) -> Vec<Remark> {
    let lang = reading.lang;
    let resolved = |id| record.review.comments.iter().any(|one| one.action == id && one.resolved);
    record
        .actions
        .iter()
        .filter(|received| received.action.kind != ActionKind::Resolve)
        .map(|received| {
            let action = &received.action;
            let about: Vec<String> = action.fields.iter().map(|field| reading.label(field)).collect();
            let is_resolved = resolved(action.id);
            Remark {
                action: action.id.to_string(),
                code: action.kind.code().to_owned(),
                what: words::action(lang, &action.kind),
                who: reading.names.name(lang, action.member),
                when: moment::instant(lang, zone, received.received.unwrap_or(action.time)),
                about: about.join(lang.pick("、", ", ")),
                text: super::entry::paragraphs(&action.reason),
                is_resolved,
                may_resolve: may_review && action.kind == ActionKind::Comment && !is_resolved,
            }
        })
        .collect()
}
