import CoreKit
import DoorstepCore
import SwiftUI

/// What is written down about a person, to be changed. What rules set is not typed.
struct PartForm: View {
    let state: RecordState
    let on: RecordEvents
    let part: Class
    let typing: FocusState<Field?>.Binding

    var body: some View { ForEach(partFields(class: part), id: \.field) { asked($0) } }

    @ViewBuilder private func asked(_ asked: PartField) -> some View {
        let (field, label) = (asked.field, partLabel(asked.field))
        switch asked.shape {
        case .line: Words(label, state.text(field), typing: (typing, field)) { on.type(field, $0) }
        case .prose:
            Words(label, state.text(field), lines: 4, typing: (typing, field)) { on.type(field, $0) }
        case .day: DayField(label: label, field: field, state: state, on: on)
        case .flag: Tick(label, state.isOn(field)) { on.choose(field, flag($0)) }
        case .code: EmptyView()
        }
    }
}
