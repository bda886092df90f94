package app.doorstep.ui

import app.doorstep.core.ActionId
import app.doorstep.core.AttachmentId
import app.doorstep.core.ConflictCard
import app.doorstep.core.Value
import app.doorstep.ui.entry.EntryEvents

/** Pictures are not touched. */
object UntouchedEntry : EntryEvents {
    override fun back() = Unit

    override fun openPhoto(id: AttachmentId) = Unit

    override fun edit() = Unit

    override fun approve() = Unit

    override fun returnIt() = Unit

    override fun next() = Unit

    override fun comment() = Unit

    override fun resolve(comment: ActionId) = Unit

    override fun history() = Unit

    override fun withdraw() = Unit

    override fun copy() = Unit

    override fun writeAgain() = Unit

    override fun putAway() = Unit

    override fun settle(
        card: ConflictCard,
        value: Value,
    ) = Unit
}
