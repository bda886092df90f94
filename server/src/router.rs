//! Every address on one page.
//!
//! | address | for |
//! |---|---|
//! | `POST /v1/sync` | phones: push and pull in one round trip |
//! | `POST /v1/enrol` | phones: present a one-time code |
//! | `POST /v1/attachments/put` | phones: the next chunk of a photo |
//! | `POST /v1/attachments/get` | phones: a chunk of somebody else's photo |
//! | `POST /v1/recovery/keep` | phones: leave their database's key, sealed to the office |
//! | `POST /v1/recovery` | phones that lost that key: ask for it |
//! | `GET /v1/live` | phones: told that there is something to fetch, as server-sent events |
//! | `GET /healthz` | monitoring: the process answers and its database can be read |
//! | everything else | the console in the browser: see [`crate::console`] |

use crate::console::{self, Console, ConsoleOptions};
use crate::server::Server;
use crate::store::office;
use crate::sync::{self, CONTENT_TYPE, PROOF_HEADER, Reply};
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use data_encoding::HEXLOWER;
use doorstep_core::sync::LIVE_PATH;
use doorstep_core::sync::attachments::{GET_PATH, PUT_PATH};
use doorstep_core::sync::recovery::{KEEP_PATH, RECOVERY_PATH};
use doorstep_core::sync::wire::{BODY_LIMIT, ErrorCode};
use std::sync::Arc;
use std::time::Duration;
use tower_http::timeout::TimeoutLayer;
use tracing::Instrument;

/// A request that takes longer is given up; a phone asks again, and asking again is harmless.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The whole service of an office.
pub fn router(server: Arc<Server>, console: ConsoleOptions) -> Router {
    let phones = Router::new()
        .route("/v1/sync", post(phone))
        .route("/v1/enrol", post(phone))
        .route(PUT_PATH, post(phone))
        .route(GET_PATH, post(phone))
        .route(KEEP_PATH, post(phone))
        .route(RECOVERY_PATH, post(phone))
        .route(LIVE_PATH, get(live))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .route("/healthz", get(health))
        .with_state(Arc::clone(&server));
    let console = Console::new(Arc::clone(&server), console);
    phones
        .merge(console::router(console))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(from_fn_with_state(server, log))
}

/// A phone's request: bytes in, bytes out, on a thread that may block.
async fn phone(
    State(server): State<Arc<Server>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let work = move || {
        let body = match body {
            Ok(body) => body,
            Err(fault) if fault.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                return server.refuse(ErrorCode::TooLarge, None);
            }
            Err(_) => return server.refuse(ErrorCode::Malformed, None),
        };
        let proof = headers.get(PROOF_HEADER).and_then(|value| value.to_str().ok());
        server.exchange(method.as_str(), uri.path(), proof, &body)
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(reply) => reply.into_response(),
        // The runtime is stopping.
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, [(header::CONTENT_TYPE, CONTENT_TYPE)], self.body).into_response()
    }
}

/// A phone listens for as long as its connection lives.
async fn live(State(server): State<Arc<Server>>, headers: HeaderMap) -> Response {
    let proof = headers.get(PROOF_HEADER).and_then(|value| value.to_str().ok());
    sync::live(server, proof.map(str::to_owned)).await
}

async fn health(State(server): State<Arc<Server>>) -> Response {
    let read = tokio::task::spawn_blocking(move || server.store().read(|tx| office::get(tx).map(drop)));
    match read.await {
        Ok(Ok(())) => "ok\n".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "not ok\n").into_response(),
    }
}

/// One line a request: route as a template, never the address itself, for identifiers are personal too.
/// The request's own number ties it to whatever else is logged on its way.
async fn log(
    State(server): State<Arc<Server>>,
    route: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let method = request.method().clone();
    let began = server.env().now();
    let number = HEXLOWER.encode(&server.env().bytes::<6>());
    let response = next.run(request).instrument(tracing::info_span!("request", %number)).await;
    let ms = server.env().now().ms_since(began);
    let route = route.as_ref().map_or("unknown", MatchedPath::as_str);
    tracing::info!(%number, %method, route, status = response.status().as_u16(), ms, "answered");
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Office;
    use axum::body::Body;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_body_without_end_is_turned_down_at_its_limit() {
        let office = Office::open();
        let console = ConsoleOptions { zone: jiff::tz::TimeZone::UTC, url: None, fingerprint: None };
        let sent = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&sent);
        let chunks = futures_util::stream::repeat_with(move || {
            let before = counted.fetch_add(16 * 1024, Ordering::SeqCst);
            // An end after all, so that the test has one without the limit.
            if before < 3 * BODY_LIMIT { Ok([7_u8; 16 * 1024].to_vec()) } else { Err("the end") }
        });
        let request = Request::post("/v1/sync").body(Body::from_stream(chunks)).unwrap();
        let response = router(Arc::clone(&office.server), console).oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert!(sent.load(Ordering::SeqCst) <= BODY_LIMIT + 32 * 1024);
    }
}
