package app.doorstep.ui

import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Typography
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.text.ExperimentalTextApi
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.platform.SystemFont
import androidx.compose.ui.unit.Density
import app.doorstep.ui.parts.LocalCrisis
import app.doorstep.ui.phone.LocalPicture
import app.doorstep.ui.theme.DoorstepTheme
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage
import org.jetbrains.skia.Bitmap
import org.jetbrains.skia.Image
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import java.io.File
import kotlin.math.abs

/** How a picture is taken. */
data class Look(
    val language: Language = Language.ZH,
    val isDark: Boolean = false,
    val scale: Float = 1f,
    val width: Int = 412,
    val height: Int = 892,
) {
    val name get() = listOfNotNull(language.code, "dark".takeIf { isDark }, "large".takeIf { scale > 1f }, "small".takeIf { width < 400 }).joinToString("-")
}

/** As inside the app, where *crisis* is one tap away. */
@Composable
fun WithCrisis(content: @Composable () -> Unit) = CompositionLocalProvider(LocalCrisis provides {}, content = content)

/** A screen in a language, a size of type and a mode. */
@Composable
fun Dressed(
    look: Look,
    content: @Composable () -> Unit,
) = CompositionLocalProvider(
    LocalDensity provides Density(1f, look.scale),
    LocalLanguage provides look.language,
    LocalPicture provides FakeShell()::picture,
) { DoorstepTheme(look.isDark) { MaterialTheme(typography = typography, content = content) } }

/** Which fonts a machine has must not change a picture: this one is installed with the tests. */
@OptIn(ExperimentalTextApi::class)
private val font = FontFamily(SystemFont("Noto Sans CJK SC"), SystemFont("Noto Sans CJK SC", FontWeight.Bold))

private val typography =
    with(Typography()) {
        fun TextStyle.drawn() = copy(fontFamily = font)
        Typography(
            displayLarge.drawn(),
            displayMedium.drawn(),
            displaySmall.drawn(),
            headlineLarge.drawn(),
            headlineMedium.drawn(),
            headlineSmall.drawn(),
            titleLarge.drawn(),
            titleMedium.drawn(),
            titleSmall.drawn(),
            bodyLarge.drawn(),
            bodyMedium.drawn(),
            bodySmall.drawn(),
            labelLarge.drawn(),
            labelMedium.drawn(),
            labelSmall.drawn(),
        )
    }

/** Draws a screen and holds it against the picture that was looked at and kept. */
object Pictures {
    private val made = File(System.getProperty("pictures.made"))
    private val kept = File(System.getProperty("pictures.kept"))

    /** Most that a picture may differ on average, of 255 a channel: fonts are drawn a little differently elsewhere. */
    private const val TOLERANCE = 6.0

    /** Most that any one tile may differ: a word that is gone moves its tile, though hardly the picture. */
    private const val TILE_TOLERANCE = 10.0

    /** Side of a tile in pixels: about as high as two lines of small type. */
    private const val TILE = 32

    private const val CHANNELS = 4

    private const val FRAMES = 8L
    private const val FRAME_NS = 125_000_000L

    fun hold(
        screen: String,
        look: Look,
        content: @Composable () -> Unit,
    ) {
        assertEquals(emptyList<String>(), Access.findings(look, content), "$screen-${look.name}")
        val image = draw(look, content)
        val bytes = checkNotNull(image.encodeToData()).bytes
        val name = "$screen-${look.name}.png"
        made.mkdirs()
        File(made, name).writeBytes(bytes)
        val before = File(kept, name)
        if (System.getenv("DOORSTEP_PICTURES") != null || !before.exists()) {
            check(System.getenv("CI").isNullOrEmpty()) { "$name was never looked at" }
            kept.mkdirs()
            before.writeBytes(bytes)
            return
        }
        val apart = Apart.between(image, Image.makeFromEncoded(before.readBytes()))
        val looksTheSame = apart.onAverage <= TOLERANCE && apart.inWorstTile <= TILE_TOLERANCE
        assertTrue(looksTheSame, "$name looks different: $apart; see ${File(made, name)}")
    }

    private fun draw(
        look: Look,
        content: @Composable () -> Unit,
    ): Image {
        val scene =
            ImageComposeScene(look.width, look.height, Density(1f)) { Dressed(look, content) }
        try {
            // A dialog takes some frames to come.
            for (frame in 0L until FRAMES) scene.render(frame * FRAME_NS)
            return scene.render(FRAMES * FRAME_NS)
        } finally {
            scene.close()
        }
    }

    /** How far two pictures are apart, of 255 a channel. */
    private data class Apart(
        val onAverage: Double,
        val inWorstTile: Double,
    ) {
        companion object {
            fun between(
                one: Image,
                other: Image,
            ): Apart {
                if (one.width != other.width || one.height != other.height) return Apart(255.0, 255.0)
                val (a, b) = pixels(one) to pixels(other)
                val across = (one.width + TILE - 1) / TILE
                val sums = LongArray(across * ((one.height + TILE - 1) / TILE))
                for (at in a.indices) {
                    val pixel = at / CHANNELS
                    val tile = pixel / one.width / TILE * across + pixel % one.width / TILE
                    sums[tile] += abs((a[at].toInt() and 255) - (b[at].toInt() and 255)).toLong()
                }
                return Apart(sums.sum().toDouble() / a.size, sums.max().toDouble() / (TILE * TILE * CHANNELS))
            }
        }
    }

    private fun pixels(image: Image): ByteArray = checkNotNull(Bitmap.makeFromImage(image).readPixels())
}
