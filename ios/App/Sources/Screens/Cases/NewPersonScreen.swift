import CoreKit
import DoorstepCore
import SwiftUI

/// A person who is new to the office: what a case cannot begin without. The rest is written into its parts.
struct NewPersonScreen: View {
    let teams: [DirectoryTeam]
    let onOpen: @MainActor (NewCase) -> Void
    @State private var pseudonym = ""
    @State private var kind: CaseKind?
    @State private var isMinor = false
    @State private var chosenTeam: TeamId?

    private var team: TeamId? { teams.count == 1 ? teams[0].id : chosenTeam }
    private var name: String { pseudonym.trimmingCharacters(in: .whitespacesAndNewlines) }

    var body: some View {
        Page(say("new_person.title")) {
            Hint(say("new_person.hint"))
            Words(say("new_person.pseudonym"), pseudonym) { pseudonym = $0 }
            Heading(say("new_person.why"))
            OneOf(choices: caseKinds(), chosen: kind, word: word) { kind = $0 }
            Tick(say("new_person.minor"), isMinor) { isMinor = $0 }
            if teams.count > 1 {
                Heading(say("new_person.team"))
                OneOf(choices: teams.map(\.id), chosen: team) { id in
                    asWritten(teams.first { $0.id == id }?.name ?? "")
                } onChoose: {
                    chosenTeam = $0
                }
            }
        } bottom: {
            MainButton(
                say("new_person.open"), isEnabled: !name.isEmpty && kind != nil && team != nil, action: open)
        }
    }

    private func open() {
        guard let kind, let team else { return }
        let contact = [Edit(field: "pseudonym", value: .text(text: name))]
        onOpen(NewCase(team: team, kind: kind, minor: isMinor, contact: contact, file: [], restricted: []))
    }
}
