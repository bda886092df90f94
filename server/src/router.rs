//! Every address of the server on one page: phones under `/v1`, `/healthz`, and the console's pages.

use crate::console::{self, Console, ConsoleOptions};
use crate::server::Server;
use crate::sync::{CONTENT_TYPE, PROOF_HEADER};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use doorstep_core::sync::wire::BODY_LIMIT;
use std::sync::Arc;

/// Everything that a listener serves.
pub fn router(server: Arc<Server>, options: ConsoleOptions) -> Router {
    let console = console::router(Console::new(Arc::clone(&server), options));
    phones(server).merge(console)
}

fn phones(server: Arc<Server>) -> Router {
    Router::new()
        .route("/v1/enrol", post(exchange))
        .route("/v1/sync", post(exchange))
        .route("/healthz", get(|| async { "ok" }))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(server)
}

/// Hands a request to [`Server::exchange`], beside the threads that serve connections.
async fn exchange(
    State(server): State<Arc<Server>>,
    method: Method,
    address: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = tokio::task::spawn_blocking(move || {
        let proof = headers.get(PROOF_HEADER).and_then(|value| value.to_str().ok());
        server.exchange(method.as_str(), address.path(), proof, &body)
    });
    let Ok(reply) = answer.await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, CONTENT_TYPE)], reply.body).into_response()
}
