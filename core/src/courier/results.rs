//! What became of the work that a request carried.

use super::SyncReport;
use super::outbox::Sent;
use super::pen::Pen;
use super::set_aside::set_aside;
use crate::env::Env;
use crate::model::DocId;
use crate::store::{AttentionKind, StoreFault, Tx};
use crate::sync::wire::{ItemResult, ItemVerdict, Push, PushResult, RefusalCode, SyncResponse};

/// Whether an answer's results are those of the pushes that were sent.
pub fn fit(pushes: &[Push], results: &[PushResult]) -> bool {
    pushes.len() == results.len()
        && pushes.iter().zip(results).all(|(push, result)| {
            push.doc == result.doc
                && push.changes.len() == result.changes.len()
                && push.actions.len() == result.actions.len()
        })
}

/// Notes every result, and takes aside what the server did not take.
pub fn settle(
    tx: &Tx<'_>,
    env: &Env,
    pen: &mut Pen,
    (pushes, sent): (&[Push], &[Sent]),
    response: &SyncResponse,
    report: &mut SyncReport,
) -> Result<(), StoreFault> {
    let mut not_taken: Vec<(DocId, RefusalCode)> = Vec::new();
    for ((push, sent), result) in pushes.iter().zip(sent).zip(&response.results) {
        let ids = sent.changes.iter().chain(&sent.actions);
        let mut reason = None;
        for (id, item) in ids.zip(result.changes.iter().chain(&result.actions)) {
            tx.settle_own(*id, item)?;
            match &item.verdict {
                ItemVerdict::Accepted | ItemVerdict::Held => report.pushed += 1,
                ItemVerdict::Late => report.set_aside += 1,
                ItemVerdict::Quarantined | ItemVerdict::Refused | ItemVerdict::Unknown(_) => {
                    report.set_aside += 1;
                    reason = Some(weightier(reason, item));
                }
            }
        }
        for (action, item) in push.actions.iter().zip(&result.actions) {
            if item.verdict == ItemVerdict::Accepted {
                // What was just pushed does not come back in the page.
                tx.put_action(action, Some(response.time))?;
            }
        }
        if is_late(result) {
            let scope = push.changes.first().map(|change| change.envelope.scope);
            tx.add_attention(&AttentionKind::HandedOver, scope, Some(push.doc), None, env.now())?;
        }
        match reason {
            Some(code) => not_taken.push((push.doc, code)),
            None => tx.settle_attention(&AttentionKind::NotTaken, push.doc)?,
        }
    }
    for (doc, code) in not_taken {
        if !set_aside(tx, env, pen, doc, &code)? {
            tx.add_attention(&AttentionKind::NotTaken, None, Some(doc), Some(code.code()), env.now())?;
        }
    }
    Ok(())
}

fn is_late(result: &PushResult) -> bool {
    result.changes.iter().chain(&result.actions).any(|item| item.verdict == ItemVerdict::Late)
}

/// The cause of a push's failure among its items' codes: most of them only say that another failed.
fn weightier(before: Option<RefusalCode>, item: &ItemResult) -> RefusalCode {
    let code = item.code.clone().unwrap_or(RefusalCode::PushFailed);
    match before {
        Some(before) if before != RefusalCode::PushFailed => before,
        _ => code,
    }
}
