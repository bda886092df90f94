//! One entry: what it says, what was said about it, exactly what changed since it was last decided
//! about, and the decision.

use super::Console;
use super::difference::{self, Changed};
use super::fault::Fault;
use super::minor::note_reading;
use super::moment;
use super::names::Names;
use super::photo;
use super::reading::{Line, Reading};
use super::shell::{Menu, Said, Shell, html};
use super::texts::Texts;
use super::thread::{self, Remark};
use super::visit::{Id, Reader, Signed, Visit};
use super::words;
use crate::records::{Record, Records};
use crate::server::Server;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use doorstep_core::documents::summarise;
use doorstep_core::model::{ActionKind, DocId, Field, Hash, Heads, ReviewState, Scope};
use jiff::tz::TimeZone;

/// The page of an entry.
#[derive(Template)]
#[template(path = "entry.html")]
#[expect(clippy::struct_excessive_bools, reason = "the template asks each by its name")]
pub struct EntryPage {
    pub t: &'static Texts,
    pub shell: Shell,
    pub said: &'static str,
    /// Why a decision was not taken.
    pub problem: &'static str,
    /// What was written with it.
    pub reason: String,
    pub entry: String,
    /// The version on the page: what a decision is about.
    pub heads: String,
    pub head: Head,
    pub narrative: Vec<String>,
    pub is_narrative_ticked: bool,
    pub answers: Vec<Answer>,
    pub photos: Vec<photo::Shown>,
    pub comparisons: Vec<Comparison>,
    pub conflicts: Vec<ConflictCard>,
    pub thread: Vec<Remark>,
    pub may_review: bool,
    pub may_approve: bool,
    /// It was approved by who handed it in, and this reader is somebody else.
    pub is_second_look: bool,
    pub may_return: bool,
    /// A sentence about where the entry stands.
    pub standing: &'static str,
    /// The version that was approved, if it is not the one on the page.
    pub approved: String,
    pub printed: String,
}

/// What stands above an entry.
#[expect(clippy::struct_excessive_bools, reason = "the template asks each by its name")]
pub struct Head {
    pub kind: String,
    /// The person's pseudonym, or the team's name.
    pub whom: String,
    /// The case's identifier; empty for a team's own record.
    pub case: String,
    pub contact: String,
    pub outcome: String,
    pub author: String,
    /// Colleagues who took part.
    pub workers: String,
    pub state: String,
    pub state_code: String,
    pub wait: String,
    pub crisis: bool,
    pub minor: bool,
    pub self_reviewed: bool,
    pub contradictory: bool,
}

/// An answer with its box to tick.
pub struct Answer {
    pub line: Line,
    pub is_ticked: bool,
}

/// A difference with its heading.
pub struct Comparison {
    pub id: &'static str,
    pub heading: &'static str,
    pub changes: Vec<Changed>,
}

/// A field that two people set differently.
pub struct ConflictCard {
    pub label: String,
    /// Who, when, what; the last is shown now.
    pub sides: Vec<(String, String, String)>,
}

/// A decision that was not taken, to be shown again with what was written.
#[derive(Default)]
pub struct Attempt {
    /// The version that the decision was about, if the entry has moved on.
    pub shown: Option<Heads>,
    pub problem: &'static str,
    pub reason: String,
    pub ticked: Vec<String>,
}

/// `GET /entries/{entry}`
pub async fn page(
    State(console): State<Console>,
    Reader(visit, signed): Reader,
    Id(entry): Id<DocId>,
    Query(said): Query<Said>,
) -> Result<Response, Fault> {
    let zone = console.zone().clone();
    let page = console
        .run(move |server| {
            let mut page = build(server, &visit, &signed, &zone, entry, Attempt::default())?;
            page.said = said.sentence(visit.lang);
            Ok(page)
        })
        .await?;
    html(&page)
}

/// Reads an entry for its page. What the member may not read is not found.
pub fn build(
    server: &Server,
    visit: &Visit,
    signed: &Signed,
    zone: &TimeZone,
    entry: DocId,
    attempt: Attempt,
) -> Result<EntryPage, Fault> {
    let page = server.records_of::<_, Fault>(signed.member, |records| {
        let record = find(records, entry)?;
        write(records, &record, visit, zone, attempt).map(|page| (page, record.row.scope))
    })?;
    if page.0.head.minor {
        note_reading(server, signed.member, visit.now, entry)?;
    }
    Ok(page.0)
}

/// An entry that the member may read.
pub fn find(records: &Records<'_>, entry: DocId) -> Result<Record, Fault> {
    let record = records.find(entry)?.ok_or(Fault::NotFound)?;
    if record.row.kind.is_case_part() { Err(Fault::NotFound) } else { Ok(record) }
}

