"""What every test may rely on, and what becomes of tests that this machine lacks something for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker, Settings

from accounts.models import User
from audit.guard import lift_guard
from tests.support import browser, postgresql
from tests.support.admin import member
from tests.support.cloudinary import Cloudinary

# CI tries the same examples each time; elsewhere every run tries others. A slow machine is no failure.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

GROUPS: dict[str, list[tuple[str, str, str]]] = {}
"""The groups that migrations make, each with its permissions."""

LACKING = {
    "browser": (browser.executable, "Chromium is not installed (Debian's package `chromium`)"),
    "postgresql": (postgresql.is_installed, "PostgreSQL is not installed (Debian's package `postgresql`)"),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips, with the reason, what cannot run here; with CI set the run ends instead."""
    for item in items:
        needs = {marker.name for marker in item.iter_markers()} & {"browser"}
        if os.environ.get("TEST_DATABASE") == "postgresql":
            needs.add("postgresql")
        for need in needs:
            is_there, reason = LACKING[need]
            if is_there():
                continue
            if os.environ.get("CI"):
                pytest.exit(f"{reason}, and with CI set nothing may be left out", returncode=1)
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The tests' database, which is emptied after some of them: the audit trail's guard would stop that."""
    with django_db_blocker.unblock():
        lift_guard(connection)
        GROUPS.update({group.name: list(_names_of(group)) for group in Group.objects.all()})


@pytest.fixture(autouse=True)
def _groups_of_the_migrations(request: pytest.FixtureRequest) -> None:
    """Groups are there for each test, also behind one that emptied the database."""
    if "db" in request.fixturenames:
        request.getfixturevalue("db")
    elif not request.node.get_closest_marker("django_db"):
        return
    if not Group.objects.exists():  # in bulk, of which the audit trail hears nothing
        held = Group.permissions.through
        for group in Group.objects.bulk_create(Group(name=name) for name in GROUPS):
            permissions = (Permission.objects.get_by_natural_key(*each) for each in GROUPS[group.name])
            held.objects.bulk_create(held(group=group, permission=each) for each in permissions)


def _names_of(group: Group) -> Iterator[tuple[str, str, str]]:
    """What `get_by_natural_key` finds the group's permissions by."""
    found = group.permissions.select_related("content_type")
    return (each.natural_key() for each in found)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """What one test's content let the site remember is no other test's."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def editor(db: None) -> User:
    """Somebody who may publish what others wrote."""
    return member("editor", "Editors")


@pytest.fixture
def author(db: None) -> User:
    """Somebody who writes, and publishes nothing."""
    return member("author", "Authors")


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    """An empty folder in which pictures and files are kept."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def stand_in(settings: Settings) -> Iterator[Cloudinary]:
    """Pictures are kept at a Cloudinary that listens on this machine."""
    with Cloudinary() as server:
        settings.CLOUDINARY_URL = server.url
        yield server


@pytest.fixture
def corpora() -> Path:
    """The folder of real sites, which lies beside the project where there is one."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip("no folder of real sites beside the project")
    return folder
