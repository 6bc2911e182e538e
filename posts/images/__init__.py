"""Images: a Cloudinary asset, a file in local storage, or a plain URL, behind one small interface."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from posts.images import cloudinary, local
from posts.images.cloudinary import configuration_problem
from posts.images.errors import ImageError
from posts.images.names import StoredName, readable_stem
from posts.images.remote import RemoteImage
from posts.images.sizes import Ratio
from posts.images.verifying import Facts, ReadableFile, opened, verify

__all__ = [
    "BodyPicture",
    "Facts",
    "Image",
    "ImageError",
    "Ratio",
    "body_picture",
    "configuration_problem",
    "find",
    "store",
    "thumbnail",
    "verify",
]

BODY_WIDTH = 800  # pixels: a column of text on a laptop; phones and sharper screens choose from the srcset

THUMBNAIL_WIDTH = 480  # pixels: a sharp screen's worth of the size of a thumb


class Image(Protocol):
    """A picture on the web. Every URL is safe to put into an attribute once that is escaped as HTML."""

    @property
    def src(self) -> str:
        """The picture itself, unscaled."""

    @property
    def size(self) -> tuple[int, int] | None:
        """Its natural width and height in pixels, where they are known."""

    def url(self, width: int, ratio: Ratio | None = None) -> str:
        """The picture about `width` pixels wide, cut to a shape if one is given and the backend can."""

    def srcset(self, ratio: Ratio | None = None) -> str:
        """The value of a `srcset` attribute; empty where sizes cannot be had."""


@dataclass(frozen=True, slots=True)
class BodyPicture:
    """An image in a post's body: the attributes of its `<img>`, `size` being its natural width and height in pixels."""

    src: str
    srcset: str
    size: tuple[int, int] | None


def find(source: str) -> Image:
    """The image at a URL, by its form alone: neither the network nor the disk is asked, and no text is refused."""
    return cloudinary.find(source) or local.find(source) or RemoteImage(source)


def body_picture(source: str) -> BodyPicture:
    """What to show for an image in a post's body."""
    image = find(source)
    return BodyPicture(image.url(BODY_WIDTH), image.srcset(), image.size)


def thumbnail(source: str) -> BodyPicture:
    """What to show for a picture that stays small: a person's photo, a logo."""
    image = find(source)
    return BodyPicture(image.url(THUMBNAIL_WIDTH), image.srcset(), image.size)


def store(file: ReadableFile, *, name: str) -> str:
    """Keeps a picture for good and gives back the URL to write into a post; `name` is the file's own name.

    At Cloudinary if `CLOUDINARY_URL` is set, else in local storage. Raises ImageError, with nothing kept.
    Takes seconds: call it outside of transactions.
    """
    picture = opened(file)
    facts = picture.facts
    stored = StoredName(readable_stem(name), picture.digest[:16], facts.width, facts.height, facts.animated)
    if settings.CLOUDINARY_URL:
        return cloudinary.upload(picture.clean_bytes(), stored, cloudinary.account(settings.CLOUDINARY_URL))
    return local.write(picture, stored)
