//! The PIN, and phones that were restored or copied.

use super::*;
use crate::app::{Failure, forget_pin};

const SECRET: [u8; 32] = [7; 32];

#[test]
fn a_locked_phone_shows_nothing_until_the_pin_is_right() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    assert!(!phone.client.lock(), "without a PIN nobody could unlock");
    assert_eq!(phone.client.set_pin("123", &SECRET), Err(Failure::invalid("pin", "length")));
    phone.client.set_pin("2580", &SECRET).unwrap();
    assert!(phone.client.lock());
    assert_eq!(phone.client.case_list().err(), Some(Failure::Locked));
    assert_eq!(phone.client.case(case).err(), Some(Failure::Locked));
    assert_eq!(phone.client.unlock("0000", &SECRET), Err(Failure::invalid("pin", "wrong")));
    assert!(phone.client.is_locked());
    phone.client.unlock("2580", &SECRET).unwrap();
    assert_eq!(phone.client.case_list().unwrap().len(), 1);
}

#[test]
fn after_some_wrong_pins_even_the_right_one_has_to_wait() {
    let phone = Phone::worker();
    phone.client.set_pin("2580", &SECRET).unwrap();
    phone.client.lock();
    for _ in 0..5 {
        assert_eq!(phone.client.unlock("0000", &SECRET), Err(Failure::invalid("pin", "wrong")));
    }
    assert_eq!(phone.client.unlock("2580", &SECRET), Err(Failure::invalid("pin", "wait")));
    assert_eq!(phone.client.pin_wait_ms(), 30_000);
    phone.move_on(29_000);
    assert_eq!(phone.client.pin_wait_ms(), 1_000);
    phone.move_on(1_000);
    phone.client.unlock("2580", &SECRET).unwrap();
    assert_eq!(phone.client.pin_wait_ms(), 0);
}

#[test]
fn the_right_pin_without_the_phones_own_secret_opens_nothing() {
    let phone = Phone::worker();
    phone.client.set_pin("2580", &SECRET).unwrap();
    phone.client.lock();
    let wrong = Err(Failure::invalid("pin", "wrong"));
    assert_eq!(phone.client.unlock("2580", &[0; 32]), wrong);
    assert_eq!(phone.client.unlock("2580", &[8; 32]), wrong);
    phone.client.unlock("2580", &SECRET).unwrap();
}

#[test]
fn a_pin_whose_secret_is_lost_is_taken_away_and_set_anew() {
    let phone = Phone::worker();
    phone.client.set_pin("2580", &SECRET).unwrap();
    assert!(phone.client.has_pin());
    forget_pin(&phone.folder.path().join("phone.db")).unwrap();
    assert!(!phone.client.has_pin());
    phone.client.set_pin("1379", &[8; 32]).unwrap();
    phone.client.lock();
    phone.client.unlock("1379", &[8; 32]).unwrap();
}

#[test]
fn a_restored_phone_goes_on_as_a_new_writer_and_says_so() {
    let phone = Phone::worker();
    let before = phone.client.marker();
    let Phone { client, env, watch, folder } = phone;
    drop(client);
    let phone = Phone { client: open(&folder, &env, Marker::Kept([9; 16])), env, watch, folder };
    assert_ne!(phone.client.marker(), before);
    assert_eq!(phone.client.attention().unwrap().len(), 1);
    let phone = phone.killed();
    assert_eq!(phone.client.attention().unwrap().len(), 1, "once");
}

#[test]
fn a_phone_killed_before_its_marker_was_noted_is_not_taken_for_a_restored_one() {
    let phone = Phone::worker();
    let noted = phone.client.marker();
    // A sync gave up an actor, and the app was killed before the host could note the new marker.
    phone.client.write(|tx| Ok(crate::courier::new_incarnation(tx, &phone.env).map(drop)?)).unwrap();
    let Phone { client, env, watch, folder } = phone;
    drop(client);
    let phone = Phone { client: open(&folder, &env, noted), env, watch, folder };
    assert!(phone.client.attention().unwrap().is_empty());
    assert_ne!(phone.client.marker(), noted, "a new writer all the same");
}
