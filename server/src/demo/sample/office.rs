//! Members, teams and cases of the sample office.

use super::told::Told;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Members, teams and cases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    pub name: String,
    pub members: Vec<SampleMember>,
    pub teams: Vec<SampleTeam>,
    pub cases: Vec<SampleCase>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleMember {
    pub key: String,
    pub name: String,
    pub name_en: String,
    pub roles: Vec<String>,
    pub phone_label: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleTeam {
    pub key: String,
    pub name: String,
    pub members: Vec<String>,
    pub supervisors: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleCase {
    pub key: String,
    /// The pseudonym in Latin letters, for the story in English.
    pub name_en: String,
    pub team: String,
    pub kind: String,
    pub minor: bool,
    /// Days before the day of the demo.
    pub opened: i32,
    pub lead: String,
    pub co: Vec<String>,
    pub mentors: Vec<String>,
    pub contact: Part,
    pub file: Part,
    pub restricted: Part,
}

/// Fields of one part of a case.
pub type Part = BTreeMap<String, Told>;

impl SampleCase {
    /// The name on every shared screen.
    pub fn pseudonym(&self) -> &str {
        match self.contact.get("pseudonym") {
            Some(Told::Text(name)) => name,
            _ => "",
        }
    }
}
