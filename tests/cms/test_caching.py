"""What browsers and proxies are told to keep."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.support.writing import rewrite_post, write_post

pytestmark = pytest.mark.django_db

PAGES = ["/", "/posts/", "/posts/a/", "/posts/a/index.md", "/index.xml", "/sitemap.xml", "/tags/", "/search/", "/old/"]


@pytest.mark.parametrize("path", [*PAGES, "/no/such/page/"])
def test_what_readers_see_is_asked_for_before_it_is_shown_again(client: Client, path: str) -> None:
    write_post(aliases=["/old/"])

    assert client.get(path).headers["Cache-Control"] == "no-cache"


def test_a_page_that_did_not_change_says_so_again(client: Client) -> None:
    write_post()
    unchanged = client.get("/posts/a/", headers={"If-None-Match": client.get("/posts/a/").headers["ETag"]})

    assert (unchanged.status_code, unchanged.headers["Cache-Control"]) == (304, "no-cache")


def test_what_was_taken_back_is_gone_for_whoever_asks_with_what_they_kept(client: Client) -> None:
    post = write_post()
    kept = client.get("/posts/a/").headers
    rewrite_post(post, draft=True)

    for condition in ({"If-None-Match": kept["ETag"]}, {"If-Modified-Since": kept["Last-Modified"]}):
        assert client.get("/posts/a/", headers=condition).status_code == 404


def test_uploads_are_kept_and_no_name_is_too_long_to_be_missing(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    Path(tmp_path, "files").mkdir()
    Path(tmp_path, "files", "a.txt").write_text("A")

    kept: Any = client.get("/media/files/a.txt")
    assert b"".join(kept.streaming_content) == b"A"
    assert "max-age=86400" in kept.headers["Cache-Control"]
    unchanged = client.get("/media/files/a.txt", headers={"If-Modified-Since": kept.headers["Last-Modified"]})
    assert (unchanged.status_code, unchanged.headers["Cache-Control"]) == (304, kept.headers["Cache-Control"])
    assert client.get(f"/media/files/{'a' * 300}.txt").status_code == 404
