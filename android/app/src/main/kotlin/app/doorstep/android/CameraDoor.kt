package app.doorstep.android

import app.doorstep.corekit.Camera
import app.doorstep.corekit.Scan
import app.doorstep.corekit.Shot

/** A camera that comes and goes with the activity. */
class CameraDoor : Camera {
    /** Set while an activity lives. */
    var open: Camera? = null

    override suspend fun scanCode(): Scan = open?.scanCode() ?: Scan.Cancelled

    override suspend fun takePhoto(): Shot = open?.takePhoto() ?: Shot.Cancelled
}
