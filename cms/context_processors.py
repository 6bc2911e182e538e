"""What every template of the public site may ask for."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, gettext


@dataclass(frozen=True, slots=True)
class Site:
    """The site's name, tagline, address (no final slash) and language."""

    name: str
    tagline: str
    url: str
    language: str


def site(request: HttpRequest) -> dict[str, Site]:
    """`site`, for the header, the footer and absolute links."""
    return {
        "site": Site(
            name=settings.SITE_NAME,
            tagline=gettext("Evidence and ideas for people who bring medicines to patients"),
            url=settings.SITE_URL,
            language=get_language() or settings.LANGUAGE_CODE,
        )
    }
