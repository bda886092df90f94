//! A wiped keystore loses nothing: the database's key lies sealed beside the database, and the
//! office can open it for a phone that it recognises.

use super::{Client, Failure};
use crate::changes::{DeviceKey, OpeningKey, SealingKey};
use crate::courier;
use crate::env::Env;
use crate::model::DeviceId;
use crate::store::{DatabaseKey, StoreFault, Tx};
use crate::sync::recovery::{
    AskRecovery, KEEP_PATH, KeepKey, Kept, RECOVERY_PATH, RecoveryAnswer, WrappedKey,
};
use crate::sync::{Call, HttpTransport, ServerAddress, Transport};
use std::io::Write;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The office's recovery key, in the database.
const OFFICE_KEY: &str = "recovery_key";
/// Set once the server has the sealed key.
const IS_KEPT: &str = "recovery_kept";

/// What lies beside the database: enough to ask the office, nothing that opens anything.
#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
struct Beside {
    #[n(0)]
    device: DeviceId,
    #[n(1)]
    server: ServerAddress,
    #[cbor(n(2), with = "minicbor::bytes")]
    sealed: Vec<u8>,
}

/// Keeps what enrolment said, in its transaction.
pub(super) fn remember(tx: &Tx<'_>, office: &SealingKey) -> Result<(), StoreFault> {
    tx.write_meta(OFFICE_KEY, office)
}

impl Client {
    /// Writes the sealed key beside the database, if it is not there.
    pub(super) fn wrap_for_recovery(&self) -> Result<(), Failure> {
        let file = file_of(&self.path);
        if file.exists() {
            return Ok(());
        }
        let desk = self.desk()?;
        let known = desk.store.read::<_, Failure>(|tx| {
            let office: Option<SealingKey> = tx.read_meta(OFFICE_KEY)?;
            Ok(office.zip(tx.identity()?))
        })?;
        let Some((office, identity)) = known else { return Ok(()) };
        let wrapped = WrappedKey { device: identity.device, key: *desk.key.as_bytes() };
        let plain = minicbor::to_vec(wrapped).expect("writing into memory does not fail");
        let sealed = office.seal(&self.env, &Zeroizing::new(plain));
        // Sealed anew is another text: the server has to hear of it.
        desk.store.write::<_, Failure>(|tx| Ok(tx.clear_meta(IS_KEPT)?))?;
        write(&file, &Beside { device: identity.device, server: identity.server, sealed })
    }

    /// Leaves the sealed key with the server, once.
    pub(super) fn keep_for_recovery(&self, transport: &dyn Transport) -> Result<(), Failure> {
        let desk = self.desk()?;
        let Some(beside) = read(&file_of(&self.path)) else { return Ok(()) };
        let known = desk.store.read::<_, Failure>(|tx| {
            let is_kept = tx.meta(IS_KEPT)?.is_some();
            Ok(if is_kept { None } else { tx.device_key()?.zip(Some(courier::clock_offset(tx)?)) })
        })?;
        let Some((key, offset_ms)) = known else { return Ok(()) };
        let mut call = Call::new(&self.env, &key, beside.device, offset_ms);
        let _: Kept = call.post(transport, KEEP_PATH, &KeepKey { sealed: beside.sealed })?;
        desk.store.write(|tx| Ok(tx.set_meta(IS_KEPT, &[1])?))
    }
}

/// A phone that has its database and lost its key.
pub struct Recovery {
    env: Env,
    server: ServerAddress,
    ask: AskRecovery,
    fresh: Zeroizing<[u8; 32]>,
}

impl Recovery {
    /// Begins: a fresh key pair, and the code to show. `NotFound` if nothing was sealed for this
    /// database: it was never enrolled, or the file beside it is gone.
    pub fn begin(database: &Path, env: Env) -> Result<Self, Failure> {
        let fresh = Zeroizing::new(env.bytes());
        Self::resume(database, env, fresh)
    }

    /// Goes on after the app was killed, with what [`Recovery::secret`] gave.
    pub fn resume(database: &Path, env: Env, fresh: Zeroizing<[u8; 32]>) -> Result<Self, Failure> {
        let Beside { device, server, sealed } = read(&file_of(database)).ok_or(Failure::NotFound)?;
        let sealing = OpeningKey::from_bytes(*fresh).sealing();
        Ok(Self { env, server, ask: AskRecovery { device, sealed, fresh: sealing }, fresh })
    }

    /// The fresh key pair's secret, for the keystore only: with it the same request can be gone on with.
    pub fn secret(&self) -> &[u8; 32] {
        &self.fresh
    }

    /// What the person reads to the office: twelve digits.
    pub fn code(&self) -> String {
        self.ask.code()
    }

    /// The way to the server that the phone belongs to.
    pub fn way(&self) -> Result<HttpTransport, Failure> {
        Ok(HttpTransport::new(&self.server)?)
    }

    /// Asks for the key; none while nobody in the office has confirmed. To be asked again every few
    /// seconds. `SignInNeeded` if the phone was revoked or is unknown.
    pub fn fetch(&self, way: &dyn Transport) -> Result<Option<DatabaseKey>, Failure> {
        // The phone's own key is in the database that does not open; the server asks for none here.
        let nobody = DeviceKey::generate(&self.env);
        let mut call = Call::new(&self.env, &nobody, self.ask.device, 0);
        let answer: RecoveryAnswer = call.post(way, RECOVERY_PATH, &self.ask)?;
        let Some(sealed) = answer.sealed else { return Ok(None) };
        let garbled = || Failure::Unexpected("garbled".to_owned());
        let key = OpeningKey::from_bytes(*self.fresh).open(&sealed).map_err(|_| garbled())?;
        let key = key.as_slice().try_into().map_err(|_| garbled())?;
        Ok(Some(DatabaseKey::from_bytes(key)))
    }
}

fn file_of(database: &Path) -> PathBuf {
    database.with_extension("recovery")
}

fn read(file: &Path) -> Option<Beside> {
    minicbor::decode(&std::fs::read(file).ok()?).ok()
}

/// Written beside and moved into place, so that a kill leaves no half of it.
fn write(file: &Path, beside: &Beside) -> Result<(), Failure> {
    let new = file.with_extension("recovery-new");
    let write = || -> std::io::Result<()> {
        let mut target = std::fs::File::create(&new)?;
        target.write_all(&minicbor::to_vec(beside).expect("writing into memory does not fail"))?;
        target.sync_all()?;
        std::fs::rename(&new, file)
    };
    write().map_err(|_| Failure::Storage(StoreFault::NoRoom))
}
