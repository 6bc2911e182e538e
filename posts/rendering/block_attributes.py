"""Hugo's attributes of blocks: a line such as `{.note}` below a paragraph, a list or a table."""

import re

_BEGINS_FENCE = re.compile(r"(?:[ \t>]|(?:[*+-]|\d{1,9}[.)])[ \t])*+(`{3,}+(?![^\n]*`)|~{3,})")
_ENDS_FENCE = re.compile(r"[ \t>]*+(`{3,}+|~{3,}+)\s*+")
ITEM = re.compile(r"[ \t]*+(?:[*+-]|\d+[.)])[ \t]")
_ATTRIBUTE = r"(?:[#.][^\s{}#.=\"']++|[\w:-]++\s*+=\s*+(?:\"[^\"\n]*+\"|'[^'\n]*+'|[^\s{}\"',]++))"
_ATTRIBUTES = re.compile(rf"[ \t>]*+\{{\s*+{_ATTRIBUTE}(?:[\s,]*+{_ATTRIBUTE})*+\s*+\}}\s*+")


def without_attributes(body: str) -> str:
    """The body without such lines, outside of code; what follows one begins anew."""
    if "{" not in body:
        return body
    shown: list[str] = []
    fence = ""
    lines = body.splitlines(keepends=True)
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        fence = fence_behind(line, fence)
        if fence or not _ATTRIBUTES.fullmatch(line):
            shown.append(line)
        elif not ITEM.match(following):
            shown.append("\n")
    return "".join(shown)


def fence_behind(line: str, fence: str) -> str:
    """The fence of code that is open behind the line, before which this one is; empty for none."""
    if not fence:
        mark = _BEGINS_FENCE.match(line)
        return mark[1] if mark else ""
    end = _ENDS_FENCE.fullmatch(line)
    return "" if end and end[1].startswith(fence) else fence
