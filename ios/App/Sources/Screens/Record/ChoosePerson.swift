import DoorstepCore
import SwiftUI

/// Whom the record is about, or simply everybody: `title` says which.
struct PersonsScreen<Above: View>: View {
    let title: Text
    let cases: [CaseRow]
    let onFind: @MainActor (String) -> Void
    let onChoose: @MainActor (CaseId) -> Void
    @ViewBuilder let above: Above
    @State private var query = ""

    var body: some View {
        Page(title) {
            Words(say("people.find"), query) {
                query = $0
                onFind($0)
            }
            .autocorrectionDisabled()
            .textInputAutocapitalization(.never)
            above
            ForEach(cases, id: \.grant.case) { row in PersonLine(row: row) { onChoose(row.grant.case) } }
            if cases.isEmpty { Hint(say("people.nobody")) }
        }
    }
}

private struct PersonLine: View {
    let row: CaseRow
    let onChoose: @MainActor () -> Void

    var body: some View {
        Sheet {
            Beside {
                asWritten(row.part.pseudonym).font(.headline)
            } right: {
                if let days = row.daysSinceMet {
                    Hint(days == 0 ? say("people.met_today") : say("people.days_since", number(days)))
                }
            }
            Hint(word(row.grant.kind))
            if !row.part.safety.isEmpty { asWritten(row.part.safety).font(.subheadline) }
        } onTap: {
            onChoose()
        }
    }
}
