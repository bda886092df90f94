//! A member's phones: enrolling one by a one-time code, revoking one, confirming one.

use super::fault::Fault;
use super::shell::{Menu, Shell, html};
use super::texts::Texts;
use super::visit::{Admin, Id, see};
use super::{Console, member};
use crate::directory::{self, DirectoryFault};
use crate::server::Server;
use crate::store::{devices, members};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header::HOST;
use axum::response::{IntoResponse, Response};
use doorstep_core::model::{DeviceId, MemberId};
use doorstep_core::sync::ServerAddress;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

#[derive(Template)]
#[template(path = "invite.html")]
struct InvitePage {
    t: &'static Texts,
    shell: Shell,
    member: String,
    name: String,
    code: String,
    /// Modules along an edge, the quiet zone included.
    size: usize,
    /// The dark modules as the path of a picture.
    path: String,
}

/// Quiet zone around a QR code, in modules: what readers ask for.
const QUIET: usize = 4;

/// `POST /members/{member}/invite`: shown once, kept nowhere.
pub async fn invite(
    State(console): State<Console>,
    Admin(visit, signed): Admin,
    Id(member): Id<MemberId>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let address = address(&console, &headers)?;
    let (code, name) = console
        .run(move |server| {
            let code = directory::invite(server, Some(signed.member), member, address)?;
            let found = server.store().read::<_, Fault>(|tx| Ok(members::find(tx, member)?))?;
            Ok((code.to_text(), found.ok_or(Fault::NotFound)?.name))
        })
        .await?;
    let (size, path) = picture(&code)?;
    let mut shell = Shell::new(&visit, Some(Menu::Members));
    // A change of language comes back to the member, for a code is not shown twice.
    shell.here = format!("/members/{member}");
    let (t, member, name) = (visit.lang.texts(), member.to_string(), name.reveal().clone());
    html(&InvitePage { t, shell, member, name, code, size, path })
}

/// Where the phone will find the server: as `--url` says, else where this browser found it. An address
/// that leads a phone nowhere, or to itself, is no address.
fn address(console: &Console, headers: &HeaderMap) -> Result<ServerAddress, Fault> {
    let options = &console.0.options;
    let scheme = if options.fingerprint.is_some() { "https" } else { "http" };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let url = options.url.clone().unwrap_or_else(|| format!("{scheme}://{host}"));
    let address = ServerAddress { url, fingerprint: options.fingerprint };
    let leads_to_itself = address.is_this_machine() && options.fingerprint.is_some();
    if address.check().is_err() || leads_to_itself {
        return Err(Fault::NoAddress);
    }
    Ok(address)
}

/// `POST /devices/{device}/revoke`
pub async fn revoke(
    State(console): State<Console>,
    Admin(_, signed): Admin,
    Id(device): Id<DeviceId>,
) -> Result<Response, Fault> {
    let revoke = move |server: &Server| directory::revoke_device(server, Some(signed.member), device);
    change(console, device, revoke, "revoked").await
}

/// `POST /devices/{device}/confirm`
pub async fn confirm(
    State(console): State<Console>,
    Admin(_, signed): Admin,
    Id(device): Id<DeviceId>,
) -> Result<Response, Fault> {
    let confirm = move |server: &Server| directory::confirm_device(server, Some(signed.member), device);
    change(console, device, confirm, "confirmed").await
}

