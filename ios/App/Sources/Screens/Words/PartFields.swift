import DoorstepCore
import SwiftUI

/// What a field of a case's parts is called.
func partLabel(_ field: Field) -> Text {
    switch field {
    case "pseudonym": say("field.pseudonym")
    case "phone": say("field.phone")
    case "address": say("field.address")
    case "reach_note": say("case.reach")
    case "guardian": say("field.guardian")
    case "guardian_phone": say("field.guardian_phone")
    case "frequency": say("field.frequency")
    case "safety": say("field.safety")
    case "stage": say("field.stage")
    case "family_focus": say("field.family_focus")
    case "narrative": say("field.notes")
    default: fileLabel(field)
    }
}

/// Of the file and what is restricted.
private func fileLabel(_ field: Field) -> Text {
    switch field {
    case "legal_name": say("field.legal_name")
    case "sex": say("field.sex")
    case "birth_date": say("field.birth_date")
    case "household": say("field.household")
    case "occupation": say("field.occupation")
    case "school": say("field.school")
    case "measure": say("field.measure")
    case "measure_start": say("field.measure_start")
    case "measure_end": say("field.measure_end")
    case "referring_unit": say("field.referring_unit")
    case "officer": say("field.officer")
    case "accepted_on": say("field.accepted_on")
    case "id_number": say("field.id_number")
    case "risk": say("field.risk")
    case "health": say("field.health")
    case "legal_papers": say("field.legal_papers")
    default: asWritten(field)
    }
}

/// Codes that rules set in a case's parts, as people read them; none for any other field.
func partCode(_ field: Field, _ code: String) -> Text? {
    switch (field, code) {
    case ("stage", _): word(caseStageOf(code: code))
    case ("risk", "low"): say("risk.low")
    case ("risk", "medium"): say("risk.medium")
    case ("risk", "high"): say("risk.high")
    default: nil
    }
}

/// How a case goes from referral to closing.
func word(_ stage: CaseStage) -> Text {
    switch stage {
    case .referred: say("stage.referred")
    case .intake: say("stage.intake")
    case .assessment: say("stage.assessment")
    case .applied: say("stage.applied")
    case .open: say("stage.open")
    case .closing: say("stage.closing")
    case .closed: say("stage.closed")
    case .followUp: say("stage.follow_up")
    case .paused: say("stage.paused")
    case .declined: say("stage.declined")
    case .unknown(let code): asWritten(code)
    }
}

/// The parts of a case, by who may read them.
func word(_ part: Class) -> Text {
    switch part {
    case .contact: say("part.contact")
    case .file: say("part.file")
    case .restricted: say("part.restricted")
    }
}
