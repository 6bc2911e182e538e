"""Pictures at Cloudinary: delivery URLs, built by rule for any account, and uploads to our own through its SDK."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from itertools import takewhile
from typing import Any
from urllib.parse import parse_qs, quote

from posts.images.errors import ImageError, SilentStorageError, StorageError
from posts.images.names import StoredName
from posts.images.sizes import Ratio, cut, widths
from posts.sentences import gettext_noop

TIMEOUT_SECONDS = 10.0  # for a whole upload; an editor waits meanwhile
TRY_AGAIN = gettext_noop("Try again in a few minutes.")
COMPARE = gettext_noop("Ask whoever runs the site to compare its key, secret and cloud name with Cloudinary's console.")

# Hosts: the shared one (with its numbered twins), and an account's own, where no account is named in the path.
_DELIVERY = re.compile(
    r"(?:https?:)?//(?P<account>res(?:-[1-5])?\.cloudinary\.com/[\w-]+|[\w-]+-res\.cloudinary\.com)"
    r"/image/(?P<type>upload|fetch)/(?P<path>.+)",
    re.ASCII,
)
# The parameters of Cloudinary's transformation reference. A folder named like one (`w_300`) is one to Cloudinary too.
_PARAMETER = (
    r"(?:(?:ac?|af|ar|b|bo|br|co?|cs|d|dl|dn|dpr|du|e|eo|f|fl|fn|fps|g|h|if|ki|l|o|p|pg|q|r|so|sp|t|u|vc|vs|w|x|y|z)"
    r"|\$[A-Za-z][A-Za-z0-9]*)_[^,]+"
)
_TRANSFORMATION = re.compile(rf"{_PARAMETER}(?:,{_PARAMETER})*")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]*")
_SAFE_IN_PATHS = "/:,$.=~!*()@+;&?#%-_"


@dataclass(frozen=True, slots=True)
class CloudinaryImage:
    """A picture that Cloudinary delivers in any size. Our transformation goes between `before` and `after`."""

    src: str
    before: str  # up to and with the author's own transformations, with a slash at the end
    after: str  # version, folders, name
    size: tuple[int, int] | None

    def url(self, width: int, ratio: Ratio | None = None) -> str:
        """The picture at most `width` pixels wide, cut to a shape around what matters in it if one is given.

        Cut pictures are never enlarged where the natural size is known.
        """
        if ratio is None:
            return f"{self.before}c_limit,f_auto,q_auto,w_{width}/{self.after}"
        if self.size:
            width = min(width, cut(self.size, ratio)[0])
        across, down = ratio.value
        return f"{self.before}c_fill,g_auto,ar_{across}:{down},f_auto,q_auto,w_{width}/{self.after}"

    def srcset(self, ratio: Ratio | None = None) -> str:
        """Each of the site's widths; up to the natural one where it is known."""
        natural = cut(self.size, ratio)[0] if self.size else None
        return ", ".join(f"{self.url(width, ratio)} {width}w" for width in widths(natural))


def find(source: str) -> CloudinaryImage | None:
    """The picture that a delivery URL names, of any account; None if it is not one that may be transformed.

    A signed URL is not (the signature covers the transformation), nor is an SVG drawing, which has no pixels to spare.
    """
    found = _DELIVERY.fullmatch(source)
    if not found or found["path"].startswith("s--") or re.search(r"\.svg(?:[?#]|$)", found["path"], re.IGNORECASE):
        return None
    *folders, name = found["path"].split("/")
    theirs = list(takewhile(_TRANSFORMATION.fullmatch, folders))
    before = f"https://{found['account']}/image/{found['type']}/" + "".join(f"{_escaped(each)}/" for each in theirs)
    after = _escaped("/".join([*folders[len(theirs) :], name]))
    ours = StoredName.parse(name.partition(".")[0]) if found["type"] == "upload" and not theirs else None
    return CloudinaryImage(before + after, before, after, (ours.width, ours.height) if ours else None)


