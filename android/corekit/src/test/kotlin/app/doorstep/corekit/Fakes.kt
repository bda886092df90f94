package app.doorstep.corekit

import app.doorstep.core.HostMarker
import kotlinx.coroutines.flow.MutableStateFlow

/** A vault without hardware. */
class FakeKeyVault : KeyVault {
    @Volatile
    var kept: KeptKey = KeptKey.Absent

    override fun load() = kept

    override fun store(key: ByteArray) {
        kept = KeptKey.Present(key.copyOf())
    }

    override fun forget() {
        kept = KeptKey.Absent
    }
}

/** A marker that stays with the phone. */
class FakeMarkerStore : MarkerStore {
    @Volatile
    var kept: HostMarker = HostMarker.Absent

    override fun load() = kept

    override fun store(marker: HostMarker) {
        kept = marker
    }
}

/** A network that goes and comes as the test says. */
class FakeNetwork(
    isUp: Boolean = true,
) : Network {
    override val isUp = MutableStateFlow(isUp)
}

/** A camera that sees what the test shows it. */
class FakeCamera(
    var scan: Scan = Scan.Cancelled,
    var shot: Shot = Shot.Cancelled,
) : Camera {
    override suspend fun scanCode() = scan

    override suspend fun takePhoto() = shot
}

/** A locator that is where the test says. */
class FakeLocator(
    var spot: Spot = Spot.Unknown,
) : Locator {
    override suspend fun here() = spot
}

/** A scheduler that only notes what was asked. */
class FakeScheduler : Scheduler {
    val asked = mutableListOf<String>()

    override fun afterSaving() {
        asked += "afterSaving"
    }

    override fun whileCharging() {
        asked += "whileCharging"
    }

    override fun stop() {
        asked += "stop"
    }
}

/** A phone of fakes. */
class FakeHost(
    val fakeKeys: FakeKeyVault = FakeKeyVault(),
    val fakeSecret: FakeKeyVault = FakeKeyVault(),
    val fakeMarker: FakeMarkerStore = FakeMarkerStore(),
    val fakeNetwork: FakeNetwork = FakeNetwork(),
    val fakeCamera: FakeCamera = FakeCamera(),
    val fakeScheduler: FakeScheduler = FakeScheduler(),
    val fakeLocator: FakeLocator = FakeLocator(),
) {
    val host = Host(fakeKeys, fakeSecret, fakeMarker, fakeNetwork, fakeCamera, fakeScheduler, fakeLocator)
}
