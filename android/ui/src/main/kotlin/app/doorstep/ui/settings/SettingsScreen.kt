package app.doorstep.ui.settings

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.OneOf
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage

/** Few things: the language, locking, what is where. */
@Composable
fun SettingsScreen(
    member: String,
    office: String,
    onBack: () -> Unit,
    onLanguage: (Language) -> Unit,
    onLock: () -> Unit,
    onSync: () -> Unit,
) {
    val language = LocalLanguage.current
    Page(language.pick("设置", "Settings"), onBack) {
        Hint("$member · $office")
        Heading(language.pick("语言", "Language"))
        OneOf(Language.entries, language, { if (it == Language.ZH) "中文" else "English" }) { it?.let(onLanguage) }
        Heading(language.pick("这部手机", "This phone"))
        SideButton(language.pick("同步与存储", "Sync"), onSync, Modifier.fillMaxWidth())
        SideButton(language.pick("现在锁定", "Lock now"), onLock, Modifier.fillMaxWidth())
    }
}
