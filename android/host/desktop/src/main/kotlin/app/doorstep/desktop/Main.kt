package app.doorstep.desktop

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.toComposeImageBitmap
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.Window
import androidx.compose.ui.window.application
import androidx.compose.ui.window.rememberWindowState
import app.doorstep.ui.door.Door
import app.doorstep.ui.phone.PhoneApp
import app.doorstep.ui.phone.Shell
import app.doorstep.ui.words.Language
import org.jetbrains.skia.Image
import java.io.File
import java.time.ZoneId
import java.util.Locale

/** The phone app in a window. The folder given, or one in the home folder, is the phone. */
fun main(arguments: Array<String>) {
    val folder = File(arguments.firstOrNull() ?: "${System.getProperty("user.home")}/.doorstep-desktop")
    folder.mkdirs()
    application {
        Window(::exitApplication, rememberWindowState(width = 412.dp, height = 892.dp), title = "Doorstep") {
            val scope = rememberCoroutineScope()
            val door =
                remember {
                    val zone = ZoneId.systemDefault().id
                    Door(File(folder, "phone.db"), zone, laptop(folder), "laptop", scope)
                }
            LaunchedEffect(door) { door.open() }
            PhoneApp(door, remember { Desk(File(folder, "language")) })
        }
    }
}

/** The language chosen, or the machine's; the window has no way back of its own. */
private class Desk(
    private val file: File,
) : Shell {
    override var language: Language
        get() {
            val code = if (file.exists()) file.readText() else Locale.getDefault().language
            return Language.entries.find { it.code == code } ?: Language.EN
        }
        set(value) = file.writeText(value.code)

    override fun picture(jpeg: ByteArray): ImageBitmap? =
        try {
            Image.makeFromEncoded(jpeg).toComposeImageBitmap()
        } catch (_: IllegalArgumentException) {
            null
        }

    @Composable
    override fun Back(
        isEnabled: Boolean,
        onBack: () -> Unit,
    ) = Unit
}
