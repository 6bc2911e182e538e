"""Pictures in local storage: the file and its renditions side by side below `MEDIA_ROOT/images`."""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from PIL import Image

from posts.images.errors import ImageError
from posts.images.names import StoredName
from posts.images.sizes import Ratio, cut, widths
from posts.images.verifying import EXTENSIONS, Picture

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
    folder = Path(settings.MEDIA_ROOT, FOLDER)
    files = _renditions(picture.image, name) if not name.animated else {}
    files[file_name] = picture.clean_bytes()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".", dir=folder) as unfinished:
            for each, data in files.items():
                Path(unfinished, each).write_bytes(data)
                Path(unfinished, each).chmod(settings.FILE_UPLOAD_PERMISSIONS)
            for each in files:
                Path(unfinished, each).replace(folder / each)
    except OSError as error:
        raise ImageError(
            f"The picture could not be saved: {error.strerror}.",
            "Tell whoever runs the site to look at its media folder.",
        ) from error
    return _media_url(file_name)


def _media_url(file_name: str) -> str:
    return f"{settings.MEDIA_URL}{FOLDER}/{file_name}"


def _rendition_name(name: StoredName, width: int, ratio: Ratio | None) -> str:
    shape = f"-{ratio.name.lower()}" if ratio else ""
    return f"{name}{shape}-{width}w.webp"


def _renditions(image: Image.Image, name: StoredName) -> dict[str, bytes]:
    plain = _plain(image)
    return {
        _rendition_name(name, width, ratio): _webp(plain, width, ratio)
        for ratio in (None, *Ratio)
        for width in widths(cut(image.size, ratio)[0])
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
