"""Whose enquiries are counted together."""

import pytest

from enquiries import limits


@pytest.mark.pure
def test_a_customers_ipv6_addresses_count_as_one() -> None:
    for number in range(limits.ENQUIRIES):
        assert not limits.is_over(f"2001:db8:1:2::{number:x}")

    assert limits.is_over("2001:db8:1:2:3:4:5:6")
    assert not limits.is_over("2001:db8:1:3::1")
    assert not limits.is_over("::ffff:203.0.113.9")
    assert not limits.is_over("not an address")
