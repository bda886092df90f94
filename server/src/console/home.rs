//! `/`: the page that a member's day begins with.

use super::visit::Member;
use axum::response::Redirect;
use doorstep_core::model::Role;

/// `GET /`
pub async fn home(Member(_, signed): Member) -> Redirect {
    let address = if signed.has(&Role::Supervisor) {
        "/queue"
    } else if signed.has(&Role::Admin) {
        "/members"
    } else {
        "/cases"
    };
    Redirect::to(address)
}
