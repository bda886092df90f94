package app.doorstep.corekit

import app.doorstep.core.Client
import app.doorstep.core.ClientInterface
import app.doorstep.core.HostMarker
import app.doorstep.core.Opening
import app.doorstep.core.SyncReport
import app.doorstep.core.SyncState
import app.doorstep.core.forgetPin
import app.doorstep.core.generateKey
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.withContext
import java.io.File

/**
 * One member's phone while the app runs: the core's client, and what it needs of the phone around it.
 *
 * ```kotlin
 * val session = Session.open(File(folder, "phone.db"), "Asia/Shanghai", host)
 * val today = session.ask { today() }
 * ```
 */
class Session(
    val client: ClientInterface,
    val host: Host,
) : AutoCloseable {
    /** Asks the core, off the main thread. Throws a [Failure] and nothing else. */
    suspend fun <T> ask(verb: ClientInterface.() -> T): T = withContext(Dispatchers.IO) { told { client.verb() } }

    /** What is only on this phone, now and after every change. */
    fun watch(): Flow<SyncState> = client.watch()

    /** Synchronises once; cancelling stops it between two requests. */
    suspend fun sync(): SyncReport =
        try {
            client.sync()
        } finally {
            keepMarker()
        }

    /** Guards the database with a PIN; from then on nothing opens it but the PIN on this very phone. */
    suspend fun setPin(pin: String) {
        ask { setPin(pin, host.secret.loadOrMake()) }
        // After the PIN is durable: a kill in between leaves two ways in, never none.
        withContext(Dispatchers.IO) { host.keys.forget() }
    }

    /** Opens a locked phone. [Failure.Storage] `key_lost`: the phone has lost its part of the key. */
    suspend fun unlock(pin: String) {
        ask {
            when (val secret = host.secret.load()) {
                is KeptKey.Present -> unlock(pin, secret.bytes)
                KeptKey.Unreadable -> throw Failure.Locked()
                KeptKey.Lost, KeptKey.Absent -> throw Failure.Storage("key_lost")
            }
        }
        // Opening may have taken a new incarnation; and a kill may have come before the key was forgotten.
        keepMarker()
        withContext(Dispatchers.IO) { host.keys.forget() }
    }

    override fun close() {
        (client as? AutoCloseable)?.close()
    }

    private suspend fun keepMarker() =
        withContext(kotlinx.coroutines.NonCancellable + Dispatchers.IO) {
            val marker = client.marker()
            if (marker is HostMarker.Kept) host.marker.store(marker)
        }

    companion object {
        /**
         * Opens a phone's database, or makes it. Guarded by a PIN it opens locked.
         *
         * [Failure.Storage] `key_lost`: the database is there and what opens it is not; nothing is touched.
         * [Failure.Locked]: the phone was not unlocked since it started; try again later.
         */
        suspend fun open(
            database: File,
            zone: String,
            host: Host,
        ): Session =
            withContext(Dispatchers.IO) {
                val marker = host.marker.load()
                val client = openLocked(database, zone, marker, host) ?: openWithKey(database, zone, marker, host.keys)
                Session(client, host).also { it.keepMarker() }
            }

        /** None if no PIN guards the database. Asked first, so that a PIN that was set is always needed. */
        private fun openLocked(
            database: File,
            zone: String,
            marker: HostMarker,
            host: Host,
        ): Client? {
            val client =
                try {
                    told { Client.open(Opening(database.path, null, marker, zone)) }
                } catch (_: Failure.Locked) {
                    return null
                }
            if (!host.hasLostSecret()) return client
            client.close()
            // The office gave the key itself back: the PIN opens nothing any more, and a new one is chosen.
            if (host.keys.load() !is KeptKey.Present) throw Failure.Storage("key_lost")
            told { forgetPin(database.path) }
            return null
        }

        private fun Host.hasLostSecret() = secret.load().let { it is KeptKey.Lost || it is KeptKey.Absent }

        private fun openWithKey(
            database: File,
            zone: String,
            marker: HostMarker,
            keys: KeyVault,
        ): Client {
            val key =
                when (val kept = keys.load()) {
                    is KeptKey.Present -> kept.bytes
                    KeptKey.Unreadable -> throw Failure.Locked()
                    KeptKey.Lost -> throw Failure.Storage("key_lost")
                    KeptKey.Absent -> newKey(database, keys)
                }
            return told { Client.open(Opening(database.path, key, marker, zone)) }
        }

        private fun newKey(
            database: File,
            keys: KeyVault,
        ): ByteArray {
            if (database.exists()) throw Failure.Storage("key_lost")
            // Kept before anything is encrypted with it.
            return generateKey().also(keys::store)
        }
    }
}

/** The secret of this phone; made, and durable, before anything depends on it. */
private fun KeyVault.loadOrMake(): ByteArray =
    when (val kept = load()) {
        is KeptKey.Present -> kept.bytes
        KeptKey.Unreadable -> throw Failure.Locked()
        KeptKey.Lost, KeptKey.Absent -> generateKey().also(::store)
    }
