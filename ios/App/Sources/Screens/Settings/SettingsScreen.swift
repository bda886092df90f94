import SwiftUI

/// What can be set.
struct SettingsEvents {
    let speak: @MainActor (Language) -> Void
    let lock: @MainActor () -> Void
    let sync: @MainActor () -> Void
    let practise: @MainActor () -> Void
    let endPractice: @MainActor () -> Void
}

/// Few things: the language, locking, what is where, practice.
struct SettingsScreen: View {
    @Environment(\.language) private var language
    @Environment(\.isPractice) private var isPractice
    let member: String
    let office: String
    let on: SettingsEvents

    var body: some View {
        Page(say("settings.title")) {
            Hint(asWritten("\(member) · \(office)"))
            Heading(say("settings.language"))
            OneOf(choices: Language.allCases, chosen: language) { each in
                asWritten(each == .zh ? "中文" : "English")
            } onChoose: { chosen in
                if let chosen { on.speak(chosen) }
            }
            Heading(say("settings.practice"))
            if isPractice {
                EndOfPractice(onEnd: on.endPractice)
            } else {
                Hint(say("settings.practice_hint"))
                SideButton(say("start.practise"), action: on.practise)
                Heading(say("settings.phone"))
                SideButton(say("settings.sync"), action: on.sync)
                SideButton(say("settings.lock"), action: on.lock)
            }
        }
    }
}

/// Asked twice: what was tried out goes with it.
private struct EndOfPractice: View {
    let onEnd: @MainActor () -> Void
    @State private var isAsking = false

    var body: some View {
        if isAsking {
            Hint(say("settings.ending"))
            MainButton(say("settings.delete"), action: onEnd)
            SideButton(say("settings.go_on")) { isAsking = false }
        } else {
            SideButton(say("settings.end_practice")) { isAsking = true }
        }
    }
}
