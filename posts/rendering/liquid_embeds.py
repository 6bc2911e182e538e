"""The tags of Jekyll's themes and plugins that name a picture, a film or a post elsewhere: what can be told without the theme."""

import re
from collections.abc import Callable
from functools import partial
from html import escape
from urllib.parse import quote

from posts.rendering import liquid_includes, liquid_rows
from posts.rendering.shortcodes import DEEPEST_INDENTATION

_PARAMETER = re.compile(r"(?<![\w-])([\w-]++)\s*+=\s*+(?:\"((?:[^\"\\]++|\\.)*+)\"|'((?:[^'\\]++|\\.)*+)')", re.DOTALL)
_ESCAPED_QUOTE = re.compile(r"\\([\"'])")
_FILE = re.compile(
    r"[^<>\"{}\n]{1,300}?\.(?:avif|gif|jpe?g|png|svg|webp|(?P<video>mp4|mov|webm)|(?P<audio>mp3|m4a|ogg|wav))",
    re.IGNORECASE,
)
_END_OF_LINE = re.compile(r"[ \t]*+(?:[\r\n]|\Z)")
_MARKS = " \t>*+-"  # of quotations and items
_PLACED = re.compile(r"/|\.{1,2}/|https?:", re.IGNORECASE)
_SCHEME = re.compile(
    r"https?://(?:www\.)?", re.IGNORECASE
)  # without which an address is no second link inside of its own
_WORD = re.compile(r"[\"']?([\w.:/?=&%#@~+-]++)[\"']?")
_ELSEWHERE = {
    "gist": ("Gist", "https://gist.github.com/"),
    "youtube": ("YouTube", "https://www.youtube.com/watch?v="),
    "vimeo": ("Vimeo", "https://vimeo.com/"),
    "bilibili": ("Bilibili", "https://www.bilibili.com/video/"),
    "twitch": ("Twitch", "https://www.twitch.tv/videos/"),
    "spotify": ("Spotify", "https://open.spotify.com/track/"),
    "google-drive": ("Google Drive", "https://drive.google.com/file/d/"),
}
_OF_PICTURES = ("/images/", "/assets/images/", "/assets/img/", "/img/", "/assets/")
"""Folders of pictures of which themes say no more than the names."""
_OPTION = re.compile(
    r"--([\w-]++)\s++((?:(?!\s--)[^\n])++)|(?<![\w-])([\w-]++)\s*+[:=]\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"']++))"
)
_QUOTED = re.compile(r"(?<![:=])\s\"([^\"\n]*+)\"")
_FILE_NAME = re.compile(r"[^\s\"':=]++")
_TABS = frozenset({"tabs", "tab"})  # of the plugin jekyll-tabs: a group, and in it a name with what stands under it
_OF_FRAME = frozenset({"base_path", "toc"})  # themes' address of the site, and the contents, which each page has here
_OF_WORDS = ("content", "text", "message", "body", "quote", "note")
_SOURCE = re.compile(r"\bsrc=[\"']([^\"'{}]++)")
_OF_STYLE = frozenset({"class", "classes", "style", "styles", "id", "sizes", "media", "keywords", "tags", "alt"})
_OF_FIGURE = _OF_STYLE | {"caption", "description", "title", "width", "height", "link", "url", "href"}
_ELEMENT = re.compile(r"<[^<>]*+>")
_NAMED_VALUE = re.compile(r"(?<![\w-])([\w-]++)\s*+=\s*+(page|site)\.([\w.-]++)")
_VARIABLE = re.compile(r"[\w-]\s*+=")

Value = Callable[[str, str], str | None]
"""What `page` or `site` says under a name, or the text of the file that `include` or `include_relative` names; None for none."""


