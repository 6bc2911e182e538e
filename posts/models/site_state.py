"""The number that every change of content raises."""

from bisect import bisect_right
from datetime import datetime
from typing import ClassVar, Self

from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _

from audit import acting


class SiteState(models.Model):
    """One row: the generation that every change of content raises, and the moments of the scheduled changes to come.

    Whatever is remembered of the site's content is remembered for one `version`, which a reader works out without writing.
    A generation is the moment of its change, in milliseconds since 1970, or one more than the last: after a backup is brought
    back, or beside another site in one cache, no other content ever had its number.
    """

    MOST_CHANGES = 1000
    PATIENCE = "5s"

    generation = models.PositiveBigIntegerField(default=1)
    changes = models.JSONField(default=list)  # in seconds since 1970
    main_sections = models.JSONField(_("sections whose posts are on the home page"), default=list)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_site_state")]

    def __str__(self) -> str:
        return f"generation {self.generation}"

    @classmethod
    def lock(cls) -> None:
        """Lets one transaction at a time change content; SQLite's do so from their beginning.

        On PostgreSQL a request waits for `PATIENCE` and then fails with `OperationalError`: an import may take minutes, and
        the requests that wait for it would leave nobody to answer readers. A command waits.
        """
        if acting.is_request() and connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # until the transaction ends
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [cls.PATIENCE])
        cls.objects.select_for_update().get_or_create(pk=1)

    @classmethod
    def raise_generation(cls, coming: list[datetime]) -> None:
        """To be called in the transaction that changes content, with the first `MOST_CHANGES` moments to come."""
        values = {"changes": [moment.timestamp() for moment in coming]}
        now = int(clock.now().timestamp() * 1000)
        if not cls.objects.filter(pk=1).update(generation=Greatest(F("generation") + 1, now), **values):
            cls.objects.create(pk=1, generation=now, **values)

    @classmethod
    def keep_main_sections(cls, names: list[str]) -> None:
        """What an imported site's configuration says; without it the section with the most posts counts."""
        cls.objects.update_or_create(pk=1, defaults={"main_sections": names})

    @classmethod
    def current(cls) -> Self:
        """The state as it stands. One query."""
        return cls.objects.filter(pk=1).first() or cls()

    def version(self, at: datetime) -> str:
        """What names the site's public content at a moment: another content, another version."""
        passed = bisect_right(self.changes, at.timestamp())
        if passed == self.MOST_CHANGES:  # there may be more to come, which are not known: a version a second
            return f"{self.generation}.{passed}.{int(at.timestamp())}"
        return f"{self.generation}.{passed}"
