"""The people who work on the site, and where they are signed in."""

from datetime import datetime, timedelta
from hashlib import md5
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.events import happened

SEEN_EVERY = timedelta(minutes=5)  # how exact `last_seen_at` is; a write on every request would cost more than it tells


class User(AbstractUser):
    """An editor, author, reviewer or administrator. What each may do is decided by groups and their permissions."""


class SignInQuerySet(models.QuerySet["SignIn"]):
    """Questions that are asked of sessions."""

    def open(self, *, at: datetime) -> "SignInQuerySet":
        """Those that still let someone in: neither run out nor shut by a new password."""
        oldest = at - timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return self.filter(last_seen_at__gt=oldest, password_mark=MD5(F("user__password")))


class SignIn(models.Model):
    """One session of one person. The session holds this row's key; once the row is gone, it lets nobody in."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins", verbose_name=_("person"))
    device = models.CharField(_("device"), max_length=200)
    address = models.GenericIPAddressField(_("address"), null=True)
    signed_in_at = models.DateTimeField(_("signed in"))
    last_seen_at = models.DateTimeField(_("last seen"))
    password_mark = models.CharField(max_length=32)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering: ClassVar = ["-last_seen_at", "-pk"]
        default_permissions = ("view",)
        permissions: ClassVar = [("end_signin", gettext_noop("Can end sessions"))]

    def __str__(self) -> str:
        return f"{self.user}, {self.device}"

    def see(self, *, at: datetime) -> None:
        """Notes that it is in use; after its own change of the password it goes on under the new one."""
        mark = password_mark(self.user)
        if at - self.last_seen_at >= SEEN_EVERY or self.password_mark != mark:
            SignIn.objects.filter(pk=self.pk).update(last_seen_at=at, password_mark=mark)

    @transaction.atomic
    def end(self, *, by: User) -> None:
        """From now on its browser is signed out."""
        self.delete()
        happened.send(SignIn, action="session-ended", person=self.user, by=by)


def password_mark(user: User) -> str:
    """Tells one password from the next without saying anything of either, and databases can work it out: no more."""
    return md5(user.password.encode(), usedforsecurity=False).hexdigest()