def shown(tag: re.Match[str], name: str, said: str, has_file: Callable[[str], bool], value: Value) -> str | None:
    """What the tag of that name shows, as HTML, for it may stand within some; None for one that says nothing of it, or
    has its file elsewhere."""
    if name in {"include", "include_cached", "include_relative"}:
        return _included(tag, said, has_file, partial(value, name.removesuffix("_cached")), value)
    if name in _TABS:
        return f"\n\n**{' '.join(said.split()[1:])}**\n\n" if name == "tab" and " " in said else ""
    word = _WORD.match(said)
    if word and word[1].lower().startswith(("https://", "http://")):
        return _link(word[1], _SCHEME.sub("", word[1]))
    if word and name in _ELSEWHERE:
        return _elsewhere(name, word[1])
    return _pictured(tag, said, has_file)


def _pictured(tag: re.Match[str], said: str, has_file: Callable[[str], bool]) -> str | None:
    """The picture that a plugin's tag names, as `a.png --alt A` or `path: "a.png" alt: "A"`; None for none that is there."""
    options = {
        key or name: (whole or double or single or word).strip()
        for key, whole, name, double, single, word in _OPTION.findall(said)
    }
    words = [*options.values(), *_FILE_NAME.findall(said)]
    file = next((found for found in map(_FILE.fullmatch, words) if found), None)
    address = _placed(file[0], has_file) if file else ""
    options.setdefault("alt", next((text for text in _QUOTED.findall(said) if " " in text), ""))
    return figure(tag, address, file.lastgroup, options) if file and address else None


def _placed(file: str, has_file: Callable[[str], bool]) -> str:
    """The address of a file that is named from the site's top, or from a folder in which themes have their pictures; empty
    for one that is not there."""
    address = file if _PLACED.match(file) or "/" not in file else f"/{file}"
    places = [address] if _PLACED.match(file) else [address, file, *(f"{folder}{file}" for folder in _OF_PICTURES)]
    return next(filter(has_file, places), "")


def _included(
    tag: re.Match[str], said: str, has_file: Callable[[str], bool], text_of: Callable[[str], str | None], value: Value
) -> str | None:
    """A picture or a player with its caption, or a link to a film, for an include that says which; else what its file
    shows, or the words that it is given."""
    written = {name: _ESCAPED_QUOTE.sub(r"\1", double or single) for name, double, single in _PARAMETER.findall(said)}
    values = {name: (owner, key) for name, owner, key in _NAMED_VALUE.findall(_PARAMETER.sub("", said))}
    told = {name: value(*each) for name, each in values.items()}
    given = written | {name: text for name, text in told.items() if text is not None}
    named = {name: ".".join(each) for name, each in values.items() if told[name] is None}
    found = next(filter(None, map(_FILE.fullmatch, given.values())), None)
    if found and (address := _placed(found[0], has_file)):
        words = {each.strip() for name, each in given.items() if name not in _OF_FIGURE and not _FILE.fullmatch(each)}
        text = _text(said, text_of) if any(words) else None
        whole = _with_words(text, words, given, value, has_file) if text else None
        return figure(tag, address, found.lastgroup, given) if whole is None else whole
    kind = given.get("provider") or said.partition(" ")[0].lower()
    place = next((each for each in _ELSEWHERE if each != "gist" and each in kind), "")
    film = _said(given, "id", "video_id")
    if place and _WORD.fullmatch(film):
        return _elsewhere(place, film)
    text = _text(said, text_of)
    whole = liquid_includes.shown(text, given, value, named) if text is not None else None
    if found:  # which the file, if any, has to name from where it is
        is_there = whole is not None and any(has_file(name) for name in _SOURCE.findall(whole))
        return whole if is_there else None
    return _by_name(tag, kind, given, value) if whole is None else whole


def _text(said: str, text_of: Callable[[str], str | None]) -> str | None:
    """That of the file which the tag names first, where all behind it are values that are known."""
    name = said.partition(" ")[0]
    is_whole = "=" not in name and not _VARIABLE.search(_NAMED_VALUE.sub("", _PARAMETER.sub("", said)))
    return text_of(name.strip("\"'")) if is_whole else None


