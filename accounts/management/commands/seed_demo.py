"""`manage.py seed_demo`: the demo editor of a local trial."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.models import User


class Command(BaseCommand):
    help = "Creates the demo editor, a superuser, unless it exists; for local trials only."

    def handle(self, *args: Any, **options: Any) -> None:
        if "sqlite3" not in settings.DATABASES["default"]["ENGINE"] or settings.SECURE_HTTPS:
            self.stdout.write("No demo editor was created: it is for local trials only, on SQLite and without https.")
            return
        if User.objects.filter(username="editor").exists():
            return
        password = secrets.token_urlsafe(9)
        User.objects.create_superuser("editor", "editor@example.com", password, first_name="Demo", last_name="Editor")
        self.stdout.write(f"Demo editor created. Sign in at {settings.SITE_URL}/admin/ as editor, password {password}")
