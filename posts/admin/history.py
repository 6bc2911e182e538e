"""A post's history: its entries in the audit trail, and its revisions that an import brought."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

from audit import wording
from audit.models import Entry
from posts import recording
from posts.models import Post, Revision

MOST = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history. `changes` are the names of what changed, each with what it was and what it is."""

    at: datetime
    by: str
    action: str
    reason: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()


def steps(post: Post) -> list[Step]:
    """What became of the post, the newest first, no more than 200 of each kind."""
    entries = Entry.objects.filter(subject=recording.subject(post))[:MOST]
    told = [Step(e.at, e.actor_name, _action(e.action), e.reason, _changes(e.before, e.after)) for e in entries]
    imported = post.revisions.filter(origin=Revision.Origin.IMPORT).select_related("author").order_by("-pk")[:MOST]
    told += [
        Step(
            revision.created_at,
            revision.author.get_username() if revision.author else "",
            gettext("Imported from a file"),
            changes=_changes({}, {"revision": revision.pk, "sha256": revision.sha256}),
        )
        for revision in imported
    ]
    return sorted(told, key=lambda step: step.at, reverse=True)


def _action(name: str) -> str:
    return {
        "post.created": gettext("Written"),
        "post.changed": gettext("Changed"),
        "post.rescheduled": gettext("Checks decided anew when readers see it"),
        "post.drafted": gettext("Draft saved; readers see no change"),
        "post.deleted": gettext("Deleted"),
        "preview.shared": gettext("Preview link made"),
        "preview.revoked": gettext("Preview link revoked"),
    }.get(name) or wording.said(name)


_NAMES = {
    "path": gettext_noop("path"),
    "title": gettext_noop("title"),
    "draft": gettext_noop("draft"),
    "public_from": gettext_noop("public from"),
    "public_until": gettext_noop("public until"),
    "held": gettext_noop("held"),
    "revision": gettext_noop("revision"),
    "published_over": gettext_noop("published over"),
    "link": gettext_noop("link"),
    "until": gettext_noop("until"),
}
"""What an entry tells of, in words."""
_MOMENTS = {"public_from", "public_until", "until"}


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    names = dict.fromkeys((*before, *after))
    values = ((name, _shown(name, before.get(name)), _shown(name, after.get(name))) for name in names)
    return tuple(
        (gettext(_NAMES.get(name, name.replace("_", " "))), was, became)
        for name, was, became in values
        if {was, became} != {"–"}
    )


def _shown(name: str, value: Any) -> str:
    """As people say it; the trail itself keeps what programs wrote."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    moment = parse_datetime(value) if name in _MOMENTS and isinstance(value, str) else None
    if moment:
        return f"{date_format(moment.astimezone(UTC), 'DATETIME_FORMAT')} UTC"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
