"""Signs that typography sets, as Hugo sets them, apart from those that the author typed."""

import re
from collections.abc import Mapping
from html import escape, unescape
from unicodedata import category
from urllib.parse import quote

from posts.rendering.page import TYPOGRAPHY

_STAND_INS = (
    "⸺⸻⸰⸌⸍⸠⸡"  # hardly anybody types these; of the same kinds, so that emphasis begins and ends beside them alike
)
_CLOSING = "\uf076"  # of the private use area: stands for a single mark that is no apostrophe
_HIDDEN = str.maketrans(TYPOGRAPHY, _STAND_INS)
_SHOWN = str.maketrans(_STAND_INS, TYPOGRAPHY)
_SHOWN_IN_ADDRESSES = [(quote(stand_in), quote(sign)) for stand_in, sign in zip(_STAND_INS, TYPOGRAPHY, strict=True)]
_TAG_OR_QUOTE = re.compile(r"<pre\b[^<]*+(?:<(?!/pre>)[^<]*+)*+|<(?P<block>(?:p|li|dd|dt|td|th|h[1-6])\b)?[^<>]*+|[“”]")
_ATTRIBUTES = r"\{[^{}<>\n]*+\}(?=\s*+</h[1-6]>)"  # of a heading: what they hold is read later
_QUOTED = re.compile(r"‘([^‘’]*+(?:(?<=\w)’(?=\w)[^‘’]*+)*+)’")


def hidden(body: str) -> str:
    """The body with stand-ins for the signs that the author typed; one that holds any of these is left as it is."""
    return body if body.isascii() or any(each in body for each in _STAND_INS) else body.translate(_HIDDEN)


def shown(html: str) -> str:
    """What an engine made of it, with the signs of the author's again."""
    html = html.translate(_SHOWN)
    for stand_in, sign in _SHOWN_IN_ADDRESSES:
        html = html.replace(stand_in, sign)
    return html


def straightened(html: str) -> str:
    """Quotation marks as they were typed where Hugo sets none: between two letters, as in most of Chinese and Japanese, and
    at the end of what no mark has begun in its block."""
    pieces: list[str] = []
    at, opened = 0, 0
    for found in _TAG_OR_QUOTE.finditer(html):
        if found["block"]:
            opened = 0
        if found[0] not in "“”":
            continue
        start, end = found.span()
        if _in_word(html[start - 1 : start]) and _in_word(html[end : end + 1]) or (found[0] == "”" and not opened):
            pieces += [html[at:start], "&quot;"]
            at = end
        else:
            opened += 1 if found[0] == "“" else -1
    return "".join([*pieces, html[at:]])


def _in_word(character: str) -> bool:
    return character != "" and not character.isspace() and category(character)[0] not in "PS"


def with_own(html: str, signs: Mapping[str, str]) -> str:
    """The HTML with a site's own signs in place of the engine's; that of an apostrophe is kept as `'`."""
    if not signs:
        return html
    own = {sign: escape(unescape(said)) for sign, said in signs.items()}
    html = _QUOTED.sub(rf"‘\1{_CLOSING}", html)
    own |= {_CLOSING: own.get("’", "’"), "’": own.pop("'", "’")}
    return re.sub(rf"{_ATTRIBUTES}|[{''.join(own)}]", lambda found: own.get(found[0], found[0]), html)
