//! What must hold, whatever happened.

use super::journal::Mark;
use super::phone::Phone;
use super::world::World;
use doorstep_core::changes::{SignedAction, SignedChange};
use doorstep_core::documents::{Document, summarise};
use doorstep_core::model::{ActionId, Class, DocId, Hash, Scope, Summary};
use doorstep_core::store::EntryRow;
use doorstep_core::sync::session::GrantState;
use doorstep_server::StoreFault;
use doorstep_server::records::{actions_of, open_aside, open_snapshot, open_summary};
use doorstep_server::store::log::Item;
use doorstep_server::store::{aside, documents, grants};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The truths, by the numbers of the design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// 2: devices with the same grants have equal heads and equal actions after everyone has synced.
    Converged,
    /// 2: a second sync is one request with an empty page.
    SecondSyncIsIdle,
    /// 3: a stored summary equals `summarise(document)`.
    SummariesMatch,
    /// 4: a device holds nothing outside its grants.
    NothingOutsideGrants,
    /// 5: no number of an actor in a document has two contents.
    OneContentPerNumber,
    /// 6: every stored document loads.
    EverythingLoads,
    /// 6: nothing from the network makes the server fail.
    ServerAnswers,
    /// 7: nothing that a person saved disappears.
    NothingVanishes,
}

/// A truth that does not hold.
pub struct Broken {
    /// The world that shows it.
    pub seed: u64,
    /// Which.
    pub truth: Truth,
    /// Where.
    pub detail: String,
    /// What happened before.
    pub story: Vec<String>,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:?} does not hold: {}", self.truth, self.detail)?;
        self.story.iter().try_for_each(|line| writeln!(f, "  {line}"))?;
        write!(f, "replay with DOORSTEP_SEED={}", self.seed)
    }
}

impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A document as the server has it.
struct Kept {
    scope: Scope,
    class: Class,
    document: Document,
    summary: Summary,
    actions: BTreeSet<ActionId>,
}

/// All that the server has.
struct Ledger {
    kept: BTreeMap<DocId, Kept>,
    /// Changes that it keeps apart, with their bytes.
    aside_changes: BTreeMap<Hash, Vec<u8>>,
    /// Actions that it keeps apart.
    aside_actions: BTreeSet<ActionId>,
}

/// Own work on all phones, waiting or not.
#[derive(Default)]
struct Offered {
    changes: BTreeMap<Hash, Vec<u8>>,
    actions: BTreeSet<ActionId>,
}

impl Offered {
    /// The own work of some phones.
    fn of<'a>(phones: impl IntoIterator<Item = &'a Phone>) -> Self {
        let mut offered = Self::default();
        for signed in phones.into_iter().flat_map(Phone::own_work) {
            if let Ok(change) = minicbor::decode::<SignedChange>(&signed) {
                offered.changes.insert(change.envelope.hash, change.bytes);
            } else if let Ok(action) = minicbor::decode::<SignedAction>(&signed) {
                offered.actions.extend(action.action().map(|action| action.id));
            }
        }
        offered
    }
}

impl World {
    pub(super) fn broken(&self, truth: Truth, detail: impl Into<String>) -> Broken {
        Broken { seed: self.recipe.seed, truth, detail: detail.into(), story: self.story.clone() }
    }

    fn documents_of(&self, phone: &Phone) -> Result<Vec<(EntryRow, Document)>, Broken> {
        phone.documents().map_err(|doc| {
            self.broken(Truth::EverythingLoads, format!("{doc} on {} does not load", phone.name))
        })
    }

