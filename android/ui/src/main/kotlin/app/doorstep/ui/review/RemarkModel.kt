package app.doorstep.ui.review

import app.doorstep.core.DocId
import app.doorstep.core.Field
import app.doorstep.core.Heads
import app.doorstep.core.Remark
import app.doorstep.core.RemarkKind
import app.doorstep.corekit.Failure
import app.doorstep.corekit.Session
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/**
 * Writes words about an entry: kept at every pause, so that a kill loses at most the words since the last one.
 * [seen] is the version that they are about, where another may have come since.
 */
class RemarkModel(
    private val session: Session,
    private val doc: DocId,
    private val kind: RemarkKind,
    private val seen: Heads,
    private val scope: CoroutineScope,
    private val onFailure: (Failure) -> Unit,
) {
    private val changing = MutableStateFlow(Remark(emptyList(), ""))
    val state: StateFlow<Remark> = changing.asStateFlow()
    private val writing = Mutex()
    private var pause: Job? = null
    private var isKept = true
    private var isSent = false

    fun load() =
        attempt {
            val begun = session.ask { remark(doc, kind) }
            // Typed before it was read: what is newer stays.
            if (isKept) changing.value = begun
        }

    fun write(
        about: List<Field>,
        text: String,
    ) {
        changing.value = Remark(about, text)
        isKept = false
        pause?.cancel()
        pause =
            scope.launch {
                delay(PAUSE_MS)
                attempt { keep() }
            }
    }

    /** What was begun stays; where it cannot be kept, one stays with it. */
    fun leave(then: () -> Unit) =
        attempt {
            keep()
            then()
        }

    /** Records it. A second touch meanwhile is none. */
    fun send(then: () -> Unit) =
        attempt {
            writing.withLock {
                if (isSent) return@withLock
                val (about, text) = state.value
                session.ask {
                    when (kind) {
                        RemarkKind.RETURN -> returnEntry(doc, seen, about, text)
                        RemarkKind.COMMENT -> comment(doc, about, text)
                        RemarkKind.WITHDRAW -> withdraw(doc, text)
                    }
                }
                isSent = true
                session.host.scheduler.afterSaving()
                then()
            }
        }

    private suspend fun keep() =
        writing.withLock {
            if (isKept || isSent) return@withLock
            val now = state.value
            session.ask { keepRemark(doc, kind, now) }
            isKept = now == state.value
        }

    private fun attempt(step: suspend () -> Unit) =
        scope.launch {
            try {
                step()
            } catch (failure: Failure) {
                onFailure(failure)
            }
        }

    private companion object {
        const val PAUSE_MS = 400L
    }
}
