"""`manage.py seed_demo`: the demo editor of a local trial."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.models import User


class Command(BaseCommand):
    help = "Makes the demo editor, a superuser, once; only for the local default database."

    def handle(self, *args: Any, **options: Any) -> None:
        database = settings.DATABASES["default"]
        if "sqlite3" not in database["ENGINE"]:
            self.stdout.write("No demo editor: it is made only for the local default, a SQLite database.")
            return
        if User.objects.filter(username="editor").exists():
            return
        password = secrets.token_urlsafe(9)
        User.objects.create_superuser("editor", "editor@example.com", password, first_name="Demo", last_name="Editor")
        self.stdout.write(f"Demo editor made. Sign in at {settings.SITE_URL}/admin/ as editor, password {password}")