    fn ledger(&self) -> Result<Ledger, Broken> {
        let vault = self.server().vault();
        let mut unloadable = None;
        let ledger = self.server().store().read::<_, StoreFault>(|tx| {
            let mut ledger = Ledger {
                kept: BTreeMap::new(),
                aside_changes: BTreeMap::new(),
                aside_actions: BTreeSet::new(),
            };
            let mut docs = Vec::new();
            documents::each::<StoreFault>(tx, |sealed| {
                docs.push(sealed);
                Ok(())
            })?;
            for sealed in docs {
                let doc = sealed.row.doc;
                let Ok(document) = Document::load(&open_snapshot(vault, &sealed)?) else {
                    unloadable = Some(doc);
                    continue;
                };
                let summary = open_summary(vault, &sealed.row, &sealed.summary)?;
                let actions = actions_of(tx, vault, doc)?.into_iter().map(|own| own.action.id).collect();
                let (scope, class) = (sealed.row.scope, sealed.row.class);
                ledger.kept.insert(doc, Kept { scope, class, document, summary, actions });
            }
            for doc in aside::docs(tx, None)? {
                for row in aside::of_doc(tx, doc)? {
                    match row.item {
                        Item::Change(..) => {
                            let change: SignedChange = open_aside(vault, &row)?;
                            ledger.aside_changes.insert(change.envelope.hash, change.bytes);
                        }
                        Item::Action(id) => drop(ledger.aside_actions.insert(id)),
                    }
                }
            }
            Ok(ledger)
        });
        match (unloadable, ledger) {
            (Some(doc), _) => {
                Err(self.broken(Truth::EverythingLoads, format!("{doc} of the server does not load")))
            }
            (None, Ok(ledger)) => Ok(ledger),
            (None, Err(fault)) => Err(self.broken(Truth::EverythingLoads, fault.to_string())),
        }
    }

    fn offered(&self) -> Offered {
        Offered::of(&self.phones)
    }

    /// Whether what somebody typed or saved is on the server, or on a phone that will still offer or
    /// show it.
    fn is_reachable(&self, ledger: &Ledger, offered: &Offered, mark: &Mark) -> bool {
        let has_text = |document: &Document| document.fields().text("narrative").contains(&mark.text);
        let Some((doc, hash)) = mark.saved else { return self.is_kept(ledger, offered, mark) };
        let on_server =
            ledger.kept.get(&doc).is_some_and(|kept| kept.document.has(&hash) || has_text(&kept.document));
        on_server
            || ledger.aside_changes.contains_key(&hash)
            || offered.changes.contains_key(&hash)
            || self.phones.iter().any(|phone| {
                let is_waiting = phone.read(|tx| tx.is_waiting(doc));
                phone.parked(doc).iter().any(has_text)
                    || (is_waiting && phone.load(doc).as_ref().is_some_and(has_text))
            })
    }

    /// Whether what somebody typed stands in a draft of that phone, or was saved by the phone itself
    /// when the case was taken away: then it stands in some change's bytes.
    fn is_kept(&self, ledger: &Ledger, offered: &Offered, mark: &Mark) -> bool {
        let text = mark.text.as_bytes();
        let holds = |bytes: &Vec<u8>| bytes.windows(text.len()).any(|at| at == text);
        self.phones.iter().any(|phone| phone.drafts().iter().any(|(_, draft)| draft.contains(&mark.text)))
            || ledger.aside_changes.values().chain(offered.changes.values()).any(holds)
            || ledger.kept.values().any(|kept| kept.document.fields().text("narrative").contains(&mark.text))
    }

    /// Nothing typed or saved may be nowhere, at any time.
    pub(super) fn assert_nothing_lost(&self) -> Result<(), Broken> {
        let (ledger, offered) = (self.ledger()?, self.offered());
        for mark in self.journal.owed() {
            if !self.is_reachable(&ledger, &offered, mark) {
                let detail = format!("{} of {}, {:?}, is nowhere", mark.text, mark.phone, mark.saved);
                return Err(self.broken(Truth::NothingVanishes, detail));
            }
        }
        Ok(())
    }

    /// After a machine was set back: what only it had is gone, and nobody is to blame. Documents
    /// of which others hold a part that nobody can offer any more are left out of comparisons.
    pub(super) fn excuse_unreachable(&mut self) -> Result<(), Broken> {
        let (ledger, offered) = (self.ledger()?, self.offered());
        let mut journal = std::mem::take(&mut self.journal);
        journal.excuse(|mark| !self.is_reachable(&ledger, &offered, mark));
        self.journal = journal;
        for phone in &self.phones {
            for (row, document) in self.documents_of(phone)? {
                let doc = row.summary.doc;
                let kept = ledger.kept.get(&doc);
                let knows_change = |hash: &Hash| {
                    kept.is_some_and(|kept| kept.document.has(hash))
                        || ledger.aside_changes.contains_key(hash)
                        || offered.changes.contains_key(hash)
                };
                let knows_action = |id: &ActionId| {
                    kept.is_some_and(|kept| kept.actions.contains(id))
                        || ledger.aside_actions.contains(id)
                        || offered.actions.contains(id)
                };
                let changes = document.history();
                if !changes.iter().all(|step| knows_change(&step.hash))
                    || !phone.actions(doc).iter().all(knows_action)
                {
                    self.broken.insert(doc);
                }
            }
        }
        Ok(())
    }