fn write(
    records: &Records<'_>,
    record: &Record,
    visit: &Visit,
    zone: &TimeZone,
    attempt: Attempt,
) -> Result<EntryPage, Fault> {
    let t = visit.lang.texts();
    let names = Names::load(records.tx())?;
    let directory = &records.view().directory;
    let reading = Reading { lang: visit.lang, template: &directory.template, names: &names };
    let (document, review) = (&record.document, &record.review);
    let fields = document.fields();
    let heads = document.heads();
    let needs_newer = summarise(record.row.doc, document).needs_newer;
    let may_review = records.view().supervises(record.row.scope);
    let may_return = may_review
        && !matches!(review.state, ReviewState::Draft | ReviewState::Returned | ReviewState::Withdrawn);
    let me = records.view().member;
    let handed_in = |action: &doorstep_core::casework::ReceivedAction| {
        matches!(action.action.kind, ActionKind::Submit | ActionKind::Resubmit) && action.action.member == me
    };
    let is_second_look = may_review
        && review.state == ReviewState::Approved
        && review.self_reviewed
        && !record.actions.iter().any(handed_in);
    let approved = review.approved.as_ref().filter(|approved| **approved != heads);
    let is_ticked = |field: &str| attempt.ticked.iter().any(|ticked| ticked == field);
    Ok(EntryPage {
        shell: Shell::new(visit, Some(if may_review { Menu::Queue } else { Menu::Cases })),
        said: "",
        problem: attempt.problem,
        entry: record.row.doc.to_string(),
        heads: write_heads(&heads),
        head: head(records, record, visit, &reading)?,
        narrative: paragraphs(fields.text(Field::NARRATIVE)),
        is_narrative_ticked: is_ticked(Field::NARRATIVE),
        answers: reading
            .entry(&fields)
            .into_iter()
            .map(|line| Answer { is_ticked: is_ticked(&line.field), line })
            .collect(),
        photos: photo::shown(records, record)?,
        comparisons: comparisons(&reading, record, &heads, attempt.shown.as_ref(), t),
        conflicts: conflicts(&reading, record, zone),
        thread: thread::remarks(&reading, record, zone, may_review),
        may_review,
        may_approve: may_review && !needs_newer && (review.state.is_waiting() || is_second_look),
        is_second_look,
        may_return,
        standing: standing(t, &review.state, needs_newer),
        approved: approved.map(write_heads).unwrap_or_default(),
        printed: moment::instant(visit.lang, zone, visit.now),
        reason: attempt.reason,
        t,
    })
}

/// What stands above an entry and above its history.
pub fn head(
    records: &Records<'_>,
    record: &Record,
    visit: &Visit,
    reading: &Reading<'_>,
) -> Result<Head, Fault> {
    let lang = visit.lang;
    let summary = summarise(record.row.doc, &record.document).entry.ok_or(Fault::NotFound)?;
    let (whom, case, minor) = match record.row.scope {
        Scope::Case(id) => {
            let row = records.case(id)?.ok_or(Fault::NotFound)?;
            let pseudonym = row.contact.map(|part| part.pseudonym).unwrap_or_default();
            (pseudonym, id.to_string(), row.case.minor)
        }
        Scope::Team(id) => {
            let team = records.view().directory.teams.iter().find(|team| team.id == id);
            (team.map(|team| team.name.clone()).unwrap_or_default(), String::new(), false)
        }
    };
    let review = &record.review;
    let waiting_since = record.row.waiting_since.filter(|_| review.state.is_waiting());
    let colleagues = summary.workers.iter().filter(|member| **member != summary.author);
    let workers: Vec<String> = colleagues.map(|member| reading.names.name(lang, *member)).collect();
    Ok(Head {
        kind: words::entry_kind(lang, &summary.kind),
        whom: if whom.is_empty() { lang.texts().no_pseudonym.to_owned() } else { whom },
        case,
        contact: moment::contact(lang, &summary),
        outcome: summary.outcome.as_ref().map(|one| words::outcome(lang, one)).unwrap_or_default(),
        author: reading.names.name(lang, record.row.author),
        workers: workers.join(lang.pick("、", ", ")),
        state: words::review_state(lang, &review.state),
        state_code: review.state.code().to_owned(),
        wait: waiting_since.map(|since| moment::wait(lang, visit.now.ms_since(since))).unwrap_or_default(),
        crisis: summary.crisis,
        minor,
        self_reviewed: review.self_reviewed,
        contradictory: review.contradictory,
    })
}

/// What differs since the last decisions, and since a decision that came too late was begun.
fn comparisons(
    reading: &Reading<'_>,
    record: &Record,
    heads: &Heads,
    shown: Option<&Heads>,
    t: &'static Texts,
) -> Vec<Comparison> {
    let review = &record.review;
    let returned = match (&review.state, &review.returned) {
        (ReviewState::Resubmitted, Some(returned)) => record
            .actions
            .iter()
            .map(|received| &received.action)
            .find(|action| action.id == returned.action && action.kind == ActionKind::Return)
            .map(|action| &action.heads),
        _ => None,
    };
    [
        (shown, "since-shown", t.since_shown),
        (returned, "since-return", t.since_return),
        (review.approved.as_ref(), "since-approval", t.since_approval),
    ]
    .into_iter()
    .filter_map(|(from, id, heading)| {
        let from = from.filter(|from| *from != heads && record.document.contains(from))?;
        let changes = difference::between(reading, &record.document, from, heads);
        Some(Comparison { id, heading, changes })
    })
    .collect()
}

