"""`manage.py rerender`: stored renderings follow the renderer."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from posts import rendering, writing
from posts.models import Post


class Command(BaseCommand):
    help = "Renders posts again that an older renderer made. Documents, dates and revisions stay as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="render all posts again, whatever made them")

    def handle(self, *, all: bool, verbosity: int, **_: Any) -> None:
        posts = Post.objects.exclude(live_revision=None)
        wanted = posts if all else posts.filter(renderer_version__lt=rendering.VERSION)
        keys = list(wanted.values_list("pk", flat=True))
        if keys:
            writing.rerender(writing.projected(keys))
            writing.note_drafts(writing.projected_drafts(keys))
        if keys or verbosity > 1:
            self.stdout.write(f"{len(keys)} posts rendered again")
