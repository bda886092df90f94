//! Which actions came with knowledge of which others.

use crate::model::{Action, ActionId};
use std::collections::{HashMap, HashSet};

/// The order that `after` makes among actions on one subject. Actions that name predecessors
/// nobody has seen, or each other, do no harm.
pub(super) struct Order {
    /// Everything that an action's author had seen, as far as it is known.
    seen: HashMap<ActionId, HashSet<ActionId>>,
}

impl Order {
    pub(super) fn new<'a>(actions: impl Iterator<Item = &'a Action> + Clone) -> Self {
        let direct: HashMap<ActionId, &[ActionId]> =
            actions.map(|action| (action.id, action.after.as_slice())).collect();
        let mut seen = HashMap::with_capacity(direct.len());
        for id in direct.keys() {
            let mut reached = HashSet::new();
            let mut open = vec![*id];
            while let Some(next) = open.pop() {
                for before in direct.get(&next).copied().unwrap_or_default() {
                    if direct.contains_key(before) && reached.insert(*before) {
                        open.push(*before);
                    }
                }
            }
            reached.remove(id);
            seen.insert(*id, reached);
        }
        Self { seen }
    }

    /// Whether `later` was made with knowledge of `earlier`.
    pub(super) fn is_after(&self, later: &Action, earlier: &Action) -> bool {
        self.seen.get(&later.id).is_some_and(|seen| seen.contains(&earlier.id))
    }

    /// Those of some actions that none of them was made after.
    pub(super) fn latest<'a>(&self, actions: &[&'a Action]) -> Vec<&'a Action> {
        let is_latest = |action: &&&Action| {
            // Two actions that claim to have seen each other stay both.
            !actions.iter().any(|other| self.is_after(other, action) && !self.is_after(action, other))
        };
        actions.iter().filter(is_latest).copied().collect()
    }
}

/// What a new action on the same subject names in `after`: the actions that nothing later covers.
pub fn latest_actions<'a>(actions: impl IntoIterator<Item = &'a Action>) -> Vec<ActionId> {
    let actions: Vec<&Action> = actions.into_iter().collect();
    let order = Order::new(actions.iter().copied());
    let mut latest: Vec<ActionId> = order.latest(&actions).iter().map(|action| action.id).collect();
    // Newest first, so that the limit cuts off the oldest.
    latest.sort_unstable_by(|a, b| b.cmp(a));
    latest.dedup();
    latest.truncate(Action::AFTER_LIMIT);
    latest
}
