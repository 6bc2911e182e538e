"""What a file of Jekyll's `_includes` shows, where it takes no more than what the tag gives to it."""

import re
from collections.abc import Mapping

_COMMENT = re.compile(r"\{%-?\s*+comment\s*+-?%\}(?:(?!\{%).)*+\{%-?\s*+endcomment\s*+-?%\}\s*+", re.DOTALL)
_BETWEEN = r"((?:(?!\{%).)*+)"
_CONDITION = re.compile(
    r"\{%-?\s*+(if|unless)\s++include\.([\w-]++)\s*+(?:(==|!=)\s*+(?:\"([^\"]*+)\"|'([^']*+)')\s*+)?-?%\}"
    rf"{_BETWEEN}(?:\{{%-?\s*+else\s*+-?%\}}{_BETWEEN})?\{{%-?\s*+end\1\s*+-?%\}}",
    re.DOTALL,
)
"""One in which no other stands."""
_OUTPUT = re.compile(
    r"\{\{-?\s*+include\.([\w-]++)\s*+(?:\|\s*+default:\s*+(?:\"([^\"]*+)\"|'([^']*+)')\s*+)?"
    r"((?:\|\s*+(?:absolute_url|escape|markdownify|relative_url|strip|strip_newlines|prepend:\s*+site\.\w++)\s*+)*+)-?\}\}"
)
_KNOWN = re.compile(r"\{\{-?\s*+(?:(?:page|site)\.[\w.-]++|(?:\"[^\"{}]*+\"|'[^'{}]*+')\s*+\|\s*+\w++_url)\s*+-?\}\}")
_DEEPEST = 8  # conditions within each other


def may_show(text: str) -> bool:
    """Whether there is anything with which `shown` takes the file: what stands outside of conditions is always there."""
    text = _COMMENT.sub("", text)
    for _ in range(_DEEPEST):
        text, count = _CONDITION.subn("", text)
        if not count:
            break
    return not _asks_for_more(text)


def shown(text: str, parameters: Mapping[str, str]) -> str | None:
    """The file's text with the tag's parameters in it; None for one that asks for more than these."""
    text = _COMMENT.sub("", text).strip("\r\n")
    for _ in range(_DEEPEST):
        text, count = _CONDITION.subn(lambda found: _branch(found, parameters), text)
        if not count:
            break
    return None if _asks_for_more(text) else _OUTPUT.sub(lambda found: _value(found, parameters), text)


def _asks_for_more(text: str) -> bool:
    rest = _KNOWN.sub("", _OUTPUT.sub("", text))
    return "{%" in rest or "{{" in rest


def _branch(found: re.Match[str], parameters: Mapping[str, str]) -> str:
    kind, name, sign, double, single, then, otherwise = found.groups()
    said = parameters.get(name)
    is_so = said is not None if sign is None else (said == (single if double is None else double)) == (sign == "==")
    return then if is_so == (kind == "if") else otherwise or ""


def _value(found: re.Match[str], parameters: Mapping[str, str]) -> str:
    name, double, single, filters = found.groups()
    said = parameters.get(name) or double or single or ""
    return f'\n<div markdown="1">\n{said}\n</div>\n' if said and "markdownify" in filters else said
