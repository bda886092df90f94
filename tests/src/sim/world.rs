//! The world: one office, its server, its people and their phones.

use super::journal::Journal;
use super::network::{Faults, Network};
use super::phone::Phone;
use crate::dice::Dice;
use crate::office::{master_key, open, scratch};
use crate::time::WorldTime;
use doorstep_core::model::{CaseId, CaseRole, DocId, MemberId, Role, TeamId};
use doorstep_core::sync::session;
use doorstep_core::sync::{EnrolmentCode, ServerAddress};
use doorstep_server::jobs::{backup, restore};
use doorstep_server::store::{cases, devices, members, teams};
use doorstep_server::{Server, StoreFault};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const DAY_MS: i64 = 24 * 3_600_000;
/// What phones' clocks are wrong by: not at all, a little, too much for a proof, years.
const SKEWS_MS: [i64; 8] = [0, 0, 20_000, -90_000, 300_000, -3_600_000, 3 * 365 * DAY_MS, -5 * 365 * DAY_MS];

/// What a world is made of.
#[derive(Debug, Clone, Copy)]
pub struct Recipe {
    /// Everything follows from it.
    pub seed: u64,
    /// How long people work.
    pub steps: usize,
    /// Switches of the server.
    pub server: doorstep_server::Defences,
    /// Switches of the phones.
    pub phones: session::Defences,
    /// Whether one of the devices sends changes with lies in them.
    pub is_hostile: bool,
}

impl Recipe {
    /// A world with every defence standing.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            steps: 40,
            server: doorstep_server::Defences::default(),
            phones: session::Defences::default(),
            is_hostile: seed.is_multiple_of(4),
        }
    }
}

/// The people, by what they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Opens cases and visits.
    Worker,
    /// Checks in.
    Mentor,
    /// Reviews and assigns.
    Supervisor,
}

/// One world.
pub struct World {
    /// What it was made of.
    pub recipe: Recipe,
    /// What happened, in order.
    pub story: Vec<String>,
    pub(super) dice: Dice,
    pub(super) time: WorldTime,
    pub(super) network: Network,
    pub(super) is_bad_network: bool,
    pub(super) server: Option<Arc<Server>>,
    pub(super) members: Vec<(MemberId, Part)>,
    pub(super) team: TeamId,
    pub(super) phones: Vec<Phone>,
    pub(super) journal: Journal,
    /// Who is on which case, as the supervisors decided last, whatever a restored server believes.
    pub(super) decided: BTreeMap<(CaseId, MemberId), CaseRole>,
    /// When somebody was last taken off a case.
    pub(super) ended: BTreeMap<(CaseId, MemberId), usize>,
    /// Documents of which a part is gone with a phone and a server that were set back.
    pub(super) broken: BTreeSet<DocId>,
    pub(super) step: usize,
    pub(super) has_backup: bool,
    /// The server was set back: phones may know what it keeps apart from now on.
    pub(super) was_restored: bool,
    folder: tempfile::TempDir,
    starts: u64,
    made: u64,
}

impl World {
    /// A new world: an office with four people, each with a phone, and one case.
    pub fn new(recipe: Recipe) -> Self {
        let mut dice = Dice::new(recipe.seed.wrapping_mul(0x9e37_79b9).wrapping_add(17));
        let network = Network::new(dice.fork("network"));
        let is_bad_network = dice.chance(70);
        let mut world = Self {
            recipe,
            story: Vec::new(),
            dice,
            time: WorldTime::start(),
            network,
            is_bad_network,
            server: None,
            members: Vec::new(),
            team: TeamId([0; 16]),
            phones: Vec::new(),
            journal: Journal::default(),
            decided: BTreeMap::new(),
            ended: BTreeMap::new(),
            broken: BTreeSet::new(),
            step: 0,
            has_backup: false,
            was_restored: false,
            folder: scratch(),
            starts: 0,
            made: 0,
        };
        world.start_server();
        world.found();
        for index in 0..world.members.len() {
            world.enrol(index);
        }
        world
    }

    fn found(&mut self) {
        let env = self.time.env(0, self.dice.fork("founding"));
        let people = [
            ("王芳", Part::Worker, Role::Worker),
            ("李强", Part::Worker, Role::Worker),
            ("赵老师", Part::Mentor, Role::Mentor),
            ("陈督导", Part::Supervisor, Role::Supervisor),
        ];
        self.team = TeamId::new(&env);
        self.members = people.iter().map(|(_, part, _)| (MemberId::new(&env), *part)).collect();
        let (team, ids) = (self.team, self.members.clone());
        self.write(|tx| {
            teams::add(tx, team, "一队", env.now())?;
            for ((id, part), (name, _, role)) in ids.into_iter().zip(people) {
                members::add(tx, id, name, None, "zh", &[role], env.now())?;
                teams::join(tx, team, id, part == Part::Supervisor)?;
            }
            Ok(())
        });
    }

