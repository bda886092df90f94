import SwiftUI

/// Few things: the language, locking, what is where.
struct SettingsScreen: View {
    @Environment(\.language) private var language
    let member: String
    let office: String
    let onLanguage: @MainActor (Language) -> Void
    let onLock: @MainActor () -> Void
    let onSync: @MainActor () -> Void

    var body: some View {
        Page(say("settings.title")) {
            Hint(asWritten("\(member) · \(office)"))
            Heading(say("settings.language"))
            OneOf(choices: Language.allCases, chosen: language) {
                $0 == .zh ? asWritten("中文") : asWritten("English")
            } onChoose: {
                if let chosen = $0 { onLanguage(chosen) }
            }
            Heading(say("settings.phone"))
            SideButton(say("settings.sync"), action: onSync)
            SideButton(say("settings.lock"), action: onLock)
        }
    }
}
