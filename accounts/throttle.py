"""Counts wrong passwords and codes: for one name from one address, and how many names one address has tried."""

from datetime import timedelta
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone as clock

from accounts import addresses
from accounts.models import SignIn

ADDRESS_RESTS = "address_rests"


class Throttle(AxesDatabaseHandler):  # type: ignore[misc]
    """Axes' own, which would let one address try one password on every name.

    An office behind one address has many names. So only those count that went wrong and did not sign in after it, and
    whoever was signed in from there of late is not held up by what others do.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """How often it went wrong; as often as is too often where the address has tried too many names."""
        failures = int(super().get_failures(request, credentials))
        if failures >= settings.AXES_FAILURE_LIMIT or not _has_tried_too_many(request):
            return failures
        if _was_there(get_client_username(request, credentials), vars(request)["axes_ip_address"]):
            return failures
        vars(request)[ADDRESS_RESTS] = True
        return int(settings.AXES_FAILURE_LIMIT)


def minutes() -> int:
    """How long what the throttle stops rests at most."""
    return int(settings.AXES_COOLOFF_TIME.total_seconds()) // 60


def address_rests(request: HttpRequest) -> bool:
    """Whether it is the address that is turned away, and not the name."""
    return ADDRESS_RESTS in vars(request)


def resting() -> list[str]:
    """The addresses from which too many names were tried of late."""
    since = clock.now() - settings.AXES_COOLOFF_TIME
    tried = AccessAttempt.objects.filter(ip_address__isnull=False, attempt_time__gte=since).values("ip_address")
    counted = tried.annotate(names=Count("username", distinct=True))
    too_many = counted.filter(names__gte=settings.SIGN_IN_NAMES_PER_ADDRESS).order_by("ip_address")
    return [str(each) for each in too_many.values_list("ip_address", flat=True)]


def _has_tried_too_many(request: HttpRequest) -> bool:
    address = vars(request)["axes_ip_address"]
    if address is None:  # unknown, so perhaps everybody's
        return False
    tried = AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=get_cool_off_threshold(request))
    names = tried.values("username").distinct().count()
    return bool(names >= settings.SIGN_IN_NAMES_PER_ADDRESS)


def _was_there(name: str | None, address: str) -> bool:
    """Whether this person was signed in from the address within as long as a session lasts."""
    since = clock.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    used = SignIn.objects.filter(user__username=name, last_seen_at__gt=since)
    return any(each and addresses.network_of(each) == address for each in used.values_list("address", flat=True))
