package app.doorstep.android

import android.content.Context
import app.doorstep.ui.phone.Preferences
import app.doorstep.ui.words.Language

/** What a person chose for the app on this phone; until then, what the phone itself speaks. */
class KeptPreferences(
    private val context: Context,
) : Preferences {
    private val kept = context.getSharedPreferences("preferences", Context.MODE_PRIVATE)

    override var language: Language
        get() = Language.entries.firstOrNull { it.name == kept.getString(LANGUAGE, null) } ?: ofPhone()
        set(chosen) = kept.edit().putString(LANGUAGE, chosen.name).apply()

    private fun ofPhone(): Language {
        val first = context.resources.configuration.locales[0]
        return if (first.language == "zh") Language.ZH else Language.EN
    }

    private companion object {
        const val LANGUAGE = "language"
    }
}
