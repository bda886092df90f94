//! Enrolment: the one-time code makes this phone a member's.

use super::client::lock;
use super::practice::refuse_practice;
use super::recovery;
use super::{Client, Failure};
use crate::courier::keep_clock_offset;
use crate::model::{DeviceId, MemberId};
use crate::store::{Identity, StoreFault};
use crate::sync::wire::{EnrolRequest, Enrolled};
use crate::sync::{Call, EnrolmentCode, ServerAddress, Transport};

/// Longest name of a phone in lists, in characters.
const LABEL_LIMIT: usize = 60;
/// A phone that is not enrolled has no identifier yet.
const NO_DEVICE: DeviceId = DeviceId([0; 16]);

impl Client {
    /// Enrols this phone. One member a phone: a second enrolment is refused. Asking again after a
    /// lost answer is safe.
    pub fn enrol(&self, code: &EnrolmentCode, label: &str, transport: &dyn Transport) -> Result<(), Failure> {
        let _one_at_a_time = lock(&self.syncing);
        let (key, incarnation) = self.read(|tx| {
            refuse_practice(tx)?;
            if tx.identity()?.is_some() {
                return Err(Failure::invalid("code", "already_enrolled"));
            }
            let key = tx.device_key()?.ok_or(StoreFault::Damaged)?;
            Ok((key, tx.incarnation()?.ok_or(StoreFault::Damaged)?))
        })?;
        let request = EnrolRequest {
            secret: code.secret.to_vec(),
            key: key.public(),
            incarnation,
            label: label.chars().take(LABEL_LIMIT).collect(),
        };
        let mut call = Call::new(&self.env, &key, NO_DEVICE, 0);
        let enrolled: Enrolled = call.post(transport, "/v1/enrol", &request)?;
        let identity = Identity {
            org: enrolled.org,
            member: enrolled.member,
            device: enrolled.device,
            certificate: enrolled.certificate,
            server: code.server.clone(),
        };
        let offset = enrolled.time.ms_since(self.env.now());
        self.write(|tx| {
            tx.set_identity(&identity)?;
            if let Some(recovery) = &enrolled.recovery {
                recovery::remember(tx, recovery)?;
            }
            Ok(keep_clock_offset(tx, offset)?)
        })?;
        // Should it fail, opening the phone makes up for it.
        drop(self.wrap_for_recovery());
        Ok(())
    }

    /// The server that this phone belongs to; none before enrolment, and in practice.
    pub fn server(&self) -> Result<Option<ServerAddress>, Failure> {
        self.read(|tx| match refuse_practice(tx) {
            Ok(()) => Ok(tx.identity()?.map(|identity| identity.server)),
            Err(_) => Ok(None),
        })
    }

    /// The server to talk to; `SignInNeeded` with `not_enrolled`, or `Invalid` with
    /// `phone`/`practice` where there is none.
    pub fn server_to_reach(&self) -> Result<ServerAddress, Failure> {
        self.read(|tx| {
            refuse_practice(tx)?;
            let identity = tx.identity()?.ok_or(Failure::SignInNeeded("not_enrolled"))?;
            Ok(identity.server)
        })
    }

    /// Whose phone this is; none before enrolment.
    pub fn member(&self) -> Result<Option<MemberId>, Failure> {
        self.read(|tx| Ok(tx.identity()?.map(|identity| identity.member)))
    }

    /// What the member may know of the organisation, as of the last sync.
    pub fn directory(&self) -> Result<crate::model::Directory, Failure> {
        self.read(|tx| Ok(super::standing::Office::read(tx)?.with_opened_cases()))
    }
}
