"""Rules on headings: MG2, MG5, MG12."""

import re
import unicodedata
from collections.abc import Iterator

from posts.lint.diagnostics import Finding
from posts.lint.inspected import Inspected
from posts.lint.markdown import Block, Kind
from posts.sentences import gettext_noop

_MARKS = re.compile(r"[*_`~\[\]<>#\"'«»‘’‚“”„‹›]+|\{#[^}]*\}|\]\([^)]*\)")
_DASHES = re.compile(r"[-‐-―−]+")
_LINE_AND_BLANK = re.compile(r"[ \t]*(?:\r?\n)?(?:[ \t]*\r?\n)?")
_OWN_ID = re.compile(r"#([^\s{}]+)")
HTML_HEADING = re.compile(r"<h([1-6])[\s>]", re.IGNORECASE)
_HTML_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_BOLD_ONLY = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1)[^\n])+)(?<=\S)\1[ \t]*")
# No sentence, no question of an interview, no `When: …`, and no name with what it stands for behind a dash.
_HEADING_LIKE = re.compile(r"(?!.* [-–—] |\w+: )(?:[^\W\d_a-z].*[\w)]|\d+[.)] .*[\w)?])")
# `Table 2 Doses`, `By Ann Author`, `Monday, 4 pm`
_CAPTION = re.compile(
    r"(?:Table|Figure|Fig\.?|Listing|Box|Chart|Exhibit|Equation|Algorithm|Theorem|Lemma) ?[A-Z]?\d|"
    r"(?:(?:Written|Posted|Published|Edited|Reviewed|Translated|Story|Words|Text|Photos?|Interview) )?[Bb]y [A-Z]|"
    r".*\d ?[ap]\.?m\b"
)
_LONGEST_HEADING = 70  # characters; a longer bold line is a statement


def repeated_title(inspected: Inspected) -> Iterator[Finding]:
    """MG2: the first H1, or several, that say what the title says. The mend takes the line out, and a blank one below."""
    title = inspected.document.get("title")
    if not isinstance(title, str) or not title.strip():
        return
    text = inspected.text
    for heading in inspected.markdown.headings:
        if heading.level > 1 or heading.in_quote or heading.in_list:
            continue
        if not _says(text[heading.inner_start : heading.inner_end], title):
            return
        start = text.rfind("\n", 0, heading.start) + 1
        rest = _LINE_AND_BLANK.match(text, heading.end)
        end = rest.end() if rest else heading.end
        yield Finding(
            start, end, gettext_noop("this heading repeats the title, which the page shows above it; take it out"), ""
        )


def heading_outline(inspected: Inspected) -> Iterator[Finding]:
    """MG5: a heading without text, two with one id of their own, and one that is two levels below the one before."""
    ids: dict[str, int] = {}
    previous = 0
    for block in inspected.markdown.blocks:
        if block.kind is Kind.HTML:
            levels = HTML_HEADING.findall(inspected.text, block.start, block.end)
            previous = int(levels[-1]) if levels else previous
        if block.kind is not Kind.HEADING or block.in_quote:
            continue
        text = inspected.text[block.inner_start : block.inner_end]
        if not text.strip():
            yield Finding(block.start, block.end, gettext_noop("this heading has no text; write some or take it out"))
            continue
        if previous and block.level > previous + 1:
            said = {"level": block.level, "previous": previous, "next": previous + 1}
            message = gettext_noop("heading of level %(level)s below one of level %(previous)s; make it level %(next)s")
            yield Finding(block.start, block.end, message % said)
        previous = block.level
        yield from _repeated_id(inspected, block, text, ids)


def _repeated_id(inspected: Inspected, block: Block, text: str, ids: dict[str, int]) -> Iterator[Finding]:
    braces = text.rfind("{") if text.endswith("}") else -1
    if braces >= 0 and (own := _OWN_ID.search(text, braces)):
        start, end = (block.inner_start + offset for offset in own.span(1))
        if own[1] in ids:
            line, _ = inspected.place(ids[own[1]])
            message = gettext_noop("the heading in line %(line)s has the id %(id)s too; choose another")
            yield Finding(start, end, message % {"line": line, "id": own[1]})
        ids.setdefault(own[1], start)


def bold_heading(inspected: Inspected) -> Iterator[Finding]:
    """MG12: a paragraph of its own that is one short bold text, no sentence and no caption, with text below it."""
    blocks = inspected.markdown.blocks
    bold = [_bold_text(inspected, block) for block in blocks]
    for place, block in enumerate(blocks[:-1]):
        is_alone = not bold[place + 1] and not (place and bold[place - 1])
        if is_alone and not _is_headed(inspected, blocks[place + 1]) and _is_heading_like(bold[place]):
            message = gettext_noop("this paragraph is bold as a heading is; write it as one, with ##")
            yield Finding(block.start, block.end, message)


def _is_headed(inspected: Inspected, block: Block) -> bool:
    """Whether a bold line above the block is no heading of its own: over another heading, or a table's title."""
    is_table = block.kind is Kind.HTML and _HTML_TABLE.match(inspected.text, block.start)
    return bool(is_table) or block.kind in (Kind.HEADING, Kind.TABLE)


def _is_heading_like(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_HEADING and bool(_HEADING_LIKE.fullmatch(text)) and not _CAPTION.match(text)


def _bold_text(inspected: Inspected, block: Block) -> str:
    """What a paragraph of its own says if all of it is bold; nothing for any other block."""
    if block.kind is not Kind.PARAGRAPH or block.in_list or block.in_quote:
        return ""
    bold = _BOLD_ONLY.fullmatch(inspected.text, block.start, block.end)
    return bold[2] if bold else ""


def _says(heading: str, title: str) -> bool:
    """Whether the heading is the title, give or take marks; a much longer one is not even looked at."""
    return len(heading) <= 2 * len(title) + 200 and _folded(heading) == _folded(title)


def _folded(text: str) -> str:
    """The text without what typography, marks, case and white space add."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(_DASHES.sub("-", plain).split())
