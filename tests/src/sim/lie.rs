//! The device in the wrong hands that some worlds have.

use super::world::World;
use crate::hostile::device::RawDevice;
use crate::hostile::mutate::mutate;
use crate::hostile::record::{Record, entry_in, push_of, visit};
use doorstep_core::model::{Class, Edit};

/// Lies at a time.
const LIES: usize = 12;

impl World {
    /// Somebody with a real key pushes changes with lies in them.
    pub(super) fn lie(&mut self) {
        let member = self.members[1].0;
        let case = self.decided.keys().find(|(case, of)| *of == member && self.knows(*case));
        let Some((case, _)) = case.copied().filter(|_| self.recipe.is_hostile) else { return };
        let env = self.time.env(0, self.dice.fork("liar"));
        let liar = RawDevice::add(self.server(), env, member).expect("a device can be added");
        let mut pushes = Vec::new();
        for _ in 0..LIES {
            let (mut record, first) = Record::begin(&liar, entry_in(&liar, case, Class::File), &visit());
            let second =
                record.edit(&liar, &[Edit::set("outcome", "not_home"), Edit::set("narrative", "无人应门。")]);
            let lie = mutate(&second.bytes, &mut self.dice);
            pushes.push(push_of(&record.place, vec![first]));
            pushes.push(push_of(&record.place, vec![liar.change(&record.place, second.envelope.seq, &lie)]));
        }
        let is_answered = liar.push(self.server(), pushes).is_ok();
        self.tell(format!("somebody lies {LIES} times: answered {is_answered}"));
    }
}
