package app.doorstep.android

import com.google.zxing.BarcodeFormat
import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.PlanarYUVLuminanceSource
import com.google.zxing.ReaderException
import com.google.zxing.common.HybridBinarizer
import com.google.zxing.qrcode.QRCodeReader
import java.nio.ByteBuffer

/** Reads a QR code from the brightness of a camera's picture. */
class QrDecoder {
    private val reader = QRCodeReader()

    /** The code's text; none if there is no code in it. Rows lie [rowStride] bytes apart, the last may be short. */
    fun decode(
        brightness: ByteBuffer,
        width: Int,
        height: Int,
        rowStride: Int,
    ): String? {
        val bytes = ByteArray(rowStride * height)
        brightness.get(bytes, 0, minOf(brightness.remaining(), bytes.size))
        val source = PlanarYUVLuminanceSource(bytes, rowStride, height, 0, 0, width, height, false)
        return try {
            reader.decode(BinaryBitmap(HybridBinarizer(source)), HINTS).text
        } catch (_: ReaderException) {
            null
        } finally {
            reader.reset()
        }
    }

    private companion object {
        val HINTS =
            mapOf(
                DecodeHintType.POSSIBLE_FORMATS to listOf(BarcodeFormat.QR_CODE),
                DecodeHintType.CHARACTER_SET to "UTF-8",
            )
    }
}
