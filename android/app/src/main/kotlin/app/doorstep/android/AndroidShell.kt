package app.doorstep.android

import android.content.Context
import android.graphics.BitmapFactory
import androidx.activity.compose.BackHandler
import androidx.compose.runtime.Composable
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.asImageBitmap
import app.doorstep.ui.phone.Shell
import app.doorstep.ui.words.Language

/** What the screens need of Android. The language: what a person chose; until then, what the phone itself speaks. */
class AndroidShell(
    private val context: Context,
) : Shell {
    private val kept = context.getSharedPreferences("preferences", Context.MODE_PRIVATE)

    override var language: Language
        get() = Language.entries.firstOrNull { it.name == kept.getString(LANGUAGE, null) } ?: ofPhone()
        set(chosen) = kept.edit().putString(LANGUAGE, chosen.name).apply()

    override fun picture(jpeg: ByteArray): ImageBitmap? =
        BitmapFactory.decodeByteArray(jpeg, 0, jpeg.size)?.asImageBitmap()

    @Composable
    override fun Back(
        isEnabled: Boolean,
        onBack: () -> Unit,
    ) = BackHandler(isEnabled, onBack)

    private fun ofPhone(): Language {
        val first = context.resources.configuration.locales[0]
        return if (first.language == "zh") Language.ZH else Language.EN
    }

    private companion object {
        const val LANGUAGE = "language"
    }
}
