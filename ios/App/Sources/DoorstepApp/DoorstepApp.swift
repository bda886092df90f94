import Screens
import SwiftUI
import UIKit

/// The iPhone app: what surrounds the screens, and nothing of what is on them.
@main
struct DoorstepApp: App {
    @UIApplicationDelegateAdaptor(Phone.self) private var phone
    @Environment(\.scenePhase) private var phase

    var body: some Scene {
        WindowGroup {
            PhoneApp(door: phone.door)
                .environment(\.picture) { UIImage(data: $0).map(Image.init(uiImage:)) }
        }
        .onChange(of: phase) { phone.follow(phase) }
    }
}
