package app.doorstep.ui.theme

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.ColorScheme
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Shapes
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.unit.dp

/** Calm, and legible in the sun: every pair of text and ground has a contrast of 4.5 or more. */
private val light =
    lightColorScheme(
        primary = Color(0xFF1F5F5B),
        onPrimary = Color.White,
        primaryContainer = Color(0xFFD8EBE8),
        onPrimaryContainer = Color(0xFF0C3A37),
        secondary = Color(0xFF4A5B61),
        onSecondary = Color.White,
        secondaryContainer = Color(0xFFE4EAEB),
        onSecondaryContainer = Color(0xFF24343A),
        tertiary = Color(0xFF7A4A00),
        onTertiary = Color.White,
        tertiaryContainer = Color(0xFFFFEFD6),
        onTertiaryContainer = Color(0xFF5A3600),
        error = Color(0xFFA3242B),
        onError = Color.White,
        errorContainer = Color(0xFFFBE3E3),
        onErrorContainer = Color(0xFF731519),
        background = Color(0xFFFAF8F4),
        onBackground = Color(0xFF1F2A2E),
        surface = Color(0xFFFAF8F4),
        onSurface = Color(0xFF1F2A2E),
        surfaceVariant = Color(0xFFEFECE5),
        onSurfaceVariant = Color(0xFF4B575B),
        surfaceContainerLowest = Color.White,
        surfaceContainerLow = Color.White,
        surfaceContainer = Color(0xFFF3F0EA),
        surfaceContainerHigh = Color(0xFFEFECE5),
        outline = Color(0xFF727D80),
        outlineVariant = Color(0xFFDAD6CD),
    )

private val dark =
    darkColorScheme(
        primary = Color(0xFF8FCFC8),
        onPrimary = Color(0xFF06302D),
        primaryContainer = Color(0xFF1E4A46),
        onPrimaryContainer = Color(0xFFCDEBE7),
        secondary = Color(0xFFB4C3C8),
        onSecondary = Color(0xFF1F2C31),
        secondaryContainer = Color(0xFF2E3C41),
        onSecondaryContainer = Color(0xFFDCE6E9),
        tertiary = Color(0xFFF2C27B),
        onTertiary = Color(0xFF3F2700),
        tertiaryContainer = Color(0xFF4E3714),
        onTertiaryContainer = Color(0xFFFFE3B8),
        error = Color(0xFFF4A9A9),
        onError = Color(0xFF5A0F13),
        errorContainer = Color(0xFF5E2326),
        onErrorContainer = Color(0xFFFFDADA),
        background = Color(0xFF12181A),
        onBackground = Color(0xFFE6ECEA),
        surface = Color(0xFF12181A),
        onSurface = Color(0xFFE6ECEA),
        surfaceVariant = Color(0xFF273135),
        onSurfaceVariant = Color(0xFFB9C4C7),
        surfaceContainerLowest = Color(0xFF1B2326),
        surfaceContainerLow = Color(0xFF1B2326),
        surfaceContainer = Color(0xFF1F282B),
        surfaceContainerHigh = Color(0xFF273135),
        outline = Color(0xFF8B979A),
        outlineVariant = Color(0xFF364246),
    )

private val shapes =
    Shapes(
        extraSmall = RoundedCornerShape(10.dp),
        small = RoundedCornerShape(10.dp),
        medium = RoundedCornerShape(14.dp),
        large = RoundedCornerShape(18.dp),
    )

/** The colours of a mode. */
fun colours(isDark: Boolean): ColorScheme = if (isDark) dark else light

/** Dresses everything inside. */
@Composable
fun DoorstepTheme(
    isDark: Boolean = isSystemInDarkTheme(),
    content: @Composable () -> Unit,
) = MaterialTheme(colorScheme = colours(isDark), shapes = shapes, content = content)
