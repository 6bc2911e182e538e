"""Authors, and authors of posts."""

from typing import ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from posts import editions
from posts.images import BodyPicture, thumbnail
from posts.models.links import Link, quoted
from posts.models.published import Listed

LONGEST_NAME = 200


def author_url(slug: str) -> str:
    """The author's page in the current edition."""
    return quoted(f"{editions.prefix()[:-1]}{Author.FOLDER}{slug}/")


def is_name(author: str) -> bool:
    """Whether what stands for an author is short enough for one person's name."""
    return len(author) <= LONGEST_NAME


class Author(models.Model):
    """What the site tells of a person whom posts name as their author. Names of one slug are one author."""

    FOLDER = "/authors/"

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.CharField(_("slug"), max_length=200, unique=True, editable=False)
    credentials = models.CharField(_("credentials"), max_length=200, blank=True)
    photo = models.CharField(_("photo's address"), max_length=1000, blank=True)
    biography = models.TextField(_("short biography"), blank=True)
    links = models.JSONField(_("links"), default=list, blank=True)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return author_url(self.slug)

    @property
    def named_links(self) -> list[Link]:
        """Their places on the web, each named by its host."""
        return [Link(urlsplit(link).netloc.removeprefix("www."), link) for link in self.links]

    @property
    def picture(self) -> BodyPicture | None:
        """The photo as templates show it."""
        return thumbnail(self.photo) if self.photo else None


class AuthoredPost(Listed):
    """An author of a post, by the name that the post writes."""

    content_object = models.ForeignKey("Post", models.CASCADE, related_name="authored")
    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=200)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                "slug",
                "edition",
                F("listed_at").desc(),
                F("content_object").desc(),
                "public_from",
                "public_until",
                name="authored_by_date",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["content_object", "slug"], name="post_authored_once"),
        ]

    def __str__(self) -> str:
        return self.name
