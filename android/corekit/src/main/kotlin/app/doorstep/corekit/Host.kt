package app.doorstep.corekit

import app.doorstep.core.HostMarker
import kotlinx.coroutines.flow.Flow

/** Keeps one key of 32 bytes, wrapped by the phone's hardware where it can do that. */
interface KeyVault {
    fun load(): KeptKey

    /** Durable when it returns. */
    fun store(key: ByteArray)

    /** As if there had never been one. */
    fun forget()
}

/** What a [KeyVault] knows. */
sealed interface KeptKey {
    class Present(
        val bytes: ByteArray,
    ) : KeptKey

    /** Nothing was ever kept, or it was forgotten. */
    data object Absent : KeptKey

    /** Something was kept, but the hardware has lost what opens it. */
    data object Lost : KeptKey

    /** It cannot be said now, before the first unlock of the phone after a start. */
    data object Unreadable : KeptKey
}

/** Keeps the incarnation marker where no backup finds it. */
interface MarkerStore {
    fun load(): HostMarker

    /** Durable when it returns. */
    fun store(marker: HostMarker)
}

/** Whether a network is there; now, and whenever that changes. */
interface Network {
    val isUp: Flow<Boolean>
}

/** The camera, asked for when it is needed. */
interface Camera {
    suspend fun scanCode(): Scan

    suspend fun takePhoto(): Shot
}

/** What came of looking for an enrolment code. */
sealed interface Scan {
    class Code(
        val text: String,
    ) : Scan

    data object Cancelled : Scan

    data object NoPermission : Scan
}

/** What came of taking a photo. */
sealed interface Shot {
    /** The picture as the camera made it; the core makes it anew without its metadata. */
    class Photo(
        val bytes: ByteArray,
    ) : Shot

    data object Cancelled : Shot

    data object NoPermission : Shot
}

/** Where the phone is: asked once for each touch, never followed. */
interface Locator {
    suspend fun here(): Spot
}

/** What came of asking where the phone is. */
sealed interface Spot {
    /** In degrees. The core rounds before anything is kept. */
    class Found(
        val latitude: Double,
        val longitude: Double,
    ) : Spot

    /** Not to be told now: no signal, or a phone that cannot tell. */
    data object Unknown : Spot

    data object NoPermission : Spot
}

/** A phone that cannot tell where it is. */
object NoLocator : Locator {
    override suspend fun here(): Spot = Spot.Unknown
}

/** Syncs that happen while nobody looks, and after the app was killed. */
interface Scheduler {
    /** Something was saved that the server does not have. */
    fun afterSaving()

    fun whileCharging()

    /** The phone is nobody's, or only practises. */
    fun stop()
}

/** Everything that a phone lends. */
class Host(
    /** The database's key, until a PIN guards it. */
    val keys: KeyVault,
    /** What only this phone knows: without it the PIN opens nothing. */
    val secret: KeyVault,
    val marker: MarkerStore,
    val network: Network,
    val camera: Camera,
    val scheduler: Scheduler,
    val locator: Locator = NoLocator,
)
