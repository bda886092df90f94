package app.doorstep.android

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import app.doorstep.corekit.Network as PhoneNetwork
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.distinctUntilChanged

/** Whether the phone's default network is there: it may still lead nowhere, which only a sync can tell. */
class NetworkWatch(
    context: Context,
) : PhoneNetwork {
    private val connectivity = checkNotNull(context.getSystemService(ConnectivityManager::class.java))

    override val isUp: Flow<Boolean> =
        callbackFlow {
            val callback =
                object : ConnectivityManager.NetworkCallback() {
                    override fun onAvailable(network: Network) {
                        trySend(true)
                    }

                    override fun onLost(network: Network) {
                        trySend(false)
                    }
                }
            trySend(connectivity.activeNetwork != null)
            connectivity.registerDefaultNetworkCallback(callback)
            awaitClose { connectivity.unregisterNetworkCallback(callback) }
        }.conflate().distinctUntilChanged()
}
