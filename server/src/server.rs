//! The handle: one office, opened.

use crate::defences::Defences;
use crate::error::OpenFault;
use crate::store::{Store, office, open_keys};
use crate::vault::MasterKey;
use doorstep_core::env::Env;
use doorstep_core::model::{Epoch, OrgId, starter_template};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// What a server needs to open.
pub struct ServerConfig {
    /// Folder of `data.db` and `keys.db`; made if absent.
    pub data_dir: PathBuf,
    /// The secret that both are encrypted with.
    pub master_key: MasterKey,
    /// Clock and randomness.
    pub env: Env,
    /// Name of the organisation, used when the office is new.
    pub office_name: String,
    /// All standing, unless a test says otherwise.
    pub defences: Defences,
}

/// One office. Cheap to share; every method may be called from any thread.
pub struct Server {
    env: Env,
    defences: Defences,
    data_dir: PathBuf,
    store: Store,
    keys: Mutex<Connection>,
}

impl Server {
    /// Opens the office in a folder, or makes a new one.
    pub fn open(config: ServerConfig) -> Result<Arc<Self>, OpenFault> {
        std::fs::create_dir_all(&config.data_dir).map_err(OpenFault::Folder)?;
        let data = config.data_dir.join("data.db");
        let keys = config.data_dir.join("keys.db");
        if data.exists() && !keys.exists() {
            return Err(OpenFault::Missing("keys.db"));
        }
        let keys = open_keys(&keys, &config.master_key.derive("doorstep-keys-db-v1"))?;
        let store = Store::open(&data, config.master_key.derive("doorstep-data-db-v1"))?;
        let env = config.env;
        store.write(|tx| match office::find(tx)? {
            Some(_) => Ok::<_, OpenFault>(()),
            None => Ok(office::create(
                tx,
                OrgId::new(&env),
                &config.office_name,
                Epoch(env.bytes()),
                &starter_template(),
                env.now(),
            )?),
        })?;
        Ok(Arc::new(Self {
            env,
            defences: config.defences,
            data_dir: config.data_dir,
            store,
            keys: Mutex::new(keys),
        }))
    }

    /// Clock and randomness.
    pub fn env(&self) -> &Env {
        &self.env
    }

    /// The records.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Where the databases are.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }
}
