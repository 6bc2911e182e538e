"""How often one address may do something. Addresses are kept as keyed hashes only, and only for as long as they count."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac


def is_over(what: str, address: str, *, most: int, seconds: int) -> bool:
    """Counts once more what this address does; True if it is one too many in that time.

    Where nothing can be counted, nobody is refused.
    """
    key = f"{what}.{salted_hmac(f'{what}.limits', address, algorithm='sha256').hexdigest()}"
    try:
        return not cache.add(key, 1, seconds) and cache.incr(key) > most
    except ValueError:  # it ran out between the two, or nothing is kept any more
        return False
