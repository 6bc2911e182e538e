"""Galleries and rows of features, whose pictures and words stand in front matter, as the theme minimal-mistakes has them."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from html import escape
from urllib.parse import quote

from posts.rendering.anchors import anchor

NAMES = ("gallery", "feature_row")
MOST_ROWS = 500
"""Of one list; further ones are not shown."""

_LONGEST_NUMBER = 9  # digits
_ABSOLUTE = re.compile(r"/|#|[a-z][a-z0-9+.-]*+:", re.IGNORECASE)
_MARKED = re.compile(r' markdown="1"')
_PICTURE = ("image_path", "image", "src", "url")

Said = Callable[[str], str | None]
"""What the page says under a name, as `gallery.0.url`, of a list's `size` too; None for nothing."""


def shown(kind: str, parameters: Mapping[str, str], said: Said, *, is_alone: bool) -> str | None:
    """The pictures of the page's list as figures, with all that it says of them; None where there is none.

    Captions and texts are marked as Markdown where the tag is alone on its line.
    """
    name = parameters.get("id") or kind
    blocks = list(_blocks(kind, name, said))
    if not blocks:
        return None
    if kind == "feature_row" and (title := parameters.get("title")):
        blocks.insert(0, _heading(title))
    caption = parameters.get("caption") or ""
    if kind == "gallery" and caption:
        blocks = ["<figure>", *blocks, f"{_caption(caption)}</figure>"]
    html = "\n".join(blocks)
    return f"\n{html}\n" if is_alone else _MARKED.sub("", html).replace("\n", "")


def _blocks(kind: str, name: str, said: Said) -> Iterator[str]:
    """Of each row of the list that says anything."""
    of_row = _of_gallery if kind == "gallery" else _of_feature
    size = said(f"{name}.size") or ""  # of a list; a mapping may say anything under that name
    for number in range(min(int(size), MOST_ROWS) if size.isdecimal() and len(size) <= _LONGEST_NUMBER else 0):
        row = f"{name}.{number}"
        yield from filter(None, [of_row(partial(_own, said, row), said(row) or "")])


def _own(said: Said, row: str, *keys: str) -> str:
    """What the row says under the first of these keys under which it says anything."""
    return next(filter(None, (said(f"{row}.{key}") for key in keys)), "")


def _of_gallery(own: Callable[..., str], text: str) -> str:
    """One picture, by its name alone or with what is said of it."""
    file = own(*_PICTURE) or text
    if not file:
        return ""
    picture = _picture(file, own("alt"))
    if own("url") and own("url") != file:
        picture = f'<a href="{_address(own("url"))}">{picture}</a>'
    return f"<figure>{picture}\n{_caption(own('title', 'caption'))}</figure>"


def _of_feature(own: Callable[..., str], text: str) -> str:
    """A picture with its caption, the heading, the text and where its button leads."""
    file, title = own("image_path"), own("title")
    parts = [f"<figure>{_picture(file, own('alt'))}\n{_caption(own('image_caption'))}</figure>"] if file else []
    parts += [_heading(title)] if title else []
    parts += [f'<div markdown="1">\n{words.strip()}\n</div>\n'] if (words := own("excerpt") or text) else []
    if address := own("url"):
        parts.append(f'<p><a href="{_address(address)}">{own("btn_label") or "Learn More"}</a></p>\n')
    return "\n".join(parts)


def _picture(file: str, alt: str) -> str:
    return f'<img src="{_address(file)}" alt="{escape(alt)}">'


def _heading(title: str) -> str:
    return f'<h2 id="{escape(anchor(title, set()))}">{title}</h2>\n'


def _caption(text: str) -> str:
    return f'<figcaption markdown="1">{text}</figcaption>\n' if text else ""


def _address(written: str) -> str:
    """The address, of a file or a page from the site's top."""
    return quote(written if _ABSOLUTE.match(written) else f"/{written}", "/:%?=&#@+,;~")
