"""String Catalogs: complete in both languages, and used to the last key."""

import json
import re

from . import APP, SCREENS, SHELL, screens, shown
from .plists import INFO, read

LANGUAGES = {"zh-Hans", "en"}
SENTENCES = SCREENS / "Localizable.xcstrings"
OF_THE_SHELL = APP / "Resources/Shell.xcstrings"
OF_THE_SYSTEM = APP / "Resources/InfoPlist.xcstrings"


def strings(path):
    """Key → language → wording."""
    catalog = json.loads(path.read_text())["strings"]
    return {
        key: {language: unit["stringUnit"]["value"] for language, unit in entry["localizations"].items()}
        for key, entry in catalog.items()
    }


def arguments(source, start):
    """How many arguments a call has whose first parenthesis is before `start`."""
    depth, count, quoted, position = 1, 1, False, start
    while depth:
        char = source[position]
        if quoted:
            if char == "\\":
                position += 1
            quoted = char != '"'
        elif char == '"':
            quoted = True
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char == "," and depth == 1:
            count += 1
        position += 1
    return count


def used():
    """Keys that the screens say, with one %@ for each part, and the files that say them."""
    for file in screens():
        source = file.read_text()
        for call in re.finditer(r'\bsay\(\s*"([^"]+)"', source):
            yield call[1] + " %@" * (arguments(source, call.start() + len("say(")) - 1), file
        for key in re.findall(r'\bwritten\(\s*"([^"]+)"', source):
            yield key, file


def placeholders(text):
    """Which part stands where: numbered ones by their number, the others in order."""
    found = re.findall(r"%(?:(\d+)\$)?@", text)
    return sorted(int(number) if number else place for place, number in enumerate(found, 1))


def check_both_languages():
    for path in (SENTENCES, OF_THE_SHELL, OF_THE_SYSTEM):
        catalog = json.loads(path.read_text())
        if catalog.get("sourceLanguage") != "zh-Hans":
            yield f"{shown(path)} is not written in Chinese first"
        for key, entry in catalog["strings"].items():
            units = {language: each.get("stringUnit", {}) for language, each in entry["localizations"].items()}
            for language in sorted(LANGUAGES ^ units.keys()):
                yield f"{shown(path)}: {key} and {language} do not belong together"
            for language, unit in units.items():
                if unit.get("state") != "translated" or not unit.get("value"):
                    yield f"{shown(path)}: {key} is not translated into {language}"
                if placeholders(unit.get("value", "")) != placeholders(key):
                    yield f"{shown(path)}: {key} has other places to fill in {language}"
            zh = units.get("zh-Hans", {}).get("value", "")
            if re.search(r"[A-Za-z]{4,}", zh):
                yield f"{shown(path)}: {key} is English in Chinese"


def check_every_sentence():
    known, said = strings(SENTENCES), dict(used())
    for key, file in said.items():
        if key not in known:
            yield f"{shown(file)} says “{key}”, which the catalog does not have"
    for key in known:
        if key not in said:
            yield f"nobody says “{key}”"


def check_words_of_the_shell():
    said = set()
    for file in sorted(SHELL.rglob("*.swift")):
        said |= set(re.findall(r'String\(localized: "([^"]+)", table: "Shell"\)', file.read_text()))
        for other in re.findall(r'String\(localized: "[^"]+"(?!, table: "Shell"\))', file.read_text()):
            yield f"{shown(file)}: {other} is in no catalog of the shell"
    for key in sorted(said ^ strings(OF_THE_SHELL).keys()):
        yield f"“{key}” is not both said by the shell and in its catalog"
    for key in strings(OF_THE_SYSTEM):
        if key not in read(INFO):
            yield f"InfoPlist.xcstrings translates {key}, which Info.plist does not have"


def check_nothing_is_said_past_the_catalog():
    for file in screens():
        source = re.sub(r"^\s*//.*$", "", file.read_text(), flags=re.M)
        for literal in re.findall(r'\bText\("[^"]*"', source):
            yield f"{shown(file)}: {literal}…) is not in the catalog"
        for literal in re.findall(r'"[^"\n]*[\u4e00-\u9fff][^"\n]*"', source):
            # The languages are called what they call themselves.
            if literal != '"中文"':
                yield f"{shown(file)}: {literal} is not in the catalog"


CHECKS = [check_both_languages, check_every_sentence, check_words_of_the_shell, check_nothing_is_said_past_the_catalog]
