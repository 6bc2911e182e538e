"""A schedule is exact to the second without anything that runs, and says the same wherever the server stands."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone as clock
from pytest_django import Settings

from posts.models import Post, SiteState
from tests.support.admin import change_url, member, save, signed_in
from tests.support.writing import projected, write_post

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
COMING = datetime(2999, 6, 1, 8, 30, 15, tzinfo=timezone(timedelta(hours=7)))
GOING = datetime(2999, 6, 2, 8, 30, 15, tzinfo=timezone(timedelta(hours=7)))
ZONES = ["UTC", "Asia/Ho_Chi_Minh", "America/Los_Angeles", "Pacific/Kiritimati"]
LISTS = (
    "/",
    "/posts/",
    "/tags/ai/",
    "/authors/mai/",
    "/archives/",
    "/index.xml",
    "/sitemap-1.xml",
    "/search/?q=Penguin",
)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """What every clock of ours says from now on."""
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.mark.parametrize(
    ("seconds", "status", "code"),
    [
        (-1, Post.Status.SCHEDULED, 404),
        (0, Post.Status.LIVE, 200),
        (86_399, Post.Status.LIVE, 200),
        (86_400, Post.Status.EXPIRED, 404),
    ],
)
def test_a_post_comes_and_goes_at_its_second(
    client: Client, monkeypatch: pytest.MonkeyPatch, seconds: int, status: Post.Status, code: int
) -> None:
    write_post(title="Penguins", date=COMING, expiryDate=GOING, tags=["AI"], author="Mai")
    before = {path: client.get(path).content.count(b"Penguins") for path in LISTS}  # remembered, as it would be
    at(monkeypatch, COMING + timedelta(seconds=seconds))

    assert (Post.objects.get().status(), client.get("/posts/a/").status_code) == (status, code)
    shown = {path: b"/posts/a/" in client.get(path).content for path in LISTS}
    assert shown == dict.fromkeys(LISTS, code == 200)
    assert not any(before.values())


def test_the_version_changes_to_the_second() -> None:
    write_post(date=COMING, expiryDate=GOING)
    state, second = SiteState.current(), timedelta(seconds=1)

    versions = [state.version(at) for at in (clock.now(), COMING - second, COMING, GOING - second, GOING)]
    assert [versions.index(version) for version in versions] == [0, 0, 2, 2, 4]


@pytest.mark.parametrize("zone", ZONES)
def test_another_time_zone_of_the_site_changes_no_post(settings: Settings, client: Client, zone: str) -> None:
    post = write_post(date=COMING, expiryDate=GOING)
    settings.TIME_ZONE = zone
    kept = save(signed_in(member("editor", "Editors")), change_url(post), press="save", title="Better")

    assert kept.status_code == 302
    stored = Post.objects.select_related("latest_revision").get()
    assert (stored.public_from, stored.public_until) == (COMING, GOING)
    assert stored.published_iso == "2999-06-01T08:30:15+07:00"
    assert stored.latest_revision
    assert COMING.isoformat() in stored.latest_revision.text.replace(" ", "T")


PROJECT = """
import json, django
django.setup()
from tests.support.writing import projected
made = [projected(**values) for values in json.loads({values!r})]
print(json.dumps([[str(each.date), str(each.public_from), str(each.public_until), each.path, each.sha256] for each in made]))
"""


@pytest.mark.pure
@pytest.mark.parametrize("zone", ZONES)
def test_another_time_zone_of_the_server_changes_no_post(zone: str) -> None:
    values: list[dict[str, Any]] = [
        {"date": "2999-06-01T08:30:15+07:00", "expiryDate": "2999-06-02T08:30:15+07:00"},
        {"date": "2999-06-01 08:30:15"},
        {"date": "2999-06-01", "publishDate": "2999-06-01T23:59:59"},
    ]
    program = PROJECT.format(values=json.dumps(values))
    environment = os.environ | {"TZ": zone, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    told = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, check=True, capture_output=True)

    here = [projected(**each) for each in values]
    expected = [[str(e.date), str(e.public_from), str(e.public_until), e.path, e.sha256] for e in here]
    assert json.loads(told.stdout) == expected
    assert here[1].public_from == datetime(2999, 6, 1, 8, 30, 15, tzinfo=UTC)
