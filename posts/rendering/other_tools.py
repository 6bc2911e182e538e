"""What other tools have in their Markdown, in our terms: boxes, tabs, attributes in braces, imports of code.

Docusaurus and VitePress write a box between `:::note` and `:::`, Material for MkDocs as `!!! note` over lines that stand in and
a tab as `=== "Tab"`; pandoc has attributes in braces, Notion a callout as `<aside>`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from posts.rendering import code_lines
from posts.rendering.shortcodes import ShortcodeFinding, located
from posts.sentences import Sentence, gettext_noop

MOST_BOXES = 20  # within one another
_KINDS = (
    "note|tip|info|warning|danger|caution|important|success|question|example|abstract|failure|bug|details|secondary"
)
_BEGINS = re.compile(
    rf" {{0,3}}:{{3,}}[ \t]*+(?:\{{\.(?:callout-)?(?P<class>{_KINDS})\b(?:[^\n]*?\btitle=\"(?P<title>[^\"\n]{{0,300}})\")?+[^\n]*+|(?:(?P<kind>{_KINDS})\b)?(?P<said>[^\n]*+))\n?",
    re.IGNORECASE,
)
_ENDS = re.compile(r" {0,3}:{3,}[ \t]*+\n?")
_STANDS_OUT = re.compile(
    r"(?P<margin> {0,16}+)(?P<sign>!!!|\?\?\?\+?|===)[ \t]++(?:(?P<kind>[\w-]++)(?:[ \t]++[\w-]++)*+)?[ \t]*+(?:\"(?P<title>[^\"\n]{0,300}+)\")?[ \t]*+\n?"
)
_IMPORT = re.compile(r"import (?:[^\n\"']{1,300} from )?[\"'][^\"'\n]{1,300}[\"'];?[ \t]*+\n?")
_ATTRIBUTES = r"\{:?[ \t]{0,3}+(?:[.#][\w-]|[\w-]{1,50}+=)[^{}\n]{0,300}+\}"
_SPAN = re.compile(
    rf"((?<!`)(`++)(?:.|\n(?![ \t]*+\n)){{0,2000}}?(?<!`)\2(?!`))|(?<!!)\[([^\[\]\n]{{0,500}}+)\]{_ATTRIBUTES}|(?<=\)){_ATTRIBUTES}"
)
"""Code, in which nothing is one; a text in brackets with attributes; attributes of a link or a picture."""
_SIGN = re.compile(r"[^\n]")
_SIGNS = (":::", "!!! ", "???", '=== "', "]{", "){", "<aside>", "import ")
_LOST: tuple[tuple[re.Pattern[str], Sentence], ...] = (
    (
        re.compile(r"\\?\[(?:caption|gallery|embed|playlist|contact-form-7|vc_row|et_pb_section)(?: \w++=|\\?\])"),
        gettext_noop(
            "this is for WordPress to show, and stands there as it is written; write it in Markdown or take it out"
        ),
    ),
    (
        re.compile(
            r"!\[[^\[\]\n]{0,300}+\]\(data:image/|^ {0,3}\[[^\[\]\n]{1,300}+\]:[ \t]*+<?data:image/", re.MULTILINE
        ),
        gettext_noop(
            "a picture that is written into the text is not shown; save it as a file beside the text and name that"
        ),
    ),
    (
        re.compile(r"\]\(\{(?:static|attach|filename)\}"),
        gettext_noop("only Pelican knows this address; write where the file is from here"),
    ),
    (
        re.compile(r"\A\ufeff?title:[^\n]*+\n\w[\w-]{0,30}+:[^\n]", re.IGNORECASE),
        gettext_noop("these lines are no front matter, but text; put a line of --- above and below them"),
    ),
)
_OF_TEMPLATE = (
    re.compile(
        r"(?<![\w{}^\\])(?:\{%-?[ \t]{0,3}\w|\{\{-?[ \t]{0,3}\w[^{}]{0,300}+(?:\{|\}\}))"
        r"|^ {0,8}::[a-z][\w-]{1,50}(?:\{|[ \t]{0,9}$)",
        re.MULTILINE,
    ),
    gettext_noop("this is of a template, and stands there as it is written; write what it shows in its place"),
)


def in_markdown(body: str) -> tuple[str, tuple[ShortcodeFinding, ...]]:
    """The body in our terms, line for line, and the first of each thing that is lost."""
    found = tuple(located(body, _lost(body, (*_LOST, _OF_TEMPLATE))))
    if any(sign in body for sign in _SIGNS):
        body = "".join(_in_our_terms(body.splitlines(keepends=True)))
    return body, found


def lost(body: str) -> tuple[ShortcodeFinding, ...]:
    """The first of each thing that only another tool can show, or that is no front matter, but for a template's tags."""
    return tuple(located(body, _lost(body, _LOST)))


