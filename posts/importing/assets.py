"""The pictures that a document names and that lie beside it: a bundle's own files, and the site's static ones."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from posts import images
from posts.images.errors import ImageError
from posts.importing.walk import FoundFile

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"})


class Assets(Mapping[str, str]):
    """URLs here by the names that a document gives its pictures, each found and stored when it is first asked for.

    `refused` says why a picture was not taken over.
    """

    def __init__(self, file: FoundFile, store: Callable[[Path], str]) -> None:
        self.file, self.store = file, store
        self.urls: dict[str, str] = {}
        self.refused: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self.urls and name not in self.refused and (path := picture_file(self.file, name)):
            try:
                self.urls[name] = self.store(path)
            except ImageError as error:
                self.refused[name] = str(error)
        return self.urls[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.urls)

    def __len__(self) -> int:
        return len(self.urls)


def store(path: Path) -> str:
    """Keeps the picture for good; its URL here. Raises `ImageError`."""
    with path.open("rb") as picture:
        return images.store(picture, name=path.name)


def look_at(path: Path) -> str:
    """Keeps nothing, and says of the picture what `store` would. Raises `ImageError`."""
    with path.open("rb") as picture:
        images.verify(picture)
    return str(path)


def picture_file(file: FoundFile, name: str) -> Path | None:
    """The file that a relative name or a site path means, if it is a picture inside the site."""
    try:
        parts = urlsplit(name)
    except ValueError:
        return None
    place = unquote(parts.path)
    if parts.scheme or parts.netloc or PurePosixPath(place).suffix.lower() not in PICTURES or "\0" in place:
        return None
    content = file.path.absolute().parents[len(PurePosixPath(file.source.file).parts) - 1]
    folders = [content, file.static] if place.startswith("/") else [file.path.parent]
    for folder in filter(None, folders):
        path = folder / place.lstrip("/")
        if path.is_file() and path.resolve().is_relative_to(
            content.resolve() if folder != file.static else folder.resolve()
        ):
            return path
    return None


def are_as_stored(file: FoundFile, urls: Mapping[str, str]) -> bool:
    """Whether the pictures still are those behind these URLs, whose names hold their files' hashes."""
    paths = ((picture_file(file, name), url) for name, url in urls.items())
    return all(path and sha256(path.read_bytes()).hexdigest()[:16] in url for path, url in paths)
