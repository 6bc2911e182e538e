"""What a Liquid text gives names to with `capture` and `assign`, shown where the text asks for it."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from posts.rendering import liquid_values
from posts.rendering.liquid_values import OUTPUT, Count

TAGS = frozenset({"capture", "endcapture", "assign"})
_CAPTURE = r"\{%-?\s*+capture\s++[\"']?(?P<captured>[\w-]++)[\"']?\s*+-?%\}(?P<inner>.*?)\{%-?\s*+endcapture\s*+-?%\}"
_ASSIGN = r"\{%-?\s*+assign\s++(?P<assigned>[\w-]++)\s*+=(?P<said>[^%{}]*+)%\}"
_OUTPUT = r"\{\{-?\s*+(?P<shown>[\w-]++)\s*+(?P<filters>(?:\|[^{}]*+)?)-?\}\}"
_PLAIN = re.compile(f"{_ASSIGN}|{_OUTPUT}")
_WITH_CAPTURES = re.compile(f"{_CAPTURE}|{_ASSIGN}|{_OUTPUT}", re.DOTALL)
_END = re.compile(r"\{%-?\s*+endcapture\s*+-?%\}")
_LEFT = re.compile(r"\{%-?\s*+(?:capture|endcapture|assign)\b(?:[^%{]|%(?!\})|\{(?!%))*+%\}")
_CAPTURED = re.compile(r"\{%-?\s*+capture\s++[\"']?([\w-]++)")
_GIVEN = re.compile(r"\{%-?\s*+(?:capture|assign)\s++[\"']?([\w-]++)")
_SHOWN = re.compile(_OUTPUT)
_IN_QUOTES = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_ASKED = re.compile(r"(?<![\w.-])[A-Za-z_][\w.-]*+")
_OF_CONDITIONS = frozenset({"and", "or", "contains", "true", "false", "nil", "null", "blank", "empty"})
_VALUE = re.compile(_ASSIGN)
_PATH = re.compile(
    r"\{%-?\s*+assign\s++(?P<name>[\w-]++)\s*+=\s*+(?P<path>(?:page|site\.data)(?:\.[\w-]*\w)++)\s*+-?%\}"
)
_LOOPED = re.compile(r"\{%-?\s*+for\s++([\w-]++)")
_SHOWING_CODE = ("endraw", "endhighlight")
_TAG = re.compile(r"\{[{%][^{}]*+\}")
_NAME_OF_PARTS = re.compile(rf"{_IN_QUOTES.pattern}|(?<![\w.-])([\w-]++)(?=\.[\w-])")
_WHOLE_TAG = re.compile(r"\{\{[^{}]*+\}\}|\{%[^{}]*+(?<=%)\}")
_KEY = re.compile(rf"(?<=[\w\]-])\[(?:\"([\w-]++)\"|'([\w-]++)')\]|{_IN_QUOTES.pattern}")


def with_dots(text: str) -> str:
    """The text with `lab.city` for `lab['city']`. Not where a text shows code of Liquid's."""
    if ("['" not in text and '["' not in text) or any(sign in text for sign in _SHOWING_CODE):
        return text
    return _WHOLE_TAG.sub(lambda tag: _KEY.sub(_with_dot, tag[0]), text)


def _with_dot(found: re.Match[str]) -> str:
    key = found[1] or found[2]
    return f".{key}" if key else found[0]


def with_paths(text: str, value: Callable[[str, str], str | None], longest: int) -> str:
    """The text with the whole path in place of a name that only ever stands for what the page or the site's data say in
    parts: `lab.city` behind `{% assign lab = site.data.lab %}`. Not where a text shows code of Liquid's. Raises RenderingError."""
    if "assign" not in text or any(sign in text for sign in _SHOWING_CODE):
        return text
    given = Counter([*_GIVEN.findall(text), *_LOOPED.findall(text)])
    paths = {
        found["name"]: found["path"]
        for found in _PATH.finditer(text)
        if given[found["name"]] == 1 and _is_in_parts(value, found["path"])
    }
    if not paths:
        return text
    count = Count(longest)

    def whole(found: re.Match[str]) -> str:
        shown = _NAME_OF_PARTS.sub(lambda each: paths.get(each[1], each[0]), found[0])
        count(len(shown))
        return shown

    return _TAG.sub(whole, text)


