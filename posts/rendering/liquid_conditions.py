"""Conditions of Liquid's on what a page says of itself: of what they choose between, what Jekyll shows."""

import re
from collections.abc import Callable
from functools import partial

_BRANCHING = r"(?:if|unless|elsif|else|endif|endunless|case|when|endcase|for|endfor)"
_BETWEEN = rf"((?:(?!\{{%-?\s*+{_BRANCHING}\b).)*+)"
_CONDITION = re.compile(
    r"\{%-?\s*+(if|unless)\s++page\.([\w-]++(?:\.[\w-]++)*+)\s*+(?:(==|!=)\s*+(?:\"([^\"%]*+)\"|'([^'%]*+)'|([\w.]++))\s*+)?-?%\}"
    rf"{_BETWEEN}(?:\{{%-?\s*+else\s*+-?%\}}{_BETWEEN})?\{{%-?\s*+end\1\s*+-?%\}}",
    re.DOTALL,
)
"""One in which no other stands."""
_DEEPEST = 8  # conditions within each other
_NOTHING = frozenset({"nil", "null"})

Value = Callable[[str, str], str | None]
"""What `page` says under a name, and with the owner `page?` whether it says anything: empty for nothing, None where that
is not known."""


def decided(text: str, value: Value, hidden: Callable[[str], str] = lambda text: "") -> str:
    """The text with what its conditions choose, and something else in the place of what they do not."""
    if "page." not in text or "{%" not in text:
        return text
    for _ in range(_DEEPEST):
        shown = _CONDITION.sub(partial(_chosen, value=value, hidden=hidden), text)
        if shown == text:
            break
        text = shown
    return text


def _chosen(found: re.Match[str], value: Value, hidden: Callable[[str], str]) -> str:
    kind, name, sign, double, single, word, then, otherwise = found.groups()
    is_said = value("page?", name)
    if is_said is None:
        return found[0]
    is_so = is_said != ""
    if sign:
        wanted = next((each for each in (double, single, word) if each is not None), "")
        text = value("page", name) or ""
        is_so = (not is_said if wanted in _NOTHING and word else text == wanted) == (sign == "==")
    group = 7 if is_so == (kind == "if") else 8
    if found[group] is None:
        return hidden(found[0])
    start, end = found.start(group) - found.start(), found.end(group) - found.start()
    return hidden(found[0][:start]) + found[group] + hidden(found[0][end:])
