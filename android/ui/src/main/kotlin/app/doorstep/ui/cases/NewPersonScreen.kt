package app.doorstep.ui.cases

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import app.doorstep.core.CaseKind
import app.doorstep.core.DirectoryTeam
import app.doorstep.core.Edit
import app.doorstep.core.NewCase
import app.doorstep.core.Value
import app.doorstep.core.caseKinds
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.OneOf
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Toggle
import app.doorstep.ui.parts.TypingField
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.caseKind

/** A person who is new to the office: what a case cannot begin without. The rest is written into its parts. */
@Composable
fun NewPersonScreen(
    teams: List<DirectoryTeam>,
    onBack: () -> Unit,
    onOpen: (NewCase) -> Unit,
) {
    val language = LocalLanguage.current
    var pseudonym by rememberSaveable { mutableStateOf("") }
    var kind by remember { mutableStateOf<CaseKind?>(null) }
    var isMinor by rememberSaveable { mutableStateOf(false) }
    var team by remember(teams) { mutableStateOf(teams.singleOrNull()) }
    val chosen = kind
    val of = team
    Page(
        language.pick("新的服务对象", "A new person"),
        onBack,
        bottom = {
            MainButton(
                language.pick("接案", "Open the case"),
                {
                    if (chosen != null && of != null) {
                        val contact = listOf(Edit("pseudonym", Value.Text(pseudonym.trim())))
                        onOpen(NewCase(of.id, chosen, isMinor, contact, emptyList(), emptyList()))
                    }
                },
                isEnabled = pseudonym.isNotBlank() && chosen != null && of != null,
            )
        },
    ) {
        Hint(language.pick("不用联网。您是主责社工；别的资料接着再写。", "No network is needed. You lead the case; the rest is written next."))
        TypingField(pseudonym, { pseudonym = it }, language.pick("化名（不要写真名）", "Pseudonym (not the legal name)"), singleLine = true)
        Heading(language.pick("为什么接案", "Why there is a case"))
        OneOf<CaseKind>(caseKinds(), kind, language::caseKind) { kind = it }
        Toggle(language.pick("未成年", "A minor"), isMinor) { isMinor = it }
        if (teams.size > 1) {
            Heading(language.pick("哪个团队", "Which team"))
            OneOf(teams, team, { it.name }) { team = it }
        }
    }
}
