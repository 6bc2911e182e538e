"""The names that we give to pictures. They carry the picture's size, so that a page can be made without opening it."""

import re
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Self

from django.utils.text import slugify

STEM_LENGTH = 60  # characters
_NAME = re.compile(
    r"(?P<stem>[a-z0-9_-]+)-(?P<digest>[0-9a-f]{16})-(?P<width>[1-9][0-9]{0,5})x(?P<height>[1-9][0-9]{0,5})"
    r"(?P<animated>-animated)?"
)


@dataclass(frozen=True, slots=True)
class StoredName:
    """A name such as `market-map-3f2a9c01d4e5b6a7-1600x900`, the same for the same file and file name."""

    stem: str
    digest: str  # the first 16 hexadecimal digits of the file's SHA-256
    width: int  # pixels
    height: int
    animated: bool = False

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The name read back from what `str()` made of it; None for any other text."""
        if not (found := _NAME.fullmatch(text)):
            return None
        stem, digest, width, height, animated = found.groups()
        return cls(stem, digest, int(width), int(height), animated is not None)

    def __str__(self) -> str:
        return f"{self.stem}-{self.digest}-{self.width}x{self.height}{'-animated' if self.animated else ''}"


def readable_stem(file_name: str) -> str:
    r"""The part of a name that people read: `C:\Scans\Médecine (1).JPG` gives `medecine-1`, nothing legible `image`."""
    # Browsers of old send whole Windows paths; this class reads both kinds of slashes.
    return slugify(PureWindowsPath(file_name).stem)[:STEM_LENGTH].strip("-_") or "image"


def readable_name(file_name: str) -> str:
    """What people read of a stored file's name: `market-map-3f2a9c01d4e5b6a7-1600x900.jpg` gives `market-map`."""
    stem = file_name.rpartition(".")[0] or file_name
    stored = StoredName.parse(stem)
    return stored.stem if stored else stem
