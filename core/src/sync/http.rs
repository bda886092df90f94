//! The server over HTTP: TLS with the pinned key, or plain on loopback.

use super::live::{Cancel, Heard, Listened, Notice, read_notices};
use super::transport::{PROOF_HEADER, Reply, Transport, Unreachable};
use super::wire::RESPONSE_LIMIT;
use super::{AddressFault, ServerAddress};
use crate::changes::RequestProof;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;
use subtle::ConstantTimeEq;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Poor networks are slow, but a call that brings nothing for this long is repeated later.
const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// Talks to one server; keeps its connection open between calls.
pub struct HttpTransport {
    agent: ureq::Agent,
    url: String,
}

impl HttpTransport {
    /// A way to the server that an enrolment code named.
    pub fn new(server: &ServerAddress) -> Result<Self, AddressFault> {
        server.check()?;
        let builder = ureq::AgentBuilder::new()
            .timeout_connect(CONNECT_TIMEOUT)
            .timeout_read(READ_TIMEOUT)
            .timeout_write(READ_TIMEOUT)
            .redirects(0);
        let builder = match server.fingerprint {
            Some(fingerprint) => builder.tls_config(Arc::new(pinned(fingerprint))),
            None => builder,
        };
        Ok(Self { agent: builder.build(), url: server.url.trim_end_matches('/').to_owned() })
    }
}

impl Transport for HttpTransport {
    fn exchange(&self, path: &str, proof: &RequestProof, body: &[u8]) -> Result<Reply, Unreachable> {
        let sent = self
            .agent
            .post(&format!("{}{path}", self.url))
            .set(PROOF_HEADER, &header(proof))
            .set("content-type", "application/cbor+zstd")
            .send_bytes(body);
        match sent {
            Ok(response) | Err(ureq::Error::Status(_, response)) => read(response),
            Err(ureq::Error::Transport(_)) => Err(Unreachable),
        }
    }

    /// Another thread reads, so that cancelling need not wait for the server's next word. It ends
    /// with the heartbeat after, at the latest.
    fn listen(
        &self,
        path: &str,
        proof: &RequestProof,
        cancel: &Cancel,
        hear: &mut dyn FnMut(Notice) -> bool,
    ) -> Result<Listened, Unreachable> {
        let (told, heard) = channel();
        if !cancel.speak_through(told.clone()) {
            return Ok(Listened::Ended);
        }
        let request = self.agent.get(&format!("{}{path}", self.url)).set(PROOF_HEADER, &header(proof));
        std::thread::spawn(move || {
            let end = match request.call() {
                Ok(response) => {
                    let mut tell = |notice| told.send(Heard::of(notice)).is_ok();
                    match read_notices(response.into_reader(), &mut tell) {
                        Ok(()) => Heard::End(Listened::Ended),
                        Err(_) => Heard::Broken,
                    }
                }
                Err(ureq::Error::Status(_, response)) => {
                    read(response).map_or(Heard::Broken, |reply| Heard::End(Listened::Refused(reply)))
                }
                Err(ureq::Error::Transport(_)) => Heard::Broken,
            };
            // Nobody waits any more: the stream ended after what was waited for.
            let _ = told.send(end);
        });
        for heard in heard {
            match heard {
                Heard::Heartbeat => {}
                Heard::Notice(notice) if hear(notice) => {}
                Heard::Notice(_) | Heard::Cancelled => break,
                Heard::End(end) => return Ok(end),
                Heard::Broken => return Err(Unreachable),
            }
        }
        Ok(Listened::Ended)
    }

    fn may_fetch_ahead(&self) -> bool {
        true
    }
}

fn header(proof: &RequestProof) -> String {
    URL_SAFE_NO_PAD.encode(minicbor::to_vec(proof).expect("writing into memory does not fail"))
}

fn read(response: ureq::Response) -> Result<Reply, Unreachable> {
    let status = response.status();
    let mut body = Vec::new();
    response.into_reader().take(RESPONSE_LIMIT as u64).read_to_end(&mut body).map_err(|_| Unreachable)?;
    Ok(Reply { status, body })
}

