import DoorstepCore
import Observation

/// Writes words about an entry: kept at every pause, so that a kill loses at most the words since the last one.
/// `seen` is the version that they are about, where another may have come since.
@MainActor @Observable
public final class RemarkModel {
    public private(set) var remark = Remark(fields: [], text: "")
    public private(set) var isSent = false
    public private(set) var failure: Failure?
    private let session: Session
    private let doc: DocId
    private let kind: RemarkKind
    private let seen: Heads
    private let pause: Duration
    @ObservationIgnored private var isKept = true
    @ObservationIgnored private var pausing: Task<Void, Never>?
    @ObservationIgnored private let writing = Turn()

    public init(
        session: Session, doc: DocId, kind: RemarkKind, seen: Heads, pause: Duration = .milliseconds(400)
    ) {
        (self.session, self.doc, self.kind, self.seen, self.pause) = (session, doc, kind, seen, pause)
    }

    public func load() async {
        let (doc, kind) = (doc, kind)
        await guarded { model throws(Failure) in
            let begun = try await model.session.ask { try $0.remark(doc: doc, kind: kind) }
            // Typed before it was read: what is newer stays.
            if model.isKept { model.remark = begun }
        }
    }

    public func write(about fields: [Field], _ text: String) {
        remark = Remark(fields: fields, text: text)
        isKept = false
        pausing?.cancel()
        pausing = Task {
            try? await Task.sleep(for: pause)
            if !Task.isCancelled { await keep() }
        }
    }

    /// Writes what is not written yet; false, with the reason in `failure`, where that did not work.
    @discardableResult
    public func keep() async -> Bool {
        await guarded { model throws(Failure) in
            try await model.writing.take { () throws(Failure) in
                guard !model.isKept, !model.isSent else { return }
                let (doc, kind, now) = (model.doc, model.kind, model.remark)
                try await model.session.ask { try $0.keepRemark(doc: doc, kind: kind, remark: now) }
                model.isKept = now == model.remark
            }
        }
    }

    /// Records it. A second touch meanwhile is none.
    public func send() async {
        await guarded { model throws(Failure) in
            try await model.writing.take { () throws(Failure) in
                guard !model.isSent else { return }
                let (doc, kind, seen, now) = (model.doc, model.kind, model.seen, model.remark)
                try await model.session.ask { client in
                    switch kind {
                    case .return:
                        try client.returnEntry(doc: doc, shown: seen, fields: now.fields, reason: now.text)
                    case .comment: _ = try client.comment(doc: doc, fields: now.fields, text: now.text)
                    case .withdraw: try client.withdraw(doc: doc, reason: now.text)
                    }
                }
                model.isSent = true
                model.session.host.scheduler.afterSaving()
            }
        }
    }

    @discardableResult
    private func guarded(_ step: @MainActor (RemarkModel) async throws(Failure) -> Void) async -> Bool {
        do throws(Failure) {
            try await step(self)
            failure = nil
            return true
        } catch {
            failure = error
            return false
        }
    }
}
