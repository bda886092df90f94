package app.doorstep.corekit

import app.doorstep.core.AttentionItem
import app.doorstep.core.Class
import app.doorstep.core.Edit
import app.doorstep.core.NewCase
import app.doorstep.core.Scope
import app.doorstep.core.SearchHit
import app.doorstep.core.Value
import app.doorstep.core.caseKindOf
import app.doorstep.core.entryKindOf
import app.doorstep.core.reviewStateCode
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.longOrNull
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows

/** Plays one scenario of `tests/scenarios`; see the README there for what each step means. */
class Play : AutoCloseable {
    private lateinit var office: Office
    private val phones = mutableMapOf<String, Phone>()
    private val cases = mutableMapOf<String, String>()
    private val docs = mutableMapOf<String, String>()
    private val drafts = mutableMapOf<Pair<String, String>, String>()

    fun step(step: JsonObject) {
        val verb = verbs[step.text("do")] ?: error("no such step: ${step.text("do")}")
        val fails = step["fails"]?.jsonPrimitive?.content
        if (fails == null) {
            verb(step)
        } else {
            assertEquals(fails, assertThrows(Failure::class.java) { told { verb(step) } }.key)
        }
    }

    override fun close() {
        phones.values.forEach(Phone::close)
        if (::office.isInitialized) office.close()
    }

    private val verbs: Map<String, (JsonObject) -> Unit> =
        mapOf(
            "office" to ::openOffice,
            "assign" to { office.assign(it.case, it.text("member"), it.text("role")) },
            "network_down" to { office.stop() },
            "network_up" to { office.start() },
            "enrol" to { phones[it.text("phone")] = newPhone(it.text("phone")) },
            "sync" to { it.phone.sync() },
            "restart" to { it.phone.restart() },
            "open_case" to ::openCase,
            "record" to ::record,
            "edit" to ::edit,
            "save_done" to { save(it) { draft -> saveDone(draft) } },
            "save_later" to { save(it) { draft -> saveLater(draft) } },
            "delete_draft" to { it.client.deleteDraft(it.draft) },
            "restore_draft" to { it.client.restoreDraft(it.draft) },
            "submit" to { it.client.submit(it.entry) },
            "approve" to { it.client.approve(it.entry, it.client.entry(it.entry).heads) },
            "return" to ::returnEntry,
            "comment" to { it.client.comment(it.entry, listOf(), it.text("text")) },
            "resolve" to ::resolve,
            "withdraw" to { it.client.withdraw(it.entry, it.text("reason")) },
            "copy_to_case" to { docs[it.text("copy")] = it.client.copyToCase(it.entry, it.case) },
            "group_session" to ::recordGroupSession,
            "settle" to { it.client.settle(it.entry, it.text("field"), value(it.getValue("value"))) },
            "set_pin" to { step -> kotlinx.coroutines.runBlocking { step.phone.session.setPin(step.text("pin")) } },
            "unlock" to { step -> kotlinx.coroutines.runBlocking { step.phone.session.unlock(step.text("pin")) } },
            "lock" to { it.client.lock() },
            "expect_fields" to { expect(it.fields, it.client.entry(it.entry).fields) },
            "expect_draft" to { expect(it.fields, it.client.draft(it.draft).fields) },
            "expect_state" to { assertEquals(it.text("state"), reviewStateCode(it.client.entry(it.entry).review.state)) },
            "expect_returned" to ::expectReturned,
            "expect_comments" to { step ->
                val open = step.client.entry(step.entry).review.comments.count { !it.resolved }
                assertEquals(step.number("open"), open)
            },
            "expect_conflict" to ::expectConflict,
            "expect_waiting" to { assertEquals(it.number("documents"), it.client.syncState().waiting.toInt()) },
            "expect_queue" to { step ->
                assertEquals(step.texts("entries").map(docs::get), step.client.queue().map { it.row.doc })
            },
            "expect_cases" to { step ->
                assertEquals(step.texts("cases").sorted(), step.client.caseList().map { it.part.pseudonym }.sorted())
            },
            "expect_search" to ::expectSearch,
            "expect_changed" to { step ->
                assertEquals(step.texts("fields"), step.client.unseen(step.entry).changes.map { it.field })
            },
            "expect_returned_attention" to { step ->
                val returned = step.client.attention().filterIsInstance<AttentionItem.Returned>().map { it.doc }
                assertEquals(step.texts("entries").map(docs::get), returned)
            },
            "expect_locked" to { assertEquals(it.getValue("locked").jsonPrimitive.boolean, it.client.isLocked()) },
        )

