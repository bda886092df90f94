package app.doorstep.android

import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.content.Intent

/**
 * The one notification there is. It says that there is something, never what, of whom or from whom: nobody can put
 * a word into it, for no method takes one.
 */
class Reminders(
    private val context: Context,
) {
    private val notifications = checkNotNull(context.getSystemService(NotificationManager::class.java))

    /** Something waits for the person. Silent if the phone does not allow notifications. */
    fun show() {
        val channel =
            NotificationChannel(
                CHANNEL,
                context.getString(R.string.channel_reminders),
                NotificationManager.IMPORTANCE_LOW,
            ).apply { setShowBadge(false) }
        notifications.createNotificationChannel(channel)
        notifications.notify(
            ID,
            Notification
                .Builder(context, CHANNEL)
                .setSmallIcon(R.drawable.notification)
                .setContentTitle(context.getString(R.string.app_name))
                .setContentText(context.getString(R.string.notification_waiting))
                .setVisibility(Notification.VISIBILITY_SECRET)
                .setContentIntent(open())
                .setAutoCancel(true)
                .build(),
        )
    }

    /** The person has looked. */
    fun clear() = notifications.cancel(ID)

    private fun open() =
        PendingIntent.getActivity(
            context,
            0,
            Intent(context, MainActivity::class.java),
            PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT,
        )

    private companion object {
        const val CHANNEL = "reminders"
        const val ID = 1
    }
}
