package app.doorstep.android

import android.Manifest
import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import androidx.activity.ComponentActivity
import androidx.activity.result.contract.ActivityResultContracts

/**
 * Whether the one notification may be shown: asked once, when the member stands inside for the first time and can
 * tell what it is for. Whoever says no finds the same on the first screen.
 */
class ReminderPermission(
    private val activity: ComponentActivity,
) {
    private val asking = activity.registerForActivityResult(ActivityResultContracts.RequestPermission()) {}

    fun askOnce() {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU) return
        val kept = activity.getSharedPreferences("preferences", Context.MODE_PRIVATE)
        val isAllowed = activity.checkSelfPermission(PERMISSION) == PackageManager.PERMISSION_GRANTED
        if (isAllowed || kept.getBoolean(ASKED, false)) return
        kept.edit().putBoolean(ASKED, true).apply()
        asking.launch(PERMISSION)
    }

    private companion object {
        const val PERMISSION = Manifest.permission.POST_NOTIFICATIONS
        const val ASKED = "asked_for_reminders"
    }
}
