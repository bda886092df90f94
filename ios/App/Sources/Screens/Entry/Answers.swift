import CoreKit
import DoorstepCore
import SwiftUI

/// All answers; those that a return or an open comment is about stand out, with what was said beside them.
struct Answers: View {
    let state: EntryState
    let reading: Reading

    var body: some View {
        let fields = state.view?.fields ?? [:]
        ForEach(inOrder(fields) + state.missing.map { ($0, Value.empty) }, id: \.field) { field, value in
            let said = state.said(about: field)
            if said.isEmpty {
                Heading(reading.label(field))
                Prose(reading.shown(field, value))
            } else {
                Sheet(tone: .care) {
                    SheetHeading(reading.label(field))
                    Prose(reading.shown(field, value))
                    ForEach(said, id: \.self) { said in
                        Sheet { Prose(say("entry.who_why", asWritten(said.who), asWritten(said.what))) }
                    }
                }
            }
        }
    }
}
