"""Property lists: what must stand in them, and what must not."""

import plistlib
import re
from xml.parsers.expat import ExpatError

from . import APP, SHELL, shown

INFO = APP / "Support/Info.plist"
ENTITLEMENTS = APP / "Support/Doorstep.entitlements"
PRIVACY = APP / "Resources/PrivacyInfo.xcprivacy"

NEEDED = {
    "BGTaskSchedulerPermittedIdentifiers", "CFBundleDevelopmentRegion", "CFBundleDisplayName", "CFBundleExecutable",
    "CFBundleIdentifier", "CFBundleInfoDictionaryVersion", "CFBundleLocalizations", "CFBundleName",
    "CFBundlePackageType", "CFBundleShortVersionString", "CFBundleVersion", "LSRequiresIPhoneOS",
    "NSCameraUsageDescription", "NSLocationDefaultAccuracyReduced", "NSLocationWhenInUseUsageDescription",
    "UIApplicationSceneManifest", "UIBackgroundModes", "UILaunchScreen",
}
# Files for others to take, networks without protection, and whatever the app never asks for.
FORBIDDEN = re.compile(
    r"UIFileSharingEnabled|LSSupportsOpeningDocumentsInPlace|NSAppTransportSecurity|NSLocation(?!DefaultAccuracyReduced|WhenInUse)\w*|NSContacts\w*"
    r"|NSPhotoLibrary\w*|NSMicrophone\w*|NSUserTracking\w*|NSBluetooth\w*"
)
# What is used in code and must be declared: how it looks there, and as what.
DECLARED_APIS = {
    r"@AppStorage|UserDefaults": "NSPrivacyAccessedAPICategoryUserDefaults",
    r"ContinuousClock|systemUptime": "NSPrivacyAccessedAPICategorySystemBootTime",
}


def read(path):
    return plistlib.loads(path.read_bytes())


def check_property_lists():
    for path in (INFO, ENTITLEMENTS, PRIVACY):
        try:
            read(path)
        except (plistlib.InvalidFileException, ExpatError, OSError, ValueError) as error:
            yield f"{shown(path)} cannot be read: {error}"


def check_info():
    info = read(INFO)
    for key in sorted(NEEDED - info.keys()):
        yield f"Info.plist has no {key}"
    for key in info:
        if FORBIDDEN.fullmatch(key):
            yield f"Info.plist has {key}"
    if "doorstep" in (info.get("CFBundleDisplayName", "") + info.get("CFBundleName", "")).lower():
        yield "the name under the icon is not neutral"
    if set(info.get("CFBundleLocalizations", [])) != {"zh-Hans", "en"}:
        yield "Info.plist does not name both languages"
    in_code = set(re.findall(r'"(app\.doorstep\.ios\.\w+)"', (SHELL / "SyncSchedule.swift").read_text()))
    if in_code != set(info.get("BGTaskSchedulerPermittedIdentifiers", [])):
        yield f"Info.plist permits other background tasks than the app registers: {sorted(in_code)}"


def check_entitlements():
    if read(ENTITLEMENTS).get("com.apple.developer.default-data-protection") != "NSFileProtectionComplete":
        yield "data protection is not complete"


def check_privacy_manifest():
    manifest = read(PRIVACY)
    if manifest.get("NSPrivacyTracking") is not False or manifest.get("NSPrivacyTrackingDomains") != []:
        yield "the privacy manifest does not deny tracking"
    for kind in manifest.get("NSPrivacyCollectedDataTypes", []):
        if kind.get("NSPrivacyCollectedDataTypeTracking") is not False:
            yield f"{kind.get('NSPrivacyCollectedDataType')} is not kept from tracking"
    declared = {api.get("NSPrivacyAccessedAPIType") for api in manifest.get("NSPrivacyAccessedAPITypes", [])}
    if not all(api.get("NSPrivacyAccessedAPITypeReasons") for api in manifest.get("NSPrivacyAccessedAPITypes", [])):
        yield "an accessed API has no reason"
    source = "".join(file.read_text() for file in sorted((APP / "Sources").rglob("*.swift")))
    for use, category in DECLARED_APIS.items():
        if re.search(use, source) and category not in declared:
            yield f"the privacy manifest does not declare {category}"


CHECKS = [check_property_lists, check_info, check_entitlements, check_privacy_manifest]
