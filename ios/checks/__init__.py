"""What `ios/check` looks at, one module for each kind of thing."""

from pathlib import Path

IOS = Path(__file__).resolve().parent.parent
ROOT = IOS.parent
APP = IOS / "App"
SCREENS = APP / "Sources/Screens"
SHELL = APP / "Sources/DoorstepApp"
ANDROID = ROOT / "android/ui/src/main/kotlin/app/doorstep/ui"


def shown(path):
    return path.relative_to(ROOT)
