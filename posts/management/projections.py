"""Stored documents, projected again."""

from collections.abc import Iterator, Sequence

from posts import writing
from posts.document import Document
from posts.models import Post
from posts.projection import Projection, Source
from posts.site import project


def projections(keys: Sequence[int]) -> Iterator[tuple[Post, Projection]]:
    """The posts with these keys, each with what its live document makes today; a few at a time."""
    for post in _posts(keys):
        assert post.live_revision
        yield post, project(Document.of(post.live_revision.text), Source.restored(post.source))


def draft_projections(keys: Sequence[int]) -> Iterator[tuple[Post, Projection]]:
    """Those of the posts with these keys that have a draft that waits, each with what that makes today."""
    for post in _posts(keys):
        if post.has_waiting_changes and post.latest_revision:
            yield post, project(Document.of(post.latest_revision.text), Source.restored(post.source))


def _posts(keys: Sequence[int]) -> Iterator[Post]:
    for start in range(0, len(keys), writing.BATCH):
        batch = Post.objects.filter(pk__in=keys[start : start + writing.BATCH])
        yield from batch.select_related("live_revision", "latest_revision")
