"""What kramdown, Jekyll's Markdown, has of its own, put in the terms of CommonMark: attribute lists, tables, HTML that holds Markdown."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby, zip_longest

from posts.rendering import code_lines, kramdown_html, kramdown_lists, kramdown_tables
from posts.rendering.block_attributes import ITEM, fence_behind

_ATTRIBUTES = re.compile(r"([ \t>]*+)\{::?([^{}]*+)\}\s*+")
_INLINE_ATTRIBUTES = re.compile(
    f"({code_lines.INLINE})" r"(?:\{:[^{}\n]*+\})*+|(?<=[\])*_>])(?:\{:[^{}\n]*+\})++|\{:(?::\w|/)[^{}\n]*+\}"
)
"""With the code in front of it, in which nothing is one."""
_ELEMENT = re.compile(r"^ {0,3}<(?:/?[A-Za-z]|!--)", re.MULTILINE)
_PARSES = re.compile(r"\{::options [^{}\n]*\bparse_block_html=[\"']true\b")
_MARKABLE = re.compile(
    r"^([ \t]*<(?:address|article|aside|blockquote|details|div|fieldset|figcaption|figure|footer|form|header|li|main|nav|"
    r"section|summary|td)\b)(?![^<>\n]*\bmarkdown=)(?=[^<>\n]*>)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"#{1,6}[ \t]")
_COMMENT = re.compile(r"\{::comment\}.*?\{:/(?:comment)?\}", re.DOTALL)
_ABBREVIATION = re.compile(r" {0,3}\*\[[^\]\n]++\]:")
_ROW = re.compile(r" {0,3}\|.*\|")
_ESCAPED = re.compile(r"\\.")
_MOST_COLUMNS = 500
"""Of a table that is put in Markdown's terms; one of more is no table to readers."""
_RULE = re.compile(r" {0,3}\|(?=[^\n]*[-=])[-=+:| \t]*+\s*+")
_OPENED = re.compile(
    r"([ \t]*+<(\w++)\b(?:[^<>\s]++|[ \t]++(?!markdown[ \t]*+=))*+)[ \t]++markdown[ \t]*+=[ \t]*+"
    r"[\"']?(?:1|block|span)\b[\"']?([^<>\n]*+>)"
)
_FURTHER_ELEMENT = re.compile(r"(?<=>)[ \t]*+(?=<\w[^<>\n]*\smarkdown=)")
_OF_ITEM = re.compile(r"^([ \t>]*+(?:[*+-]|\d{1,9}\.)[ \t]++)\{:[^{}\n]*+\}[ \t]*+")
_END_OF_BLOCK = re.compile(r"^\^[ \t\r]*+$", re.MULTILINE)
_BETWEEN_BLOCKS = ("\n", "<!-- -->\n", "\n")
"""What ends a list too, and lets code or another list begin."""
_BREAK = re.compile(r"(?<!\\)\\\\(?=\r?\n)")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]++\]:")
_OF_NOTE = re.compile(r" {4}| {0,3}\t")
_MATHEMATICS = re.compile(r"\$(?!\d)|\\(?:begin|\[|\()")  # no price
_OF_MATHEMATICS = re.compile(r"\$\$|\\(?:(begin)|(end))\b")
_STRONG = re.compile(
    f"({code_lines.INLINE})" r"|(?<![\w*\\])\*\*(?=[^\s*])([^*`\n]{0,300}[^\w\s*`\\])\*\*(?=[A-Za-z0-9])"
)
"""With the code in front of it: what ends between a sign and a letter, which it may not in CommonMark."""
_MAIL = re.compile(f"({code_lines.INLINE})" r"|<([\w.+-]{1,64}+@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?)>")
"""With the code in front of it: an address in angle brackets, which within HTML is no element."""
_SPACED = re.compile(
    f"({code_lines.INLINE})"
    + r"""|\]\([ \t]*+(PART(?:[ \t]++PART)++)(?=[ \t]*+[)"'])""".replace(
        "PART", r"""(?:[^\s()<>"']|\([^()<>\n]*+\)|(?<=\w)')++"""
    )
)
"""Code, in which nothing is one; or where a link's address stands that holds blanks."""


@dataclass(slots=True)
class _Element:
    """One that says that it holds Markdown, and how many of its name are open in it."""

    tag: str
    inside: int = 0


def in_markdown(text: str, *, raw_html: str = "whole") -> str:
    """The text without attribute lists and abbreviations, its tables with one head and its raw HTML as `Source.raw_html`
    has it, in time that grows with its length."""
    if "{::comment}" in text:
        end = max(text.rfind("{:/}") + 4, text.rfind("{:/comment}") + 11)  # before which all are ended
        text = _COMMENT.sub("", text[:end]) + text[end:] if end > 10 else text
    passes = list(_passes(text, raw_html))
    if not passes:
        return text
    shown: list[str] = []
    for is_code, lines in by_code(text.splitlines(keepends=True)):
        for each in () if is_code else passes:
            lines = each(lines)
        shown += lines
    return "".join(shown)


