import Foundation
import SwiftUI
import Testing

@testable import Screens

/// Every screen is held to what it owes, and to the order in which it is read; and what holds them finds what it is
/// there for.
@MainActor struct AccessTests {
    /// Set, what is read now is written down as what is to be read: look at each change.
    private static let isWriting = ProcessInfo.processInfo.environment["DOORSTEP_SPOKEN"] == "1"

    @Test(arguments: Listening.names) func aScreenSaysWhatItIsAndIsLargeEnoughToTouch(
        _ name: String
    ) {
        for screen in Listening.screens(name) { #expect(Access.findings(screen) == []) }
    }

    /// The order of VoiceOver, in Chinese and in English; large type reads as Chinese does.
    @Test(arguments: Listening.names) func aScreenIsReadInTheOrderThatIsWrittenDown(
        _ name: String
    ) throws {
        let read = Listening.screens(name).map { $0.map(Listening.line) }
        for (chinese, large) in stride(from: 0, to: read.count, by: 3).map({ (read[$0], read[$0 + 2]) }) {
            #expect(chinese == large)
        }
        let kept = read.enumerated().filter { $0.offset % 3 < 2 }.map(\.element)
        let text = kept.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
        let file = Listening.here.appending(path: "Spoken/\(name).txt")
        if AccessTests.isWriting { try text.write(to: file, atomically: true, encoding: .utf8) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }

    @Test func everyPreviewIsListenedTo() throws {
        let folder = Listening.here.appending(path: "../../Sources/Screens/Previews")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let sources = try files.map { try String(contentsOf: $0, encoding: .utf8) }.joined()
        let named = sources.matches(of: /struct (\w+)Preview: PreviewProvider/).map { String($0.output.1) }
        #expect(named.sorted() == Listening.names.sorted())
    }

    @Test func whatIsSmallIsFoundInEitherDirection() {
        found("is only 43 × 44 pt") {
            Button {
            } label: {
                Color.clear.frame(width: 43, height: 44)
            }
        }
        found("is only 44 × 43 pt") {
            Button {
            } label: {
                Color.clear.frame(width: 44, height: 43)
            }
        }
        found("is only 288 × 20 pt") { TextField(text: .constant("")) { asWritten("名") } }
    }

    @Test func whatSaysNothingIsFound() {
        found("nothing says what it is") { IconButton("gear", asWritten("")) {} }
        found("nothing says what it is") { Image(systemName: "lock") }
        found("the catalog lacks") { say("no.such.words") }
    }

    @Test func whatIsTouchedInSecretIsFound() {
        found("does not say so") { asWritten("整行都能点").boxed().onTapGesture {} }
    }

    @Test func aGoodScreenHasNoFindingAndOneWithoutTitleHas() {
        let good = MainButton(asWritten("完成")) {}
        #expect(Access.findings(Page(asWritten("今天")) { good }.readAloud()) == [])
        #expect(Access.findings(good.readAloud()) == ["no heading says where one is"])
    }

    private func found(_ finding: String, @ViewBuilder _ content: () -> some View) {
        let screen = Listening.inTheCatalogsWords { Page(asWritten("今天"), content: content).readAloud() }
        let findings = Access.findings(screen)
        #expect(findings.filter { $0.contains(finding) }.count == 1, "found instead: \(findings)")
    }
}
