//! Worlds that follow from a number: people, phones, a bad network, machines set back.
//!
//! `DOORSTEP_SEEDS` asks for more worlds than CI runs; `DOORSTEP_SEED` replays one and tells its story.

use doorstep_tests::sim::{Recipe, Truth, run};
use std::sync::atomic::{AtomicU64, Ordering};

/// Worlds in CI.
const SEEDS: u64 = 300;
/// Worlds within which each defence that is off must be noticed.
const SEEDS_WITHOUT: u64 = 300;

fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

#[test]
fn whatever_happens_everyone_ends_with_the_same_records_and_nothing_is_lost() {
    if let Some(seed) = asked("DOORSTEP_SEED") {
        let outcome = run(Recipe::new(seed)).unwrap();
        println!("{}", outcome.story.join("\n"));
        return;
    }
    let seeds = asked("DOORSTEP_SEEDS").unwrap_or(SEEDS);
    let (next, round_trips) = (AtomicU64::new(0), AtomicU64::new(0));
    let live = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds {
                return;
            }
            match run(Recipe::new(seed)) {
                Ok(outcome) => drop(round_trips.fetch_add(outcome.round_trips, Ordering::Relaxed)),
                Err(broken) => panic!("{broken}"),
            }
        }
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(live);
        live();
        other.join().unwrap();
    });
    println!("{seeds} worlds, {} round trips", round_trips.into_inner());
}

#[test]
fn a_world_replays_exactly() {
    for seed in [3, 4] {
        assert_eq!(run(Recipe::new(seed)).unwrap(), run(Recipe::new(seed)).unwrap());
    }
}

/// The first world that shows that a defence is off, and by what.
fn noticed(without: impl Fn(&mut Recipe)) -> Option<(u64, Truth)> {
    (0..SEEDS_WITHOUT).find_map(|seed| {
        let mut recipe = Recipe::new(seed);
        without(&mut recipe);
        run(recipe).err().map(|broken| (seed, broken.truth))
    })
}

macro_rules! notices {
    ($($name:ident: $($field:ident).+;)+) => {
        $(
            #[test]
            fn $name() {
                let found = noticed(|recipe| recipe.$($field).+ = false);
                println!("{found:?}");
                assert!(found.is_some(), "nothing shows that the defence is off");
            }
        )+
    };
}

notices! {
    a_server_that_does_not_check_epochs_is_noticed: server.epoch_check;
    a_server_that_does_not_load_back_is_noticed: server.load_back;
    a_server_that_acknowledges_before_the_commit_is_noticed: server.ack_after_commit;
    a_restored_phone_that_keeps_its_actor_is_noticed: phones.new_actor_after_restore;
    a_cursor_stored_in_another_transaction_is_noticed: phones.cursor_with_page;
    a_phone_that_purges_on_mere_absence_is_noticed: phones.purge_only_when_told;
    a_phone_that_purges_before_it_handed_over_is_noticed: phones.hand_over_before_purge;
    a_phone_that_does_not_offer_its_work_again_is_noticed: phones.offer_again;
}