    /// Everything that must hold when everyone has synced.
    pub(super) fn assert_truths(&self) -> Result<(), Broken> {
        self.assert_nothing_lost()?;
        let ledger = self.ledger()?;
        for (doc, kept) in &ledger.kept {
            if summarise(*doc, &kept.document) != kept.summary {
                return Err(self.broken(Truth::SummariesMatch, format!("{doc} on the server")));
            }
        }
        for phone in &self.phones {
            self.assert_phone(&ledger, phone)?;
        }
        Ok(())
    }

    fn assert_phone(&self, ledger: &Ledger, phone: &Phone) -> Result<(), Broken> {
        let name = &phone.name;
        let rows = phone.read(|tx| tx.grants());
        let held: BTreeSet<(Scope, Class)> =
            rows.iter().map(|row| (row.grant.scope, row.grant.class)).collect();
        let active: BTreeSet<_> =
            rows.iter().filter(|row| row.state == GrantState::Active).map(|row| row.grant).collect();
        let member = phone.member;
        let granted = self.server().store().read::<_, StoreFault>(|tx| grants::of_member(tx, member));
        let granted: BTreeSet<_> = granted.expect("a server that runs can be read").into_iter().collect();
        if active != granted {
            return Err(self.broken(Truth::NothingOutsideGrants, format!("{name}: {active:?} {granted:?}")));
        }
        let (own, mut seen) = (Offered::of([phone]), BTreeSet::new());
        for (row, document) in self.documents_of(phone)? {
            let doc = row.summary.doc;
            seen.insert(doc);
            if row.summary != summarise(doc, &document) {
                return Err(self.broken(Truth::SummariesMatch, format!("{doc} on {name}")));
            }
            if !held.contains(&(row.scope, row.class)) {
                return Err(self.broken(Truth::NothingOutsideGrants, format!("{doc} on {name}")));
            }
            let is_active = active.iter().any(|grant| (grant.scope, grant.class) == (row.scope, row.class));
            if is_active && !self.broken.contains(&doc) {
                self.assert_agrees(ledger, &own, phone, (doc, &document))?;
            }
        }
        for (doc, kept) in &ledger.kept {
            let is_granted =
                active.iter().any(|grant| (grant.scope, grant.class) == (kept.scope, kept.class));
            if is_granted && !seen.contains(doc) && !self.broken.contains(doc) {
                return Err(self.broken(Truth::Converged, format!("{doc} is missing on {name}")));
            }
        }
        Ok(())
    }

    /// A phone has all of a document that the server has, and beyond it only what the server keeps
    /// apart: own work, or what the server had taken in before it was set back.
    fn assert_agrees(
        &self,
        ledger: &Ledger,
        own: &Offered,
        phone: &Phone,
        (doc, document): (DocId, &Document),
    ) -> Result<(), Broken> {
        let differs =
            |what: &str| Err(self.broken(Truth::Converged, format!("{what} of {doc} on {}", phone.name)));
        let kept = ledger.kept.get(&doc);
        let kept_hashes = kept.map(|kept| kept.document.change_hashes()).unwrap_or_default();
        if !kept_hashes.iter().all(|hash| document.has(hash)) {
            return differs("a change that the server has is missing");
        }
        let is_own = |hash: &Hash| self.was_restored || own.changes.contains_key(hash);
        let is_apart = |hash: &Hash| ledger.aside_changes.contains_key(hash) && is_own(hash);
        let is_kept = |hash: &Hash| kept.is_some_and(|kept| kept.document.has(hash));
        if !document.change_hashes().iter().all(|hash| is_kept(hash) || is_apart(hash)) {
            return differs("a change that the server does not have");
        }
        let (none, here) = (BTreeSet::new(), phone.actions(doc));
        let kept_actions = kept.map_or(&none, |kept| &kept.actions);
        if !kept_actions.is_subset(&here) {
            return differs("an action that the server has is missing");
        }
        let is_own = |id: &ActionId| self.was_restored || own.actions.contains(id);
        let is_apart = |id: &ActionId| ledger.aside_actions.contains(id) && is_own(id);
        if !here.difference(kept_actions).all(is_apart) {
            return differs("an action that the server does not have");
        }
        Ok(())
    }
}
