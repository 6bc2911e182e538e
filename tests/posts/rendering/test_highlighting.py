"""Source code in colour."""

import re
from pathlib import Path

import pytest

from posts.rendering.highlighting import LONGEST, coloured, stylesheet

STYLESHEET = Path(__file__).resolve().parents[3] / "static" / "css" / "highlight.css"


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_style_sheet_is_the_one_that_is_served() -> None:
    assert STYLESHEET.read_text("utf-8") == stylesheet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_can_be_read(scheme: str) -> None:
    chosen = r"\1" if scheme == "light" else r"\2"
    rules = re.sub(r"light-dark\((\S+), (\S+)\)", chosen, stylesheet())
    ground = re.findall(r"\.highlight \{ background: (#\w{6})", rules)[0]
    pairs = re.findall(r"\{ color: (#\w{6})(?:; background: (#\w{6}))?", rules)
    assert len(pairs) > 70
    assert [(ink, on) for ink, on in pairs if contrast(ink, on or ground) < 4.5] == []


def test_an_unknown_language_and_a_very_long_block_stay_plain() -> None:
    assert coloured("x", "nonesuch") is None
    assert coloured("x" * (LONGEST + 1), "python") is None


def test_coloured_code_keeps_every_character() -> None:
    code = "\n\n  if x < 1 and y:\t# “tail”  \n\n"
    assert re.sub("<[^>]+>", "", coloured(code, "Python") or "").replace("&lt;", "<") == code
