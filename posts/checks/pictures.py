"""Pictures: the words for those who do not see them, the cover's size, and whether browsers may load them."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from posts import images
from posts.checks import Candidate, Finding, Severity, wording

CARD = (1200, 630)  # pixels: what networks show of a shared link
_PICTURE = re.compile(r"<img\b[^>]*?\ssrc=\"([^\"]*)\"")


def without_alt(candidate: Candidate) -> Iterator[Finding]:
    """Pictures in the body as the lint judges them, and the cover."""
    for code, finding in wording.linted(candidate):
        if code == wording.ALT and finding.field == "body":
            yield finding
    if candidate.projection.cover and not candidate.projection.cover_alt:
        message = _("The cover has no alternative text.")
        yield Finding(Severity.WARNING, message, _("Say what it shows."), "cover_alt")


def cover(candidate: Candidate) -> Iterator[Finding]:
    """None, or one that link previews would enlarge; an address elsewhere does not tell its size."""
    if candidate.is_introduction:
        return
    if not candidate.projection.cover:
        mend = _("Upload one of 1200 × 675 pixels or more; link previews show a picture of the title until then.")
        yield Finding(Severity.WARNING, _("There is no cover."), mend, "cover_upload")
        return
    size = images.find(candidate.projection.cover).size
    if size and (size[0] < CARD[0] or size[1] < CARD[1]):
        message = _("The cover has %(width)d × %(height)d pixels.") % {"width": size[0], "height": size[1]}
        mend = _("Link previews want 1200 × 630 or more: upload a larger one.")
        yield Finding(Severity.WARNING, message, mend, "cover_upload")


def blocked(candidate: Candidate) -> Iterator[Finding]:
    """Pictures on hosts from which the site's policy lets browsers load none, each host once."""
    made = candidate.projection
    addresses = [("body", unescape(src)) for src in _PICTURE.findall(made.html)] + [("cover", made.cover)]
    seen: set[tuple[str, str]] = set()
    for field, address in addresses:
        host = _host(address)
        if host and (field, host) not in seen and not _is_allowed(host):
            seen.add((field, host))
            message = _("Readers do not see pictures from %(host)s: the site’s policy blocks them.") % {"host": host}
            mend = _("Upload the picture here, or have the host added to IMAGE_HOSTS.")
            yield Finding(Severity.WARNING, message, mend, field, _place(candidate, field, address))


def _place(candidate: Candidate, field: str, address: str) -> tuple[int, int] | None:
    start = candidate.document.text.find(address, candidate.document.body_start) if field == "body" else -1
    return (start, start + len(address)) if start >= 0 else None


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _is_allowed(host: str) -> bool:
    allowed = [str(each) for each in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"]]
    patterns = [each.partition("//")[2] or each for each in [*allowed, settings.SITE_URL]]
    return any(host == each or (each.startswith("*.") and host.endswith(each[1:])) for each in patterns)
