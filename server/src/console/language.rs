//! Choosing the language: for the browser, and for the member if signed in.

use super::Console;
use super::fault::Fault;
use super::texts::Lang;
use super::visit::{Anyone, LANGUAGE_COOKIE, is_own_page, set_cookie};
use crate::store::members;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

const YEAR_S: i64 = 365 * 24 * 60 * 60;

/// `POST /language`
pub async fn choose(State(console): State<Console>, Anyone(visit): Anyone) -> Result<Response, Fault> {
    let lang = Lang::from_code(visit.posted("language")).ok_or(Fault::Invalid)?;
    if let Some(signed) = &visit.signed {
        let member = signed.member;
        console
            .run(move |server| {
                server.store().write::<_, Fault>(|tx| Ok(members::set_language(tx, member, lang.code())?))
            })
            .await?;
    }
    let back = visit.posted("back");
    let mut response = Redirect::to(if is_own_page(back) { back } else { "/" }).into_response();
    set_cookie(&console, response.headers_mut(), LANGUAGE_COOKIE, lang.code(), Some(YEAR_S));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;

    #[tokio::test]
    async fn chosen_language_stays_with_the_member() {
        let office = Office::open();
        let mut browser = office.signed_in_as_supervisor().await;
        assert!(browser.get("/queue").await.text.contains("待审阅"));
        browser.post("/language", &[("language", "en"), ("back", "/queue")]).await.sees("/queue");
        assert!(browser.get("/queue").await.text.contains("Review queue"));
        let mut elsewhere = office.signed_in_as_supervisor().await;
        assert!(elsewhere.get("/queue").await.text.contains("Review queue"));
    }

    #[tokio::test]
    async fn stranger_is_answered_in_the_language_of_the_browser() {
        let office = Office::open();
        let mut browser = office.browser();
        browser.accept_language = "en-GB,en;q=0.9".into();
        assert!(browser.get("/sign-in").await.text.contains("<html lang=\"en\">"));
        browser.accept_language = "zh-CN".into();
        assert!(browser.get("/sign-in").await.text.contains("<html lang=\"zh-Hans\">"));
    }

    #[tokio::test]
    async fn language_form_leads_to_no_other_site() {
        let office = Office::open();
        let mut browser = office.signed_in_as_supervisor().await;
        for address in ["//evil.example", "https://evil.example", "/\\evil.example"] {
            browser.post("/language", &[("language", "zh"), ("back", address)]).await.sees("/");
        }
    }
}
