package app.doorstep.ui

import app.doorstep.core.CaseGrant
import app.doorstep.core.CaseKind
import app.doorstep.core.CasePart
import app.doorstep.core.CaseRole
import app.doorstep.core.CaseRow
import app.doorstep.core.CaseView
import app.doorstep.core.Class
import app.doorstep.core.ConflictSide
import app.doorstep.core.DirectoryTeam
import app.doorstep.core.EntryKind
import app.doorstep.core.Fields
import app.doorstep.core.Outcome
import app.doorstep.core.PartSummary
import app.doorstep.core.QueueRow
import app.doorstep.core.ReviewState
import app.doorstep.core.Scope
import app.doorstep.core.SearchHit
import app.doorstep.core.Value
import app.doorstep.ui.cases.CasePartState
import app.doorstep.ui.cases.CaseState
import app.doorstep.ui.search.SearchState

/** One person's file, a queue, and what a search finds. */
object CaseSamples {
    private val part = PartSummary("小川", listOf(), "放学后打奶奶的电话", "家中有大狗，先打电话", "open", "", false)

    private val timeline =
        listOf(
            Samples.row(isWaiting = true),
            Samples.row(Samples.entry(outcome = Outcome.NotHome, excerpt = ""), ReviewState.Draft),
            Samples.row(Samples.entry(EntryKind.Interview, date = Samples.today.minusDays(20)), ReviewState.Approved),
            Samples.row(Samples.entry(EntryKind.SchoolVisit, date = Samples.today.minusDays(90)), ReviewState.Approved),
        )

    private val contact: Fields =
        mapOf(
            "pseudonym" to Value.Text("小川"),
            "phone" to Value.Text("100 0000 1701"),
            "address" to Value.Text("澄江区梧桐街道 槐树里 7 幢 502"),
            "guardian" to Value.Text("父亲（跑货运，常夜间在路上）"),
            "guardian_phone" to Value.Text("100 0000 1702"),
            "safety" to Value.Text("家中有大狗，先打电话"),
        )

    private val view =
        CaseView(
            CaseRow(CaseGrant("c1", "t", CaseKind.ConditionalNonProsecution, true, CaseRole.LeadWorker, listOf()), part, 12, true),
            listOf(CasePart(Class.CONTACT, contact)),
            timeline,
        )

    val parts =
        listOf(
            CasePartState("d1", Class.CONTACT, contact, true),
            CasePartState("d2", Class.FILE, mapOf("legal_name" to Value.Text("韩睿"), "birth_date" to Value.Text("2009-03-12")), true),
            CasePartState("d3", Class.RESTRICTED, mapOf("risk" to Value.Text("medium")), false),
        )

    val teams = listOf("少年组", "社区矫正组").map { DirectoryTeam(it, it, listOf(), listOf()) }

    val case = CaseState(view)
    val inConflict = CaseState(view, listOf(
                EntrySamples.conflict.copy(
                    field = "address",
                    sides =
                        listOf(
                            ConflictSide("林晓雯", Value.Text("河西街 12 号"), Samples.now),
                            ConflictSide("周启明", Value.Text("奶奶家，河西街 21 号"), Samples.now),
                        ),
                ),
            ))

    val queue =
        listOf(
            QueueRow(Samples.row(Samples.entry(EntryKind.Interview, isCrisis = true), case = "c3"), Samples.now.minusSeconds(300_000)),
            QueueRow(Samples.row(state = ReviewState.Resubmitted), Samples.now.minusSeconds(90_000)),
            QueueRow(
                Samples.row(Samples.entry(outcome = Outcome.NotHome, excerpt = "").copy(author = "m2"), case = "c2").copy(author = "周启明"),
                Samples.now.minusSeconds(7_200),
            ),
        )

    val person: (Scope) -> String? = { Samples.busy.person(it) }

    val found =
        SearchState(
            "夜校",
            listOf(SearchHit.Case("c5", part.copy(pseudonym = "阿木", reach = "夜校门口，周二周四晚上")), SearchHit.Entry(timeline[0])),
            Samples.busy.names,
        )
}
