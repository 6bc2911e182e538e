"""Links in double brackets, as wikis and collections of notes have them: to a page of the site by its name."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from posts.picture_names import SHOWN
from posts.rendering import code_lines, kramdown
from posts.rendering.anchors import anchor
from posts.rendering.shortcodes import ShortcodeFinding, located
from posts.sentences import Sentence, gettext_noop

_PART = r"(?:[^\[\]\n|#\\]|\\[^\[\]\n|#])"
_LINK = re.compile(
    f"({code_lines.INLINE})"
    r"|(?<![A-Za-z0-9_\]])(!?)\[\[(?! )(?=[^\[\]\n]*?(?:[^\W\d_]|\d{4}-\d))"
    rf"({_PART}{{0,200}})(#[^\[\]\n|]{{1,200}})?(?:\\?\|([^\[\]\n|#]{{1,200}}))?\]\](?![(\[])"
)
"""Code, in which nothing is one; or the sign of what is shown in place, the name, a heading of that page, and another
text or, first in GitHub's wikis, the name. A number is a quotation's, an index stands right behind a Latin word."""
_PICTURE = re.compile(f".+{SHOWN}", re.IGNORECASE)
_SIZE = re.compile(r"\d+(?:x\d+)?")

ANYWHERE = "*/"
"""Begins the name of a file that may be in any folder, as Obsidian finds those in brackets."""

Place = Callable[[str], str | None]
"""The path of the page of a name; None for none."""


def in_markdown(body: str, place: Place, has_file: Callable[[str], bool]) -> tuple[str, tuple[ShortcodeFinding, ...]]:
    """The body with these links as Markdown's, and those that lead nowhere, which stay as they are written."""
    if "[[" not in body:
        return body, ()
    shown: list[str] = []
    lost: list[tuple[int, str, Sentence]] = []
    at = 0
    for is_code, lines in kramdown.by_code(body.splitlines(keepends=True)):
        part = "".join(lines)
        shown.append(part if is_code else _LINK.sub(partial(_shown, place, has_file, lost, at), part))
        at += len(part)
    return "".join(shown), tuple(located(body, lost))


def _shown(
    place: Place, has_file: Callable[[str], bool], lost: list[tuple[int, str, Sentence]], at: int, found: re.Match[str]
) -> str:
    if found[1]:
        return found[1]
    name, heading, other = found[4].strip(), found[5] or "", (found[6] or "").strip()
    if not name:
        text, fragment = other or heading[1:], _fragment(heading)
        return f"[{text}](<{fragment}>)" if fragment else (other or found[0])
    if _PICTURE.fullmatch(name):
        if file := next(filter(has_file, _places(name)), None):
            return f"![{'' if _SIZE.fullmatch(other) else other}](<{file}>)"
        problem = gettext_noop("the file %(name)s is not in the page's folder; put it there, or fix the name")
        problem %= {"name": name}
    elif "." in name and (file := next(filter(has_file, _places(name)), None)):
        return f"[{other or name}](<{file}>)"
    else:
        for page, text in ((name, other or name + heading), (other, name)):
            if path := next(filter(None, map(place, _names(page))), None):
                return f"[{text}](<{path}{_fragment(heading)}>)"
        problem = gettext_noop("the site has no document of the name that this gives; fix the name")
    lost.append((at + found.start(), found[0].lstrip("!")[:40], problem))
    return found[0]


def _places(name: str) -> tuple[str, ...]:
    """Where the file of that name may be: beside the text, below the site's top, anywhere."""
    return name, f"/{name}", f"{ANYWHERE}{name}"


def _names(page: str) -> Iterator[str]:
    """As which a page may be named: a wiki's files have hyphens where its links have blanks."""
    if page:
        yield page
        yield page.replace(" ", "-")


def _fragment(heading: str) -> str:
    return f"#{anchor(heading[1:].strip(), set())}" if heading and not heading.startswith("#^") else ""
