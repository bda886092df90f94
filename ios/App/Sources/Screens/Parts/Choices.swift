import SwiftUI

/// One of several. Touching the chosen one again takes the choice back.
struct OneOf<Choice: Hashable>: View {
    let choices: [Choice]
    let chosen: Choice?
    let word: (Choice) -> Text
    let onChoose: @MainActor (Choice?) -> Void

    var body: some View {
        Flow {
            ForEach(choices, id: \.self) { choice in
                let isChosen = choice == chosen
                Pill(text: word(choice), isChosen: isChosen) { onChoose(isChosen ? nil : choice) }
            }
        }
    }
}

/// Yes or not.
struct Tick: View {
    let text: Text
    let isOn: Bool
    let onTick: @MainActor (Bool) -> Void

    init(_ text: Text, _ isOn: Bool, onTick: @escaping @MainActor (Bool) -> Void) {
        (self.text, self.isOn, self.onTick) = (text, isOn, onTick)
    }

    var body: some View {
        Pill(text: text, isChosen: isOn) { onTick(!isOn) }.accessibilityAddTraits(.isToggle)
    }
}

/// What can be chosen, with a target that a finger hits.
private struct Pill: View {
    let text: Text
    let isChosen: Bool
    let action: @MainActor () -> Void

    var body: some View {
        Button(action: action) {
            text.font(.body)
                .fontWeight(isChosen ? .semibold : .regular)
                .padding(.horizontal, 16)
                .padding(.vertical, 12)
                .frame(minHeight: Measure.target)
                .painted(
                    ink: isChosen ? .onPrimary : .onSurface,
                    ground: isChosen ? .primary : .surfaceContainerLowest, radius: Measure.radius
                )
                .lined(isChosen ? .primary : .outline, radius: Measure.radius)
        }
        .buttonStyle(.plain)
        .accessibilityAddTraits(isChosen ? .isSelected : [])
    }
}
