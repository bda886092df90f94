import CoreKit
import SwiftUI

/// Nobody's phone yet: the code from the office, scanned or typed; or practice.
struct FirstStartScreen: View {
    let isBusy: Bool
    let failure: Failure?
    let onScan: @MainActor () -> Void
    let onEnrol: @MainActor (String) -> Void
    let onPractise: @MainActor () -> Void
    @State private var code = ""

    private var isBlank: Bool { code.allSatisfy(\.isWhitespace) }

    var body: some View {
        Page(say("start.title")) {
            say("start.ask").font(.body)
            SideButton(say("start.scan"), isEnabled: !isBusy, action: onScan)
            Words(say("start.type"), code, lines: 3) { code = $0 }
                .textInputAutocapitalization(.characters)
                .autocorrectionDisabled()
            if let failure { Trouble(sentence(failure)) }
            Hint(say("start.one_member"))
            Heading(say("start.try"))
            Hint(say("start.practice"))
            SideButton(say("start.practise"), isEnabled: !isBusy, action: onPractise)
        } bottom: {
            MainButton(isBusy ? say("start.enrolling") : say("start.enrol"), isEnabled: !isBlank && !isBusy) {
                onEnrol(code)
            }
        }
    }
}
