//! Work that the server does not take.

use super::*;

#[test]
fn a_number_that_a_copy_of_this_phone_used_is_written_again_by_a_new_actor() {
    let phone = Phone::new();
    let server = office(&phone);
    let doc = phone.record(case(1), "奶奶开门。");
    phone.sync(&server);
    // The copy takes the next number with another content, and the server hears of it first.
    let shared = server.state().documents[&doc].document.clone();
    let mut copied = shared.clone();
    let stamp = Stamp { actor: phone.actor(), member: MemberId([1; 16]), time: phone.env.now() };
    let base = copied.heads();
    let theirs = copied.edit(&stamp, &base, &[Edit::set("narrative", "下午，奶奶开门。")]).unwrap().unwrap();
    server.take_change(case(1), CLASS, doc, &theirs.bytes);
    let before = phone.actor();
    phone.edit(case(1), doc, &[Edit::set("narrative", "奶奶开门。孙子在家。")]);
    server.state().refusals.insert(doc, (ItemVerdict::Refused, RefusalCode::DuplicateSequence));
    let request = server.state().exchanges + 1;
    server.state().cut = Some((request + 1, Cut::Request));
    assert!(phone.try_sync(&server).is_err(), "cut before the replayed change is sent");
    assert_ne!(phone.actor(), before);
    assert_eq!(phone.text(doc).unwrap(), "下午，奶奶开门。孙子在家。");
    assert!(phone.cards().contains(&AttentionKind::SavedAgain));
    server.state().refusals.clear();
    phone.sync(&server);
    assert_eq!(phone.heads(case(1)), server_heads(&server, case(1)));
    assert_eq!(phone.store.read::<_, StoreFault>(|tx| Ok(tx.parked()?.len())).unwrap(), 1);
}

#[test]
fn a_copys_change_that_arrives_first_moves_unsent_work_to_a_new_actor() {
    let phone = Phone::new();
    let server = office(&phone);
    let doc = phone.record(case(1), "奶奶开门。");
    phone.sync(&server);
    let mut copied = server.state().documents[&doc].document.clone();
    let stamp = Stamp { actor: phone.actor(), member: MemberId([1; 16]), time: phone.env.now() };
    let base = copied.heads();
    let theirs = copied.edit(&stamp, &base, &[Edit::set("met", "family")]).unwrap().unwrap();
    server.take_change(case(1), CLASS, doc, &theirs.bytes);
    phone.edit(case(1), doc, &[Edit::set("narrative", "奶奶开门。孙子在家。")]);
    // The server sets the push aside for a while, so that the feed is what tells of the copy.
    server.state().refusals.insert(doc, (ItemVerdict::Held, RefusalCode::UnknownDependencies));
    phone.sync(&server);
    server.state().refusals.clear();
    phone.store.write::<_, StoreFault>(|tx| tx.ask_again(doc)).unwrap();
    phone.sync(&server);
    assert_eq!(phone.text(doc).unwrap(), "奶奶开门。孙子在家。");
    assert_eq!(phone.heads(case(1)), server_heads(&server, case(1)));
}

#[test]
fn what_may_not_be_written_is_parked_and_blocks_nothing() {
    let phone = Phone::new();
    let server = office(&phone);
    phone.sync(&server);
    let refused = phone.record(case(1), "不该由我写");
    let fine = phone.record(case(1), "可以");
    server.state().refusals.insert(refused, (ItemVerdict::Quarantined, RefusalCode::NotAllowed));
    let report = phone.sync(&server);
    assert_eq!((report.set_aside, report.pushed), (2, 2));
    assert_eq!(phone.heads(case(1)), server_heads(&server, case(1)));
    assert!(phone.text(fine).is_some());
    let parked = phone.store.read::<_, StoreFault>(|tx| tx.parked()).unwrap();
    assert_eq!((parked.len(), parked[0].doc), (1, refused));
    assert_eq!(phone.cards(), [AttentionKind::NotTaken]);
    assert_eq!(phone.sync(&server).round_trips, 1);
}

#[test]
fn a_refused_edit_gives_way_to_the_servers_version() {
    let phone = Phone::new();
    let server = office(&phone);
    phone.sync(&server);
    let doc = *phone.heads(case(1)).keys().next().unwrap();
    let before = phone.text(doc).unwrap();
    phone.edit(case(1), doc, &[Edit::set("narrative", "改了别人的")]);
    server.state().refusals.insert(doc, (ItemVerdict::Quarantined, RefusalCode::NotAllowed));
    phone.sync(&server);
    assert_eq!(phone.text(doc).unwrap(), before);
    let parked = phone.store.read::<_, StoreFault>(|tx| tx.parked()).unwrap();
    let branch = Document::load(&parked[0].snapshot).unwrap();
    assert_eq!(branch.fields().text("narrative"), "改了别人的", "readable");
}

#[test]
fn a_server_that_sets_no_more_aside_leaves_everything_waiting_on_the_phone() {
    let phone = Phone::new();
    let server = office(&phone);
    phone.sync(&server);
    let own = phone.record(case(1), "还没有人决定");
    server.state().turn_down.push(ErrorCode::SetAsideFull);
    let refused = phone.try_sync(&server).unwrap_err();
    assert!(refused.to_string().contains("set_aside_full"), "{refused}");
    assert_eq!((phone.waiting(), phone.text(own).as_deref()), (1, Some("还没有人决定")));
    phone.sync(&server);
    assert_eq!(phone.waiting(), 0);
}
