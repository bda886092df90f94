//! Entries that were approved by who handed them in: for a later second look by somebody else.

use super::Console;
use super::fault::Fault;
use super::minor::{minors_among, note_listing};
use super::pages::{After, Links, Paged};
use super::row::{Row, Rows};
use super::shell::{Menu, Shell, html};
use super::texts::Texts;
use super::visit::Supervisor;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;

#[derive(Template)]
#[template(path = "self_reviewed.html")]
struct SelfReviewedPage {
    t: &'static Texts,
    shell: Shell,
    rows: Vec<Row>,
    pages: Links,
}

/// `GET /self-reviewed`
pub async fn page(
    State(console): State<Console>,
    Supervisor(visit, signed): Supervisor,
    Query(asked): Query<After>,
) -> Result<Response, Fault> {
    let (lang, now) = (visit.lang, visit.now);
    let page = console
        .run(move |server| {
            let (page, minors) = server.records_of::<_, Fault>(signed.member, |records| {
                let rows = Rows::load(lang, now, records)?;
                let after: Option<u64> = asked.after.parse().ok();
                let page = Paged::past(
                    records.self_reviewed()?,
                    |row| after.is_some_and(|after| row.created_position >= after),
                    |row| row.created_position.to_string(),
                );
                let minors = minors_among(records, page.rows.iter().map(|row| row.scope));
                Ok((page.map(|row| Ok::<_, Fault>(rows.row(&row)))?, minors))
            })?;
            note_listing(server, signed.member, now, "self_reviewed", &minors)?;
            Ok(page)
        })
        .await?;
    html(&SelfReviewedPage {
        t: lang.texts(),
        shell: Shell::new(&visit, Some(Menu::Queue)),
        pages: page.links("/self-reviewed", ""),
        rows: page.rows,
    })
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;
    use crate::directory;
    use crate::store::members;
    use doorstep_core::model::{Edit, Role};

    /// An office whose worker is a supervisor too.
    fn one_person_office() -> Office {
        let office = Office::open();
        let (server, worker) = (&office.base.server, office.base.worker);
        let both = [Role::Worker, Role::Supervisor];
        server.store().write::<_, crate::StoreFault>(|tx| members::set_roles(tx, worker, &both)).unwrap();
        directory::join_team(server, None, office.base.team, worker, true).unwrap();
        office
    }

    #[tokio::test]
    async fn own_approval_is_listed_until_somebody_else_has_looked() {
        let office = one_person_office();
        let visit = office.submitted_visit();
        let listed = format!("data-entry=\"{}\"", visit.doc);
        let address = format!("/entries/{}", visit.doc);
        let mut author = office.signed_in_as_worker().await;
        assert!(!author.get("/self-reviewed").await.text.contains(&listed));
        author.decide(&visit, "approve", &[]).await.sees(&format!("{address}?said=approved"));
        assert!(author.get("/self-reviewed").await.text.contains(&listed));
        assert!(author.get("/queue").await.text.contains("href=\"/self-reviewed\""));
        assert!(!author.get(&address).await.text.contains("/approve\""), "not by the author again");

        let mut supervisor = office.signed_in_as_supervisor().await;
        assert!(supervisor.get(&address).await.text.contains("id=\"second-look\""));
        supervisor.decide(&visit, "approve", &[]).await;
        assert!(!supervisor.get("/self-reviewed").await.text.contains(&listed));
        assert!(!author.get("/self-reviewed").await.text.contains(&listed));
        assert!(!supervisor.get("/queue").await.text.contains("href=\"/self-reviewed\""));
    }

    #[tokio::test]
    async fn edited_after_the_own_approval_it_waits_in_the_queue_instead() {
        let office = one_person_office();
        let mut visit = office.submitted_visit();
        let mut author = office.signed_in_as_worker().await;
        author.decide(&visit, "approve", &[]).await;
        office.edit(&mut visit, &[Edit::set("outcome", "refused")]);
        let listed = format!("data-entry=\"{}\"", visit.doc);
        assert!(!author.get("/self-reviewed").await.text.contains(&listed));
        assert!(author.get("/queue").await.text.contains(&listed));
        assert_eq!(office.base.server.rebuild_documents(false).unwrap().differing, 0);
    }

    #[tokio::test]
    async fn other_teams_second_looks_are_not_shown() {
        let office = one_person_office();
        let visit = office.submitted_visit();
        office.signed_in_as_worker().await.decide(&visit, "approve", &[]).await;
        let mut stranger = office.signed_in_as_foreign_supervisor().await;
        assert!(!stranger.get("/self-reviewed").await.text.contains("data-entry"));
    }
}
