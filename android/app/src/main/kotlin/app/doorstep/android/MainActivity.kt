package app.doorstep.android

import android.os.Bundle
import android.os.Handler
import android.os.Looper
import android.os.SystemClock
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.lifecycle.lifecycleScope
import app.doorstep.ui.door.DoorState
import app.doorstep.ui.phone.PhoneApp
import kotlinx.coroutines.launch

/** The one window: what surrounds the screens, and nothing of what is on them. */
class MainActivity : ComponentActivity() {
    private val app get() = application as DoorstepApplication
    private val timer = Handler(Looper.getMainLooper())
    private val autoLock = AutoLock(LOCK_AFTER_MS, SystemClock::elapsedRealtime, { app.lock() })
    private lateinit var camera: PhoneCamera
    private lateinit var locator: PhoneLocator
    private val reminding = ReminderPermission(this)

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        // Before the first frame; practice is known only once a phone is open.
        hide(true)
        lifecycleScope.launch { app.door.state.collect { follow(it) } }
        camera = PhoneCamera(this, PhotoFiles(this))
        app.camera.open = camera
        locator = PhoneLocator(this)
        app.locator.open = locator
        setContent { PhoneApp(app.door, AndroidShell(this)) }
    }

    override fun onStart() {
        super.onStart()
        app.reminders.clear()
        watchTheClock()
    }

    override fun onStop() {
        timer.removeCallbacksAndMessages(null)
        super.onStop()
    }

    override fun onUserInteraction() {
        autoLock.touched()
    }

    override fun onDestroy() {
        camera.end()
        if (app.camera.open === camera) app.camera.open = null
        locator.end()
        if (app.locator.open === locator) app.locator.open = null
        super.onDestroy()
    }

    private fun follow(state: DoorState) {
        hide(state != DoorState.Inside(isPractice = true))
        if (state == DoorState.Inside()) reminding.askOnce()
    }

    private fun hide(secret: Boolean) {
        window.keepSecret(secret)
        keepOutOfSwitcher(secret)
    }

    /** Asks at the moment when it will be time, if nobody touches the phone until then. */
    private fun watchTheClock() {
        autoLock.check()
        timer.postDelayed(::watchTheClock, autoLock.leftMs.coerceAtLeast(SHORTEST_WAIT_MS))
    }

    private companion object {
        const val LOCK_AFTER_MS = 5 * 60 * 1000L
        const val SHORTEST_WAIT_MS = 1_000L
    }
}
