package app.doorstep.ui.photos

import androidx.compose.foundation.Image
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.size
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.doorstep.core.AttachmentId
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.phone.LocalPicture
import app.doorstep.ui.words.LocalLanguage

/** Photos, small, beside each other; touching one shows it large. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun PhotoRow(
    photos: List<Photo>,
    onOpen: (AttachmentId) -> Unit,
) {
    val language = LocalLanguage.current
    if (photos.isEmpty()) return
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(8.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp),
    ) {
        photos.forEachIndexed { index, photo ->
            Small(photo, language.pick("第 ${index + 1} 张照片", "Photo ${index + 1}")) { onOpen(photo.id) }
        }
    }
    val here = photos.count { it.view.isOnlyHere }
    if (here > 0) Hint(language.pick("$here 张照片只在这部手机上。", "$here of the photos on this phone only."))
    if (photos.any { it.view.refused != null }) {
        Hint(language.pick("服务器没有收下其中的照片，请告诉机构。", "The server did not take one of the photos; please tell your office."))
    }
}

@Composable
private fun Small(
    photo: Photo,
    label: String,
    onOpen: () -> Unit,
) {
    val picture = LocalPicture.current
    val pixels = remember(photo) { photo.thumbnail?.let(picture) }
    Surface(
        Modifier.size(96.dp).semantics { contentDescription = label }.clickable(onClick = onOpen),
        shape = MaterialTheme.shapes.small,
        color = MaterialTheme.colorScheme.surfaceVariant,
    ) {
        if (pixels != null) {
            Image(pixels, null, Modifier.fillMaxSize(), contentScale = ContentScale.Crop)
        } else {
            Box(Modifier.fillMaxSize(), Alignment.Center) {
                Hint(LocalLanguage.current.pick("未下载", "Not here yet"))
            }
        }
    }
}
