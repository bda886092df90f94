#if DEBUG
    import CoreKit
    import DoorstepCore
    import SwiftUI

    /// Made-up cases for previews.
    enum Samples {
        static let now = Date(timeIntervalSince1970: 1_773_306_000)
        static let today = civil(now)
        static let names: [CaseId: String] = ["c1": "小川", "c2": "小石"]
        static let members: [MemberId: String] = ["me": "林晓雯", "sup": "沈岚"]
        static let written = "奶奶在家，小川刚放学。说起夜校报名的事，愿意去看看，担心路远。"
        static let fields: Fields = [
            "kind": .text(text: "home_visit"), "outcome": .text(text: "met"),
            "narrative": .text(text: written),
            "date": .text(text: "2026-03-12"), "place": .text(text: "home"),
            "next_step": .text(text: "周五陪他去夜校看看"),
        ]
        static let entry = EntrySummary(
            kind: .homeVisit, author: "me", date: today, start: 870, end: 930, outcome: .met, place: .home,
            placeNote: "", mode: nil, cardLeft: false, crisis: false, excerpt: written, nextStep: "",
            nextDate: nil,
            group: nil, workers: [])
        static let sync = SyncState(
            waiting: 3, waitingEntries: 3, oldestWaiting: now.addingTimeInterval(-172_800), drafts: 1,
            arriving: Arriving(personsHere: 12, persons: 40, entriesHere: 350),
            lastSync: now.addingTimeInterval(-3_600), isSynced: false)
        static let storage = Storage(
            database: 4_200_000, free: 9_000_000_000, waiting: Amount(count: 2, bytes: 900_000),
            sent: Amount(count: 8, bytes: 2_100_000), fetched: Amount(count: 0, bytes: 0))

        static func row(_ doc: String, _ id: CaseId, _ state: ReviewState, isWaiting: Bool = false)
            -> EntryListRow
        {
            EntryListRow(
                doc: doc, scope: .case(id: id), class: .file, entry: entry, author: "林晓雯", state: state,
                isWaiting: isWaiting, conflicts: 0)
        }

        static func person(_ id: CaseId, _ role: CaseRole) -> CaseRow {
            CaseRow(
                grant: CaseGrant(
                    case: id, team: "t", kind: .communityCorrection, minor: true, role: role, teamMembers: []),
                part: PartSummary(
                    pseudonym: names[id] ?? "", names: [], reach: "下午五点后，先打奶奶的电话。", safety: "院里有狗。",
                    stage: "", risk: "", familyFocus: false),
                daysSinceMet: 3, seesEveryEntry: true)
        }

        static var todayState: TodayState {
            var state = TodayState()
            state.today = Today(
                drafts: [], planned: [row("e0", "c2", .draft)],
                recent: [row("e1", "c1", .submitted, isWaiting: true), row("e2", "c2", .returned)],
                sync: sync,
                attention: 2)
            state.names = names
            state.queue = 4
            state.persons = [person("c1", .mentor), person("c2", .mentor)]
            return state
        }

        static func record(_ outcome: String) -> RecordState {
            var state = RecordState()
            state.person = "小川"
            state.kind = .homeVisit
            state.values = fields.merging(["outcome": .text(text: outcome)]) { $1 }
            return state
        }

        static func entryState(
            _ state: ReviewState, mayDecide: Bool = false, conflicts: [ConflictCard] = []
        ) -> EntryState {
            let returned = Returned(
                action: "a", member: "sup", time: now, fields: ["narrative", "accompanied_by"],
                reason: "请写明谁陪同、谈了多久。")
            var read = EntryState()
            read.view = EntryView(
                doc: "e1", scope: .case(id: "c1"), class: .file,
                summary: Summary(
                    version: 1, doc: "e1", kind: .entry, heads: "h", conflicts: 0, needsNewer: false,
                    entry: entry,
                    part: nil), fields: fields, heads: "h",
                review: Review(
                    state: state, approved: nil, waitingSince: now, contradictory: false, selfReviewed: false,
                    returned: state == .returned ? returned : nil,
                    comments: [
                        Comment(
                            action: "k", member: "sup", time: now.addingTimeInterval(-7_200),
                            fields: ["next_step"],
                            reason: "夜校那边我有熟人，要我先打个电话吗？", resolved: false)
                    ]), conflicts: conflicts, actions: [], mayEdit: !mayDecide, mayDecide: mayDecide,
                isWaiting: false)
            read.me = mayDecide ? "sup" : "me"
            read.person = "小川"
            read.names = members
            read.supervises = mayDecide
            return read
        }

        static let conflict = ConflictCard(
            doc: "e1", scope: .case(id: "c1"), field: "place",
            sides: [
                ConflictSide(name: "林晓雯", value: .text(text: "home"), time: now),
                ConflictSide(name: "周启明", value: .text(text: "school"), time: now),
            ])
        static let change = FieldChange(
            field: "narrative", before: .text(text: written),
            after: .text(text: "奶奶和社区王老师在家，小川刚放学，谈了四十分钟。"))
    }

    /// A screen as three people see it: in Chinese, in English at night, in Chinese with very large type.
    struct Looks<Screen: View>: View {
        @ViewBuilder let screen: Screen

        var body: some View {
            Group {
                look(.zh, .light, .large)
                look(.en, .dark, .large)
                look(.zh, .light, .accessibility3)
            }
        }

        private func look(_ language: Language, _ scheme: ColorScheme, _ size: DynamicTypeSize) -> some View {
            NavigationStack { screen }
                .environment(\.language, language)
                .environment(\.locale, language.locale)
                .environment(\.dynamicTypeSize, size)
                .preferredColorScheme(scheme)
        }
    }
#endif
