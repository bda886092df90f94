//! What every command needs to open an office: where it is and which key opens it.

use crate::defences::Defences;
use crate::error::OpenFault;
use crate::server::{Server, ServerConfig};
use crate::vault::{MasterKey, MasterKeyFault};
use doorstep_core::env::Env;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// File of the passphrase's salt, in the data folder and in its backups.
pub(crate) const SALT: &str = "passphrase-salt";

/// Why an office could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum ConfigFault {
    /// No key was given.
    #[error("a master key is needed: --key-file, DOORSTEP_MASTER_KEY or DOORSTEP_PASSPHRASE (see --help)")]
    NoKey,
    /// The key's file lies where the data is: who takes one takes both.
    #[error("the key file must not be in the data folder")]
    KeyBesideData,
    /// The key.
    #[error(transparent)]
    Key(#[from] MasterKeyFault),
    /// The salt of a passphrase.
    #[error("salt of the passphrase: {0}")]
    Salt(#[from] std::io::Error),
    /// The office.
    #[error(transparent)]
    Open(#[from] OpenFault),
}

/// Where an office is and which key opens it.
#[derive(Debug, Clone, clap::Args)]
pub struct OfficeArgs {
    /// Folder of data.db and keys.db; made if absent.
    #[arg(long, env = "DOORSTEP_DATA", default_value = "doorstep-data")]
    pub data: PathBuf,
    /// File with the master key: 64 hexadecimal digits, mode 0400, outside the data folder.
    #[arg(long, env = "DOORSTEP_KEY_FILE")]
    pub key_file: Option<PathBuf>,
    /// Name of the organisation, used when the office is new.
    #[arg(long, env = "DOORSTEP_OFFICE", default_value = "Doorstep")]
    pub office: String,
}

impl OfficeArgs {
    /// The master key, from the first of: key file, `DOORSTEP_MASTER_KEY`, `DOORSTEP_PASSPHRASE`.
    pub fn master_key(&self) -> Result<MasterKey, ConfigFault> {
        self.key_with(|| salt(&self.data))
    }

    /// The master key of a backup in another folder, which has the salt of its passphrase along.
    pub fn master_key_of_backup(&self, backup: &Path) -> Result<MasterKey, ConfigFault> {
        self.key_with(|| read_salt(&backup.join(SALT)))
    }

    fn key_with(
        &self,
        salt: impl FnOnce() -> Result<[u8; 16], std::io::Error>,
    ) -> Result<MasterKey, ConfigFault> {
        if let Some(file) = &self.key_file {
            if is_inside(file, &self.data) {
                return Err(ConfigFault::KeyBesideData);
            }
            return Ok(MasterKey::from_file(file)?);
        }
        if let Ok(hex) = std::env::var("DOORSTEP_MASTER_KEY") {
            return Ok(MasterKey::from_hex(&hex)?);
        }
        let passphrase = std::env::var("DOORSTEP_PASSPHRASE").map_err(|_| ConfigFault::NoKey)?;
        Ok(MasterKey::from_passphrase(&passphrase, &salt()?)?)
    }

    /// Opens the office.
    pub fn open(&self) -> Result<Arc<Server>, ConfigFault> {
        Ok(Server::open(ServerConfig {
            data_dir: self.data.clone(),
            master_key: self.master_key()?,
            env: Env::system(),
            office_name: self.office.clone(),
            defences: Defences::default(),
        })?)
    }
}

fn is_inside(file: &Path, folder: &Path) -> bool {
    match (file.canonicalize(), folder.canonicalize()) {
        (Ok(file), Ok(folder)) => file.starts_with(folder),
        // What is not there yet holds nothing.
        _ => false,
    }
}

/// The salt of a passphrase is no secret and lies beside the data; made once.
fn salt(data: &Path) -> Result<[u8; 16], std::io::Error> {
    std::fs::create_dir_all(data)?;
    let path = data.join(SALT);
    match read_salt(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let salt = Env::system().bytes();
            let mut file =
                std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
            file.write_all(&salt)?;
            file.sync_all()?;
            Ok(salt)
        }
        other => other,
    }
}

fn read_salt(path: &Path) -> Result<[u8; 16], std::io::Error> {
    let bytes = std::fs::read(path)?;
    bytes.try_into().map_err(|_| std::io::Error::new(std::io::ErrorKind::InvalidData, "not 16 bytes"))
}