    /// Gives a member another phone; false if its enrolment did not get through.
    pub(super) fn enrol(&mut self, member: usize) -> bool {
        self.made += 1;
        let name = format!("{}{}", ["A", "B", "M", "S"][member], self.made);
        let skew = *self.dice.pick(&SKEWS_MS);
        let env = self.time.env(skew, self.dice.fork(&name));
        let secret: [u8; 16] = env.bytes();
        let (id, now) = (self.members[member].0, self.time.now());
        self.write(|tx| {
            let hash = Sha256::digest(secret).into();
            devices::add_invite(tx, hash, id, None, now, now.plus_ms(600_000))
        });
        let path = self.folder.path().join(format!("{name}.db"));
        let mut phone = Phone::new(name.clone(), id, env, path, self.recipe.phones);
        let server = ServerAddress { url: "http://127.0.0.1:1".into(), fingerprint: None };
        let code = EnrolmentCode { server, secret };
        // A lost answer is asked for again: the same key gets the same answer.
        let is_enrolled = (0..6).any(|_| phone.enrol(&code, &self.network).is_ok());
        self.tell(format!("{name} is enrolled: {is_enrolled}, clock wrong by {} s", skew / 1000));
        if is_enrolled {
            self.phones.push(phone);
        }
        is_enrolled
    }

    /// Adds a line to the story.
    pub(super) fn tell(&mut self, line: impl Into<String>) {
        self.story.push(format!("{:>3} {}", self.step, line.into()));
    }

    /// The server.
    pub(super) fn server(&self) -> &Arc<Server> {
        self.server.as_ref().expect("the server runs between steps")
    }

    /// Writes into the directory, as the console would.
    pub(super) fn write(&self, write: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<(), StoreFault>) {
        self.server().store().write(write).expect("the directory takes what the world puts into it");
    }

    /// The member of a phone, and what they do.
    pub(super) fn part_of(&self, phone: usize) -> Part {
        let member = self.phones[phone].member;
        self.members.iter().find(|(id, _)| *id == member).expect("phones belong to members").1
    }

    /// Puts a member on a case, if the server knows it.
    pub(super) fn assign(&mut self, case: CaseId, member: MemberId, role: CaseRole) -> bool {
        let now = self.time.now();
        let knows = self.knows(case);
        if knows {
            self.write(|tx| cases::assign(tx, case, member, &role, None, now));
            self.server().retry_set_aside(None).expect("what is set aside can be tried again");
            if self.decided.insert((case, member), role).is_some() {
                // Another role may read less.
                self.ended.insert((case, member), self.step);
            }
        }
        knows
    }

    /// Takes a member off a case, if the server knows it.
    pub(super) fn end_assignment(&mut self, case: CaseId, member: MemberId) {
        let now = self.time.now();
        if self.knows(case) {
            self.write(|tx| cases::end_assignment(tx, case, member, None, now).map(drop));
        }
        self.decided.remove(&(case, member));
        self.ended.insert((case, member), self.step);
    }

    /// Whether the server has a case.
    pub(super) fn knows(&self, case: CaseId) -> bool {
        self.server()
            .store()
            .read::<_, StoreFault>(|tx| Ok(cases::find(tx, case)?.is_some()))
            .expect("a server that runs can be read")
    }

    fn office_folder(&self) -> PathBuf {
        self.folder.path().join("office")
    }

    fn backup_folder(&self) -> PathBuf {
        self.folder.path().join("backup")
    }

    pub(super) fn copy_path(&mut self) -> PathBuf {
        self.made += 1;
        self.folder.path().join(format!("copy{}.db", self.made))
    }

    pub(super) fn start_server(&mut self) {
        self.starts += 1;
        let dice = self.dice.fork("server");
        let server = open(self.office_folder(), &self.time, dice, self.recipe.server)
            .expect("the office opens after whatever happened to it");
        self.network.connect(Some(Arc::clone(&server)));
        self.server = Some(server);
    }

    fn stop_server(&mut self) {
        self.network.connect(None);
        let server = self.server.take().expect("the server runs between steps");
        assert_eq!(Arc::strong_count(&server), 1, "nobody else holds the server");
    }

    /// Ends the server and starts it again; as by a power cut: what is on the disk now is all there is.
    pub(super) fn restart_server(&mut self, is_power_cut: bool) {
        if is_power_cut {
            let image = self.folder.path().join("image");
            copy_folder(&self.office_folder(), &image);
            self.stop_server();
            replace_folder(&image, &self.office_folder());
        } else {
            self.stop_server();
        }
        self.start_server();
    }

    /// Makes a backup, as the command does, while the server goes on working.
    pub(super) fn back_up(&mut self) {
        let target = self.backup_folder();
        let _ = std::fs::remove_dir_all(&target);
        backup(self.server(), &master_key(), &target).expect("there is room for a backup");
        self.has_backup = true;
    }

    /// Goes back to the last backup, as the command does: a new lineage begins.
    pub(super) fn restore_server(&mut self) {
        self.stop_server();
        let (from, to) = (self.backup_folder(), self.office_folder());
        std::fs::remove_dir_all(&to).expect("a folder can be removed");
        self.was_restored = true;
        let env = self.time.env(0, self.dice.fork("restore"));
        restore(&from, &to, &master_key(), &env).expect("a backup can be restored");
        self.start_server();
    }

    /// How the network is while people work.
    pub(super) fn weather(&self) -> Faults {
        if self.is_bad_network { Faults::BAD } else { Faults::default() }
    }
}

/// Copies the files of a folder; the target holds nothing else afterwards.
fn copy_folder(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to).expect("a folder can be made");
    for file in std::fs::read_dir(from).expect("a folder can be read") {
        let file = file.expect("a folder can be read");
        // The index of a write-ahead log lives in memory and is gone after a power cut.
        if !file.file_name().to_string_lossy().ends_with("-shm") {
            std::fs::copy(file.path(), to.join(file.file_name())).expect("a file can be copied");
        }
    }
}

fn replace_folder(from: &Path, to: &Path) {
    copy_folder(from, to);
    std::fs::remove_dir_all(from).expect("a folder can be removed");
}
