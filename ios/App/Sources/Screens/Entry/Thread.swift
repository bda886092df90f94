import CoreKit
import DoorstepCore
import SwiftUI

/// Comments in order, oldest first, and the way to write one.
struct CommentThread: View {
    let state: EntryState
    let reading: Reading
    let now: Date
    let on: EntryEvents

    var body: some View {
        let comments = state.view?.review.comments ?? []
        if !comments.isEmpty { Heading(say("entry.comments")) }
        ForEach(comments, id: \.action) { comment in
            Sheet { lines(comment) }
        }
        SideButton(comments.isEmpty ? say("entry.comment") : say("entry.answer"), action: on.comment)
    }

    @ViewBuilder private func lines(_ comment: Comment) -> some View {
        Hint(beside(state.names[comment.member].map(asWritten), since(comment.time, now)))
        if !comment.fields.isEmpty {
            Hint(say("entry.about", joined(comment.fields.map(reading.label), by: say("list.comma"))))
        }
        Prose(asWritten(comment.reason))
        if comment.resolved {
            Tag(say("entry.resolved"), .good)
        } else if state.mayResolve {
            SideButton(say("entry.resolve")) { on.resolve(comment.action) }
        }
    }
}
