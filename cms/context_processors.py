"""What every template of the public site may ask for."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from posts import counts, editions


@dataclass(frozen=True, slots=True)
class Edition:
    """The site in another language: its code, its own name and its home page."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Site:
    """The site's name, tagline, address (no final slash), language, menu, and what it is in other languages."""

    name: str
    tagline: str
    url: str
    language: str
    menu: list[tuple[str, str]]  # names and addresses

    @property
    def editions(self) -> list[Edition]:
        """The site in the other languages that it has posts in. One query, for who asks."""
        names = dict(settings.LANGUAGES)
        used = [code for code in counts.of_editions() if code != self.language]
        return [Edition(code, str(names[code]), editions.prefix(code)) for code in used]


def site(request: HttpRequest) -> dict[str, Site]:
    """`site`, for the header, the footer and absolute links."""
    return {
        "site": Site(
            name=settings.SITE_NAME,
            tagline=gettext("Evidence and ideas for people who bring medicines to patients"),
            url=settings.SITE_URL,
            language=editions.current(),
            menu=_menu(),
        )
    }


def _menu() -> list[tuple[str, str]]:
    return [
        (gettext("Home"), reverse("posts:home")),
        (gettext("Articles"), reverse("posts:page", args=["posts/"])),
        (gettext("Tags"), reverse("posts:tags")),
        (gettext("Archives"), reverse("posts:archives")),
        (gettext("Contact"), reverse("enquiries:contact")),
    ]
