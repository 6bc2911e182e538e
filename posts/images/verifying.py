"""Is an uploaded file a picture that we may publish? If so, the picture without what its file says of its maker."""

import hashlib
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Protocol

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError, features

from posts.images.errors import ImageError
from posts.sentences import Number, gettext_noop

MAX_BYTES = 10 * 1024 * 1024  # Cloudinary's limit for an image on its free plan
MAX_PIXELS = 50_000_000  # of one frame: 150 MB once decoded
MAX_ANIMATION_PIXELS = 200_000_000  # of all frames together
MAX_FRAMES = 5_000  # each takes its time, however small it is

EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
if features.check("avif"):  # Pillow can be built without it
    EXTENSIONS["AVIF"] = "avif"
USABLE = (
    gettext_noop("Use a JPEG, PNG, WebP, GIF or AVIF picture.")
    if "AVIF" in EXTENSIONS
    else gettext_noop("Use a JPEG, PNG, WebP or GIF picture.")
)

_ENCODING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": "keep", "progressive": True},  # keeps the quantisation: next to nothing is lost
    "PNG": {},
    "WEBP": {"quality": 90},
    "GIF": {},
    "AVIF": {"quality": 85},
}
# What Pillow's decoders raise on damaged files, found by feeding them some.
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, EOFError, IndexError, KeyError, RuntimeError, struct.error)


class ReadableFile(Protocol):
    """Django's `UploadedFile`, an open file, a `BytesIO`."""

    def read(self, size: int = ..., /) -> bytes: ...
    def seek(self, offset: int, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Facts:
    """What a picture is: its format as Pillow names it, and pixels as shown, that is after turning it upright."""

    format: str
    width: int
    height: int
    animated: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded, upright picture; `digest` is the SHA-256 of the file that it came from, in hexadecimal."""

    facts: Facts
    digest: str
    image: Image.Image

    def clean_bytes(self) -> bytes:
        """The picture as a file of its own format, upright, without EXIF (place, time, camera), XMP and comments."""
        options = dict(_ENCODING[self.facts.format], icc_profile=self.image.info.get("icc_profile"))
        if self.facts.animated:
            options |= _animation(self.image)
        out = BytesIO()
        self.image.save(out, self.facts.format, exif=b"", xmp=b"", comment=b"", **options)
        return out.getvalue()

    def turned_into(self, kind: str) -> bytes:
        """As `clean_bytes`, of another format: of an animation the first frame, see-through parts white in a JPEG."""
        if kind == self.facts.format:
            return self.clean_bytes()
        plain = self.image.convert("RGBA" if self.image.has_transparency_data else "RGB")
        if kind == "JPEG" and plain.mode == "RGBA":
            ground = Image.new("RGB", plain.size, "white")
            ground.paste(plain, mask=plain)
            plain = ground
        out = BytesIO()
        plain.save(out, kind, quality=90)
        return out.getvalue()


def verify(file: ReadableFile) -> Facts:
    """What the picture in a file is, every frame of it decoded; leaves the file at its beginning.

    Raises ImageError for anything else than a sound picture in one of `EXTENSIONS` within the limits above.
    """
    return opened(file).facts


def opened(file: ReadableFile) -> Picture:
    """The picture in a file, verified as by `verify`, which raises the same."""
    data = _contents(file)
    with _refusing_damage():
        image = _identified(data)
        _check_pixels(image)
        animated = _frames(image) > 1
        if animated:
            _durations(image)
        else:
            ImageOps.exif_transpose(image, in_place=True)
    facts = Facts(image.format or "", image.width, image.height, animated)
    return Picture(facts, hashlib.sha256(data).hexdigest(), image)


def _contents(file: ReadableFile) -> bytes:
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    file.seek(0)
    if not data:
        raise ImageError(gettext_noop("The file is empty."), gettext_noop("Choose it again, or export it anew."))
    if len(data) > MAX_BYTES:
        raise ImageError(
            gettext_noop("The file is larger than %(most)s MB.") % {"most": MAX_BYTES // 1024 // 1024},
            gettext_noop("Make the picture smaller: 2,400 pixels across are plenty."),
        )
    return data


def _identified(data: bytes) -> Image.Image:
    try:
        image = Image.open(BytesIO(data), formats=tuple(EXTENSIONS))
    except UnidentifiedImageError:
        if re.search(rb"<svg[\s>]", data[:4096], re.IGNORECASE):
            raise ImageError(gettext_noop("This is an SVG drawing, which may hold scripts."), USABLE) from None
        problem = gettext_noop("This is not a picture that every browser shows, or it is damaged.")
        raise ImageError(problem, USABLE) from None
    if image.format == "MPO":  # a JPEG with a second picture (a preview, a depth map) behind the first
        image.format = "JPEG"
    return image


def _check_pixels(image: Image.Image) -> None:
    pixels = image.width * image.height
    if pixels > MAX_PIXELS or pixels * (frames := _frames(image)) > MAX_ANIMATION_PIXELS:
        raise _too_many_pixels()
    if frames > MAX_FRAMES:
        problem = gettext_noop("The animation has more than %(most)s frames.") % {"most": Number(MAX_FRAMES)}
        raise ImageError(problem, gettext_noop("Make it shorter."))


def _frames(image: Image.Image) -> int:
    return 1 if image.format == "JPEG" else getattr(image, "n_frames", 1)


def _too_many_pixels() -> ImageError:
    problem = gettext_noop(
        "The picture has more pixels than can be handled (%(most)s million, %(most_moving)s million in an animation)."
    )
    most = {"most": MAX_PIXELS // 1_000_000, "most_moving": MAX_ANIMATION_PIXELS // 1_000_000}
    return ImageError(problem % most, gettext_noop("Make it smaller: 2,400 pixels across are plenty."))


@contextmanager
def _refusing_damage() -> Iterator[None]:
    try:
        yield
    # Pillow's own limit is higher than ours and comes first for the worst; what it warns of is refused as well.
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except _DAMAGE as error:
        raise ImageError(
            gettext_noop("The picture is damaged or cut short."), gettext_noop("Export or download it again.")
        ) from error


def _animation(image: Image.Image) -> dict[str, Any]:
    """Pillow's options to save every frame for as long as it was shown, as often as it was repeated."""
    repeats = {"loop": image.info["loop"]} if "loop" in image.info else {}
    return {"save_all": True, "duration": _durations(image), **repeats}


def _durations(image: Image.Image) -> list[int]:
    """How long each frame is shown, in milliseconds. Decodes them all: until then some formats do not say."""
    durations = []
    for frame in ImageSequence.Iterator(image):
        frame.load()
        durations.append(round(frame.info.get("duration", 0)))
    image.seek(0)
    return durations
