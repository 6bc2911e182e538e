"""The tags that Hexo has of its own: links to posts, and what lies in a post's folder."""

import re
from collections.abc import Callable, Sequence
from html import escape

from posts.rendering import liquid_embeds

_WORD = re.compile(r"\"([^\"]*)\"|'([^']*)'|(\S+)")

Address = Callable[[str, str], str | None]


def shown(tag: re.Match[str], name: str, said: str, address: Address, has_file: Callable[[str], bool]) -> str | None:
    """What the tag of that name shows, as HTML, for it may stand within some; None for one that is none of these, or that leads nowhere."""
    words = [double or single or bare for double, single, bare in _WORD.findall(said)]
    match name:
        case "asset_img":
            return _picture(tag, words, has_file)
        case "asset_path" | "asset_link" if words and has_file(words[0]):
            place = liquid_embeds.quoted(words[0])
            return place if name == "asset_path" else _link(_text(words), place)
        case "post_path" | "post_link" if words and (path := address("post_url", words[0])):
            return path if name == "post_path" else _link(_text(words), path)
        case "link" | "linkto" if (at := _first_address(words)) is not None:
            return _link(" ".join(words[:at]) or words[at], words[at])
    return None


def _picture(tag: re.Match[str], words: Sequence[str], has_file: Callable[[str], bool]) -> str | None:
    """`[class] file [width] [height] [title [alt]]`, where in quotes around both a title may hold the alt in others."""
    file = next(filter(has_file, words), None)
    if file is None:
        return None
    behind = [word for word in words[words.index(file) + 1 :] if not word.isdigit()]
    title, alt = re.fullmatch(r"(.*?)(?: '(.*)')?", " ".join(behind), re.DOTALL).groups()  # type: ignore[union-attr]
    return liquid_embeds.figure(tag, file, None, {"alt": alt or title})


def _text(words: Sequence[str]) -> str:
    """What stands behind the name, without Hexo's switch for escapes; else the name."""
    behind = words[1:-1] if words[-1] in {"true", "false"} else words[1:]
    return " ".join(behind) or words[0]


def _first_address(words: Sequence[str]) -> int | None:
    return next((at for at, word in enumerate(words) if re.match(r"https?://|/", word)), None)


def _link(text: str, address: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'
