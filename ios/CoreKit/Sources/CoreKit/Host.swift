import DoorstepCore
import Foundation

/// Keeps one key of 32 bytes, wrapped by the phone's hardware where it can do that.
public protocol KeyVault: Sendable {
    func load() -> KeptKey

    /// Durable when it returns.
    func store(_ key: Data) throws(Failure)

    /// As if there had never been one.
    func forget() throws(Failure)
}

/// What a `KeyVault` knows.
public enum KeptKey: Equatable, Sendable {
    case present(Data)
    /// Nothing was ever kept, or it was forgotten.
    case absent
    /// Something was kept, but the hardware has lost what opens it.
    case lost
    /// It cannot be said now, before the first unlock of the phone after a start.
    case unreadable
}

/// Keeps the incarnation marker where no backup finds it.
public protocol MarkerStore: Sendable {
    func load() -> HostMarker

    /// Durable when it returns.
    func store(_ marker: HostMarker) throws(Failure)
}

/// Whether a network is there.
public protocol Network: Sendable {
    /// Now, and whenever that changes.
    func isUp() -> AsyncStream<Bool>
}

/// The camera, asked for when it is needed.
@MainActor
public protocol Camera: Sendable {
    func scanCode() async -> Scan

    func takePhoto() async -> Shot
}

/// What came of looking for an enrolment code.
public enum Scan: Equatable, Sendable {
    case code(String)
    case cancelled
    case noPermission
}

/// What came of taking a photo.
public enum Shot: Equatable, Sendable {
    /// The picture as the camera made it; the core makes it anew without its metadata.
    case photo(Data)
    case cancelled
    case noPermission
}

/// Where the phone is: asked once for each touch, never followed.
@MainActor
public protocol Locator: Sendable {
    func here() async -> Spot
}

/// What came of asking where the phone is.
public enum Spot: Equatable, Sendable {
    /// In degrees. The core rounds before anything is kept.
    case found(latitude: Double, longitude: Double)
    /// Not to be told now: no signal, or a phone that cannot tell.
    case unknown
    case noPermission
}

/// A phone that cannot tell where it is.
public struct NoLocator: Locator {
    public nonisolated init() {}

    public func here() async -> Spot { .unknown }
}

/// Syncs that happen while nobody looks, and after the app was put away.
public protocol Scheduler: Sendable {
    /// Something was saved that the server does not have.
    func afterSaving()

    func whileCharging()

    /// The phone is nobody's, or only practises.
    func stop()
}

/// Everything that a phone lends.
public struct Host: Sendable {
    /// The database's key, until a PIN guards it.
    public let keys: any KeyVault
    /// What only this phone knows: without it the PIN opens nothing.
    public let secret: any KeyVault
    public let marker: any MarkerStore
    public let network: any Network
    public let camera: any Camera
    public let scheduler: any Scheduler
    public let locator: any Locator

    public init(
        keys: any KeyVault, secret: any KeyVault, marker: any MarkerStore, network: any Network,
        camera: any Camera, scheduler: any Scheduler, locator: any Locator = NoLocator()
    ) {
        self.keys = keys
        self.secret = secret
        self.marker = marker
        self.network = network
        self.camera = camera
        self.scheduler = scheduler
        self.locator = locator
    }
}
