import DoorstepCore

/// Why a verb did not do what it says.
public enum Failure: Error, Equatable, Sendable {
    /// The server could not be reached; everything is kept and goes out later.
    case offline
    /// The phone is not enrolled, or the server does not take it any more.
    case signInNeeded(code: String)
    /// The PIN is needed first.
    case locked
    /// The member may not.
    case notAllowed(code: String)
    /// Not on this phone.
    case notFound
    /// What was given cannot be used.
    case invalid(field: String, code: String)
    /// The phone's storage.
    case storage(code: String)
    /// Something that should not happen.
    case unexpected(code: String)

    /// Stable; string tables are keyed by it, from the particular to the general:
    /// `invalid.pin.wrong`, `invalid.pin`, `invalid`. The same as on Android.
    public var key: String {
        switch self {
        case .offline: "offline"
        case .signInNeeded(let code): "sign_in_needed.\(code)"
        case .locked: "locked"
        case .notAllowed(let code): "not_allowed.\(code)"
        case .notFound: "not_found"
        case .invalid(let field, let code): "invalid.\(field).\(code)"
        case .storage(let code): "storage.\(code)"
        case .unexpected(let code): "unexpected.\(code)"
        }
    }

    /// The failure that an error of the core is.
    public init(_ error: ClientError) {
        switch error {
        case .Offline: self = .offline
        case .SignInNeeded(let code): self = .signInNeeded(code: code)
        case .Locked: self = .locked
        case .NotAllowed(let code): self = .notAllowed(code: code)
        case .NotFound: self = .notFound
        case .Invalid(let field, let code): self = .invalid(field: field, code: code)
        case .Storage(let code): self = .storage(code: code)
        case .Unexpected(let code): self = .unexpected(code: code)
        }
    }
}

/// Runs a verb of the core; whatever goes wrong in it comes out as a `Failure`.
public func told<T>(_ verb: () throws -> T) throws(Failure) -> T {
    do {
        return try verb()
    } catch let error as ClientError {
        throw Failure(error)
    } catch let failure as Failure {
        throw failure
    } catch {
        // A panic of the library. Its text is for nobody: it may hold what somebody wrote.
        throw .unexpected(code: "panic")
    }
}
