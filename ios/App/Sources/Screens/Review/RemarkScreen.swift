import DoorstepCore
import SwiftUI

extension RemarkKind {
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
    let kind: RemarkKind
    let remark: Remark
    let answers: [(field: Field, label: Text)]
    let onWrite: @MainActor ([Field], String) -> Void
    let onSend: @MainActor () -> Void

    private var isWritten: Bool { remark.text.contains { !$0.isWhitespace } }

    var body: some View {
        Page(kind.title) {
            if kind == .withdraw { Hint(say("withdraw.hint")) }
            Words(kind.ask, remark.text, lines: 4) { onWrite(remark.fields, $0) }
            if kind != .withdraw, !answers.isEmpty {
                Heading(say("remark.about"))
                Flow {
                    ForEach(answers, id: \.field) { answer in
                        Tick(answer.label, remark.fields.contains(answer.field)) { isOn in
                            let others = remark.fields.filter { $0 != answer.field }
                            onWrite(isOn ? others + [answer.field] : others, remark.text)
                        }
                    }
                }
            }
        } bottom: {
            if kind == .withdraw {
                AskingButton(
                    text: say("withdraw.button"), question: say("withdraw.asked"), yes: kind.verb,
                    isEnabled: isWritten, onYes: onSend)
            } else {
                MainButton(kind.verb, isEnabled: isWritten, action: onSend)
            }
        }
    }
}
