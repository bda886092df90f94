package app.doorstep.ui.record

import app.doorstep.core.DocId
import app.doorstep.core.Class
import app.doorstep.core.ClientInterface
import app.doorstep.core.DraftId
import app.doorstep.core.DraftView
import app.doorstep.core.Edit
import app.doorstep.core.EntryKind
import app.doorstep.core.Field
import app.doorstep.core.PhotosOf
import app.doorstep.core.ProposedStep
import app.doorstep.core.Question
import app.doorstep.core.Scope
import app.doorstep.core.Value
import app.doorstep.core.casePart
import app.doorstep.core.entryKindOf
import app.doorstep.corekit.Failure
import app.doorstep.corekit.Session
import app.doorstep.corekit.Shot
import app.doorstep.corekit.Spot
import app.doorstep.ui.photos.Photo
import app.doorstep.ui.photos.smallPhotos
import app.doorstep.ui.today.caseNames
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** The form of one record. */
data class RecordState(
    val person: String? = null,
    val kind: EntryKind? = null,
    val values: Map<Field, Value> = emptyMap(),
    val questions: List<Question> = emptyList(),
    /** A part of the person's case, where it is no record. */
    val part: Class? = null,
    val willSubmit: Boolean = true,
    val isNew: Boolean = true,
    val photos: List<Photo> = emptyList(),
    /** Whom a group session is credited to. */
    val participants: List<String> = emptyList(),
    /** What could come next after nobody was met. */
    val proposal: ProposedStep? = null,
    /** Where typing goes on. */
    val last: Field? = null,
    val isSaving: Boolean = false,
    val failure: Failure? = null,
    /** Set when it was saved: there is nothing more to type. */
    val saved: DocId? = null,
) {
    fun text(field: Field): String = (values[field] as? Value.Text)?.text.orEmpty()

    fun isOn(field: Field): Boolean = (values[field] as? Value.Flag)?.yes == true
}

/**
 * Types into a draft: choices at once, text at every pause. What is typed is in the database before
 * anything else happens with it, so a kill loses at most the words since the last pause.
 */
