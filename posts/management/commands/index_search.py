"""`manage.py index_search`: what search knows, made anew."""

from typing import Any

from django.core.management.base import BaseCommand

from posts import writing
from posts.models import Post


class Command(BaseCommand):
    help = "Rebuilds the search index from the documents. Readers use the old index until it is done."

    def handle(self, **_: Any) -> None:
        keys = list(Post.objects.exclude(live_revision=None).values_list("pk", flat=True))
        writing.index(writing.projected(keys))
        self.stdout.write(f"{len(keys)} posts indexed")
