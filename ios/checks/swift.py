"""What needs Swift: the screens against the stand-in, their tests, the app target's grammar, the house's format."""

import os
import re
import subprocess
import zlib
from functools import cache

from . import APP, IOS, SHELL

HOME = os.environ.get("DOORSTEP_SWIFT") or os.path.join(
    os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "doorstep/swift"
)
# Apart from .build, which is the Mac's; each copy of the project has its own.
SCRATCH = f"/var/tmp/screens-{zlib.crc32(str(IOS).encode()):08x}"


def run(*command):
    """Exit status and what was printed."""
    done = subprocess.run(
        [f"{HOME}/swift-env", *command], cwd=APP, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.returncode, done.stdout


@cache
def tested():
    # Builds first: "swift test" alone does not see a file that is new in a package it depends on.
    run("swift", "build", "--scratch-path", SCRATCH)
    return run("swift", "test", "--disable-xctest", "--scratch-path", SCRATCH)


def tests_passed():
    """By the summary at the end: lines before it may be cut or mixed."""
    summary = re.search(r"Test run with (\d+) tests? passed", tested()[1])
    return int(summary[1]) if summary else 0


def tests_written():
    return sum(len(re.findall(r"^\s*@Test\b", file.read_text(), flags=re.M)) for file in (APP / "Tests").rglob("*.swift"))


def check_types_and_tests():
    if not (IOS / "CoreKit/Generated/DoorstepCore").is_dir():
        yield "there are no bindings: run ios/test first"
        return
    status, text = tested()
    if status:
        found = [line for line in text.splitlines() if re.search(r"error:|failed after|recorded an issue", line)]
        yield "\n".join(found[:40] or text.splitlines()[-20:])
    elif tests_passed() != tests_written():
        yield f"{tests_passed()} of {tests_written()} tests ran"


def check_app_target_parses():
    status, text = run("swiftc", "-frontend", "-parse", "-swift-version", "6", *map(str, sorted(SHELL.rglob("*.swift"))))
    if status or text.strip():
        yield text.strip()


def check_format():
    status, text = run(
        "swift", "format", "lint", "--strict", "--recursive", "--configuration", str(IOS / ".swift-format"),
        str(APP / "Package.swift"), str(APP / "Sources"), str(APP / "Tests"), str(IOS / "SwiftUIStandIn/Package.swift"),
        str(IOS / "SwiftUIStandIn/Sources"),
    )
    if status:
        yield text.strip()


CHECKS = [check_types_and_tests, check_app_target_parses, check_format]
