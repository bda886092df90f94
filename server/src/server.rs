//! The handle: one office, opened.

use crate::defences::Defences;
use crate::error::{OpenFault, StoreFault};
use crate::ledger::Queue;
use crate::store::devices::DeviceState;
use crate::store::{Store, devices, office};
use crate::sync::{Live, Views};
use crate::vault::{MasterKey, Vault};
use doorstep_core::env::Env;
use doorstep_core::model::{DeviceId, Epoch, OrgId, starter_template};
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
    vault: Vault,
    org: OrgId,
    console: DeviceId,
    queue: Queue,
    views: Views,
    live: Live,
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
        let env = config.env;
        // Keys first: a start that ends between the two leaves a keys.db that the next one goes on with.
        let vault = Vault::open(&keys, &config.master_key.derive("doorstep-keys-db-v1"), &env)?;
        let store = Store::open(&data, config.master_key.derive("doorstep-data-db-v1"))?;
        let (org, console) = store.write(|tx| {
            if office::find(tx)?.is_none() {
                let (org, epoch) = (OrgId::new(&env), Epoch(env.bytes()));
                office::create(tx, org, &config.office_name, epoch, &starter_template(), env.now())?;
            }
            let key = vault.console().public();
            let console = if let Some(device) = devices::find_by_key(tx, &key)? {
                device.id
            } else {
                let id = DeviceId::new(&env);
                devices::add(tx, id, None, &key, "console", DeviceState::Active, env.now())?;
                id
            };
            Ok::<_, StoreFault>((office::get(tx)?.org, console))
        })?;
        let server = Arc::new(Self {
            env,
            defences: config.defences,
            data_dir: config.data_dir,
            store,
            vault,
            org,
            console,
            queue: Queue::default(),
            views: Views::default(),
            live: Live::default(),
        });
        server.note_release()?;
        Ok(server)
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

    /// After an upgrade, what was set aside is tried again: this release may know what the last one did not.
    fn note_release(&self) -> Result<(), StoreFault> {
        let release = env!("CARGO_PKG_VERSION");
        let before = self.store.read::<_, StoreFault>(|tx| office::release(tx))?;
        if before == release {
            return Ok(());
        }
        self.retry_set_aside(None)?;
        self.store.write::<_, StoreFault>(|tx| office::set_release(tx, release))
    }

    /// Pushes on their way to the commit.
    pub(crate) fn queue(&self) -> &Queue {
        &self.queue
    }

    /// What members may know and read.
    pub(crate) fn views(&self) -> &Views {
        &self.views
    }

    /// Phones that listen.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// Keys and seals.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// The organisation.
    pub fn org(&self) -> OrgId {
        self.org
    }

    /// The device that decisions at the console are signed with.
    pub fn console_device(&self) -> DeviceId {
        self.console
    }

    /// Which defences stand.
    pub fn defences(&self) -> Defences {
        self.defences
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("org", &self.org).finish_non_exhaustive()
    }
}
