#!/usr/bin/env python3
"""Does the Gradle project name only what exists?

Gradle and the Android SDK are not on every machine that runs the tests, so this reads the build files as text:
modules, files, catalogue aliases, namespaces, the manifest's classes, the workflow's scripts and modules, and
that android/host compiles with the same versions. It prints `N passed, N failed`, one line for each finding.
"""

import re
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

ANDROID = Path(__file__).resolve().parent
ROOT = ANDROID.parent
NAME = "{http://schemas.android.com/apk/res/android}name"

# Host property (android/host/pom.xml) → catalogue version.
SHARED_VERSIONS = {
    "kotlin.version": "kotlin",
    "coroutines.version": "coroutines",
    "jna.version": "jna",
    "compose.version": "compose",
    "compose.icons.version": "compose-icons",
    "compose.material3.version": "compose-material3",
    "lifecycle.version": "lifecycle",
    "activity.version": "activity",
    "zxing.version": "zxing",
}


def accessor(alias):
    """`android-library` is `libs.android.library` in a build file."""
    return re.sub(r"[-_]", ".", alias)


def build_files():
    return [ANDROID / "build.gradle.kts", *(ANDROID / m / "build.gradle.kts" for m in modules())]


def modules():
    text = (ANDROID / "settings.gradle.kts").read_text()
    return [m.replace(":", "/") for m in re.findall(r'"(?::)([\w:-]+)"', text)]


def check_modules():
    for module in modules():
        if not (ANDROID / module / "build.gradle.kts").is_file():
            yield f"settings.gradle.kts includes :{module}, which has no build.gradle.kts"
    for file in build_files():
        for target in re.findall(r'project\("(:[\w:-]+)"\)', file.read_text()):
            if target[1:].replace(":", "/") not in modules():
                yield f"{file.relative_to(ROOT)} depends on {target}, which is not included"


def check_catalogue():
    catalogue = tomllib.loads((ANDROID / "gradle/libs.versions.toml").read_text())
    known = {accessor(a) for a in catalogue["libraries"]}
    known |= {"plugins." + accessor(a) for a in catalogue["plugins"]}
    known |= {"versions." + accessor(a) for a in catalogue["versions"]}
    for section in ("libraries", "plugins"):
        for alias, entry in catalogue[section].items():
            if entry["version"]["ref"] not in catalogue["versions"]:
                yield f"the catalogue's {alias} has a version that is not listed"
    used = set()
    for file in build_files():
        for use in re.findall(r"\blibs\.([\w.]+)", file.read_text()):
            use = use.removesuffix(".get").split(".get.")[0]
            used.add(use)
            if use not in known:
                yield f"{file.relative_to(ROOT)} uses libs.{use}, which the catalogue does not have"
    for alias in sorted(known - used):
        if not alias.startswith("versions."):
            yield f"nothing uses the catalogue's {alias}"


def check_files():
    for file in build_files():
        for name in re.findall(r'"([\w./-]+\.pro)"', file.read_text()):
            if not (file.parent / name).is_file():
                yield f"{file.relative_to(ROOT)} names {name}, which does not exist"


def check_namespaces():
    for module in modules():
        namespace = re.search(r'namespace = "([\w.]+)"', (ANDROID / module / "build.gradle.kts").read_text())
        sources = ANDROID / module / "src/main/kotlin"
        if namespace and sources.is_dir() and not (sources / namespace[1].replace(".", "/")).is_dir():
            yield f":{module} has the namespace {namespace[1]} but no sources of that package"


def check_manifest():
    manifest = ANDROID / "app/src/main/AndroidManifest.xml"
    for tag in ("application", "activity", "service", "receiver", "provider"):
        for element in ET.parse(manifest).iter(tag):
            name = element.get(NAME, "")
            if name.startswith(".") and not list((ANDROID / "app/src/main/kotlin").rglob(f"{name[1:]}.kt")):
                yield f"the manifest names {name}, which has no file of that name"


def check_workflow():
    text = (ROOT / ".github/workflows/android.yml").read_text()
    for script in re.findall(r"run: (mobile-bindings/[\w-]+)", text):
        if not (ROOT / script).is_file():
            yield f"the workflow runs {script}, which does not exist"
    for module in re.findall(r" :([\w-]+):\w+", text):
        if module not in modules():
            yield f"the workflow builds :{module}, which is not included"
    corekit = (ANDROID / "corekit/build.gradle.kts").read_text()
    for folder in re.findall(r"build-android android/corekit/(\w+)", text):
        if f'"{folder}/kotlin"' not in corekit or f'"{folder}/jniLibs"' not in corekit:
            yield f"the workflow fills {folder}, which corekit does not read"


def check_host_versions():
    versions = tomllib.loads((ANDROID / "gradle/libs.versions.toml").read_text())["versions"]
    for pom in sorted((ANDROID / "host").rglob("pom.xml")):
        for name, value in re.findall(r"<([\w.]+\.version)>([\w.-]+)</", pom.read_text()):
            alias = SHARED_VERSIONS.get(name)
            if alias and versions[alias] != value:
                yield f"{pom.relative_to(ROOT)} has {name} {value}, the catalogue {versions[alias]}"


CHECKS = [
    check_modules,
    check_catalogue,
    check_files,
    check_namespaces,
    check_manifest,
    check_workflow,
    check_host_versions,
]


def main():
    failed = 0
    for check in CHECKS:
        findings = list(check())
        failed += bool(findings)
        for finding in findings:
            print(f"{check.__name__.removeprefix('check_')}: {finding}")
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
