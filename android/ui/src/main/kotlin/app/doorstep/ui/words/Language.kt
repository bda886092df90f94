package app.doorstep.ui.words

import androidx.compose.runtime.staticCompositionLocalOf
import java.util.Locale

/** A language of the screens. Both wordings of a sentence stand side by side, so that none is forgotten. */
enum class Language(
    val code: String,
) {
    ZH("zh"),
    EN("en"),
    ;

    fun pick(
        zh: String,
        en: String,
    ): String = if (this == ZH) zh else en

    /** For what others word: names of months and days. */
    val locale: Locale get() = if (this == ZH) Locale.SIMPLIFIED_CHINESE else Locale.UK
}

/** The language of the screens below. */
val LocalLanguage = staticCompositionLocalOf { Language.ZH }
