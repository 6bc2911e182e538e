"""The site in one language. An edition's lists, feeds and search hold the posts of its language; those in a language that
the site has no edition of stand in the first edition, whose paths have no prefix."""

from django.conf import settings
from django.utils.translation import get_language


def first() -> str:
    """The code of the edition whose paths have no prefix."""
    return settings.LANGUAGE_CODE


def of(language: str | None) -> str:
    """The edition in which posts of this language are listed: `pt-BR` stands in `pt` where there is no `pt-br`."""
    wanted = (language or "").lower()
    codes = dict(settings.LANGUAGES)
    return next((code for code in (wanted, wanted.partition("-")[0]) if code in codes), first())


def current() -> str:
    """The edition that the request at hand is for."""
    return of(get_language())


def prefix(edition: str | None = None) -> str:
    """What the paths of an edition (default: the current one) begin with: `/` or `/vi/`."""
    edition = edition or current()
    return "/" if edition == first() else f"/{edition}/"


def others() -> list[str]:
    """The codes of all editions but the first."""
    return [code for code, _ in settings.LANGUAGES if code != first()]
