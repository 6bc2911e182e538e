"""Pictures in local storage: the file and its renditions side by side below `MEDIA_ROOT/images`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from PIL import Image

from posts.images.errors import StorageError
from posts.images.names import StoredName
from posts.images.sizes import Ratio, cut, widths
from posts.images.verifying import EXTENSIONS, Picture
from posts.sentences import gettext_noop, systems_reason

FOLDER = "images"
WEBP_QUALITY = 80


@dataclass(frozen=True, slots=True)
class LocalImage:
    """A picture that `write` has stored. All that it answers follows from its name; the disk is not asked."""

    src: str
    name: StoredName

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.name.width, self.name.height

    def url(self, width: int, ratio: Ratio | None = None) -> str:
        """The narrowest rendition of at least `width` pixels, else the widest; of an animation the file itself."""
        if self.name.animated:
            return self.src
        made = widths(cut(self.size, ratio)[0])
        enough = next((candidate for candidate in made if candidate >= width), made[-1])
        return _media_url(_rendition_name(self.name, enough, ratio))

    def srcset(self, ratio: Ratio | None = None) -> str:
        """Every rendition with its width; empty for an animation, which has none."""
        if self.name.animated:
            return ""
        return ", ".join(f"{self.url(width, ratio)} {width}w" for width in widths(cut(self.size, ratio)[0]))


def find(source: str) -> LocalImage | None:
    """The stored picture that a URL names; None if it has not the form of one, climbing out of the folder included."""
    extensions = "|".join(EXTENSIONS.values())
    if not (found := re.fullmatch(rf"{re.escape(_media_url(''))}([a-z0-9_-]+)\.(?:{extensions})", source)):
        return None
    name = StoredName.parse(found[1])
    return LocalImage(source, name) if name else None


def write(picture: Picture, name: StoredName) -> str:
    """Stores a picture with its renditions and gives back its URL. Raises ImageError if the disk does not take it.

    Every file appears whole or not at all, the picture itself last: where it is, its renditions are.
    """
    file_name = f"{name}.{EXTENSIONS[picture.facts.format]}"
    if Path(settings.MEDIA_ROOT, FOLDER, file_name).exists():
        return _media_url(file_name)  # the name holds the digest; what was put in its place since stays
    _put(_files(picture.image, name) | {file_name: picture.clean_bytes()})
    return _media_url(file_name)


def replace(picture: Picture, old: LocalImage) -> None:
    """Puts a picture and its renditions in the place of one that is stored. Raises as `write` does.

    It is turned into the kind that the address names. Where the old one was larger, it is not enlarged.
    """
    file_name = old.src.rpartition("/")[2]
    kind = next(kind for kind, ending in EXTENSIONS.items() if ending == file_name.rpartition(".")[2])
    _put(_files(picture.image, old.name) | {file_name: picture.turned_into(kind)})


def delete(image: LocalImage) -> None:
    """Deletes the picture and its renditions. Raises ImageError if the disk does not let go of them."""
    folder = Path(settings.MEDIA_ROOT, FOLDER)
    names = {_rendition_name(image.name, width, ratio) for width, ratio in _sizes(image.name)}
    try:
        for name in (image.src.rpartition("/")[2], *names):
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise _disk_failure(error) from error


def size_bytes(image: LocalImage) -> int | None:
    """How large the picture's file is; None if it is not there."""
    try:
        return Path(settings.MEDIA_ROOT, FOLDER, image.src.rpartition("/")[2]).stat().st_size
    except OSError:
        return None


def _put(files: Mapping[str, bytes]) -> None:
    """Keeps every file whole or not at all, in this order. Raises ImageError if the disk does not take them."""
    folder = Path(settings.MEDIA_ROOT, FOLDER)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".", dir=folder) as unfinished:
            for each, data in files.items():
                Path(unfinished, each).write_bytes(data)
                Path(unfinished, each).chmod(settings.FILE_UPLOAD_PERMISSIONS)
            for each in files:
                Path(unfinished, each).replace(folder / each)
    except OSError as error:
        raise _disk_failure(error) from error


def _disk_failure(error: OSError) -> StorageError:
    problem = gettext_noop("The picture could not be saved: %(reason)s.") % {"reason": systems_reason(error)}
    return StorageError(problem, gettext_noop("Tell whoever runs the site to look at its media folder."))


def _media_url(file_name: str) -> str:
    return f"{settings.MEDIA_URL}{FOLDER}/{file_name}"


def _rendition_name(name: StoredName, width: int, ratio: Ratio | None) -> str:
    shape = f"-{ratio.name.lower()}" if ratio else ""
    return f"{name}{shape}-{width}w.webp"


def _sizes(name: StoredName) -> list[tuple[int, Ratio | None]]:
    """The width and the shape of each rendition of a picture of this name; an animation has none."""
    shapes = () if name.animated else (None, *Ratio)
    return [(width, ratio) for ratio in shapes for width in widths(cut((name.width, name.height), ratio)[0])]


def _files(image: Image.Image, name: StoredName) -> dict[str, bytes]:
    """The renditions by their names, none wider than the picture that they are made of."""
    plain = _plain(image) if not name.animated else image
    return {
        _rendition_name(name, width, ratio): _webp(plain, min(width, cut(image.size, ratio)[0]), ratio)
        for width, ratio in _sizes(name)
    }


def _plain(image: Image.Image) -> Image.Image:
    """The picture in red, green, blue and, if it is see-through anywhere, alpha, of eight bits each."""
    if image.mode.startswith("I"):  # greys of 16 bits, as scans have: a mere conversion clips them to white
        image = image.point(lambda value: value / 257).convert("L")
    plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode == "CMYK":
        plain.info.pop("icc_profile", None)  # it describes inks
    return plain


def _webp(image: Image.Image, width: int, ratio: Ratio | None) -> bytes:
    """The middle of the picture in that shape, scaled to `width` pixels."""
    across, down = cut(image.size, ratio)
    left, top = (image.width - across) / 2, (image.height - down) / 2
    size = (width, max(1, round(down * width / across)))
    # A coarse reduction first, then the fine one: a third of the time and no difference to be seen.
    box = (left, top, left + across, top + down)
    scaled = image.resize(size, Image.Resampling.LANCZOS, box, reducing_gap=3.0)
    out = BytesIO()
    scaled.save(out, "WEBP", quality=WEBP_QUALITY, icc_profile=image.info.get("icc_profile"))
    return out.getvalue()
