package app.doorstep.android

import app.doorstep.corekit.Locator
import app.doorstep.corekit.Spot

/** A locator that comes and goes with the activity. */
class LocatorDoor : Locator {
    /** Set while an activity lives. */
    var open: Locator? = null

    override suspend fun here(): Spot = open?.here() ?: Spot.Unknown
}
