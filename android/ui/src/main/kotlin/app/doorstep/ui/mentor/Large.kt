package app.doorstep.ui.mentor

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.unit.Density

/** Type a fifth larger than the phone's own, and never smaller than that. */
@Composable
fun Large(content: @Composable () -> Unit) {
    val density = LocalDensity.current
    CompositionLocalProvider(LocalDensity provides Density(density.density, density.fontScale * LARGER), content)
}

private const val LARGER = 1.2f
