"""Whose enquiries are counted together."""

import socket
from ipaddress import ip_network

import pytest
from pytest_django import Settings

from enquiries import limits
from enquiries.limits import client_address

PROXIES = [ip_network("127.0.0.0/8"), ip_network("10.0.0.0/8"), ip_network("2001:db8:1::/48")]


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "address"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # no proxy of ours: what it claims counts for nothing
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first was written by the client
        ("127.0.0.1", "203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("2001:db8:1::1", "2001:db8:9::1", "2001:db8:9::1"),
        ("127.0.0.1", "10.1.2.3,", "10.1.2.3"),
        ("127.0.0.1", "203.0.113.9, unknown", "unknown"),
        ("", "203.0.113.9", ""),
    ],
)
@pytest.mark.pure
def test_the_client_is_who_the_outermost_proxy_saw(peer: str, forwarded_for: str, address: str) -> None:
    assert client_address(peer, forwarded_for, PROXIES) == address


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
