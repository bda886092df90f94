package app.doorstep.corekit

import app.doorstep.core.Client
import app.doorstep.core.ClientException
import app.doorstep.core.HostMarker
import app.doorstep.core.Opening
import app.doorstep.core.Stop
import app.doorstep.core.generateKey
import com.sun.net.httpserver.HttpServer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import java.io.File
import java.net.InetSocketAddress

/** Every way in which a verb can fail is reached for real, and arrives as what it is. */
class FailureTest {
    /** One provocation at least for each variant of the core's error, by its name. */
    private val provoked: Map<String, (Office) -> Map<String, () -> Unit>> =
        mapOf(
            "Offline" to ::offline,
            "SignInNeeded" to ::signInNeeded,
            "Locked" to ::locked,
            "NotAllowed" to ::notAllowed,
            "NotFound" to ::notFound,
            "Invalid" to ::invalid,
            "Storage" to ::storage,
            "Unexpected" to ::unexpected,
        )

    @Test
    fun `every variant of the error is provoked by a test`() {
        val variants = ClientException::class.java.permittedSubclasses.map { it.simpleName }.toSet()
        assertEquals(variants, provoked.keys)
    }

    @Test
    fun `each failure arrives with its stable key`() {
        Office(listOf(Member("林晓", listOf("worker")), Member("马老师", listOf("mentor"))), isPlain = true).use { office ->
            // What stops the server comes last.
            for ((variant, provoke) in provoked.entries.sortedBy { it.key in setOf("Offline", "Unexpected") }) {
                for ((key, verb) in provoke(office)) {
                    val error = assertThrows(ClientException::class.java, verb, "$variant: $key")
                    assertEquals(variant, error.javaClass.simpleName)
                    assertEquals(key, failureOf(error).key)
                }
            }
        }
    }

    private fun offline(office: Office): Map<String, () -> Unit> {
        val phone = Phone(File(office.folder, "offline.db")).enrolled(office, "林晓")
        office.stop()
        return mapOf("offline" to { Stop().use { phone.client.syncNow(it) } })
    }

    private fun signInNeeded(office: Office): Map<String, () -> Unit> {
        val phone = Phone(File(office.folder, "new.db"))
        return mapOf(
            "sign_in_needed.never_synced" to { phone.client.today() },
            "sign_in_needed.not_enrolled" to { Stop().use { phone.client.syncNow(it) } },
        )
    }

    private fun locked(office: Office): Map<String, () -> Unit> =
        mapOf("locked" to { open(File(office.folder, "locked.db"), null) })

    private fun notAllowed(office: Office): Map<String, () -> Unit> {
        val mentor = Phone(office, "马老师").enrolled(office, "马老师")
        return mapOf(
            "not_allowed.role" to { verb { mentor.openCase(office.team, "小川") } },
            "not_allowed.not_assigned" to { verb { mentor.visit("01890000-0000-7000-8000-000000000000") } },
        )
    }

    private fun notFound(office: Office): Map<String, () -> Unit> {
        val phone = Phone(File(office.folder, "empty.db"))
        return mapOf("not_found" to { phone.client.entry("01890000-0000-7000-8000-000000000000") })
    }

    private fun invalid(office: Office): Map<String, () -> Unit> {
        val phone = Phone(File(office.folder, "invalid.db"))
        val code = office.invite("林晓")
        val mistyped = code.dropLast(1) + if (code.endsWith("A")) "B" else "A"
        return mapOf(
            "invalid.id.form" to { phone.client.entry("小川") },
            "invalid.heads.form" to { phone.client.entryAt("01890000-0000-7000-8000-000000000000", "xyz") },
            "invalid.pin.length" to { phone.client.setPin("12", ByteArray(32)) },
            "invalid.secret.length" to { phone.client.setPin("2580", ByteArray(31)) },
            "invalid.code.not_a_code" to { phone.client.enrol("WIFI:S:office;;", "phone") },
            "invalid.code.mistyped" to { phone.client.enrol(mistyped, "phone") },
            "invalid.key.length" to { open(File(office.folder, "short.db"), ByteArray(5)) },
            "invalid.zone.unknown" to {
                Client.open(Opening(File(office.folder, "zone.db").path, generateKey(), HostMarker.Absent, "Nowhere"))
            },
        )
    }

    private fun storage(office: Office): Map<String, () -> Unit> {
        val phone = Phone(File(office.folder, "sealed.db"))
        phone.close()
        return mapOf("storage.wrong_key" to { open(phone.database, generateKey()) })
    }

    /** Something that is no server of ours answers at the address. */
    private fun unexpected(office: Office): Map<String, () -> Unit> {
        office.start()
        val phone = Phone(File(office.folder, "garbled.db")).enrolled(office, "林晓")
        office.stop()
        val (host, port) = office.address.split(":")
        val impostor = HttpServer.create(InetSocketAddress(host, port.toInt()), 0)
        impostor.createContext("/") { exchange ->
            exchange.sendResponseHeaders(200, 5)
            exchange.responseBody.use { it.write("hello".toByteArray()) }
        }
        impostor.start()
        return mapOf(
            "unexpected.garbled" to {
                try {
                    Stop().use { phone.client.syncNow(it) }
                } finally {
                    impostor.stop(0)
                }
            },
        )
    }

    private fun open(
        database: File,
        key: ByteArray?,
    ) {
        Client.open(Opening(database.path, key, HostMarker.Absent, Office.ZONE)).close()
    }

    /** What a helper of the tests has turned into a failure, as the core's own error again. */
    private fun verb(work: () -> Unit) {
        try {
            work()
        } catch (failure: Failure.NotAllowed) {
            throw ClientException.NotAllowed(failure.code)
        }
    }
}
