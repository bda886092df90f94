//! Every reading of a minor's record leaves a line in the audit.

use super::fault::Fault;
use crate::records::Records;
use crate::server::Server;
use crate::store::audit::{self, Line};
use doorstep_core::model::{CaseId, DocId, MemberId, Scope, Timestamp};
use std::collections::BTreeSet;

/// Notes that a member read a document of a minor's case at the console. A page whose reading cannot
/// be noted is not shown.
pub fn note_reading(server: &Server, member: MemberId, now: Timestamp, doc: DocId) -> Result<(), Fault> {
    let line = Line {
        time: now,
        member: Some(member),
        device: Some(server.console_device()),
        verb: "read_minor",
        subject: Some(doc.as_bytes()),
        detail: None,
    };
    server.store().write::<_, Fault>(|tx| Ok(audit::add(tx, &line)?))
}

/// Which of the scopes are cases of minors, as far as the member knows them.
pub fn minors_among(records: &Records<'_>, scopes: impl IntoIterator<Item = Scope>) -> BTreeSet<CaseId> {
    let scopes: BTreeSet<Scope> = scopes.into_iter().collect();
    let cases = &records.view().directory.cases;
    let minors = cases.iter().filter(|known| known.minor && scopes.contains(&Scope::Case(known.case)));
    minors.map(|known| known.case).collect()
}

/// Notes that a list showed cases of minors: one line a page that was looked at, its subject the
/// identifiers of these cases one after the other, its detail the list.
pub fn note_listing(
    server: &Server,
    member: MemberId,
    now: Timestamp,
    list: &'static str,
    cases: &BTreeSet<CaseId>,
) -> Result<(), Fault> {
    if cases.is_empty() {
        return Ok(());
    }
    let subject: Vec<u8> = cases.iter().flat_map(|case| case.0).collect();
    let line = Line {
        time: now,
        member: Some(member),
        device: Some(server.console_device()),
        verb: "list_minors",
        subject: Some(&subject),
        detail: Some(list),
    };
    server.store().write::<_, Fault>(|tx| Ok(audit::add(tx, &line)?))
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;
    use doorstep_core::model::{Edit, Scope};

    #[tokio::test]
    async fn every_list_that_shows_a_minors_case_leaves_one_line_with_the_cases_shown() {
        let office = Office::open();
        office.submitted_visit();
        let mut browser = office.signed_in_as_supervisor().await;
        for list in ["/queue", "/cases", "/self-reviewed", "/set-aside"] {
            browser.get(list).await;
        }
        assert_eq!(office.audited("list_minors"), 0, "no minor was shown");

        let mut minors = office.minors_visit();
        let Scope::Case(case) = minors.scope else { panic!("a visit is a case's") };
        let late = office.edit_offline(&mut minors, &[Edit::set("narrative", "后来想起一件事。")]);
        office.base.end_assignment(case, office.base.worker);
        office.offer(late);
        let page = browser.get("/set-aside").await.text;
        let push = page.split("data-push=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        browser.get(&format!("/set-aside/{push}")).await;
        browser.get("/queue").await;
        browser.get("/queue?outcome=not_home").await;
        browser.get("/cases").await;
        browser.post("/search", &[("words", "小雨")]).await;
        browser.post("/search", &[("words", "家访")]).await;
        browser.post("/search", &[("words", "桃花")]).await;
        let lines = |tx: &rusqlite::Transaction<'_>| {
            let mut rows =
                tx.prepare("SELECT detail, subject FROM audit WHERE verb = 'list_minors' ORDER BY id")?;
            let rows = rows.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
            Ok::<Vec<_>, crate::StoreFault>(rows.collect::<Result<_, _>>()?)
        };
        let lines = office.base.server.store().read(lines).unwrap();
        let lists: Vec<&str> = lines.iter().map(|line| line.0.as_str()).collect();
        assert_eq!(lists, ["set_aside", "set_aside", "queue", "cases", "search", "search"]);
        assert!(lines.iter().all(|line| line.1 == case.0), "and names the cases that were shown, only those");
    }
}