fn pinned(fingerprint: [u8; 32]) -> ClientConfig {
    let provider = Arc::new(ring::default_provider());
    ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .expect("ring supports the default versions")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Pinned { fingerprint, provider }))
        .with_no_client_auth()
}

/// Trusts exactly one certificate: the one whose fingerprint the enrolment code carried.
#[derive(Debug)]
struct Pinned {
    fingerprint: [u8; 32],
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let shown: [u8; 32] = Sha256::digest(certificate).into();
        if bool::from(shown.ct_eq(&self.fingerprint)) {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(rustls::Error::InvalidCertificate(rustls::CertificateError::ApplicationVerificationFailure))
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changes::DeviceKey;
    use crate::env::Env;
    use crate::model::DeviceId;
    use std::io::Write;
    use std::net::TcpListener;

    fn proof(env: &Env, body: &[u8]) -> RequestProof {
        let key = DeviceKey::generate(env);
        RequestProof::sign(&key, DeviceId::new(env), "POST", "/v1/sync", body, env.now())
    }

    fn transport_to(listener: &TcpListener) -> HttpTransport {
        let url = format!("http://{}/", listener.local_addr().unwrap());
        HttpTransport::new(&ServerAddress { url, fingerprint: None }).unwrap()
    }

    /// Answers one request and returns it as it came.
    fn answer_once(listener: TcpListener, answer: &'static [u8]) -> std::thread::JoinHandle<Vec<u8>> {
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"the body") {
                let mut bytes = [0; 1024];
                let read = stream.read(&mut bytes).unwrap();
                request.extend_from_slice(&bytes[..read]);
            }
            stream.write_all(answer).unwrap();
            request
        })
    }

    #[test]
    fn an_answer_comes_with_its_status_and_the_request_carries_its_proof() {
        let env = Env::system();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let transport = transport_to(&listener);
        let seen = answer_once(listener, b"HTTP/1.1 401 no\r\ncontent-length: 2\r\n\r\nhi");
        let proof = proof(&env, b"the body");
        let reply = transport.exchange("/v1/sync", &proof, b"the body").unwrap();
        assert_eq!(reply, Reply { status: 401, body: b"hi".to_vec() });
        let request = String::from_utf8(seen.join().unwrap()).unwrap();
        assert!(request.starts_with("POST /v1/sync HTTP/1.1\r\n"), "{request}");
        let header = URL_SAFE_NO_PAD.encode(minicbor::to_vec(&proof).unwrap());
        assert!(request.contains(&format!("{PROOF_HEADER}: {header}\r\n")), "{request}");
    }

    #[test]
    fn a_connection_that_breaks_in_the_answer_is_unreachable() {
        let env = Env::system();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let transport = transport_to(&listener);
        let seen = answer_once(listener, b"HTTP/1.1 200 ok\r\ncontent-length: 99\r\n\r\nhalf");
        assert_eq!(transport.exchange("/v1/sync", &proof(&env, b"the body"), b"the body"), Err(Unreachable));
        seen.join().unwrap();
        // And nobody listens any more.
        assert_eq!(transport.exchange("/v1/sync", &proof(&env, b"the body"), b"the body"), Err(Unreachable));
    }

    #[test]
    fn only_the_certificate_of_the_enrolment_code_is_trusted() {
        let shown = CertificateDer::from(b"not parsed, only hashed".to_vec());
        let provider = Arc::new(ring::default_provider());
        let name = ServerName::try_from("office.example").unwrap();
        let verdict = |fingerprint| {
            let pinned = Pinned { fingerprint, provider: Arc::clone(&provider) };
            pinned.verify_server_cert(&shown, &[], &name, &[], UnixTime::since_unix_epoch(Duration::ZERO))
        };
        assert!(verdict(Sha256::digest(&shown).into()).is_ok());
        assert!(verdict([0; 32]).is_err());
    }
}
