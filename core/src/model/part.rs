//! What each part of a case asks for, in the order in which people read it.

use super::Class;

/// How a field of a part is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldShape {
    /// A few words.
    Line,
    /// Running text.
    Prose,
    /// A day, as `2026-11-23`.
    Day,
    /// Yes or not.
    Flag,
    /// A code that rules set, not people who type.
    Code,
}

/// A field of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartField {
    /// Its name.
    pub path: &'static str,
    /// How it is typed.
    pub shape: FieldShape,
}

/// The fields of a part of a case.
pub fn part_fields(class: Class) -> &'static [PartField] {
    match class {
        Class::Contact => &CONTACT,
        Class::File => &FILE,
        Class::Restricted => &RESTRICTED,
    }
}

const fn field(path: &'static str, shape: FieldShape) -> PartField {
    PartField { path, shape }
}

const CONTACT: [PartField; 11] = [
    field("pseudonym", FieldShape::Line),
    field("phone", FieldShape::Line),
    field("address", FieldShape::Line),
    field("reach_note", FieldShape::Line),
    field("guardian", FieldShape::Line),
    field("guardian_phone", FieldShape::Line),
    field("frequency", FieldShape::Line),
    field("safety", FieldShape::Line),
    field("stage", FieldShape::Code),
    field("family_focus", FieldShape::Flag),
    field("narrative", FieldShape::Prose),
];

const FILE: [PartField; 13] = [
    field("legal_name", FieldShape::Line),
    field("sex", FieldShape::Line),
    field("birth_date", FieldShape::Day),
    field("household", FieldShape::Line),
    field("occupation", FieldShape::Line),
    field("school", FieldShape::Line),
    field("measure", FieldShape::Line),
    field("measure_start", FieldShape::Day),
    field("measure_end", FieldShape::Day),
    field("referring_unit", FieldShape::Line),
    field("officer", FieldShape::Line),
    field("accepted_on", FieldShape::Day),
    field("narrative", FieldShape::Prose),
];

const RESTRICTED: [PartField; 5] = [
    field("id_number", FieldShape::Line),
    field("risk", FieldShape::Code),
    field("health", FieldShape::Line),
    field("legal_papers", FieldShape::Line),
    field("narrative", FieldShape::Prose),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Field;
    use std::collections::HashSet;

    #[test]
    fn every_field_has_a_name_that_documents_can_hold_and_stands_in_one_part_only() {
        let mut seen = HashSet::new();
        for class in Class::ALL {
            for PartField { path, .. } in part_fields(class) {
                assert!(Field::new(*path).is_ok(), "{path}");
                assert!(seen.insert(*path) || *path == Field::NARRATIVE, "{path}");
            }
        }
    }
}
