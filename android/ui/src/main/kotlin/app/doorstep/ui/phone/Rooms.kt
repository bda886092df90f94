package app.doorstep.ui.phone

import androidx.compose.material3.AlertDialog
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.produceState
import androidx.compose.runtime.setValue
import app.doorstep.core.AttentionItem
import app.doorstep.core.ClientException
import app.doorstep.core.ClientInterface
import app.doorstep.core.DocId
import app.doorstep.core.DraftId
import app.doorstep.corekit.Failure
import app.doorstep.ui.attention.AttentionEvents
import app.doorstep.ui.attention.AttentionScreen
import app.doorstep.ui.door.Door
import app.doorstep.ui.nav.Place
import app.doorstep.ui.parts.DialogButton
import app.doorstep.ui.parts.LocalCrisis
import app.doorstep.ui.sync.SyncModel
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.sentence
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** What every room needs. */
class Rooming(
    val door: Door,
    val sync: SyncModel,
    val scope: CoroutineScope,
    val go: Goer,
    val onLanguage: (Language) -> Unit,
) {
    val session get() = door.session

    /** What went wrong last, until somebody has read it. */
    var trouble by mutableStateOf<Failure?>(null)

    /** Does something that was asked for; what goes wrong is said on top of the screen. */
    fun attempt(verb: suspend () -> Unit) {
        scope.launch {
            try {
                verb()
            } catch (failure: Failure) {
                trouble = failure
            }
        }
    }
}

/** The room of a place. Whoever is about to lose their footing finds *crisis* on every one of them. */
@Composable
fun Rooms(
    place: Place,
    with: Rooming,
) {
    Remembering(place, with.go) {
        CompositionLocalProvider(LocalCrisis provides crisisAt(place, with)) { key(place) { Room(place, with) } }
    }
    with.trouble?.let { TroubleDialog(it) { with.trouble = null } }
}

/** What went wrong, on top of the screen until it was read. */
@Composable
internal fun TroubleDialog(
    failure: Failure,
    close: () -> Unit,
) {
    val language = LocalLanguage.current
    AlertDialog(
        close,
        confirmButton = { DialogButton(language.pick("知道了", "OK"), onClick = close) },
        text = { Text(language.sentence(failure)) },
    )
}

@Composable
private fun Room(
    place: Place,
    with: Rooming,
) = when (place) {
    Place.Today -> TodayRoom(with)
    Place.People -> EverybodyRoom(with)
    Place.NewPerson -> NewPersonRoom(with)
    is Place.Details -> DetailsRoom(place.case, with)
    is Place.ChoosePerson -> ChoosePersonRoom(place, with)
    is Place.ChooseKind -> KindRoom(place, with)
    is Place.Record -> RecordRoom(place.draft, with)
    is Place.Photo -> PhotoRoom(place, with)
    is Place.Participants -> ParticipantsRoom(place.draft, with)
    is Place.Case -> CaseRoom(place.case, with)
    is Place.Entry -> EntryRoom(place.doc, with)
    is Place.Remark -> RemarkRoom(place, with)
    is Place.History -> HistoryRoom(place.doc, with)
    is Place.Earlier -> EarlierRoom(place, with)
    is Place.CopyEntry -> CopyEntryRoom(place.doc, with)
    is Place.Search -> SearchRoom(place.query, with)
    Place.Queue -> QueueRoom(with)
    Place.Attention -> AttentionRoom(with)
    Place.Sync -> SyncRoom(with)
    Place.Settings -> SettingsRoom(with)
}

/** What a screen reads, now and after everything stored; what it read last where reading fails. */
@Composable
internal fun <T> Rooming.reading(
    first: T,
    read: ClientInterface.() -> T,
): T {
    val value by produceState(first) {
        session.watch().collect {
            try {
                value = session.ask(read)
            } catch (_: Failure) {
                // Locked meanwhile, or taken off this phone: the door or the list says so.
            }
        }
    }
    return value
}

@Composable
private fun AttentionRoom(with: Rooming) {
    val items = with.reading(emptyList<AttentionItem>()) { attention() }
    val person = with.persons()
    val on =
        object : AttentionEvents {
            override fun back() = with.go.back()

            override fun open(doc: DocId) = with.attempt { with.go.to(with.session.ask { placeOf(doc) }) }

            override fun seen(notice: Long) {
                with.attempt { with.session.ask { dismiss(notice) } }
            }

            override fun takeUp(draft: DraftId) {
                with.attempt {
                    with.session.ask { restoreDraft(draft) }
                    with.go.home(Place.Record(draft))
                }
            }

            override fun forget(draft: DraftId) {
                with.attempt { with.session.ask { discardDraft(draft) } }
            }
        }
    AttentionScreen(items, person, on)
}

/** Where an entry is read; one that the office refused as a whole is not there any more, and is gone on with. */
private fun ClientInterface.placeOf(doc: DocId): Place =
    try {
        entry(doc)
        Place.Entry(doc)
    } catch (_: ClientException.NotFound) {
        Place.Record(editDraftOf(doc))
    }
