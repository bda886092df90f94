import SwiftUI

/// One screen: a title, a column that scrolls, and what stays under the thumb at the bottom.
/// Wide windows keep the column as wide as it reads well.
struct Page<Actions: View, Content: View, Bottom: View>: View {
    @Environment(\.isPractice) private var isPractice
    @Environment(\.recordCrisis) private var recordCrisis
    private let title: Text
    private let actions: Actions
    private let content: Content
    private let bottom: Bottom

    init(
        _ title: Text,
        @ViewBuilder content: () -> Content,
        @ViewBuilder actions: () -> Actions = { EmptyView() },
        @ViewBuilder bottom: () -> Bottom = { EmptyView() }
    ) {
        self.title = title
        self.content = content()
        self.actions = actions()
        self.bottom = bottom()
    }

    var body: some View {
        ScrollView {
            VStack(alignment: .leading, spacing: 12) { content }
                .frame(maxWidth: Measure.column, alignment: .leading)
                .padding(.horizontal, 16)
                .padding(.top, 4)
                .padding(.bottom, 24)
                .frame(maxWidth: .infinity)
        }
        .scrollDismissesKeyboard(.interactively)
        .safeAreaInset(edge: .top, spacing: 0) { if isPractice { PracticeBanner() } }
        .safeAreaInset(edge: .bottom, spacing: 0) { if Bottom.self != EmptyView.self { foot } }
        .painted(ink: .onSurface, ground: .background)
        .navigationTitle(title)
        .navigationBarTitleDisplayMode(.inline)
        .toolbar {
            ToolbarItemGroup(placement: .topBarTrailing) {
                actions
                if let recordCrisis { CrisisButton(record: recordCrisis) }
            }
        }
    }

    private var foot: some View {
        VStack(spacing: 8) { bottom }
            .frame(maxWidth: Measure.column)
            .padding(.horizontal, 16)
            .padding(.vertical, 12)
            .frame(maxWidth: .infinity)
            .painted(ground: .background)
            .overlay(alignment: .top) { Divider() }
    }
}

/// One tap from anywhere to recording a crisis.
struct CrisisButton: View {
    var label = say("crisis.record")
    let record: @MainActor () -> Void

    var body: some View {
        Button(action: record) {
            Image(systemName: "exclamationmark.triangle.fill")
                .painted(ink: .error)
                .frame(minWidth: Measure.target, minHeight: Measure.target)
        }
        .accessibilityLabel(label)
    }
}

private struct PracticeBanner: View {
    var body: some View {
        say("practice.banner")
            .font(.footnote.weight(.semibold))
            .multilineTextAlignment(.center)
            .padding(.horizontal, 16)
            .padding(.vertical, 6)
            .frame(maxWidth: .infinity)
            .painted(ink: .onTertiaryContainer, ground: .tertiaryContainer)
    }
}
