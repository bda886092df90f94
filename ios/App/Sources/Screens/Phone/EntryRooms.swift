import CoreKit
import DoorstepCore
import SwiftUI

struct EntryRoom: View {
    @State private var model: EntryModel
    let doc: DocId
    let with: Rooming

    init(doc: DocId, with: Rooming) {
        (self.doc, self.with) = (doc, with)
        _model = State(initialValue: EntryModel(session: with.session, doc: doc))
    }

    var body: some View {
        EntryScreen(
            state: model.state,
            on: EntryEvents(
                edit: { Task { if let draft = await model.edit() { with.to(.record(draft)) } } },
                approve: { Task { await model.approve() } },
                returnIt: { with.to(.returning(doc)) },
                settle: { card, value in Task { await model.settle(card, value) } },
                openPhoto: { with.to(.photo(.entry(doc: doc), $0)) })
        )
        .task { await model.follow() }
        .task { await model.fetchPhotos() }
    }
}

struct ReturnRoom: View {
    @Environment(\.language) private var language
    @State private var model: EntryModel
    let with: Rooming

    init(doc: DocId, with: Rooming) {
        self.with = with
        _model = State(initialValue: EntryModel(session: with.session, doc: doc))
    }

    var body: some View {
        let reading = Reading(language: language, questions: model.state.questions)
        ReturnScreen(
            fields: inOrder(model.state.view?.fields ?? [:]).map { ($0.field, reading.label($0.field)) }
        ) { about, reason in
            Task {
                await model.returnEntry(about: about, reason: reason)
                if let failure = model.state.failure { with.trouble = failure } else { with.back() }
            }
        }
        .task { await model.follow() }
    }
}

struct PhotoRoom: View {
    @Environment(\.picture) private var picture
    @State private var model: PhotoModel
    let of: PhotosOf
    let id: AttachmentId
    let with: Rooming

    init(of: PhotosOf, id: AttachmentId, with: Rooming) {
        (self.of, self.id, self.with) = (of, id, with)
        _model = State(initialValue: PhotoModel(session: with.session, of: of, id: id))
    }

    var body: some View {
        PhotoScreen(image: model.bytes.flatMap(picture), failure: model.failure, onRemove: remove)
            .task { await model.load() }
    }

    /// Only out of what is still being written.
    private var remove: (@MainActor () -> Void)? {
        guard case .draft(let draft) = of else { return nil }
        return {
            with.attempt { () throws(Failure) in
                let id = id
                try await with.session.ask { try $0.removePhoto(draft: draft, id: id) }
                with.back()
            }
        }
    }
}
