//! The stream of server-sent events that carries the live notice.

use super::live::{Listener, News};
use crate::server::Server;
use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use std::convert::Infallible;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{oneshot, watch};
use tokio::time::sleep;

/// A word now and then, so that both sides and everything between them know that the other lives.
/// Well below the minute that phones wait for a word.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// What is committed within this time is told at once: a busy office must not wake phones for each item.
const GATHER: Duration = Duration::from_millis(250);

/// Answers a request to listen.
pub async fn live(server: Arc<Server>, proof: Option<String>) -> Response {
    let commits = server.store().watch_commits();
    let admitted = tokio::task::spawn_blocking(move || Listener::admit(&server, proof.as_deref())).await;
    let (listener, news, ended) = match admitted {
        Ok(Ok(admitted)) => admitted,
        Ok(Err(reply)) => return reply.into_response(),
        // The runtime is stopping.
        Err(_) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    let telling = Telling { listener: Some(listener), first: Some(events(&news)), commits, ended };
    let body = Body::from_stream(unfold(telling, |mut telling| async {
        telling.next().await.map(|text| (Ok::<_, Infallible>(Bytes::from(text)), telling))
    }));
    let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    (headers, body).into_response()
}

struct Telling {
    /// On loan to the thread that looks, while it looks.
    listener: Option<Listener>,
    first: Option<String>,
    commits: watch::Receiver<u64>,
    ended: oneshot::Receiver<()>,
}

impl Telling {
    /// The next words; none at the end.
    async fn next(&mut self) -> Option<String> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        let heartbeat = sleep(HEARTBEAT);
        tokio::pin!(heartbeat);
        loop {
            tokio::select! {
                _ = &mut self.ended => return None,
                () = &mut heartbeat => return Some(":\n\n".to_owned()),
                changed = self.commits.changed() => changed.ok()?,
            }
            tokio::select! {
                _ = &mut self.ended => return None,
                () = sleep(GATHER) => {}
            }
            self.commits.mark_unchanged();
            let news = self.look().await?;
            if news != News::default() {
                return Some(events(&news));
            }
        }
    }

    /// None at the end: the phone may no longer listen, or the database cannot be read.
    async fn look(&mut self) -> Option<News> {
        let mut listener = self.listener.take()?;
        let looked = tokio::task::spawn_blocking(move || {
            let news = listener.look();
            (listener, news)
        });
        let (listener, news) = looked.await.ok()?;
        self.listener = Some(listener);
        match news {
            Ok(news) => news,
            Err(fault) => {
                tracing::error!(%fault, "a phone that listens could not be told any more");
                None
            }
        }
    }
}

fn events(news: &News) -> String {
    let mut text = String::new();
    for (event, data) in [("advanced", news.advanced), ("directory", news.directory)] {
        if let Some(data) = data {
            write!(text, "event: {event}\ndata: {data}\n\n").expect("writing into memory does not fail");
        }
    }
    text
}
