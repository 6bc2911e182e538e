"""What a post said at one time."""

from django.conf import settings
from django.db import models
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """One document, whole: what a post said at one time. Rows are only ever added."""

    class Origin(models.TextChoices):
        ADMIN = "admin", _("written in the admin")
        IMPORT = "import", _("imported from a file")
        RESTORE = "restore", _("restored")

    post = models.ForeignKey("Post", models.CASCADE, related_name="revisions")
    text = models.TextField()
    sha256 = models.CharField("SHA-256", max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=10, choices=Origin)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} {self.sha256[:12]}"
