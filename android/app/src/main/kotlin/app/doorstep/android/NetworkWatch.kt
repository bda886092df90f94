package app.doorstep.android

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network

/** Calls [onAvailable] whenever the phone has a network again, and at once if it has one. */
class NetworkWatch(
    context: Context,
    private val onAvailable: () -> Unit,
) : AutoCloseable {
    private val connectivity = checkNotNull(context.getSystemService(ConnectivityManager::class.java))
    private val callback =
        object : ConnectivityManager.NetworkCallback() {
            override fun onAvailable(network: Network) = onAvailable()
        }

    init {
        connectivity.registerDefaultNetworkCallback(callback)
    }

    override fun close() = connectivity.unregisterNetworkCallback(callback)
}
