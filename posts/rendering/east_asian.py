"""Texts in Chinese, Japanese and Korean: their letters, and what Hugo's `extensions.cjk` makes of blanks among them."""

import re
from collections.abc import Iterable

_KANA_AND_HAN = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u30ff\u31f0-\u32fe\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufad9\uff66-\uff9f\U00016fe2-\U0001b167\U00020000-\U000323af"
)
_HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7fb\uffa0-\uffdc"
LETTERS = _KANA_AND_HAN + _HANGUL
"""Of the scripts Han, Hangul, Hiragana and Katakana, for use between the brackets of a pattern."""

_SIGNS = "\u3000-\u303f"
_FULL_WIDTH = f"{_SIGNS}\ufe30-\ufe4f\uff01-\uff65\uffe0-\uffe6"
_PRE = r"<pre\b[^<]*+(?:<(?!/pre>)[^<]*+)*+(?:</pre>|\Z)"
_MARKUP = r"<(?:a|code|del|em|img|strong)\b"
_WIDE = f"[{LETTERS}{_SIGNS}]"
_UNSPACED = f"[{_KANA_AND_HAN}{_FULL_WIDTH}]"
LINE_ENDS = {
    "eastAsianLineBreaks": re.compile(rf"{_PRE}|(?<={_WIDE})\n(?={_WIDE}|{_MARKUP})"),
    "css3draft": re.compile(
        rf"{_PRE}|(?<={_UNSPACED})\n(?=[^\s<{_HANGUL}]|{_MARKUP})|(?<![\s>{_HANGUL}])\n(?={_UNSPACED})"
    ),
}
"""Those that go, by what Hugo calls the setting, or its style: the ones between two such letters, or the ones at each of
them that is not Korean. Hugo takes the end of an English line too, where markup or a comma stands: its words stay apart."""

_ESCAPED_SPACE = re.compile(r"(?<!\\)((?:\\\\)*)\\ (?=\S)")
_SPACE = "\u1680"  # white space that hardly anybody types: beside it emphasis begins and ends as beside any
_CODE_OR_SPACE = re.compile(rf"{_PRE}|<code\b[^<]*+</code>|{_SPACE}")


def lines_joined(html: str, settings: Iterable[str]) -> str:
    """The HTML without line ends that would show as blanks where these scripts have none, if one of `LINE_ENDS` is set."""
    for setting in LINE_ENDS.keys() & settings:
        html = LINE_ENDS[setting].sub(lambda found: found[0].removeprefix("\n"), html)
    return html


def spaces_hidden(body: str) -> str:
    r"""The body with a sign in place of each `\ `, Hugo's `escapedSpace`; one that holds that sign is left as it is."""
    return body if _SPACE in body else _ESCAPED_SPACE.sub(rf"\1{_SPACE}", body)


def spaces_gone(html: str) -> str:
    """What an engine made of it, without those; in code they are what was written."""
    return _CODE_OR_SPACE.sub(lambda found: found[0].replace(_SPACE, r"\ ") if len(found[0]) > 1 else "", html)
