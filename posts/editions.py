"""The site in one language. An edition's lists, feeds and search hold the posts below its prefix: `/vi/` for Vietnamese
where English is the first language. All other paths are the first edition's."""

from django.conf import settings
from django.utils.translation import get_language


def first() -> str:
    """The code of the edition whose paths have no prefix."""
    return settings.LANGUAGE_CODE


def of(path: str) -> str:
    """The edition that lists the post at this path."""
    code = path.split("/")[1]
    return code if code in others() else first()


def language_of(language: str) -> str:
    """The language of the interface for a post in this one: `vi-vn` is spoken to in `vi`."""
    wanted = language.lower()
    codes = dict(settings.LANGUAGES)
    return next((code for code in (wanted, wanted.partition("-")[0]) if code in codes), first())


def current() -> str:
    """The edition that the request at hand is for."""
    language = get_language()
    return language if language in others() else first()


def prefix(edition: str | None = None) -> str:
    """What the paths of an edition (default: the current one) begin with: `/` or `/vi/`."""
    edition = edition or current()
    return "/" if edition == first() else f"/{edition}/"


def others() -> list[str]:
    """The codes of all editions but the first."""
    return [code for code, _ in settings.LANGUAGES if code != first()]
