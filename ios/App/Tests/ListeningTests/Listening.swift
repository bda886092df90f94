import Foundation
import SwiftUI

@testable import Screens

/// Screens as VoiceOver reads them, in the words of the String Catalog beside the sources.
enum Listening {
    private struct StringCatalog: Decodable {
        struct Entry: Decodable { let localizations: [String: Localization] }
        struct Localization: Decodable { let stringUnit: Unit }
        struct Unit: Decodable { let value: String }
        let strings: [String: Entry]
    }

    static let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    /// Every screen that is shown in Xcode.
    private static let previews: [any PreviewProvider.Type] = [
        AttentionPreview.self, CasePreview.self, ChoosePinPreview.self, DetailsPreview.self,
        EarlierPreview.self, EntryPreview.self, FirstStartPreview.self, FirstSyncPreview.self,
        HistoryPreview.self, KindPreview.self, LockPreview.self, MentorTodayPreview.self,
        NewPersonPreview.self, ParticipantsPreview.self, PersonsPreview.self, PhotoPreview.self,
        PracticePreview.self, QueuePreview.self, RecordPreview.self, RecoveryPreview.self, RemarkPreview.self,
        SearchPreview.self, SettingsPreview.self, SyncPreview.self, TodayPreview.self,
    ]
    static let names = previews.map(name)

    private static func name(_ preview: any PreviewProvider.Type) -> String {
        String(describing: preview).replacing("Preview", with: "")
    }

    @MainActor static func screens(_ name: String) -> [[Spoken]] {
        previews.filter { self.name($0) == name }.flatMap { screens($0) }
    }

    /// Before a key that the catalog does not have.
    static let missing = "no words for "

    private static let catalog: StringCatalog = {
        let file = here.appending(path: "../../Sources/Screens/Localizable.xcstrings")
        do {
            return try JSONDecoder().decode(StringCatalog.self, from: Data(contentsOf: file))
        } catch { fatalError("no catalog: \(error)") }
    }()

    @MainActor private static func screens<P: PreviewProvider>(_ preview: P.Type) -> [[Spoken]] {
        inTheCatalogsWords { preview.previews.eachAloud() }
    }

    @MainActor static func inTheCatalogsWords<T>(_ read: () -> T) -> T {
        Catalog.words = { key, locale in
            catalog.strings[key]?.localizations[locale.identifier]?.stringUnit.value ?? missing + key
        }
        return read()
    }

    /// One line for each thing, as a person would note it down while listening.
    static func line(_ one: Spoken) -> String {
        let kinds: [(AccessibilityTraits, String)] = [
            (.isHeader, "heading"), (.isField, "field"), (.isToggle, "toggle"), (.isButton, "button"),
            (.isSelected, "selected"),
        ]
        let said = kinds.filter { one.traits.contains($0.0) }.map(\.1) + (one.isEnabled ? [] : ["dimmed"])
        return ([one.words.replacing("\n", with: " ")] + said.map { "[\($0)]" }).joined(separator: " ")
    }
}
