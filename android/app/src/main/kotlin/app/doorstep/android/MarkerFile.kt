package app.doorstep.android

import android.content.Context
import android.os.UserManager
import android.util.AtomicFile
import java.io.File
import java.io.FileNotFoundException
import java.io.IOException

/** What is known of the incarnation marker. */
sealed interface Kept {
    /** It is [bytes]. */
    class Present(
        val bytes: ByteArray,
    ) : Kept

    /** There is none: a new phone, or a database that came from elsewhere. */
    data object Absent : Kept

    /** It cannot be read now. Not the same as absent: taking it for that would make a new phone of this one. */
    data object Unreadable : Kept
}

/**
 * The incarnation marker, outside every backup, so that a restored or copied database meets no marker of its own.
 * Its folder is encrypted until the first unlock after a start; until then nothing can be said of it.
 */
class MarkerFile(
    private val context: Context,
) {
    private val file get() = AtomicFile(File(context.noBackupFilesDir, "incarnation"))

    fun read(): Kept {
        val users = context.getSystemService(UserManager::class.java)
        if (users == null || !users.isUserUnlocked) return Kept.Unreadable
        return try {
            val bytes = file.readFully()
            // A marker of another length is nobody's: a new incarnation is always safe, a wrong one never.
            if (bytes.size == LENGTH) Kept.Present(bytes) else Kept.Absent
        } catch (_: FileNotFoundException) {
            if (file.baseFile.exists()) Kept.Unreadable else Kept.Absent
        } catch (_: IOException) {
            Kept.Unreadable
        }
    }

    /** Keeps [bytes]; after a crash the file holds the old or the new marker, never half of one. */
    fun write(bytes: ByteArray) {
        require(bytes.size == LENGTH)
        val stream = file.startWrite()
        try {
            stream.write(bytes)
            file.finishWrite(stream)
        } catch (error: IOException) {
            file.failWrite(stream)
            throw error
        }
    }

    private companion object {
        const val LENGTH = 16
    }
}
