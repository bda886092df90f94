#if DEBUG
    import SwiftUI

    struct FirstStartPreview: PreviewProvider {
        static var previews: some View {
            Looks {
                FirstStartScreen(
                    isBusy: false, failure: .invalid(field: "code", code: "mistyped"), onScan: {},
                    onEnrol: { _ in },
                    onPractise: {})
            }
        }
    }

    struct ChoosePinPreview: PreviewProvider {
        static var previews: some View { Looks { ChoosePinScreen(isBusy: false, failure: nil) { _ in } } }
    }

    struct LockPreview: PreviewProvider {
        static var previews: some View {
            Looks { LockScreen(isBusy: false, failure: .invalid(field: "pin", code: "wrong")) { _ in } }
        }
    }

    struct RecoveryPreview: PreviewProvider {
        static var previews: some View { Looks { RecoveryScreen(code: "4821 0937") } }
    }

    struct SettingsPreview: PreviewProvider {
        static var previews: some View {
            Looks {
                SettingsScreen(
                    member: "林晓雯", office: "青禾社工站",
                    on: SettingsEvents(speak: { _ in }, lock: {}, sync: {}, practise: {}, endPractice: {}))
            }
        }
    }

    struct PracticePreview: PreviewProvider {
        static var previews: some View {
            Looks {
                SettingsScreen(
                    member: "林晓雯", office: "青禾社工站",
                    on: SettingsEvents(speak: { _ in }, lock: {}, sync: {}, practise: {}, endPractice: {})
                )
                .environment(\.isPractice, true)
            }
        }
    }

    struct SyncPreview: PreviewProvider {
        static var previews: some View {
            Looks {
                SyncScreen(
                    state: Samples.sync, storage: Samples.storage, status: .init(failure: .offline),
                    now: Samples.now
                ) {}
            }
        }
    }
#endif
