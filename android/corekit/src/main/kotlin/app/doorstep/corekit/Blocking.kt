package app.doorstep.corekit

import app.doorstep.core.AttachmentId
import app.doorstep.core.ClientInterface
import app.doorstep.core.DocId
import app.doorstep.core.PhotoReport
import app.doorstep.core.PhotosOf
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

/** Sends photos whose entries the server has. What was sent stays sent; syncs go on beside it. */
suspend fun ClientInterface.sendPhotos(): PhotoReport = stoppable { stop -> sendPhotos(stop) }

/** A photo itself, as JPEG; fetched if it is not on this phone. */
suspend fun ClientInterface.original(
    of: PhotosOf,
    id: AttachmentId,
): ByteArray = stoppable { stop -> original(of, id, stop) }

/** Fetches the thumbnails of an entry that are not on this phone; how many came. */
suspend fun ClientInterface.fetchThumbnails(doc: DocId): ULong = stoppable { stop -> fetchThumbnails(doc, stop) }

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
