#!/usr/bin/env python3
"""Links the app's manifest and resources with those of its libraries, as the Gradle build does:
link_resources.py APP LIBRARIES FRAMEWORK OUT

Writes OUT/java (the R classes), OUT/resources.ap_ and OUT/config, by which Robolectric finds it. Misspelt attributes
and missing resources end it.
"""

import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path


def framework(folder):
    """aapt2 wants a plain archive of the framework's own resources."""
    out = folder / "framework.apk"
    (source,) = folder.glob("android-all-*.jar")
    if not out.is_file():
        with zipfile.ZipFile(source) as jar, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as apk:
            for name in ("AndroidManifest.xml", "resources.arsc"):
                apk.writestr(name, jar.read(name))
    return out


def compiled(resources, out):
    if resources.is_dir() and any(resources.iterdir()):
        subprocess.run(["aapt2", "compile", "--dir", resources, "-o", out], check=True)
        return [out]
    return []


def package(manifest):
    return ET.parse(manifest).getroot().get("package")


def manifest(app, out):
    """The Gradle build puts in the namespace, the SDK versions and the application's id."""
    text = (app / "AndroidManifest.xml").read_text()
    text = text.replace("<manifest ", f'<manifest package="{PACKAGE}" ', 1).replace("${applicationId}", PACKAGE)
    sdk = '<uses-sdk android:minSdkVersion="26" android:targetSdkVersion="35" />'
    out.write_text(text.replace("<application", f"{sdk}\n    <application", 1))
    return out


PACKAGE = "app.doorstep.android"


def main(app, libraries, folder, out):
    for part in ("java", "config/com/android/tools", "flat"):
        (out / part).mkdir(parents=True, exist_ok=True)
    parts, packages = [], []
    for library in sorted(libraries.iterdir()):
        parts += compiled(library / "res", out / "flat" / f"{library.name}.zip")
        packages.append(package(library / "AndroidManifest.xml"))
    apk, merged = out / "resources.ap_", manifest(app, out / "AndroidManifest.xml")
    command = ["aapt2", "link", "-I", framework(folder), "--manifest", merged, "--java", out / "java", "-o", apk]
    command += ["--auto-add-overlay", "--extra-packages", ":".join(packages)]
    for part in parts + compiled(app / "res", out / "flat" / "app.zip"):
        command += ["-R", part]
    subprocess.run(command, check=True)
    (out / "config/com/android/tools/test_config.properties").write_text(
        f"android_resource_apk={apk}\nandroid_merged_manifest={merged}\n"
        f"android_custom_package={PACKAGE}\nandroid_merged_assets={out}\n"
    )


if __name__ == "__main__":
    main(*(Path(a).resolve() for a in sys.argv[1:5]))
