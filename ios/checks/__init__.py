"""What `ios/check` looks at, one module for each kind of thing."""

from pathlib import Path

IOS = Path(__file__).resolve().parent.parent
ROOT = IOS.parent
APP = IOS / "App"
SCREENS = APP / "Sources/Screens"
SHELL = APP / "Sources/DoorstepApp"
ANDROID = ROOT / "android/ui/src/main/kotlin/app/doorstep/ui"
PREVIEWS = SCREENS / "Previews"


def screens():
    """The screens' sources; what previews show is made up."""
    return [file for file in sorted(SCREENS.rglob("*.swift")) if PREVIEWS not in file.parents]


def shown(path):
    return path.relative_to(ROOT)
