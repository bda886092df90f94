//! Listening: TLS with the office's own key, or plain HTTP on this machine; graceful stop.

use crate::console::ConsoleOptions;
use crate::error::StoreFault;
use crate::router::router;
use crate::server::Server;
use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use doorstep_core::sync::ServerAddress;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use jiff::tz::TimeZone;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest, Sha256};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// Requests under way may take this long to end after a stop was asked for.
const GRACE: Duration = Duration::from_secs(10);

/// A connection may take this long to send the head of its next request.
const HEADERS: Duration = Duration::from_secs(30);

/// Why the server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeFault {
    /// Plain HTTP would show records to the network.
    #[error("plain HTTP is for loopback addresses only: leave --plain out, or listen on 127.0.0.1")]
    PlainHttp,
    /// The certificate cannot be made.
    #[error("certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// The certificate or its key cannot be used.
    #[error("the stored certificate or its key cannot be used")]
    BadCertificate,
    /// `keys.db`, where the certificate is.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// A file or a socket.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// How to listen.
#[derive(Debug, Clone)]
pub struct Listen {
    /// Where.
    pub address: SocketAddr,
    /// Without TLS: loopback only.
    pub plain: bool,
    /// Time zone of the office.
    pub zone: TimeZone,
    /// Address at which phones reach the server, if it is not the one that it listens on.
    pub url: Option<String>,
}

/// The office's own certificate, as phones pin it.
pub struct Certificate {
    der: Vec<u8>,
    key: Zeroizing<Vec<u8>>,
}

impl Certificate {
    /// The certificate that `keys.db` holds, made the first time. It names nobody: phones trust its
    /// fingerprint, which the enrolment code carries, and a restored office shows the same one.
    pub fn of(server: &Server) -> Result<Self, ServeFault> {
        let (der, key) = server.vault().tls(|| {
            let made = rcgen::generate_simple_self_signed(vec!["doorstep.invalid".to_owned()])?;
            Ok::<_, ServeFault>((made.cert.der().to_vec(), Zeroizing::new(made.signing_key.serialize_der())))
        })?;
        Ok(Self { der, key })
    }

    /// SHA-256 of the certificate.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(&self.der).into()
    }
}

/// What phones need to know to reach a server that listens so.
pub fn public_address(server: &Server, listen: &Listen) -> Result<ServerAddress, ServeFault> {
    let scheme = if listen.plain { "http" } else { "https" };
    let url = listen.url.clone().unwrap_or_else(|| format!("{scheme}://{}", listen.address));
    let fingerprint = if listen.plain { None } else { Some(Certificate::of(server)?.fingerprint()) };
    Ok(ServerAddress { url, fingerprint })
}

/// Listens until `stop` is done, then lets requests under way end. `ready` gets the address.
pub async fn serve(
    server: Arc<Server>,
    listen: Listen,
    stop: impl Future<Output = ()> + Send + 'static,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeFault> {
    if listen.plain && !listen.address.ip().is_loopback() {
        return Err(ServeFault::PlainHttp);
    }
    let socket = TcpListener::bind(listen.address)?;
    socket.set_nonblocking(true)?;
    ready(socket.local_addr()?);
    let handle = Handle::new();
    let (stopper, office) = (handle.clone(), Arc::clone(&server));
    tokio::spawn(async move {
        stop.await;
        // Phones listen for hours: they are told at once, and listen again later.
        office.live().close();
        stopper.graceful_shutdown(Some(GRACE));
    });
    let certificate = if listen.plain { None } else { Some(Certificate::of(&server)?) };
    let fingerprint = certificate.as_ref().map(Certificate::fingerprint);
    let console = ConsoleOptions { zone: listen.zone, url: listen.url, fingerprint };
    let app = router(Arc::clone(&server), console);
    // Answers leave at once: a page's last segment must not wait for the phone's acknowledgement.
    let at_once = NoDelayAcceptor::new();
    let Some(certificate) = certificate else {
        let mut listener = axum_server::from_tcp(socket).acceptor(at_once).handle(handle);
        limit_patience(listener.http_builder());
        return Ok(listener.serve(app.into_make_service()).await?);
    };
    let config = RustlsConfig::from_config(Arc::new(tls(&certificate)?));
    let acceptor = RustlsAcceptor::new(config).acceptor(at_once);
    let mut listener = axum_server::from_tcp(socket).acceptor(acceptor).handle(handle);
    limit_patience(listener.http_builder());
    Ok(listener.serve(app.into_make_service()).await?)
}

/// A connection that does not say what it wants must not hold a place for ever. Bodies and answers are
/// under the router's own limit.
fn limit_patience(builder: &mut Builder<TokioExecutor>) {
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADERS);
}

fn tls(certificate: &Certificate) -> Result<rustls::ServerConfig, ServeFault> {
    let chain = CertificateDer::from(certificate.der.clone());
    let key = PrivateKeyDer::try_from(certificate.key.to_vec()).map_err(|_| ServeFault::BadCertificate)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| ServeFault::BadCertificate)?
        .with_no_client_auth()
        .with_single_cert(vec![chain], key)
        .map_err(|_| ServeFault::BadCertificate)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// Done when the process is asked to end.
pub async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupted.await;
        }
    }
}
