//! Practice mode: a database of its own with made-up cases, on which everything can be tried and
//! nothing leaves the phone. It stays one for good: it is never enrolled, and never talks to a server.

mod sample;
mod write;

pub use sample::PracticeLanguage;

use super::client::lock;
use super::{Client, Failure};
use crate::changes::Signature;
use crate::model::{
    CaseGrant, CaseId, CaseKind, CaseRole, Class, Colleague, DeviceId, Directory, DirectoryTeam, Grant,
    MemberId, OrgId, Role, Scope, TeamId, starter_template,
};
use crate::store::{Identity, Tx};
use crate::sync::ServerAddress;
use crate::sync::session::{GrantRow, GrantState};
use crate::sync::wire::Certificate;
use write::Writer;

const PRACTICE: &str = "practice";

/// The made-up office.
struct Office {
    member: MemberId,
    colleague: MemberId,
    team: TeamId,
}

impl Client {
    /// Makes a fresh database one for practice: a member who is worker and supervisor of one team,
    /// and some cases with entries, a returned one, a conflict and a queue among them. `Invalid`
    /// with `phone`/`already_enrolled` if the phone is enrolled, or `phone`/`practice` if it is one
    /// for practice already.
    pub fn enrol_practice(&self, language: PracticeLanguage) -> Result<(), Failure> {
        let _one_at_a_time = lock(&self.syncing);
        let here = self.here();
        self.write(|tx| {
            refuse_practice(tx)?;
            if tx.identity()?.is_some() {
                return Err(Failure::invalid("phone", "already_enrolled"));
            }
            let office = self.make_office(tx)?;
            let samples = sample::read(language.sample());
            let mut cases = Vec::with_capacity(samples.len());
            for sample in &samples {
                let case = CaseId::new(&self.env);
                let writer = Writer { tx, env: &self.env, office: &office, case, today: here.0 };
                writer.write(sample)?;
                cases.push(CaseGrant {
                    case,
                    team: office.team,
                    kind: CaseKind::from_code(sample.case.get("case")),
                    minor: sample.case.get("minor") == "yes",
                    role: Some(CaseRole::LeadWorker),
                    team_members: vec![
                        (office.member, CaseRole::LeadWorker),
                        (office.colleague, CaseRole::CoWorker),
                    ],
                });
            }
            let directory = directory(tx, language, &office, cases)?;
            tx.set_directory(&directory)?;
            Ok(tx.set_meta(PRACTICE, &[1])?)
        })
    }

    /// Whether this database is for practice, for good.
    pub fn is_practice(&self) -> Result<bool, Failure> {
        self.read(is_practice)
    }

    /// An identity that no server knows, with an address that leads nowhere.
    fn make_office(&self, tx: &Tx<'_>) -> Result<Office, Failure> {
        let env = &self.env;
        let office =
            Office { member: MemberId::new(env), colleague: MemberId::new(env), team: TeamId::new(env) };
        tx.set_identity(&Identity {
            org: OrgId::new(env),
            member: office.member,
            device: DeviceId::new(env),
            certificate: Certificate { body: Vec::new(), signature: Signature([0; 64]) },
            server: ServerAddress { url: String::new(), fingerprint: None },
        })?;
        Ok(office)
    }
}

/// Stands before everything that talks to a server.
pub(super) fn refuse_practice(tx: &Tx<'_>) -> Result<(), Failure> {
    if is_practice(tx)? { Err(Failure::invalid("phone", "practice")) } else { Ok(()) }
}

fn is_practice(tx: &Tx<'_>) -> Result<bool, Failure> {
    Ok(tx.meta(PRACTICE)?.is_some())
}

/// What a server would have told; with all of it on the phone.
fn directory(
    tx: &Tx<'_>,
    language: PracticeLanguage,
    office: &Office,
    cases: Vec<CaseGrant>,
) -> Result<Directory, Failure> {
    let [org_name, team, me, colleague] = language.names().map(str::to_owned);
    let of_team = [Class::Contact, Class::File].map(|class| (Scope::Team(office.team), class));
    let of_cases = cases.iter().flat_map(|case| Class::ALL.map(|class| (Scope::Case(case.case), class)));
    let grants: Vec<Grant> = of_team
        .into_iter()
        .chain(of_cases)
        .map(|(scope, class)| Grant { scope, class, generation: 1 })
        .collect();
    for &grant in &grants {
        tx.put_grant(&GrantRow { grant, state: GrantState::Active, is_filled: true, after: None })?;
    }
    let roles = vec![Role::Worker, Role::Supervisor];
    Ok(Directory {
        version: 1,
        org: tx.identity()?.map_or(OrgId([0; 16]), |identity| identity.org),
        org_name,
        me: office.member,
        roles: roles.clone(),
        colleagues: vec![
            Colleague { id: office.member, name: me, roles },
            Colleague { id: office.colleague, name: colleague, roles: vec![Role::Worker] },
        ],
        teams: vec![DirectoryTeam {
            id: office.team,
            name: team,
            members: vec![office.member, office.colleague],
            supervisors: vec![office.member],
        }],
        cases,
        grants,
        template: starter_template(),
    })
}
