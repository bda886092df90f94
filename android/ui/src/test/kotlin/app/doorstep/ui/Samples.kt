package app.doorstep.ui

import app.doorstep.core.Amount
import app.doorstep.core.CaseGrant
import app.doorstep.core.CaseKind
import app.doorstep.core.CaseRole
import app.doorstep.core.CaseRow
import app.doorstep.core.Class
import app.doorstep.core.EntryKind
import app.doorstep.core.EntryListRow
import app.doorstep.core.EntrySummary
import app.doorstep.core.Outcome
import app.doorstep.core.PartSummary
import app.doorstep.core.PhotoView
import app.doorstep.core.PlaceKind
import app.doorstep.core.ReviewState
import app.doorstep.core.Scope
import app.doorstep.core.Storage
import app.doorstep.core.SyncState
import app.doorstep.core.Today
import app.doorstep.ui.photos.Photo
import app.doorstep.ui.today.TodayState
import java.time.Instant
import java.time.LocalDate
import java.time.LocalTime

/** A made-up afternoon for pictures. */
object Samples {
    val now: Instant = Instant.parse("2026-03-12T10:00:00Z")
    val today: LocalDate = LocalDate.of(2026, 3, 12)
    private const val ME = "me"

    fun entry(
        kind: EntryKind = EntryKind.HomeVisit,
        outcome: Outcome? = Outcome.Met,
        excerpt: String = "奶奶在家，小川刚放学。说起夜校报名的事，愿意去看看。",
        date: LocalDate = today,
        isCrisis: Boolean = false,
    ) = EntrySummary(
        kind,
        ME,
        date,
        LocalTime.of(15, 30),
        LocalTime.of(16, 10),
        outcome,
        PlaceKind.Home,
        "",
        null,
        false,
        isCrisis,
        excerpt,
        "",
        null,
        null,
        listOf(ME),
    )

    fun row(
        entry: EntrySummary = entry(),
        state: ReviewState = ReviewState.Submitted,
        case: String = "c1",
        isWaiting: Boolean = false,
        conflicts: UInt = 0u,
    ) = EntryListRow("doc-$case-$state", Scope.Case(case), Class.FILE, entry, "林晓雯", state, isWaiting, conflicts)

    fun sync(
        waiting: ULong = 3u,
        isSynced: Boolean = false,
    ) = SyncState(waiting, waiting, now.minusSeconds(172_800), 1u, null, now.minusSeconds(3_600), isSynced)

    val storage =
        Storage(5_300_000u, 1_000u, Amount(2u, 640_000u), Amount(0u, 0u), Amount(3u, 900_000u))

    val busy =
        TodayState(
            today =
                Today(
                    drafts = listOf(),
                    planned =
                        listOf(
                            row(
                                entry(date = today.minusDays(6)).copy(nextStep = "下午去学校见班主任", nextDate = today),
                                ReviewState.Approved,
                                "c2",
                            ),
                            row(
                                entry(EntryKind.PhoneContact, date = today.minusDays(1)).copy(nextDate = today.plusDays(1)),
                                ReviewState.Submitted,
                                "c3",
                            ),
                        ),
                    recent =
                        listOf(
                            row(isWaiting = true),
                            row(entry(outcome = Outcome.NotHome, excerpt = ""), ReviewState.Draft, "c2", true),
                            row(entry(EntryKind.Interview, isCrisis = true), ReviewState.Returned, "c3"),
                            row(entry(date = today.minusDays(1)), ReviewState.Approved, "c4", conflicts = 1u),
                        ),
                    sync = sync(),
                    attention = 2u,
                ),
            names = mapOf("c1" to "小川", "c2" to "小石", "c3" to "阿木", "c4" to "小满"),
            queue = 4,
        )

    val quiet = TodayState(Today(listOf(), listOf(), listOf(), sync(0u, true), 0u))

    fun person(
        name: String,
        reach: String = "",
        safety: String = "",
        role: CaseRole = CaseRole.LeadWorker,
        daysSinceMet: Int? = 3,
    ) = CaseRow(
        CaseGrant(name, "t", CaseKind.Released, false, role, listOf()),
        PartSummary(name, listOf(), reach, safety, "open", "", false),
        daysSinceMet,
        true,
    )

    val persons =
        listOf(person("小川"), person("小石", safety = "家中有大狗，先打电话"), person("阿木", daysSinceMet = 41), person("小满"))

    val mentor =
        TodayState(
            Today(listOf(), listOf(), listOf(row(entry(EntryKind.MentorCheckIn))), sync(1u), 1u),
            names = mapOf("c1" to "小川"),
            isMentor = true,
            persons = listOf(person("小川", "晚上七点以后打奶奶的电话", role = CaseRole.Mentor, daysSinceMet = null)),
        )

    /** A picture of nothing in particular. */
    val photo: ByteArray by lazy {
        val image = java.awt.image.BufferedImage(320, 240, java.awt.image.BufferedImage.TYPE_INT_RGB)
        val paint = java.awt.GradientPaint(0f, 0f, java.awt.Color(0x8FB9A8), 320f, 240f, java.awt.Color(0xF1D6A8))
        image.createGraphics().apply { this.paint = paint }.fillRect(0, 0, 320, 240)
        val bytes = java.io.ByteArrayOutputStream()
        javax.imageio.ImageIO.write(image, "jpg", bytes)
        bytes.toByteArray()
    }

    fun photos() =
        listOf(
            Photo(PhotoView("p1", 320u, 240u, 9_000u, true, true, true, null), photo),
            Photo(PhotoView("p2", 320u, 240u, 9_000u, false, false, false, null), null),
        )
}
