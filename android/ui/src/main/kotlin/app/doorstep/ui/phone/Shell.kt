package app.doorstep.ui.phone

import androidx.compose.runtime.Composable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.graphics.ImageBitmap
import app.doorstep.ui.words.Language

/** What the screens need of what they run in: a phone, a window, a test. */
interface Shell {
    /** Kept from one start to the next. */
    var language: Language

    /** A JPEG's pixels; none if it cannot be read. */
    fun picture(jpeg: ByteArray): ImageBitmap?

    /** The phone's own way back does [onBack] while [isEnabled]; otherwise it leaves the app. */
    @Composable
    fun Back(
        isEnabled: Boolean,
        onBack: () -> Unit,
    )
}

/** Turns a JPEG into pixels, as the shell does. */
val LocalPicture = staticCompositionLocalOf<(ByteArray) -> ImageBitmap?> { { null } }