    private fun openOffice(step: JsonObject) {
        val members =
            step.getValue("members").jsonArray.map { it.jsonObject }.map { member ->
                Member(member.text("name"), member.texts("roles"), member["supervises"]?.jsonPrimitive?.boolean ?: false)
            }
        office = Office(members)
    }

    private fun newPhone(name: String) = Phone(office, name).enrolled(office, name)

    private fun openCase(step: JsonObject) {
        val contact = listOf(Edit("pseudonym", Value.Text(step.text("case"))))
        val new = NewCase(office.team, caseKindOf(step.text("kind")), false, contact, listOf(), listOf())
        cases[step.text("case")] = step.client.openCase(new)
    }

    private fun record(step: JsonObject) {
        val scope = Scope.Case(step.case)
        val part = Class.valueOf(step["class"]?.jsonPrimitive?.content?.uppercase() ?: "FILE")
        val draft = step.client.startDraft(scope, part, entryKindOf(step.text("kind")))
        drafts[step.text("phone") to step.text("entry")] = draft
        step.client.typeInto(draft, step.edits)
    }

    private fun edit(step: JsonObject) {
        val key = step.text("phone") to step.text("entry")
        val draft = drafts.getOrPut(key) { step.client.editDraftOf(step.entry) }
        step.client.typeInto(draft, step.edits)
    }

    private fun save(
        step: JsonObject,
        verb: app.doorstep.core.ClientInterface.(String) -> String,
    ) {
        docs[step.text("entry")] = step.client.verb(step.draft)
        drafts.remove(step.text("phone") to step.text("entry"))
    }

    private fun returnEntry(step: JsonObject) {
        val shown = step.client.entry(step.entry).heads
        step.client.returnEntry(step.entry, shown, step.texts("fields"), step.text("reason"))
    }

    private fun resolve(step: JsonObject) {
        val open = step.client.entry(step.entry).review.comments.first { !it.resolved }
        step.client.resolve(step.entry, open.action)
    }

    private fun recordGroupSession(step: JsonObject) {
        val made = step.client.recordGroupSession(office.team, step.edits, step.texts("cases").map(cases::getValue))
        docs[step.text("session")] = made.session
        step.texts("entries").zip(made.shares).forEach { (name, doc) -> docs[name] = doc }
    }

    private fun expectReturned(step: JsonObject) {
        val returned = checkNotNull(step.client.entry(step.entry).review.returned) { "nothing was returned" }
        assertEquals(step.texts("fields") to step.text("reason"), returned.fields to returned.reason)
    }

    private fun expectConflict(step: JsonObject) {
        val cards = step.client.conflicts().filter { it.doc == step.entry && it.field == step.text("field") }
        val values = step.getValue("values").jsonArray.map(::value).toSet()
        assertEquals(if (values.isEmpty()) 0 else 1, cards.size)
        assertEquals(values, cards.flatMap { it.sides }.map { it.value }.toSet())
    }

    private fun expectSearch(step: JsonObject) {
        val hits = step.client.search(step.text("query"))
        assertEquals(step.texts("cases").map(cases::get), hits.filterIsInstance<SearchHit.Case>().map { it.id })
        assertEquals(step.texts("entries").map(docs::get), hits.filterIsInstance<SearchHit.Entry>().map { it.row.doc })
    }

    private fun expect(
        wanted: Map<String, Value>,
        found: Map<String, Value>,
    ) = assertEquals(wanted, wanted.mapValues { found[it.key] ?: Value.Empty })

    private val JsonObject.phone get() = phones.getValue(text("phone"))
    private val JsonObject.client get() = phone.client
    private val JsonObject.case get() = cases.getValue(text("case"))
    private val JsonObject.entry get() = docs.getValue(text("entry"))
    private val JsonObject.draft get() = drafts.getValue(text("phone") to text("entry"))
    private val JsonObject.fields get() = getValue("fields").jsonObject.mapValues { value(it.value) }
    private val JsonObject.edits get() = fields.map { (field, value) -> Edit(field, value) }
}

private fun JsonObject.text(name: String) = getValue(name).jsonPrimitive.content

private fun JsonObject.texts(name: String) = (getValue(name) as JsonArray).map { it.jsonPrimitive.content }

private fun JsonObject.number(name: String) = getValue(name).jsonPrimitive.int

private fun value(json: JsonElement): Value {
    if (json is JsonNull) return Value.Empty
    val value = json as JsonPrimitive
    if (value.isString) return Value.Text(value.content)
    value.booleanOrNull?.let { return Value.Flag(it) }
    return Value.Number(checkNotNull(value.longOrNull) { "neither text, number, yes or no: $json" })
}
