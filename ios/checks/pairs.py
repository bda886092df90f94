"""Android and iPhone: the same screens, the same words."""

import re

from . import ANDROID, IOS, PREVIEWS, screens
from .catalogs import SENTENCES, strings

# Kotlin's type of a code → how the catalog's keys for it begin.
CODES = {
    "EntryKind": "kind", "Outcome": "outcome", "PlaceKind": "place", "ContactMode": "mode", "ReviewState": "state",
    "CaseKind": "case_kind", "CaseRole": "case_role", "NextStep": "next_step", "CaseStage": "stage",
}
# Days in words, and what a time of day is typed into: the iPhone has both of the system.
ONLY_ON_ANDROID = {"%@月%@日", "%@月", "%@年%@", "时", "分"}


def snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def kotlin():
    return "\n".join(file.read_text() for file in sorted(ANDROID.rglob("*.kt")))


def check_screens():
    there = set(re.findall(r"^fun (\w+Screen)\(", kotlin(), flags=re.M))
    swift = "\n".join(file.read_text() for file in screens())
    here = set(re.findall(r"^struct (\w+Screen)\b[^{]*: View \{", swift, flags=re.M))
    previews = set(re.findall(r"\b\w+Screen\b", "\n".join(file.read_text() for file in PREVIEWS.glob("*.swift"))))
    for screen in sorted(there - here):
        yield f"Android has {screen}, the iPhone does not"
    for screen in sorted(here - there):
        yield f"the iPhone has {screen}, Android does not"
    for screen in sorted(here):
        if not re.search(rf"(?<!struct )\b{screen}\(", swift):
            yield f"nothing leads to {screen}"
        if screen not in previews:
            yield f"{screen} has no preview"


def check_words_of_codes():
    here = strings(SENTENCES)
    there = {}
    for kind, code, zh, en in re.findall(r'\b(\w+)\.(\w+) -> pick\("([^"]*)", "([^"]*)"\)', kotlin()):
        if kind in CODES:
            there[f"{CODES[kind]}.{snake(code)}"] = {"zh-Hans": zh, "en": en}
    if len(there) < 50:
        yield f"only {len(there)} codes were found in Kotlin"
    for key, words in there.items():
        if here.get(key) != words:
            yield f"{key} is {words} on Android and {here.get(key)} here"
    # Some prefixes are also those of sentences; a code's key has no dot behind its prefix's.
    for key in here:
        prefix, _, _ = key.partition(".")
        if prefix in CODES.values() and key not in there:
            yield f"{key} is no code on Android"


def template(text):
    """A sentence with its places to fill numbered away: Kotlin's $x and ${x}, the catalog's %@ and %1$@."""
    return re.sub(r"\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\$\w+|%(?:\d+\$)?@", "%@", text)


def check_fields_on_the_console():
    """A field is called the same on the phones and on the console, so that people speak of the same thing."""
    console = (IOS.parent / "server/src/console/words.rs").read_text()
    there = {name: words for name, *words in re.findall(r'^ +"(\w+)" => \("([^"]+)", "([^"]+)"\),$', console, flags=re.M)}
    here = {name: words for name, *words in re.findall(r'^ +"(\w+)" -> pick\("([^"]+)", "([^"]+)"\)$', kotlin(), flags=re.M)}
    # Prose of a record, or of a person's file: the console has one name for both.
    both = there.keys() & here.keys() - {"narrative"}
    if len(both) < 40:
        yield f"only {len(both)} fields were found on both"
    for name in sorted(both):
        if there[name] != here[name]:
            yield f"{name} is {here[name]} on the phones and {there[name]} on the console"


def check_same_sentences():
    """The same Chinese is the same English on both, so that nobody learns two apps."""
    literal = r'"((?:[^"\\$]|\\.|\$\{[^}]*\}|\$)*)"'
    there = {}
    for zh, en in re.findall(rf"pick\(\s*{literal},\s*{literal},?\s*\)", kotlin()):
        there.setdefault(template(zh), set()).add(template(en))
    here = strings(SENTENCES)
    for key, words in here.items():
        zh, en = template(words["zh-Hans"]), template(words["en"])
        if zh not in there:
            yield f"{key}: “{zh}” is not said on Android"
        elif en not in there[zh]:
            yield f"{key}: “{zh}” is “{en}” here and {sorted(there[zh])} on Android"
    for zh in sorted(there.keys() - ONLY_ON_ANDROID - {template(words["zh-Hans"]) for words in here.values()}):
        yield f"Android says “{zh}”, the iPhone does not"


CHECKS = [check_screens, check_fields_on_the_console, check_words_of_codes, check_same_sentences]
