"""Links that show a post to someone without an account."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils import timezone as clock

from posts.models.post import Post
from posts.models.revision import Revision


class PreviewLinkQuerySet(models.QuerySet):
    """Questions about preview links."""

    def open(self, at: datetime | None = None) -> Self:
        """Those that show something at that moment (default: now)."""
        return self.filter(revoked_at=None, expires_at__gt=at or clock.now())


class PreviewLink(models.Model):
    """A link by which someone without an account sees a revision of a post, or whatever is its latest, for some days."""

    SIGNER = signing.Signer(salt="posts.preview")

    post = models.ForeignKey(Post, models.CASCADE, related_name="preview_links")
    revision = models.ForeignKey(Revision, models.CASCADE, null=True, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = PreviewLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.post} until {self.expires_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("posts:preview", args=[self.SIGNER.sign(str(self.pk))])

    @classmethod
    def signed_by(cls, token: str) -> Self | None:
        """The open link of this token; None for one that is forged, expired or revoked."""
        try:
            pk = int(cls.SIGNER.unsign(token))
        except (signing.BadSignature, ValueError):
            return None
        related = ("post__latest_revision__post", "revision__post")
        return cls.objects.open().filter(pk=pk).select_related(*related).first()

    @property
    def shown(self) -> Revision:
        """The revision that it shows now."""
        shown = self.revision or self.post.latest_revision
        assert shown is not None  # every post has one from its first write
        return shown

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > clock.now()
