package app.doorstep.ui.photos

import app.doorstep.core.AttachmentId
import app.doorstep.core.ClientInterface
import app.doorstep.core.PhotoView
import app.doorstep.core.PhotosOf

/** A photo in a row of small ones. */
class Photo(
    val view: PhotoView,
    /** JPEG; none while it is not on this phone. */
    val thumbnail: ByteArray?,
) {
    val id: AttachmentId get() = view.id
}

/** The photos of a draft or an entry, small. */
fun ClientInterface.smallPhotos(of: PhotosOf): List<Photo> =
    photos(of).map { view -> Photo(view, if (view.hasThumbnail) thumbnail(of, view.id) else null) }
