package app.doorstep.ui.entry

import app.doorstep.core.ActionKind
import app.doorstep.core.DocId
import app.doorstep.core.FieldChange
import app.doorstep.core.EntryView
import app.doorstep.core.MemberId
import app.doorstep.core.Question
import app.doorstep.core.Returned
import app.doorstep.core.ReviewState
import app.doorstep.core.Unseen
import app.doorstep.ui.photos.Photo

/** An entry to be read. */
data class EntryState(
    val view: EntryView? = null,
    val me: MemberId? = null,
    val person: String? = null,
    val names: Map<MemberId, String> = emptyMap(),
    val questions: List<Question> = emptyList(),
    val photos: List<Photo> = emptyList(),
    val unseen: Unseen? = null,
    /** What the server would not take of this phone's work; its values are the `after`. */
    val parked: List<FieldChange> = emptyList(),
    /** This reader supervises the person's team. */
    val supervises: Boolean = false,
    /** For a supervisor: what waits besides this. */
    val next: DocId? = null,
) {
    private val review get() = view?.review
    private val isOwn get() = me != null && view?.summary?.entry?.author == me
    val mayEdit get() = view?.mayEdit == true && review?.state != ReviewState.Withdrawn

    val isOnlyHere: Boolean get() = view?.isWaiting == true

    /** The return that is still to be answered. */
    val openReturn: Returned? get() = review?.returned?.takeIf { review?.state == ReviewState.Returned }

    /** A decision is due: what was returned waits for its author first. */
    val mayDecide: Boolean get() = view?.mayDecide == true && openReturn == null
    val isToBeCorrected: Boolean get() = mayEdit && openReturn != null
    val isWithdrawn: Boolean get() = isOwn && review?.state == ReviewState.Withdrawn
    val mayWithdraw: Boolean get() = isOwn && review?.state != ReviewState.Withdrawn
    val mayResolve: Boolean get() = isOwn || supervises
    val hasButtons: Boolean get() = mayDecide || isWithdrawn || next != null || mayEdit

    /** Why it was withdrawn. */
    val withdrawal: String?
        get() = view?.actions?.lastOrNull { it.kind == ActionKind.Withdraw }?.reason?.takeIf { review?.state == ReviewState.Withdrawn }
}
