package app.doorstep.ui.phone

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import app.doorstep.corekit.Failure
import app.doorstep.ui.door.Door
import app.doorstep.ui.door.DoorState
import app.doorstep.ui.nav.Place
import app.doorstep.ui.nav.Way
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.LocalPractice
import app.doorstep.ui.parts.Page
import app.doorstep.ui.start.ChoosePinScreen
import app.doorstep.ui.start.FirstStartScreen
import app.doorstep.ui.start.LockScreen
import app.doorstep.ui.start.RecoveryScreen
import app.doorstep.ui.sync.SyncModel
import app.doorstep.ui.theme.DoorstepTheme
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.sentence
import java.time.Duration
import java.time.Instant

/** The whole app, from the door inwards. */
@Composable
fun PhoneApp(
    door: Door,
    shell: Shell,
) {
    var language by remember { mutableStateOf(shell.language) }
    DoorstepTheme {
        CompositionLocalProvider(LocalLanguage provides language, LocalPicture provides shell::picture) {
            AtTheDoor(door, shell) {
                language = it
                shell.language = it
            }
        }
    }
}

@Composable
private fun AtTheDoor(
    door: Door,
    shell: Shell,
    onLanguage: (Language) -> Unit,
) {
    val language = LocalLanguage.current
    val state by door.state.collectAsState()
    when (val here = state) {
        DoorState.Opening -> Page("") {}
        is DoorState.FirstStart ->
            FirstStartScreen(
                here,
                onScan = door::scan,
                onEnrol = door::enrol,
                onPractise = { door.practise(language) },
            )
        is DoorState.ChoosePin -> ChoosePinScreen(here, door::choosePin)
        is DoorState.Locked -> LockScreen(here, door::unlock)
        is DoorState.KeyLost -> RecoveryScreen(here)
        is DoorState.Inside ->
            key(here) {
                CompositionLocalProvider(LocalPractice provides here.isPractice) { Inside(door, shell, onLanguage) }
            }
        is DoorState.Shut -> Page(language.pick("打不开", "Cannot open")) { Hint(language.sentence(here.failure)) }
    }
}

@Composable
private fun Inside(
    door: Door,
    shell: Shell,
    onLanguage: (Language) -> Unit,
) {
    val scope = rememberCoroutineScope()
    val isPractice = LocalPractice.current
    val sync = remember(door) { SyncModel(door.session, scope) }
    DisposableEffect(sync) {
        if (!isPractice) sync.start()
        onDispose(sync::stop)
    }
    var way by remember { mutableStateOf(Way()) }
    val goer = remember { Goer({ way }, { way = it }) }
    LaunchedEffect(door) { takeUpWhere(door, goer) }
    shell.Back(way.canGoBack, goer::back)
    Rooms(way.here, remember(door, sync) { Rooming(door, sync, scope, goer, onLanguage) })
}

/** What was being typed when the app ended a moment ago is on the screen again. */
private suspend fun takeUpWhere(
    door: Door,
    go: Goer,
) {
    val latest =
        try {
            door.session.ask { drafts() }.firstOrNull()
        } catch (_: Failure) {
            // Before the first sync there is nothing to take up.
            null
        } ?: return
    if (Duration.between(latest.updated, Instant.now()) < STILL_AT_IT) go.home(Place.Record(latest.id))
}

private val STILL_AT_IT = Duration.ofMinutes(15)

/** Goes from place to place. */
class Goer(
    private val read: () -> Way,
    private val write: (Way) -> Unit,
) {
    val places: List<Place> get() = read().places

    fun to(place: Place) = write(read().to(place))

    /** What the place where one is does before it is left backwards, by its own arrow or the phone's gesture. */
    var leaving: ((then: () -> Unit) -> Unit)? = null

    fun back() {
        val goBack = { write(read().back()) }
        leaving?.invoke(goBack) ?: goBack()
    }

    fun home(then: Place? = null) = write(read().home(then))

    /** In place of where one is: the way back skips it. */
    fun instead(place: Place) = write(read().back().to(place))
}
