"""The product's settings on scratch folders; on SQLite, or with TEST_DATABASE=postgresql on a throw-away cluster."""

import os
import tempfile
from pathlib import Path

from tests.support import postgresql

for name in (
    "DATABASE_URL",
    "REDIS_URL",
    "CLOUDINARY_URL",
    "EMAIL_URL",
    "CONTACT_EMAIL",
    "TRUSTED_PROXIES",
    "TWO_FACTOR_REQUIRED",
    "SIGN_IN_NAMES_PER_ADDRESS",
    "ENQUIRY_RECIPIENTS",
    "ENQUIRY_RETENTION_DAYS",
    "ENQUIRY_WEBHOOK_URL",
    "ENQUIRY_WEBHOOK_SECRET",
    "PUBLICATION_CHECKS",
    "SITE_URL",
    "DJANGO_DEBUG",
    "DJANGO_SECRET_KEY",
):
    os.environ.pop(name, None)
_scratch = tempfile.TemporaryDirectory(prefix="monograph-tests-")  # gone when the session ends
os.environ["VAR_DIR"] = _scratch.name
if os.environ.get("TEST_DATABASE") == "postgresql" and postgresql.is_installed():
    os.environ["DATABASE_URL"] = postgresql.start(Path(_scratch.name))

from cms.settings import *  # noqa: E402, F403
from cms.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

Path(STATIC_ROOT).mkdir()
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, as in service: in memory a page's requests that cross would find tables locked.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_scratch.name) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
# The names without hashes: `collectstatic` is not run for these tests (tests/test_make.py serves the real ones).
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
