"""`manage.py export_redirects`: redirects as CSV."""

from typing import Any

from django.core.management.base import BaseCommand

from posts import redirect_files
from posts.models import Redirect


class Command(BaseCommand):
    help = "Writes all redirects to standard output as CSV, with the columns old, new and kind."

    def handle(self, **_: Any) -> None:
        self.stdout.write(redirect_files.as_csv(Redirect.objects.select_related("post", "tag")), ending="")