def _with_words(
    text: str, words: set[str], given: dict[str, str], value: Value, has_file: Callable[[str], bool]
) -> str | None:
    """What the file shows, where that is more than a picture and its caption: words that the tag gives it."""
    whole = liquid_includes.shown(text, given, value)
    if whole is None or not all(map(has_file, _SOURCE.findall(whole))):
        return None
    seen = _ELEMENT.sub(" ", whole)
    return whole if any(each in seen for each in words if each) else None


def _by_name(tag: re.Match[str], kind: str, parameters: dict[str, str], value: Value) -> str | None:
    """What one shows whose file cannot be told: the rows of the front matter that its name says, else its words."""
    name = kind.strip("\"'").removesuffix(".html").rpartition("/")[2]
    if name in _OF_FRAME:
        return ""
    rows = None
    if name in liquid_rows.NAMES:
        rows = liquid_rows.shown(name, parameters, partial(value, "page"), is_alone=_is_alone(tag))
    return _words(tag, parameters) if rows is None else rows


def _is_alone(tag: re.Match[str]) -> bool:
    """Whether its line holds nothing else, no blanks before it either."""
    around, begin = tag.string, tag.start()
    return around[max(begin - 1, 0) : begin] in {"", "\n"} and _END_OF_LINE.match(around, tag.end()) is not None


def _words(tag: re.Match[str], parameters: dict[str, str]) -> str | None:
    """The words that a box or a button is given, in Markdown: below their title, or as a link; None for none."""
    text = _said(parameters, *_OF_WORDS) or _sentence(parameters)
    address = _said(parameters, "url", "link", "href")
    if address:
        text = text or _said(parameters, "label", "title", "name")
    if not text:
        return None
    if address:
        return f"[{text}](<{address}>)"
    title = f"**{parameters['title']}**\n\n" if parameters.get("title") not in {None, "", text} else ""
    return f"\n\n{title}{text}\n\n" if _is_alone(tag) else text


def _said(parameters: dict[str, str], *names: str) -> str:
    """The first of these that says anything."""
    return next(filter(None, map(parameters.get, names)), "")


def _sentence(parameters: dict[str, str]) -> str:
    """The longest text of three words or more, or with pictures, that is no list of classes."""
    texts = (text for name, text in parameters.items() if name not in _OF_STYLE)
    return max((text for text in texts if text.count(" ") > 1 or "![" in text), key=len, default="")


def figure(tag: re.Match[str], address: str, player: str | None, parameters: dict[str, str]) -> str:
    """The file alone beside other text; on a line of its own with its caption, which is read as Markdown unless it stands
    further in, where it is within HTML, or behind a mark."""
    names = ("caption", "description", "title") if player else ("caption", "description")
    caption, alt = _said(parameters, *names), _said(parameters, "alt", "title")
    place = quoted(address)
    shown = f'<{player} controls src="{place}"></{player}>' if player else f'<img src="{place}" alt="{escape(alt)}">'
    before = margin(tag)
    if before.strip(_MARKS) or not _END_OF_LINE.match(tag.string, tag.end()):
        return shown
    if before:
        return f"<figure>{shown}<figcaption>{caption}</figcaption></figure>" if caption else shown
    caption = f'<figcaption markdown="1">{caption}</figcaption>\n' if caption else ""
    return f"<figure>\n{shown}\n{caption}</figure>\n"


def margin(found: re.Match[str]) -> str:
    """What stands before it on its line; of a longer text the end."""
    around, begin = found.string, max(found.start() - DEEPEST_INDENTATION - 1, 0)
    return around[max(around.rfind("\n", begin, found.start()) + 1, begin) : found.start()]


def quoted(file: str) -> str:
    """The file's name as an address of HTML."""
    return quote(file, "/:%?=&#@+,;~")


def _elsewhere(kind: str, place: str) -> str:
    if kind == "youtube":
        place = place.replace("?", "&")  # behind the film's name what is said of it, such as where it begins
    name, address = _ELSEWHERE[kind]
    return _link(f"{address}{place}", name)


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'