def _passes(text: str, raw_html: str) -> Iterator[Callable[[list[str]], list[str]]]:
    """What has to be done to the lines of a text outside of code, for few texts hold all of it."""
    if raw_html and "^" in text and _END_OF_BLOCK.search(text):
        yield _with_blocks_ended
    if raw_html and "\\\\" in text and _BREAK.search(text):
        yield _with_breaks
    if raw_html and "**" in text:
        yield partial(_outside_code, lambda line: _STRONG.sub(_strong, line))
    if "{:" in text or "*[" in text:
        yield _without_attributes
    if raw_html and "@" in text and _MAIL.search(text):
        yield partial(_outside_code, lambda line: _MAIL.sub(_mail, line))
    if raw_html and "](" in text:
        yield _with_whole_addresses
    if raw_html and "]:" in text and "[^" in text:
        yield _with_notes_ended
    if raw_html and kramdown_lists.NESTED.search(text):
        yield kramdown_lists.further_in
    is_parsed = raw_html == "parsed" or (raw_html and "{::options" in text and _PARSES.search(text) is not None)
    if is_parsed:
        yield lambda lines: [_MARKABLE.sub(r'\1 markdown="1"', line) for line in lines]
    if raw_html and "<" in text and _ELEMENT.search(text):
        yield kramdown_html.in_paragraphs
    if raw_html and "|" in text:
        yield kramdown_tables.barred
    if "|" in text:
        yield _with_heads
    if is_parsed or "markdown=" in text:
        opened: list[_Element] = []
        yield lambda lines: [_with_markdown_in_html(part, opened) for line in lines for part in _by_elements(line)]


