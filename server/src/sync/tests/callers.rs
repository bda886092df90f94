//! Who asks: enrolment, proofs, certificates, revocation.

use super::*;

#[test]
fn code_works_once_for_one_key_and_for_ten_minutes() {
    let office = Office::open();
    let env = office.server.env().clone();
    let (key, thief) = (DeviceKey::generate(&env), DeviceKey::generate(&env));
    let secret = office.invite(office.worker);
    let first = enrol(&office.server, &key, [1; 16], secret.clone()).unwrap();
    let again = enrol(&office.server, &key, [1; 16], secret.clone()).unwrap();
    assert_eq!((first.device, first.certificate), (again.device, again.certificate));
    assert_eq!(enrol(&office.server, &thief, [1; 16], secret).unwrap_err().code(), "code_expired");
    assert_eq!(enrol(&office.server, &thief, [1; 16], vec![0; 16]).unwrap_err().code(), "code_expired");
    let late = office.invite(office.worker);
    write(&office.server, |tx| Ok(tx.execute("UPDATE invites SET expires = 0 WHERE used IS NULL", [])?));
    assert_eq!(enrol(&office.server, &thief, [1; 16], late).unwrap_err().code(), "code_expired");
}

#[test]
fn request_is_proven_for_its_body_path_and_minute() {
    let office = Office::open();
    let (phone, _) = office.phone_with_case();
    let request = phone.request(Vec::new());
    let now = office.server.env().now();
    for minutes in [-2, 2] {
        let error = phone.exchange_at(&office.server, &request, now.plus_ms(minutes * 60_000)).unwrap_err();
        assert_eq!(error.code.code(), "clock");
        assert!(error.time >= now);
    }
    let body = pack(&request);
    let proof = RequestProof::sign(&phone.key, phone.device, "POST", "/v1/sync", &body, now);
    let good = header(&proof);
    let other_body = pack(&SyncRequest { cursor: 1, ..request });
    let other_path = header(&RequestProof::sign(&phone.key, phone.device, "POST", "/v1/enrol", &body, now));
    for (header, body) in [(Some(&good), &other_body), (Some(&other_path), &body), (None, &body)] {
        let reply = office.server.exchange("POST", "/v1/sync", header.map(String::as_str), body);
        assert_eq!(reply.status, 401);
    }
    assert_eq!(office.server.exchange("POST", "/v1/sync", Some(&good), &body).status, 200);
}

#[test]
fn a_revocation_counts_from_the_first_time_and_is_noted_once() {
    let office = Office::open();
    let (phone, _) = office.phone_with_case();
    let revoke = || crate::directory::revoke_device(&office.server, None, phone.device).unwrap();
    let revoked = |sql: &str| {
        write(&office.server, |tx| Ok(tx.query_row(sql, [phone.device.0], |row| row.get::<_, i64>(0))?))
    };
    revoke();
    write(&office.server, |tx| {
        Ok(tx.execute("UPDATE devices SET revoked = 7 WHERE device = ?1", [phone.device.0])?)
    });
    revoke();
    assert_eq!(revoked("SELECT revoked FROM devices WHERE device = ?1"), 7);
    assert_eq!(revoked("SELECT count(*) FROM audit WHERE verb = 'revoke_device' AND subject = ?1"), 1);
}

#[test]
fn revoked_phone_and_member_who_left_are_told_so() {
    let office = Office::open();
    let (phone, _) = office.phone_with_case();
    let ask = || phone.exchange(&office.server, &phone.request(Vec::new()));
    let now = office.server.env().now();
    write(&office.server, |tx| devices::set_state(tx, phone.device, DeviceState::Revoked, now));
    assert_eq!(ask().unwrap_err().code.code(), "revoked");
    write(&office.server, |tx| devices::set_state(tx, phone.device, DeviceState::Active, now));
    assert!(ask().is_ok());
    write(&office.server, |tx| {
        Ok(tx.execute("UPDATE members SET ended = 1 WHERE member = ?1", [office.worker.0])?)
    });
    assert_eq!(ask().unwrap_err().code.code(), "revoked");
}

