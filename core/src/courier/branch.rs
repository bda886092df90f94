//! A branch that the server would not take: cut out of a document, and its edits done again on
//! what is left. Pure; nothing is stored or signed here.

use crate::documents::{Document, EditFault, MergeFault, MergeGuards, NewChange, Stamp, merge};
use crate::model::{Edit, Hash, Heads};
use std::collections::{HashMap, HashSet};

/// A document without some changes and what builds on them; none if nothing is left.
pub fn without(document: &Document, branch: &[Hash]) -> Result<Option<Document>, MergeFault> {
    let mut cut: HashSet<Hash> = branch.iter().copied().collect();
    let mut kept = Vec::new();
    for hash in document.change_hashes() {
        let parents = document.parents(&hash).unwrap_or_default();
        if cut.contains(&hash) || parents.as_slice().iter().any(|parent| cut.contains(parent)) {
            cut.insert(hash);
        } else {
            kept.extend(document.change_bytes(&hash));
        }
    }
    if kept.is_empty() {
        return Ok(None);
    }
    let kept: Vec<&[u8]> = kept.iter().map(Vec::as_slice).collect();
    merge(document.kind(), None, &kept, MergeGuards::default()).map(|merged| Some(merged.document))
}

/// The edits of a branch, done again.
pub struct Replayed {
    /// The document with them.
    pub document: Document,
    /// The new changes, in order.
    pub changes: Vec<NewChange>,
    /// Which change stands for which; one that changes nothing any more stands for nothing.
    pub renamed: HashMap<Hash, Heads>,
}

/// Does the edits of `branch` (changes of `from`, in order) again on `onto`, each where it was made,
/// so that what others wrote meanwhile stays, and what two people set differently shows as a conflict.
pub fn replay(
    onto: &Document,
    from: &Document,
    branch: &[Hash],
    stamp: &Stamp,
) -> Result<Replayed, EditFault> {
    let mut document = onto.clone();
    let (mut changes, mut renamed) = (Vec::new(), HashMap::new());
    for hash in branch {
        let parents = from.parents(hash).unwrap_or_default();
        let base = renamed_heads(&parents, &renamed);
        // What was edited on top of something that is not there is edited on top of what is.
        let base = if base.is_empty() || !document.contains(&base) { document.heads() } else { base };
        let differences = from.difference(&parents, &Heads::new(vec![*hash]));
        let edits: Vec<Edit> =
            differences.into_iter().map(|change| Edit { field: change.field, value: change.after }).collect();
        if let Some(change) = document.edit(stamp, &base, &edits)? {
            renamed.insert(*hash, Heads::new(vec![change.hash]));
            changes.push(change);
        } else {
            renamed.insert(*hash, base);
        }
    }
    Ok(Replayed { document, changes, renamed })
}

/// A frontier in which replayed changes have their new names.
pub fn renamed_heads(heads: &Heads, renamed: &HashMap<Hash, Heads>) -> Heads {
    let names = heads.as_slice().iter().flat_map(|hash| match renamed.get(hash) {
        Some(new) => new.as_slice().to_vec(),
        None => vec![*hash],
    });
    Heads::new(names.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Actor, DocKind, MemberId, Timestamp};

    fn stamp(actor: u8) -> Stamp {
        Stamp { actor: Actor([actor; 16]), member: MemberId([actor; 16]), time: Timestamp::from_ms(1_000) }
    }

    fn edit(document: &mut Document, actor: u8, edits: &[Edit]) -> NewChange {
        let base = document.heads();
        document.edit(&stamp(actor), &base, edits).unwrap().unwrap()
    }

    #[test]
    fn a_branch_is_done_again_where_it_was_made_and_keeps_a_colleagues_words() {
        let first = [Edit::set("kind", "home_visit"), Edit::set("narrative", "奶奶开门。")];
        let (mut mine, _) = Document::create(DocKind::Entry, &stamp(1), &first).unwrap();
        let mut theirs = mine.clone();
        let one =
            edit(&mut mine, 1, &[Edit::set("narrative", "奶奶开门。孙子在家。"), Edit::set("met", "a")]);
        let two = edit(&mut mine, 1, &[Edit::set("narrative", "奶奶开门。孙子在家写作业。")]);
        let foreign =
            edit(&mut theirs, 2, &[Edit::set("narrative", "下午，奶奶开门。"), Edit::set("met", "b")]);
        let merged = crate::documents::merge_into(
            DocKind::Entry,
            Some(&mine),
            &[&foreign.bytes],
            MergeGuards::default(),
        )
        .unwrap()
        .document;

        let left = without(&merged, &[one.hash, two.hash]).unwrap().unwrap();
        assert_eq!(left.heads(), theirs.heads());
        let again = replay(&left, &merged, &[one.hash, two.hash], &stamp(3)).unwrap();
        assert_eq!(again.changes.iter().map(|change| change.seq).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(again.document.fields().text("narrative"), "下午，奶奶开门。孙子在家写作业。");
        assert_eq!(again.document.conflicts().len(), 1, "both sides of `met` stay");
    }

    #[test]
    fn cutting_out_a_branch_cuts_what_builds_on_it() {
        let (mut mine, _) =
            Document::create(DocKind::Entry, &stamp(1), &[Edit::set("kind", "note")]).unwrap();
        let before = mine.heads();
        let one = edit(&mut mine, 1, &[Edit::set("met", "a")]);
        edit(&mut mine, 2, &[Edit::set("met", "b")]);
        assert_eq!(without(&mine, &[one.hash]).unwrap().unwrap().heads(), before);
    }

    #[test]
    fn nothing_is_left_of_a_document_that_was_begun_in_the_branch() {
        let (mine, first) =
            Document::create(DocKind::Entry, &stamp(1), &[Edit::set("kind", "note")]).unwrap();
        assert!(without(&mine, &[first.hash]).unwrap().is_none());
    }
}
