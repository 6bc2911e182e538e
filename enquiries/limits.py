"""How many enquiries one address may send. Addresses are kept as keyed hashes only, and only for as long as they count."""

import logging
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
ENQUIRIES = 10
SECONDS = 60 * 60
IPV6_PREFIX_BITS = 64  # what one customer of a provider has for themselves


def is_over(address: str) -> bool:
    """Counts one enquiry of this address; True if it is one too many. Where nothing can be counted, nobody is refused."""
    key = f"enquiries.{salted_hmac('enquiries.limits', _customer(address), algorithm='sha256').hexdigest()}"
    try:
        return not cache.add(key, 1, SECONDS) and cache.incr(key) > ENQUIRIES
    except ValueError:  # it ran out between the two
        return False
    except RedisError:
        logger.exception("enquiries are not counted: Redis cannot be reached")
        return False


def client_address(peer: str, forwarded_for: str, proxies: Sequence[IPv4Network | IPv6Network]) -> str:
    """The address that our outermost proxy saw: what a client itself wrote into X-Forwarded-For counts for nothing."""
    hops = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
    address = peer
    while hops and _is_one_of(address, proxies):
        address = hops.pop()
    return address


def _is_one_of(address: str, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)


def _customer(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and not parsed.ipv4_mapped:
        return str(IPv6Network((parsed, IPV6_PREFIX_BITS), strict=False))
    return str(parsed)
