package app.doorstep.android

import com.google.zxing.BarcodeFormat
import com.google.zxing.EncodeHintType
import com.google.zxing.qrcode.QRCodeWriter
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test
import java.nio.ByteBuffer

class QrDecoderTest {
    private val decoder = QrDecoder()

    /** The code as a camera shows it, with rows [stride] apart and a short last row. */
    private fun picture(
        text: String,
        stride: Int,
    ): ByteBuffer {
        val code = QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, SIDE, SIDE, mapOf(EncodeHintType.CHARACTER_SET to "UTF-8"))
        val bytes =
            ByteArray(stride * (SIDE - 1) + SIDE) { index ->
                val x = index % stride
                if (x < SIDE && code[x, index / stride]) 0 else -1
            }
        return ByteBuffer.wrap(bytes)
    }

    @Test
    fun an_enrolment_code_is_read() {
        val text = "doorstep:1:https%3A%2F%2Foffice.example:AAECAwQ"
        assertEquals(text, decoder.decode(picture(text, SIDE), SIDE, SIDE, SIDE))
    }

    @Test
    fun rows_with_padding_are_read() = assertEquals("走访", decoder.decode(picture("走访", SIDE + 37), SIDE, SIDE, SIDE + 37))

    @Test
    fun a_picture_without_a_code_is_none() =
        assertNull(decoder.decode(ByteBuffer.wrap(ByteArray(SIDE * SIDE)), SIDE, SIDE, SIDE))

    private companion object {
        const val SIDE = 320
    }
}
