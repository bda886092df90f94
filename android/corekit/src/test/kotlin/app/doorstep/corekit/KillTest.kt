package app.doorstep.corekit

import app.doorstep.core.Edit
import app.doorstep.core.HostMarker
import app.doorstep.core.Value
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File
import java.util.concurrent.TimeUnit

/** The app dies while somebody types: a process of its own, ended without warning. */
class KillTest {
    @Test
    fun `a process killed while typing loses nothing that a pause had kept`() {
        Office(listOf(Member("林晓", listOf("worker")), Member("周敏", listOf("supervisor"), supervises = true))).use { office ->
            val phone = Phone(office, "林晓").enrolled(office, "林晓")
            val case = phone.openCase(office.team, "小川")
            val draft = phone.visit(case, "outcome" to "met")
            phone.close()

            val kept = typeUntilKilled(phone, draft, pauses = 25)
            phone.restart()
            val typed = (phone.client.draft(draft).fields["narrative"] as Value.Text).text
            assertTrue(typed.length >= kept, "typed $kept characters, found ${typed.length}")

            // And the work goes its way: saved, synced, approved by somebody else.
            val doc = phone.client.saveDone(draft)
            phone.sync()
            val supervisor = Phone(office, "周敏").enrolled(office, "周敏")
            assertEquals(Value.Text(typed), supervisor.client.entry(doc).fields["narrative"])
            supervisor.close()
            phone.close()
        }
    }

    /** How many characters were acknowledged when the process died. */
    private fun typeUntilKilled(
        phone: Phone,
        draft: String,
        pauses: Int,
    ): Int {
        val key = (phone.around.fakeKeys.kept as KeptKey.Present).bytes
        val marker = (phone.around.fakeMarker.kept as HostMarker.Kept).incarnation
        val java = ProcessHandle.current().info().command().orElse("java")
        val classes = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
        val child =
            ProcessBuilder(
                listOf(java, "-cp", classes, "-Djna.library.path=${System.getProperty("jna.library.path")}", Typist::class.java.name) +
                    listOf(phone.database.path, key.hex(), marker.hex(), draft),
            ).redirectError(File(phone.database.parentFile, "typist.log")).start()
        val said = child.inputStream.bufferedReader()
        var kept = 0
        repeat(pauses) {
            val line = said.readLine() ?: error(File(phone.database.parentFile, "typist.log").readText())
            kept = line.toInt()
        }
        child.destroyForcibly()
        assertTrue(child.waitFor(20, TimeUnit.SECONDS))
        return kept
    }

    private fun ByteArray.hex() = joinToString("") { "%02x".format(it) }
}

/** Types into a draft until the process is killed; says after every pause how much was kept. */
object Typist {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val (path, key, marker, draft) = arguments
        val around = FakeHost()
        around.fakeKeys.store(key.bytes())
        around.fakeMarker.store(HostMarker.Kept(marker.bytes()))
        val client = Phone(File(path), around).client
        var text = ""
        while (true) {
            text += "写"
            told { client.typeInto(draft, listOf(Edit("narrative", Value.Text(text)))) }
            println(text.length)
        }
    }
}
