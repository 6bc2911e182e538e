"""The tags of Hugo's shortcodes in a body, `{{< >}}` and `{{% %}}`, and which of them are pairs."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from posts.sentences import Sentence, gettext_noop

_BEGIN = re.compile(r"\{\{([<%])")
_NAME = re.compile(r"\s*+(/?)\s*+([\w.-]++(?:/[\w.-]++)*+)")
_ARGUMENT = re.compile(
    r"""\s++(?:([\w-]++)\s*+=\s*+)?
    (?: "((?:[^"\\]|\\.)*+)" | `([^`]*+)` | ((?:(?!\{\{|/?[>%]\}\})[^\s"`])++) )
    (?=\s|/?[>%]\}\})""",
    re.VERBOSE | re.DOTALL,
)
_END = re.compile(r"\s*+(/?)([>%])\}\}")


@dataclass(frozen=True, slots=True)
class Tag:
    """One piece between `{{<` and `>}}`. `kind` is `<` or `%`; one with a `text` was escaped or is malformed, and is text."""

    start: int
    end: int
    kind: str
    name: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)
    closes: bool = False
    alone: bool = False  # it ends in />}}
    text: str = ""
    problem: Sentence | None = None


def tags(body: str) -> Iterator[Tag]:
    """The tags in the order of the text. What begins like one and has no end is text."""
    at = 0
    unended: set[str] = set()  # kinds of comment that nothing further on ends: do not look again and again
    while begin := _BEGIN.search(body, at):
        tag = _comment(body, begin, unended) or _tag(body, begin)
        yield tag
        at = tag.end


def _comment(body: str, begin: re.Match[str], unended: set[str]) -> Tag | None:
    """`{{</* name */>}}`, which is shown as `{{< name >}}`."""
    kind = begin[1]
    closing = "*/" + (">" if kind == "<" else "%") + "}}"
    if kind in unended or not body.startswith("/*", begin.end()):
        return None
    end = body.find(closing, begin.end() + 2)
    if end < 0:
        unended.add(kind)
        return None
    text = "{{" + kind + body[begin.end() + 2 : end] + closing[2:]
    return Tag(begin.start(), end + len(closing), kind, text=text)


def _tag(body: str, begin: re.Match[str]) -> Tag:
    """The tag that begins here; a malformed one is its first three characters."""
    kind = begin[1]
    named = _NAME.match(body, begin.end())
    if not named:
        return _malformed(begin, gettext_noop("a shortcode's name is missing after %(mark)s") % {"mark": begin[0]})
    at, arguments, positional = named.end(), dict[str, str](), 0
    while found := _ARGUMENT.match(body, at):
        arguments[found[1] or str(positional)] = _value(found)
        positional += not found[1]
        at = found.end()
    end = _END.match(body, at)
    if not end or (end[2] == ">") != (kind == "<"):
        closing = ">}}" if kind == "<" else "%}}"
        problem = gettext_noop("this does not read as a shortcode's arguments up to %(end)s") % {"end": closing}
        return _malformed(begin, problem, named[2])
    return Tag(begin.start(), end.end(), kind, named[2], arguments, closes=bool(named[1]), alone=bool(end[1]))


def _malformed(begin: re.Match[str], problem: Sentence, name: str = "") -> Tag:
    return Tag(begin.start(), begin.end(), begin[1], name, text=begin[0], problem=problem)


def _value(found: re.Match[str]) -> str:
    _, quoted, raw, bare = found.groups()
    if quoted is not None:
        return quoted.replace('\\"', '"')
    return raw if raw is not None else bare


def paired(tags: list[Tag]) -> Iterator[tuple[Tag, Tag | None]]:
    """Each tag with the one that ends its pair: of an opening its closing, of anything else None.

    A closing ends the nearest opening of its name; openings between the two stand for themselves.
    """
    ends: dict[int, Tag] = {}
    opened: list[Tag] = []
    names: Counter[str] = Counter()
    for tag in tags:
        if tag.text or tag.alone:
            continue
        if not tag.closes:
            opened.append(tag)
            names[tag.name] += 1
        elif names[tag.name]:
            while True:
                opening = opened.pop()
                names[opening.name] -= 1
                if opening.name == tag.name:
                    break
            ends[opening.start] = tag
    return ((tag, ends.get(tag.start)) for tag in tags)
