package app.doorstep.corekit

import app.doorstep.core.CaseKind
import app.doorstep.core.Class
import app.doorstep.core.Edit
import app.doorstep.core.EntryKind
import app.doorstep.core.NewCase
import app.doorstep.core.Scope
import app.doorstep.core.Value
import kotlinx.coroutines.runBlocking
import java.io.File

/** A phone of a test: a database of its own, and the phone around it that outlives the app. */
class Phone(
    val database: File,
    val around: FakeHost = FakeHost(),
) : AutoCloseable {
    constructor(office: Office, name: String) : this(File(office.folder, "$name.db"))

    var session: Session = open()
        private set

    val client get() = session.client

    /** The app ends and is opened again from what is on disk. */
    fun restart() {
        session.close()
        session = open()
    }

    fun sync() = runBlocking { session.sync() }

    /** Enrolled, first sync done. */
    fun enrolled(
        office: Office,
        name: String,
    ): Phone {
        told { client.enrol(office.invite(name), "phone of a test") }
        sync()
        return this
    }

    fun openCase(
        team: String,
        pseudonym: String,
    ): String {
        val contact = listOf(Edit("pseudonym", Value.Text(pseudonym)))
        return told { client.openCase(NewCase(team, CaseKind.Released, false, contact, listOf(), listOf())) }
    }

    /** A visit that is being typed. */
    fun visit(
        case: String,
        vararg fields: Pair<String, String>,
    ): String {
        val draft = told { client.startDraft(Scope.Case(case), Class.FILE, EntryKind.HomeVisit) }
        told { client.typeInto(draft, fields.map { (field, text) -> Edit(field, Value.Text(text)) }) }
        return draft
    }

    override fun close() = session.close()

    private fun open() = runBlocking { Session.open(database, Office.ZONE, around.host) }
}

/** Waits for what another thread does. */
fun eventually(
    what: String,
    holds: () -> Boolean,
) {
    val end = System.nanoTime() + 20_000_000_000
    while (!holds()) {
        check(System.nanoTime() < end) { "never happened: $what" }
        Thread.sleep(10)
    }
}
