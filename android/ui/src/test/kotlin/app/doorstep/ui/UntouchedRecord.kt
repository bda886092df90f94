package app.doorstep.ui

import app.doorstep.core.AttachmentId
import app.doorstep.core.Field
import app.doorstep.core.Value
import app.doorstep.ui.record.RecordEvents

/** A form in a picture, which nobody touches. */
object UntouchedRecord : RecordEvents {
    override fun choose(
        field: Field,
        value: Value,
    ) = Unit

    override fun type(
        field: Field,
        text: String,
    ) = Unit

    override fun photograph() = Unit

    override fun locate() = Unit

    override fun openPhoto(id: AttachmentId) = Unit

    override fun chooseParticipants() = Unit

    override fun done() = Unit

    override fun later() = Unit

    override fun leave() = Unit

    override fun delete() = Unit
}
