//! Listening: TLS with the office's own key, or plain HTTP on this machine; graceful stop.

use crate::router::router;
use crate::server::Server;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use doorstep_core::sync::ServerAddress;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Requests under way may take this long to end after a stop was asked for.
const GRACE: Duration = Duration::from_secs(10);

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
    #[error("certificate or key in the data folder cannot be used")]
    BadCertificate,
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
}

/// The office's own certificate, as phones pin it.
pub struct Certificate {
    pem: String,
    key_pem: String,
    /// SHA-256 of the certificate.
    pub fingerprint: [u8; 32],
}

impl Certificate {
    /// Reads the certificate in the data folder, or makes one. It names nobody: phones trust its
    /// fingerprint, which the enrolment code carries.
    pub fn load_or_make(data_dir: &Path) -> Result<Self, ServeFault> {
        let (certificate_file, key_file) =
            (data_dir.join("tls-certificate.pem"), data_dir.join("tls-key.pem"));
        if !key_file.exists() {
            let made = rcgen::generate_simple_self_signed(vec!["doorstep.invalid".to_owned()])?;
            std::fs::write(&certificate_file, made.cert.pem())?;
            let mut file =
                std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&key_file)?;
            file.write_all(made.signing_key.serialize_pem().as_bytes())?;
            file.sync_all()?;
        }
        let (pem, key_pem) = (std::fs::read_to_string(certificate_file)?, std::fs::read_to_string(key_file)?);
        let der = first_certificate(&pem).ok_or(ServeFault::BadCertificate)?;
        Ok(Self { pem, key_pem, fingerprint: Sha256::digest(der).into() })
    }
}

/// The bytes between the first pair of PEM markers.
fn first_certificate(pem: &str) -> Option<Vec<u8>> {
    let body = pem.split_once("-----BEGIN CERTIFICATE-----")?.1.split_once("-----END CERTIFICATE-----")?.0;
    let body: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    data_encoding::BASE64.decode(body.as_bytes()).ok()
}

/// What phones need to know to reach a server that listens so.
pub fn public_address(
    data_dir: &Path,
    listen: &Listen,
    url: Option<String>,
) -> Result<ServerAddress, ServeFault> {
    let scheme = if listen.plain { "http" } else { "https" };
    let url = url.unwrap_or_else(|| format!("{scheme}://{}", listen.address));
    let fingerprint =
        if listen.plain { None } else { Some(Certificate::load_or_make(data_dir)?.fingerprint) };
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
    let stopper = handle.clone();
    tokio::spawn(async move {
        stop.await;
        stopper.graceful_shutdown(Some(GRACE));
    });
    let app = router(Arc::clone(&server), listen.zone, !listen.plain);
    if listen.plain {
        axum_server::from_tcp(socket).handle(handle).serve(app.into_make_service()).await?;
    } else {
        let certificate = Certificate::load_or_make(server.data_dir())?;
        let config = RustlsConfig::from_config(Arc::new(tls(&certificate)?));
        axum_server::from_tcp_rustls(socket, config).handle(handle).serve(app.into_make_service()).await?;
    }
    Ok(())
}

fn tls(certificate: &Certificate) -> Result<rustls::ServerConfig, ServeFault> {
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    let bad = |_| ServeFault::BadCertificate;
    let chain = CertificateDer::from_pem_slice(certificate.pem.as_bytes()).map_err(bad)?;
    let key = PrivateKeyDer::from_pem_slice(certificate.key_pem.as_bytes()).map_err(bad)?;
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
