import DoorstepCore
import SwiftUI

/// Who took part in a group session. Each finds it in their own file, and nowhere who else was there.
struct ParticipantsScreen: View {
    let cases: [CaseRow]
    let onChoose: @MainActor ([CaseId]) -> Void
    @State private var chosen: [CaseId]

    init(cases: [CaseRow], before: [CaseId], onChoose: @escaping @MainActor ([CaseId]) -> Void) {
        (self.cases, self.onChoose) = (cases, onChoose)
        _chosen = State(initialValue: before)
    }

    /// A supervisor who only reads has nobody to credit.
    private var own: [CaseRow] { cases.filter { $0.grant.role != nil && $0.grant.role != .mentor } }

    var body: some View {
        Page(say("group.title")) {
            Hint(say("group.hint"))
            Flow {
                ForEach(own, id: \.grant.case) { row in
                    let id = row.grant.case
                    Tick(asWritten(row.part.pseudonym), chosen.contains(id)) { isIn in
                        if isIn { chosen.append(id) } else { chosen.removeAll { $0 == id } }
                    }
                }
            }
        } bottom: {
            MainButton(say("group.done", number(chosen.count))) { onChoose(chosen) }
        }
    }
}
