"""The interface's texts: what code and templates mark for translation, and what the catalogues in `locale/` hold."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "locale/vi/LC_MESSAGES/django.po"
APPS = ("accounts", "audit", "cms", "enquiries", "posts")

_FIELD = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr)(?:\[0\])? ((?:".*"\n?)+)', re.MULTILINE)
_MARKERS = {
    "_": 0,
    "gettext": 0,
    "gettext_noop": 0,
    "gettext_lazy": 0,
    "ngettext": 0,
    "ngettext_lazy": 0,
    "pgettext": 1,
    "pgettext_lazy": 1,
}


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a catalogue; `plural` and `context` are empty where there is none."""

    context: str
    text: str
    plural: str
    translation: str
    is_fuzzy: bool


def catalogue() -> list[Message]:
    """The Vietnamese messages, without the header."""
    blocks = CATALOGUE.read_text().split("\n\n")[1:]
    return [_message(block) for block in blocks]


def _message(block: str) -> Message:
    said = {name: "".join(map(ast.literal_eval, lines.splitlines())) for name, lines in _FIELD.findall(block)}
    return Message(
        context=said.get("msgctxt", ""),
        text=said["msgid"],
        plural=said.get("msgid_plural", ""),
        translation=said["msgstr"],
        is_fuzzy="#, fuzzy" in block,
    )


def marked_texts() -> set[str]:
    """Every text that code or a template marks, plurals among them."""
    return {text for app in APPS for file in (ROOT / app).rglob("*.py") for text in _marked_in_code(file)} | {
        text for file in (ROOT / "templates").rglob("*.*") for text in _marked_in_template(file)
    }


def _marked_in_code(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKERS:
            yield from _constants(node.args[_MARKERS[node.func.id] :])


def _marked_in_template(file: Path) -> Iterator[str]:
    """As Django's `makemessages` finds them: it makes calls of the tags, and leaves the rest unreadable."""
    for found in re.finditer(r"(\w*gettext|(?<!\w)_)\(", templatize(file.read_text())):
        call = found.string[found.start() :]
        yield from _constants(_first_call(call).args[_MARKERS[found[1]] :])


def _first_call(text: str) -> ast.Call:
    """The call that the text begins with: up to the first parenthesis with which it can be read."""
    for end in re.finditer(r"\)", text):
        try:
            parsed = ast.parse(text[: end.end()], mode="eval").body
        except SyntaxError:
            continue
        assert isinstance(parsed, ast.Call)
        return parsed
    raise AssertionError(text[:80])


def _constants(arguments: list[ast.expr]) -> Iterator[str]:
    return (each.value for each in arguments if isinstance(each, ast.Constant) and isinstance(each.value, str))
