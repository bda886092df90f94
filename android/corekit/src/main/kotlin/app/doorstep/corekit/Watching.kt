package app.doorstep.corekit

import app.doorstep.core.ClientInterface
import app.doorstep.core.Observer
import app.doorstep.core.SyncState
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.flowOn

/**
 * What is only on this phone: now, and whenever anything was stored. Whoever is slow gets the latest.
 * Ends the core's subscription with the collector.
 */
fun ClientInterface.watch(): Flow<SyncState> =
    callbackFlow {
        val subscription =
            told {
                observe(
                    object : Observer {
                        override fun changed(state: SyncState) {
                            trySend(state)
                        }
                    },
                )
            }
        awaitClose {
            subscription.end()
            subscription.close()
        }
    }.conflate().flowOn(Dispatchers.IO)
