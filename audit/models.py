"""Who did what, when and why: entries that are only ever added, each holding the hash of the one before.

The database refuses to change or delete one (triggers in the migration), and `verify_audit` finds what went past it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit import wording

FIRST = "0" * 64
"""What the first entry has for the hash of the one before."""

_LOCK = 7_301_644_120  # of PostgreSQL's advisory locks; SQLite lets one transaction at a time write


@dataclass(frozen=True, slots=True)
class Event:
    """Something to be recorded. `before` and `after` are what changed, as JSON holds it."""

    action: str  # such as post.changed
    subject: str = ""  # what it was done to, such as posts.post:12
    label: str = ""  # what that was called then
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


class Entry(models.Model):
    """One line of the trail. The person is kept by number and by name, for people go and the trail stays."""

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("time"))
    actor = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("by"), max_length=150, blank=True)
    action = models.CharField(_("action"), max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    label = models.CharField(_("of"), max_length=500, blank=True)
    before = models.JSONField(_("before"), default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField(_("reason"), blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering: ClassVar = ["-number"]
        default_permissions = ("view",)
        indexes: ClassVar = [models.Index(fields=["subject", "-number"], name="audit_by_subject")]

    def __str__(self) -> str:
        return " · ".join(
            filter(None, (str(self.number), wording.said(self.action), wording.named(self.action, self.label)))
        )

    def expected_hash(self) -> str:
        """The SHA-256 of all that the entry says, of the hash before it too."""
        said = [
            *(self.number, self.at.astimezone(UTC).isoformat(), self.actor, self.actor_name, self.action),
            *(self.subject, self.label, self.before, self.after, self.reason, self.previous_hash),
        ]
        text = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"), cls=DjangoJSONEncoder)
        return sha256(text.encode()).hexdigest()


def record(events: Iterable[Event], *, by: User | None, at: datetime | None = None) -> None:
    """Adds an entry for each event, in the caller's transaction: they stand if what they tell of stands."""
    at = at or clock.now()
    with transaction.atomic(savepoint=False):
        _wait_for_others()
        last = Entry.objects.values_list("number", "hash").first() or (0, FIRST)
        entries: list[Entry] = []
        for number, event in enumerate(events, start=last[0] + 1):
            entry = Entry(
                number=number,
                at=at,
                actor=by.pk if by else None,
                actor_name=by.get_username() if by else "",
                action=event.action,
                subject=event.subject,
                label=event.label[:500],
                before=_plain(event.before),
                after=_plain(event.after),
                reason=event.reason,
                previous_hash=entries[-1].hash if entries else last[1],
            )
            entry.hash = entry.expected_hash()
            entries.append(entry)
        Entry.objects.bulk_create(entries)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """As the database gives them back, so that the hash is that of what is stored."""
    return dict(json.loads(json.dumps(values, cls=DjangoJSONEncoder)))


def _wait_for_others() -> None:
    """The number and the hash of the last entry are read by one transaction at a time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
