"""How many enquiries one address may send."""

from accounts import limits
from accounts.addresses import customer

ENQUIRIES = 10
SECONDS = 60 * 60


def is_over(address: str) -> bool:
    """Counts one enquiry of this address; True if it is one too many."""
    return limits.is_over("enquiries", customer(address), most=ENQUIRIES, seconds=SECONDS)
