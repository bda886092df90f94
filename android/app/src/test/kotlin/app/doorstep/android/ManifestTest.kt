package app.doorstep.android

import android.content.Intent
import android.content.pm.ApplicationInfo
import android.content.pm.PackageManager
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.xmlpull.v1.XmlPullParser

/** What the phone is told of the app, read back from the linked manifest. */
@RunWith(RobolectricTestRunner::class)
class ManifestTest {
    private val context = RuntimeEnvironment.getApplication()
    private val everything =
        context.packageManager.getPackageInfo(
            context.packageName,
            PackageManager.GET_PERMISSIONS or PackageManager.GET_ACTIVITIES or PackageManager.GET_SERVICES or
                PackageManager.GET_PROVIDERS or PackageManager.GET_RECEIVERS,
        )

    @Test
    fun nothing_is_backed_up() = assertEquals(0, context.applicationInfo.flags and ApplicationInfo.FLAG_ALLOW_BACKUP)

    @Test
    fun it_asks_for_these_permissions_and_no_others() =
        assertEquals(
            setOf("INTERNET", "ACCESS_NETWORK_STATE", "RECEIVE_BOOT_COMPLETED", "POST_NOTIFICATIONS", "CAMERA", "ACCESS_COARSE_LOCATION"),
            everything.requestedPermissions.orEmpty().map { it.removePrefix("android.permission.") }.toSet(),
        )

    @Test
    fun only_the_launcher_can_come_in() {
        assertEquals(listOf(MainActivity::class.java.name), everything.activities.orEmpty().filter { it.exported }.map { it.name })
        assertTrue(everything.services.orEmpty().none { it.exported && it.permission != "android.permission.BIND_JOB_SERVICE" })
        assertTrue(everything.providers.orEmpty().none { it.exported })
        assertTrue(everything.receivers.isNullOrEmpty())
    }

    @Test
    fun the_launcher_shows_a_name_and_an_icon_that_say_nothing() {
        val launcher = Intent(Intent.ACTION_MAIN).addCategory(Intent.CATEGORY_LAUNCHER).setPackage(context.packageName)
        val entry = context.packageManager.queryIntentActivities(launcher, 0).single()
        assertEquals("Notes", entry.loadLabel(context.packageManager).toString())
        assertNotNull(context.getDrawable(R.mipmap.icon))
    }

    @Test
    @Config(qualifiers = "zh-rCN")
    fun the_launcher_says_so_in_chinese() =
        assertEquals("随记", context.packageManager.getApplicationLabel(context.applicationInfo).toString())

    @Test
    fun nothing_travels_in_the_clear() {
        val tags = tagsOf(R.xml.network_security_config)
        assertEquals("false", tags.getValue("base-config").single()["cleartextTrafficPermitted"])
        assertFalse("domain-config" in tags)
    }

    @Test
    fun nothing_moves_to_another_phone() {
        val domains = setOf("root", "file", "database", "sharedpref", "external")
        val all = domains + (domains - "external").map { "device_$it" }
        val kept = tagsOf(R.xml.data_extraction_rules)
        // Once for the cloud, once for the cable.
        assertEquals(all.sorted().flatMap { listOf(it, it) }, kept.getValue("exclude").mapNotNull { it["domain"] }.sorted())
        assertFalse("include" in kept)
        assertEquals(domains, tagsOf(R.xml.backup_rules).getValue("exclude").mapNotNull { it["domain"] }.toSet())
    }

    /** Every tag of an XML resource with the attributes of each. */
    private fun tagsOf(resource: Int): Map<String, List<Map<String, String>>> {
        val found = mutableMapOf<String, List<Map<String, String>>>()
        val xml = context.resources.getXml(resource)
        while (xml.next() != XmlPullParser.END_DOCUMENT) {
            if (xml.eventType != XmlPullParser.START_TAG) continue
            val attributes = (0 until xml.attributeCount).associate { xml.getAttributeName(it) to xml.getAttributeValue(it) }
            found.merge(xml.name, listOf(attributes)) { old, new -> old + new }
        }
        return found
    }
}
