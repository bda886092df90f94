package app.doorstep.android

import android.content.ContentProvider
import android.content.ContentValues
import android.content.Context
import android.database.Cursor
import android.database.MatrixCursor
import android.net.Uri
import android.os.ParcelFileDescriptor
import android.provider.OpenableColumns
import java.io.File
import java.io.FileNotFoundException
import java.util.UUID

/**
 * The files that the camera writes into: outside backups and every gallery, each for one photo, reachable by the
 * one app that was handed its address.
 */
class PhotoFiles(
    private val context: Context,
) {
    private val folder get() = File(context.noBackupFilesDir, "camera").apply { mkdirs() }

    /** An empty file for one photo. */
    fun create(): File = File(folder, "${UUID.randomUUID()}.jpg").apply { createNewFile() }

    /** What a killed app left behind. */
    fun clear() {
        folder.listFiles()?.forEach(File::delete)
    }

    /** The address of [file] for the camera. */
    fun address(file: File): Uri =
        Uri
            .Builder()
            .scheme("content")
            .authority("${context.packageName}.photos")
            .appendPath(file.name)
            .build()

    /** The file that [address] is of; none if it is of nothing in the folder. */
    fun find(address: Uri): File? {
        val name = address.pathSegments.singleOrNull() ?: return null
        // Only names that `create` makes: no path leads out of the folder.
        return folder.listFiles()?.firstOrNull { it.name == name }
    }
}

/** Opens [PhotoFiles] for the camera; lists nothing, changes nothing else. */
class PhotoProvider : ContentProvider() {
    private val files by lazy { PhotoFiles(checkNotNull(context)) }

    override fun onCreate() = true

    override fun openFile(
        uri: Uri,
        mode: String,
    ): ParcelFileDescriptor {
        val file = files.find(uri) ?: throw FileNotFoundException()
        return ParcelFileDescriptor.open(file, ParcelFileDescriptor.parseMode(mode))
    }

    override fun getType(uri: Uri) = "image/jpeg"

    /** Some cameras ask for the name and the size before they write. */
    override fun query(
        uri: Uri,
        projection: Array<String>?,
        selection: String?,
        selectionArgs: Array<String>?,
        sortOrder: String?,
    ): Cursor? {
        val file = files.find(uri) ?: return null
        val columns = arrayOf(OpenableColumns.DISPLAY_NAME, OpenableColumns.SIZE)
        return MatrixCursor(columns).apply { addRow(arrayOf<Any>(file.name, file.length())) }
    }

    override fun insert(
        uri: Uri,
        values: ContentValues?,
    ): Uri? = null

    override fun update(
        uri: Uri,
        values: ContentValues?,
        selection: String?,
        selectionArgs: Array<String>?,
    ) = 0

    override fun delete(
        uri: Uri,
        selection: String?,
        selectionArgs: Array<String>?,
    ) = 0
}
