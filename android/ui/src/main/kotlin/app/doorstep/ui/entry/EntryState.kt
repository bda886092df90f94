package app.doorstep.ui.entry

import app.doorstep.core.ActionKind
import app.doorstep.core.Comment
import app.doorstep.core.DocId
import app.doorstep.core.Field
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

    /** Comments that nobody has dealt with yet. */
    val openComments: List<Comment> get() = review?.comments.orEmpty().filter { !it.resolved }

    /** Who said what about an answer: the open return first, then open comments. */
    fun saidAbout(field: Field): List<Pair<String, String>> {
        val returned = openReturn?.takeIf { field in it.fields }?.let { names[it.member].orEmpty() to it.reason }
        val comments = openComments.filter { field in it.fields }.map { names[it.member].orEmpty() to it.reason }
        return listOfNotNull(returned) + comments
    }

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
