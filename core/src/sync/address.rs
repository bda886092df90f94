//! Where the server is and which key it must show.

/// Why an address cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// Neither `https://…` nor `http://` on loopback.
    #[error("not an address of a server")]
    NotAnAddress,
    /// Plain HTTP to another machine would show records to the network.
    #[error("plain http is for this machine only")]
    PlainHttp,
    /// Where a server listens everywhere, but no phone can go.
    #[error("0.0.0.0 and [::] are where a server listens, not where a phone finds it")]
    Everywhere,
    /// TLS without a fingerprint would trust anybody.
    #[error("the server's key is missing")]
    NoFingerprint,
}

/// The server as an enrolment code names it.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct ServerAddress {
    /// `https://host:port`, or `http://127.0.0.1:port` for a demo.
    #[n(0)]
    pub url: String,
    /// SHA-256 of the server's certificate; none over loopback.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub fingerprint: Option<[u8; 32]>,
}

impl ServerAddress {
    /// Checks that records sent there cannot be read on the way.
    pub fn check(&self) -> Result<(), AddressFault> {
        if self.url.len() > 200 || self.url.bytes().any(|b| b.is_ascii_whitespace() || b.is_ascii_control()) {
            return Err(AddressFault::NotAnAddress);
        }
        if is_unspecified(self.host()) {
            return Err(AddressFault::Everywhere);
        }
        if self.url.starts_with("http://") {
            return if self.is_this_machine() { Ok(()) } else { Err(AddressFault::PlainHttp) };
        }
        match self.url.strip_prefix("https://") {
            Some(rest) if !host_of(rest).is_empty() => {
                self.fingerprint.map(|_| ()).ok_or(AddressFault::NoFingerprint)
            }
            _ => Err(AddressFault::NotAnAddress),
        }
    }
}

impl ServerAddress {
    /// Whether only a phone on the server's own machine (a demo's) finds it there.
    pub fn is_this_machine(&self) -> bool {
        let host = self.host();
        host == "localhost" || host == "[::1]" || host.starts_with("127.") && is_ipv4(host)
    }

    fn host(&self) -> &str {
        self.url.split_once("://").map_or("", |(_, rest)| host_of(rest))
    }
}

/// The host in front of port and path. What is before an `@` is no host, and nobody needs one there.
fn host_of(rest: &str) -> &str {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return "";
    }
    match authority.strip_prefix('[').and_then(|inner| inner.find(']')) {
        Some(end) => &authority[..end + 2],
        None => authority.split(':').next().unwrap_or_default(),
    }
}

fn is_unspecified(host: &str) -> bool {
    let plain = host.trim_start_matches('[').trim_end_matches(']');
    plain.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_unspecified())
}

fn is_ipv4(host: &str) -> bool {
    host.parse::<std::net::Ipv4Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(url: &str, fingerprint: Option<[u8; 32]>) -> Result<(), AddressFault> {
        ServerAddress { url: url.into(), fingerprint }.check()
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        for local in ["http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:80/", "http://127.8.9.1"] {
            assert_eq!(checked(local, None), Ok(()), "{local}");
        }
        for remote in
            ["http://10.0.0.1", "http://127.0.0.1.example.org", "http://127.0.0.1@example.org/", "http://"]
        {
            assert_eq!(checked(remote, None), Err(AddressFault::PlainHttp), "{remote}");
        }
    }

    #[test]
    fn where_a_server_listens_is_not_where_a_phone_finds_it() {
        for url in ["https://0.0.0.0:7443", "http://0.0.0.0", "https://[::]:7443", "https://[0::0]/"] {
            assert_eq!(checked(url, Some([0; 32])), Err(AddressFault::Everywhere), "{url}");
        }
        assert_eq!(checked("https://10.0.0.0:7443", Some([0; 32])), Ok(()));
    }

    #[test]
    fn tls_needs_the_servers_key() {
        assert_eq!(checked("https://office.example", None), Err(AddressFault::NoFingerprint));
        assert_eq!(checked("https://office.example", Some([0; 32])), Ok(()));
        assert_eq!(checked("ftp://office.example", Some([0; 32])), Err(AddressFault::NotAnAddress));
        assert_eq!(checked("https://a b", Some([0; 32])), Err(AddressFault::NotAnAddress));
    }
}
