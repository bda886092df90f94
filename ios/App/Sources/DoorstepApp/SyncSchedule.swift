import BackgroundTasks
import CoreKit
import Foundation

/// When the phone synchronises without being asked: when iOS finds a moment with a network after something was saved,
/// and while it charges. iOS decides when, and may decide never: opening the app always synchronises.
final class SyncSchedule: Scheduler, @unchecked Sendable {
    // The same names stand in Info.plist.
    private static let saved = "app.doorstep.ios.saved"
    private static let charging = "app.doorstep.ios.charging"

    /// Before the app has finished launching, as iOS demands.
    func register(_ sync: @escaping @MainActor () async -> Background) {
        for id in [SyncSchedule.saved, SyncSchedule.charging] {
            BGTaskScheduler.shared.register(forTaskWithIdentifier: id, using: .main) { task in
                let work = Task { @MainActor in
                    let outcome = await sync()
                    // Cancelled before it ended: the rest comes next time.
                    if outcome == .againLater || Task.isCancelled { self.submit(id) }
                    task.setTaskCompleted(success: outcome == .done)
                }
                task.expirationHandler = { work.cancel() }
                if id == SyncSchedule.charging { self.submit(id) }
            }
        }
    }

    func afterSaving() { submit(SyncSchedule.saved) }

    func whileCharging() { submit(SyncSchedule.charging) }

    func stop() { BGTaskScheduler.shared.cancelAllTaskRequests() }

    /// A request of the same name takes the place of the one that waits.
    private func submit(_ id: String) {
        let request = BGProcessingTaskRequest(identifier: id)
        request.requiresNetworkConnectivity = true
        request.requiresExternalPower = id == SyncSchedule.charging
        if id == SyncSchedule.charging { request.earliestBeginDate = Date(timeIntervalSinceNow: 4 * 60 * 60) }
        // Refused in the simulator, and where the person switched background work off.
        try? BGTaskScheduler.shared.submit(request)
    }
}
