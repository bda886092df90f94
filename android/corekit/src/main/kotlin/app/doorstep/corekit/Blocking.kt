package app.doorstep.corekit

import app.doorstep.core.ClientInterface
import app.doorstep.core.Stop
import app.doorstep.core.SyncReport
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/** Synchronises once. Cancelling ends it before its next request; what came in until then stays. */
suspend fun ClientInterface.sync(): SyncReport = stoppable { stop -> syncNow(stop) }

/** Waits until the server has something for this phone: true means "synchronise now". */
suspend fun ClientInterface.news(): Boolean = stoppable { stop -> waitForNews(stop) }

/**
 * Runs a blocking verb that a [Stop] ends. Cancelling the coroutine stops the verb; the coroutine
 * ends when the verb has, so that nothing runs on behind its back.
 */
private suspend fun <T> stoppable(verb: (Stop) -> T): T =
    Stop().use { stop ->
        coroutineScope {
            // Unconfined: listens before the verb begins, and stops it from whatever thread cancels.
            val listening =
                launch(Dispatchers.Unconfined) {
                    try {
                        awaitCancellation()
                    } finally {
                        stop.stop()
                    }
                }
            try {
                withContext(Dispatchers.IO) { told { verb(stop) } }
            } catch (failure: Failure) {
                // Stopped: whatever the verb made of that is not what happened.
                currentCoroutineContext().ensureActive()
                throw failure
            } finally {
                listening.cancel()
            }
        }
    }
