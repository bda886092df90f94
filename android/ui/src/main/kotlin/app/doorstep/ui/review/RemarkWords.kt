package app.doorstep.ui.review

import app.doorstep.core.RemarkKind
import app.doorstep.ui.words.Language

internal fun Language.title(remark: RemarkKind): String =
    when (remark) {
        RemarkKind.RETURN -> pick("退回补充", "Return")
        RemarkKind.COMMENT -> pick("批注", "Comment")
        RemarkKind.WITHDRAW -> pick("记错人了", "Wrong person")
    }

internal fun Language.ask(remark: RemarkKind): String =
    when (remark) {
        RemarkKind.RETURN -> pick("请补充什么，为什么", "What is to be added, and why")
        RemarkKind.COMMENT -> pick("想说的话", "Your words")
        RemarkKind.WITHDRAW -> pick("为什么撤回", "Why it is withdrawn")
    }

internal fun Language.verb(remark: RemarkKind): String =
    when (remark) {
        RemarkKind.RETURN -> pick("退回", "Return")
        RemarkKind.COMMENT -> pick("写上", "Add")
        RemarkKind.WITHDRAW -> pick("撤回", "Withdraw")
    }
