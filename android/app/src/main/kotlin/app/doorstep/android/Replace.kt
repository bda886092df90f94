package app.doorstep.android

import android.util.AtomicFile
import app.doorstep.corekit.Failure
import java.io.IOException

/** Writes [bytes] durably: after a crash the file holds all of the old or all of the new. */
internal fun AtomicFile.replace(bytes: ByteArray) {
    try {
        val stream = startWrite()
        try {
            stream.write(bytes)
            finishWrite(stream)
        } catch (error: IOException) {
            failWrite(stream)
            throw error
        }
    } catch (_: IOException) {
        throw Failure.Storage("no_room")
    }
}
