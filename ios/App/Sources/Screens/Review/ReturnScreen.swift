import DoorstepCore
import SwiftUI

/// Why an entry goes back, and which answers that is about.
struct ReturnScreen: View {
    let fields: [(field: Field, label: Text)]
    let onReturn: @MainActor ([Field], String) -> Void
    @State private var reason = ""
    @State private var about: [Field] = []

    private var said: String { reason.trimmingCharacters(in: .whitespacesAndNewlines) }

    var body: some View {
        Page(say("return.title")) {
            Words(say("return.reason"), reason, lines: 4) { reason = $0 }
            Heading(say("return.about"))
            Flow {
                ForEach(fields, id: \.field) { each in
                    Tick(each.label, about.contains(each.field)) { isOn in
                        if isOn { about.append(each.field) } else { about.removeAll { $0 == each.field } }
                    }
                }
            }
        } bottom: {
            MainButton(say("return.return"), isEnabled: !said.isEmpty) { onReturn(about, said) }
        }
    }
}
