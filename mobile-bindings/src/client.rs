//! The handle: one member's phone.

use crate::failure::ClientError;
use doorstep_core::app::{self, Marker, OpenOptions};
use doorstep_core::env::Env;
use doorstep_core::store::DatabaseKey;
use doorstep_core::sync::session::Defences;
use jiff::tz::TimeZone;
use std::path::PathBuf;
use std::sync::Arc;
use zeroize::Zeroizing;

/// What the host keeps outside backups to recognise a restored or copied phone.
#[derive(uniffi::Enum)]
pub enum HostMarker {
    /// What `Client.marker()` gave last time.
    Kept {
        /// Its 16 bytes.
        incarnation: Vec<u8>,
    },
    /// There is none: a new phone, or a database that came from elsewhere.
    Absent,
    /// It cannot be read now (before the first unlock after a start). Not the same as absent.
    Unreadable,
}

/// What a phone opens with.
#[derive(uniffi::Record)]
pub struct Opening {
    /// The database file.
    pub path: String,
    /// Its key of 32 bytes; none when a PIN guards it and `unlock` will bring it.
    pub key: Option<Vec<u8>>,
    /// The incarnation marker kept outside backups.
    pub marker: HostMarker,
    /// Where the office is, such as `Asia/Shanghai`: what "today" means.
    pub zone: String,
}

/// One member's phone. Every method may be called from any thread, and none from the main one:
/// each is a transaction.
#[derive(uniffi::Object)]
pub struct Client {
    pub(crate) core: app::Client,
    pub(crate) subscriptions: Arc<()>,
}

/// A new random database key, to be wrapped by the platform's keystore.
#[uniffi::export]
pub fn generate_key() -> Vec<u8> {
    DatabaseKey::generate(&Env::system()).as_bytes().to_vec()
}

#[uniffi::export]
impl Client {
    /// Opens a phone's database, or makes it. Without a key it is locked at first.
    #[uniffi::constructor]
    pub fn open(opening: Opening) -> Result<Self, ClientError> {
        crate::panic::keep_quiet();
        let Opening { path, key, marker, zone } = opening;
        let options = OpenOptions {
            path: PathBuf::from(path),
            key: key.map(database_key).transpose()?,
            marker: marker.try_into()?,
            env: Env::system(),
            zone: TimeZone::get(&zone).map_err(|_| ClientError::invalid("zone", "unknown"))?,
            defences: Defences::default(),
        };
        let core = app::Client::open(options)?;
        Ok(Self { core, subscriptions: Arc::default() })
    }

    /// The marker to keep outside backups; to be stored after opening and after every sync.
    pub fn marker(&self) -> HostMarker {
        self.core.marker().into()
    }

    /// Computes at most `limit` rows of lists again that another release had computed; whether
    /// there may be more. For while nobody waits.
    pub fn refresh_summaries(&self, limit: u32) -> Result<bool, ClientError> {
        Ok(self.core.refresh_summaries(limit)?)
    }
}

fn database_key(bytes: Vec<u8>) -> Result<DatabaseKey, ClientError> {
    let bytes = Zeroizing::new(bytes);
    let key = bytes.as_slice().try_into().map_err(|_| ClientError::invalid("key", "length"))?;
    Ok(DatabaseKey::from_bytes(key))
}

impl From<Marker> for HostMarker {
    fn from(marker: Marker) -> Self {
        match marker {
            Marker::Kept(incarnation) => Self::Kept { incarnation: incarnation.to_vec() },
            Marker::Absent => Self::Absent,
            Marker::Unreadable => Self::Unreadable,
        }
    }
}

impl TryFrom<HostMarker> for Marker {
    type Error = ClientError;

    fn try_from(marker: HostMarker) -> Result<Self, ClientError> {
        Ok(match marker {
            HostMarker::Kept { incarnation } => {
                let bytes = incarnation.try_into().map_err(|_| ClientError::invalid("marker", "length"))?;
                Self::Kept(bytes)
            }
            HostMarker::Absent => Self::Absent,
            HostMarker::Unreadable => Self::Unreadable,
        })
    }
}
