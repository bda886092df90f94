package app.doorstep.ui.entry

import app.doorstep.core.AnswerKind
import app.doorstep.core.Field
import app.doorstep.core.Fields
import app.doorstep.core.MemberId
import app.doorstep.core.Question
import app.doorstep.core.Value
import app.doorstep.core.contactModeOf
import app.doorstep.core.entryKindOf
import app.doorstep.core.outcomeOf
import app.doorstep.core.placeKindOf
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.kind
import app.doorstep.ui.words.mode
import app.doorstep.ui.words.outcome
import app.doorstep.ui.words.partCode
import app.doorstep.ui.words.partLabel
import app.doorstep.ui.words.place
import app.doorstep.ui.words.plainDay
import java.time.LocalDate
import java.util.Locale

/** Fields in the order in which people read an entry; what only the machine needs is left out. */
fun Language.inOrder(fields: Fields): List<Pair<Field, Value>> {
    val known = order.filter { it in fields }
    val answers = fields.keys.filter { it.startsWith("answers.") }.sorted()
    val rest = fields.keys.filter { it !in order && isShown(it) && !it.startsWith("answers.") }.sorted()
    return (known + answers + rest).mapNotNull { field -> fields[field]?.let { field to it } }.filter { it.second != Value.Empty }
}

/** Whether people read it; the rest is for the machine. */
fun isShown(field: Field): Boolean = field !in hidden && (field.startsWith("answers.") || !field.contains('.'))

/** What a field is called. */
fun Language.label(
    field: Field,
    questions: List<Question>,
): String {
    val id = field.removePrefix("answers.")
    if (id != field) return questions.find { it.id == id }?.let { pick(it.zh, it.en) } ?: id
    return when (field) {
        "kind" -> pick("种类", "Kind")
        "date" -> pick("日期", "Date")
        "start" -> pick("开始", "Start")
        "end" -> pick("结束", "End")
        "outcome" -> pick("结果", "Outcome")
        "place" -> pick("地点", "Place")
        "place_note" -> pick("地点说明", "Place in words")
        "location" -> pick("大概位置", "Rough location")
        "mode" -> pick("方式", "How")
        "met" -> pick("见到了谁", "Who was met")
        "card_left" -> pick("已留名片", "Card left")
        "leaflet" -> pick("已留宣传页", "Leaflet left")
        "message_with" -> pick("托谁转告", "Message left with")
        "accompanied_by" -> pick("陪同人员", "Accompanied by")
        "narrative" -> pick("看到和听到的", "Seen and heard")
        "next_step" -> pick("下一步", "Next step")
        "next_date" -> pick("下次日期", "Next date")
        "crisis" -> pick("危机", "Crisis")
        "amount" -> pick("金额", "Amount")
        "source" -> pick("来源", "Source")
        "receipt" -> pick("收据", "Receipt")
        "served" -> pick("送达的文书", "Document served")
        else -> partLabel(field)
    }
}

/** A value as people read it. */
fun Language.shown(
    field: Field,
    value: Value,
    questions: List<Question>,
    names: Map<MemberId, String>,
): String =
    when (value) {
        Value.Empty -> pick("（没有写）", "(nothing written)")
        is Value.Flag -> if (value.yes) pick("是", "Yes") else pick("否", "No")
        is Value.Number -> if (field == "amount") yuan(value.number) else value.number.toString()
        is Value.Text -> words(field, value.text, questions, names)
    }

private fun Language.words(
    field: Field,
    text: String,
    questions: List<Question>,
    names: Map<MemberId, String>,
): String =
    when (field) {
        "kind" -> kind(entryKindOf(text))
        "outcome" -> outcome(outcomeOf(text))
        "place" -> place(placeKindOf(text))
        "mode" -> mode(contactModeOf(text))
        "date", "next_date", "birth_date", "measure_start", "measure_end", "accepted_on" -> runCatching { plainDay(LocalDate.parse(text), 0) }.getOrDefault(text)
        else -> {
            val question = questions.find { "answers.${it.id}" == field }
            val choice = (question?.answer as? AnswerKind.Choice)?.choices?.find { it.code == text }
            choice?.let { pick(it.zh, it.en) } ?: partCode(field, text) ?: names[text] ?: text
        }
    }

/** An amount in yuan, from fen. */
fun yuan(fen: Long): String = "%.2f".format(Locale.ROOT, fen / FEN)

private const val FEN = 100.0

private val order =
    listOf(
        "outcome",
        "narrative",
        "date",
        "start",
        "end",
        "place",
        "place_note",
        "location",
        "mode",
        "met",
        "accompanied_by",
        "card_left",
        "leaflet",
        "message_with",
        "amount",
        "source",
        "receipt",
        "served",
        "next_step",
        "next_date",
        "crisis",
    )

private val hidden = setOf("kind", "group", "copied_from")
