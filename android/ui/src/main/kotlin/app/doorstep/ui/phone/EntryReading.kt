package app.doorstep.ui.phone

import app.doorstep.core.ClientInterface
import app.doorstep.core.Directory
import app.doorstep.core.DocId
import app.doorstep.core.EntryView
import app.doorstep.core.Heads
import app.doorstep.core.MemberId
import app.doorstep.core.PhotosOf
import app.doorstep.core.ReviewState
import app.doorstep.core.Scope
import app.doorstep.ui.entry.EarlierState
import app.doorstep.ui.entry.EntryState
import app.doorstep.ui.entry.HistoryState
import app.doorstep.ui.entry.editsBack
import app.doorstep.ui.photos.smallPhotos
import app.doorstep.ui.today.caseNames

/** What an entry's screen shows. */
internal fun ClientInterface.readEntry(doc: DocId): EntryState {
    val view = entry(doc)
    val directory = directory()
    val supervises = directory.supervises(view.scope)
    return EntryState(
        view = view,
        me = directory.me,
        person = (view.scope as? Scope.Case)?.let { caseNames()[it.id] },
        names = directory.names(),
        questions = directory.template.questions,
        photos = smallPhotos(PhotosOf.Entry(doc)),
        unseen = unseen(doc),
        parked = parkedWay(doc),
        supervises = supervises,
        next = if (supervises) queue().map { it.row.doc }.firstOrNull { it != doc } else null,
    )
}

internal fun ClientInterface.readHistory(doc: DocId): HistoryState {
    val directory = directory()
    val view = entry(doc)
    return HistoryState(
        history(doc).asReversed(),
        view.fields,
        view.mayEdit && view.review.state != ReviewState.Withdrawn,
        directory.names(),
        directory.template.questions,
    )
}

internal fun ClientInterface.readEarlier(
    doc: DocId,
    heads: Heads,
): EarlierState {
    val view = entry(doc)
    val directory = directory()
    val step = history(doc).find { it.heads == heads }
    val fields = entryAt(doc, heads)
    val mayEdit = view.mayEdit && view.review.state != ReviewState.Withdrawn
    return EarlierState(
        fields = fields,
        name = step?.name.orEmpty(),
        time = step?.time,
        back = if (mayEdit) editsBack(wayBack(doc, heads)) else emptyList(),
        names = directory.names(),
        questions = directory.template.questions,
    )
}

/** Colleagues by name. */
internal fun Directory.names(): Map<MemberId, String> = colleagues.associate { it.id to it.name }

private fun Directory.supervises(scope: Scope): Boolean {
    val team =
        when (scope) {
            is Scope.Case -> cases.find { it.case == scope.id }?.team
            is Scope.Team -> scope.id
        }
    return teams.any { it.id == team && me in it.supervisors }
}
