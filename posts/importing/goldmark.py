"""What Hugo's `markup.goldmark` says of how a site has its Markdown read."""

from collections.abc import Iterator, Mapping
from typing import Any

from posts.importing.config_files import as_list, is_on, lowered, texts, within
from posts.rendering import IdStyle
from posts.rendering.commonmark import EXTENSIONS

SIGNS = {
    **{"leftSingleQuote": "‘", "rightSingleQuote": "’", "leftDoubleQuote": "“", "rightDoubleQuote": "”"},
    **{"enDash": "–", "emDash": "—", "ellipsis": "…", "apostrophe": "'"},
}
"""Hugo's words for signs that typography sets; `'` is what tells an apostrophe from the end of a quotation."""


def has_typographer(extensions: Mapping[str, Any]) -> bool:
    """It is on or off, or, in later versions, a mapping that may say `disable`."""
    said = extensions.get("typographer")
    return said is not False and not lowered(said).get("disable")


def signs(extensions: Mapping[str, Any]) -> dict[str, str]:
    """Those of the typographer's that the site has chosen, by the signs in whose place they stand."""
    said = lowered(extensions.get("typographer"))
    return {sign: str(said[name.lower()]) for name, sign in SIGNS.items() if said.get(name.lower()) is not None}


def id_style(parser: Mapping[str, Any]) -> IdStyle:
    """By its name of today, or that which it had before; what is none is that of GitHub."""
    said = parser.get("autoidtype") or parser.get("autoheadingidtype")
    return IdStyle(said) if said in list(IdStyle) else IdStyle.GITHUB


def extras(extensions: Mapping[str, Any]) -> tuple[str, ...]:
    """Of Markdown beyond what is on by itself: each by its name, what is handed on as it is written by its signs."""
    named = ("subscript", "superscript", "mark", "insert")
    on = [name for name in named if is_on(within(extensions, "extras", name).get("enable"))]
    return (*on, *_passthrough(within(extensions, "passthrough")), *_cjk(within(extensions, "cjk")))


def _passthrough(said: Mapping[str, Any]) -> Iterator[str]:
    """Such as `block $$ $$`, for what stands between these and is a paragraph of its own."""
    delimiters = within(said, "delimiters") if is_on(said.get("enable")) else {}
    for kind in ("block", "inline"):
        for pair in map(texts, as_list(delimiters.get(kind))):
            if len(pair) == 2 and not any(map(str.isspace, "".join(pair))):
                yield f"{kind} {pair[0]} {pair[1]}"


def _cjk(said: Mapping[str, Any]) -> Iterator[str]:
    """Of blanks in texts in Chinese, Japanese and Korean."""
    if is_on(said.get("enable")) and is_on(said.get("escapedspace")):
        yield "escapedSpace"
    if is_on(said.get("enable")) and is_on(said.get("eastasianlinebreaks")):
        yield "css3draft" if said.get("eastasianlinebreaksstyle") == "css3draft" else "eastAsianLineBreaks"


def left_off(extensions: Mapping[str, Any]) -> tuple[str, ...]:
    """By Hugo's names. What `extras` has for deleted text takes the place of `strikethrough`."""
    said = {name: extensions.get(name.lower()) for name in EXTENSIONS}
    off = [name for name, value in said.items() if value is False or lowered(value).get("enable") is False]
    deletes = within(extensions, "extras", "delete").get("enable") is True
    return tuple(name for name in off if not (deletes and name == "strikethrough"))
