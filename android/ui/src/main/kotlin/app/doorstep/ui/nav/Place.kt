package app.doorstep.ui.nav

import app.doorstep.core.AttachmentId
import app.doorstep.core.CaseId
import app.doorstep.core.DocId
import app.doorstep.core.DraftId
import app.doorstep.core.EntryKind
import app.doorstep.core.Heads
import app.doorstep.core.PhotosOf
import app.doorstep.core.RemarkKind

/** Where one can be in the app. */
sealed interface Place {
    data object Today : Place

    data object People : Place

    /** Choosing whom a record is about, of a kind or of one still to be chosen. */
    data class ChoosePerson(
        val kind: EntryKind? = null,
    ) : Place

    data class ChooseKind(
        val case: CaseId,
    ) : Place

    data class Record(
        val draft: DraftId,
    ) : Place

    data class Case(
        val case: CaseId,
    ) : Place

    /** All that is written down about a person. */
    data class Details(
        val case: CaseId,
    ) : Place

    /** Opening a case. */
    data object NewPerson : Place

    data class Entry(
        val doc: DocId,
    ) : Place

    /** Words about the version of an entry that was read. */
    data class Remark(
        val doc: DocId,
        val seen: Heads,
        val kind: RemarkKind,
    ) : Place

    data class History(
        val doc: DocId,
    ) : Place

    /** An entry as it read at an earlier moment. */
    data class Earlier(
        val doc: DocId,
        val heads: Heads,
    ) : Place

    /** Choosing whose an entry is that was filed under the wrong person. */
    data class CopyEntry(
        val doc: DocId,
    ) : Place

    /** One photo, large. */
    data class Photo(
        val of: PhotosOf,
        val id: AttachmentId,
    ) : Place

    /** Whose cases a group session is credited to. */
    data class Participants(
        val draft: DraftId,
    ) : Place

    /** Looking for persons and for what was written. */
    data class Search(
        val query: String = "",
    ) : Place

    data object Queue : Place

    data object Attention : Place

    data object Sync : Place

    data object Settings : Place
}

/** The way here: never empty, the last is what is seen. */
data class Way(
    val places: List<Place> = listOf(Place.Today),
) {
    val here: Place get() = places.last()
    val canGoBack: Boolean get() = places.size > 1

    fun to(place: Place): Way = if (place == here) this else Way(places + place)

    fun back(): Way = if (canGoBack) Way(places.dropLast(1)) else this

    /** To a place from which the way back leads home, as after saving. */
    fun home(then: Place? = null): Way = Way(listOfNotNull(Place.Today, then.takeIf { it != Place.Today }))
}
