import CoreKit
import DoorstepCore
import SwiftUI

/// What can be done with an item.
struct AttentionEvents {
    let open: @MainActor (DocId) -> Void
    let seen: @MainActor (Int64) -> Void
    let takeUp: @MainActor (DraftId) -> Void
    /// A deleted draft is not wanted again.
    let forget: @MainActor (DraftId) -> Void
}

/// Everything that needs a person. Each item says in one sentence what happened.
struct AttentionScreen: View {
    let items: [AttentionItem]
    let names: [CaseId: String]
    let on: AttentionEvents

    var body: some View {
        Page(say("attention.title")) {
            if items.isEmpty { Hint(say("attention.empty")) }
            ForEach(items, id: \.self) { line($0) }
        }
    }

    @ViewBuilder private func line(_ item: AttentionItem) -> some View {
        switch item {
        case .returned(let doc, let scope, let reason, _):
            Sheet(tone: .care) {
                title(scope, say("state.returned"))
                asWritten(reason).font(.body)
            } onTap: {
                on.open(doc)
            }
        case .conflict(let doc, let scope, _):
            Sheet(tone: .care) {
                title(scope, say("tag.conflict"))
            } onTap: {
                on.open(doc)
            }
        case .deletedDraft(let draft, _, let scope, _):
            Sheet {
                title(scope, say("attention.deleted_draft"))
                SideButton(say("attention.take_up")) { on.takeUp(draft) }
                AskingButton(
                    text: say("attention.delete"), question: say("attention.delete_ask"),
                    yes: say("attention.delete_yes"), isQuiet: true
                ) { on.forget(draft) }
            }
        case .notice(let row):
            Sheet {
                title(row.scope, notice(row.kind))
                if let doc = row.doc { SideButton(say("attention.open")) { on.open(doc) } }
                SideButton(say("attention.seen")) { on.seen(row.id) }
            }
        }
    }

    private func title(_ scope: Scope?, _ text: Text) -> some View {
        beside(scope.flatMap(names.person).map(asWritten), text).font(.headline)
    }
}

private func notice(_ kind: AttentionKind) -> Text {
    switch kind {
    case .caseEnded: say("notice.case_ended")
    case .savedAgain: say("notice.saved_again")
    case .notTaken: say("notice.not_taken")
    case .handedOver: say("notice.handed_over")
    case .serverRestored: say("notice.server_restored")
    case .phoneRestored: say("notice.phone_restored")
    case .needsNewer: say("notice.needs_newer")
    case .unknown(let code): asWritten(code)
    }
}