def by_code(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """The lines, parted where fenced code begins and ends."""
    part: list[str] = []
    fence = ""
    for line in lines:
        before, fence = fence, fence_behind(line, fence)
        if fence and not before:
            yield False, part
            part = [line]
        elif before and not fence:
            yield True, [*part, line]
            part = []
        else:
            part.append(line)
    yield bool(fence), part


def _without_attributes(lines: list[str]) -> list[str]:
    """The lines without attribute lists and abbreviations; a heading keeps its id, as Markdown's extensions write it."""
    shown: list[str] = []
    before: list[str] = []  # what a list behind a blank line says of the line below it
    are_code: list[bool] = []
    for at, (line, following) in enumerate(zip_longest(lines, lines[1:], fillvalue="")):
        is_marked = "{:" in line
        if is_marked and line.startswith(("    ", "\t")):
            are_code = are_code or list(code_lines.are_code(lines))
            if are_code[at]:
                shown.append(line)
                before = []
                continue
        if is_marked and (found := _ATTRIBUTES.fullmatch(line)):
            quoted, words = found[1].rstrip() if ">" in found[1] else "", found[2].split()
            if not shown or not shown[-1].strip():
                before = words
            else:
                shown[-1] = _attributed(shown[-1], words)
                if ITEM.match(shown[-1]) and ITEM.match(following):
                    continue  # the items stand close together
            shown.append(f"{quoted}\n" if line.endswith("\n") else quoted)
            continue
        if before:
            line, before = _attributed(line, before), []
        if _ABBREVIATION.match(line):
            shown.append("\n")
        else:
            bare = _OF_ITEM.sub(r"\1", line) if "{:" in line else line
            shown.append(_INLINE_ATTRIBUTES.sub(lambda each: each[1] or "", bare) if "{:" in bare else bare)
    return shown


def _with_blocks_ended(lines: list[str]) -> list[str]:
    return [each for line in lines for each in (_BETWEEN_BLOCKS if _END_OF_BLOCK.match(line) else (line,))]


def _with_breaks(lines: list[str]) -> list[str]:
    """Two backslashes at the end of a line break it, but not in a paragraph that may be mathematics."""
    shown: list[str] = []
    broken = _outside_code(lambda line: _BREAK.sub(r"\\", line), lines)
    is_inside = False  # of mathematics that a blank line parts
    for is_blank, group in groupby(zip(lines, broken, strict=True), lambda both: not both[0].strip()):
        part = list(group)
        text = "".join(line for line, _ in part)
        is_kept = is_blank or is_inside or _MATHEMATICS.search(text)
        shown += (line if is_kept else changed for line, changed in part)
        for sign in _OF_MATHEMATICS.finditer(text):
            is_inside = bool(sign[1]) or not (sign[2] or is_inside)
    return shown


def _outside_code(change: Callable[[str], str], lines: list[str]) -> list[str]:
    """The lines, those changed that are not set in and no code in HTML."""
    both = zip(code_lines.are_code(lines), lines, strict=True)
    return [line if is_code or line.startswith(("    ", "\t")) else change(line) for is_code, line in both]


def _strong(found: re.Match[str]) -> str:
    return found[1] or f"<strong>{found[3]}</strong>"


def _mail(found: re.Match[str]) -> str:
    return found[1] or f'<a href="mailto:{found[3]}">{found[3]}</a>'


def _with_whole_addresses(lines: list[str]) -> list[str]:
    """A link's address may hold blanks; a line of code that stands in has none, nor has code that is written as HTML."""
    shown: list[str] = []
    is_verbatim = False
    for line in lines:
        tags = (
            code_lines.VERBATIM.findall(line) if "<" in line and (is_verbatim or line.lstrip().startswith("<")) else []
        )
        is_code = is_verbatim or bool(tags) or line.startswith(("    ", "\t"))
        is_verbatim = not tags[-1] if tags else is_verbatim
        is_read = not is_code and "](" in line
        shown.append(_SPACED.sub(lambda found: found[1] or f"](<{found[3]}>", line) if is_read else line)
    return shown


def _with_notes_ended(lines: list[str]) -> list[str]:
    """A line right below a note that does not stand as far in as code is none of it."""
    shown: list[str] = []
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        shown.append(line)
        is_of_it = not following.strip() or _OF_NOTE.match(following) or _NOTE.match(following)
        if not is_of_it and _NOTE.match(line):
            shown.append("\n")
    return shown


def _attributed(line: str, words: list[str]) -> str:
    """The line above an attribute list: the item that stands for a list of contents goes, for the page has one."""
    text = line.lstrip("> \t")
    if "toc" in words and ITEM.match(text):
        return f"{line.removesuffix(text).rstrip()}\n"
    identity = next((word for word in words if word.startswith("#")), "")
    return f"{line.rstrip().rstrip('#').rstrip()} {{{identity}}}\n" if identity and _HEADING.match(line) else line


def _with_heads(lines: list[str]) -> list[str]:
    """With one line between a table's head and its body, and an empty head for a table without one."""
    shown: list[str] = []
    table: list[str] = []
    for line in [*lines, ""]:
        begins = not shown or not shown[-1].strip()
        if (table or begins) and (_ROW.match(line) or _RULE.fullmatch(line)):
            table.append(code_lines.CODE.sub(_with_its_signs, line) if "`" in line else line)
        else:
            shown += [*_with_one_head(table), line]
            table = []
    return shown


def _with_its_signs(code: re.Match[str]) -> str:
    """Code of a row with its `|` escaped: to kramdown it parts no cells."""
    return kramdown_tables.BAR.sub(r"\\|", code[0])


def _with_one_head(table: list[str]) -> list[str]:
    """To kramdown lines of `-` may stand anywhere, and one of `=` above the foot; one below the first row is a head's."""
    rows = [line for line in table if not _RULE.fullmatch(line)]
    if not rows:
        return table
    rule = next((line for line in table[table.index(rows[0]) :] if _RULE.fullmatch(line)), "")
    signs, width = [_alignment(cell) for cell in _cells(rule)], max(len(_cells(row)) for row in rows)
    if width > _MOST_COLUMNS:
        return table
    if "-" not in rule:
        return ["|" + "  |" * width + "\n", "|" + "---|" * width + "\n", *rows]
    if len(signs) != width or "+" in rule:
        rule = "|" + "".join(f"{sign}|" for sign in [*signs, *["---"] * width][:width]) + "\n"
    return [_widened(rows[0], width), rule, *rows[1:]]


def _widened(head: str, width: int) -> str:
    """The head with as many cells as the longest row has, of which Markdown would leave out what is behind the head's."""
    missing = width - len(_cells(head))
    return f"{head.rstrip().removesuffix('|')}|{' |' * missing}\n" if missing > 0 else head


def _cells(row: str) -> list[str]:
    return re.split(
        r"[|+]" if _RULE.fullmatch(row) else r"\|", _ESCAPED.sub("", row).strip().removeprefix("|").removesuffix("|")
    )


def _alignment(cell: str) -> str:
    bare = cell.strip()
    return ":" * bare.startswith(":") + "---" + ":" * (len(bare) > 1 and bare.endswith(":"))


def _by_elements(line: str) -> list[str]:
    """A line of HTML, parted before each further element that says `markdown="1"`."""
    if "markdown=" not in line or not line.lstrip().startswith("<"):
        return [line]
    *parts, last = _FURTHER_ELEMENT.split(line)
    return [*(f"{part}\n" for part in parts), last]


def _with_markdown_in_html(line: str, opened: list[_Element]) -> str:
    """With blank lines around what stands in an element that says `markdown="1"`, so that it is read as Markdown."""
    before: list[str] = []
    at = 0
    while found := _OPENED.match(line, at):
        opened.append(_Element(found[2]))
        before.append(f"{found[1]}{found[3]}\n\n")
        at = found.end()
    rest = line[at:].lstrip() if at else line
    return "".join(before) + (_closed(rest, opened) if opened else rest)


def _closed(line: str, opened: list[_Element]) -> str:
    """The line, with a blank one before the end of the last of these elements, which goes with it."""
    for each in re.finditer(rf"<(/?){opened[-1].tag}\b", line, re.IGNORECASE):
        opened[-1].inside += -1 if each[1] else 1
        if opened[-1].inside < 0:
            opened.pop()
            inside, rest = line[: each.start()].rstrip(), line[each.start() :].rstrip()
            return f"{inside}\n\n{rest}\n" + ("" if opened else "\n")
    return f"{line.rstrip()}\n\n" if line.rstrip().endswith("</summary>") else line