def _escaped(path: str) -> str:
    """A path that is safe in a URL and in a srcset: escapes that are there stay, whatever else is unsafe becomes one."""
    if _PLAIN_PATH.fullmatch(path):
        return path
    whole_escapes = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", path)
    # A srcset takes a comma at the end of a URL for its own.
    return re.sub(",$", "%2C", quote(whole_escapes, safe=_SAFE_IN_PATHS, errors="backslashreplace"))


@dataclass(frozen=True, slots=True)
class Account:
    """What `CLOUDINARY_URL` says."""

    cloud_name: str
    api_key: str
    api_secret: str = field(repr=False)
    upload_prefix: str  # scheme and host of the upload API


def account(url: str) -> Account:
    """The account in `cloudinary://KEY:SECRET@CLOUD`, with an optional `?upload_prefix=…`, the rest ignored.

    Raises ImageError, whose text never holds the secret.
    """
    name = "(?:[A-Za-z0-9_-]+)"
    found = re.fullmatch(rf"cloudinary://({name}):({name})@({name})(?:/[^?]*)?(?:\?(.*))?", url.strip())
    if not found:
        raise ImageError(f"CLOUDINARY_URL {_fault(url.strip())}.", "Write it as cloudinary://KEY:SECRET@CLOUD.")
    key, secret, cloud, query = found.groups()
    prefix = parse_qs(query or "").get("upload_prefix", ["https://api.cloudinary.com"])[0].rstrip("/")
    if not re.fullmatch(r"https?://[^/\s]+", prefix):
        raise ImageError("CLOUDINARY_URL has an upload_prefix that is no web address.", "Leave upload_prefix out.")
    return Account(cloud, key, secret, prefix)


def _fault(url: str) -> str:
    """What is wrong with a CLOUDINARY_URL, in the order in which people get it wrong."""
    if not url.startswith("cloudinary://"):
        return "does not begin with cloudinary://"
    if "<" in url or "*" in url:
        return "still has a placeholder where the key or the secret belongs"
    credentials, at, cloud = url.removeprefix("cloudinary://").rpartition("@")
    if not at or not cloud:
        return "names no cloud after an @"
    if not all(credentials.partition(":")):
        return "lacks the key or the secret"
    return "has a character that no key, secret or cloud name has"


def configuration_problem(url: str) -> str | None:
    """One line on why a CLOUDINARY_URL cannot be used, without its secret; None if it can, or is empty."""
    try:
        if url:
            account(url)
    except ImageError as error:
        return str(error)
    return None


def public_id(source: str, configured: str) -> str | None:
    """What the account in this `CLOUDINARY_URL` calls a picture that `upload` gave this delivery URL; None for others."""
    found = _DELIVERY.fullmatch(source)
    own = f"res.cloudinary.com/{account(configured).cloud_name}"
    if not found or found["account"] != own or found["type"] != "upload":
        return None
    name = re.fullmatch(r"(?:v[0-9]+/)?([^/.]+)\.[a-z]+", found["path"])
    return name[1] if name and StoredName.parse(name[1]) else None


def upload(data: bytes, name: StoredName, to: Account) -> str:
    """Uploads a picture and gives back its delivery URL; the same picture again gives the URL of the first.

    Takes `TIMEOUT_SECONDS` at most. Raises ImageError for whatever goes wrong on the way.
    """
    # The name holds the digest: what is there already is this picture.
    options = {"public_id": str(name), "filename": str(name), "overwrite": False, **_options(to)}
    return _uploaded(data, options)


def upload_file(data: bytes, name: str, to: Account) -> str:
    """Uploads a file that is no picture, as `upload` does. Its name keeps its ending: a drawing is shown by it."""
    public_id = name.removesuffix(".svg")  # Cloudinary adds a picture's ending itself, and no other
    kind = "raw" if public_id == name else "image"
    options = {"public_id": public_id, "filename": name, "overwrite": False, "resource_type": kind, **_options(to)}
    return _uploaded(data, options)


