import CoreKit
import SwiftUI

/// The whole app, from the door inwards. Whoever shows it has opened the door, or is about to.
public struct PhoneApp: View {
    let door: Door
    @AppStorage("language") private var language = Language.ofThePhone
    @Environment(\.scenePhase) private var phase
    @Environment(\.isSceneCaptured) private var isCaptured

    public init(door: Door) { self.door = door }

    public var body: some View {
        AtTheDoor(door: door) { language = $0 }
            .environment(\.language, language)
            .environment(\.locale, language.locale)
            .overlay { if isCovered { Cover() } }
    }

    /// The app switcher keeps a picture, and a recording keeps everything: of nothing, outside practice.
    private var isCovered: Bool {
        phase != .active || (isCaptured && door.state != .inside(isPractice: true))
    }
}

extension Language {
    fileprivate static var ofThePhone: Language {
        Locale.preferredLanguages.first?.hasPrefix("zh") == false ? .en : .zh
    }
}

private struct Cover: View {
    var body: some View {
        Rectangle().fill(.clear).painted(ground: .background).ignoresSafeArea().accessibilityHidden(true)
    }
}

private struct AtTheDoor: View {
    @Environment(\.language) private var language
    let door: Door
    let onLanguage: @MainActor (Language) -> Void
    @State private var mayNotScan = false

    var body: some View {
        switch door.state {
        case .opening: Page(asWritten("")) {}
        case .firstStart(let isBusy, let failure):
            NavigationStack {
                FirstStartScreen(
                    isBusy: isBusy, failure: failure ?? (mayNotScan ? noCamera : nil), onScan: scan,
                    onEnrol: { door.enrol($0) },
                    onPractise: { door.practise(language.practice) })
            }
        case .choosePin(let isBusy, let failure):
            NavigationStack { ChoosePinScreen(isBusy: isBusy, failure: failure) { door.choosePin($0) } }
        case .locked(let isBusy, let failure, let waitSeconds):
            NavigationStack {
                LockScreen(isBusy: isBusy, failure: failure, waitSeconds: waitSeconds) { door.unlock($0) }
            }
        case .keyLost(let code): NavigationStack { RecoveryScreen(code: code) }
        case .shut(let failure):
            NavigationStack { Page(say("shut.title")) { Hint(sentence(failure)) } }
        case .inside(let isPractice):
            if let session = door.session {
                Inside(rooming: Rooming(door: door, session: session), onLanguage: onLanguage)
                    .environment(\.isPractice, isPractice)
                    .id(ObjectIdentifier(session))
            }
        }
    }

    private func scan() {
        Task {
            let scan = await door.session?.host.camera.scanCode()
            mayNotScan = scan == .noPermission
            if case .code(let text) = scan { door.enrol(text) }
        }
    }

    private var noCamera: Failure { .invalid(field: "camera", code: "no_scan") }
}
