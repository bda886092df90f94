//! The sample office on its server: who is who, what is in it, and what the supervisor decides.

use super::fault::DemoFault;
use super::sample::{Language, Office as SampleOffice};
use crate::console::hash_password;
use crate::records::Records;
use crate::store::{cases, devices, documents, members, office, teams};
use crate::{ActFault, NewAction, Server, StoreFault};
use doorstep_core::model::{
    ActionKind, CaseId, CaseRole, DocId, Field, Heads, MemberId, Role, Scope, TeamId,
};
use doorstep_core::sync::wire::ItemVerdict;
use doorstep_core::sync::{EnrolmentCode, ServerAddress};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Who reviews in the sample office, and signs in at its console.
pub const SUPERVISOR: &str = "shen";
/// How long a one-time code is good for.
const CODE_LIFE_MS: i64 = 10 * 60_000;

/// The sample office, open on this machine.
pub struct Office {
    server: Arc<Server>,
    address: ServerAddress,
    name: String,
    members: BTreeMap<String, MemberId>,
    teams: BTreeMap<String, TeamId>,
}

impl Office {
    /// Adds the sample's members and teams to a new server.
    pub fn found(
        server: Arc<Server>,
        address: ServerAddress,
        sample: &SampleOffice,
        language: Language,
    ) -> Result<Self, DemoFault> {
        let (env, now) = (server.env().clone(), server.env().now());
        let ids: BTreeMap<String, MemberId> =
            sample.members.iter().map(|member| (member.key.clone(), MemberId::new(&env))).collect();
        server.store().write::<_, StoreFault>(|tx| {
            for member in &sample.members {
                let roles: Vec<Role> = member.roles.iter().map(|code| Role::from_code(code)).collect();
                members::add(
                    tx,
                    ids[&member.key],
                    &member.name,
                    Some(&member.key),
                    language.code(),
                    &roles,
                    now,
                )?;
            }
            for team in &sample.teams {
                let id = TeamId::new(&env);
                teams::add(tx, id, &team.name, now)?;
                for (keys, supervises) in [(&team.members, false), (&team.supervisors, true)] {
                    for key in keys {
                        teams::join(tx, id, ids[key], supervises)?;
                    }
                }
            }
            Ok(())
        })?;
        Self::find(server, address, sample)
    }

