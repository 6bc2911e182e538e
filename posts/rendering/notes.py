"""What Obsidian's notes have in their Markdown, in our terms: comments, callouts, sizes of pictures, names of blocks."""

import re
from collections.abc import Iterator
from itertools import pairwise

from posts.rendering import code_lines

_CALLOUT = re.compile(r"((?:[ \t]{0,3}>)+[ \t]?)[ \t]*+\[!([A-Za-z][\w-]{0,50}+)\][+-]?[ \t]*+([^\n]*+)(\n?)")
_SIZE = re.compile(r"(!\[[^\[\]\n|]{0,300}+)\\?\|\d{1,5}+(?:x\d{1,5}+)?(?=\]\()")
_NAME_OF_BLOCK = re.compile(r"(?:(?<=\S)[ \t]|^)\^(?=[\d-]*+[a-z])[a-z0-9-]{6,60}+[ \t]*+(?=\r?$)", re.MULTILINE)
_QUOTED = re.compile(r"(?:[ \t]{0,3}>)*+")
_BLANK_LINE = re.compile(r"\n[ \t>]*+\r?\n")
_NUMBER_BEFORE = re.compile(r"\d[ \t]?\Z")


def in_markdown(body: str) -> str:
    """The body in our terms, line for line."""
    if "%%" in body:
        body = _without_comments(body)
    if "[!" in body or "|" in body or "^" in body:
        lines = body.splitlines(keepends=True)
        body = "".join(_in_our_terms(lines, list(code_lines.are_code(lines))))
    return body


def _without_comments(body: str) -> str:
    """Without what stands between two `%%` of prose, the first behind a blank, but for the ends of its lines."""
    shown, at, opened = "", 0, -1
    for sign in _signs(body):
        if opened >= 0 and _is_comment(body, opened, sign):
            shown += body[at:opened] + "\n" * body.count("\n", opened, sign)
            at, opened = sign + 2, -1
        else:
            opened = sign if not body[sign - 1 : sign].strip() else -1
    return shown + body[at:]


def _is_comment(body: str, opened: int, closed: int) -> bool:
    """Whether one stands between these signs: in one paragraph, unless it begins a line, and not between per cents."""
    before, behind = body[max(opened - 20, 0) : opened], body[max(closed - 2, 0) : closed]
    if not before.rpartition("\n")[2].strip(" \t>"):
        return True
    are_per_cents = _NUMBER_BEFORE.search(before) and _NUMBER_BEFORE.search(behind)
    return not (are_per_cents or _BLANK_LINE.search(body, opened, closed))


def _signs(body: str) -> Iterator[int]:
    """Where each `%%` begins that is no code."""
    start = 0
    for is_code, part in code_lines.parts(body):
        ends = [0, *(at for each in code_lines.CODE.finditer(part) for at in each.span()), len(part)]
        prose = list(pairwise(ends))[::2] if not is_code else []
        for begin, end in prose:
            yield from (start + each.start() for each in re.compile("%%").finditer(part, begin, end))
        start += len(part)


def _in_our_terms(lines: list[str], is_code: list[bool]) -> Iterator[str]:
    depth = 0
    for at, line in enumerate(lines):
        above, depth = depth, _QUOTED.match(line)[0].count(">")  # type: ignore[index]
        if is_code[at]:
            yield line
        elif depth > above and (found := _CALLOUT.fullmatch(line)):
            follows = "".join(lines[at + 1 : at + 2])[len(found[1]) :].strip()
            yield f"{found[1]}**{found[3].strip() or found[2].capitalize()}**{'  ' * bool(follows)}{found[4]}"
        else:
            line = _SIZE.sub(r"\1", line) if "|" in line and "`" not in line else line
            yield _NAME_OF_BLOCK.sub("", line) if "^" in line else line
