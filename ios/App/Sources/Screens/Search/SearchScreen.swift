import CoreKit
import DoorstepCore
import SwiftUI

/// One field; persons first, then entries, latest first.
struct SearchScreen: View {
    let state: SearchState
    let today: CivilDate
    let onFind: @MainActor (String) -> Void
    let onGo: @MainActor (Place) -> Void
    @FocusState private var typing: Field?

    var body: some View {
        Page(say("search.title")) {
            Words(say("search.field"), state.query, typing: ($typing, "query"), onType: onFind)
                .autocorrectionDisabled()
                .textInputAutocapitalization(.never)
            if let hits = state.hits {
                if hits.isEmpty { Hint(say("search.nothing")) }
                ForEach(hits, id: \.self) { hit in
                    switch hit {
                    case .case(let id, let part):
                        FoundPerson(part: part, query: state.query) { onGo(.aCase(id)) }
                    case .entry(let row):
                        FoundEntry(row: row, state: state, today: today) { onGo(.entry(row.doc)) }
                    }
                }
            }
        }
        // Whoever comes here comes to type; whoever comes back comes to read on.
        .onAppear { if state.query.isEmpty { typing = "query" } }
    }
}

private struct FoundPerson: View {
    let part: PartSummary
    let query: String
    let onOpen: @MainActor () -> Void

    var body: some View {
        Sheet {
            Strong(marked(part.pseudonym, query))
            if !part.reach.isEmpty { marked(part.reach, query).font(.subheadline) }
        } onTap: {
            onOpen()
        }
    }
}

private struct FoundEntry: View {
    let row: EntryListRow
    let state: SearchState
    let today: CivilDate
    let onOpen: @MainActor () -> Void

    var body: some View {
        let entry = row.entry
        Sheet {
            Beside {
                Strong(
                    beside(state.names.person(row.scope).map { marked($0, state.query) }, word(entry.kind)))
            } right: {
                if let date = entry.date { Hint(day(date, today)) }
            }
            ForEach(passages([entry.excerpt, entry.placeNote, entry.nextStep], state.query), id: \.self) {
                text in
                marked(text, state.query).font(.subheadline)
            }
            Hint(marked(row.author, state.query))
        } onTap: {
            onOpen()
        }
    }
}
