"""Redis is a help, and no need."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from redis import Redis

from cms import shared_cache
from enquiries import limits
from tests.support.writing import rewrite_post, write_post


@pytest.fixture
def dead(settings: Settings) -> Iterator[socket.socket]:
    """A Redis that refuses every connection, until its socket listens; then it takes them and says nothing."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"redis://127.0.0.1:{reserved.getsockname()[1]}"
        timeouts = {"socket_timeout": 0.05, "socket_connect_timeout": 0.05}
        backend = "cms.shared_cache.SharedCache"
        settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": url, "OPTIONS": timeouts}}
        yield reserved


@pytest.mark.django_db
def test_readers_see_every_change_without_redis(client: Client, dead: socket.socket) -> None:
    post = write_post()
    assert client.get("/posts/a/").status_code == 200
    rewrite_post(post, title="Anew")

    for path in ("/", "/tags/", "/archives/", "/search/?q=anew", "/contact/", "/index.xml", "/posts/a/"):
        assert client.get(path).status_code == 200, path
    assert "Anew" in client.get("/").content.decode()


@pytest.mark.pure
@pytest.mark.parametrize("hangs", [False, True])
def test_one_that_fails_is_told_of_once_and_left_alone_for_a_while(
    dead: socket.socket, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, *, hangs: bool
) -> None:
    now = [1000.0]
    monkeypatch.setattr(shared_cache, "monotonic", lambda: now[0])
    if hangs:
        dead.listen()

    cache.set("a", 1)
    answers: list[Any] = [cache.get("a", "default"), cache.add("a", 1), cache.delete("a"), cache.get_or_set("a", 7)]
    assert answers == ["default", True, False, 7]
    assert len(caplog.messages) == 1
    now[0] += shared_cache.PAUSE_SECONDS
    cache.get("a")
    assert len(caplog.messages) == 2


@pytest.mark.pure
def test_where_nothing_can_be_counted_nobody_is_refused(dead: socket.socket, caplog: pytest.LogCaptureFixture) -> None:
    assert not any(limits.is_over("203.0.113.9") for _ in range(limits.ENQUIRIES + 1))
    assert "203.0.113.9" not in caplog.text
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")


@pytest.mark.pure
@pytest.mark.parametrize("kept", [b"", b"cno.such.module\nName\n.", b"cposts.counts\nGone\n.", b"\x80\x04\x95"])
def test_what_another_release_kept_is_asked_for_anew(monkeypatch: pytest.MonkeyPatch, kept: bytes) -> None:
    shared = shared_cache.SharedCache("redis://127.0.0.1:1", {})
    monkeypatch.setattr(Redis, "get", lambda *_: kept)
    monkeypatch.setattr(Redis, "set", lambda *_, **__: None)

    assert shared.get_or_set("terms", lambda: ["anew"]) == ["anew"]
