package app.doorstep.corekit

import java.io.File
import java.nio.file.Files
import java.util.concurrent.TimeUnit

/** Someone at the office. */
data class Member(
    val name: String,
    val roles: List<String>,
    val supervises: Boolean = false,
)

/** A small office: the real server in a process of its own, with one team. Its folder goes with it. */
class Office(
    members: List<Member>,
    private val isPlain: Boolean = false,
) : AutoCloseable {
    val folder: File = scratch()
    private val data = File(folder, "office")
    private val ids: Map<String, String>
    val team: String
    private var serving: Process? = null

    /** Where it listens; stays when it is started again. */
    var address = "127.0.0.1:0"
        private set

    init {
        ids =
            members.associate { member ->
                val roles = member.roles.flatMap { listOf("--role", it) }
                member.name to run(listOf("add-member", member.name) + roles)
            }
        team = run(listOf("add-team", "一队"))
        for (member in members) {
            run(listOf("join-team", team, id(member.name)) + if (member.supervises) listOf("--supervises") else listOf())
        }
        start()
    }

    fun id(name: String): String = checkNotNull(ids[name]) { "no such member: $name" }

    fun start() {
        val plain = if (isPlain) listOf("--plain") else listOf()
        val process =
            command(listOf("serve", "--address", address, "--zone", ZONE) + plain)
                .redirectError(File(folder, "log"))
                .start()
        serving = process
        val said = process.inputStream.bufferedReader().readLine()
        address = checkNotNull(said?.removePrefix("listening on ")) { File(folder, "log").readText() }
    }

    /** Answers where another office did, as an impostor would. */
    fun takePlaceOf(other: Office) {
        stop()
        other.stop()
        address = other.address
        start()
    }

    /** Ends the server without a word, as a power cut does. */
    fun stop() {
        serving?.destroyForcibly()?.waitFor()
        serving = null
    }

    /** A fresh one-time code. */
    fun invite(name: String): String {
        val scheme = if (isPlain) "http" else "https"
        val plain = if (isPlain) listOf("--plain") else listOf()
        val url = listOf("--url", "$scheme://$address", "--address", address)
        val printed = run(listOf("invite", id(name)) + url + plain)
        return printed.lines().first { it.startsWith("DOORSTEP1-") }
    }

    fun assign(
        case: String,
        name: String,
        role: String,
    ) {
        run(listOf("assign", case, id(name), "--role", role))
    }

    /** Makes somebody supervisor of the team. */
    fun promote(name: String) {
        run(listOf("join-team", team, id(name), "--supervises"))
    }

    /** Confirms that a phone which lost its key may have it, by what the person read out. */
    fun recover(
        phone: String,
        code: String,
    ) {
        run(listOf("recover", phone, code))
    }

    /** The phones that are enrolled, by identifier. */
    fun phones() = run(listOf("list")).lines().filter { it.startsWith("phone ") }.map { it.split(Regex(" +"))[1] }

    override fun close() {
        stop()
        folder.deleteRecursively()
    }

    private fun run(arguments: List<String>): String {
        val errors = File(folder, "errors")
        val process = command(arguments).redirectError(errors).start()
        val printed = process.inputStream.bufferedReader().readText().trim()
        check(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) { "$arguments: ${errors.readText()}" }
        return printed
    }

    private fun command(arguments: List<String>): ProcessBuilder {
        val command = ProcessBuilder(listOf(program) + arguments)
        val environment = command.environment()
        environment.keys.removeIf { it.startsWith("DOORSTEP_") }
        environment["DOORSTEP_DATA"] = data.path
        environment["DOORSTEP_MASTER_KEY"] = "5a".repeat(32)
        return command
    }

    companion object {
        const val ZONE = "Asia/Shanghai"

        private val program: String =
            System.getenv("DOORSTEP_BIN") ?: File(System.getProperty("jna.library.path"), "doorstep").path

        /** In memory where the machine has room there. */
        fun scratch(): File {
            val memory = File("/dev/shm")
            val parent = if (memory.isDirectory) memory else File(System.getProperty("java.io.tmpdir"))
            return Files.createTempDirectory(parent.toPath(), "doorstep").toFile()
        }
    }
}
