import DoorstepCore
import SwiftUI

/// What is written about an entry.
enum RemarkKind: Hashable {
    case `return`
    case comment
    case withdraw

    var title: Text {
        switch self {
        case .return: say("return.title")
        case .comment: say("comment.title")
        case .withdraw: say("withdraw.title")
        }
    }

    var ask: Text {
        switch self {
        case .return: say("return.ask")
        case .comment: say("comment.ask")
        case .withdraw: say("withdraw.ask")
        }
    }

    var verb: Text {
        switch self {
        case .return: say("return.verb")
        case .comment: say("comment.verb")
        case .withdraw: say("withdraw.verb")
        }
    }
}

/// Words about an entry, and which of its answers they are about. Withdrawing is about the whole, and asks once.
struct RemarkScreen: View {
    let remark: RemarkKind
    let answers: [(field: Field, label: Text)]
    let onSend: @MainActor ([Field], String) -> Void
    @State private var text = ""
    @State private var about: [Field] = []

    private var words: String { text.trimmingCharacters(in: .whitespacesAndNewlines) }

    var body: some View {
        Page(remark.title) {
            if remark == .withdraw { Hint(say("withdraw.hint")) }
            Words(remark.ask, text, lines: 4) { text = $0 }
            if remark != .withdraw, !answers.isEmpty {
                Heading(say("remark.about"))
                Flow {
                    ForEach(answers, id: \.field) { answer in
                        Tick(answer.label, about.contains(answer.field)) { isOn in
                            if isOn {
                                about.append(answer.field)
                            } else {
                                about.removeAll { $0 == answer.field }
                            }
                        }
                    }
                }
            }
        } bottom: {
            if remark == .withdraw {
                AskingButton(
                    text: say("withdraw.button"), question: say("withdraw.asked"), yes: remark.verb,
                    isEnabled: !words.isEmpty
                ) { onSend(about, words) }
            } else {
                MainButton(remark.verb, isEnabled: !words.isEmpty) { onSend(about, words) }
            }
        }
    }
}
