import DoorstepCore
import SwiftUI

// The field's words for codes; a code of a later release is shown as it is.

func word(_ kind: EntryKind) -> Text {
    switch kind {
    case .homeVisit: say("kind.home_visit")
    case .schoolVisit: say("kind.school_visit")
    case .communityVisit: say("kind.community_visit")
    case .interview: say("kind.interview")
    case .phoneContact: say("kind.phone_contact")
    case .onlineContact: say("kind.online_contact")
    case .mentorCheckIn: say("kind.mentor_check_in")
    case .mentorSession: say("kind.mentor_session")
    case .groupSession: say("kind.group_session")
    case .caseConference: say("kind.case_conference")
    case .crisisEvent: say("kind.crisis_event")
    case .aid: say("kind.aid")
    case .documentServed: say("kind.document_served")
    case .supervisionSession: say("kind.supervision_session")
    case .note: say("kind.note")
    case .unknown(let code): asWritten(code)
    }
}

func word(_ outcome: Outcome) -> Text {
    switch outcome {
    case .met: say("outcome.met")
    case .metFamilyOnly: say("outcome.met_family_only")
    case .notHome: say("outcome.not_home")
    case .refused: say("outcome.refused")
    case .movedAway: say("outcome.moved_away")
    case .wrongAddress: say("outcome.wrong_address")
    case .postponed: say("outcome.postponed")
    case .cancelled: say("outcome.cancelled")
    case .unknown(let code): asWritten(code)
    }
}

func word(_ place: PlaceKind) -> Text {
    switch place {
    case .home: say("place.home")
    case .school: say("place.school")
    case .workplace: say("place.workplace")
    case .justiceOffice: say("place.justice_office")
    case .committee: say("place.committee")
    case .office: say("place.office")
    case .outdoors: say("place.outdoors")
    case .other: say("place.other")
    case .unknown(let code): asWritten(code)
    }
}

func word(_ mode: ContactMode) -> Text {
    switch mode {
    case .inPerson: say("mode.in_person")
    case .phone: say("mode.phone")
    case .video: say("mode.video")
    case .message: say("mode.message")
    case .unknown(let code): asWritten(code)
    }
}

func word(_ state: ReviewState) -> Text {
    switch state {
    case .draft: say("state.draft")
    case .submitted: say("state.submitted")
    case .returned: say("state.returned")
    case .resubmitted: say("state.resubmitted")
    case .approved: say("state.approved")
    case .amended: say("state.amended")
    case .withdrawn: say("state.withdrawn")
    case .unknown(let code): asWritten(code)
    }
}

func word(_ kind: CaseKind) -> Text {
    switch kind {
    case .communityCorrection: say("case_kind.community_correction")
    case .released: say("case_kind.released")
    case .conditionalNonProsecution: say("case_kind.conditional_non_prosecution")
    case .atThreshold: say("case_kind.at_threshold")
    case .marginal: say("case_kind.marginal")
    case .other: say("case_kind.other")
    case .unknown(let code): asWritten(code)
    }
}

func word(_ role: CaseRole) -> Text {
    switch role {
    case .leadWorker: say("case_role.lead_worker")
    case .coWorker: say("case_role.co_worker")
    case .mentor: say("case_role.mentor")
    case .unknown(let code): asWritten(code)
    }
}

/// What could come next after nobody was met, in words to be written into the record; a person decides.
func written(_ step: NextStep, in language: Language) -> String {
    switch step {
    case .anotherTime: written("next_step.another_time", in: language)
    case .anotherMode: written("next_step.another_mode", in: language)
    case .waitForCall: written("next_step.wait_for_call", in: language)
    case .agreeWithFamily: written("next_step.agree_with_family", in: language)
    case .keepNewDate: written("next_step.keep_new_date", in: language)
    case .findAddress: written("next_step.find_address", in: language)
    case .consultation: written("next_step.consultation", in: language)
    case .unknown(let code): code
    }
}