/// `POST /devices/{device}/recover`: the code that the phone shows, as its member has read it out.
pub async fn recover(
    State(console): State<Console>,
    Admin(visit, signed): Admin,
    Id(device): Id<DeviceId>,
) -> Result<Response, Fault> {
    let code = visit.posted("code").to_owned();
    let (whose, outcome) = console
        .run(move |server| {
            let found = server.store().read::<_, Fault>(|tx| Ok(devices::find(tx, device)?))?;
            let member = found.and_then(|found| found.member).ok_or(Fault::NotFound)?;
            Ok((member, directory::confirm_recovery(server, Some(signed.member), device, &code)))
        })
        .await?;
    match outcome {
        Ok(()) => Ok(see(format_args!("/members/{whose}"), "recovered")),
        Err(DirectoryFault::Invalid(..)) => {
            let page = member::write(&console, &visit, whose, "", visit.lang.texts().recovery_wrong).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn change(
    console: Console,
    device: DeviceId,
    change: impl FnOnce(&Server) -> Result<(), DirectoryFault> + Send + 'static,
    said: &str,
) -> Result<Response, Fault> {
    let member = console
        .run(move |server| {
            change(server)?;
            let found = server.store().read::<_, Fault>(|tx| Ok(devices::find(tx, device)?))?;
            found.and_then(|found| found.member).ok_or(Fault::NotFound)
        })
        .await?;
    Ok(see(format_args!("/members/{member}"), said))
}

/// A code as a path of unit squares, without any style: the stylesheet says that it is black on white.
fn picture(code: &str) -> Result<(usize, String), Fault> {
    // Without hyphens the code keeps to letters and digits, which a QR code packs densely.
    let plain = code.replace('-', "");
    let qr = QrCode::with_error_correction_level(plain, EcLevel::M).map_err(|_| Fault::Invalid)?;
    let width = qr.width();
    let mut path = String::new();
    for (index, color) in qr.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (index % width + QUIET, index / width + QUIET);
            write!(path, "M{x} {y}h1v1h-1z").map_err(|_| Fault::Invalid)?;
        }
    }
    Ok((width + 2 * QUIET, path))
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;
    use crate::fixture::pack;
    use doorstep_core::changes::OpeningKey;
    use doorstep_core::sync::EnrolmentCode;
    use doorstep_core::sync::recovery::{AskRecovery, RECOVERY_PATH, WrappedKey};

    #[tokio::test]
    async fn code_on_the_page_enrols_a_phone_once() {
        let office = Office::open();
        let mut admin = office.signed_in_as_admin().await;
        let page = admin.post(&format!("/members/{}/invite", office.base.mentor), &[]).await.text;
        assert!(page.contains("<svg") && !page.contains("style="));
        let text = page.split("id=\"code\">").nth(1).unwrap().split('<').next().unwrap();
        let code = EnrolmentCode::parse(text).unwrap();
        assert_eq!(office.enrol(code.secret), Some(office.base.mentor));
        assert_eq!(office.enrol(code.secret), None);
        assert_eq!(office.audited("invite"), 1);
    }

    #[tokio::test]
    async fn phone_that_asks_for_its_key_is_let_in_by_the_code_that_it_shows() {
        let office = Office::open();
        let (device, server) = (office.device(), &office.base.server);
        let key = minicbor::to_vec(WrappedKey { device, key: [7; 32] }).unwrap();
        let sealed = server.vault().recovery().sealing().seal(office.env(), &key);
        let fresh = OpeningKey::from_bytes([5; 32]).sealing();
        let ask = AskRecovery { device, sealed, fresh };
        let member = format!("/members/{}", office.base.worker);
        let mut admin = office.signed_in_as_admin().await;
        assert!(!admin.get(&member).await.text.contains("data-recovery"));
        assert_eq!(server.exchange("POST", RECOVERY_PATH, None, &pack(&ask)).status, 200);
        assert!(admin.get(&member).await.text.contains(&format!("data-recovery=\"{device}\"")));
        let address = format!("/devices/{device}/recover");
        let wrong = admin.post(&address, &[("code", "0000-0000-0000")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("id=\"problem\""));
        let mut supervisor = office.signed_in_as_supervisor().await;
        assert_eq!(supervisor.post(&address, &[("code", &ask.code())]).await.status, 403);
        admin.post(&address, &[("code", &ask.code())]).await.sees(&format!("{member}?said=recovered"));
        assert!(!admin.get(&member).await.text.contains("data-recovery"));
        assert_eq!((office.audited("recover"), office.audited("recover_wrong_code")), (1, 1));
    }

    #[tokio::test]
    async fn revoked_phone_is_shown_as_revoked() {
        let office = Office::open();
        let device = office.device();
        let member = format!("/members/{}", office.base.worker);
        let mut admin = office.signed_in_as_admin().await;
        admin.post(&format!("/devices/{device}/revoke"), &[]).await.sees(&format!("{member}?said=revoked"));
        assert!(admin.get(&member).await.text.contains("data-state=\"revoked\""));
        let mut supervisor = office.signed_in_as_supervisor().await;
        assert_eq!(supervisor.post(&format!("/devices/{device}/revoke"), &[]).await.status, 403);
    }

    #[tokio::test]
    async fn code_names_the_address_that_this_browser_found_the_server_at() {
        let office = Office::open().listening_everywhere();
        let mut admin = office.signed_in_as_admin().await;
        admin.host = "10.3.0.7:7443".into();
        let page = admin.post(&format!("/members/{}/invite", office.base.mentor), &[]).await.text;
        let text = page.split("id=\"code\">").nth(1).unwrap().split('<').next().unwrap();
        assert_eq!(EnrolmentCode::parse(text).unwrap().server.url, "https://10.3.0.7:7443");
    }

    #[tokio::test]
    async fn no_code_leads_a_phone_nowhere_or_to_itself() {
        let office = Office::open().listening_everywhere();
        let mut admin = office.signed_in_as_admin().await;
        for host in ["0.0.0.0:7443", "[::]:7443", "localhost:7443", "127.0.0.1:7443", ""] {
            admin.host = host.into();
            let reply = admin.post(&format!("/members/{}/invite", office.base.mentor), &[]).await;
            assert_eq!(reply.status, 409, "{host}");
            assert!(reply.text.contains("--url"), "it says what to set");
        }
        assert_eq!(office.audited("invite"), 0, "and nothing was made");
    }
}