def _lost(body: str, of: Sequence[tuple[re.Pattern[str], Sentence]]) -> Iterator[tuple[int, str, Sentence]]:
    if any(pattern.search(body) for pattern, _ in of):
        parts = ((_SIGN.sub(" ", text) if is_code else text) for is_code, text in code_lines.parts(body))
        prose = code_lines.CODE.sub(lambda code: " " * len(code[0]), "".join(parts))
        found = ((pattern.search(prose), problem) for pattern, problem in of)
        yield from ((each.start(), "", problem) for each, problem in found if each)


def _in_our_terms(lines: list[str], depth: int = 0, is_code: list[bool] | None = None) -> Iterator[str]:
    """The lines shown; of those in a box that do not stand in, which are code and have no attributes is known."""
    if is_code is None:
        is_code = list(code_lines.are_code(lines))
        lines = _without_attributes(lines, is_code)
    ends = _ends_of_boxes(lines, is_code)
    at = 0
    while at < len(lines):
        line, at = lines[at], at + 1
        if is_code[at - 1] or depth == MOST_BOXES:
            yield line
        elif end := ends.get(at - 1):
            yield from _box(_BEGINS.fullmatch(line), lines[at:end], depth, is_code[at:end])
            yield "\n"
            at = end + 1
        elif (begun := _STANDS_OUT.fullmatch(line)) and (inside := _standing_in(lines, at, begun["margin"])):
            yield from (begun["margin"] + each if each.strip() else each for each in _box(begun, inside, depth))
            at += len(inside)
        elif _IMPORT.fullmatch(line) and _begins(lines, at - 1):
            yield "\n"
        else:
            is_tight_aside = line.rstrip() == "<aside>" and "".join(lines[at : at + 1]).strip()
            yield line + "\n" * bool(is_tight_aside)


def _without_attributes(lines: list[str], is_code: list[bool]) -> list[str]:
    """As many lines, those of prose without attributes: code within a line may go on in the next."""
    shown: list[str] = []
    for inside, part in groupby(zip(is_code, lines, strict=True), key=itemgetter(0)):
        text = "".join(line for _, line in part)
        is_changed = not inside and ("]{" in text or "){" in text)
        text = _SPAN.sub(lambda found: found[1] or found[3] or "", text) if is_changed else text
        shown += text.splitlines(keepends=True)
    return shown


def _begins(lines: list[str], at: int) -> bool:
    """Whether nothing but blank lines and imports stands before the line in its paragraph."""
    return at == 0 or not lines[at - 1].strip() or lines[at - 1].startswith("import ")


def _ends_of_boxes(lines: list[str], is_code: list[bool]) -> dict[int, int]:
    """The line on which each box between colons ends, by the one on which it begins."""
    begun: list[int] = []
    ends: dict[int, int] = {}
    for at, line in enumerate(lines):
        if is_code[at] or ":::" not in line:
            continue
        if not _ENDS.fullmatch(line):
            begun += [at] if _BEGINS.fullmatch(line) else []
        elif begun:
            ends[begun.pop()] = at
    return ends


def _standing_in(lines: list[str], at: int, margin: str) -> list[str]:
    """The lines from there on that stand in, without the space before them, and the blank ones between them."""
    inside = []
    for line in map(lines.__getitem__, range(at, len(lines))):
        if line.strip() and not line.startswith(f"{margin}    "):
            break
        inside.append(line[len(margin) + 4 :] if line.strip() else "\n")
    while inside and not inside[-1].strip():
        inside.pop()
    return inside


def _box(
    begun: re.Match[str] | None, inside: list[str], depth: int, is_code: list[bool] | None = None
) -> Iterator[str]:
    """A quotation under the box's name; a tab under its own is none, and what has no name shows what is in it alone."""
    said = begun.groupdict() if begun else {}
    is_tab, kind = said.get("sign") == "===", said.get("kind") or said.get("class") or ""
    named = said.get("title") or (said.get("said") or "").strip(" \t[]{}")
    title = (named or kind.capitalize()) if kind or is_tab else ""
    mark = "> " if title and not is_tab else ""
    ends_line = "  " if inside and inside[0].strip() else ""
    yield f"{mark}**{title}**{ends_line}\n" if title else "\n"
    yield from (f"{mark}{line}" for line in _in_our_terms(inside, depth + 1, is_code))
