"""Taking back what was done to several posts: exactly those, and none that somebody has written since."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone as clock

from accounts.models import User
from posts.admin import publishing
from posts.admin.publishing import Intent
from posts.models import Post, Revision, SiteState, Undo
from posts.previewing import projection_of
from posts.projection import Projection
from posts.site import UNPROJECTABLE


@dataclass(frozen=True, slots=True)
class Undone:
    """How many posts are as they were, and which were left as they are."""

    count: int
    left: list[Post]


@dataclass(frozen=True, slots=True)
class _Before:
    """A post, and what it said before."""

    post: Post
    live: Projection
    waiting: Projection | None


def take_back(undo: Undo, *, by: User, may_change: Callable[[Post], bool]) -> Undone:
    """Restores the revisions from before. Left are posts written since, those that the person may not change, and
    those that a check stops from being published again."""
    with transaction.atomic():
        SiteState.lock()
        if not Undo.objects.filter(pk=undo.pk, undone_at=None).update(undone_at=clock.now()):
            return Undone(0, [])
        posts = Post.objects.in_bulk([pk for pk, *_ in undo.posts])
        revisions = _revisions(undo)
        found, left = list[_Before](), list[Post]()
        for pk, live, latest, after in undo.posts:
            post = posts.get(pk)
            if post is None:
                continue
            untouched = post.latest_revision_id == after and may_change(post)
            before = _before(post, revisions.get(live), revisions.get(latest)) if untouched else None
            if before:
                found.append(before)
            else:
                left.append(post)
        stopped = publishing.stopped([(each.post, each.live) for each in found if _intent(each) is Intent.PUBLISH])
        left += [each.post for each in found if each.post.pk in stopped]
        found = [each for each in found if each.post.pk not in stopped]
        _restore(found, by=by)
    return Undone(len(found), left)


def _revisions(undo: Undo) -> dict[int, Revision]:
    wanted = {key for _, live, latest, _ in undo.posts for key in (live, latest)}
    return Revision.objects.select_related("post").in_bulk(wanted)


def _before(post: Post, live: Revision | None, latest: Revision | None) -> _Before | None:
    """None where nothing can be made of it any more."""
    if live is None or latest is None:
        return None
    try:
        projection = projection_of(live)
        waiting = None if live == latest else projection_of(latest)
    except UNPROJECTABLE:
        return None
    taken = projection.path != post.path and publishing.path_problem(projection, post)
    return None if taken else _Before(post, projection, waiting)


def _restore(found: list[_Before], *, by: User) -> None:
    """What readers saw, by the button that shows it or takes it away; then the drafts that waited behind it."""
    for intent in Intent:
        posts = [(each.post, each.live) for each in found if _intent(each) is intent]
        if posts:
            publishing.carry_out_all(intent, posts, by=by, origin=Revision.Origin.RESTORE)
    fresh = Post.objects.in_bulk([each.post.pk for each in found if each.waiting])
    waiting = [(fresh[each.post.pk], each.waiting) for each in found if each.waiting]
    if waiting:
        publishing.carry_out_all(Intent.SAVE, waiting, by=by, origin=Revision.Origin.RESTORE)


def _intent(before: _Before) -> Intent:
    if not before.live.draft:
        return Intent.PUBLISH
    return Intent.SAVE if publishing.is_draft(before.post) else Intent.UNPUBLISH
