import CoreKit
import SwiftUI

/// A failure as a plain sentence that says what to do, or that nothing is lost.
func sentence(_ failure: Failure) -> Text {
    switch failure {
    case .offline: say("failure.offline")
    case .signInNeeded(let code): signIn(code)
    case .locked: say("failure.locked")
    case .notAllowed: say("failure.not_allowed")
    case .notFound: say("failure.not_found")
    case .invalid(let field, let code): invalid(field, code)
    case .storage(let code): storage(code)
    case .unexpected(let code): say("failure.unexpected", asWritten(code))
    }
}

private func signIn(_ code: String) -> Text {
    switch code {
    case "revoked": say("failure.revoked")
    case "unconfirmed": say("failure.unconfirmed")
    default: say("failure.sign_in")
    }
}

private func invalid(_ field: String, _ code: String) -> Text {
    switch (field, code) {
    case (_, "too_long"), (_, "too_much"): say("failure.too_long")
    case ("code", _): enrolmentCode(code)
    case ("pin", _): pin(code)
    case ("photo", _): photo(code)
    case ("camera", "no_scan"): say("failure.camera.no_scan")
    case ("camera", _): say("failure.camera")
    case ("location", "not_allowed"): say("failure.location.not_allowed")
    case ("location", _): say("failure.location")
    case ("heads", _): say("failure.heads")
    case ("phone", _): say("failure.practice")
    default: say("failure.invalid")
    }
}

private func enrolmentCode(_ code: String) -> Text {
    switch code {
    case "mistyped": say("failure.code.mistyped")
    case "expired": say("failure.code.expired")
    case "already_enrolled": say("failure.code.already_enrolled")
    default: say("failure.code")
    }
}

private func pin(_ code: String) -> Text {
    switch code {
    case "wrong": say("failure.pin.wrong")
    case "wait": say("failure.pin.wait")
    default: say("failure.pin")
    }
}

private func storage(_ code: String) -> Text {
    switch code {
    case "no_room": say("failure.storage.no_room")
    case "key_lost": say("failure.storage.key_lost")
    case "newer": say("failure.storage.newer")
    default: say("failure.storage", asWritten(code))
    }
}

private func photo(_ code: String) -> Text {
    switch code {
    case "too_many": say("failure.photo.too_many")
    default: say("failure.photo")
    }
}