def upload_again(data: bytes, name: str, to: Account) -> None:
    """Uploads a picture in the place of the one of this name. Raises as `upload` does."""
    options = {"public_id": name, "filename": name, "overwrite": True, "invalidate": True, **_options(to)}
    _uploaded(data, options)


def delete(name: str, at: Account) -> None:
    """Deletes the picture of this name, and the copies in Cloudinary's network. Raises as `upload` does."""
    _answer(lambda uploader: uploader.destroy(name, invalidate=True, **_options(at)))


def _uploaded(data: bytes, options: dict[str, Any]) -> str:
    return _delivery_url(_answer(lambda uploader: uploader.upload(BytesIO(data), **options)))


def _answer(ask: Callable[[Any], Any]) -> Any:
    """What the SDK's uploader answers, within `TIMEOUT_SECONDS`. Raises ImageError for whatever goes wrong."""
    # Imported here because the SDK reads the environment when it is imported, and raises if it does not like it.
    try:
        from cloudinary import exceptions, uploader
    except ValueError as error:
        raise StorageError(
            "CLOUDINARY_URL in the server's environment cannot be used.", "Correct or remove it."
        ) from error
    try:
        return _within(TIMEOUT_SECONDS, partial(ask, uploader))
    except TimeoutError as error:
        problem = gettext_noop("Cloudinary did not answer within %(seconds)s seconds.") % {
            "seconds": f"{TIMEOUT_SECONDS:g}"
        }
        raise SilentStorageError(problem, TRY_AGAIN) from error
    except exceptions.AuthorizationRequired as error:
        problem = gettext_noop("Cloudinary does not accept the credentials in CLOUDINARY_URL.")
        raise StorageError(problem, COMPARE) from error
    except (exceptions.BadRequest, exceptions.NotAllowed, exceptions.RateLimited) as error:
        reason = " ".join(str(error).split())[:200].rstrip(".")
        problem = gettext_noop("Cloudinary refused the picture: %(reason)s.") % {"reason": reason}
        kind = ImageError if isinstance(error, exceptions.BadRequest) else StorageError
        raise kind(problem, gettext_noop("Change it, or try later.")) from error
    except exceptions.Error as error:
        raise _failure(error) from error
    except TypeError as error:  # from within the SDK, when the answer is JSON but no object
        raise _nonsense() from error


def _options(to: Account) -> dict[str, Any]:
    """All that the SDK would otherwise take from its global configuration, and so from the environment."""
    return {
        "cloud_name": to.cloud_name,
        "api_key": to.api_key,
        "api_secret": to.api_secret,
        "upload_prefix": to.upload_prefix,
        "oauth_token": None,
        "signature_algorithm": "sha1",
        "signature_version": 2,
        "timeout": TIMEOUT_SECONDS + 2,  # later than ours, so that a slow answer is always called one
    }


def _within(seconds: float, call: Callable[[], Any]) -> Any:
    """What `call` returns or raises; TimeoutError if that takes longer.

    The SDK's own time-out is for one wait on the socket: tries to connect and a trickling answer each add to it.
    """
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="cloudinary-upload")
    try:
        return pool.submit(call).result(timeout=seconds)
    finally:
        pool.shutdown(wait=False)


def _delivery_url(answer: Any) -> str:
    url = answer.get("secure_url") if isinstance(answer, dict) else None
    if not isinstance(url, str) or not url.startswith("https://"):
        raise _nonsense()
    return url


def _failure(error: Exception) -> StorageError:
    """The SDK has one class for most failures; the exception that it caught tells them apart."""
    if isinstance(error.__context__, ValueError):
        return _nonsense()
    if error.__context__ is None:
        return StorageError(gettext_noop("Cloudinary has a failure of its own."), TRY_AGAIN)
    return SilentStorageError(gettext_noop("Cloudinary could not be reached."), TRY_AGAIN)


def _nonsense() -> StorageError:
    return StorageError(gettext_noop("Cloudinary gave an answer that makes no sense."), TRY_AGAIN)
