//! Waiting for the server's word that there is something to fetch.

use super::practice::refuse_practice;
use super::{Client, Failure};
use crate::courier;
use crate::store::Tx;
use crate::sync::{Call, Cancel, Notice, Transport};

impl Client {
    /// Waits until the server has something that this phone does not: true means "synchronise now".
    /// False: the wait was cancelled, or the server ended it; wait again, after a pause in the latter
    /// case. Blocks, so it belongs on a thread of its own; verbs and syncs go on beside it.
    pub fn wait_for_news(&self, transport: &dyn Transport, cancel: &Cancel) -> Result<bool, Failure> {
        let desk = self.desk()?;
        let listener = desk.store.read::<_, Failure>(Listener::read)?;
        let mut call = Call::new(&self.env, &listener.key, listener.device, listener.offset_ms);
        let mut is_news = false;
        let ended = call.listen(transport, cancel, &mut |notice| {
            is_news = match notice {
                Notice::Advanced(position) => position > listener.cursor,
                Notice::Directory(version) => version != listener.directory,
            };
            !is_news
        });
        if call.offset_ms != listener.offset_ms {
            let offset_ms = call.offset_ms;
            desk.store.write::<_, Failure>(|tx| Ok(courier::keep_clock_offset(tx, offset_ms)?))?;
        }
        ended?;
        Ok(is_news)
    }
}

/// Who listens, and what it has already.
struct Listener {
    key: std::sync::Arc<crate::changes::DeviceKey>,
    device: crate::model::DeviceId,
    offset_ms: i64,
    cursor: u64,
    directory: u64,
}

impl Listener {
    fn read(tx: &Tx<'_>) -> Result<Self, Failure> {
        refuse_practice(tx)?;
        let not_enrolled = Failure::SignInNeeded("not_enrolled");
        let (Some(identity), Some(key)) = (tx.identity()?, tx.device_key()?) else {
            return Err(not_enrolled);
        };
        Ok(Self {
            key,
            device: identity.device,
            offset_ms: courier::clock_offset(tx)?,
            cursor: tx.sync_point()?.map_or(0, |point| point.cursor),
            directory: tx.directory_version()?,
        })
    }
}
