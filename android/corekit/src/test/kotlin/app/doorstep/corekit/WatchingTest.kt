package app.doorstep.corekit

import app.doorstep.core.Client
import app.doorstep.core.Observer
import app.doorstep.core.SyncState
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.atomic.AtomicInteger

class WatchingTest {
    private val office by lazy { Office(listOf(Member("林晓", listOf("worker")))) }

    @Test
    fun `ten thousand subscriptions opened and closed leave none behind`() =
        withPhone { phone ->
            val client = phone.client as Client
            val told = AtomicInteger()
            val observer =
                object : Observer {
                    override fun changed(state: SyncState) {
                        told.incrementAndGet()
                    }
                }
            repeat(10_000) { at ->
                val subscription = client.observe(observer)
                // Half are ended by name, half by letting go of the handle.
                if (at % 2 == 0) subscription.end()
                subscription.close()
            }
            assertEquals(10_000, told.get())
            assertEquals(0uL, client.subscriptions())
        }

    @Test
    fun `a flow tells the present first, then what is stored, and ends the watching with its collector`() =
        withPhone { phone ->
            val client = phone.client as Client
            runBlocking {
                val seen = async(Dispatchers.Default) { phone.session.watch().take(2).toList() }
                eventually("the flow watches") { client.subscriptions() == 1uL }
                phone.openCase(office.team, "小川")
                val (before, after) = seen.await()
                assertEquals(0uL, before.waiting)
                assertTrue(after.waiting > 0uL)
                eventually("the watching ends") { client.subscriptions() == 0uL }

                val job = launch(Dispatchers.Default) { phone.session.watch().collect {} }
                eventually("the flow watches") { client.subscriptions() == 1uL }
                job.cancelAndJoin()
                eventually("cancelling ends it") { client.subscriptions() == 0uL }
                assertTrue(phone.session.watch().first().waiting > 0uL)
            }
        }

    @Test
    fun `a screen that throws spoils neither the save nor the others who watch`() =
        withPhone { phone ->
            val client = phone.client as Client
            val told = AtomicInteger()
            client.observe(
                object : Observer {
                    override fun changed(state: SyncState): Unit = error("a screen with a mistake")
                },
            ).use {
                client.observe(
                    object : Observer {
                        override fun changed(state: SyncState) {
                            told.incrementAndGet()
                        }
                    },
                ).use {
                    phone.openCase(office.team, "小川")
                    assertEquals(2, told.get())
                }
            }
        }

    private fun withPhone(test: (Phone) -> Unit) =
        office.use { office -> Phone(office, "林晓").enrolled(office, "林晓").use(test) }
}