def _is_in_parts(value: Callable[[str, str], str | None], path: str) -> bool:
    owner, _, name = path.partition(".")
    return value(owner, name) is None and value(f"{owner}?", name) == "yes"


@dataclass(slots=True)
class Names:
    """The names of one text. `value` is what `page.x` or `site.x` says, None for nothing."""

    given: frozenset[str]  # that are given something somewhere
    known: frozenset[str]  # of those that can be told what
    asked_for: frozenset[str]  # that are shown somewhere, by another name too
    value: Callable[[str], str | None]
    count: Count
    values: dict[str, str] = field(default_factory=dict)  # as they are where the text is read
    whole: dict[str, tuple[str, str]] = field(default_factory=dict)  # of those, and with what they show in them

    @classmethod
    def of(cls, text: str, value: Callable[[str], str | None], longest: int) -> "Names":
        if "capture" not in text and "assign" not in text:
            return cls(frozenset(), frozenset(), frozenset(), value, Count(longest))
        known = set(_CAPTURED.findall(text))

        def lookup(name: str) -> str | None:
            return "x" if name in known else value(name)

        shown = {found["shown"] for found in _SHOWN.finditer(text)}
        for found in _VALUE.finditer(text):
            if found["assigned"] in shown:
                shown.update(_ASKED.findall(found["said"]))
            if liquid_values.said(found["said"], lookup) is not None:
                known.add(found["assigned"])
        return cls(frozenset(_GIVEN.findall(text)), frozenset(known), frozenset(shown), value, Count(longest))

    def shows(self, output: re.Match[str]) -> bool:
        """Whether the output has a text at some place where it may stand."""
        return (
            liquid_values.said(output[0][2:-2], lambda name: "x" if name in self.known else self.value(name))
            is not None
        )

    def decides(self, tag: re.Match[str]) -> bool:
        """Whether the tag is a condition on nothing but names that can be told where it stands, as within a loop."""
        asked = _ASKED.findall(_IN_QUOTES.sub("", tag[2])) if tag[1] in {"if", "unless", "case"} else []
        return bool(asked) and self.known.issuperset(set(asked) - _OF_CONDITIONS)

    def _lookup(self, name: str) -> str | None:
        if name not in self.given:
            return self.value(name)
        text = self.values.get(name)
        self.count(len(text or ""))
        return text

    def _lookup_whole(self, name: str) -> str | None:
        """With what a captured text shows of the page and the site already in it, for a filter to read."""
        text = self._lookup(name)
        if not text or name not in self.given:
            return text
        before, whole = self.whole.get(name, ("", ""))
        if before is not text:
            whole = OUTPUT.sub(self._output, text)
            self.whole[name] = text, whole
        self.count(len(whole))
        return whole

    def _output(self, found: re.Match[str]) -> str:
        text = liquid_values.shown(found[1], self.value)
        return found[0] if text is None else text

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
            self._assign(name, part["said"])
        elif part["shown"] not in self.given or (shown := self._shown(part)) is None:
            return found[0]
        else:
            self.count(len(shown))
            return shown
        return ""

    def _shown(self, part: dict[str, str | None]) -> str | None:
        return liquid_values.said(
            f"{part['shown']}{part['filters']}", self._lookup_whole if part["filters"] else self._lookup
        )

    def _assign(self, name: str, said: str) -> None:
        value = liquid_values.said(said, self._lookup_whole if "|" in said else self._lookup)
        if value is None:
            self.values.pop(name, None)
        else:
            self.values[name] = value
