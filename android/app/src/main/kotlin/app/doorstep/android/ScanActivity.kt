package app.doorstep.android

import android.Manifest
import android.app.Activity
import android.content.Intent
import android.content.pm.PackageManager
import android.os.Bundle
import android.view.Gravity
import android.view.SurfaceHolder
import android.view.SurfaceView
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.Button
import android.widget.FrameLayout

/**
 * Looks for a QR code and hands its text back. A refused camera, no camera and "type instead" are results of their
 * own: the code can always be typed.
 */
class ScanActivity : Activity() {
    private var camera: QrCamera? = null

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        window.keepSecret(true)
        setContentView(content())
        if (checkSelfPermission(Manifest.permission.CAMERA) != PackageManager.PERMISSION_GRANTED) {
            requestPermissions(arrayOf(Manifest.permission.CAMERA), 0)
        }
    }

    override fun onRequestPermissionsResult(
        requestCode: Int,
        permissions: Array<out String>,
        grantResults: IntArray,
    ) {
        // Empty: the question was taken away, by turning the phone for example, and is asked again.
        if (grantResults.isEmpty()) return
        if (grantResults.all { it == PackageManager.PERMISSION_GRANTED }) start() else finish(REFUSED)
    }

    override fun onDestroy() {
        camera?.close()
        super.onDestroy()
    }

    private val preview by lazy {
        SurfaceView(this).apply {
            contentDescription = getString(R.string.scan_hint)
            holder.addCallback(
                object : SurfaceHolder.Callback {
                    override fun surfaceCreated(holder: SurfaceHolder) = start()

                    override fun surfaceChanged(
                        holder: SurfaceHolder,
                        format: Int,
                        width: Int,
                        height: Int,
                    ) = Unit

                    override fun surfaceDestroyed(holder: SurfaceHolder) = stop()
                },
            )
        }
    }

    private fun content() =
        FrameLayout(this).apply {
            addView(preview, FrameLayout.LayoutParams(MATCH_PARENT, MATCH_PARENT))
            val instead =
                Button(this@ScanActivity).apply {
                    setText(R.string.scan_type_instead)
                    minHeight = (TARGET_DP * resources.displayMetrics.density).toInt()
                    setOnClickListener { finish(CLOSED) }
                }
            addView(instead, FrameLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT, Gravity.BOTTOM))
            setOnApplyWindowInsetsListener { view, insets ->
                @Suppress("DEPRECATION") // Its successor is of API 30.
                view.setPadding(0, insets.systemWindowInsetTop, 0, insets.systemWindowInsetBottom)
                insets
            }
        }

    /** Needs the permission and the surface, which come in either order. */
    private fun start() {
        val surface = preview.holder.surface
        val allowed = checkSelfPermission(Manifest.permission.CAMERA) == PackageManager.PERMISSION_GRANTED
        if (camera != null || !allowed || !surface.isValid) return
        camera = QrCamera(this, surface, onRead = ::read, onMissing = { finish(NO_CAMERA) })
    }

    private fun stop() {
        camera?.close()
        camera = null
    }

    private fun read(text: String) {
        setResult(RESULT_OK, Intent().putExtra(TEXT, text))
        finish()
    }

    private fun finish(result: Int) {
        setResult(result)
        finish()
    }

    companion object {
        /** The extra of a good result: what the code says. */
        const val TEXT = "text"
        const val CLOSED = RESULT_FIRST_USER
        const val REFUSED = RESULT_FIRST_USER + 1
        const val NO_CAMERA = RESULT_FIRST_USER + 2
        private const val TARGET_DP = 56
    }
}
