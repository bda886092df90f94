//! Turns what the sample tells into the edits that a worker types into a form.

use super::sample::{Language, Part, Said, SampleEntry, Told};
use doorstep_core::model::{Date, Edit, EntryKind, Field, FieldFault, MemberId, Value};

/// The edits of one entry, dated from the day of the demo. `workers` are all who took part, the author included.
pub fn entry_edits(
    entry: &SampleEntry,
    workers: &[MemberId],
    today: Date,
    language: Language,
) -> Result<Vec<Edit>, FieldFault> {
    let kind = EntryKind::from_code(&entry.kind);
    let date = entry.when.date(today);
    let mut edits = vec![
        Edit::set("date", date.to_string()),
        Edit::set("start", entry.when.start.to_string()),
        Edit::set("end", entry.when.end.to_string()),
    ];
    let place = entry.place.as_deref().or(usual_place(&kind));
    let mode = entry.mode.as_deref().or(usual_mode(&kind));
    let codes = [("place", place), ("mode", mode), ("outcome", entry.outcome.as_deref())];
    let words =
        [("source", &entry.source), ("receipt", &entry.receipt), ("served", &entry.served)].map(short);
    let said = [
        ("place_note", &entry.place_note),
        ("met", &entry.met),
        ("accompanied_by", &entry.accompanied_by),
        ("message_with", &entry.message),
        ("next_step", &entry.next),
        ("narrative", &entry.text),
    ]
    .map(|(field, said)| (field, said.as_ref().map(|said: &Said| said.text(language))));
    for (field, text) in codes.into_iter().chain(words).chain(said) {
        edits.extend(text.map(|text| Edit::set(field, text)));
    }
    let flags = [("card_left", entry.card), ("leaflet", entry.leaflet), ("crisis", entry.crisis)];
    edits.extend(flags.iter().filter(|(_, is_yes)| *is_yes).map(|(field, _)| Edit::set(field, true)));
    edits.extend(entry.amount.map(|fen| Edit::set("amount", fen)));
    edits.extend(entry.due.map(|days| Edit::set("next_date", date.plus_days(days).to_string())));
    for (question, told) in &entry.answers {
        edits.push(Edit { field: Field::answer(question)?, value: value(told, None, today, language) });
    }
    for worker in workers {
        edits.push(Edit { field: Field::new(format!("workers.{worker}"))?, value: true.into() });
    }
    Ok(edits)
}

/// The edits of one part of a case.
pub fn part_edits(part: &Part, birth: Option<Date>, today: Date) -> Result<Vec<Edit>, FieldFault> {
    let filled = |told: &Told| !matches!(told, Told::Text(text) if text.is_empty());
    let edit = |(field, told): (&String, &Told)| {
        Ok(Edit { field: Field::new(field.as_str())?, value: value(told, birth, today, Language::Zh) })
    };
    part.iter().filter(|(_, told)| filled(told)).map(edit).collect()
}

/// The day of birth in the file part of a case: so chosen that the age is the one told.
pub fn birth(file: &Part, today: Date) -> Option<Date> {
    let Told::Born(born) = file.get("birth_date")? else { return None };
    let (year, month, day) = today.parts();
    let (birth_month, birth_day) = born.on.split_once('-')?;
    let (birth_month, birth_day): (i8, i8) = (birth_month.parse().ok()?, birth_day.parse().ok()?);
    let had_birthday = (birth_month, birth_day) <= (month, day);
    Date::new(year - born.born - i16::from(!had_birthday), birth_month, birth_day).ok()
}

fn value(told: &Told, birth: Option<Date>, today: Date, language: Language) -> Value {
    match told {
        Told::Flag(flag) => (*flag).into(),
        Told::Number(number) => (*number).into(),
        Told::Text(text) => {
            let digits = birth.map(|date| date.to_string().replace('-', "")).unwrap_or_default();
            text.replace("{birth}", &digits).into()
        }
        Told::Both(both) => Said::Both(both.clone()).text(language).into(),
        Told::Days(ago) => today.plus_days(ago.days).to_string().into(),
        Told::Born(_) => birth.map_or(Value::Empty, |date| date.to_string().into()),
    }
}

fn short<'a>((field, text): (&'static str, &'a Option<String>)) -> (&'static str, Option<&'a str>) {
    (field, text.as_deref())
}

fn usual_place(kind: &EntryKind) -> Option<&'static str> {
    match kind {
        EntryKind::HomeVisit => Some("home"),
        EntryKind::SchoolVisit => Some("school"),
        _ => None,
    }
}

fn usual_mode(kind: &EntryKind) -> Option<&'static str> {
    match kind {
        EntryKind::PhoneContact => Some("phone"),
        EntryKind::OnlineContact => Some("message"),
        kind if kind.is_contact() => Some("in_person"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use doorstep_core::env::Env;

    fn today() -> Date {
        Date::new(2026, 3, 2).unwrap()
    }

    #[test]
    fn an_attempt_carries_its_card_and_the_neighbour() {
        let sample = Sample::load().unwrap();
        let edits = entry_edits(&sample.day.not_home, &[], today(), Language::En).unwrap();
        assert!(edits.contains(&Edit::set("outcome", "not_home")));
        assert!(edits.contains(&Edit::set("card_left", true)));
        assert!(edits.contains(&Edit::set("message_with", "the neighbour who keeps the shop")));
        assert!(edits.contains(&Edit::set("next_date", "2026-03-04")));
    }

    #[test]
    fn everyone_who_took_part_is_in_the_set_of_workers() {
        let sample = Sample::load().unwrap();
        let env = Env::system();
        let both = [MemberId::new(&env), MemberId::new(&env)];
        let edits = entry_edits(&sample.day.joint_visit, &both, today(), Language::Zh).unwrap();
        assert_eq!(edits.iter().filter(|edit| edit.field.path().starts_with("workers.")).count(), 2);
    }

    #[test]
    fn a_person_has_the_age_that_is_told_and_a_number_that_fits_it() {
        let sample = Sample::load().unwrap();
        let case = sample.case("xiaochuan").unwrap();
        let born = birth(&case.file, today()).unwrap();
        assert_eq!(born, Date::new(2008, 3, 12).unwrap());
        let edits = part_edits(&case.restricted, Some(born), today()).unwrap();
        assert!(edits.contains(&Edit::set("id_number", "000000200803120017")));
    }
}
