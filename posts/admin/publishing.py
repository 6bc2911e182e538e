"""What an editor can do to a post besides writing it: the buttons below the form, and the words above it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone as clock
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit import acting
from posts import publication, writing
from posts.checklist import Checklist
from posts.document import Document
from posts.frontmatter import Reading
from posts.models import Post, Revision
from posts.projection import Projection
from posts.site_paths import is_reserved

ANYWAY = "anyway"  # the button that publishes over warnings sends their keys under this name


class NotYet(Exception):
    """Something is to be mended, or looked at and accepted, before this is published: nothing was written."""

    def __init__(self, checklist: Checklist) -> None:
        super().__init__(checklist)
        self.checklist = checklist


class Intent(models.TextChoices):
    """What the button that was pressed asks for."""

    SAVE = "save", _("Save draft")
    PUBLISH = "publish", _("Publish")
    UNPUBLISH = "unpublish", _("Unpublish")
    EXPIRE = "expire", _("Expire now")

    @property
    def needs_permission(self) -> bool:
        """Whether it is for those who may publish."""
        return self is not Intent.SAVE

    def applied(self, document: Document, reading: Reading, *, post: Post) -> Document:
        """The document that says so. What is saved of a post that is no draft says what publishing it will."""
        match self:
            case Intent.PUBLISH:
                return publication.as_public(document, reading)
            case Intent.EXPIRE:
                now = clock.now().replace(microsecond=0).astimezone(post.time_zone)
                return publication.as_expired(document, now, reading)
            case Intent.SAVE if not is_draft(post):
                return document
        return publication.as_draft(document, reading)


def is_draft(post: Post) -> bool:
    """Whether the post is new or a draft, so that nothing that is saved of it can reach readers."""
    return post.pk is None or post.status() == Post.Status.DRAFT


def carry_out(
    intent: Intent,
    post: Post,
    projection: Projection,
    *,
    by: User,
    origin: Revision.Origin = Revision.Origin.ADMIN,
    accepted: Collection[str] = (),
) -> None:
    """Writes the projection: for editors alone where it is saved of a post that is no draft, else for readers too.

    `accepted` are the keys of the warnings over which it may be published. Raises `PermissionDenied`, or `NotYet`.
    """
    carry_out_all(intent, [(post, projection)], by=by, origin=origin, accepted=accepted)


def carry_out_all(
    intent: Intent,
    projected: Sequence[tuple[Post, Projection]],
    *,
    by: User,
    origin: Revision.Origin = Revision.Origin.ADMIN,
    accepted: Collection[str] | None = None,
) -> None:
    """`carry_out` for many posts, in one transaction; every warning is accepted unless it is said which."""
    if intent.needs_permission and not by.has_perm("posts.publish_post"):
        raise PermissionDenied
    checklists = _checklists(projected) if intent is Intent.PUBLISH else {}
    for checklist in checklists.values():
        if checklist.errors or (accepted is not None and checklist.stops(accepted)):
            raise NotYet(checklist)
    over = {pk: tuple(finding.message for finding in checklist.asking) for pk, checklist in checklists.items()}
    for_editors = {post.pk for post, _ in projected if intent is Intent.SAVE and not is_draft(post)}
    changes = [
        writing.Change(projection, post, over=over.get(post.pk, ()))
        for post, projection in projected
        if post.pk not in for_editors
    ]
    with transaction.atomic():
        if changes:
            writing.write(changes, origin=origin, by=by)
        for post, projection in projected:
            if post.pk in for_editors:
                writing.save_draft(post, projection, origin=origin, by=by)


def stopped(projected: Sequence[tuple[Post, Projection]]) -> dict[int, str]:
    """Why some of these cannot be published, by the post's key."""
    checklists = _checklists(projected)
    return {pk: checklist.errors[0].message for pk, checklist in checklists.items() if checklist.errors}


def warned(projected: Sequence[tuple[Post, Projection]]) -> dict[int, list[str]]:
    """Over which warnings some of these would be published, by the post's key."""
    asked = {pk: checklist.asking for pk, checklist in _checklists(projected).items()}
    return {pk: [finding.message for finding in findings] for pk, findings in asked.items() if findings}


