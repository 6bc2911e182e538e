"""What every template of the public site may ask for."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from posts import counts, editions, look
from posts.models import Link, quoted


@dataclass(frozen=True, slots=True)
class Edition:
    """The site in another language: its code, its own name and its home page."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Site:
    """The site's name, tagline, address (no final slash), language and look, its menu and the path that is asked for."""

    name: str
    tagline: str
    url: str
    language: str
    look: look.Look
    menu: tuple[Link, ...]
    here: str

    @property
    def editions(self) -> list[Edition]:
        """The site in the other languages that it has posts in. One query, for who asks."""
        names = dict(settings.LANGUAGES)
        used = [code for code in counts.of_editions() if code != self.language]
        return [Edition(code, str(names[code]), editions.prefix(code)) for code in used]


def site(request: HttpRequest) -> dict[str, Any]:
    """`site`, for the header, the footer and absolute links; worked out where a template asks for it."""
    return {"site": SimpleLazyObject(lambda: _site(request))}


def _site(request: HttpRequest) -> Site:
    shown = look.current()
    return Site(
        name=shown.name,
        tagline=shown.tagline,
        url=settings.SITE_URL,
        language=editions.current(),
        look=shown,
        menu=look.menu(),
        here=quoted(request.path),
    )
