package app.doorstep.corekit

import app.doorstep.core.ClientException
import app.doorstep.core.InternalException

/**
 * Why a verb did not do what it says. [key] is stable and is what the string tables are keyed by,
 * from the particular to the general: `invalid.pin.wrong`, `invalid.pin`, `invalid`.
 */
sealed class Failure(
    val key: String,
) : Exception(key) {
    /** The server could not be reached; everything is kept and goes out later. */
    class Offline : Failure("offline")

    /** The phone is not enrolled, or the server does not take it any more. */
    class SignInNeeded(
        val code: String,
    ) : Failure("sign_in_needed.$code")

    /** The PIN is needed first. */
    class Locked : Failure("locked")

    /** The member may not. */
    class NotAllowed(
        val code: String,
    ) : Failure("not_allowed.$code")

    /** Not on this phone. */
    class NotFound : Failure("not_found")

    /** What was given cannot be used. */
    class Invalid(
        val field: String,
        val code: String,
    ) : Failure("invalid.$field.$code")

    /** The phone's storage. */
    class Storage(
        val code: String,
    ) : Failure("storage.$code")

    /** Something that should not happen. */
    class Unexpected(
        val code: String,
    ) : Failure("unexpected.$code")

    override fun equals(other: Any?) = other is Failure && other.key == key

    override fun hashCode() = key.hashCode()
}

/** Runs a verb of the core; whatever goes wrong in it comes out as a [Failure]. */
inline fun <T> told(verb: () -> T): T =
    try {
        verb()
    } catch (error: ClientException) {
        throw failureOf(error)
    } catch (error: InternalException) {
        // A panic of the library. Its text is for nobody: it may hold what somebody wrote.
        throw Failure.Unexpected("panic")
    }

/** The failure that an error of the core is. */
fun failureOf(error: ClientException): Failure =
    when (error) {
        is ClientException.Offline -> Failure.Offline()
        is ClientException.SignInNeeded -> Failure.SignInNeeded(error.code)
        is ClientException.Locked -> Failure.Locked()
        is ClientException.NotAllowed -> Failure.NotAllowed(error.code)
        is ClientException.NotFound -> Failure.NotFound()
        is ClientException.Invalid -> Failure.Invalid(error.field, error.code)
        is ClientException.Storage -> Failure.Storage(error.code)
        is ClientException.Unexpected -> Failure.Unexpected(error.code)
    }
