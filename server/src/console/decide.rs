//! Decisions about an entry: approve, return, comment, resolve. A decision carries the version that
//! was shown; if the entry has moved on, the difference is shown before deciding.

use super::Console;
use super::entry::{Attempt, build, find, read_heads};
use super::fault::Fault;
use super::shell::html;
use super::visit::{Id, Signed, Supervisor, Visiting, see};
use crate::ledger::NewAction;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use doorstep_core::documents::summarise;
use doorstep_core::model::{Action, ActionId, ActionKind, DocId, Field};

/// `POST /entries/{entry}/approve`
pub async fn approve(
    State(console): State<Console>,
    supervisor: Supervisor,
    Id(entry): Id<DocId>,
) -> Result<Response, Fault> {
    decide(console, supervisor, entry, ActionKind::Approve, "approved").await
}

/// `POST /entries/{entry}/return`
pub async fn return_entry(
    State(console): State<Console>,
    supervisor: Supervisor,
    Id(entry): Id<DocId>,
) -> Result<Response, Fault> {
    decide(console, supervisor, entry, ActionKind::Return, "returned").await
}

/// `POST /entries/{entry}/comment`
pub async fn comment(
    State(console): State<Console>,
    supervisor: Supervisor,
    Id(entry): Id<DocId>,
) -> Result<Response, Fault> {
    decide(console, supervisor, entry, ActionKind::Comment, "commented").await
}

