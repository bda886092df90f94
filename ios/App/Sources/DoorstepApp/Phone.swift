import CoreKit
import Screens
import SwiftUI
import UIKit

/// One process, one open database: the screens and the background come in by the same door.
@MainActor
final class Phone: NSObject, UIApplicationDelegate {
    private let camera = PhoneCamera()
    private let locator = PhoneLocator()
    private let schedule = SyncSchedule()
    private let reminders = Reminders()
    private var autoLock = AutoLock()
    private lazy var touches = TouchWatch { [weak self] in self?.autoLock.used() }
    private var watching: Task<Void, Never>?
    private var opening: Task<Void, Never>?

    /// The member's phone. The office sees the model's name, to tell phones apart.
    lazy var door = Door(
        database: Phone.folder.appendingPathComponent("phone.db"), zone: Phone.zone,
        host: Host(
            keys: KeychainVault(service: "database-key"),
            secret: KeychainVault(service: "device-secret"), marker: MarkerFile(in: Phone.folder),
            network: NetworkWatch(),
            camera: camera,
            scheduler: schedule,
            locator: locator),
        label: UIDevice.current.model)

    func application(
        _ application: UIApplication,
        didFinishLaunchingWithOptions options: [UIApplication.LaunchOptionsKey: Any]? = nil
    ) -> Bool {
        schedule.register { [weak self] in await self?.syncInBackground() ?? .done }
        NotificationCenter.default.addObserver(
            self, selector: #selector(lock),
            name: UIApplication.protectedDataWillBecomeUnavailableNotification,
            object: nil)
        openOnce()
        return true
    }

    /// Not while the phone is locked: its files cannot be read then, which is no reason to doubt them.
    private func openOnce() {
        guard UIApplication.shared.isProtectedDataAvailable else { return }
        if case .shut = door.state { opening = nil }
        if opening == nil { opening = door.open() }
    }

    /// What is decrypted goes before the phone's own protection closes the files.
    @objc private func lock() { door.lock() }

    func follow(_ phase: ScenePhase) {
        switch phase {
        case .active:
            openOnce()
            touches.watch()
            // Away for too long: locked before anything is seen again.
            if autoLock.isTime { lock() } else { autoLock.used() }
            reminders.clear()
            if door.state == .inside() { schedule.whileCharging() }
            watchTheClock()
        case .background:
            watching?.cancel()
            finishWriting()
        default: break
        }
    }

    /// Asks at the moment when it will be time, if nobody touches the phone until then.
    private func watchTheClock() {
        watching?.cancel()
        watching = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: max(.seconds(1), autoLock.left))
                if autoLock.isTime, !Task.isCancelled { lock() }
            }
        }
    }

    /// What was typed a moment ago gets its time to be written.
    private func finishWriting() {
        let writing = UIApplication.shared.beginBackgroundTask()
        Task {
            try? await Task.sleep(for: .seconds(3))
            UIApplication.shared.endBackgroundTask(writing)
        }
    }

    private func syncInBackground() async -> Background {
        openOnce()
        await opening?.value
        return await door.syncInBackground { reminders.show() }
    }

    /// What "today" means. A bare offset is in no table of zones.
    private static var zone: String {
        let here = TimeZone.current.identifier
        return here.contains("/") ? here : "Asia/Shanghai"
    }

    /// Out of every backup: a restored database would be a second phone under one name. What is lost comes back
    /// from the office.
    private static var folder: URL {
        var folder = URL.applicationSupportDirectory.appendingPathComponent("phone", isDirectory: true)
        try? FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.protectionKey: FileProtectionType.complete])
        var kept = URLResourceValues()
        kept.isExcludedFromBackup = true
        try? folder.setResourceValues(kept)
        return folder
    }
}
