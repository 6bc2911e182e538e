"""Tables without bars around their rows, which to kramdown are all blocks whose lines each have a bar."""

import re
from collections.abc import Sequence

from posts.rendering import code_lines

BAR = re.compile(r"(?<!\\)\|")
_BEGINS = re.compile(
    r"(?![ \t]|[*+-][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|[>|:]|\[[^\]\n]*+\]:|`{3}|~{3}|\{)"
    r"(?!<(?!(?:a|abbr|b|br|code|em|i|img|kbd|small|span|strong|sub|sup)\b))"
)
"""Where a line begins that is no other block's, further in or one of raw HTML."""
_RULE = re.compile(r"(?=[^\n]*-)(?=[^\n]*\|)[-+:| \t]++\s*+")
_LINK = re.compile(r"!?\[[^\[\]\n]*+\]\([^()\n]*+\)")
_MATHEMATICS = re.compile(r"\$\$|\\[(\[]")
_VERBATIM = re.compile(r"<(/?)(?:pre|script|style|textarea)\b|(<!--)|(-->)", re.IGNORECASE)


def barred(lines: Sequence[str]) -> list[str]:
    """The lines, those of such tables with a bar before them."""
    shown: list[str] = []
    block: list[str] = []
    is_verbatim = False
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
            continue
        shown += _with_bars(block) if block and not is_verbatim and _is_table(block) else block
        marks = _VERBATIM.findall("".join(block)) if any("<" in each or "-->" in each for each in block) else []
        is_verbatim = not (marks[-1][0] or marks[-1][2]) if marks else is_verbatim
        block = []
        shown.append(line)
    return shown[:-1]


def _is_table(block: Sequence[str]) -> bool:
    """Whether each line is a row; without a line between head and body the bars of mathematics and links make none."""
    if "|" not in block[0] or not _BEGINS.match(block[0]):
        return False
    has_rule = any(_RULE.fullmatch(line) for line in block)
    if not has_rule and _MATHEMATICS.search("".join(block)):
        return False
    bare = (code_lines.CODE.sub("", line) for line in block if "|" in line)
    return sum(BAR.search(line if has_rule else _LINK.sub("", line)) is not None for line in bare) == len(block)


def _with_bars(block: Sequence[str]) -> list[str]:
    return [f"| {line.lstrip()}" for line in block]
