import CoreKit
import DoorstepCore
import Foundation

/// A value that threads share.
final class Kept<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) { self.value = value }

    var now: Value {
        get { lock.withLock { value } }
        set { lock.withLock { value = newValue } }
    }

    func change(_ step: (inout Value) -> Void) { lock.withLock { step(&value) } }
}

/// A vault without hardware.
struct FakeKeyVault: KeyVault {
    let kept = Kept(KeptKey.absent)

    func load() -> KeptKey { kept.now }
    func store(_ key: Data) { kept.now = .present(key) }
    func forget() { kept.now = .absent }
}

/// A marker that stays with the phone.
struct FakeMarkerStore: MarkerStore {
    let kept = Kept(HostMarker.absent)

    func load() -> HostMarker { kept.now }
    func store(_ marker: HostMarker) { kept.now = marker }
}

/// A network that goes and comes as the test says.
struct FakeNetwork: Network {
    private let listeners = Kept([AsyncStream<Bool>.Continuation]())
    private let isThere = Kept(true)

    func isUp() -> AsyncStream<Bool> {
        AsyncStream { continuation in
            continuation.yield(isThere.now)
            listeners.change { $0.append(continuation) }
        }
    }

    func turn(_ isUp: Bool) {
        isThere.now = isUp
        for listener in listeners.now { listener.yield(isUp) }
    }
}

/// A camera that sees what the test shows it.
final class FakeCamera: Camera {
    var scan = Scan.cancelled
    var shot = Shot.cancelled

    nonisolated init() {}

    func scanCode() async -> Scan { scan }
    func takePhoto() async -> Shot { shot }
}

/// A locator that is where the test says.
final class FakeLocator: Locator {
    var spot = Spot.unknown

    nonisolated init() {}

    func here() async -> Spot { spot }
}

/// A scheduler that only notes what was asked.
struct FakeScheduler: Scheduler {
    let asked = Kept([String]())

    func afterSaving() { asked.change { $0.append("afterSaving") } }
    func whileCharging() { asked.change { $0.append("whileCharging") } }
    func stop() { asked.change { $0.append("stop") } }
}

/// A phone of fakes.
struct FakeHost {
    let keys = FakeKeyVault()
    let secret = FakeKeyVault()
    let marker = FakeMarkerStore()
    let network = FakeNetwork()
    let camera = FakeCamera()
    let scheduler = FakeScheduler()
    let locator = FakeLocator()

    var host: CoreKit.Host {
        CoreKit.Host(
            keys: keys, secret: secret, marker: marker, network: network, camera: camera,
            scheduler: scheduler, locator: locator)
    }
}
