"""Whose enquiries are counted together."""

import socket

import pytest
from pytest_django import Settings

from enquiries import limits


def test_without_a_cache_to_count_in_nobody_is_refused(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        dead = f"redis://127.0.0.1:{free.getsockname()[1]}"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": dead}}

    assert not limits.is_over("203.0.113.9")
    assert "not counted" in caplog.text
    assert "203.0.113.9" not in caplog.text


@pytest.mark.pure
def test_a_customers_ipv6_addresses_count_as_one() -> None:
    for number in range(limits.ENQUIRIES):
        assert not limits.is_over(f"2001:db8:1:2::{number:x}")

    assert limits.is_over("2001:db8:1:2:3:4:5:6")
    assert not limits.is_over("2001:db8:1:3::1")
    assert not limits.is_over("::ffff:203.0.113.9")
    assert not limits.is_over("not an address")
