package app.doorstep.android

import android.Manifest
import android.location.Location
import android.location.LocationManager
import android.os.Looper
import android.os.SystemClock
import app.doorstep.corekit.Spot
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

@RunWith(RobolectricTestRunner::class)
class PhoneLocatorTest {
    private val phone = RuntimeEnvironment.getApplication() as DoorstepApplication
    private val running = Robolectric.buildActivity(MainActivity::class.java).setup()
    private val manager = phone.getSystemService(LocationManager::class.java)
    private val main = CoroutineScope(Dispatchers.Unconfined)

    private fun allow() = shadowOf(phone).grantPermissions(Manifest.permission.ACCESS_COARSE_LOCATION)

    private fun idle() = shadowOf(Looper.getMainLooper()).idle()

    private fun <T> Deferred<T>.settled(): T {
        idle()
        check(isCompleted) { "nobody answered" }
        return getCompleted()
    }

    private fun somewhere() =
        Location(LocationManager.NETWORK_PROVIDER).apply {
            latitude = 31.230416
            longitude = 121.473701
            accuracy = 900f
            time = System.currentTimeMillis()
            elapsedRealtimeNanos = SystemClock.elapsedRealtimeNanos()
        }

    @Test
    fun one_touch_asks_once_and_nothing_listens_afterwards() {
        allow()
        shadowOf(manager).setProviderEnabled(LocationManager.NETWORK_PROVIDER, true)
        val spot = main.async { phone.locator.here() }
        idle()
        shadowOf(manager).simulateLocation(somewhere())
        val found = spot.settled() as Spot.Found
        assertEquals(31.230416, found.latitude, 0.0)
        assertEquals(121.473701, found.longitude, 0.0)
        assertEquals(0, shadowOf(manager).locationUpdateListeners.size)
    }

    @Test
    fun a_phone_without_its_location_turned_on_says_so_at_once() {
        allow()
        shadowOf(manager).setProviderEnabled(LocationManager.NETWORK_PROVIDER, false)
        assertEquals(Spot.Unknown, main.async { phone.locator.here() }.settled())
    }

    @Test
    fun whoever_does_not_allow_it_is_not_located_and_neither_is_a_phone_without_an_open_screen() {
        val spot = main.async { phone.locator.here() }
        running.pause().stop().destroy()
        assertEquals(Spot.NoPermission, spot.settled())
        assertEquals(Spot.Unknown, main.async { phone.locator.here() }.settled())
    }
}
