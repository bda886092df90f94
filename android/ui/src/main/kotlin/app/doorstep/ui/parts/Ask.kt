package app.doorstep.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.doorstep.ui.words.LocalLanguage

/** A button for what is not done by a slip of the thumb: it asks once, in the same place; [isQuiet] where it is rarely wanted. */
@Composable
fun AskingButton(
    text: String,
    question: String,
    yes: String,
    isEnabled: Boolean = true,
    isAsking: Boolean = false,
    isQuiet: Boolean = false,
    onYes: () -> Unit,
) {
    var asks by rememberSaveable { mutableStateOf(isAsking) }
    if (!asks) {
        if (isQuiet) {
            SideButton(text, { asks = true }, isEnabled = isEnabled)
        } else {
            MainButton(text, { asks = true }, isEnabled = isEnabled)
        }
        return
    }
    Text(question, Modifier.semantics { liveRegion = LiveRegionMode.Polite })
    Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
        SideButton(LocalLanguage.current.pick("先不", "Not now"), { asks = false }, Modifier.weight(1f))
        MainButton(yes, onYes, Modifier.weight(1f), isEnabled)
    }
}
