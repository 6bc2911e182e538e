"""What was typed and not saved."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class AutosaveQuerySet(models.QuerySet):
    """Questions about autosaves, and how they are kept."""

    def of(self, user: User) -> Self:
        """The person's own, the newest first."""
        return self.filter(user=user).order_by("-typed_at", "form")

    def keep(self, autosave: "Autosave") -> None:
        """In the place of what this form kept before. What is too old goes, and of one person what is too much."""
        changing = ("post", "base", "fields", "typed_at")
        self.bulk_create([autosave], update_conflicts=True, unique_fields=["form"], update_fields=changing)
        too_much = self.of(autosave.user).values_list("form", flat=True)[Autosave.MOST :]
        too_old = models.Q(typed_at__lt=clock.now() - Autosave.KEPT_FOR)
        self.filter(too_old | models.Q(form__in=list(too_much))).delete()


class Autosave(models.Model):
    """The fields of a form that somebody is filling in, as they stand, sound or not. Only that person ever sees them.

    No revision: those are documents, are only ever added, and are everybody's. This one row is written over as the
    person types, and goes when they save, discard it, or take it into another form.
    """

    MOST = 20  # of one person
    KEPT_FOR = timedelta(days=30)

    # One opening of the form, so that two windows do not write over each other.
    form = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    post = models.ForeignKey("Post", models.CASCADE, null=True, related_name="autosaves")  # null: it is yet to be made
    base = models.ForeignKey("Revision", models.CASCADE, null=True, related_name="+")  # what the form was filled from
    fields = models.JSONField()  # texts by the names of the form's fields
    typed_at = models.DateTimeField(db_index=True)

    objects = AutosaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("autosave")
        verbose_name_plural = _("autosaves")
        default_permissions = ()
        indexes = (models.Index(fields=["user", "-typed_at"], name="autosaves_of_user"),)

    def __str__(self) -> str:
        return f"{self.user} {self.typed_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """The form in which it is offered."""
        return (
            reverse("admin:posts_post_change", args=[self.post_id]) if self.post_id else reverse("admin:posts_post_add")
        )

    @property
    def title(self) -> str:
        """As it was typed, which may be nothing yet."""
        return str(self.fields.get("title", "")).strip()
