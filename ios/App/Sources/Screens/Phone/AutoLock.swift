import Foundation

/// When the phone was used last, and whether that is too long ago. Only a clock decides that counts while the phone
/// sleeps and cannot be set by hand.
public struct AutoLock: Sendable {
    public static let limit = Duration.seconds(5 * 60)
    private let clock = ContinuousClock()
    private var usedAt: ContinuousClock.Instant

    public init() { usedAt = clock.now }

    /// How long until it is time.
    public var left: Duration { max(.zero, AutoLock.limit - (clock.now - usedAt)) }

    public var isTime: Bool { left == .zero }

    /// Somebody is using the phone.
    public mutating func used() { usedAt = clock.now }
}
