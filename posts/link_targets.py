"""What on this site a link in a document means."""

import posixpath
from dataclasses import dataclass
from pathlib import PurePosixPath
from unicodedata import normalize
from urllib.parse import unquote

OF_GHOST = "__GHOST_URL__"
"""Stands for the site's address in what Ghost exports."""


@dataclass(frozen=True, slots=True)
class Target:
    """A page by its decoded path, or a document by its place in the content folder; and a place in it."""

    path: str = ""
    file: str = ""
    fragment: str = ""


def of(written: str, *, page: str, file: str, base: str = "") -> Target | None:
    """What an address without scheme and host means in the document of this file, whose page is at this path.

    None for a link to a file, which is no page. An address that is but a fragment means the page itself. `base` is
    `Source.base`.
    """
    address, _, fragment = written.partition("#")
    target, fragment = unquote(address.partition("?")[0]), unquote(fragment)
    target = target.removeprefix(OF_GHOST) if target.startswith(f"{OF_GHOST}/") else target
    if base and f"{target}/".startswith(f"{base}/"):
        target = target.removeprefix(base) or "/"
    if target.endswith((".md", ".markdown")):
        named = posixpath.normpath(posixpath.join(posixpath.dirname(file), target)).lstrip("/")
        return Target(file=named, fragment=fragment)
    if not target:
        return Target(path=page, fragment=fragment)
    folder = page if page.endswith("/") else posixpath.dirname(page)
    path = normalize("NFC", posixpath.normpath(posixpath.join(folder, target)))  # as pages' paths are
    if PurePosixPath(path).suffix not in {"", ".html"}:
        return None
    return Target(path=path if path.endswith((".html", "/")) else f"{path}/", fragment=fragment)
