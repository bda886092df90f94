package app.doorstep.ui

import app.doorstep.core.Action
import app.doorstep.core.ActionKind
import app.doorstep.core.Class
import app.doorstep.core.Comment
import app.doorstep.core.ConflictCard
import app.doorstep.core.ConflictSide
import app.doorstep.core.DocKind
import app.doorstep.core.Edit
import app.doorstep.core.EntryView
import app.doorstep.core.FieldChange
import app.doorstep.core.HistoryRow
import app.doorstep.core.Returned
import app.doorstep.core.Review
import app.doorstep.core.ReviewState
import app.doorstep.core.Scope
import app.doorstep.core.Since
import app.doorstep.core.Summary
import app.doorstep.core.Unseen
import app.doorstep.core.Value
import app.doorstep.ui.entry.EarlierState
import app.doorstep.ui.entry.EntryState
import app.doorstep.ui.entry.HistoryState

/** One made-up entry, at every point of its way. */
object EntrySamples {
    private val now = Samples.now
    private val names = mapOf("me" to "林晓雯", "sup" to "沈岚")
    private const val WRITTEN = "奶奶在家，小川刚放学。说起夜校报名的事，愿意去看看，担心路远。"
    private const val REWRITTEN = "奶奶和社区王老师在家，小川刚放学，谈了四十分钟。说起夜校报名的事，愿意去看看，担心路远。"

    private val fields =
        mapOf(
            "kind" to Value.Text("home_visit"),
            "outcome" to Value.Text("met"),
            "narrative" to Value.Text(WRITTEN),
            "date" to Value.Text("2026-03-12"),
            "place" to Value.Text("home"),
            "next_step" to Value.Text("周五陪他去夜校看看"),
        )

    private val comments =
        listOf(
            Comment("k1", "sup", now.minusSeconds(90_000), listOf("next_step"), "夜校那边我有熟人，要我先打个电话吗？", true),
            Comment("k3", "sup", now.minusSeconds(80_000), listOf("place"), "是在家里，还是在楼下谈的？", false),
            Comment("k2", "me", now.minusSeconds(7_200), listOf(), "要的，谢谢。他最担心的是路远。", false),
        )

    private val change =
        listOf(
            FieldChange("narrative", Value.Text(WRITTEN), Value.Text(REWRITTEN)),
            FieldChange("place", Value.Text("school"), Value.Text("home")),
            FieldChange("accompanied_by", Value.Empty, Value.Text("社区王老师")),
        )

    private fun view(
        state: ReviewState,
        mayDecide: Boolean = false,
        isWaiting: Boolean = false,
        conflicts: List<ConflictCard> = listOf(),
        comments: List<Comment> = listOf(),
    ) = EntryView(
        doc = "d",
        scope = Scope.Case("c1"),
        `class` = Class.FILE,
        summary = Summary(1u, "d", DocKind.ENTRY, "h", 0u, false, Samples.entry(), null),
        fields = fields,
        heads = "h",
        review =
            Review(
                state,
                null,
                now,
                false,
                false,
                Returned("a", "sup", now, listOf("narrative", "accompanied_by"), "请写明谁陪同、谈了多久。").takeIf { state == ReviewState.Returned },
                comments,
            ),
        conflicts = conflicts,
        actions = listOf(withdrawal).filter { state == ReviewState.Withdrawn },
        mayEdit = !mayDecide,
        mayDecide = mayDecide,
        isWaiting = isWaiting,
    )

    private val withdrawal =
        Action("w", Scope.Case("c1"), "d", Class.FILE, ActionKind.Withdraw, "h", listOf(), "记到小川名下了，应是小石。", listOf(), "me", "p", now, null, null)

    private fun state(
        view: EntryView,
        isOwn: Boolean = true,
    ) = EntryState(view, if (isOwn) "me" else "sup", "小川", names, supervises = !isOwn)

    val conflict =
        ConflictCard(
            "d",
            Scope.Case("c1"),
            "place",
            listOf(ConflictSide("林晓雯", Value.Text("home"), now), ConflictSide("周启明", Value.Text("school"), now)),
        )

    val returned = state(view(ReviewState.Returned))
    val inConflict = state(view(ReviewState.Submitted, conflicts = listOf(conflict)))
    val commented = state(view(ReviewState.Submitted, comments = comments))
    val withdrawn = state(view(ReviewState.Withdrawn, isWaiting = true))
    val toReview = state(view(ReviewState.Submitted, mayDecide = true), isOwn = false)
    val resubmitted =
        state(view(ReviewState.Resubmitted, mayDecide = true), isOwn = false).copy(unseen = Unseen(Since.RETURN, change))
    val approved =
        state(view(ReviewState.Approved, isWaiting = true), isOwn = false).copy(next = "n")

    val notTaken = state(view(ReviewState.Submitted)).copy(parked = change)

    val history =
        HistoryState(
            listOf(
                HistoryRow("林晓雯", now.minusSeconds(1_200), change, "h2"),
                HistoryRow("林晓雯", now.minusSeconds(90_000), change.map { it.copy(before = Value.Empty, after = it.before) }, "h1"),
            ),
            fields,
            true,
            names,
        )

    val earlier = EarlierState(fields, "林晓雯", now.minusSeconds(90_000), listOf(Edit("place", Value.Text("home"))), names)
}
