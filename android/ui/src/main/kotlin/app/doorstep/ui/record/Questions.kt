package app.doorstep.ui.record

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardType
import app.doorstep.core.AnswerKind
import app.doorstep.core.Field
import app.doorstep.core.Question
import app.doorstep.core.Value
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.OneOf
import app.doorstep.ui.parts.Toggle
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage

/** The office's own questions, as its template asks them. */
@Composable
internal fun ColumnScope.Questions(
    state: RecordState,
    on: RecordEvents,
) {
    val language = LocalLanguage.current
    for (question in state.questions) {
        val field = "answers.${question.id}"
        when (val answer = question.answer) {
            is AnswerKind.Choice -> {
                Heading(language.wording(question))
                val chosen = (state.values[field] as? Value.Text)?.text
                val codes = answer.choices.associateBy { it.code }
                OneOf(answer.choices.map { it.code }, chosen, { codes.getValue(it).let { c -> language.pick(c.zh, c.en) } }) {
                    on.choose(field, it?.let(Value::Text) ?: Value.Empty)
                }
            }
            AnswerKind.Flag -> Toggle(language.wording(question), state.isOn(field)) { on.choose(field, flag(it)) }
            AnswerKind.Number -> Amount(state, on, field, language.wording(question))
            AnswerKind.Text -> Words(state, on, field, language.wording(question), 1)
        }
    }
}

/** A whole number; what is none is not taken. */
@Composable
private fun Amount(
    state: RecordState,
    on: RecordEvents,
    field: Field,
    label: String,
) = OutlinedTextField(
    (state.values[field] as? Value.Number)?.number?.toString().orEmpty(),
    { typed ->
        if (typed.isEmpty()) on.choose(field, Value.Empty)
        typed.toLongOrNull()?.let { on.choose(field, Value.Number(it)) }
    },
    Modifier.fillMaxWidth(),
    label = { Text(label) },
    singleLine = true,
    keyboardOptions = KeyboardOptions(keyboardType = KeyboardType.Number),
)

private fun Language.wording(question: Question): String = pick(question.zh, question.en)
