package app.doorstep.android

import android.Manifest
import android.annotation.SuppressLint
import android.content.pm.PackageManager
import android.location.Location
import android.location.LocationListener
import android.location.LocationManager
import android.os.Build
import android.os.CancellationSignal
import android.os.Looper
import androidx.activity.ComponentActivity
import androidx.activity.result.ActivityResultLauncher
import androidx.activity.result.contract.ActivityResultContracts
import app.doorstep.corekit.Locator
import app.doorstep.corekit.Spot
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.coroutines.resume

/** Where the phone is, asked of the system once for each touch; of the coarse kind only. Lives as long as its activity. */
class PhoneLocator(
    private val activity: ComponentActivity,
    private val sdk: Int = Build.VERSION.SDK_INT,
) : Locator {
    private var asking: CompletableDeferred<Boolean>? = null

    // Must be registered before the activity starts, whether it is used or not.
    private val permission: ActivityResultLauncher<String> =
        activity.registerForActivityResult(ActivityResultContracts.RequestPermission()) { asking?.complete(it) }

    override suspend fun here(): Spot {
        if (!isAllowed()) return Spot.NoPermission
        val manager = activity.getSystemService(LocationManager::class.java) ?: return Spot.Unknown
        val enabled = manager.getProviders(true)
        // What may be asked with the coarse permission.
        val provider = listOf("fused", LocationManager.NETWORK_PROVIDER).firstOrNull { it in enabled } ?: return Spot.Unknown
        val place = withTimeoutOrNull(WAIT_MS) { ask(manager, provider) } ?: return Spot.Unknown
        return Spot.Found(place.latitude, place.longitude)
    }

    /** Answers whoever waits; to be called when the activity ends. */
    fun end() {
        asking?.complete(false)
    }

    private suspend fun isAllowed(): Boolean {
        val wanted = Manifest.permission.ACCESS_COARSE_LOCATION
        if (activity.checkSelfPermission(wanted) == PackageManager.PERMISSION_GRANTED) return true
        val answer = CompletableDeferred<Boolean>().also { asking = it }
        permission.launch(wanted)
        return answer.await()
    }

    // Asked for just before.
    @SuppressLint("MissingPermission")
    private suspend fun ask(
        manager: LocationManager,
        provider: String,
    ): Location? =
        suspendCancellableCoroutine { waiting ->
            if (sdk >= Build.VERSION_CODES.R) {
                val cancel = CancellationSignal()
                waiting.invokeOnCancellation { cancel.cancel() }
                manager.getCurrentLocation(provider, cancel, activity.mainExecutor) { if (waiting.isActive) waiting.resume(it) }
            } else {
                val listener = LocationListener { if (waiting.isActive) waiting.resume(it) }
                waiting.invokeOnCancellation { manager.removeUpdates(listener) }
                @Suppress("DEPRECATION")
                manager.requestSingleUpdate(provider, listener, Looper.getMainLooper())
            }
        }

    private companion object {
        /** At the door nobody waits longer. */
        const val WAIT_MS = 15_000L
    }
}
