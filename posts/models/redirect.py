"""Old paths."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from posts.models.post import Post
from posts.models.tag import Tag


class Redirect(models.Model):
    """An old path that leads to a post or a tag, wherever that now is: always one hop."""

    class Origin(models.TextChoices):
        ALIAS = "alias", _("written as an alias")
        MOVED = "moved", _("left behind by a move")

    old_path = models.CharField(max_length=500, unique=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.MOVED)
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="redirects")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, related_name="redirects")

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering: ClassVar = ["old_path"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(post=None, tag__isnull=False) | Q(post__isnull=False, tag=None),
                name="redirect_has_one_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_path} → {self.target}"

    @property
    def target(self) -> str:
        """The URL to send a reader to."""
        owner = self.post or self.tag
        assert owner is not None  # redirect_has_one_target
        return owner.get_absolute_url()
