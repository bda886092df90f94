package app.doorstep.ui.phone

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.produceState
import androidx.compose.runtime.remember
import app.doorstep.core.ActionId
import app.doorstep.core.AttachmentId
import app.doorstep.core.ConflictCard
import app.doorstep.core.CaseId
import app.doorstep.core.DocId
import app.doorstep.core.Edit
import app.doorstep.core.Field
import app.doorstep.core.PhotosOf
import app.doorstep.core.RemarkKind
import app.doorstep.core.Scope
import app.doorstep.core.Value
import app.doorstep.corekit.Failure
import app.doorstep.corekit.fetchThumbnails
import app.doorstep.ui.entry.EarlierScreen
import app.doorstep.ui.entry.EarlierState
import app.doorstep.ui.entry.EntryEvents
import app.doorstep.ui.entry.EntryScreen
import app.doorstep.ui.entry.EntryState
import app.doorstep.ui.entry.HistoryScreen
import app.doorstep.ui.entry.editsBack
import app.doorstep.ui.entry.HistoryState
import app.doorstep.ui.entry.answers
import app.doorstep.ui.nav.Place
import app.doorstep.ui.review.RemarkEvents
import app.doorstep.ui.review.RemarkModel
import app.doorstep.ui.review.RemarkScreen
import app.doorstep.ui.words.LocalLanguage
import java.time.Instant

@Composable
internal fun EntryRoom(
    doc: DocId,
    with: Rooming,
) {
    val fetched by produceState(0uL, doc) {
        value =
            try {
                with.session.client.fetchThumbnails(doc)
            } catch (_: Failure) {
                // Without a network the places stay empty; opening the entry again asks again.
                0uL
            }
    }
    val state = key(fetched) { with.reading(EntryState()) { readEntry(doc) } }
    val write = { kind: RemarkKind -> state.view?.let { with.go.to(Place.Remark(doc, it.heads, kind)) } ?: Unit }
    val on =
        object : EntryEvents {
            override fun back() = with.go.back()

            override fun openPhoto(id: AttachmentId) = with.go.to(Place.Photo(PhotosOf.Entry(doc), id))

            override fun edit() = with.attempt { with.go.to(Place.Record(with.session.ask { editDraftOf(doc) })) }

            // At the version that is on the screen.
            override fun approve() = with.attempt { state.view?.let { view -> with.session.ask { approve(doc, view.heads) } } }

            override fun returnIt() = write(RemarkKind.RETURN)

            override fun next() {
                state.next?.let { with.go.instead(Place.Entry(it)) }
            }

            override fun comment() = write(RemarkKind.COMMENT)

            override fun resolve(comment: ActionId) = with.attempt { with.session.ask { resolve(doc, comment) } }

            override fun history() = with.go.to(Place.History(doc))

            override fun withdraw() = write(RemarkKind.WITHDRAW)

            override fun copy() = with.go.to(Place.CopyEntry(doc))

            override fun writeAgain() =
                with.attempt {
                    with.session.ask { setFields(doc, editsBack(state.parked)) }
                    with.session.ask { dismissParked(doc) }
                    with.session.host.scheduler.afterSaving()
                }

            override fun putAway() = with.attempt { with.session.ask { dismissParked(doc) } }

            override fun settle(
                card: ConflictCard,
                value: Value,
            ) = with.attempt { with.session.ask { settle(card.doc, card.field, value) } }
        }
    EntryScreen(state, Instant.now(), on)
}

/** Words about an entry; once they are recorded, back to it. */
@Composable
internal fun RemarkRoom(
    place: Place.Remark,
    with: Rooming,
) {
    val doc = place.doc
    val state = with.reading(EntryState()) { readEntry(doc) }
    // In the app's scope, not the screen's: what was written is kept even while the screen goes.
    val model =
        remember {
            RemarkModel(with.session, doc, place.kind, place.seen, with.scope) { with.trouble = it }.also { it.load() }
        }
    val remark by model.state.collectAsState()
    val on =
        object : RemarkEvents {
            override fun write(
                about: List<Field>,
                text: String,
            ) = model.write(about, text)

            override fun send() {
                model.send(with.go::back)
            }

            override fun leave() {
                model.leave(with.go::back)
            }
        }
    RemarkScreen(place.kind, remark, state.answers(LocalLanguage.current), on)
}

@Composable
internal fun HistoryRoom(
    doc: DocId,
    with: Rooming,
) {
    val state = with.reading(HistoryState()) { readHistory(doc) }
    val restore = { field: Field, value: Value ->
        with.attempt {
            with.session.ask { setFields(doc, listOf(Edit(field, value))) }
            with.session.host.scheduler.afterSaving()
        }
    }
    HistoryScreen(state, Instant.now(), with.go::back, onRestore = restore) { with.go.to(Place.Earlier(doc, it)) }
}

@Composable
internal fun EarlierRoom(
    place: Place.Earlier,
    with: Rooming,
) {
    val state = with.reading(EarlierState()) { readEarlier(place.doc, place.heads) }
    EarlierScreen(state, Instant.now(), with.go::back) {
        with.attempt {
            with.session.ask { setFields(place.doc, state.back) }
            with.go.back()
            with.go.back()
        }
    }
}

/** The right person for an entry that was filed under the wrong one; the copy is open to be checked and handed in. */
@Composable
internal fun CopyEntryRoom(
    doc: DocId,
    with: Rooming,
) {
    val wrong = with.reading<CaseId?>(null) { (entry(doc).scope as? Scope.Case)?.id } ?: return
    PeopleRoom(with, LocalLanguage.current.pick("抄到谁名下？", "Copy to whom?"), but = wrong) { case ->
        with.attempt { with.go.home(Place.Record(with.session.ask { editDraftOf(copyToCase(doc, case)) })) }
    }
}
