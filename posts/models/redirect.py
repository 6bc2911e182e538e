"""Old paths."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from posts.models.post import Post
from posts.models.tag import Tag


class Redirect(models.Model):
    """An old path that leads to a post or a tag, wherever that now is, or to an address: always one hop."""

    class Origin(models.TextChoices):
        ALIAS = "alias", _("written as an alias")
        MOVED = "moved", _("left behind by a move")
        WRITTEN = "written", _("written here")

    class Kind(models.IntegerChoices):
        PERMANENT = 301, _("301, for good")
        TEMPORARY = 302, _("302, for now")

    old_path = models.CharField(_("old path"), max_length=500, unique=True)
    kind = models.PositiveSmallIntegerField(_("kind"), choices=Kind, default=Kind.PERMANENT)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.MOVED)
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="redirects")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, related_name="redirects")
    # As a link holds it, unlike `old_path`, which is decoded. Where a post or a tag stands there, that is the target.
    target_path = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering: ClassVar = ["old_path"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(post=None, tag__isnull=False, target_path="")
                | Q(post__isnull=False, tag=None, target_path="")
                | (Q(post=None, tag=None) & ~Q(target_path="")),
                name="redirect_has_one_target",
            ),
        ]
        indexes: ClassVar = [models.Index("target_path", condition=~Q(target_path=""), name="redirect_by_target")]

    def __str__(self) -> str:
        return f"{self.old_path} → {self.target}"

    @property
    def target(self) -> str:
        """The URL to send a reader to."""
        if owner := self.post or self.tag:
            return str(owner.get_absolute_url())
        return self.target_path

    @property
    def is_open(self) -> bool:
        """Whether readers may be sent there: to a post only while it is live."""
        return self.post is None or self.post.status() == Post.Status.LIVE

    @classmethod
    def put(cls, redirects: Sequence[Self]) -> None:
        """Stores these; an old path that redirects already leads where the new one says."""
        cls.objects.bulk_create(
            redirects,
            update_conflicts=True,
            unique_fields=["old_path"],
            update_fields=["post", "tag", "target_path", "origin", "kind"],
        )

    @staticmethod
    def leading_to(target: "Post | Tag | str") -> dict[str, Any]:
        """The columns that say where a redirect leads."""
        return {
            "post": target if isinstance(target, Post) else None,
            "tag": target if isinstance(target, Tag) else None,
            "target_path": target if isinstance(target, str) else "",
        }
