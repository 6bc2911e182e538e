"""Hugo's attributes of blocks: a line such as `{.note}` below a paragraph, a list or a table."""

import re

FENCE = re.compile(r"(?:[ \t>]|(?:[*+-]|\d{1,9}[.)])[ \t])*+(`{3,}|~{3,})")
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
        mark = FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if fence or not _ATTRIBUTES.fullmatch(line):
            shown.append(line)
        elif not ITEM.match(following):
            shown.append("\n")
    return "".join(shown)
