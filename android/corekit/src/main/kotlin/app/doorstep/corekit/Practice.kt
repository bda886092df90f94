package app.doorstep.corekit

import app.doorstep.core.HostMarker
import app.doorstep.core.PracticeLanguage
import kotlinx.coroutines.flow.flowOf
import java.io.File

/**
 * Opens what was practised in [folder], or begins: a database of its own with made-up cases, that no server ever
 * hears of. Its key lies beside it, for there is nothing to guard. Who deletes the folder ends the practice.
 */
suspend fun practise(
    folder: File,
    zone: String,
    language: PracticeLanguage,
    camera: Camera,
): Session {
    folder.mkdirs()
    val host = Host(KeyBeside(File(folder, "key")), KeyBeside(File(folder, "secret")), NoMarker, NoNetwork, camera, NoScheduler)
    val session = Session.open(File(folder, "practice.db"), zone, host)
    session.ask { if (!isPractice()) enrolPractice(language) }
    return session
}

private class KeyBeside(
    private val file: File,
) : KeyVault {
    override fun load(): KeptKey = if (file.exists()) KeptKey.Present(file.readBytes()) else KeptKey.Absent

    override fun store(key: ByteArray) = file.writeBytes(key)

    override fun forget() {
        file.delete()
    }
}

/** Nobody mistakes a copy of it for the phone. */
private object NoMarker : MarkerStore {
    override fun load(): HostMarker = HostMarker.Absent

    override fun store(marker: HostMarker) = Unit
}

private object NoNetwork : Network {
    override val isUp = flowOf(false)
}

private object NoScheduler : Scheduler {
    override fun afterSaving() = Unit

    override fun whileCharging() = Unit

    override fun stop() = Unit
}
