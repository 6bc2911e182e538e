"""What a Liquid text gives names to with `capture` and `assign`, shown where the text asks for it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from posts.rendering.shortcodes import too_long

TAGS = frozenset({"capture", "endcapture", "assign"})
_CAPTURE = r"\{%-?\s*+capture\s++[\"']?(?P<captured>[\w-]++)[\"']?\s*+-?%\}(?P<inner>.*?)\{%-?\s*+endcapture\s*+-?%\}"
_ASSIGN = r"\{%-?\s*+assign\s++(?P<assigned>[\w-]++)\s*+=(?P<said>[^%{}]*+)%\}"
_OUTPUT = (
    r"\{\{-?\s*+(?P<shown>[\w-]++)(?P<filters>(?:\s*+\|\s*+(?:markdownify|[lr]?strip|strip_newlines))*+)\s*+-?\}\}"
)
_PLAIN = re.compile(f"{_ASSIGN}|{_OUTPUT}")
_WITH_CAPTURES = re.compile(f"{_CAPTURE}|{_ASSIGN}|{_OUTPUT}", re.DOTALL)
_END = re.compile(r"\{%-?\s*+endcapture\s*+-?%\}")
_LEFT = re.compile(r"\{%-?\s*+(?:capture|endcapture|assign)\b(?:[^%{]|%(?!\})|\{(?!%))*+%\}")
_GIVEN = re.compile(r"\{%-?\s*+(?:capture|assign)\s++[\"']?([\w-]++)")
_SHOWN = re.compile(_OUTPUT)
_TEXT = re.compile(r"([\"'])((?:(?!\1).)*+)\1|[\d.]++", re.DOTALL)


@dataclass(slots=True)
class Names:
    """The names of one text. `value` is what `page.x` or `site.x` says, None for nothing."""

    given: frozenset[str]  # that have a value somewhere
    asked_for: frozenset[str]  # that are shown somewhere
    value: Callable[[str], str | None]
    longest: int
    length: int = 0
    values: dict[str, str] = field(default_factory=dict)  # as they are where the text is read

    @classmethod
    def of(cls, text: str, value: Callable[[str], str | None], longest: int) -> "Names":
        given = frozenset(_GIVEN.findall(text) if "capture" in text or "assign" in text else ())
        return cls(
            given, frozenset(found["shown"] for found in _SHOWN.finditer(text)) if given else given, value, longest
        )

    def shows(self, output: re.Match[str]) -> bool:
        found = _SHOWN.fullmatch(output[0])
        return found is not None and found["shown"] in self.given

    def filled_in(self, text: str) -> str:
        """The text with its values where it shows them, what it captures for that gone from where it does so."""
        ends = [found.end() for found in _END.finditer(text)]
        whole = ends[-1] if ends else 0
        return _LEFT.sub("", _WITH_CAPTURES.sub(self._filled, text[:whole]) + _PLAIN.sub(self._filled, text[whole:]))

    def _filled(self, found: re.Match[str]) -> str:
        part = found.groupdict()
        if name := part.get("captured"):
            inner = _PLAIN.sub(self._filled, part["inner"])
            if name not in self.asked_for:
                return inner
            self.values[name] = inner
        elif name := part["assigned"]:
            self._assign(name, part["said"].strip("- \t\n"))
        elif (shown := self.values.get(part["shown"])) is None:
            return found[0]
        else:
            self.length += len(shown)
            if self.length > self.longest:
                raise too_long(self.length)
            return f'\n<div markdown="1">\n{shown.strip()}\n</div>\n' if "markdownify" in part["filters"] else shown
        return ""

    def _assign(self, name: str, said: str) -> None:
        text = _TEXT.fullmatch(said)
        value = self.value(said) if text is None else text[2] if text[1] else said
        if value is None:
            self.values.pop(name, None)
        else:
            self.values[name] = value
