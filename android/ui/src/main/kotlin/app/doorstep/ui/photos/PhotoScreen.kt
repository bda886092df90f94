package app.doorstep.ui.photos

import androidx.compose.foundation.Image
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.layout.ContentScale
import app.doorstep.corekit.Failure
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.sentence

/** One photo, as wide as the screen. Taking it out of a record is asked once more. */
@Composable
fun PhotoScreen(
    pixels: ImageBitmap?,
    failure: Failure?,
    onBack: () -> Unit,
    onRemove: (() -> Unit)?,
) {
    val language = LocalLanguage.current
    var isAsking by remember { mutableStateOf(false) }
    Page(
        language.pick("照片", "Photo"),
        onBack,
        bottom =
            onRemove?.let { remove ->
                {
                    if (isAsking) Hint(language.pick("取下后不能恢复。", "It cannot be brought back."))
                    SideButton(
                        if (isAsking) language.pick("确定取下", "Yes, take it out") else language.pick("取下这张照片", "Take this photo out"),
                        { if (isAsking) remove() else isAsking = true },
                        Modifier.fillMaxWidth(),
                    )
                }
            },
    ) {
        if (pixels != null) {
            Image(
                pixels,
                language.pick("照片", "Photo"),
                Modifier.fillMaxWidth(),
                contentScale = ContentScale.FillWidth,
            )
        } else {
            Hint(failure?.let(language::sentence) ?: language.pick("正在打开……", "Opening …"))
        }
    }
}
