package app.doorstep.corekit

import app.doorstep.core.Recovery
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext
import java.io.File

/**
 * Gets the key of a database back from the office, after `storage.key_lost`: [show] gets the digits that the
 * person reads to the office, and this returns when somebody there has confirmed and the key is in the vault.
 * Then [Session.open] opens as ever. Without a network it asks again; cancelling ends it.
 */
suspend fun recoverKey(
    database: File,
    keys: KeyVault,
    show: (String) -> Unit,
) = withContext(Dispatchers.IO) {
    told { Recovery.begin(database.path) }.use { recovery ->
        show(told { recovery.code() })
        var key: ByteArray? = null
        while (key == null) {
            key = asked(recovery)
            if (key == null) delay(PAUSE_MS)
        }
        keys.store(key)
    }
}

private fun asked(recovery: Recovery): ByteArray? =
    try {
        told { recovery.fetch() }
    } catch (_: Failure.Offline) {
        null
    }

private const val PAUSE_MS = 3_000L