#[test]
fn certified_phone_of_a_lost_enrolment_waits_for_confirmation_and_its_work_is_kept() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let late = forgotten_phone(&office);
    let visit = late.visit(&office.server, case);
    let plain = late.request(vec![visit.push()]);
    assert_eq!(late.exchange(&office.server, &plain).unwrap_err().code.code(), "unknown_device");
    let forged = Certificate {
        signature: late.key.sign("doorstep-device-v1", &late.certificate.body),
        ..late.certificate.clone()
    };
    let forged = SyncRequest { certificate: Some(forged), ..plain.clone() };
    assert_eq!(late.exchange(&office.server, &forged).unwrap_err().code.code(), "unknown_device");
    let certified = SyncRequest { certificate: Some(late.certificate.clone()), ..plain.clone() };
    assert_eq!(late.exchange(&office.server, &certified).unwrap_err().code.code(), "unconfirmed");
    assert_eq!(late.exchange(&office.server, &plain).unwrap_err().code.code(), "unconfirmed");
    assert!(
        phone.sync(&office.server, Vec::new()).page.is_empty(),
        "nobody sees it before somebody says who it is"
    );
    crate::directory::confirm_device(&office.server, None, late.device).unwrap();
    let page = phone.sync(&office.server, Vec::new()).page;
    assert!(matches!(page.as_slice(), [Item::Snapshot(item)] if item.doc == visit.doc));
    assert_all_accepted(&late.exchange(&office.server, &plain).unwrap());
}

/// A phone whose enrolment the office lost when it was restored.
fn forgotten_phone(office: &Office) -> Phone {
    let phone = office.phone(office.worker);
    write(&office.server, |tx| {
        tx.execute("DELETE FROM actors WHERE device = ?1", [phone.device.0])?;
        Ok(tx.execute("DELETE FROM devices WHERE device = ?1", [phone.device.0])?)
    });
    phone
}

/// What a phone is answered that shows a certificate; and that nothing is known of it afterwards.
fn assert_not_introduced(office: &Office, phone: &Phone, certificate: Certificate, code: &str) {
    let request = SyncRequest { certificate: Some(certificate), ..phone.request(Vec::new()) };
    assert_eq!(phone.exchange(&office.server, &request).unwrap_err().code.code(), code);
    let waiting = "SELECT count(*) FROM devices WHERE state = 'unconfirmed'";
    let waiting: i64 = write(&office.server, |tx| Ok(tx.query_row(waiting, [], |row| row.get(0))?));
    assert_eq!(waiting, 0);
}

#[test]
fn certificate_of_another_office_introduces_nobody() {
    let office = Office::open();
    let phone = forgotten_phone(&office);
    let mut body: CertificateBody = minicbor::decode(&phone.certificate.body).unwrap();
    body.org = OrgId::new(office.server.env());
    let body = minicbor::to_vec(body).unwrap();
    // Signed with this office's key all the same, as by two offices that were set up from one copy.
    let signature = office.server.vault().signing().sign(CERTIFICATE_PURPOSE, &body);
    assert_not_introduced(&office, &phone, Certificate { body, signature }, "unknown_device");
}

#[test]
fn certificate_introduces_the_device_that_it_names_and_no_other() {
    let office = Office::open();
    let mut phone = forgotten_phone(&office);
    let certificate = phone.certificate.clone();
    // The right key, under another device's identifier.
    phone.device = DeviceId::new(office.server.env());
    assert_not_introduced(&office, &phone, certificate, "unauthenticated");
}

#[test]
fn certificate_without_its_key_introduces_nobody() {
    let office = Office::open();
    let mut phone = forgotten_phone(&office);
    let certificate = phone.certificate.clone();
    phone.key = DeviceKey::generate(office.server.env());
    assert_not_introduced(&office, &phone, certificate, "unauthenticated");
}
