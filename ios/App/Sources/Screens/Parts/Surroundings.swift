import SwiftUI

// What every screen may ask of where it stands.

private struct LanguageKey: EnvironmentKey { static let defaultValue = Language.zh }
private struct PracticeKey: EnvironmentKey { static let defaultValue = false }
private struct CrisisKey: EnvironmentKey { static let defaultValue: (@MainActor () -> Void)? = nil }
private struct PictureKey: EnvironmentKey {
    static let defaultValue: @MainActor (Data) -> Image? = { _ in nil }
}

extension EnvironmentValues {
    /// The language of the screens.
    var language: Language {
        get { self[LanguageKey.self] }
        set { self[LanguageKey.self] = newValue }
    }

    /// Whether the screens show practice; every one of them says so.
    var isPractice: Bool {
        get { self[PracticeKey.self] }
        set { self[PracticeKey.self] = newValue }
    }

    /// What one tap on *crisis* does, on every screen where it can be recorded.
    var recordCrisis: (@MainActor () -> Void)? {
        get { self[CrisisKey.self] }
        set { self[CrisisKey.self] = newValue }
    }

    /// How the phone decodes a picture.
    public var picture: @MainActor (Data) -> Image? {
        get { self[PictureKey.self] }
        set { self[PictureKey.self] = newValue }
    }
}
