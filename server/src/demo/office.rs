//! The sample office on its server: who is who, what is in it, and what the supervisor decides.

use super::fault::DemoFault;
use super::sample::{Language, Office as SampleOffice};
use crate::directory::{self, NewMember};
use crate::records::Records;
use crate::store::{devices, documents, members, office, teams};
use crate::{ActFault, NewAction, Server, StoreFault};
use doorstep_core::model::{
    ActionKind, CaseId, CaseRole, DocId, Field, Heads, MemberId, Role, Scope, TeamId, Timestamp,
};
use doorstep_core::sync::{EnrolmentCode, ServerAddress};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Who reviews in the sample office, and signs in at its console.
pub const SUPERVISOR: &str = "shen";

/// Who looks after members and phones there.
pub const ADMIN: &str = "xu";

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
        let mut ids = BTreeMap::new();
        for member in &sample.members {
            let roles: Vec<Role> = member.roles.iter().map(|code| Role::from_code(code)).collect();
            let (name, login, language) = (&member.name, Some(member.key.as_str()), language.code());
            let new = NewMember { name, login, language, roles: &roles };
            ids.insert(&member.key, directory::add_member(&server, None, &new)?);
        }
        for team in &sample.teams {
            let id = directory::create_team(&server, None, &team.name)?;
            for (keys, supervises) in [(&team.members, false), (&team.supervisors, true)] {
                for key in keys {
                    directory::join_team(&server, None, id, ids[key], supervises)?;
                }
            }
        }
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

    /// Lets the supervisor and the administrator sign in at the console.
    pub fn set_password(&self, password: &str) -> Result<(), DemoFault> {
        for key in [SUPERVISOR, ADMIN] {
            directory::set_password(&self.server, None, self.member(key)?, password)?;
        }
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
        Ok(directory::invite(&self.server, None, self.member(key)?, self.address.clone())?)
    }

    /// The office's time.
    pub fn now(&self) -> Timestamp {
        self.server.env().now()
    }

    /// Puts a member on a case.
    pub fn assign(&self, case: CaseId, key: &str, role: &CaseRole) -> Result<(), DemoFault> {
        let (member, by) = (self.member(key)?, self.member(SUPERVISOR)?);
        Ok(directory::assign(&self.server, Some(by), case, member, role)?)
    }

    /// Takes the phones of these members out of use.
    pub fn revoke_phones(&self, keys: &[&str]) -> Result<(), DemoFault> {
        let owners: Vec<MemberId> = keys.iter().map(|key| self.member(key)).collect::<Result<_, _>>()?;
        for device in self.server.store().read::<_, StoreFault>(|tx| devices::list(tx))? {
            if device.member.is_some_and(|member| owners.contains(&member)) {
                directory::revoke_device(&self.server, None, device.id)?;
            }
        }
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
        let count = |records: &Records<'_>| Ok::<_, StoreFault>(records.set_aside()?.len());
        Ok(self.server.records_of(supervisor, count)?)
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
