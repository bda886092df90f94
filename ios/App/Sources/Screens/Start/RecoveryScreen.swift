import SwiftUI

/// The phone lost its key: the digits to read to the office, and that nothing is lost.
struct RecoveryScreen: View {
    /// Empty until the office's server has been asked.
    let code: String

    var body: some View {
        Page(say("recovery.title")) {
            say("recovery.lost").font(.body)
            if !code.isEmpty {
                Heading(say("recovery.read"))
                Sheet(tone: .good) {
                    asWritten(code)
                        .font(.system(.title, design: .monospaced, weight: .semibold))
                        .textSelection(.enabled)
                }
            }
            Hint(say("recovery.stay"))
        }
    }
}
