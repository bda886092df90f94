//! Machines that are copied, set back to a copy, or full.

use super::phone::Phone;
use super::truths::Broken;
use super::world::World;

impl World {
    /// Keeps a copy of a phone's database, as a backup of the phone would.
    pub(super) fn copy_phone(&mut self, phone: usize) -> Result<(), Broken> {
        let copy = self.copy_path();
        self.phones[phone].switch_off();
        std::fs::copy(self.phones[phone].path(), &copy).expect("a file can be copied");
        self.phones[phone].switch_on();
        self.phones[phone].copies.push(copy);
        self.tell(format!("{} is copied", self.phones[phone].name));
        // Work goes on, and part of it gets through.
        self.phones[phone].amended = self.type_something(phone, None);
        self.save_draft(phone);
        if self.dice.chance(60) { self.sync(phone, None) } else { Ok(()) }
    }

    /// A phone's backup is restored: what lies outside backups is not in it.
    pub(super) fn set_phone_back(&mut self, phone: usize) -> Result<(), Broken> {
        let Some(copy) = self.phones[phone].copies.last().cloned() else { return Ok(()) };
        self.assert_nothing_lost()?;
        let state = &mut self.phones[phone];
        state.switch_off();
        std::fs::copy(&copy, state.path()).expect("a file can be copied");
        state.lose_marker();
        state.switch_on();
        self.tell(format!("{} is set back to its copy", self.phones[phone].name));
        self.excuse_unreachable()?;
        self.go_on_after_copy(phone)
    }

    pub(super) fn clone_phone(&mut self, phone: usize) -> Result<(), Broken> {
        let Some(copy) = self.phones[phone].copies.last().cloned() else { return Ok(()) };
        if self.phones.len() >= 7 {
            return Ok(());
        }
        let path = self.copy_path();
        std::fs::copy(copy, &path).expect("a file can be copied");
        let name = format!("{}'", self.phones[phone].name);
        let env = self.time.env(0, self.dice.fork(&name));
        let mut clone = Phone::new(name.clone(), self.phones[phone].member, env, path, self.recipe.phones);
        clone.amended = self.phones[phone].amended;
        self.phones.push(clone);
        self.tell(format!("{name} begins as a copy"));
        self.go_on_after_copy(self.phones.len() - 1)
    }

    /// The same entry is amended once more, from the older state.
    fn go_on_after_copy(&mut self, phone: usize) -> Result<(), Broken> {
        let amended = self.phones[phone].amended;
        self.type_something(phone, amended);
        self.save_draft(phone);
        if self.dice.chance(60) { self.sync(phone, None) } else { Ok(()) }
    }

    /// A phone whose storage is full while it synchronises.
    pub(super) fn sync_without_room(&mut self, phone: usize) -> Result<(), Broken> {
        let pages = self.dice.below(3) as u32;
        self.tell(format!("{} has {pages} pages left", self.phones[phone].name));
        self.phones[phone].leave_room(Some(pages));
        let outcome = self.sync(phone, None);
        self.phones[phone].leave_room(None);
        outcome
    }

    pub(super) fn set_server_back(&mut self) -> Result<(), Broken> {
        if !self.has_backup {
            return Ok(());
        }
        self.assert_nothing_lost()?;
        self.tell("the server is set back to its last backup");
        self.restore_server();
        self.excuse_unreachable()
    }
}
