"""The URL of a picture that a document names, of its cover above all, which themes have in folders of their own."""

import posixpath
import re
from collections.abc import Sequence

from posts.document import Document
from posts.link_targets import OF_GHOST
from posts.source import Source

OF_COVERS, OF_JEKYLLS_COVERS = ("/", "./images"), ("/", "/images")
"""The folders in which a cover is looked for that is not beside its page: themes have it at the site's top, Jekyll's in the
next too, an export from WordPress in a folder beside."""
_PLACED = re.compile(r"[A-Za-z][\w+.-]*:|[/#?]")  # begins an address that is not in the document's folder


def media_folders(document: Document, source: Source) -> Sequence[str]:
    """The folder in which a Jekyll document says that its pictures are (the theme Chirpy), as the only one of a list."""
    said = (document.get(key, source.defaults.get(key)) for key in ("media_subpath", "img_path"))
    return [each for each in said if source.jekyll and isinstance(each, str)][:1]


def cover(written: str, source: Source, media: Sequence[str]) -> str:
    """The address of the document's cover, which is looked for where themes have it too; empty for none."""
    folders = [*media, *(OF_JEKYLLS_COVERS if source.jekyll else OF_COVERS)]
    return picture(_here(written, source.base), source, folders)


def picture(name: str, source: Source, folders: Sequence[str]) -> str:
    """The URL of the picture of this name, else of the first in these folders.

    For none the name; in a Jekyll site, which has no pictures beside its documents, the address where it would be.
    """
    if not folders or not name or _PLACED.match(name):
        return source.assets.get(name, name)
    names = [_below(folder, name) for folder in folders]
    return next(
        (url for each in (name, *names) if (url := source.assets.get(each))), names[0] if source.jekyll else name
    )


def _here(address: str, base: str) -> str:
    """The address without where the site stood on its host, as the body has its own."""
    address = address.removeprefix(OF_GHOST)
    return address.removeprefix(base) if base and address.startswith(f"{base}/") else address


def _below(folder: str, name: str) -> str:
    """The site path of that name in the folder, its name where the folder is beside the document, or its address, where that
    is on another host."""
    if ":" in folder or folder.startswith("//"):
        return f"{folder.rstrip('/')}/{name}"
    return posixpath.normpath(posixpath.join("" if folder.startswith("./") else "/", folder, name))
