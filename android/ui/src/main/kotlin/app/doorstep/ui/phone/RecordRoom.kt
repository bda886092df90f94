package app.doorstep.ui.phone

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import app.doorstep.core.AttachmentId
import app.doorstep.core.DraftId
import app.doorstep.core.EntryKind
import app.doorstep.core.Field
import app.doorstep.core.PhotosOf
import app.doorstep.core.Value
import app.doorstep.ui.mentor.Large
import app.doorstep.ui.nav.Place
import app.doorstep.ui.record.RecordEvents
import app.doorstep.ui.record.RecordModel
import app.doorstep.ui.record.RecordScreen
import app.doorstep.ui.record.mentorsOwn

@Composable
internal fun RecordRoom(
    draft: DraftId,
    with: Rooming,
) {
    // In the app's scope, not the screen's: what was typed is written even while the screen goes.
    val model = remember { RecordModel(with.session, draft, with.scope).also { it.load() } }
    val state by model.state.collectAsState()
    // From a record home; from a part of a case back to the others.
    val away = { if (state.part == null) with.go.home() else with.go.back() }
    DisposableEffect(model) {
        with.go.leaving = model::close
        onDispose { with.go.leaving = null }
    }
    LaunchedEffect(state.saved) { if (state.saved != null) away() }
    val on =
        object : RecordEvents {
            override fun choose(
                field: Field,
                value: Value,
            ) = model.choose(field, value)

            override fun type(
                field: Field,
                text: String,
            ) = model.type(field, text)

            override fun photograph() = model.photograph()

            override fun locate() = model.locate()

            override fun openPhoto(id: AttachmentId) = model.leave { with.go.to(Place.Photo(PhotosOf.Draft(draft), id)) }

            override fun chooseParticipants() = model.leave { with.go.to(Place.Participants(draft)) }

            override fun done() = model.done()

            override fun later() = model.later()

            override fun leave() = with.go.back()

            override fun delete() = model.delete(away)
        }
    // A mentor's own kinds, as large as the mentor's first screen.
    if (state.kind in mentorsOwn) Large { RecordScreen(state, on) } else RecordScreen(state, on)
}
