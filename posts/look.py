"""What every page shows of the site: what editors set, else the product's own. Remembered for one version of the site."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from posts import colours, counts, editions
from posts.images import BodyPicture, body_picture, thumbnail
from posts.markup import Markup
from posts.models import Link, SiteSettings, quoted
from posts.rendering import Rendering, render


@dataclass(frozen=True, slots=True)
class Look:
    """The site's name and tagline, where to write to, and what its header and footer hold."""

    name: str
    tagline: str
    contact_email: str
    logo: BodyPicture | None
    logo_alt: str
    accent: str  # empty for that of the style sheets
    footer: str
    social: tuple[Link, ...]
    legal: SafeString

    @property
    def theme(self) -> str:
        """The style sheet that sets the accent; empty where there is none."""
        dark = colours.on_dark(self.accent) if self.accent else ""
        return f":root{{--accent:light-dark({self.accent},{dark})}}" if self.accent else ""

    @property
    def theme_url(self) -> str:
        """Where that style sheet is: another accent, another address."""
        return reverse("posts:theme", args=[sha256(self.theme.encode()).hexdigest()[:12]]) if self.accent else ""


def current() -> Look:
    """The look as it stands. One query at most, none while it is remembered."""
    return _look(*_remembered())


def unset() -> Look:
    """The look where editors said nothing."""
    return _look(SiteSettings(), SafeString())


def menu() -> tuple[Link, ...]:
    """The editors' menu, else the site's own pages, among them the section that the home page lists."""
    said, _ = _remembered()
    section = "" if said.menu else _main_section()
    return _links(said.menu) or (
        Link(gettext("Home"), editions.prefix()),
        *([Link(gettext("Articles"), quoted(f"{editions.prefix()}{section}/"))] if section else []),
        Link(gettext("Tags"), reverse("posts:tags")),
        Link(gettext("Archives"), reverse("posts:archives")),
        Link(gettext("Contact"), f"{editions.prefix()}contact/"),
    )


def rendered_legal(text: str) -> Rendering:
    """The legal text as pages show it. Raises `RenderingError`."""
    return render(text, markup=Markup.COMMONMARK, picture=body_picture)


def _look(said: SiteSettings, legal: SafeString) -> Look:
    return Look(
        name=said.name or settings.SITE_NAME,
        tagline=said.tagline or gettext("Evidence and ideas for people who bring medicines to patients"),
        contact_email=said.contact_email or settings.CONTACT_EMAIL,
        logo=thumbnail(said.logo) if said.logo else None,
        logo_alt=said.logo_alt or said.name or settings.SITE_NAME,
        accent=said.accent,
        footer=said.footer,
        social=_links(said.social),
        legal=legal,
    )


def _remembered() -> tuple[SiteSettings, SafeString]:
    def read(_: datetime) -> tuple[SiteSettings, SafeString]:
        said = SiteSettings.stored()
        return said, mark_safe(rendered_legal(said.legal).html if said.legal else "")

    return counts.once_a_generation("look", read)


def _main_section() -> str:
    articles = counts.by_section()
    return next((name for name in counts.home_list().sections if articles.get(name)), "")


def _links(said: list[dict[str, str]]) -> tuple[Link, ...]:
    return tuple(Link(each["name"], iri_to_uri(each["url"])) for each in said)