fn conflicts(reading: &Reading<'_>, record: &Record, zone: &TimeZone) -> Vec<ConflictCard> {
    let card = |conflict: &doorstep_core::documents::Conflict| ConflictCard {
        label: reading.label(&conflict.field),
        sides: conflict
            .sides
            .iter()
            .map(|side| {
                let who = side.member.map(|member| reading.names.name(reading.lang, member));
                (
                    who.unwrap_or_default(),
                    moment::instant(reading.lang, zone, side.time),
                    reading.value(&conflict.field, &side.value),
                )
            })
            .collect(),
    };
    record.document.conflicts().iter().map(card).collect()
}

fn standing(t: &'static Texts, state: &ReviewState, needs_newer: bool) -> &'static str {
    match state {
        _ if needs_newer => t.needs_newer,
        ReviewState::Draft => t.not_handed_in,
        ReviewState::Returned => t.is_returned,
        ReviewState::Approved => t.already_approved,
        ReviewState::Withdrawn => t.is_withdrawn,
        _ => "",
    }
}

/// A text by its paragraphs.
pub fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A version as it stands in a form or an address.
pub fn write_heads(heads: &Heads) -> String {
    heads.as_slice().iter().map(ToString::to_string).collect::<Vec<_>>().join("-")
}

/// Reads [`write_heads`].
pub fn read_heads(text: &str) -> Result<Heads, Fault> {
    let hashes: Result<Vec<Hash>, _> = text.split('-').map(str::parse).collect();
    hashes.map(Heads::new).map_err(|_| Fault::Invalid)
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;
    use doorstep_core::model::{DocId, Edit};

    #[tokio::test]
    async fn entry_is_shown_with_narrative_answers_and_boxes() {
        let office = Office::open();
        let visit = office.submitted_visit();
        let mut browser = office.signed_in_as_supervisor().await;
        let page = browser.get(&format!("/entries/{}", visit.doc)).await.text;
        assert!(page.contains("奶奶开门。"));
        assert!(page.contains("name=\"field\" value=\"outcome\""));
        assert!(page.contains("id=\"approve\"") && page.contains("id=\"return\""));
    }

    #[tokio::test]
    async fn entry_of_another_team_answers_like_one_that_does_not_exist() {
        let office = Office::open();
        let visit = office.submitted_visit();
        let mut browser = office.signed_in_as_foreign_supervisor().await;
        let foreign = browser.get(&format!("/entries/{}", visit.doc)).await;
        let nothing = browser.get(&format!("/entries/{}", DocId::new(office.env()))).await;
        assert_eq!((foreign.status, nothing.status), (404, 404));
        let neutral = |text: &str, id: &str| text.replace(id, "");
        let (a, b) = (foreign.path.clone(), nothing.path.clone());
        assert_eq!(neutral(&foreign.text, &a), neutral(&nothing.text, &b));
    }

    #[tokio::test]
    async fn reading_a_minors_entry_is_audited() {
        let office = Office::open();
        let minors = office.minors_visit();
        let other = office.submitted_visit();
        let mut browser = office.signed_in_as_supervisor().await;
        browser.get(&format!("/entries/{}", other.doc)).await;
        assert_eq!(office.audited("read_minor"), 0);
        browser.get(&format!("/entries/{}", minors.doc)).await;
        browser.get(&format!("/entries/{}/history", minors.doc)).await;
        assert_eq!(office.audited("read_minor"), 2);
    }

    #[tokio::test]
    async fn edit_after_approval_shows_exactly_the_difference() {
        let office = Office::open();
        let mut visit = office.submitted_visit();
        let mut browser = office.signed_in_as_supervisor().await;
        browser.decide(&visit, "approve", &[]).await;
        let address = format!("/entries/{}", visit.doc);
        assert!(!browser.get(&address).await.text.contains("id=\"since-approval\""));
        office.edit(
            &mut visit,
            &[Edit::set("narrative", "奶奶开门。小林在睡觉。"), Edit::set("outcome", "met_family_only")],
        );
        let page = browser.get(&address).await.text;
        assert!(page.contains("data-state=\"amended\""));
        assert!(page.contains("<ins>小林在睡觉。</ins>"), "{page}");
        assert!(page.contains("data-changed=\"outcome\"") && page.contains("仅见家属"));
        assert!(!page.contains("data-changed=\"kind\""));
    }
}
