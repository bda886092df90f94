package app.doorstep.android

import android.content.Context
import android.os.Build
import android.os.UserManager
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import android.util.AtomicFile
import app.doorstep.corekit.Failure
import app.doorstep.corekit.KeptKey
import app.doorstep.corekit.KeyVault
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

/**
 * Keeps a key sealed by a key that never leaves the phone's hardware: StrongBox where there is one,
 * else the trusted environment. No fingerprint is asked for: the PIN guards the app, and a phone whose owner
 * enrols another finger must not lose a day's visits.
 */
class HardwareKeyVault(
    context: Context,
    /** Of the file and of the hardware's key: another name is another vault. */
    private val name: String,
) : KeyVault {
    private val file = AtomicFile(File(context.noBackupFilesDir, name))
    private val users = context.getSystemService(UserManager::class.java)

    override fun load(): KeptKey {
        // Before the first unlock the folder cannot be seen: nothing in it means nothing.
        if (users?.isUserUnlocked != true) return KeptKey.Unreadable
        return try {
            unseal(file.readFully())
        } catch (_: FileNotFoundException) {
            if (file.baseFile.exists()) KeptKey.Unreadable else KeptKey.Absent
        } catch (_: IOException) {
            KeptKey.Unreadable
        }
    }

    /** After a crash the old key or the new one is there. */
    override fun store(key: ByteArray) {
        val sealed =
            answered {
                val cipher = Cipher.getInstance(CIPHER)
                cipher.init(Cipher.ENCRYPT_MODE, hardwareKey() ?: generate())
                cipher.iv + cipher.doFinal(key)
            }
        file.replace(sealed)
    }

    override fun forget() {
        // The file first: a key without a file is litter, a file without a key reads as lost.
        file.delete()
        answered { keyStore().deleteEntry(name) }
    }

    /** Only what cannot heal is [KeptKey.Lost]: recovery is a long way, nobody is sent on it for a hiccup. */
    private fun unseal(sealed: ByteArray): KeptKey {
        if (sealed.size <= IV_LENGTH) return KeptKey.Lost
        return try {
            val cipher = Cipher.getInstance(CIPHER)
            // Never a new key here: it would open nothing.
            val key = hardwareKey() ?: return KeptKey.Lost
            cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, sealed, 0, IV_LENGTH))
            KeptKey.Present(cipher.doFinal(sealed, IV_LENGTH, sealed.size - IV_LENGTH))
        } catch (_: KeyPermanentlyInvalidatedException) {
            KeptKey.Lost
        } catch (_: UnrecoverableKeyException) {
            KeptKey.Lost
        } catch (_: AEADBadTagException) {
            KeptKey.Lost
        } catch (_: GeneralSecurityException) {
            KeptKey.Unreadable
        } catch (_: ProviderException) {
            KeptKey.Unreadable
        }
    }

    private fun keyStore() = KeyStore.getInstance(PROVIDER).apply { load(null) }

    private fun hardwareKey() = keyStore().getKey(name, null) as SecretKey?

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
                .Builder(name, purposes)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .setKeySize(KEY_BITS)
        if (strongBox && Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) spec.setIsStrongBoxBacked(true)
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER).apply { init(spec.build()) }.generateKey()
    }

    private inline fun <T> answered(work: () -> T): T =
        try {
            work()
        } catch (_: GeneralSecurityException) {
            throw Failure.Storage("keystore")
        } catch (_: ProviderException) {
            throw Failure.Storage("keystore")
        }

    private companion object {
        const val PROVIDER = "AndroidKeyStore"
        const val CIPHER = "AES/GCM/NoPadding"
        const val IV_LENGTH = 12
        const val TAG_BITS = 128
        const val KEY_BITS = 256
    }
}
