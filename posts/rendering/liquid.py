"""Jekyll's own marks in a body, put in Markdown's terms before it is rendered: Liquid's tags, kramdown's attributes."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from posts.rendering.block_attributes import FENCE, ITEM
from posts.rendering.shortcodes import ShortcodeFinding
from posts.sentences import gettext_noop

_RAW = ("raw", re.compile(r"\{%-?\s*+raw\s*+-?%\}(.*?)\{%-?\s*+endraw\s*+-?%\}", re.DOTALL))
_CODE = (
    "highlight",
    re.compile(r"\{%-?\s*+highlight\s++([\w+#.-]++)([^%]*+)%\}(.*?)\{%-?\s*+endhighlight\s*+-?%\}", re.DOTALL),
)
_COMMENT = ("comment", re.compile(r"\{%-?\s*+comment\s*+-?%\}.*?\{%-?\s*+endcomment\s*+-?%\}", re.DOTALL))
_TAG = re.compile(r"\{%-?\s*+(\w++)((?:[^%{]|%(?!\})|\{(?!%))*+)%\}")
_OUTPUT = re.compile(r"\{\{-?([^{}]*+)\}\}")
_ADDRESS = re.compile(
    r"""(?:site\.(?:baseurl|url)|(["'])(.*?)\1(?:\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:baseurl|url)))+)"""
)
_ATTRIBUTES = re.compile(r"[ \t>]*+\{::?([^{}]*+)\}\s*+")
_INLINE_ATTRIBUTES = re.compile(r"(?<=[\])*_])\{:[^{}\n]*+\}")
_HEADING = re.compile(r"#{1,6}[ \t]")
_KEPT = re.compile("\ue000(\\d{1,9})\ue001")

Address = Callable[[str, str], str | None]
"""The path of the document that `post_url` or `link` names; None where there is none."""


def in_markdown(body: str, address: Address) -> tuple[str, tuple[ShortcodeFinding, ...]]:
    """The body without Liquid and kramdown's attribute lists, in time that grows with its length, and what of it is lost:
    a tag that only the site's theme can answer gives nothing."""
    if "{%" not in body and "{{" not in body and "{:" not in body:
        return body, ()
    findings = tuple(_unanswered(body, address))
    kept: list[str] = []
    text = _without_pairs(body, partial(_raw, kept), partial(_fenced, kept), lambda _: "")
    text = _OUTPUT.sub(lambda found: _output(found) or "", _TAG.sub(lambda tag: _tag(tag, address) or "", text))
    text = _INLINE_ATTRIBUTES.sub("", "".join(_without_attributes(text.splitlines(keepends=True))))
    return _KEPT.sub(lambda mark: kept[int(mark[1])] if int(mark[1]) < len(kept) else mark[0], text), findings


Replaced = Callable[[re.Match[str]], str]


def _without_pairs(body: str, raw: Replaced, code: Replaced, comment: Replaced) -> str:
    """Each pair replaced; what begins one and is never ended is left, and not looked for again."""
    for (name, pattern), replaced in ((_RAW, raw), (_CODE, code), (_COMMENT, comment)):
        if (last := body.rfind(f"end{name}")) >= 0:
            end = body.find("%}", last) + 2
            body = pattern.sub(replaced, body[:end]) + body[end:] if end > 1 else body
    return body


def _unanswered(body: str, address: Address) -> Iterator[ShortcodeFinding]:
    text = _without_pairs(body, _blank, _blank, _blank)
    lost = [(tag, tag[1]) for tag in _TAG.finditer(text) if _tag(tag, address) is None]
    lost += [(found, found[1].strip("- ")) for found in _OUTPUT.finditer(text) if _output(found) is None]
    line, begins, at = 1, 0, 0
    for found, name in sorted(lost, key=lambda each: each[0].start()):
        line += text.count("\n", at, found.start())
        begins = max(begins, text.rfind("\n", at, found.start()) + 1)
        at = found.start()
        problem = gettext_noop("Jekyll's theme or configuration says what this shows; nothing does here")
        yield ShortcodeFinding(name[:40], line, at - begins + 1, problem)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _aside(kept: list[str], text: str) -> str:
    kept.append(text)
    return f"\ue000{len(kept) - 1}\ue001"


def _raw(kept: list[str], found: re.Match[str]) -> str:
    return _aside(kept, found[1])


def _fenced(kept: list[str], found: re.Match[str]) -> str:
    """The code between two fences, in the places of the tags."""
    language, _, code = found.groups()
    fence = "~~~~~~~~" if "```" in code else "```"
    return _aside(kept, "\n".join([fence + language, code.strip("\r\n"), fence]))


def _tag(tag: re.Match[str], address: Address) -> str | None:
    """What a tag becomes; None for one that is lost. The ends and branches of conditions and loops lose nothing more."""
    name, said = tag[1], tag[2].rstrip("-").strip()
    if name in {"post_url", "link"}:
        return address(name, said) or (
            f"/{said}" if name == "link" and not said.endswith((".md", ".markdown")) else None
        )
    return "" if name.startswith("end") or name in {"else", "elsif", "assign"} else None


def _output(found: re.Match[str]) -> str | None:
    """An address without the site's own; None for anything else."""
    written = _ADDRESS.fullmatch(found[1].strip("- \t\n"))
    return (written[2] or "") if written else None


def _without_attributes(lines: list[str]) -> list[str]:
    """The lines outside of code without attribute lists; a heading keeps its id, as Markdown's extensions write it."""
    shown: list[str] = []
    fence = ""
    for line in lines:
        found, mark = _ATTRIBUTES.fullmatch(line), FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if not found or fence:
            shown.append(line)
            continue
        if shown and (words := found[1].split()):
            shown[-1] = _attributed(shown[-1], words)
        shown.append("\n" if line.endswith("\n") else "")
    return shown


def _attributed(line: str, words: list[str]) -> str:
    """The line above an attribute list: the item that stands for a list of contents goes, for the page has one."""
    if "toc" in words and ITEM.match(line):
        return "\n"
    identity = next((word for word in words if word.startswith("#")), "")
    return f"{line.rstrip().rstrip('#').rstrip()} {{{identity}}}\n" if identity and _HEADING.match(line) else line
