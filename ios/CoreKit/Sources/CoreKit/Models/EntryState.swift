import DoorstepCore

/// An entry to be read.
public struct EntryState: Equatable, Sendable {
    public var view: EntryView?
    public var me: MemberId?
    public var person: String?
    public var names: [MemberId: String] = [:]
    public var questions: [Question] = []
    public var unseen: Unseen?
    /// What the server would not take of this phone's work; its values are the `after`.
    public var parked: [FieldChange] = []
    /// This reader supervises the person's team.
    public var supervises = false
    /// For a supervisor: what waits besides this.
    public var next: DocId?
    public var photos: [Photo] = []
    /// Who changed what, once it was asked for; newest last.
    public var history: [HistoryRow] = []
    public var failure: Failure?

    public init() {}

    private var isOwn: Bool { me != nil && view?.summary.entry?.author == me }
    public var mayEdit: Bool { view?.mayEdit == true && view?.review.state != .withdrawn }

    /// The return that is still to be answered.
    public var openReturn: Returned? { view?.review.state == .returned ? view?.review.returned : nil }

    /// A decision is due: what was returned waits for its author first.
    public var mayDecide: Bool { view?.mayDecide == true && openReturn == nil }
    public var isToBeCorrected: Bool { mayEdit && openReturn != nil }
    public var isWithdrawn: Bool { isOwn && view?.review.state == .withdrawn }
    public var mayWithdraw: Bool { isOwn && view?.review.state != .withdrawn }
    public var mayResolve: Bool { isOwn || supervises }
    public var hasButtons: Bool { mayDecide || isWithdrawn || next != nil || mayEdit }

    /// Why it was withdrawn.
    public var withdrawal: String? {
        guard view?.review.state == .withdrawn else { return nil }
        return view?.actions.last { $0.kind == .withdraw }?.reason
    }
}

extension EntryState {
    static func read(_ client: Client, _ doc: DocId) throws -> EntryState {
        let directory = try client.directory()
        var state = EntryState()
        let view = try client.entry(doc: doc)
        state.view = view
        state.me = directory.me
        state.person = try client.caseNames().person(view.scope)
        state.names = directory.names
        state.questions = directory.template.questions
        state.unseen = try client.unseen(doc: doc)
        state.parked = try client.parkedWay(doc: doc)
        state.supervises = directory.supervises(view.scope)
        state.next = state.supervises ? try client.queue().map(\.row.doc).first { $0 != doc } : nil
        state.photos = try client.smallPhotos(of: .entry(doc: doc))
        return state
    }
}

extension Directory {
    /// Colleagues by name.
    var names: [MemberId: String] { colleagues.reduce(into: [:]) { $0[$1.id] = $1.name } }

    fileprivate func supervises(_ scope: Scope) -> Bool {
        let team =
            switch scope {
            case .case(let id): cases.first { $0.case == id }?.team
            case .team(let id): Optional(id)
            }
        return teams.contains { $0.id == team && $0.supervisors.contains(me) }
    }
}
