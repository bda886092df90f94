import Foundation
import UserNotifications

/// The one notification there is. It says that there is something, never what, of whom or from whom: nobody can put a
/// word into it, for no method takes one.
struct Reminders {
    private static let id = "waiting"

    /// Something waits for the person. Nothing is seen until the person has opened the app: asked for quietly, it
    /// goes to the notification centre alone.
    func show() {
        Task {
            let centre = UNUserNotificationCenter.current()
            guard (try? await centre.requestAuthorization(options: [.alert, .provisional])) == true else {
                return
            }
            let content = UNMutableNotificationContent()
            content.body = String(localized: "notification.waiting", table: "Shell")
            try? await centre.add(
                UNNotificationRequest(identifier: Reminders.id, content: content, trigger: nil))
        }
    }

    /// The person has looked.
    func clear() {
        UNUserNotificationCenter.current().removeDeliveredNotifications(withIdentifiers: [Reminders.id])
    }
}
