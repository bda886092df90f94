package app.doorstep.android

import android.app.Activity
import android.os.Build
import android.view.Window
import android.view.WindowManager.LayoutParams.FLAG_SECURE

/** No screenshot, no cast, no picture in the app switcher. Practice mode has nothing to hide and may be shown. */
fun Window.keepSecret(secret: Boolean) {
    if (secret) addFlags(FLAG_SECURE) else clearFlags(FLAG_SECURE)
}

/** The app switcher's own picture, which some phones take in spite of the window's flag. */
fun Activity.keepOutOfSwitcher(secret: Boolean) {
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) setRecentsScreenshotEnabled(!secret)
}
