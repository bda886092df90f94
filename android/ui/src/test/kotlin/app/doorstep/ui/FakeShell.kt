package app.doorstep.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.toComposeImageBitmap
import app.doorstep.ui.phone.Shell
import app.doorstep.ui.words.Language
import org.jetbrains.skia.Image

/** What the screens run in while they are tested; the test goes [back] as a phone's own gesture does. */
class FakeShell(
    override var language: Language = Language.ZH,
) : Shell {
    var back: (() -> Unit)? = null
        private set

    override fun picture(jpeg: ByteArray): ImageBitmap? = runCatching { Image.makeFromEncoded(jpeg).toComposeImageBitmap() }.getOrNull()

    @Composable
    override fun Back(
        isEnabled: Boolean,
        onBack: () -> Unit,
    ) {
        back = onBack.takeIf { isEnabled }
    }
}
