"""Names as they stand in URLs: Hugo's of tags, files and titles, and ASCII for new posts."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

_ESCAPES = re.compile(r"((?:%[0-9a-fA-F]{2})+)")


@lru_cache(maxsize=10_000)  # the posts of a site have the same few tags
def term_slug(name: str, *, keeps_case: bool = False, keeps_accents: bool = True) -> str:
    """A tag's part of the URL, decoded, as Hugo makes it: `C++` → `c++`, `R&D` → `rd`, `AI/ML` → `ai/ml`.

    A name of which nothing could stand there is its own.
    """
    slug = urlized(name.replace(" ", "-"), keeps_case=keeps_case)
    return (slug if keeps_accents else without_accents(slug)).rstrip("/") or name


def path_segment(text: str) -> str:
    """A file's or a folder's name as it stands in a URL, decoded: `My  Post_1` → `my--post_1`.

    As `urlized`, but each space is a hyphen of its own. Source: Hugo's paths.
    """
    return urlized(text.replace(" ", "-"))


@lru_cache(maxsize=10_000)  # the files of a site lie in the same few folders
def urlized(text: str, *, keeps_case: bool = False) -> str:
    """A slug or a title as it stands in a URL, decoded: `My  Post - 1` → `my-post-1`.

    Letters, marks, digits, `./\\_#+~-@` and percent escapes (here decoded) stay; white space between them, and hyphens
    beside it, become one hyphen; the rest goes. Source: Hugo's `urlize`. Marks join their letters, as on the macOS from
    which names with loose ones come.
    """
    text = unicodedata.normalize("NFC", text).strip()
    escapes, kept = _kept(text if keeps_case else _lowered(text))
    joined = re.sub(r" +", "-", re.sub(r"(?<=-) +|(?<! ) ++(?=-)", "", "\0".join(kept).strip())).split("\0")
    return "".join(part + unquote(escape) for part, escape in zip(joined, [*escapes, ""], strict=True))


def slugified(text: str, *, kept: str = "") -> str:
    """A name in an address of Jekyll's: `Hello_World c#` → `Hello-World-c`. Letters, marks and digits stay, and what is kept.

    Source: Jekyll's `slugify`.
    """
    signs = (each if _is_of_words(each) or each in kept else " " for each in text)
    return re.sub(" +", "-", "".join(signs)).strip("-")


def without_accents(text: str) -> str:
    """The text without the marks of its letters: `été` → `ete`. Source: Hugo's `removePathAccents`."""
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(each for each in apart if unicodedata.category(each) != "Mn"))


def _kept(text: str) -> tuple[list[str], list[str]]:
    """The percent escapes, and before, between and behind them what may stay, white space as spaces."""
    parts = _ESCAPES.split(text)
    plain = ["".join(each if _stays(each) else " " if each.isspace() else "" for each in part) for part in parts[::2]]
    return parts[1::2], plain


def _lowered(text: str) -> str:
    """Letter by letter, as Go does: `str.lower` makes a Greek word's last sigma another letter."""
    return "".join(map(str.lower, text.replace("İ", "i")))


def ascii_slug(title: str) -> str:
    """A slug for a title, in ASCII, whatever its Latin letters carry: `Dược phẩm đang` → `duoc-pham-dang`."""
    plain = title.lower().translate(_WITHOUT_PARTS)
    letters = unicodedata.normalize("NFD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters.replace("'", "")).strip("-")


# Letters that do not come apart into a letter and its marks.
_WITHOUT_PARTS = str.maketrans(
    {"đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "ð": "d", "þ": "th", "ı": "i"}
)


def _stays(each: str) -> bool:
    """Letters, marks and decimal digits; the `₂` of `CO₂` and `½` are none of them."""
    return _is_of_words(each) or each in "./\\_#+~-@"


def _is_of_words(each: str) -> bool:
    return each.isalpha() or each.isdecimal() or unicodedata.category(each).startswith("M")