def _checklists(projected: Sequence[tuple[Post, Projection]]) -> dict[int, Checklist]:
    """What the checks say of each, by the post's key."""
    said = Checklist.of_all([(projection, post) for post, projection in projected])
    return {post.pk: checklist for (post, _), checklist in zip(projected, said, strict=True)}


def path_problem(projection: Projection, post: Post) -> str:
    """Why the post cannot have this path; empty if it can. Another's draft is not named to who may not see it."""
    path = projection.path
    introduces = projection.kind == Post.Kind.SECTION and post.pk is not None  # a new one is meant as an article
    if is_reserved(path, for_introduction=introduces):
        return gettext("%(path)s is a page that the site itself uses.") % {"path": path}
    others = Post.objects.exclude(pk=post.pk)
    taken = others.filter(Q(path=path) | Q(source_path=projection.source_path)).first()
    if not taken:
        return ""
    person = acting.actor()
    if person and taken.status() != Post.Status.LIVE and not others.filter(pk=taken.pk).seen_by(person).exists():
        return gettext("%(path)s is the address of another post already.") % {"path": path}
    return gettext("%(path)s is the address of “%(title)s” already.") % {"path": path, "title": taken.title}


def is_public_at_some_time(projection: Projection) -> bool:
    """Whether readers would see it, now or later."""
    until = projection.public_until
    return projection.public_from is not None and (until is None or until > clock.now())


@dataclass(frozen=True, slots=True)
class Button:
    """A way to save. `later` is its label while the date in the form lies ahead."""

    intent: Intent
    label: str
    later: str = ""
    is_default: bool = False


def buttons(post: Post | None, *, may_publish: bool) -> list[Button]:
    """The buttons for the post as it stands, the harmless one first: it is the one that Enter presses."""
    save = Button(Intent.SAVE, str(Intent.SAVE.label), is_default=not may_publish)
    if not may_publish:
        return [save]
    status = post.status() if post else Post.Status.DRAFT
    publish = gettext("Publish changes") if status == Post.Status.LIVE else str(Intent.PUBLISH.label)
    found = [save, Button(Intent.PUBLISH, publish, later=gettext("Schedule"), is_default=True)]
    if status != Post.Status.DRAFT:
        found.append(Button(Intent.UNPUBLISH, str(Intent.UNPUBLISH.label)))
    if status == Post.Status.LIVE:
        found.append(Button(Intent.EXPIRE, str(Intent.EXPIRE.label)))
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """What readers see of a post now, and when that changes without anybody's doing."""

    status: Post.Status
    since: datetime | None = None
    until: datetime | None = None
    waiting: Revision | None = None  # what editors have saved beyond it
    live: Revision | None = None
    held: tuple[str, ...] = ()  # why checks keep it from readers, or will

    @classmethod
    def of(cls, post: Post) -> "Standing":
        """The standing of the post as it is stored."""
        status = post.status()
        waiting = post.latest_revision if post.has_waiting_changes else None
        return cls(
            status,
            post.public_from,
            post.public_until or post.expiry_date,
            waiting,
            post.live_revision,
            tuple(post.held),
        )


def told(post: Post, intent: Intent) -> str:
    """What was done, and what readers see of it."""
    status = post.status()
    if intent is Intent.SAVE and status != Post.Status.DRAFT:
        return gettext("Saved. Readers see none of it until it is published.")
    if status == Post.Status.SCHEDULED and post.public_from:
        moment = render_to_string("admin/posts/post/_time.html", {"at": post.public_from})
        return format_html("{} {}", gettext("Scheduled. Readers see it from:"), moment)
    return {
        Post.Status.DRAFT: gettext("Unpublished: readers see nothing of it.")
        if intent is Intent.UNPUBLISH
        else gettext("Saved as a draft."),
        Post.Status.LIVE: gettext("Published: readers see it now."),
        Post.Status.EXPIRED: gettext("Expired: readers see nothing of it."),
        Post.Status.HELD: gettext("Saved, and held back: readers see nothing of it. Above the form stands why."),
    }[status]


def intent_of(data: Any) -> Intent:
    """What the form was sent for; saved as a draft where it does not say."""
    sent = Intent.PUBLISH if ANYWAY in data else data.get("intent")
    return Intent(sent) if sent in Intent.values else Intent.SAVE
