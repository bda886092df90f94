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
import app.doorstep.ui.entry.Difference
import app.doorstep.ui.entry.EarlierState
import app.doorstep.ui.entry.EntryState
import app.doorstep.ui.entry.HistoryState
import app.doorstep.ui.entry.Since
import app.doorstep.ui.entry.differing
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
        difference = difference(view),
        supervises = supervises,
        next = if (supervises) queue().map { it.row.doc }.firstOrNull { it != doc } else null,
    )
}

/** What a supervisor has not seen: since the approval; of what came back, since the return that it answers. */
private fun ClientInterface.difference(view: EntryView): Difference? {
    if (view.review.state == ReviewState.Resubmitted) {
        val returned = view.actions.find { it.id == view.review.returned?.action } ?: return null
        return Difference(Since.RETURN, differing(entryAt(view.doc, returned.heads), view.fields))
    }
    return Difference(Since.APPROVAL, changedSinceApproval(view.doc))
}

internal fun ClientInterface.readHistory(doc: DocId): HistoryState {
    val directory = directory()
    return HistoryState(history(doc).asReversed(), directory.names(), directory.template.questions)
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
        back = if (mayEdit) editsBack(fields, view.fields) else emptyList(),
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
