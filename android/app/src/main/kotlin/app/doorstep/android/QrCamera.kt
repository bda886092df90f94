package app.doorstep.android

import android.annotation.SuppressLint
import android.content.Context
import android.graphics.ImageFormat
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraManager
import android.hardware.camera2.CaptureRequest
import android.media.ImageReader
import android.os.Handler
import android.os.HandlerThread
import android.os.Looper
import android.view.Surface

/**
 * The back camera, showing on [preview] and looking for a QR code until closed. [onRead] and [onMissing] are called
 * once at most, on the main thread. The permission must have been given.
 */
class QrCamera(
    context: Context,
    private val preview: Surface,
    private val onRead: (String) -> Unit,
    private val onMissing: () -> Unit,
) : AutoCloseable {
    private val cameras = checkNotNull(context.getSystemService(CameraManager::class.java))
    private val main = Handler(Looper.getMainLooper())
    private val thread = HandlerThread("qr").apply { start() }
    private val worker = Handler(thread.looper)
    private val pictures = ImageReader.newInstance(WIDTH, HEIGHT, ImageFormat.YUV_420_888, 2)
    private val decoder = QrDecoder()
    private var device: CameraDevice? = null
    private var done = false

    init {
        pictures.setOnImageAvailableListener({ look() }, worker)
        try {
            open(backCamera())
        } catch (_: CameraAccessException) {
            missing()
        } catch (_: SecurityException) {
            missing()
        }
    }

    override fun close() {
        done = true
        worker.post {
            device?.close()
            pictures.close()
            thread.quitSafely()
        }
    }

    private fun backCamera(): String? =
        cameras.cameraIdList.firstOrNull {
            cameras.getCameraCharacteristics(it)[CameraCharacteristics.LENS_FACING] == CameraCharacteristics.LENS_FACING_BACK
        }

    @SuppressLint("MissingPermission") // The activity asks first; without it there is a SecurityException.
    private fun open(id: String?) {
        if (id == null) return missing()
        val opened =
            object : CameraDevice.StateCallback() {
                override fun onOpened(camera: CameraDevice) {
                    device = camera
                    show(camera)
                }

                override fun onDisconnected(camera: CameraDevice) = onError(camera, 0)

                override fun onError(
                    camera: CameraDevice,
                    error: Int,
                ) {
                    camera.close()
                    missing()
                }
            }
        cameras.openCamera(id, opened, worker)
    }

    private fun show(camera: CameraDevice) {
        val configured =
            object : CameraCaptureSession.StateCallback() {
                override fun onConfigured(session: CameraCaptureSession) {
                    val request =
                        camera.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW).apply {
                            addTarget(preview)
                            addTarget(pictures.surface)
                            set(CaptureRequest.CONTROL_AF_MODE, CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE)
                        }
                    if (!done) session.setRepeatingRequest(request.build(), null, worker)
                }

                override fun onConfigureFailed(session: CameraCaptureSession) = missing()
            }
        @Suppress("DEPRECATION") // Its successor is of API 28.
        camera.createCaptureSession(listOf(preview, pictures.surface), configured, worker)
    }

    private fun look() {
        val picture = pictures.acquireLatestImage() ?: return
        val text =
            picture.use {
                val plane = it.planes[0]
                decoder.decode(plane.buffer, it.width, it.height, plane.rowStride)
            }
        if (text != null) once { onRead(text) }
    }

    private fun missing() = once(onMissing)

    private fun once(then: () -> Unit) {
        main.post {
            if (!done) {
                done = true
                then()
            }
        }
    }

    private companion object {
        const val WIDTH = 1280
        const val HEIGHT = 720
    }
}
