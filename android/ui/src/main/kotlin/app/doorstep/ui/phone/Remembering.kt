package app.doorstep.ui.phone

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import app.doorstep.ui.nav.Place

/**
 * Whoever comes back to a place finds what they looked for, sifted or half wrote there; whoever
 * left it for good finds it fresh the next time.
 */
@Composable
internal fun Remembering(
    place: Place,
    go: Goer,
    content: @Composable () -> Unit,
) {
    val kept = rememberSaveableStateHolder()
    val known = remember { mutableSetOf<Place>() }
    // By name: a phone's saved state takes no objects of ours.
    kept.SaveableStateProvider(place.toString(), content)
    LaunchedEffect(place) {
        known += place
        val gone = known - go.places.toSet()
        gone.forEach { kept.removeState(it.toString()) }
        known -= gone
    }
}
