"""Whose address a request has."""

from ipaddress import ip_address, ip_network

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from accounts import addresses
from accounts.addresses import client_address

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
        ("127.0.0.1", "198.51.100.1, 203.0.113.9:50123", "203.0.113.9"),  # some proxies write the port too
        ("127.0.0.1", "[2001:db8:9::1]:50123, 10.1.2.3:80", "2001:db8:9::1"),
        ("127.0.0.1", "[2001:db8:9::1]", "2001:db8:9::1"),
        ("", "203.0.113.9", ""),
    ],
)
@pytest.mark.pure
def test_the_client_is_who_the_outermost_proxy_saw(peer: str, forwarded_for: str, address: str) -> None:
    assert client_address(peer, forwarded_for, PROXIES) == address


@pytest.mark.pure
@pytest.mark.parametrize(
    ("peer", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("unknown", None),
        ("fe80::1%eth0", "fe80::"),
    ],
)
def test_failures_are_counted_by_customer(peer: str, counted: str | None) -> None:
    request = RequestFactory().post("/", headers={"X-Forwarded-For": peer})

    assert addresses.counted(request) == counted


@pytest.mark.pure
@given(st.text(max_size=60))
def test_what_the_database_gets_is_an_address_or_nothing(forwarded_for: str) -> None:
    request = RequestFactory().get("/")
    request.META["HTTP_X_FORWARDED_FOR"] = forwarded_for

    found = addresses.sound(request)
    assert found is None or ip_address(found)
