"""`project.yml`, the packages, the icon and the workflow: they may name only what exists."""

import json
import re
import struct

from . import APP, IOS, ROOT, shown

WORKFLOW = ROOT / ".github/workflows/ios.yml"


def outline(text):
    """YAML as project.yml uses it, as (path of keys, value): maps, and lists of scalars or of one-key maps."""
    keys = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip())
        item = line.strip()
        if item.startswith("- "):
            item, indent = item[2:], indent + 1
        keys = [(depth, key) for depth, key in keys if depth < indent]
        match = re.fullmatch(r"([\w.]+):(?: +(.*))?", item)
        if not match:
            yield ".".join(key for _, key in keys), item.strip('"')
            continue
        keys.append((indent, match[1]))
        if match[2]:
            yield ".".join(key for _, key in keys), match[2].strip('"')


def project():
    return list(outline((IOS / "project.yml").read_text()))


def values(pattern):
    return [value for path, value in project() if re.fullmatch(pattern, path)]


def check_project_paths():
    named = values(r"targets\.\w+\.sources") + values(r"packages\.\w+\.path")
    named += values(r".*\.(INFOPLIST_FILE|CODE_SIGN_ENTITLEMENTS)")
    if len(named) < 6:
        yield f"project.yml names only {named}"
    for path in named:
        if not (IOS / path).exists():
            yield f"project.yml names {path}, which does not exist"


def check_project_packages():
    packages = {path.split(".")[1]: value for path, value in project() if re.fullmatch(r"packages\.\w+\.path", path)}
    for name in values(r"targets\.\w+\.dependencies\.package"):
        if name not in packages:
            yield f"project.yml depends on the package {name}, which it does not declare"
    for path in packages.values():
        if not (IOS / path / "Package.swift").is_file():
            yield f"{path} is no package"
    for test in values(r"schemes\.\w+\.test\.targets\.package"):
        package, _, target = test.partition("/")
        manifest = IOS / packages.get(package, "?") / "Package.swift"
        if not manifest.is_file() or f'.testTarget(name: "{target}"' not in manifest.read_text():
            yield f"project.yml tests {test}, which is no test target"


def check_project_targets():
    targets = {path.split(".")[1] for path, _ in project() if path.startswith("targets.")}
    for path, _ in project():
        match = re.fullmatch(r"schemes\.\w+\.build\.targets\.(\w+)", path)
        if match and match[1] not in targets:
            yield f"a scheme builds {match[1]}, which is no target"
    for target in targets:
        if values(rf"targets\.{target}\.platform") != ["iOS"]:
            yield f"{target} is not for iOS"


def check_icon():
    folder = APP / "Resources/Assets.xcassets/AppIcon.appiconset"
    if values(r".*\.ASSETCATALOG_COMPILER_APPICON_NAME") != [folder.stem]:
        yield "project.yml names another icon"
    for image in json.loads((folder / "Contents.json").read_text())["images"]:
        file = folder / image["filename"]
        if not file.is_file():
            yield f"{shown(file)} is missing"
            continue
        width, height, _, colour = struct.unpack(">IIBB", file.read_bytes()[16:26])
        # The store takes no icon with an alpha channel.
        if (width, height, colour) != (1024, 1024, 2):
            yield f"{shown(file)} is {width}×{height}, colour type {colour}; it must be 1024×1024 without alpha"


def check_manifests():
    for manifest in sorted(IOS.glob("*/Package.swift")):
        for path in re.findall(r'\.package\(path: "([^"]+)"\)', manifest.read_text()):
            if not (manifest.parent / path / "Package.swift").is_file():
                yield f"{shown(manifest)} depends on {path}, which is no package"
        for resource in re.findall(r'\.(?:process|copy)\("([^"]+)"\)', manifest.read_text()):
            if not list((manifest.parent / "Sources").glob(f"*/{resource}")):
                yield f"{shown(manifest)} takes in {resource}, which does not exist"


def check_workflow():
    text = WORKFLOW.read_text()
    scripts = re.findall(r"(?<![\w/.-])((?:mobile-bindings|ios)/[\w./-]+)", re.sub(r"^\s*#.*$", "", text, flags=re.M))
    for path in scripts:
        # What the workflow itself makes is not there before.
        if path in ("ios/CoreKit/Generated", "ios/Doorstep.xcodeproj"):
            continue
        if not (ROOT / path).is_file():
            yield f"the workflow names {path}, which does not exist"
    schemes = {path.split(".")[1] for path, _ in project() if path.startswith("schemes.")}
    for scheme in re.findall(r"-scheme (\w+)", text):
        if scheme not in schemes:
            yield f"the workflow builds the scheme {scheme}, which project.yml does not have"
    script = (ROOT / "mobile-bindings/build-ios").read_text()
    for triple in re.search(r"rustup target add ([\w -]+)", text)[1].split():
        if triple not in script:
            yield f"the workflow adds {triple}, which build-ios does not build"
    framework = re.search(r'path: "(Generated/[\w.]+xcframework)"', (IOS / "CoreKit/Package.swift").read_text())
    if not framework or framework[1].split("/")[1] not in script:
        yield "build-ios does not make the framework that CoreKit takes"


CHECKS = [
    check_project_paths, check_project_packages, check_project_targets, check_icon, check_manifests, check_workflow,
]
