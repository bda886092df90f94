package app.doorstep.android

import android.content.Context
import android.os.UserManager
import android.util.AtomicFile
import app.doorstep.core.HostMarker
import app.doorstep.corekit.MarkerStore
import java.io.File
import java.io.FileNotFoundException
import java.io.IOException

/**
 * The incarnation marker, outside every backup, so that a restored or copied database meets no marker of its own.
 * Its folder is encrypted until the first unlock after a start; until then nothing can be said of it.
 */
class MarkerFile(
    context: Context,
) : MarkerStore {
    private val file = AtomicFile(File(context.noBackupFilesDir, "incarnation"))
    private val users = context.getSystemService(UserManager::class.java)

    override fun load(): HostMarker {
        if (users?.isUserUnlocked != true) return HostMarker.Unreadable
        return try {
            val bytes = file.readFully()
            // A marker of another length is nobody's. A new incarnation is always safe, a wrong one never.
            if (bytes.size == LENGTH) HostMarker.Kept(bytes) else HostMarker.Absent
        } catch (_: FileNotFoundException) {
            if (file.baseFile.exists()) HostMarker.Unreadable else HostMarker.Absent
        } catch (_: IOException) {
            HostMarker.Unreadable
        }
    }

    override fun store(marker: HostMarker) {
        if (marker is HostMarker.Kept) file.replace(marker.incarnation)
    }

    private companion object {
        const val LENGTH = 16
    }
}
