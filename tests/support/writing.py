"""Posts for tests, made the way the product makes them: a document, its projection, one write."""

from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from django.utils import timezone as clock

from accounts.models import User
from posts import previewing, writing
from posts.document import Document
from posts.importing.places import located
from posts.models import Post, Revision
from posts.projection import Projection
from posts.site import project
from posts.source import Source

LONG_AGO = datetime(2024, 6, 13, 12, 0, tzinfo=UTC)


def projected(
    file: str = "posts/a.md", body: str = "Text.\n", source: Source | None = None, **values: Any
) -> Projection:
    """The projection of a document with these front-matter values, at this place."""
    values = {"title": "A title", "date": LONG_AGO} | values
    document = Document.new({key: value for key, value in values.items() if value is not None}, f"\n{body}")
    return project(document, source or located(PurePosixPath(file)))


def write_post(file: str = "posts/a.md", *, by: User | None = None, **values: Any) -> Post:
    """A stored post, with a date long ago unless another is given."""
    writing.write([writing.Change(projected(file, **values))], origin=Revision.Origin.ADMIN, by=by)
    return Post.objects.get(source_path=file)


def stored() -> Post:
    """The only post, with its revisions."""
    post: Post = Post.objects.select_related("live_revision", "latest_revision").get()
    return post


def rewrite_post(post: Post, **values: Any) -> Post:
    """The same post with another document."""
    source = Source.restored(post.source)
    change = writing.Change(projected(source=source, **values), Post.objects.get(pk=post.pk))
    writing.write([change], origin=Revision.Origin.ADMIN)
    return Post.objects.get(pk=post.pk)


def write_posts(count: int, **values: Any) -> None:
    """Many posts at once, each a minute apart by its title's number."""
    changes = [
        writing.Change(
            projected(
                f"posts/post-{n:04}.md",
                title=f"Post {n}",
                date=datetime(2024, 1, 1, n // 60, n % 60, tzinfo=UTC),
                **values,
            )
        )
        for n in range(count)
    ]
    writing.write(changes, origin=Revision.Origin.IMPORT)


def preview_url(post: Post, *, revision: Revision | None = None, days: int = 7) -> str:
    """A link for people without an account to the post's latest draft, or to this revision."""
    by = User.objects.get_or_create(username="sharer")[0]
    return previewing.share(
        post, revision=revision, expires_at=clock.now() + timedelta(days=days), by=by
    ).get_absolute_url()
