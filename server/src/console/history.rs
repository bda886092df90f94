//! History of an entry: who changed what and when, and every earlier state.

use super::Console;
use super::difference::{Changed, changed};
use super::entry::{Head, find, head, paragraphs, read_heads, write_heads};
use super::fault::Fault;
use super::minor::note_reading;
use super::moment;
use super::names::Names;
use super::pages::{After, Links, Paged};
use super::reading::{Line, Reading};
use super::shell::{Menu, Shell, html};
use super::texts::Texts;
use super::visit::{Id, Reader};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use doorstep_core::model::{DocId, Field};

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage {
    t: &'static Texts,
    shell: Shell,
    entry: String,
    head: Head,
    steps: Vec<Step>,
    pages: Links,
}

/// One saved change.
struct Step {
    heads: String,
    who: String,
    when: String,
    is_first: bool,
    changes: Vec<Changed>,
}

#[derive(Template)]
#[template(path = "version.html")]
struct VersionPage {
    t: &'static Texts,
    shell: Shell,
    entry: String,
    head: Head,
    narrative: Vec<String>,
    answers: Vec<Line>,
    printed: String,
}

/// `GET /entries/{entry}/history`
pub async fn page(
    State(console): State<Console>,
    Reader(visit, signed): Reader,
    Id(entry): Id<DocId>,
    Query(asked): Query<After>,
) -> Result<Response, Fault> {
    let zone = console.zone().clone();
    let page = console
        .run(move |server| {
            let (lang, me) = (visit.lang, signed.member);
            let page = server.records_of::<_, Fault>(me, |records| {
                let record = find(records, entry)?;
                let names = Names::load(records.tx())?;
                let template = &records.view().directory.template;
                let reading = Reading { lang, template, names: &names };
                let history = record.document.history();
                let step = |(index, step): (usize, &doorstep_core::documents::HistoryStep)| Step {
                    heads: write_heads(&step.heads),
                    who: step.member.map(|member| names.name(lang, member)).unwrap_or_default(),
                    when: moment::instant(lang, &zone, step.time),
                    is_first: index == 0,
                    changes: step.changes.iter().map(|one| changed(&reading, one)).collect(),
                };
                let mut steps: Vec<Step> = history.iter().enumerate().map(step).collect();
                steps.reverse();
                let steps = Paged::after(steps, |step| step.heads == asked.after, |step| step.heads.clone());
                Ok(HistoryPage {
                    t: lang.texts(),
                    shell: Shell::new(&visit, Some(Menu::Cases)),
                    entry: entry.to_string(),
                    head: head(records, &record, &visit, &reading)?,
                    pages: steps.links(&format!("/entries/{entry}/history"), ""),
                    steps: steps.rows,
                })
            })?;
            if page.head.minor {
                note_reading(server, me, visit.now, entry)?;
            }
            Ok(page)
        })
        .await?;
    html(&page)
}

/// `GET /entries/{entry}/at/{heads}`
pub async fn version(
    State(console): State<Console>,
    Reader(visit, signed): Reader,
    Path((entry, heads)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let entry: DocId = entry.parse().map_err(|_| Fault::NotFound)?;
    let heads = read_heads(&heads).map_err(|_| Fault::NotFound)?;
    let zone = console.zone().clone();
    let page = console
        .run(move |server| {
            let (lang, me) = (visit.lang, signed.member);
            let page = server.records_of::<_, Fault>(me, |records| {
                let record = find(records, entry)?;
                if !record.document.contains(&heads) {
                    return Err(Fault::NotFound);
                }
                let names = Names::load(records.tx())?;
                let template = &records.view().directory.template;
                let reading = Reading { lang, template, names: &names };
                let fields = record.document.fields_at(&heads);
                Ok(VersionPage {
                    t: lang.texts(),
                    shell: Shell::new(&visit, Some(Menu::Cases)),
                    entry: entry.to_string(),
                    head: head(records, &record, &visit, &reading)?,
                    narrative: paragraphs(fields.text(Field::NARRATIVE)),
                    answers: reading.entry(&fields),
                    printed: moment::instant(lang, &zone, visit.now),
                })
            })?;
            if page.head.minor {
                note_reading(server, me, visit.now, entry)?;
            }
            Ok(page)
        })
        .await?;
    html(&page)
}

#[cfg(test)]
mod tests {
    use crate::console::entry::write_heads;
    use crate::console::harness::Office;
    use doorstep_core::model::{Edit, Hash, Heads};

    #[tokio::test]
    async fn approved_version_stays_readable_after_an_edit() {
        let office = Office::open();
        let mut visit = office.submitted_visit();
        let mut browser = office.signed_in_as_supervisor().await;
        browser.decide(&visit, "approve", &[]).await;
        let approved = write_heads(&visit.document.heads());
        office.edit(&mut visit, &[Edit::set("narrative", "改写了。")]);
        let history = browser.get(&format!("/entries/{}/history", visit.doc)).await.text;
        assert!(history.contains(&approved) && history.contains("<ins>改写了</ins>"));
        let page = browser.get(&format!("/entries/{}/at/{approved}", visit.doc)).await.text;
        assert!(page.contains("奶奶开门。") && !page.contains("改写了。"));
    }

    #[tokio::test]
    async fn version_that_the_entry_never_had_is_not_found() {
        let office = Office::open();
        let visit = office.submitted_visit();
        let mut browser = office.signed_in_as_supervisor().await;
        let never = write_heads(&Heads::new(vec![Hash([7; 32])]));
        for heads in [never.as_str(), "nonsense"] {
            let reply = browser.get(&format!("/entries/{}/at/{heads}", visit.doc)).await;
            assert_eq!(reply.status, 404);
        }
    }
}
