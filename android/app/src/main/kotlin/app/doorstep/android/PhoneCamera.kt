package app.doorstep.android

import android.Manifest
import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.ClipData
import android.content.Intent
import android.content.pm.PackageManager
import android.provider.MediaStore
import androidx.activity.ComponentActivity
import androidx.activity.result.ActivityResult
import androidx.activity.result.ActivityResultLauncher
import androidx.activity.result.contract.ActivityResultContracts
import app.doorstep.corekit.Camera
import app.doorstep.corekit.Scan
import app.doorstep.corekit.Shot
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.io.File

/**
 * The camera as the screens ask for it: our own scanner for codes, the phone's camera app for photos. Lives as long
 * as its activity; whoever waits when that ends is told "cancelled".
 */
class PhoneCamera(
    private val activity: ComponentActivity,
    private val files: PhotoFiles,
) : Camera {
    private var waiting: CompletableDeferred<ActivityResult>? = null
    private var asking: CompletableDeferred<Boolean>? = null

    // Both must be registered before the activity starts, whether they are used or not.
    private val results: ActivityResultLauncher<Intent> =
        activity.registerForActivityResult(ActivityResultContracts.StartActivityForResult()) { waiting?.complete(it) }
    private val permission: ActivityResultLauncher<String> =
        activity.registerForActivityResult(ActivityResultContracts.RequestPermission()) { asking?.complete(it) }

    override suspend fun scanCode(): Scan {
        // The scanner asks for the permission itself.
        val result = launch(Intent(activity, ScanActivity::class.java))
        return when (result?.resultCode) {
            Activity.RESULT_OK -> Scan.Code(result.data?.getStringExtra(ScanActivity.TEXT).orEmpty())

            // A phone without a camera is answered like one that may not: type the code.
            ScanActivity.REFUSED, ScanActivity.NO_CAMERA -> Scan.NoPermission

            else -> Scan.Cancelled
        }
    }

    override suspend fun takePhoto(): Shot {
        // An app that declares the permission may not even ask another app for a photo without it.
        if (!isAllowed()) return Shot.NoPermission
        val file = withContext(Dispatchers.IO) { files.create() }
        try {
            val result = launch(photoIntent(file))
            if (result?.resultCode != Activity.RESULT_OK) return Shot.Cancelled
            val bytes = withContext(Dispatchers.IO) { file.readBytes() }
            return if (bytes.isEmpty()) Shot.Cancelled else Shot.Photo(bytes)
        } finally {
            file.delete()
        }
    }

    /** Answers whoever waits; to be called when the activity ends. */
    fun end() {
        waiting?.complete(ActivityResult(Activity.RESULT_CANCELED, null))
        asking?.complete(false)
    }

    private suspend fun isAllowed(): Boolean {
        if (activity.checkSelfPermission(Manifest.permission.CAMERA) == PackageManager.PERMISSION_GRANTED) return true
        val answer = CompletableDeferred<Boolean>().also { asking = it }
        permission.launch(Manifest.permission.CAMERA)
        return answer.await()
    }

    private suspend fun launch(intent: Intent): ActivityResult? {
        val answer = CompletableDeferred<ActivityResult>().also { waiting = it }
        try {
            results.launch(intent)
        } catch (_: ActivityNotFoundException) {
            return null
        }
        return answer.await()
    }

    private fun photoIntent(file: File): Intent {
        val address = files.address(file)
        return Intent(MediaStore.ACTION_IMAGE_CAPTURE)
            .putExtra(MediaStore.EXTRA_OUTPUT, address)
            .addFlags(Intent.FLAG_GRANT_WRITE_URI_PERMISSION)
            .apply { clipData = ClipData.newRawUri(null, address) }
    }
}
