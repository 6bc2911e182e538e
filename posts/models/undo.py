"""What a person can take back: posts as they were before something was done to several of them at once."""

from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=1)


class UndoQuerySet(models.QuerySet):
    """Questions about what can be taken back."""

    def open(self, by: models.Model) -> Self:
        """What this person can still take back, the latest first."""
        return self.filter(by=by.pk, undone_at=None, at__gt=clock.now() - KEPT).order_by("-pk")

    def outdated(self) -> Self:
        """What nobody can take back any more, because it is too long ago."""
        return self.filter(at__lte=clock.now() - KEPT)


class Undo(models.Model):
    """One thing that was done to posts. A row and no signed link: a thousand posts fit in no address, what is taken back
    once is gone for good, and it can be taken back from another browser too."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", editable=False)
    at = models.DateTimeField(default=clock.now, editable=False)
    told = models.CharField(_("what was done"), max_length=300, editable=False)
    posts = models.JSONField(default=list, editable=False)
    """Of each post its key, and those of its revisions: live before, latest before, latest after."""
    undone_at = models.DateTimeField(null=True, editable=False)

    objects = UndoQuerySet.as_manager()

    class Meta:
        verbose_name = _("undo")
        default_permissions = ()
        indexes: ClassVar = [
            models.Index("by", F("id").desc(), condition=Q(undone_at__isnull=True), name="undo_open"),
        ]

    def __str__(self) -> str:
        return self.told
