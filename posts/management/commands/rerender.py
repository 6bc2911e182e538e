"""`manage.py rerender`: stored renderings follow the renderer."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from posts import rendering, writing
from posts.document import Document
from posts.models import Post
from posts.projection import Projection, Source
from posts.site import project


class Command(BaseCommand):
    help = "Renders again what an older renderer made. Documents, dates and revisions stay as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="what this renderer made too")

    def handle(self, *, all: bool, **_: Any) -> None:
        posts = Post.objects.exclude(live_revision=None)
        wanted = posts if all else posts.filter(renderer_version__lt=rendering.VERSION)
        keys = list(wanted.values_list("pk", flat=True))
        writing.rerender(self._rendered(keys))
        self.stdout.write(f"{len(keys)} posts rendered again")

    def _rendered(self, keys: list[int]) -> Iterator[tuple[Post, Projection]]:
        for start in range(0, len(keys), writing.BATCH):
            batch = Post.objects.filter(pk__in=keys[start : start + writing.BATCH]).select_related("live_revision")
            for post in batch:
                assert post.live_revision
                yield post, project(Document.of(post.live_revision.text), Source.restored(post.source))
