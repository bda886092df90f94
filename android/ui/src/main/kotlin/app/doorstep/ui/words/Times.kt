package app.doorstep.ui.words

import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import java.time.LocalTime
import java.time.YearMonth
import java.time.temporal.ChronoUnit

/** A day as people say it: today, yesterday, or day and month. */
fun Language.day(
    date: LocalDate,
    today: LocalDate,
): String =
    when (ChronoUnit.DAYS.between(date, today)) {
        0L -> pick("今天", "Today")
        1L -> pick("昨天", "Yesterday")
        -1L -> pick("明天", "Tomorrow")
        else -> plainDay(date, today.year)
    }

/** Day and month; the year where it is another one. */
fun Language.plainDay(
    date: LocalDate,
    thisYear: Int,
): String {
    val day = pick("${date.monthValue}月${date.dayOfMonth}日", "${date.dayOfMonth} ${months[date.monthValue - 1]}")
    return if (date.year == thisYear) day else pick("${date.year}年$day", "$day ${date.year}")
}

/** A month; the year where it is another one. */
fun Language.month(
    month: YearMonth,
    thisYear: Int,
): String {
    val word = pick("${month.monthValue}月", months[month.monthValue - 1])
    return if (month.year == thisYear) word else pick("${month.year}年$word", "$word ${month.year}")
}

/** How long ago, coarsely: what matters is hours or days. */
fun Language.ago(
    moment: Instant,
    now: Instant,
): String {
    val passed = Duration.between(moment, now)
    return when {
        passed.toMinutes() < 1 -> pick("刚才", "just now")
        passed.toHours() < 1 -> pick("${passed.toMinutes()} 分钟", "${passed.toMinutes()} min")
        passed.toDays() < 1 -> pick("${passed.toHours()} 小时", "${passed.toHours()} h")
        passed.toDays() == 1L -> pick("1 天", "1 day")
        else -> pick("${passed.toDays()} 天", "${passed.toDays()} days")
    }
}

/** How long ago, as a moment: "3 hours ago". */
fun Language.since(
    moment: Instant,
    now: Instant,
): String {
    val passed = ago(moment, now)
    return if (Duration.between(moment, now).toMinutes() < 1) passed else pick("${passed}前", "$passed ago")
}

/** A time of day as fields hold it. */
fun clock(time: LocalTime): String = "%02d:%02d".format(time.hour, time.minute)

private val months = listOf("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
