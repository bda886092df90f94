import CoreKit
import DoorstepCore
import SwiftUI

/// A day, chosen from a calendar.
struct DayField: View {
    let label: Text
    let field: Field
    let state: RecordState
    let on: RecordEvents
    @State private var isOpen = false
    @State private var chosen = Date.now

    var body: some View {
        let day = civil(iso: state.text(field))
        Labelled(label, day.map { plainDay($0, thisYear: civil(.now).year) }) {
            chosen = day.flatMap { noon($0, in: .current) } ?? .now
            isOpen = true
        }
        .sheet(isPresented: $isOpen) {
            Choosing(isOpen: $isOpen) {
                DatePicker(selection: $chosen, displayedComponents: .date) { label }.datePickerStyle(
                    .graphical)
            } onChoose: {
                on.choose(field, .text(text: iso(civil(chosen))))
            }
        }
    }
}

/// A time of day.
struct TimeField: View {
    let label: Text
    let field: Field
    let state: RecordState
    let on: RecordEvents
    @State private var isOpen = false
    @State private var chosen = Date.now

    var body: some View {
        let text = state.text(field)
        Labelled(label, text.isEmpty ? nil : asWritten(text)) {
            chosen = moment(clock: text, on: .now) ?? .now
            isOpen = true
        }
        .sheet(isPresented: $isOpen) {
            Choosing(isOpen: $isOpen) {
                DatePicker(selection: $chosen, displayedComponents: .hourAndMinute) { label }
                    .datePickerStyle(.wheel)
            } onChoose: {
                on.choose(field, .text(text: clock(chosen)))
            }
        }
    }
}

/// Choosing, taken back or not.
private struct Choosing<Content: View>: View {
    @Binding var isOpen: Bool
    @ViewBuilder let content: Content
    let onChoose: @MainActor () -> Void

    var body: some View {
        NavigationStack {
            ScrollView { content.padding(16) }
                .painted(ink: .onSurface, ground: .background)
                .toolbar {
                    ToolbarItem(placement: .cancellationAction) {
                        Button {
                            isOpen = false
                        } label: {
                            say("record.cancel")
                        }
                    }
                    ToolbarItem(placement: .confirmationAction) {
                        Button {
                            onChoose()
                            isOpen = false
                        } label: {
                            say("record.ok")
                        }
                    }
                }
        }
    }
}
