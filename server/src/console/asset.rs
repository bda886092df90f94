//! The stylesheet and the mark, part of the program. Their address holds the hash of their content,
//! so that browsers keep them for ever and a new release is seen at once.

use super::fault::Fault;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const STYLE: &str = include_str!("../../static/console.css");
const MARK: &str = include_str!("../../static/mark.svg");

static STYLE_ADDRESS: LazyLock<String> = LazyLock::new(|| address("console.css", STYLE));
static MARK_ADDRESS: LazyLock<String> = LazyLock::new(|| address("mark.svg", MARK));

fn address(name: &str, content: &str) -> String {
    let digest = Sha256::digest(content.as_bytes());
    format!("/static/{}/{name}", data_encoding::HEXLOWER.encode(&digest[..8]))
}

/// Address of the stylesheet.
pub fn style() -> &'static str {
    &STYLE_ADDRESS
}

/// Address of the mark.
pub fn mark() -> &'static str {
    &MARK_ADDRESS
}

/// `GET /static/{hash}/{name}`
pub async fn asset(Path((hash, name)): Path<(String, String)>) -> Result<Response, Fault> {
    let (kind, content) = match format!("/static/{hash}/{name}") {
        asked if asked == style() => ("text/css; charset=utf-8", STYLE),
        asked if asked == mark() => ("image/svg+xml", MARK),
        _ => return Err(Fault::NotFound),
    };
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, content).into_response())
}
