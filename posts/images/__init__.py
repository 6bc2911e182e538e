"""Images: a Cloudinary asset, a file in local storage, or a plain URL, behind one small interface."""

from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

from posts.images import cloudinary, local
from posts.images.cloudinary import configuration_problem
from posts.images.errors import ImageError
from posts.images.names import StoredName, readable_name, readable_stem
from posts.images.remote import RemoteImage
from posts.images.sizes import Ratio
from posts.images.verifying import EXTENSIONS, Facts, ReadableFile, opened, verify
from posts.sentences import gettext_noop

__all__ = [
    "EXTENSIONS",
    "BodyPicture",
    "Facts",
    "Image",
    "ImageError",
    "Ratio",
    "ReadableFile",
    "StoredFacts",
    "body_picture",
    "configuration_problem",
    "delete",
    "facts",
    "find",
    "is_allowed",
    "is_ours",
    "readable_name",
    "replace",
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


@dataclass(frozen=True, slots=True)
class StoredFacts:
    """What an address tells of its image: where it is stored, its kind such as `jpg`, its size in pixels and in bytes."""

    storage: str  # local, cloudinary or elsewhere
    kind: str
    size: tuple[int, int] | None
    size_bytes: int | None


def facts(source: str) -> StoredFacts:
    """What the URL tells; of a picture in local storage the disk is asked how large its file is."""
    image = find(source)
    _, dot, ending = source.partition("?")[0].rpartition("/")[2].rpartition(".")
    kind = ending.lower().replace("jpeg", "jpg") if dot else ""
    storage = {local.LocalImage: "local", cloudinary.CloudinaryImage: "cloudinary"}.get(type(image), "elsewhere")
    size_bytes = local.size_bytes(image) if isinstance(image, local.LocalImage) else None
    return StoredFacts(storage, kind if kind.isalnum() and len(kind) <= 5 else "", image.size, size_bytes)


def is_allowed(source: str) -> bool:
    """Whether the site's security policy lets a browser load a picture from this address."""
    if source.startswith("/") and not source.startswith("//"):
        return True
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    hosts = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"]
    return any(fnmatch(f"{parts.scheme}://{parts.netloc}", host) for host in hosts)


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


def is_ours(source: str) -> bool:
    """Whether the picture at this URL is one that `store` has kept and that can be replaced or deleted there."""
    return local.find(source) is not None or _public_id(source) is not None


def replace(source: str, file: ReadableFile) -> Facts:
    """Puts another picture in the place of ours at this URL, turned into the kind that the URL names; says what it is.

    At Cloudinary the copies in its network are made anew. Raises ImageError, with the old one kept.
    Takes seconds: call it outside of transactions.
    """
    picture = opened(file)
    if image := local.find(source):
        local.replace(picture, image)
    elif public_id := _public_id(source):
        cloudinary.upload_again(picture.clean_bytes(), public_id, cloudinary.account(settings.CLOUDINARY_URL))
    else:
        raise ImageError(gettext_noop("This picture is stored elsewhere."), gettext_noop("Replace it there."))
    return picture.facts


def delete(source: str) -> None:
    """Deletes the picture at this URL if it is ours; for any other nothing happens. Raises ImageError."""
    if image := local.find(source):
        local.delete(image)
    elif public_id := _public_id(source):
        cloudinary.delete(public_id, cloudinary.account(settings.CLOUDINARY_URL))


def _public_id(source: str) -> str | None:
    """What our own Cloudinary account calls the picture; None where it has not that picture."""
    return cloudinary.public_id(source, settings.CLOUDINARY_URL) if settings.CLOUDINARY_URL else None
