package app.doorstep.desktop

import app.doorstep.core.HostMarker
import app.doorstep.corekit.Camera
import app.doorstep.corekit.Host
import app.doorstep.corekit.KeptKey
import app.doorstep.corekit.KeyVault
import app.doorstep.corekit.MarkerStore
import app.doorstep.corekit.Network
import app.doorstep.corekit.Scan
import app.doorstep.corekit.Scheduler
import app.doorstep.corekit.Shot
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.withContext
import java.awt.FileDialog
import java.awt.Frame
import java.io.File
import java.nio.file.Files
import java.nio.file.StandardCopyOption
import java.nio.file.attribute.PosixFilePermissions

/** What a laptop lends: no keystore, and a file where a phone has a camera: it is for trying the app, not for records. */
fun laptop(folder: File): Host =
    Host(
        KeyFile(File(folder, "key")),
        KeyFile(File(folder, "secret")),
        MarkerInFile(File(folder, "marker")),
        object : Network {
            override val isUp = flowOf(true)
        },
        object : Camera {
            override suspend fun scanCode(): Scan = Scan.Cancelled

            override suspend fun takePhoto(): Shot = chooseFile()?.let { Shot.Photo(it.readBytes()) } ?: Shot.Cancelled
        },
        object : Scheduler {
            override fun afterSaving() = Unit

            override fun whileCharging() = Unit

            override fun stop() = Unit
        },
    )

private suspend fun chooseFile(): File? =
    withContext(Dispatchers.IO) {
        val dialog = FileDialog(null as Frame?).apply { isVisible = true }
        dialog.files.firstOrNull()
    }

/** A key in a file that only its owner reads. */
private class KeyFile(
    private val file: File,
) : KeyVault {
    override fun load(): KeptKey = if (file.exists()) KeptKey.Present(file.readBytes()) else KeptKey.Absent

    override fun store(key: ByteArray) = put(file, key)

    override fun forget() {
        file.delete()
    }
}

private class MarkerInFile(
    private val file: File,
) : MarkerStore {
    override fun load(): HostMarker = if (file.exists()) HostMarker.Kept(file.readBytes()) else HostMarker.Absent

    override fun store(marker: HostMarker) {
        if (marker is HostMarker.Kept) put(file, marker.incarnation)
    }
}

/** Whole or not at all. */
private fun put(
    file: File,
    bytes: ByteArray,
) {
    val owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    val new = Files.createTempFile(file.parentFile.toPath(), file.name, null, owner)
    Files.write(new, bytes)
    Files.move(new, file.toPath(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING)
}
