#if DEBUG
    import CoreKit
    import DoorstepCore
    import SwiftUI

    struct CasePreview: PreviewProvider {
        static var previews: some View {
            let rows = [Samples.row("e1", "c1", .approved), Samples.row("e2", "c1", .returned)]
            var state = CaseState()
            state.view = CaseView(row: Samples.person("c1", .leadWorker), parts: [], timeline: rows)
            state.conflicts = [Samples.conflict]
            let untouched = CaseEvents(record: {}, details: {}, open: { _ in }, settle: { _, _ in })
            return Looks { CaseScreen(state: state, today: Samples.today, on: untouched) }
        }
    }

    struct SearchPreview: PreviewProvider {
        static var previews: some View {
            var state = SearchState()
            state.query = "夜校"
            state.hits = [.entry(row: Samples.row("e1", "c1", .submitted))]
            state.names = Samples.names
            return Looks {
                SearchScreen(state: state, today: Samples.today) { _ in
                } onGo: { _ in
                }
            }
        }
    }

    struct EntryPreview: PreviewProvider {
        private static let untouched = EntryEvents(
            edit: {}, approve: {}, returnIt: {}, next: {}, comment: {}, resolve: { _ in }, history: {},
            withdraw: {},
            copy: {}, writeAgain: {}, putAway: {}, settle: { _, _ in }, openPhoto: { _ in })

        private static func look(_ state: EntryState) -> some View {
            Looks { EntryScreen(state: state, now: Samples.now, on: untouched) }
        }

        static var previews: some View {
            look(Samples.entryState(.returned))
            look(Samples.entryState(.submitted, conflicts: [Samples.conflict]))
            look(Samples.entryState(.submitted, mayDecide: true))
            look(changed)
            look(Samples.entryState(.withdrawn))
            look(notTaken)
        }

        private static var notTaken: EntryState {
            var state = Samples.entryState(.submitted)
            state.parked = [Samples.change]
            state.unseen = nil
            return state
        }

        private static var changed: EntryState {
            var state = Samples.entryState(.resubmitted, mayDecide: true)
            state.unseen = Unseen(since: .return, changes: [Samples.change])
            return state
        }
    }

    struct RemarkPreview: PreviewProvider {
        static var previews: some View {
            let answers = [(field: "outcome", label: say("field.outcome"))]
            let (empty, begun) = (Remark(fields: [], text: ""), Remark(fields: [], text: "应是小石"))
            Looks {
                RemarkScreen(kind: .return, remark: empty, answers: answers) { _, _ in
                } onSend: {
                }
            }
            Looks {
                RemarkScreen(kind: .withdraw, remark: begun, answers: answers) { _, _ in
                } onSend: {
                }
            }
        }
    }

    struct HistoryPreview: PreviewProvider {
        static var previews: some View {
            let rows = [
                HistoryRow(name: "林晓雯", time: Samples.now, changes: [Samples.change], heads: "h2"),
                HistoryRow(
                    name: "林晓雯", time: Samples.now.addingTimeInterval(-90_000), changes: [], heads: "h1"),
            ]
            return Looks {
                HistoryScreen(
                    rows: rows, fields: Samples.fields, mayEdit: true, reading: Reading(language: .zh),
                    now: Samples.now
                ) { _ in
                } onRestore: { _, _ in
                }
            }
        }
    }

    struct DetailsPreview: PreviewProvider {
        static var previews: some View {
            let contact: Fields = ["phone": .text(text: "100 0000 1701"), "safety": .text(text: "院里有狗。")]
            return Looks {
                DetailsScreen(
                    person: "小川",
                    parts: [
                        CasePartState(doc: "d1", part: .contact, fields: contact, mayEdit: true),
                        CasePartState(doc: "d2", part: .file, fields: [:], mayEdit: false),
                    ],
                    on: DetailsEvents(edit: { _ in }, history: { _ in }))
            }
        }
    }

    struct NewPersonPreview: PreviewProvider {
        static var previews: some View {
            let teams = ["少年组", "社区矫正组"].map { name in
                DirectoryTeam(id: name, name: name, members: [], supervisors: [])
            }
            return Looks { NewPersonScreen(teams: teams) { _ in } }
        }
    }

    struct EarlierPreview: PreviewProvider {
        static var previews: some View {
            var state = EarlierState()
            state.fields = Samples.fields
            state.name = "林晓雯"
            state.time = Samples.now.addingTimeInterval(-90_000)
            state.back = [Edit(field: "place", value: .text(text: "home"))]
            return Looks { EarlierScreen(state: state, now: Samples.now) {} }
        }
    }

    struct QueuePreview: PreviewProvider {
        static var previews: some View {
            let since = Samples.now.addingTimeInterval(-90_000)
            Looks {
                QueueScreen(
                    rows: [QueueRow(row: Samples.row("e1", "c1", .submitted), since: since)],
                    names: Samples.names,
                    today: Samples.today, now: Samples.now
                ) { _ in }
            }
        }
    }

    struct AttentionPreview: PreviewProvider {
        static var previews: some View {
            let returned = AttentionItem.returned(
                doc: "e1", scope: .case(id: "c1"), reason: "请写明谁陪同。", since: Samples.now)
            let notice = AttentionRow(
                id: 1, kind: .notTaken, scope: .case(id: "c2"), doc: "e2", code: nil, made: Samples.now)
            return Looks {
                AttentionScreen(
                    items: [returned, .notice(row: notice)], names: Samples.names,
                    on: AttentionEvents(open: { _ in }, seen: { _ in }, takeUp: { _ in }, forget: { _ in }))
            }
        }
    }
#endif
