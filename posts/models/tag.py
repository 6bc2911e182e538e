"""Tags, and tags on posts."""

from typing import ClassVar

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from posts import editions
from posts.models.links import quoted
from posts.models.published import Listed
from posts.slugs import term_slug


class Tag(TagBase):  # type: ignore[misc]  # taggit has no types
    """A tag. Its slug is the last part of its URL, made as Hugo makes it; two names with one slug are one tag."""

    FOLDER = "/tags/"

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.CharField(_("slug"), max_length=200, unique=True, editable=False)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering: ClassVar = ["name"]

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Hugo's URL part of a term: `C++` gives `c++`, where Django's slugify gives `c`."""
        slug = term_slug(tag)
        return slug if i is None else f"{slug}-{i}"

    @property
    def path(self) -> str:
        """Its page's path, decoded."""
        return f"{self.FOLDER}{self.slug}/"

    def get_absolute_url(self) -> str:
        """Its page in the current edition."""
        return quoted(editions.prefix()[:-1] + self.path)


class TaggedPost(Listed, ItemBase):  # type: ignore[misc]  # taggit has no types
    """A tag on a post."""

    content_object = models.ForeignKey("Post", models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                "tag",
                "edition",
                F("listed_at").desc(),
                F("content_object").desc(),
                "public_from",
                "public_until",
                name="tagged_by_date",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="post_tagged_once"),
        ]


def tags_of(lookup: str) -> models.Prefetch:
    """One query for the tags of all posts whose `TaggedPost`s stand at this lookup."""
    return models.Prefetch(lookup, TaggedPost.objects.select_related("tag").order_by("position"))
