package app.doorstep.ui.settings

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.OneOf
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage

/** What can be set. */
interface SettingsEvents {
    fun back()

    fun speak(language: Language)

    fun lock()

    fun sync()

    fun practise()

    fun endPractice()
}

/** Few things: the language, locking, what is where, practice. */
@Composable
fun SettingsScreen(
    member: String,
    office: String,
    isPractice: Boolean,
    on: SettingsEvents,
) {
    val language = LocalLanguage.current
    Page(language.pick("设置", "Settings"), on::back) {
        Hint("$member · $office")
        Heading(language.pick("语言", "Language"))
        OneOf(Language.entries, language, { if (it == Language.ZH) "中文" else "English" }) { it?.let(on::speak) }
        Heading(language.pick("练习", "Practice"))
        if (isPractice) {
            EndOfPractice(on)
        } else {
            Hint(language.pick("用虚构的个案试一试，什么都不会发出去。", "Try things on made-up cases; nothing is sent."))
            SideButton(language.pick("开始练习", "Practise"), on::practise, Modifier.fillMaxWidth())
            Heading(language.pick("这部手机", "This phone"))
            SideButton(language.pick("同步与存储", "Sync and storage"), on::sync, Modifier.fillMaxWidth())
            SideButton(language.pick("现在锁定", "Lock now"), on::lock, Modifier.fillMaxWidth())
        }
    }
}

/** Asked twice: what was tried out goes with it. */
@Composable
private fun EndOfPractice(on: SettingsEvents) {
    val language = LocalLanguage.current
    var isAsking by remember { mutableStateOf(false) }
    if (!isAsking) {
        SideButton(language.pick("结束练习", "End practice"), { isAsking = true }, Modifier.fillMaxWidth())
        return
    }
    Hint(language.pick("练习中记下的会全部删除。", "Everything recorded in practice will be deleted."))
    MainButton(language.pick("删除并结束", "Delete and end"), on::endPractice)
    SideButton(language.pick("继续练习", "Go on practising"), { isAsking = false }, Modifier.fillMaxWidth())
}
