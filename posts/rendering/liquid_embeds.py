"""The tags of Jekyll's themes and plugins that name a picture, a film or a post elsewhere: what can be told without the theme."""

import re
from collections.abc import Callable
from html import escape
from urllib.parse import quote

_PARAMETER = re.compile(r"(?<![\w-])([\w-]++)\s*+=\s*+(?:\"((?:[^\"\\]++|\\.)*+)\"|'((?:[^'\\]++|\\.)*+)')", re.DOTALL)
_ESCAPED_QUOTE = re.compile(r"\\([\"'])")
_BRACKET = re.compile(r"([\\\[\]])")
_PICTURE = re.compile(r"[^<>\"{}\n]{1,300}?\.(?:avif|gif|jpe?g|png|svg|webp)", re.IGNORECASE)
_PLACED = re.compile(r"/|\.{1,2}/|https?:", re.IGNORECASE)
_WORD = re.compile(r"[\"']?([\w.:/?=&%#@~+-]++)[\"']?")
_ADDRESSES = {
    "gist": "https://gist.github.com/",
    "youtube": "https://www.youtube.com/watch?v=",
    "vimeo": "https://vimeo.com/",
}
_NAMED = {"gist": "Gist", "youtube": "YouTube", "vimeo": "Vimeo"}


def shown(tag: re.Match[str], name: str, said: str, has_picture: Callable[[str], bool]) -> str | None:
    """In Markdown's terms, what the tag of that name shows; None for one that says nothing of it, or has a picture elsewhere."""
    if name in {"include", "include_cached"}:
        return _included(tag, said, has_picture)
    word = _WORD.match(said)
    if not word:
        return None
    if word[1].lower().startswith(("https://", "http://")):
        return f"<{word[1]}>"
    return _elsewhere(name, word[1]) if name in _ADDRESSES else None


def _included(tag: re.Match[str], said: str, has_picture: Callable[[str], bool]) -> str | None:
    """A picture with its caption, or a link to a film, for an include that says which."""
    parameters = {
        name: _ESCAPED_QUOTE.sub(r"\1", double or single) for name, double, single in _PARAMETER.findall(said)
    }
    address = next((value for value in parameters.values() if _PICTURE.fullmatch(value)), "")
    if address:
        address = address if _PLACED.match(address) or "/" not in address else f"/{address}"
        return _picture(tag, address, parameters) if has_picture(address) else None
    kind = parameters.get("provider") or said.partition(" ")[0].lower()
    place = next((each for each in ("youtube", "vimeo") if each in kind), "")
    film = parameters.get("id") or parameters.get("video_id") or ""
    return _elsewhere(place, film) if place and _WORD.fullmatch(film) else None


def _picture(tag: re.Match[str], address: str, parameters: dict[str, str]) -> str:
    caption = next((parameters[name] for name in ("caption", "description") if parameters.get(name)), "")
    alt = parameters.get("alt") or parameters.get("title") or ""
    before, behind = tag.string[max(tag.start() - 1, 0) : tag.start()], tag.string[tag.end() : tag.end() + 1]
    if not caption or before not in {"", "\n"} or behind not in {"", "\n", "\r"}:
        alt = _BRACKET.sub(r"\\\1", alt)
        return f"![{alt}](<{address}>)"
    picture = f'<img src="{quote(address, "/:%?=&#@+,;~")}" alt="{escape(alt)}">'
    return f'<figure>\n{picture}\n<figcaption markdown="1">{caption}</figcaption>\n</figure>\n'


def _elsewhere(kind: str, place: str) -> str:
    return f"[{_NAMED[kind]}]({_ADDRESSES[kind]}{place})"
