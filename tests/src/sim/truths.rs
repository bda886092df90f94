//! What must hold, whatever happened.

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
    /// Changes and actions that it keeps apart.
    aside_changes: BTreeSet<Hash>,
    aside_actions: BTreeSet<ActionId>,
    aside_docs: BTreeSet<DocId>,
}

/// Own work on all phones, waiting or not.
#[derive(Default)]
struct Offered {
    changes: BTreeSet<Hash>,
    actions: BTreeSet<ActionId>,
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
                aside_changes: BTreeSet::new(),
                aside_actions: BTreeSet::new(),
                aside_docs: BTreeSet::new(),
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
                ledger.aside_docs.insert(doc);
                for row in aside::of_doc(tx, doc)? {
                    match row.item {
                        Item::Change(..) => {
                            let change: SignedChange = open_aside(vault, &row)?;
                            ledger.aside_changes.insert(change.envelope.hash);
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
        let mut offered = Offered::default();
        for signed in self.phones.iter().flat_map(Phone::own_work) {
            if let Ok(change) = minicbor::decode::<SignedChange>(&signed) {
                offered.changes.insert(change.envelope.hash);
            } else if let Ok(action) = minicbor::decode::<SignedAction>(&signed) {
                offered.actions.extend(action.action().map(|action| action.id));
            }
        }
        offered
    }

    /// Whether what somebody saved is on the server, or on a phone that will still offer or show it.
    fn is_reachable(&self, ledger: &Ledger, offered: &Offered, mark: &super::journal::Mark) -> bool {
        let text_of = |document: &Document| document.fields().text("narrative").contains(&mark.text);
        let on_server = ledger
            .kept
            .get(&mark.doc)
            .is_some_and(|kept| kept.document.has(&mark.hash) || text_of(&kept.document));
        on_server
            || ledger.aside_changes.contains(&mark.hash)
            || offered.changes.contains(&mark.hash)
            || self.phones.iter().any(|phone| {
                let is_waiting = phone.read(|tx| tx.is_waiting(mark.doc));
                phone.parked(mark.doc).iter().any(text_of)
                    || (is_waiting && phone.load(mark.doc).as_ref().is_some_and(text_of))
            })
    }

    /// Nothing saved may be nowhere, at any time.
    pub(super) fn assert_nothing_lost(&self) -> Result<(), Broken> {
        let (ledger, offered) = (self.ledger()?, self.offered());
        for mark in self.journal.owed() {
            if !self.is_reachable(&ledger, &offered, mark) {
                let detail = format!("{} of {} in {} is nowhere", mark.text, mark.phone, mark.doc);
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
                        || ledger.aside_changes.contains(hash)
                        || offered.changes.contains(hash)
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
        let mut seen = BTreeSet::new();
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
            if !is_active || self.is_out_of_comparison(ledger, doc) {
                continue;
            }
            let Some(kept) = ledger.kept.get(&doc) else {
                return Err(self.broken(Truth::Converged, format!("{doc} is on {name} only")));
            };
            if kept.document.heads() != document.heads() {
                return Err(self.broken(Truth::Converged, format!("heads of {doc} on {name}")));
            }
            if kept.actions != phone.actions(doc) {
                return Err(self.broken(Truth::Converged, format!("actions of {doc} on {name}")));
            }
        }
        for (doc, kept) in &ledger.kept {
            let is_granted =
                active.iter().any(|grant| (grant.scope, grant.class) == (kept.scope, kept.class));
            if is_granted && !seen.contains(doc) && !self.is_out_of_comparison(ledger, *doc) {
                return Err(self.broken(Truth::Converged, format!("{doc} is missing on {name}")));
            }
        }
        Ok(())
    }

    /// What nobody can make whole again, and what waits for somebody to decide.
    fn is_out_of_comparison(&self, ledger: &Ledger, doc: DocId) -> bool {
        self.broken.contains(&doc) || ledger.aside_docs.contains(&doc)
    }
}
