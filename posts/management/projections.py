"""Stored documents, projected again."""

from collections.abc import Iterator, Sequence

from posts import writing
from posts.document import Document
from posts.models import Post
from posts.projection import Projection, Source
from posts.site import project


def projections(keys: Sequence[int]) -> Iterator[tuple[Post, Projection]]:
    """The posts with these keys, each with what its live document makes today; a few at a time."""
    for start in range(0, len(keys), writing.BATCH):
        batch = Post.objects.filter(pk__in=keys[start : start + writing.BATCH]).select_related("live_revision")
        for post in batch:
            assert post.live_revision
            yield post, project(Document.of(post.live_revision.text), Source.restored(post.source))
