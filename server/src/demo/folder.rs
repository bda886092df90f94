//! The demo's own folder: where the office and its phones live, and how far the story was told.

use super::fault::DemoFault;
use super::sample::Language;
use super::story::Told;
use crate::vault::MasterKey;
use doorstep_core::env::Env;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Marks a folder as the demo's.
const STATE: &str = "demo.json";

/// A folder of the demo.
pub struct Folder(PathBuf);

/// What a start needs to know of the one before.
#[derive(Debug, Serialize, Deserialize)]
pub struct State {
    /// In which language the sample office's records are.
    pub language: Language,
    /// The supervisor's password at the console.
    pub password: String,
    /// What was told; none while the story is being made.
    pub told: Option<Told>,
    /// What supervisors did that was told, and answered if it asked for an answer. Whatever a phone has
    /// beyond that arrived while nobody watched, or was not answered any more.
    #[serde(default)]
    pub seen: Vec<String>,
}

impl Folder {
    /// Opens a folder that is absent, empty or the demo's.
    pub fn open(path: &Path) -> Result<(Self, Option<State>), DemoFault> {
        let fault = |source| DemoFault::Folder(path.to_owned(), source);
        fs::create_dir_all(path).map_err(fault)?;
        let path = path.canonicalize().map_err(fault)?;
        let folder = Self(path.clone());
        let state = match fs::read_to_string(folder.0.join(STATE)) {
            Ok(text) => serde_json::from_str(&text).ok(),
            Err(_) => None,
        };
        if state.is_none() && fs::read_dir(&path).map_err(fault)?.next().is_some() {
            return Err(DemoFault::Foreign(path));
        }
        Ok((folder, state))
    }

    /// Clears away a story that was broken off: half of it cannot be gone on with.
    pub fn clear(&self) -> Result<(), DemoFault> {
        for part in [self.server(), self.phones()] {
            if part.exists() {
                fs::remove_dir_all(&part).map_err(|source| DemoFault::Folder(part, source))?;
            }
        }
        Ok(())
    }

    /// Notes how far it is.
    pub fn note(&self, state: &State) -> Result<(), DemoFault> {
        let path = self.0.join(STATE);
        let text =
            serde_json::to_string_pretty(state).map_err(|source| DemoFault::Note(path.clone(), source))?;
        fs::write(&path, text).map_err(|source| DemoFault::Folder(path, source))
    }

    /// Where the server keeps its databases.
    pub fn server(&self) -> PathBuf {
        self.0.join("server")
    }

    /// Where the phones keep theirs.
    pub fn phones(&self) -> PathBuf {
        self.0.join("phones")
    }

    /// The server's master key, beside its data and never in it; made on the first start.
    pub fn master_key(&self, env: &Env) -> Result<MasterKey, DemoFault> {
        let path = self.0.join("master.key");
        if !path.exists() {
            let hex = data_encoding::HEXLOWER.encode(&env.bytes::<32>());
            write_secret(&path, hex.as_bytes())?;
        }
        Ok(MasterKey::from_file(&path)?)
    }
}

/// Writes a file that only its owner may read.
pub fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), DemoFault> {
    let write = || {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o400).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|source| DemoFault::Folder(path.to_owned(), source))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        State { language: Language::Zh, password: "p".into(), told: None, seen: Vec::new() }
    }

    #[test]
    fn a_folder_with_something_else_in_it_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
        assert!(matches!(Folder::open(folder.path()), Err(DemoFault::Foreign(_))));
    }

    #[test]
    fn what_was_noted_is_there_on_the_next_start() {
        let outer = tempfile::tempdir().unwrap();
        let path = outer.path().join("demo");
        let (folder, before) = Folder::open(&path).unwrap();
        assert!(before.is_none());
        folder.note(&state()).unwrap();
        assert_eq!(Folder::open(&path).unwrap().1.unwrap().password, "p");
    }

    #[test]
    fn a_story_broken_off_is_cleared_away_but_nothing_else() {
        let outer = tempfile::tempdir().unwrap();
        let (folder, _) = Folder::open(outer.path()).unwrap();
        folder.note(&state()).unwrap();
        fs::create_dir_all(folder.phones().join("lin")).unwrap();
        fs::write(outer.path().join("other"), "kept").unwrap();
        folder.clear().unwrap();
        assert!(!folder.phones().join("lin").exists());
        assert!(outer.path().join("other").exists());
    }

    #[test]
    fn the_master_key_is_made_once() {
        let outer = tempfile::tempdir().unwrap();
        let (folder, _) = Folder::open(outer.path()).unwrap();
        let env = Env::system();
        folder.master_key(&env).unwrap();
        let first = fs::read(outer.path().join("master.key")).unwrap();
        folder.master_key(&env).unwrap();
        assert_eq!(fs::read(outer.path().join("master.key")).unwrap(), first);
    }
}
