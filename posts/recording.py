"""What the audit trail holds of posts: each change in the admin by itself, an import a batch at a time.

The texts themselves are in the revisions, which the entries name.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from audit.models import Event
from posts.models import Post, Revision

Facts = Mapping[str, Any]


_FACTS = ("path", "title", "draft", "public_from", "public_until")


def stored(posts: Iterable[Post]) -> dict[int, Facts]:
    """What the database holds of these posts, by their keys, to be compared with what becomes of them. One query."""
    rows = Post.objects.filter(pk__in=[post.pk for post in posts]).values("pk", *_FACTS, "latest_revision")
    return {row.pop("pk"): {**row, "revision": row.pop("latest_revision")} for row in rows}


def written(posts: Sequence[Post], before: Mapping[int, Facts], revisions: Sequence[Revision]) -> list[Event]:
    """The events of posts that were just written; `before` is what was stored of them."""
    if any(revision.origin == Revision.Origin.IMPORT for revision in revisions):
        hashes = [[post.path, revision.sha256] for post, revision in zip(posts, revisions, strict=True)]
        return [Event("posts.imported", label=f"{len(posts)} posts", after={"posts": hashes})]
    return [
        _changed(post, before.get(post.pk, {}), {**_facts(post), "revision": revision.pk, "sha256": revision.sha256})
        for post, revision in zip(posts, revisions, strict=True)
    ]


def deleted(posts: Sequence[Post]) -> list[Event]:
    """The events of posts that are about to be deleted."""
    before = stored(posts)
    return [Event("post.deleted", subject(post), post.title, before=before[post.pk]) for post in posts]


def subject(post: Post) -> str:
    """What names the post in the trail."""
    return f"{post._meta.label_lower}:{post.pk}"


def _facts(post: Post) -> Facts:
    return {name: getattr(post, name) for name in _FACTS}


def _changed(post: Post, before: Facts, after: Facts) -> Event:
    names = [name for name in after if before.get(name) != after[name]]
    was, is_now = ({name: said[name] for name in names if name in said} for said in (before, after))
    return Event("post.changed" if before else "post.created", subject(post), post.title, was, is_now)
