package app.doorstep.corekit

import app.doorstep.core.Class
import app.doorstep.core.Client
import app.doorstep.core.Edit
import app.doorstep.core.EntryKind
import app.doorstep.core.HostMarker
import app.doorstep.core.Opening
import app.doorstep.core.Scope
import app.doorstep.core.Value
import app.doorstep.core.generateKey

/** Started by the bench: prints how long opening and the first list took, and a save in the middle; in ms. */
object Bench {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val (path, key, marker, case, visits) = arguments
        // Loads the library, which an app does before anybody types a PIN.
        generateKey()

        val begun = System.nanoTime()
        val client = Client.open(Opening(path, key.bytes(), HostMarker.Kept(marker.bytes()), Office.ZONE))
        client.today()
        println((System.nanoTime() - begun) / 1e6)

        val saves =
            List(visits.toInt()) {
                val draft = client.startDraft(Scope.Case(case), Class.FILE, EntryKind.HomeVisit)
                val narrative = "到访时母亲在家。".repeat(50)
                client.typeInto(draft, listOf(Edit("outcome", Value.Text("met")), Edit("narrative", Value.Text(narrative))))
                val started = System.nanoTime()
                client.saveLater(draft)
                (System.nanoTime() - started) / 1e6
            }
        println(saves.sorted()[saves.size / 2])
    }
}

/** Reads what is written in hexadecimal digits. */
fun String.bytes() = chunked(2).map { it.toInt(16).toByte() }.toByteArray()