/// `POST /entries/{entry}/resolve/{action}`
pub async fn resolve(
    State(console): State<Console>,
    Supervisor(visit, signed): Supervisor,
    Path((entry, action)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let entry: DocId = entry.parse().map_err(|_| Fault::NotFound)?;
    let target: ActionId = action.parse().map_err(|_| Fault::NotFound)?;
    let heads = read_heads(visit.posted("heads"))?;
    console
        .run(move |server| {
            let is_there = server.records_of::<_, Fault>(signed.member, |records| {
                let record = find(records, entry)?;
                Ok(record.review.comments.iter().any(|comment| comment.action == target))
            })?;
            if !is_there {
                return Err(Fault::NotFound);
            }
            let new = NewAction {
                subject: entry,
                kind: ActionKind::Resolve,
                heads,
                fields: Vec::new(),
                reason: String::new(),
                target: Some(target),
            };
            Ok(server.act(signed.member, new)?)
        })
        .await?;
    Ok(see(format_args!("/entries/{entry}"), "resolved"))
}

/// What became of a decision.
enum Decided {
    Done,
    /// Not taken: the page again, with the reason why.
    Again(StatusCode, Box<super::entry::EntryPage>),
}

async fn decide(
    console: Console,
    Supervisor(visit, signed): Supervisor,
    entry: DocId,
    kind: ActionKind,
    said: &'static str,
) -> Result<Response, Fault> {
    let zone = console.zone().clone();
    let work = move |server: &crate::Server| {
        let new = read(&visit, entry, kind)?;
        let problem = problem(server, &visit, &signed, &new)?;
        let Some((status, problem, has_moved)) = problem else {
            server.act(signed.member, new)?;
            return Ok(Decided::Done);
        };
        let attempt = Attempt {
            shown: has_moved.then_some(new.heads),
            problem,
            reason: new.reason,
            ticked: new.fields.iter().map(ToString::to_string).collect(),
        };
        let page = build(server, &visit, &signed, &zone, entry, attempt)?;
        Ok(Decided::Again(status, Box::new(page)))
    };
    match console.run(work).await? {
        Decided::Done => Ok(see(format_args!("/entries/{entry}"), said)),
        Decided::Again(status, page) => Ok((status, html(&*page)?).into_response()),
    }
}

/// The decision that the form asks for. An approval has no words.
fn read(visit: &Visiting, entry: DocId, kind: ActionKind) -> Result<NewAction, Fault> {
    let has_words = kind != ActionKind::Approve;
    let fields: Result<Vec<Field>, _> =
        visit.posted_all("field").filter(|_| has_words).map(Field::new).collect();
    let reason = if has_words { visit.posted("reason").replace("\r\n", "\n") } else { String::new() };
    if reason.len() > Action::REASON_LIMIT {
        return Err(Fault::Invalid);
    }
    Ok(NewAction {
        subject: entry,
        kind,
        heads: read_heads(visit.posted("heads"))?,
        fields: fields.map_err(|_| Fault::Invalid)?,
        reason,
        target: None,
    })
}

type Problem = (StatusCode, &'static str, bool);

/// Why the decision cannot be taken as it stands; none if it can.
fn problem(
    server: &crate::Server,
    visit: &Visiting,
    signed: &Signed,
    new: &NewAction,
) -> Result<Option<Problem>, Fault> {
    let t = visit.lang.texts();
    server.records_of::<_, Fault>(signed.member, |records| {
        let record = find(records, new.subject)?;
        if !record.document.contains(&new.heads) {
            return Err(Fault::Invalid);
        }
        if new.kind != ActionKind::Approve && new.reason.is_empty() {
            return Ok(Some((StatusCode::UNPROCESSABLE_ENTITY, t.reason_missing, false)));
        }
        if new.kind != ActionKind::Comment && record.document.heads() != new.heads {
            return Ok(Some((StatusCode::CONFLICT, t.moved_on, true)));
        }
        let needs_newer = summarise(new.subject, &record.document).needs_newer;
        if new.kind == ActionKind::Approve && needs_newer {
            return Ok(Some((StatusCode::UNPROCESSABLE_ENTITY, t.needs_newer, false)));
        }
        Ok(None)
    })
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;
    use doorstep_core::model::Edit;

    #[tokio::test]
    async fn approved_entry_leaves_the_queue() {
        let office = Office::open();
        let visit = office.submitted_visit();
        let mut browser = office.signed_in_as_supervisor().await;
        let address = format!("/entries/{}", visit.doc);
        browser.decide(&visit, "approve", &[]).await.sees(&format!("{address}?said=approved"));
        assert!(browser.get(&address).await.text.contains("data-state=\"approved\""));
        assert!(!browser.get("/queue").await.text.contains("data-entry"));
    }

    #[tokio::test]
    async fn returned_entry_carries_reason_and_named_answers() {
        let office = Office::open();
        let visit = office.submitted_visit();
        let mut browser = office.signed_in_as_supervisor().await;
        let words = [("reason", "请补充见面时间。"), ("field", "outcome"), ("field", "narrative")];
        browser.decide(&visit, "return", &words).await;
        let page = browser.get(&format!("/entries/{}", visit.doc)).await.text;
        assert!(page.contains("data-state=\"returned\"") && page.contains("请补充见面时间。"));
        let returned = office.review_of(&visit).returned.unwrap();
        let fields: Vec<String> = returned.fields.iter().map(ToString::to_string).collect();
        assert_eq!(
            (returned.reason.as_str(), fields),
            ("请补充见面时间。", vec!["outcome".into(), "narrative".into()])
        );
    }

    #[tokio::test]
    async fn return_without_a_reason_is_asked_for_one() {
        let office = Office::open();
        let visit = office.submitted_visit();
        let mut browser = office.signed_in_as_supervisor().await;
        let reply = browser.decide(&visit, "return", &[("reason", "  "), ("field", "outcome")]).await;
        assert_eq!(reply.status, 422);
        assert!(
            reply.text.contains("请写一句话")
                && reply.text.contains("value=\"outcome\" form=\"words\" checked")
        );
        assert_eq!(office.review_of(&visit).state.code(), "submitted");
    }

    #[tokio::test]
    async fn decision_about_a_version_that_has_moved_on_shows_the_difference_first() {
        let office = Office::open();
        let mut visit = office.submitted_visit();
        let shown = visit.clone();
        let mut browser = office.signed_in_as_supervisor().await;
        office.edit(&mut visit, &[Edit::set("outcome", "refused")]);
        let reply = browser.decide(&shown, "approve", &[]).await;
        assert_eq!(reply.status, 409);
        assert!(reply.text.contains("id=\"since-shown\"") && reply.text.contains("data-changed=\"outcome\""));
        assert_eq!(office.review_of(&visit).approved, None);

        let reply = browser.decide(&shown, "return", &[("reason", "请补充。")]).await;
        assert_eq!(reply.status, 409);
        assert!(reply.text.contains("请补充。"));

        browser.decide(&visit, "approve", &[]).await;
        assert_eq!(office.review_of(&visit).approved, Some(visit.document.heads()));
    }

    #[tokio::test]
    async fn comment_is_resolved_at_the_remark() {
        let office = Office::open();
        let visit = office.submitted_visit();
        let mut browser = office.signed_in_as_supervisor().await;
        browser.decide(&visit, "comment", &[("reason", "下次请同社区一起去。")]).await;
        let review = office.review_of(&visit);
        assert_eq!((review.state.code(), review.comments.len()), ("submitted", 1));
        let remark = format!("resolve/{}", review.comments[0].action);
        browser.decide(&visit, &remark, &[]).await;
        assert!(office.review_of(&visit).comments[0].resolved);
    }

    #[tokio::test]
    async fn nobody_decides_about_another_teams_entry() {
        let office = Office::open();
        let visit = office.submitted_visit();
        let mut stranger = office.signed_in_as_foreign_supervisor().await;
        for verb in ["approve", "return", "comment"] {
            let reply = stranger.decide(&visit, verb, &[("reason", "x")]).await;
            assert_eq!(reply.status, 404, "{verb}");
        }
        let mut worker = office.signed_in_as_worker().await;
        assert_eq!(worker.decide(&visit, "approve", &[]).await.status, 403);
        assert_eq!(office.review_of(&visit).state.code(), "submitted");
    }
}
