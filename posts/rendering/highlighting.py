"""Source code in colour: Pygments' classes in the HTML, one style sheet for both colour schemes."""

from collections.abc import Iterator
from functools import lru_cache

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.style import Style
from pygments.styles import get_style_by_name
from pygments.token import STANDARD_TYPES, Token, _TokenType
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
    """The text of static/css/highlight.css: one rule a token, coloured for light and dark, weighted as in light."""
    light, dark = get_style_by_name(_LIGHT), get_style_by_name(_DARK)
    return "\n".join(
        [
            "/* Made by posts.rendering.highlighting.stylesheet(); change it there. */",
            f".highlight {{ {_both('background', light.background_color, dark.background_color)}; "
            f"{_both('color', _ink(light, Token), _ink(dark, Token))} }}",
            *(
                f".highlight .{short} {{ {'; '.join(_look(light, dark, token))} }}"
                for token, short in STANDARD_TYPES.items()
                if short and short != "w"  # white space has no ink to be legible
            ),
            "",
        ]
    )


def _look(light: type[Style], dark: type[Style], token: _TokenType) -> Iterator[str]:
    look = light.style_for_token(token)
    yield _both("color", _ink(light, token), _ink(dark, token))
    paper, night = (style.style_for_token(token)["bgcolor"] for style in (light, dark))
    if paper or night:
        yield _both("background", f"#{paper}" if paper else "transparent", f"#{night}" if night else "transparent")
    if look["bold"]:
        yield "font-weight: bold"
    if look["italic"]:
        yield "font-style: italic"


def _ink(style: type[Style], token: _TokenType) -> str:
    return f"#{style.style_for_token(token)['color'] or style.style_for_token(Token)['color'] or '1f2328'}"


def _both(name: str, light: str, dark: str) -> str:
    return f"{name}: light-dark({light}, {dark})"