    /// Finds the sample's members and teams on the server, by their names.
    pub fn find(
        server: Arc<Server>,
        address: ServerAddress,
        sample: &SampleOffice,
    ) -> Result<Self, DemoFault> {
        let (known, named) =
            server.store().read::<_, StoreFault>(|tx| Ok((members::list(tx)?, teams::list(tx)?)))?;
        let members = known
            .iter()
            .filter_map(|member| Some((member.login.as_ref()?.reveal().clone(), member.id)))
            .collect();
        let teams = sample
            .teams
            .iter()
            .filter_map(|team| {
                let found = named.iter().find(|known| *known.name.reveal() == team.name)?;
                Some((team.key.clone(), found.id))
            })
            .collect();
        Ok(Self { server, address, name: sample.name.clone(), members, teams })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where its console is.
    pub fn url(&self) -> &str {
        &self.address.url
    }

    /// Lets the supervisor sign in at the console.
    pub fn set_password(&self, password: &str) -> Result<(), DemoFault> {
        let hash = hash_password(self.server.env(), password);
        let supervisor = self.member(SUPERVISOR)?;
        self.server.store().write::<_, StoreFault>(|tx| members::set_password(tx, supervisor, &hash))?;
        Ok(())
    }

    /// The member with a key.
    pub fn member(&self, key: &str) -> Result<MemberId, DemoFault> {
        self.members.get(key).copied().ok_or(DemoFault::Untold("member"))
    }

    /// The team with a key.
    pub fn team(&self, key: &str) -> Result<TeamId, DemoFault> {
        self.teams.get(key).copied().ok_or(DemoFault::Untold("team"))
    }

    /// A one-time code for a member's phone.
    pub fn invite(&self, key: &str) -> Result<EnrolmentCode, DemoFault> {
        let (member, now) = (self.member(key)?, self.server.env().now());
        let secret: [u8; 16] = self.server.env().bytes();
        let hash = Sha256::digest(secret).into();
        self.server.store().write::<_, StoreFault>(|tx| {
            devices::add_invite(tx, hash, member, None, now, now.plus_ms(CODE_LIFE_MS))
        })?;
        Ok(EnrolmentCode { server: self.address.clone(), secret })
    }

    /// Puts a member on a case.
    pub fn assign(&self, case: CaseId, key: &str, role: &CaseRole) -> Result<(), DemoFault> {
        let (member, by, now) = (self.member(key)?, self.member(SUPERVISOR)?, self.server.env().now());
        self.server
            .store()
            .write::<_, StoreFault>(|tx| cases::assign(tx, case, member, role, Some(by), now))?;
        Ok(())
    }

    /// Takes the phones of these members out of use.
    pub fn revoke_phones(&self, keys: &[&str]) -> Result<(), DemoFault> {
        let now = self.server.env().now();
        let owners: Vec<MemberId> = keys.iter().map(|key| self.member(key)).collect::<Result<_, _>>()?;
        self.server.store().write::<_, StoreFault>(|tx| {
            for device in devices::list(tx)? {
                if device.member.is_some_and(|member| owners.contains(&member)) {
                    devices::set_state(tx, device.id, devices::DeviceState::Revoked, now)?;
                }
            }
            Ok(())
        })?;
        Ok(())
    }

    /// A decision at the console, about the version that is there.
    pub fn decide(
        &self,
        who: &str,
        subject: DocId,
        kind: ActionKind,
        reason: &str,
        fields: &[Field],
    ) -> Result<(), DemoFault> {
        let member = self.member(who)?;
        let heads = self.heads_seen_by(member, subject)?;
        let (fields, reason) = (fields.to_vec(), reason.to_owned());
        self.server.act(member, NewAction { subject, kind, heads, fields, reason, target: None })?;
        Ok(())
    }

    /// The version that the server has of a document.
    pub fn heads(&self, doc: DocId) -> Result<Heads, DemoFault> {
        self.heads_seen_by(self.member(SUPERVISOR)?, doc)
    }

    fn heads_seen_by(&self, member: MemberId, doc: DocId) -> Result<Heads, DemoFault> {
        let found = self.server.records_of::<_, StoreFault>(member, |records| records.find(doc))?;
        Ok(found.ok_or(ActFault::NotFound)?.document.heads())
    }

    /// How many documents there are.
    pub fn documents(&self) -> Result<u64, DemoFault> {
        Ok(self.server.store().read::<_, StoreFault>(|tx| documents::count(tx))?)
    }

    /// How many documents of cases a member may read.
    pub fn documents_of(&self, key: &str) -> Result<usize, DemoFault> {
        let count =
            self.server.records_of::<_, StoreFault>(self.member(key)?, |records| {
                records.view().grants().iter().filter(|grant| matches!(grant.scope, Scope::Case(_))).try_fold(
                    0,
                    |sum, grant| {
                        Ok(sum + documents::summaries_in(records.tx(), grant.scope, grant.class)?.len())
                    },
                )
            })?;
        Ok(count)
    }

    /// How many entries wait for the supervisor.
    pub fn waiting(&self) -> Result<usize, DemoFault> {
        let supervisor = self.member(SUPERVISOR)?;
        let count = |records: &Records<'_>| Ok::<_, StoreFault>(records.queue()?.len());
        Ok(self.server.records_of(supervisor, count)?)
    }

    /// How many pushes were not accepted.
    pub fn set_aside(&self) -> Result<usize, DemoFault> {
        let supervisor = self.member(SUPERVISOR)?;
        let verdicts = [ItemVerdict::Held, ItemVerdict::Quarantined, ItemVerdict::Late];
        let count = self.server.records_of::<_, StoreFault>(supervisor, |records| {
            verdicts.iter().try_fold(0, |sum, verdict| Ok(sum + records.set_aside(verdict)?.len()))
        })?;
        Ok(count)
    }

    /// What a question and one of its answers are called.
    pub fn wording(
        &self,
        question: &str,
        answer: &str,
        language: Language,
    ) -> Result<(String, String), DemoFault> {
        let template = self.server.store().read::<_, StoreFault>(|tx| office::template(tx))?;
        let question = template.question(question).ok_or(DemoFault::Untold("question"))?;
        let choice = question.choice(answer).ok_or(DemoFault::Untold("answer"))?;
        Ok(match language {
            Language::Zh => (question.zh.clone(), choice.zh.clone()),
            Language::En => (question.en.clone(), choice.en.clone()),
        })
    }
}
