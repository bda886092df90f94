package app.doorstep.ui.phone

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import app.doorstep.core.Directory
import app.doorstep.core.Storage
import app.doorstep.core.SyncState
import app.doorstep.ui.mentor.MentorTodayScreen
import app.doorstep.ui.nav.Place
import app.doorstep.ui.parts.LocalPractice
import app.doorstep.ui.settings.SettingsEvents
import app.doorstep.ui.settings.SettingsScreen
import app.doorstep.ui.sync.SyncScreen
import app.doorstep.ui.today.TodayScreen
import app.doorstep.ui.today.TodayState
import app.doorstep.ui.today.todayOf
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage
import kotlinx.coroutines.launch
import java.time.Instant
import java.time.LocalDate

@Composable
internal fun TodayRoom(with: Rooming) {
    val state by remember { todayOf(with.session) }.collectAsState(TodayState())
    if (state.isMentor) {
        MentorTodayScreen(state, LocalDate.now(), Instant.now(), with.go::to) { case, kind -> with.record(case, kind) }
    } else {
        TodayScreen(state, LocalDate.now(), Instant.now(), with.go::to)
    }
}

@Composable
internal fun SyncRoom(with: Rooming) {
    val state = with.reading<SyncState?>(null) { syncState() }
    val storage = with.reading<Storage?>(null) { storage() }
    val status by with.sync.status.collectAsState()
    SyncScreen(state, storage, status, Instant.now(), with.go::back) { with.scope.launch { with.sync.now() } }
}

@Composable
internal fun SettingsRoom(with: Rooming) {
    val directory = with.reading(null as Directory?) { directory() }
    val me = directory?.let { known -> known.colleagues.find { it.id == known.me }?.name }.orEmpty()
    val language = LocalLanguage.current
    val on =
        object : SettingsEvents {
            override fun back() = with.go.back()

            override fun speak(language: Language) = with.onLanguage(language)

            override fun lock() = with.door.lock()

            override fun sync() = with.go.to(Place.Sync)

            override fun practise() = with.door.practise(language)

            override fun endPractice() = with.door.endPractice()
        }
    SettingsScreen(me, directory?.orgName.orEmpty(), LocalPractice.current, on)
}
