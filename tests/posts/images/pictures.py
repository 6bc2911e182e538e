"""Small pictures of every kind, made on the spot."""

from io import BytesIO
from typing import Any

from PIL import Image

GPS = 0x8825
ORIENTATION = 0x0112
MAKER = 0x010F


def drawing(width: int = 640, height: int = 360, mode: str = "RGB") -> Image.Image:
    """A picture with detail in it, so that no encoder makes nothing of it."""
    return Image.effect_mandelbrot((width, height), (-2.0, -1.5, 1.0, 1.5), 60).convert(mode)


def encoded(image: Image.Image, picture_format: str = "JPEG", **options: Any) -> BytesIO:
    """The picture as a file."""
    file = BytesIO()
    image.save(file, picture_format, **options)
    file.seek(0)
    return file


def exif(orientation: int = 6) -> Image.Exif:
    """What a telephone writes: lying on its side, who made it, and where it was."""
    facts = Image.Exif()
    facts[ORIENTATION] = orientation
    facts[MAKER] = "TELLTALE"
    facts.get_ifd(GPS)[1] = "N"
    return facts


def animation(picture_format: str, **options: Any) -> BytesIO:
    """Three frames, shown for 100, 200 and 300 ms, twice."""
    first, *others = [drawing(120, 80).rotate(angle) for angle in (0, 30, 60)]
    return encoded(
        first, picture_format, save_all=True, append_images=others, duration=[100, 200, 300], loop=2, **options
    )
