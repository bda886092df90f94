import CoreKit
import SwiftUI

/// Looks while one types, a moment after the last letter.
struct SearchRoom: View {
    @State private var model: SearchModel
    let with: Rooming

    init(with: Rooming) {
        self.with = with
        _model = State(initialValue: SearchModel(session: with.session))
    }

    var body: some View {
        SearchScreen(state: model.state, today: civil(.now), onFind: model.type, onGo: with.to)
            .task(id: model.state.query) {
                try? await Task.sleep(for: .milliseconds(150))
                if !Task.isCancelled { await model.find() }
            }
            .onChange(of: model.failure) { with.trouble = model.failure }
    }
}
