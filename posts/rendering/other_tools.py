"""What other tools have in their Markdown, in our terms: boxes, tabs, attributes in braces, imports of code.

Docusaurus and VitePress write a box between `:::note` and `:::`, Material for MkDocs as `!!! note` over lines that stand in and
a tab as `=== "Tab"`; pandoc has attributes in braces, Notion a callout as `<aside>`, MyST a box as `:::{note}` or in a fence,
WordPress a picture between `[caption]` and `[/caption]`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
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
    rf" {{0,3}}:{{3,}}[ \t]*+(?:\{{\.(?:callout-)?(?P<class>{_KINDS})\b(?:[^\n]*?\btitle=\"(?P<title>[^\"\n]{{0,300}})\")?+[^\n]*+|\{{(?P<directive>[a-z][\w-]{{0,40}}+)\}}[ \t]*+(?P<argument>[^\n]*+)|(?:(?P<kind>{_KINDS})\b)?(?P<said>[^\n]*+))\n?",
    re.IGNORECASE,
)
_OPTION = re.compile(r"[ \t]*+:[\w-]++:(?:[ \t][^\n]*+)?\n?")  # of a directive of MyST's
_FENCE = re.compile(
    rf" {{0,3}}(?P<sign>`{{3,}}|~{{3,}})(?P<said>\{{(?:{_KINDS}|admonition|attention|card|dropdown|error|figure|hint|image|seealso|tab-item|tab-set)\}})?[^`\n]*+\n?"
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
_SIGNS_OF_OTHERS = re.compile(
    rf"({code_lines.INLINE})"
    r"|\\?\[caption(?P<said>(?=[ \]\\])[^\[\]\n]{0,600}+)\]|\\?\[/caption\\?\]"
    r"|(?<=\S) align=\"\w{1,9}\"(?=\))"
)
"""Code, in which nothing is one; WordPress's signs of a caption, an attribute of Hashnode's."""
_ADDRESS = re.compile(
    rf"({code_lines.INLINE})"
    r"|\{\{-?[ \t]{0,3}(?P<quote>['\"])(?P<place>[^'\"{}\n]{1,300}+)(?P=quote)[ \t]{0,3}\|[ \t]{0,3}url[ \t]{0,3}-?\}\}"
)
"""Code, in which nothing is one; an address of Eleventy's."""
_CAPTION = re.compile(r"\bcaption=\"([^\"\n]++)\"")
_PARTS = re.compile(
    r"^(?P<more> {0,3}(?:<!--[ \t]*(?:more|truncate)[ \t]*-->|\{/\*[ \t]*truncate[ \t]*\*/\}))|^ {0,3}(?:\[toc\]|\[\[_?toc_?\]\])[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""Where a summary ends, and where a table of contents would be, which every page has."""
_SIGN = re.compile(r"[^\n]")
_SIGNS = (":::", "```{", "!!! ", "???", '=== "', "]{", "){", "<aside>", "import ")
_LOST: tuple[tuple[re.Pattern[str], Sentence], ...] = (
    (
        re.compile(
            r"\\?\[(?:gallery|embed|playlist|contact-form-7|vc_row|et_pb_section)(?: \w++=|\\?\])|\\?\[/(?!caption)[a-z][\w\\-]{1,30}+\](?![(\[:])"
        ),
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
        re.compile(r"(?<![\w.])<(?!(?:Br|Center|Div|Font|Hr|Img|Span|Table)\b)[A-Z][a-z]\w*+(?=[\s/>.])"),
        gettext_noop(
            "this is a component of another tool, of which only the text in it is shown; write the rest in its place"
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
        r"(?<![\w{}^\\])(?:\{%-?[ \t]{0,3}\w|\{\{-?[ \t]{0,3}[\w'\"][^{}]{0,300}+(?:\{|\}\}))"
        r"|^ {0,3}(?:-{1,9}8<-{1,9} |<<< @|%\[http)|\{(?:ref|doc|numref|cite|term|eq|abbr|download)\}(?=  |`)"
        r"|^ {0,8}::[a-z][\w-]{1,50}(?:\{|[ \t]{0,9}$)",
        re.MULTILINE,
    ),
    gettext_noop("this is of a template, and stands there as it is written; write what it shows in its place"),
)


def in_markdown(body: str, *, of_others: bool = False) -> tuple[str, tuple[ShortcodeFinding, ...]]:
    """The body in our terms, line for line, and the first of each thing that is lost.

    Only where another tool than Hugo made the site are addresses of Eleventy's read: Hugo shows them as text.
    """
    if of_others and "{{" in body:
        body = _outside_code(body, lambda text: _ADDRESS.sub(lambda found: found[1] or found["place"], text))
    found = tuple(located(body, _lost(body, (*_LOST, _OF_TEMPLATE))))
    if "[caption" in body or " align=" in body:
        body = _outside_code(body, lambda text: _SIGNS_OF_OTHERS.sub(_without_sign, text))
    if any(sign in body for sign in _SIGNS):
        lines = body.splitlines(keepends=True)
        body = "".join(_in_our_terms(_unfenced(lines) if "```{" in body else lines))
    return body, found


def parted(body: str) -> str:
    """The body with Hugo's mark where its summary ends, and without the sign of a table of contents."""
    if not _PARTS.search(body):
        return body
    return _outside_code(body, lambda text: _PARTS.sub(lambda found: "<!--more-->" if found["more"] else "", text))


def _outside_code(body: str, change: Callable[[str], str]) -> str:
    return "".join(text if is_code else change(text) for is_code, text in code_lines.parts(body))


def _without_sign(found: re.Match[str]) -> str:
    caption = _CAPTION.search(found["said"] or "")
    return found[1] or (f"{caption[1]} " if caption else "")


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


def _unfenced(lines: list[str]) -> list[str]:
    """The lines with colons around what MyST has between backticks and is no code."""
    shown = list(lines)
    begun: list[tuple[int, str, bool]] = []  # fences: their lines, their signs, and whether they are directives
    for at, line in enumerate(lines):
        found = _FENCE.fullmatch(line)
        if not found:
            continue
        sign = found["sign"]
        if begun and sign.startswith(begun[-1][1]) and not line.replace(sign, "").strip():
            opened, other, is_directive = begun.pop()
            if is_directive:
                shown[opened] = lines[opened].replace(other, ":" * len(other), 1)
                shown[at] = line.replace(sign, ":" * len(sign), 1)
        elif not begun or begun[-1][2]:
            begun.append((at, sign, found["said"] is not None))
    return shown


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
    if directive := said.get("directive"):
        yield from _directive(directive, said["argument"].strip(), inside, depth, is_code)
        return
    is_tab, kind = said.get("sign") == "===", said.get("kind") or said.get("class") or ""
    named = said.get("title") or (said.get("said") or "").strip(" \t[]{}")
    title = (named or kind.capitalize()) if kind or is_tab else ""
    mark = "> " if title and not is_tab else ""
    ends_line = "  " if inside and inside[0].strip() else ""
    yield f"{mark}**{title}**{ends_line}\n" if title else "\n"
    yield from (f"{mark}{line}" for line in _in_our_terms(inside, depth + 1, is_code))


def _directive(name: str, argument: str, inside: list[str], depth: int, is_code: list[bool] | None) -> Iterator[str]:
    """A picture and its caption, or a box under its title, without the options in the lines after a directive's name."""
    options = 0
    while options < len(inside) and _OPTION.fullmatch(inside[options]):
        options += 1
    said = dict(line.strip().removeprefix(":").split(":", 1) for line in inside[:options])
    shown, is_code = inside[options:], is_code and is_code[options:]
    if name in {"figure", "image"}:
        yield f"![{said.get('alt', '').strip()}](<{argument}>)\n"
        yield from _in_our_terms(shown, depth + 1, is_code)
        return
    is_said = any(map(str.isalpha, argument))  # a number is that of a grid's columns
    title = argument if is_said else name.capitalize() if re.fullmatch(_KINDS, name) else ""
    yield from (f"> **{title}**\n", ">\n") if title else ("\n",)
    yield from (f"> {line}" if title else line for line in _in_our_terms(shown, depth + 1, is_code))
