"""From which network address a request comes, behind whatever proxies are ours."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

IPV6_PREFIX_BITS = 64  # what one customer of a provider has for themselves


def of_request(request: HttpRequest) -> str:
    """The client's address; as a proxy of ours wrote it down, so it need not be one."""
    forwarded_for = request.headers.get("X-Forwarded-For", "")
    return client_address(request.META.get("REMOTE_ADDR", ""), forwarded_for, settings.TRUSTED_PROXIES)


def sound(request: HttpRequest) -> str | None:
    """The client's address where it is one, for the database's fields."""
    address = of_request(request)
    try:
        return str(ip_address(address.partition("%")[0]))
    except ValueError:
        return None


def counted(request: HttpRequest) -> str | None:
    """The address under which failures to sign in are counted: one for all that a customer has of IPv6."""
    address = sound(request)
    return address and network_of(address)


def network_of(address: str) -> str:
    """The address as `counted` gives it."""
    return customer(address).partition("/")[0]


def client_address(peer: str, forwarded_for: str, proxies: Sequence[IPv4Network | IPv6Network]) -> str:
    """The address that our outermost proxy saw: what a client itself wrote into X-Forwarded-For counts for nothing."""
    hops = [_without_port(hop.strip()) for hop in forwarded_for.split(",") if hop.strip()]
    address = peer
    while hops and _is_one_of(address, proxies):
        address = hops.pop()
    return address


def customer(address: str) -> str:
    """The address, or the IPv6 network that one customer has; what is no address comes back as it is."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and not parsed.ipv4_mapped:
        return str(IPv6Network((parsed, IPV6_PREFIX_BITS), strict=False))
    return str(parsed)


def _without_port(hop: str) -> str:
    """The address of `203.0.113.9:50123` or `[2001:db8::1]:50123`, as some proxies write them."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop


def _is_one_of(address: str, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)
