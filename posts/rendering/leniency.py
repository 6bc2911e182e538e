"""Markdown that goldmark reads and comrak does not, written so that comrak reads it too."""

import re
from collections.abc import Iterable

from posts.rendering.errors import RenderingError
from posts.rendering.lone_tags import with_tags_in_text
from posts.sentences import Number, gettext_noop

_JOINT, _SPACE, _PAD, _ROOM = "\uf07a", "\uf078", "\uf079", "\uf076"
"""Of the private use area. They stand behind a task's box, in a note's name, in a cell that a table's head lacks, and for
the name of a link that nothing uses."""
_MORE = re.compile(r"^( {0,3}<!--more-->)[ \t]*", re.MULTILINE)
_TIGHT_TASK = re.compile(r"^([ \t>]*(?:[-+*]|[0-9]{1,9}[.)])[ \t]+\[[ xX]\])(?=[^\s(\[:])", re.MULTILINE)
_BOX = re.compile(r"\[[ xX]\]")
_NOTE = re.compile(r"\[\^([^\[\]\n]*)\]")
_NOTE_DEFINITION = re.compile(r"^[ \t>]*\[\^([^\[\]\n]*)\]:", re.MULTILINE)
_DELIMITERS = r"[ \t>]*+\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t\r]*"
_DELIMITER_ROW = re.compile(_DELIMITERS)
_DELIMITER_ROWS = re.compile(rf"\n({_DELIMITERS})(?=\n|\Z)")
_NO_HEAD = re.compile(r"`{3}|~{3}|#{1,6}(?:\s|$)|<|\[[^\]]*\]:|[-=*_\s]*$")
_ITEM = re.compile(r"[ \t]{0,32}(?:[-+*]|[0-9]{1,9}[.)]) {1,4}(?=\S)")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t]+)*(`{3,}|~{3,})")
_BLANK_LINE = re.compile(r"\n[ \t>]*+\r?\n")
MOST_EMPTY_CELLS = 100_000
"""In all tables of a text: an engine adds those that a row lacks, which may be a thousand a line."""
MOST_COLUMNS = 2_000  # of one table
MOST_DEFINITIONS = 5_000
"""For each the engine goes through all those before it."""
_DEFINITION = re.compile(r"^[ \t>]*+:[ \t]", re.MULTILINE)
_ESCAPED = re.compile(r"\\.")
_DEFINED = re.compile(r"\[(?!\^)[^\[\]\n]*\]:[ \t]*+\n?[ \t]*+([^\s\[][^\n]*)")
_ROOM_MADE = re.compile(rf"\n\[{_ROOM}\]: x+\n?")
MOST_IN_LINKS = 100_000
"""Letters of addresses that links by name put in a page, however often they use them: comrak takes no more for any text."""


def understood(body: str) -> str:
    """The body for comrak; what it holds besides is taken out again by `restored`."""
    if any(sign in body for sign in (_JOINT, _SPACE, _PAD, _ROOM)):
        return body
    text = _with_room_for_links(body)
    if "<!--more-->" in text:
        text = _MORE.sub("\n\\1\n\n", text, count=1)  # what stands around it is no raw HTML
    if _BOX.search(text):
        text = _TIGHT_TASK.sub(rf"\1 {_JOINT}", text)
    if "[^" in text:
        text = _with_names_in_one_word(text)
    text = with_tags_in_text(text)
    if rows := list(_DELIMITER_ROWS.finditer(text)):
        has_text_before = any(_stands_below_text(text, row) for row in rows)
        text = _with_whole_heads(text, rows)
        return _with_tables_in_items(text) if has_text_before else text
    return text


def refuse_sparse_tables(text: str) -> None:
    """Raises RenderingError for tables of so many more columns than their rows have cells that the page would be endless,
    and for one of so many that the engine, whose time grows with the square of them, would be."""
    most, signs = MOST_EMPTY_CELLS + len(text), text.count("|") + 1
    if signs <= MOST_COLUMNS and signs * (text.count("\n") + 1) <= most:
        return  # no table can have more: nearly every text, without a look at its rows
    cells = end = 0
    for row in _DELIMITER_ROWS.finditer(text):
        if row.start() >= end:
            blank = _BLANK_LINE.search(text, row.end())
            end = blank.start() if blank else len(text)
            columns = _cells(row[1])
            cells += columns * (text.count("\n", row.end(), end) + 1)
            if columns > MOST_COLUMNS:
                problem = gettext_noop("a table has %(columns)s columns, %(most)s are the most")
                raise RenderingError("tables", problem % {"columns": Number(columns), "most": Number(MOST_COLUMNS)})
    if cells > most:
        problem = gettext_noop("its tables have %(cells)s cells, most of them empty")
        raise RenderingError("tables", problem % {"cells": Number(cells)})


def refuse_many_definitions(text: str) -> None:
    """Raises RenderingError for more of them than anybody reads, over which the engine would be for hours."""
    if text.count(":") > MOST_DEFINITIONS and len(_DEFINITION.findall(text)) > MOST_DEFINITIONS:
        problem = gettext_noop("there are more than %(most)s definitions")
        raise RenderingError("definitions", problem % {"most": Number(MOST_DEFINITIONS)})


def restored(html: str) -> str:
    """What comrak made of it as if of the body itself, where that was no Markdown but code."""
    if _ROOM in html:
        html = _ROOM_MADE.sub("", html)
    html = html.replace(f"/> {_JOINT}", "/> ").replace(f" {_JOINT}", "").replace(_JOINT, "")
    html = html.replace(f"{_PAD}|", "").replace(f"|{_PAD}", "").replace(_PAD, "")
    return html.replace(_SPACE, " ")


def _with_room_for_links(text: str) -> str:
    """A text whose links by name have longer addresses than comrak, which goes by the text's length, would put in them."""
    if "]:" not in text:
        return text
    longest = max((len(address.encode()) for address in _DEFINED.findall(text)), default=0)
    lacking = min(longest * text.count("]"), MOST_IN_LINKS) - len(text)
    ending = "" if text.endswith("\n") else "\n"
    return f"{text}{ending}\n[{_ROOM}]: {'x' * lacking}" if lacking > 0 else text


def _with_names_in_one_word(text: str) -> str:
    """Footnotes whose names have spaces in them."""
    names = {name for name in _NOTE_DEFINITION.findall(text) if " " in name}
    if not names:
        return text
    return _NOTE.sub(lambda note: note[0].replace(" ", _SPACE) if note[1] in names else note[0], text)


def has_table(text: str) -> bool:
    """Whether lines of this text, in which none is blank, are a table."""
    lines = text.splitlines()
    return any(
        _DELIMITER_ROW.fullmatch(row) and _cells(row) == _cells(head)
        for head, row in zip(lines, lines[1:], strict=False)
    )


def _stands_below_text(text: str, row: re.Match[str]) -> bool:
    """Whether a line of text comes right before the table of this row."""
    head_start = text.rfind("\n", 0, row.start())
    return head_start > 0 and bool(text[text.rfind("\n", 0, head_start) + 1 : head_start].strip(" \t\r>"))


def _with_whole_heads(text: str, rows: Iterable[re.Match[str]]) -> str:
    """Tables whose first row has fewer cells than the line below it."""
    pieces, at = [], 0
    for row in rows:
        head_end = row.start()
        head = text[text.rfind("\n", 0, head_end) + 1 : head_end].rstrip()
        lacking = _cells(row[1]) - _cells(head)
        if lacking > 0 and not _NO_HEAD.match(head.strip(" \t>")):
            pad = f"{_PAD}|" if head.endswith("|") else f"|{_PAD}"
            pieces += [text[at:head_end].rstrip(), pad * lacking]
            at = head_end
    return "".join([*pieces, text[at:]]) if pieces else text


def _with_tables_in_items(text: str) -> str:
    """Tables right below a list item's text as far in as that, for they are the item's."""
    lines = text.split("\n")
    fence, column, is_table = "", 0, False  # where the item's text begins, 0 outside of one
    for number, line in enumerate(lines):
        mark, item, bare = _FENCE.match(line), _ITEM.match(line), line.strip()
        if fence:
            fence = "" if mark and mark[1] == bare and bare.startswith(fence) else fence
        elif mark:
            fence, column = mark[1], 0
        elif item:
            column, is_table = item.end(), False
        elif not bare or _NO_HEAD.match(bare):
            column = 0
        elif column:
            is_table = is_table or _is_head(line, lines[number + 1 : number + 2])
            if is_table and len(line) - len(line.lstrip()) < column:
                lines[number] = " " * column + line.lstrip()
    return "\n".join(lines)


def _is_head(line: str, following: list[str]) -> bool:
    return any(_DELIMITER_ROW.fullmatch(row) and _cells(row) == _cells(line) for row in following)


def _cells(row: str) -> int:
    bare = _ESCAPED.sub("", row).strip(" \t\r>")
    return bare.removeprefix("|").removesuffix("|").count("|") + 1
