"""How many enquiries one address may send. Addresses are kept as keyed hashes only, and only for as long as they count."""

import logging

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from accounts.addresses import customer

logger = logging.getLogger(__name__)
ENQUIRIES = 10
SECONDS = 60 * 60


def is_over(address: str) -> bool:
    """Counts one enquiry of this address; True if it is one too many. Where nothing can be counted, nobody is refused."""
    key = f"enquiries.{salted_hmac('enquiries.limits', customer(address), algorithm='sha256').hexdigest()}"
    try:
        return not cache.add(key, 1, SECONDS) and cache.incr(key) > ENQUIRIES
    except ValueError:  # it ran out between the two
        return False
    except RedisError:
        logger.exception("enquiries are not counted: Redis cannot be reached")
        return False