class RecordModel(
    private val session: Session,
    private val draft: DraftId,
    private val scope: CoroutineScope,
) {
    private val changing = MutableStateFlow(RecordState())
    val state: StateFlow<RecordState> = changing.asStateFlow()
    private val unwritten = LinkedHashMap<Field, Value>()

    /** Everything that was typed here, written or not. */
    private val typed = HashMap<Field, Value>()
    private val writing = Mutex()
    private var pause: Job? = null

    fun load() =
        scope.launch {
            guarded {
                val read = session.ask { read() }
                // What was typed or saved while it was read is newer.
                changing.update {
                    val newer = synchronized(unwritten) { typed.toMap() }
                    val last = read.last.takeIf { newer.isEmpty() }
                    read.copy(values = read.values + newer, last = last, isSaving = it.isSaving, failure = it.failure, saved = it.saved)
                }
            }
        }

    private fun ClientInterface.read(): RecordState {
        val view = draft(draft)
        val kind = view.kind()
        val names = caseNames()
        return RecordState(
            person = (view.scope as? Scope.Case)?.let { names[it.id] },
            kind = kind,
            part = view.part(),
            values = view.fields,
            questions = directory().template.questions.filter { kind in it.kinds },
            willSubmit = view.willSubmit,
            isNew = view.doc == null,
            photos = smallPhotos(PhotosOf.Draft(draft)),
            participants = view.participants.mapNotNull(names::get),
            proposal = proposedNextStep(draft),
            last = view.touched.lastOrNull(),
        )
    }

    /** A choice: kept at once. */
    fun choose(
        field: Field,
        value: Value,
    ) = put(field, value, 0)

    /** Text: kept at the next pause. */
    fun type(
        field: Field,
        text: String,
    ) = put(field, if (text.isEmpty()) Value.Empty else Value.Text(text), PAUSE_MS)

    private fun put(
        field: Field,
        value: Value,
        pauseMs: Long,
    ) {
        changing.update { it.copy(values = it.values + (field to value), failure = null, last = null) }
        synchronized(unwritten) {
            unwritten[field] = value
            typed[field] = value
        }
        pause?.cancel()
        pause =
            scope.launch {
                delay(pauseMs)
                guarded { write() }
            }
    }

    private suspend fun write() =
        writing.withLock {
            val edits = synchronized(unwritten) { unwritten.map { Edit(it.key, it.value) } }
            if (edits.isEmpty()) return@withLock
            session.ask { typeInto(draft, edits) }
            if (edits.any { it.field in DECIDING }) propose()
            // Only what was written: more may have been typed meanwhile.
            synchronized(unwritten) { edits.forEach { unwritten.remove(it.field, it.value) } }
        }

    private suspend fun propose() {
        val proposal = session.ask { proposedNextStep(draft) }
        changing.update { it.copy(proposal = proposal) }
    }

    /** Takes a photo into the draft. */
    fun photograph() {
        scope.launch {
            guarded {
                when (val shot = session.host.camera.takePhoto()) {
                    is Shot.Photo -> {
                        session.ask { addPhoto(draft, shot.bytes) }
                        val photos = session.ask { smallPhotos(PhotosOf.Draft(draft)) }
                        changing.update { it.copy(photos = photos, failure = null) }
                    }
                    Shot.NoPermission -> throw Failure.Invalid("camera", "not_allowed")
                    Shot.Cancelled -> Unit
                }
            }
        }
    }

    /** Notes where the phone is, roughly, because somebody touched for it. */
    fun locate() {
        scope.launch {
            guarded {
                when (val spot = session.host.locator.here()) {
                    is Spot.Found -> {
                        session.ask { locate(draft, spot.latitude, spot.longitude) }
                        val place = session.ask { draft(draft).fields["location"] } ?: Value.Empty
                        changing.update { it.copy(values = it.values + ("location" to place), failure = null) }
                    }
                    Spot.NoPermission -> throw Failure.Invalid("location", "not_allowed")
                    Spot.Unknown -> throw Failure.Invalid("location", "unknown")
                }
            }
        }
    }

    /** *Done*: saves and hands in. */
    fun done() = save { session.ask { saveDone(draft) } }

    /** *Later*: saves as own work that already syncs. */
    fun later() = save { session.ask { saveLater(draft) } }

    /** Leaving the form for something of it: what was typed stays as a draft. Where that cannot be kept, one stays. */
    fun leave(then: () -> Unit) {
        scope.launch {
            guarded {
                write()
                then()
            }
        }
    }

    /** Leaving for good: a draft into which nothing was typed is not kept among the unfinished. */
    fun close(then: () -> Unit) =
        leave {
            scope.launch {
                try {
                    session.ask { discardDraft(draft) }
                } catch (_: Failure) {
                    // Something was typed: it stays.
                }
            }
            then()
        }

    /** Throws away what was typed. It can be taken up again for thirty days. */
    fun delete(then: () -> Unit) {
        scope.launch {
            guarded {
                write()
                session.ask { deleteDraft(draft) }
                then()
            }
        }
    }

    private fun save(verb: suspend () -> DocId) {
        if (changing.value.isSaving) return
        changing.update { it.copy(isSaving = true, failure = null) }
        scope.launch {
            guarded {
                write()
                val doc = verb()
                changing.update { it.copy(saved = doc) }
                session.host.scheduler.afterSaving()
            }
            changing.update { it.copy(isSaving = false) }
        }
    }

    private suspend fun guarded(step: suspend () -> Unit) =
        try {
            step()
        } catch (failure: Failure) {
            changing.update { it.copy(failure = failure) }
        }

    private companion object {
        const val PAUSE_MS = 400L

        /** What a proposal of the next step depends on. */
        val DECIDING = setOf("outcome", "card_left", "date")
    }
}

/** What a draft records. */
fun DraftView.kind(): EntryKind? = (fields["kind"] as? Value.Text)?.let { entryKindOf(it.text) }

/** The part of a case that a draft changes. */
private fun DraftView.part(): Class? = (scope as? Scope.Case)?.let { case -> `class`.takeIf { doc == casePart(case.id, it) } }
