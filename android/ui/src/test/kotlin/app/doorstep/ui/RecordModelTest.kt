package app.doorstep.ui

import app.doorstep.core.Value
import app.doorstep.corekit.Member
import app.doorstep.corekit.Office
import app.doorstep.corekit.Phone
import app.doorstep.ui.record.RecordModel
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Runnable
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Test
import java.util.concurrent.LinkedBlockingDeque
import java.util.concurrent.TimeUnit
import kotlin.coroutines.CoroutineContext

/** The form while it is still being read. */
class RecordModelTest {
    @Test
    fun `what is chosen and saved before the form was read stays chosen and saved`() =
        Office(listOf(Member("林晓雯", listOf("worker")))).use { office ->
            Phone(office, "林晓雯").enrolled(office, "林晓雯").use { phone ->
                val case = phone.openCase(office.team, "小石")
                val draft = phone.visit(case)
                val late = LateFirst()
                val model = RecordModel(phone.session, draft, CoroutineScope(late))
                model.load()
                late.untilAnswered()
                model.choose("outcome", Value.Text("not_home"))
                model.done()
                late.all()
                val state = model.state.value
                assertEquals("小石", state.person)
                assertEquals(Value.Text("not_home"), state.values["outcome"])
                assertNotNull(state.saved)
            }
        }

    /** Runs one after the other, what was asked for first last. */
    private class LateFirst : CoroutineDispatcher() {
        private val waiting = LinkedBlockingDeque<Runnable>()

        override fun dispatch(
            context: CoroutineContext,
            block: Runnable,
        ) = waiting.addLast(block)

        /** Runs what was asked for, and keeps the answer waiting. */
        fun untilAnswered() {
            waiting.removeFirst().run()
            waiting.addFirst(checkNotNull(waiting.pollFirst(QUIET_MS, TimeUnit.MILLISECONDS)))
        }

        /** Until nothing more comes. */
        fun all() {
            while (true) (waiting.pollLast(QUIET_MS, TimeUnit.MILLISECONDS) ?: return).run()
        }
    }

    private companion object {
        const val QUIET_MS = 2_000L
    }
}
