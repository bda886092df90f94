//! A document at the most operations that it may hold: who goes on, who is told what.

use crate::scene::{Scene, assert_accepted};
use doorstep_core::app::{AttentionItem, Failure};
use doorstep_core::changes::{SignedChange, chunk_hash};
use doorstep_core::documents::{inspect, limits};
use doorstep_core::model::{CaseRole, Class, Edit, Field, Value};
use doorstep_core::store::AttentionKind;
use doorstep_core::sync::wire::{ItemVerdict, RefusalCode};
use doorstep_server::records::load_document;
use doorstep_tests::hostile::chunk::{Chunk, put_signed, put_unsigned};
use doorstep_tests::hostile::record::{Record, entry_in, push_of, visit};
use doorstep_tests::office::Direct;
use std::sync::Arc;

/// Columns by which a change says of each operation how many earlier ones it replaces, and which.
const PREDECESSORS: [u64; 3] = [0x70, 0x71, 0x73];

/// Makes one change that sets a field `count` times, each replacing the one before, from one that
/// does so once: every column of one row becomes a run.
fn repeat(template: &Chunk, count: u64) -> Chunk {
    let mut chunk = template.clone();
    let count = i64::try_from(count).unwrap();
    for column in &mut chunk.columns {
        let [_, counter @ ..] = column.data.as_slice() else { panic!("a column has content") };
        let counter = counter.to_vec();
        column.data.clear();
        match column.spec {
            // No and yes by turns, beginning with no.
            0x34 => put_unsigned(&mut column.data, count.unsigned_abs()),
            // Each but the first replaces what stands right before it: counted by differences.
            0x73 => {
                put_signed(&mut column.data, -1);
                column.data.extend_from_slice(&counter);
                put_signed(&mut column.data, count - 1);
                put_signed(&mut column.data, 1);
            }
            _ => {
                put_signed(&mut column.data, count);
                column.data.extend_from_slice(&counter);
            }
        }
    }
    chunk
}

/// A document and its last change, as a phone that writes on and on would make them.
struct Full {
    record: Record,
    template: Chunk,
    last: [u8; 32],
    operations: u64,
}

impl Full {
    /// A visit in which one flag was set twice.
    fn begin(scene: &Scene) -> Self {
        let (mut record, first) =
            Record::begin(&scene.worker, entry_in(&scene.worker, scene.case, Class::File), &visit());
        let flag = |flag| Edit { field: Field::new("card_left").unwrap(), value: Value::Flag(flag) };
        let second = record.edit(&scene.worker, &[flag(true)]);
        let third = record.edit(&scene.worker, &[flag(false)]);
        let template = Chunk::parse(&third.bytes);
        assert!(PREDECESSORS.iter().all(|spec| template.columns.iter().any(|column| column.spec == *spec)));
        let operations = template.start_op;
        let last = chunk_hash(&third.bytes).unwrap().0;
        let push = push_of(&record.place, vec![first, second, third]);
        assert_accepted(&scene.worker.push_one(&scene.office.server, push));
        Self { record, template, last, operations }
    }

    /// Its next change, of so many operations.
    fn next(&mut self, scene: &Scene, count: u64) -> SignedChange {
        self.template.seq += 1;
        self.template.start_op = self.operations + 1;
        self.template.deps = vec![self.last];
        self.template.column(0x73).unwrap().data = vec![0x7f];
        put_signed(&mut self.template.column(0x73).unwrap().data, i64::try_from(self.operations).unwrap());
        let bytes = repeat(&self.template, count).encode();
        assert_eq!(inspect(&bytes).unwrap().operations, count);
        self.last = chunk_hash(&bytes).unwrap().0;
        self.operations += count;
        scene.worker.change(&self.record.place, self.template.seq, &bytes)
    }
}

#[test]
fn a_document_holds_so_many_operations_and_no_more_and_phones_say_so() {
    let mut scene = Scene::new(128);
    scene.office.assign(scene.case, scene.outsider.member, &CaseRole::CoWorker);
    let mut full = Full::begin(&scene);
    let place = full.record.place;
    let phone = scene.office.phone(scene.outsider.member);
    let server = Arc::clone(&scene.office.server);
    // Two colleagues, offline since then, write what nobody knows yet.
    let colleagues = full.record.edit(&scene.outsider, &[Edit::set("place", "home")]);
    let told = "她妹妹也在，愿意一起去。";
    let draft = phone.edit_draft_of(place.doc).unwrap();
    phone.type_into(draft, vec![Edit::set("narrative", told)]).unwrap();
    phone.save_later(draft).unwrap();

    while full.operations < limits::DOCUMENT_OPERATIONS {
        let count = limits::CHANGE_OPERATIONS.min(limits::DOCUMENT_OPERATIONS - full.operations);
        let change = full.next(&scene, count);
        assert_accepted(&scene.worker.push_one(&server, push_of(&place, vec![change])));
    }
    // Nobody can count on behind the last one.
    let mut beyond = full.template.clone();
    (beyond.seq, beyond.start_op, beyond.deps) = (beyond.seq + 1, full.operations + 1, vec![full.last]);
    let beyond = push_of(&place, vec![scene.worker.change(&place, beyond.seq, &beyond.encode())]);
    scene.assert_change(&scene.worker, beyond, &ItemVerdict::Refused, &RefusalCode::TooManyOperations);
    // Whoever counts from an earlier state has numbers left, and is kept apart all the same.
    let push = push_of(&place, vec![colleagues]);
    scene.assert_change(&scene.outsider, push, &ItemVerdict::Quarantined, &RefusalCode::TooManyOperations);

    phone.sync_now(&Direct(&server)).unwrap();
    let notices = phone.attention().unwrap();
    assert!(
        notices.iter().any(|item| matches!(item, AttentionItem::Notice(row)
            if row.kind == AttentionKind::NotTaken
                && row.doc == Some(place.doc)
                && row.code.as_deref() == Some("too_many_operations"))),
        "{notices:?}"
    );
    let parked = phone.parked().unwrap();
    assert_eq!((parked[0].0, parked[0].1.text("narrative")), (place.doc, told));
    let kept = server.store().read(|tx| load_document(tx, server.vault(), place.doc)).unwrap();
    assert_eq!(phone.entry(place.doc).unwrap().heads, kept.heads(), "the phone goes on with the office's");
    // She is told at once from now on, and what she types stays.
    let draft = phone.edit_draft_of(place.doc).unwrap();
    phone.type_into(draft, vec![Edit::set("narrative", told)]).unwrap();
    assert_eq!(phone.save_later(draft), Err(Failure::invalid("entry", "too_much")));
    assert_eq!(phone.draft(draft).unwrap().value("narrative").as_text(), Some(told));
}
