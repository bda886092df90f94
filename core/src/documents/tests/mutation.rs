//! Changes that somebody made to do harm: mutated with a right checksum, and the worst of them kept.

use super::forged::{ALL, body, chunk, visit_with_changes};
use super::stamp;
use crate::documents::{Document, MergeFault, MergeGuards, inspect, merge, merge_into, summarise};
use crate::model::{DocId, DocKind, Edit};
use proptest::prelude::*;

/// Changes that pass every check of our own, found by mutation and kept as they were.
mod crashers {
    /// The beginning that the others build on.
    pub(super) const FIRST: &[u8] = include_bytes!("crashers/first.change");
    /// automerge 0.12.0 panics while it applies or saves them.
    pub(super) const PANICS: [&[u8]; 5] = [
        include_bytes!("crashers/panic_in_apply_a.change"),
        include_bytes!("crashers/panic_in_apply_b.change"),
        include_bytes!("crashers/panic_in_apply_c.change"),
        include_bytes!("crashers/panic_in_apply_d.change"),
        include_bytes!("crashers/panic_in_graph.change"),
    ];
    /// automerge 0.12.0 applies and saves it, and cannot load what it saved.
    pub(super) const NOT_LOADABLE: &[u8] = include_bytes!("crashers/not_loadable.change");
    /// The same as the first change of a document.
    pub(super) const NOT_LOADABLE_BEGINNING: &[u8] = include_bytes!("crashers/not_loadable_beginning.change");
}

#[test]
fn change_that_makes_automerge_panic_is_refused_and_harms_nothing() {
    let begun = merge(DocKind::Entry, None, &[crashers::FIRST], ALL).unwrap();
    for change in crashers::PANICS {
        assert!(inspect(change).is_ok());
        let fault = merge_into(DocKind::Entry, Some(&begun.document), &[change], ALL).unwrap_err();
        assert_eq!(fault, MergeFault::Unmergeable);
        assert_eq!(begun.document.save(), begun.snapshot);
    }
}

#[test]
fn change_after_which_the_document_would_not_load_is_caught_by_loading_it_back() {
    const UNGUARDED: MergeGuards = MergeGuards { load_back: false };
    let begun = merge(DocKind::Entry, None, &[crashers::FIRST], ALL).unwrap();
    for (current, change) in
        [(Some(&begun.snapshot[..]), crashers::NOT_LOADABLE), (None, crashers::NOT_LOADABLE_BEGINNING)]
    {
        let lost = merge(DocKind::Entry, current, &[change], UNGUARDED).unwrap();
        assert!(Document::load(&lost.snapshot).is_err());
        let fault = merge(DocKind::Entry, current, &[change], ALL).unwrap_err();
        assert_eq!(fault, MergeFault::Unmergeable);
    }
}

/// What a mutation does to the body of a change.
#[derive(Debug, Clone)]
enum Mutation {
    Flip(prop::sample::Index, u8),
    Set(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Remove(prop::sample::Index, usize),
    Copy(prop::sample::Index, prop::sample::Index, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        (index(), 0_u8..8).prop_map(|(at, bit)| Mutation::Flip(at, bit)),
        (index(), any::<u8>()).prop_map(|(at, byte)| Mutation::Set(at, byte)),
        (index(), prop::collection::vec(any::<u8>(), 1..4))
            .prop_map(|(at, bytes)| Mutation::Insert(at, bytes)),
        (index(), 1_usize..4).prop_map(|(at, len)| Mutation::Remove(at, len)),
        (index(), index(), 1_usize..8).prop_map(|(from, to, len)| Mutation::Copy(from, to, len)),
    ]
}

fn mutated(body: &[u8], mutations: &[Mutation]) -> Vec<u8> {
    let mut body = body.to_vec();
    for mutation in mutations {
        if body.is_empty() {
            return body;
        }
        let len = body.len();
        match mutation {
            Mutation::Flip(at, bit) => body[at.index(len)] ^= 1 << bit,
            Mutation::Set(at, byte) => body[at.index(len)] = *byte,
            Mutation::Insert(at, bytes) => {
                let at = at.index(len);
                body.splice(at..at, bytes.iter().copied());
            }
            Mutation::Remove(at, count) => {
                let at = at.index(len);
                body.drain(at..len.min(at + count));
            }
            Mutation::Copy(from, to, count) => {
                let from = from.index(len);
                let piece = body[from..len.min(from + count)].to_vec();
                let to = to.index(len);
                body.splice(to..to, piece);
            }
        }
    }
    body
}

// At least 5,000 mutations; PROPTEST_CASES asks for more.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.max(5_000)))]

    #[test]
    fn mutated_change_with_a_right_checksum_is_refused_or_merges_into_something_whole(
        mutations in prop::collection::vec(mutation(), 1..3),
        first_too in any::<bool>(),
    ) {
        let (document, first, second) = visit_with_changes();
        let hostile = chunk(1, &mutated(body(if first_too { &first } else { &second }), &mutations));
        let begun = merge(DocKind::Entry, None, &[&first], ALL).unwrap();
        let current = if first_too { None } else { Some(&begun.snapshot[..]) };
        if let Ok(merged) = merge(DocKind::Entry, current, &[&hostile], ALL) {
            let loaded = Document::load(&merged.snapshot).unwrap();
            prop_assert_eq!(loaded.heads(), merged.heads.clone());
            prop_assert_eq!(loaded.save(), merged.snapshot.clone());
            loaded.history();
            summarise(DocId([1; 16]), &loaded);
            // And colleagues can go on with it.
            let mut loaded = loaded;
            let base = loaded.heads();
            loaded.edit(&stamp(3), &base, &[Edit::set("place_note", "后门")]).unwrap();
        }
        prop_assert!(document.contains(&begun.heads));
    }

    #[test]
    fn random_bytes_are_never_a_change(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(inspect(&chunk(1, &bytes)).is_err() || bytes.len() > 20);
        prop_assert!(inspect(&bytes).is_err());
        prop_assert!(Document::load(&bytes).is_err());
    }
}
