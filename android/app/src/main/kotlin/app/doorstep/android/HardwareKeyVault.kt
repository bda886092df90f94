package app.doorstep.android

import android.content.Context
import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import android.util.AtomicFile
import java.io.File
import java.io.FileNotFoundException
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.KeyStore
import java.security.ProviderException
import java.security.UnrecoverableKeyException
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** Why the vault does not give the database's key. */
sealed class VaultFailure(
    cause: Throwable?,
) : Exception(null, cause) {
    /** The hardware's key is gone for good. Only the organisation's recovery key helps now. */
    class Lost(
        cause: Throwable? = null,
    ) : VaultFailure(cause)

    /** The hardware does not answer now. Nothing is lost; it is asked again later. */
    class Unavailable(
        cause: Throwable? = null,
    ) : VaultFailure(cause)
}

/**
 * Keeps the database's key sealed by a key that never leaves the phone's hardware: StrongBox where there is one,
 * else the trusted environment. No fingerprint is asked for: the PIN guards the app, and a phone whose owner
 * enrols another finger must not lose a day's visits.
 */
class HardwareKeyVault(
    context: Context,
) {
    private val file = AtomicFile(File(context.noBackupFilesDir, "database-key"))

    /** The key; none if none was ever kept. */
    fun load(): ByteArray? {
        val sealed =
            try {
                file.readFully()
            } catch (error: FileNotFoundException) {
                if (file.baseFile.exists()) throw VaultFailure.Unavailable(error)
                return null
            } catch (error: IOException) {
                throw VaultFailure.Unavailable(error)
            }
        if (sealed.size <= IV_LENGTH) throw VaultFailure.Lost()
        return telling {
            val cipher = Cipher.getInstance(CIPHER)
            val parameters = GCMParameterSpec(TAG_BITS, sealed, 0, IV_LENGTH)
            // A new key would open nothing: the file exists, so its key must.
            cipher.init(Cipher.DECRYPT_MODE, hardwareKey() ?: throw VaultFailure.Lost(), parameters)
            cipher.doFinal(sealed, IV_LENGTH, sealed.size - IV_LENGTH)
        }
    }

    /** Keeps [key]; after a crash the old one or the new one is there. */
    fun keep(key: ByteArray) {
        val sealed =
            telling {
                val cipher = Cipher.getInstance(CIPHER)
                cipher.init(Cipher.ENCRYPT_MODE, hardwareKey() ?: generate())
                cipher.iv + cipher.doFinal(key)
            }
        val stream = file.startWrite()
        try {
            stream.write(sealed)
            file.finishWrite(stream)
        } catch (error: IOException) {
            file.failWrite(stream)
            throw VaultFailure.Unavailable(error)
        }
    }

    /** Nobody opens the database any more. */
    fun forget() {
        telling { keyStore().deleteEntry(ALIAS) }
        file.delete()
    }

    private fun keyStore() = KeyStore.getInstance(PROVIDER).apply { load(null) }

    private fun hardwareKey() = keyStore().getKey(ALIAS, null) as SecretKey?

    private fun generate(): SecretKey {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) {
            try {
                return generate(strongBox = true)
            } catch (_: StrongBoxUnavailableException) {
                // Most phones have none.
            }
        }
        return generate(strongBox = false)
    }

    private fun generate(strongBox: Boolean): SecretKey {
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec =
            KeyGenParameterSpec
                .Builder(ALIAS, purposes)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .setKeySize(KEY_BITS)
        if (strongBox && Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) spec.setIsStrongBoxBacked(true)
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER).apply { init(spec.build()) }.generateKey()
    }

    /** Only what cannot heal is [VaultFailure.Lost]: recovery is a long way, and not to be sent on for a hiccup. */
    private inline fun <T> telling(work: () -> T): T =
        try {
            work()
        } catch (error: KeyPermanentlyInvalidatedException) {
            throw VaultFailure.Lost(error)
        } catch (error: UnrecoverableKeyException) {
            throw VaultFailure.Lost(error)
        } catch (error: AEADBadTagException) {
            throw VaultFailure.Lost(error)
        } catch (error: GeneralSecurityException) {
            throw VaultFailure.Unavailable(error)
        } catch (error: ProviderException) {
            throw VaultFailure.Unavailable(error)
        }

    private companion object {
        const val PROVIDER = "AndroidKeyStore"
        const val ALIAS = "database"
        const val CIPHER = "AES/GCM/NoPadding"
        const val IV_LENGTH = 12
        const val TAG_BITS = 128
        const val KEY_BITS = 256
    }
}
