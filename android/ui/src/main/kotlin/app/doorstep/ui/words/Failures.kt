package app.doorstep.ui.words

import app.doorstep.corekit.Failure

/** A failure as a plain sentence that says what to do, or that nothing is lost. */
fun Language.sentence(failure: Failure): String =
    when (failure) {
        is Failure.Offline ->
            pick("暂时联系不上服务器。已记下的都在本机，联网后会自动送出。", "The server cannot be reached now. Everything is kept on this phone and goes out later.")
        is Failure.SignInNeeded -> signIn(failure.code)
        is Failure.Locked -> pick("请先输入 PIN。", "Please enter the PIN first.")
        is Failure.NotAllowed -> pick("您没有这样做的权限。", "You may not do this.")
        is Failure.NotFound -> pick("本机上没有这份内容。", "This is not on the phone.")
        is Failure.Invalid -> invalid(failure.field, failure.code)
        is Failure.Storage -> storage(failure.code)
        is Failure.Unexpected -> pick("出了意外（${failure.code}）。已记下的没有丢。", "Something unexpected happened (${failure.code}). What was recorded is kept.")
    }

private fun Language.signIn(code: String): String =
    when (code) {
        "revoked" -> pick("这部手机已停用，请联系机构。", "This phone was taken out of use. Please ask your office.")
        "unconfirmed" -> pick("等待机构确认这部手机。记录都在，请照常工作。", "The office has to confirm this phone. Go on working: nothing is lost.")
        else -> pick("登记码无效或已过期，请向机构要一个新的。", "The code is not valid or has run out. Please ask your office for a new one.")
    }

private fun Language.invalid(
    field: String,
    code: String,
): String =
    when {
        code == "too_long" || code == "too_much" ->
            pick("写得太长，放不下。请分成两条，或删去一些；已写的都还在。", "This is longer than one record can hold. Make two of it, or shorten it; what you wrote is kept.")
        else -> invalidField(field, code)
    }

private fun Language.invalidField(
    field: String,
    code: String,
): String =
    when (field) {
        "code" -> code(code)
        "pin" -> pin(code)
        "photo" -> photo(code)
        "camera" -> camera(code)
        "location" -> location(code)
        "heads" -> pick("这条记录刚有修改，请回去再看一遍。", "This entry has just changed. Please go back and read it once more.")
        "phone" -> pick("练习时不连接服务器。", "Practice never talks to a server.")
        else -> pick("有一项填写有误，请核对。", "One answer cannot be used. Please check it.")
    }

private fun Language.camera(code: String): String =
    when (code) {
        "no_scan" -> pick("没有相机权限。可在手机设置里允许，或者在下面输入登记码。", "The app may not use the camera. Allow it in the phone's settings, or type the code below.")
        else -> pick("没有相机权限。可在手机设置里允许，再拍照。", "The app may not use the camera. Allow it in the phone's settings, then take the photo.")
    }

private fun Language.location(code: String): String =
    when (code) {
        "not_allowed" -> pick("没有位置权限。可在手机设置里允许，也可以不记。", "The app may not know the location. Allow it in the phone's settings, or leave it out.")
        else -> pick("现在查不到位置，可以不记。", "The location cannot be told now. It may be left out.")
    }

private fun Language.code(code: String): String =
    when (code) {
        "mistyped" -> pick("登记码有一处打错了，请再核对。", "One character of the code is wrong. Please check it again.")
        "expired" -> pick("登记码已过期或已用过，请向机构要一个新的。", "The code has run out or was used. Please ask your office for a new one.")
        "already_enrolled" -> pick("这部手机已经登记过了。", "This phone is enrolled already.")
        else -> pick("这不是登记码。", "This is not an enrolment code.")
    }

private fun Language.pin(code: String): String =
    when (code) {
        "wrong" -> pick("PIN 不对。", "Wrong PIN.")
        "wait" -> pick("输错多次，请稍等再试。记录没有丢。", "Too many wrong tries. Please wait a little; nothing is lost.")
        else -> pick("PIN 太短或太长。", "The PIN is too short or too long.")
    }

private fun Language.storage(code: String): String =
    when (code) {
        "no_room" -> pick("手机存储已满。请腾出空间后再试，已记下的没有丢。", "The phone is full. Make room and try again; what was recorded is kept.")
        "key_lost" -> pick("手机丢失了打开记录的钥匙。请联系机构恢复，不要删除本应用。", "The phone has lost the key to its records. Ask your office to recover it, and do not delete the app.")
        "newer" -> pick("这些记录需要更新版的应用。", "These records need a newer version of the app.")
        else -> pick("手机存储出错（$code）。请联系机构，不要删除本应用。", "The phone's storage failed ($code). Ask your office, and do not delete the app.")
    }

private fun Language.photo(code: String): String =
    when (code) {
        "too_many" -> pick("这条记录的照片已满。", "That is as many photos as one record can hold.")
        else -> pick("这张照片读不出来，请重拍一张。", "This photo cannot be read. Please take it again.")
    }
