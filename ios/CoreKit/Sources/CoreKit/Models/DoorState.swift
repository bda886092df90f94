/// Where one stands before the first screen.
public enum DoorState: Equatable, Sendable {
    case opening
    /// Nobody's phone yet.
    case firstStart(isBusy: Bool = false, failure: Failure? = nil)
    /// Enrolled a moment ago: a PIN is to be chosen.
    case choosePin(isBusy: Bool = false, failure: Failure? = nil)
    /// `waitSeconds`: how long one has to wait before the PIN is tried again.
    case locked(isBusy: Bool = false, failure: Failure? = nil, waitSeconds: Int = 0)
    /// The phone has lost the key to its records; the office gives it back to who reads it `code`.
    case keyLost(code: String = "")
    case inside(isPractice: Bool = false)
    /// The database cannot be opened; nothing was touched.
    case shut(Failure)
}
