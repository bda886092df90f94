package app.doorstep.ui.phone

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.produceState
import androidx.compose.ui.graphics.ImageBitmap
import app.doorstep.core.PhotosOf
import app.doorstep.corekit.Failure
import app.doorstep.corekit.original
import app.doorstep.ui.nav.Place
import app.doorstep.ui.photos.PhotoScreen

/** A photo, fetched if it is not on this phone. */
@Composable
internal fun PhotoRoom(
    place: Place.Photo,
    with: Rooming,
) {
    val picture = LocalPicture.current
    val shown by produceState<Pair<ImageBitmap?, Failure?>>(null to null) {
        value =
            try {
                picture(with.session.client.original(place.of, place.id)) to null
            } catch (failure: Failure) {
                null to failure
            }
    }
    val remove =
        (place.of as? PhotosOf.Draft)?.let { of ->
            {
                with.attempt {
                    with.session.ask { removePhoto(of.id, place.id) }
                    with.go.back()
                }
            }
        }
    PhotoScreen(shown.first, shown.second, with.go::back, remove)
}
