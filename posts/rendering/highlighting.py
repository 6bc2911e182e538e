"""Source code in colour: Pygments' classes in the HTML, one style sheet for both colour schemes."""

from collections.abc import Iterator
from functools import lru_cache

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.styles import get_style_by_name
from pygments.token import STANDARD_TYPES, Token
from pygments.util import ClassNotFound

LONGEST = 100_000
"""Characters of one block beyond which it stays plain: some lexers are slower than linear."""

_LIGHT, _DARK = "default", "github-dark"  # their every visible token has a contrast of 4.5 or more
_FORMATTER = HtmlFormatter[str](nowrap=True)


def coloured(code: str, language: str) -> str | None:
    """The code as HTML of `<span class>`; None where Pygments does not know the language or the code is too long."""
    lexer = _lexer(language.lower())
    if lexer is None or len(code) > LONGEST:
        return None
    return highlight(code, lexer(stripnl=False, ensurenl=False), _FORMATTER)


@lru_cache(maxsize=256)  # a miss walks five hundred lexers and the installed plug-ins
def _lexer(language: str) -> type[Lexer] | None:
    try:
        return find_lexer_class_by_name(language)
    except ClassNotFound:
        return None


def stylesheet() -> str:
    """The text of static/css/highlight.css."""
    return "\n".join(
        [
            "/* Made by posts.rendering.highlighting.stylesheet(); change it there. */",
            *_rules(_LIGHT),
            "@media (prefers-color-scheme: dark) {",
            *(f"  {rule}" for rule in _rules(_DARK)),
            "}",
            "",
        ]
    )


def _rules(name: str) -> Iterator[str]:
    """One rule a token. Every rule names each property, so that the dark set leaves nothing of the light one."""
    style = get_style_by_name(name)
    plain = style.style_for_token(Token)["color"] or "1f2328"
    yield f".highlight {{ background: {style.background_color}; color: #{plain} }}"
    for token, short in STANDARD_TYPES.items():
        if not short or short == "w":  # white space has no ink to be legible
            continue
        look = style.style_for_token(token)
        background = f"#{look['bgcolor']}" if look["bgcolor"] else "transparent"
        weight = "bold" if look["bold"] else "normal"
        slant = "italic" if look["italic"] else "normal"
        line = "underline" if look["underline"] else "none"
        yield (
            f".highlight .{short} {{ color: #{look['color'] or plain}; background: {background}; "
            f"font-weight: {weight}; font-style: {slant}; text-decoration: {line} }}"
        )
