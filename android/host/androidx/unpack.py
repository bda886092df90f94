#!/usr/bin/env python3
"""Takes libraries apart: unpack.py LIBRARIES TARGET

Their classes go to TARGET/classes; the resources of each AAR, with its manifest for the package's name, to
TARGET/libraries/NAME, where the app's resources are linked with them.
"""

import io
import shutil
import sys
import zipfile
from pathlib import Path


def classes(data, out):
    with zipfile.ZipFile(data) as jar:
        for name in jar.namelist():
            # Module descriptors and signatures are of one JAR, not of their union.
            if not name.startswith("META-INF/") or name.endswith(".kotlin_module") or "/services/" in name:
                jar.extract(name, out)


def main(libraries, target):
    out, resources = target / "classes", target / "libraries"
    for old in (out, resources):
        shutil.rmtree(old, ignore_errors=True)
    for library in sorted(libraries.iterdir()):
        if library.suffix == ".jar":
            classes(library, out)
            continue
        with zipfile.ZipFile(library) as aar:
            classes(io.BytesIO(aar.read("classes.jar")), out)
            for name in aar.namelist():
                if name == "AndroidManifest.xml" or (name.startswith("res/") and not name.endswith("/")):
                    aar.extract(name, resources / library.stem)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
